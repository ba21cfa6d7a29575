import assert from "node:assert/strict";
import { test } from "node:test";

import { ADDRESS, open, run } from "./dom.js";

const PAGE = `
  <form data-running>
    <textarea id="cypher"></textarea>
    <input name="parameters" value="a=1">
    <button class="run">执行</button>
    <button class="file" data-plain>结果 Excel</button>
    <button type="button" data-copy-query>复制链接</button>
  </form>
  <button type="button" data-example="RETURN 1 AS &lt;b&gt;">例</button>`;

async function opened() {
  const window = open(PAGE, ADDRESS);
  await run("query.js");
  return { window, form: document.querySelector("form"), box: document.querySelector("#cypher") };
}

test("an example goes into the box as it is written", async () => {
  const { box } = await opened();
  document.querySelector("[data-example]").click();
  assert.equal(box.value, "RETURN 1 AS <b>");
});

test("what runs says so and can be given up; a file to keep leaves the page as it is", async () => {
  const { window, form } = await opened();
  let stopped = 0;
  window.stop = () => {
    stopped += 1;
  };
  const submit = (submitter) => form.dispatchEvent(new window.SubmitEvent("submit", { submitter }));
  submit(document.querySelector(".file"));
  assert.equal(form.getAttribute("aria-busy"), null);
  submit(document.querySelector(".run"));
  assert.equal(form.getAttribute("aria-busy"), "true");
  assert.equal(form.querySelector(".running").textContent, "正在查询…");
  form.querySelector(".running + button").click();
  assert.equal(stopped, 1);
  assert.equal(form.querySelector(".running"), null);
});

test("Ctrl and Enter ask", async () => {
  const { window, form, box } = await opened();
  let asked = 0;
  form.requestSubmit = () => {
    asked += 1;
  };
  box.dispatchEvent(new window.KeyboardEvent("keydown", { key: "Enter" }));
  box.dispatchEvent(new window.KeyboardEvent("keydown", { key: "Enter", ctrlKey: true, cancelable: true }));
  assert.equal(asked, 1);
});

test("a query stands in the address only once it is to be shared", async () => {
  const { box } = await opened();
  const clipboard = { writeText: async () => {} };
  Object.defineProperty(globalThis, "navigator", { value: { clipboard }, configurable: true });
  box.value = "RETURN 1";
  assert.equal(new URLSearchParams(location.search).get("cypher"), null);
  document.querySelector("[data-copy-query]").click();
  assert.equal(new URLSearchParams(location.search).get("cypher"), "RETURN 1");
});
