import assert from "node:assert/strict";
import { test } from "node:test";

import { mainRows } from "../../api/web/static/table/details.js";
import { addFilter } from "../../api/web/static/table/filter.js";
import { watchKeys } from "../../api/web/static/table/keys.js";
import { fetchRest } from "../../api/web/static/table/rest.js";
import { watchTables } from "../../api/web/static/table/tables.js";
import { draw } from "../../api/web/static/table/view.js";
import { click, open, press, settled, type } from "./dom.js";

function long(rows, total) {
  const lines = Array.from({ length: rows }, (_, n) => `<tr><td><a href="#x">示例${n}</a></td></tr>`).join("");
  open(`<table class="grid" id="long" data-sortable data-total="${total}">
    <thead><tr><th>企业</th></tr></thead><tbody>${lines}</tbody></table>`);
  return document.querySelector("table");
}

function drawn(made) {
  return mainRows(made).filter((row) => !row.hidden).length;
}

test("of a long table two hundred rows are drawn, the count is said, and the others can be asked for", async () => {
  const made = long(500, 500);
  draw(made);
  assert.equal(drawn(made), 200);
  const line = document.querySelector(".count");
  assert.match(line.textContent, /显示前 200 行，共 500 行/);
  click(line.querySelector("button"));
  await settled();
  assert.equal(drawn(made), 400);
  click([...line.querySelectorAll("button")].at(-1));
  await settled();
  assert.deepEqual([drawn(made), line.hidden], [500, true]);
});

test("rows that have not come are asked for before a table is narrowed", async () => {
  const made = long(2, 3);
  const asked = [];
  globalThis.DOMParser = window.DOMParser;
  globalThis.fetch = async (address) => {
    asked.push(new URL(address).searchParams.get("from"));
    return { ok: true, text: async () => "<table id=long><tbody><tr><td>示例尾</td></tr></tbody></table>" };
  };
  addFilter(made);
  type(document.querySelector(".narrow input"), "尾");
  await settled();
  assert.deepEqual([asked, drawn(made)], [["2"], 1]);
  await fetchRest(made);
  assert.deepEqual(asked, ["2"], "a table that is whole asks for nothing");
});

test("a table is one stop of the keyboard, and arrows walk through it", () => {
  const made = long(3, 3);
  watchKeys(made);
  const [first, second] = mainRows(made);
  assert.deepEqual(mainRows(made).map((row) => row.tabIndex), [0, -1, -1]);
  first.focus();
  press(first, "ArrowDown");
  assert.equal(document.activeElement, second);
  press(second, "ArrowRight");
  assert.equal(document.activeElement, second.querySelector("a"));
  press(document.activeElement, "ArrowLeft");
  press(second, "End");
  assert.deepEqual(mainRows(made).map((row) => row.tabIndex), [-1, -1, 0]);
});

test("a table of a page is sorted, narrowed and cut; the address opens it as it was left", () => {
  const made = long(300, 300);
  history.replaceState(null, "", "?sort=long.-0");
  watchTables();
  assert.equal(made.tHead.rows[0].cells[0].getAttribute("aria-sort"), "descending");
  assert.deepEqual([drawn(made), document.querySelectorAll(".narrow").length], [200, 1]);
});
