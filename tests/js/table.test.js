import assert from "node:assert/strict";
import { test } from "node:test";

import { compare, makeSortable } from "../../api/web/static/table/sort.js";
import { detailRows, isOpen, mainRows, watchDetails } from "../../api/web/static/table/details.js";
import { makeFilter } from "../../api/web/static/table/filter.js";
import { click, open, press, settled, texts, type } from "./dom.js";

const DETAIL = (id) => `<tr id="more-${id}" data-of="row-${id}" hidden><td colspan="4">详情${id}</td></tr>`;
const ROW = (id, name, priority, status) => `
  <tr id="row-${id}" data-status="${status}">
    <td>${name}</td><td data-sort="${priority}">${priority}分</td><td>${status}</td>
    <td><button class="more" aria-expanded="false" aria-controls="more-${id}">展开</button></td>
  </tr>`;
const TABLE = `
  <a href="#row-2">示例乙</a>
  <form data-filter="#gaps">
    <select name="status"><option value=""></option><option value="断链">断点</option></select>
    <input name="text"><output data-unit="个环节"></output>
  </form>
  <table id="gaps" data-sortable>
    <thead><tr><th>环节</th><th>优先级</th><th>状态</th><th data-plain>详情</th></tr></thead>
    <tbody>${ROW(1, "示例甲", 9, "缺链")}${DETAIL(1)}${ROW(2, "示例乙", 10, "断链")}${DETAIL(2)}</tbody>
  </table>`;

function table() {
  open(TABLE);
  return document.querySelector("table");
}

function names(made) {
  return texts(mainRows(made).map((row) => row.cells[0]));
}

test("a click on a header sorts by it, a second one turns the order round", () => {
  const made = table();
  makeSortable(made);
  const [, priority] = made.tHead.rows[0].cells;
  click(priority);
  assert.deepEqual(names(made), ["示例甲", "示例乙"]);
  click(priority);
  assert.deepEqual(names(made), ["示例乙", "示例甲"]);
  assert.equal(priority.getAttribute("aria-sort"), "descending");
});

test("a header sorts by keyboard, and takes the mark from the one before", () => {
  const made = table();
  makeSortable(made);
  const [name, priority] = made.tHead.rows[0].cells;
  click(name);
  press(priority, "Enter");
  assert.equal(name.hasAttribute("aria-sort"), false);
  assert.equal(priority.getAttribute("aria-sort"), "ascending");
});

test("a column without an order is not sorted by and is not a stop of the keyboard", () => {
  const made = table();
  makeSortable(made);
  const plain = made.tHead.rows[0].cells[3];
  click(plain);
  assert.equal(plain.hasAttribute("aria-sort"), false);
  assert.equal(plain.hasAttribute("tabindex"), false);
});

test("a detail row stays with its row", () => {
  const made = table();
  makeSortable(made);
  click(made.tHead.rows[0].cells[1]);
  click(made.tHead.rows[0].cells[1]);
  assert.deepEqual([...made.tBodies[0].rows].map((row) => row.id), ["row-2", "more-2", "row-1", "more-1"]);
});

test("numbers are compared by size and words as a Chinese reader orders them", () => {
  assert.ok(compare("9", "10") < 0);
  assert.ok(compare("北京", "上海") < 0);
  assert.ok(compare("", "1") < 0);
});

test("detail rows are known by the row that they belong to", () => {
  const made = table();
  assert.equal(mainRows(made).length, 2);
  assert.deepEqual([...detailRows(made).keys()], ["row-1", "row-2"]);
});

test("a button unfolds its detail row and folds it again", () => {
  const made = table();
  watchDetails();
  const more = made.querySelector("#row-1 button");
  click(more);
  assert.deepEqual([more.textContent, document.getElementById("more-1").hidden], ["收起", false]);
  assert.ok(isOpen(document.getElementById("row-1")));
  click(more);
  assert.deepEqual([more.textContent, document.getElementById("more-1").hidden], ["展开", true]);
});

test("a link to a row unfolds it", () => {
  table();
  watchDetails();
  click(document.querySelector("a"));
  assert.equal(document.getElementById("more-2").hidden, false);
});

test("a status narrows the table, is counted and is kept in the address", async () => {
  const made = table();
  const form = document.querySelector("form");
  makeFilter(form);
  await settled();
  assert.equal(form.querySelector("output").textContent, "2 个环节");
  type(form.elements.status, "断链");
  await settled();
  assert.deepEqual(mainRows(made).map((row) => row.hidden), [true, false]);
  assert.equal(form.querySelector("output").textContent, "1 个环节");
  assert.equal(new URL(location.href).searchParams.get("status"), "断链");
  type(form.elements.status, "");
  await settled();
  assert.equal(location.search, "");
});

test("a text hides rows without it, and their unfolded details with them", async () => {
  table();
  watchDetails();
  const form = document.querySelector("form");
  makeFilter(form);
  click(document.querySelector("#row-1 button"));
  type(form.elements.text, "示例乙");
  await settled();
  assert.equal(document.getElementById("more-1").hidden, true);
  type(form.elements.text, "");
  await settled();
  assert.equal(document.getElementById("more-1").hidden, false);
});
