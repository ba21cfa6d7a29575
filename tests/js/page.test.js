import assert from "node:assert/strict";
import { test } from "node:test";

import { click, open, run } from "./dom.js";

const PAGE = `
  <form><select data-submit><option>示例链</option></select></form>
  <button data-print>打印</button>
  <form><button data-confirm="撤销批次 3？">撤销</button></form>
  <table class="grid" data-sortable><thead><tr><th>名称</th></tr></thead><tbody><tr><td>示例</td></tr></tbody></table>`;

async function page() {
  const window = open(PAGE);
  await run("page.js");
  return window;
}

test("a choice sends its form", async () => {
  await page();
  const select = document.querySelector("select");
  let sent = 0;
  select.form.submit = () => {
    sent += 1;
  };
  select.dispatchEvent(new Event("change"));
  assert.equal(sent, 1);
});

test("a page prints itself", async () => {
  const window = await page();
  let printed = 0;
  window.print = () => {
    printed += 1;
  };
  click(document.querySelector("[data-print]"));
  assert.equal(printed, 1);
});

test("what cannot be taken back is asked for, and a no stops it", async () => {
  const window = await page();
  const questions = [];
  const answers = [false, true];
  window.confirm = (question) => {
    questions.push(question);
    return answers.shift();
  };
  const sent = [];
  document.querySelector("[data-confirm]").form.addEventListener("submit", (event) => {
    event.preventDefault(); // jsdom has nowhere to send it
    sent.push(questions.length);
  });
  click(document.querySelector("[data-confirm]"));
  click(document.querySelector("[data-confirm]"));
  assert.deepEqual(questions, ["撤销批次 3？", "撤销批次 3？"]);
  assert.deepEqual(sent, [2], "the form is sent after the second answer only");
});

test("tables of the page can be sorted", async () => {
  await page();
  assert.equal(document.querySelector("th").tabIndex, 0);
});
