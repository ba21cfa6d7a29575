import assert from "node:assert/strict";
import { test } from "node:test";

import { ADDRESS, open } from "./dom.js";
import { copyAddress, onReturn, readAddress, writeAddress } from "../../api/web/static/address.js";

test("what is written into the address is read from it; what is empty leaves it", () => {
  open("", `${ADDRESS}?chain=c1&open=a`);
  writeAddress({ open: ["a", "b"], pick: "s1" });
  assert.deepEqual(readAddress(), { chain: "c1", open: ["a", "b"], pick: "s1" });
  writeAddress({ open: [], pick: "" });
  assert.deepEqual(readAddress(), { chain: "c1" });
});

test("a step is one that Back takes back, a move is not, and nothing new is neither", () => {
  open("", ADDRESS);
  const before = history.length;
  writeAddress({ zoom: "2" }, { step: false });
  writeAddress({ zoom: "2" });
  assert.equal(history.length, before);
  writeAddress({ pick: "s1" });
  assert.equal(history.length, before + 1);
});

test("going back shows what the address says", () => {
  const window = open("", `${ADDRESS}?pick=s1`);
  let shown;
  onReturn((values) => {
    shown = values;
  });
  window.dispatchEvent(new window.PopStateEvent("popstate"));
  assert.deepEqual(shown, { pick: "s1" });
});

test("the copied link holds no token", async () => {
  open("", `${ADDRESS}?token=secret&pick=s1`);
  let copied;
  Object.defineProperty(globalThis, "navigator", {
    value: { clipboard: { writeText: async (text) => { copied = text; } } }, configurable: true,
  });
  const button = document.createElement("button");
  await copyAddress(button);
  assert.equal(copied, `${ADDRESS}?pick=s1`);
  assert.equal(button.textContent, "已复制");
});
