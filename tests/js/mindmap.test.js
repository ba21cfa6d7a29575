import assert from "node:assert/strict";
import { test } from "node:test";

import { open, run } from "./dom.js";

async function page() {
  const window = open('<iframe class="mind"></iframe>');
  const shown = [];
  globalThis.location = { assign: (address) => shown.push(address) };
  await run("mindmap.js");
  const frame = document.querySelector("iframe").contentWindow;
  const send = (data, source = frame) => window.dispatchEvent(Object.assign(new Event("message"), { data, source }));
  return { shown, send };
}

test("a row that the frame asks for is shown", async () => {
  const { shown, send } = await page();
  send({ row: 12 });
  assert.deepEqual(shown, ["/row/12"]);
});

test("what is no row, or comes from elsewhere, is not followed", async () => {
  const { shown, send } = await page();
  for (const data of [null, "x", {}, { row: "//evil" }, { row: -1 }, { row: 1.5 }]) send(data);
  send({ row: 12 }, {});
  assert.deepEqual(shown, []);
});
