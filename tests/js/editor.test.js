import assert from "node:assert/strict";
import { test } from "node:test";

import { lastName } from "../../api/web/static/editor/names.js";
import { headerOf, readCells } from "../../api/web/static/editor/tsv.js";
import { RowGrid } from "../../api/web/static/editor/grid.js";
import { click, open, press, run, texts } from "./dom.js";

const COLUMNS = [
  { caption: "名称", names: ["企业名称"], list: "", kinds: "", several: false },
  { caption: "状态", names: [], list: "", kinds: "", several: false },
  { caption: "县市区", names: ["所属县区"], list: "", kinds: "", several: false },
];

function grid({ rows = [], given = {}, faults = [] } = {}) {
  open(`<p id="pasted"></p><table><caption></caption><tbody></tbody></table>`);
  const table = document.querySelector("table");
  Object.assign(table.dataset, {
    columns: JSON.stringify(COLUMNS),
    rows: JSON.stringify(rows),
    given: JSON.stringify(given),
    faults: JSON.stringify(faults),
  });
  return new RowGrid(table, document.getElementById("pasted"));
}

function cell(row, column) {
  return document.querySelector(`[data-row="${row}"][data-column="${column}"]`);
}

test("a quoted cell may hold tabs, line breaks and quotes; the last line break ends no row", () => {
  assert.deepEqual(readCells('甲\t"一\n二\t三"\r\n"说""好"""\t\r\n'), [["甲", "一\n二\t三"], ['说"好"', ""]]);
  assert.deepEqual(readCells('"没有配对\t乙'), [['"没有配对', "乙"]]);
  assert.deepEqual(readCells('"5寸"锯条\t乙'), [['"5寸"锯条', "乙"]]);
});

test("a first row is a header where it names columns, by their captions or what others write", () => {
  assert.deepEqual(headerOf(["企业名称*", "没这列", "状态"], COLUMNS), [0, -1, 1]);
  assert.equal(headerOf(["示例甲厂", "在产", ""], COLUMNS), null);
});

test("pasted rows stand from the cell on, or below their columns where a header comes along", () => {
  const made = grid({ given: { 县市区: "示例县" } });
  made.take(readCells("状态\t企业名称\t颜色\n在产\t示例甲厂\t红\n停产\t示例乙厂\t蓝"), 0, 0);
  assert.deepEqual(made.filled(), [
    { 县市区: "示例县", 状态: "在产", 名称: "示例甲厂" },
    { 县市区: "示例县", 状态: "停产", 名称: "示例乙厂" },
  ]);
  assert.match(document.getElementById("pasted").textContent, /已粘贴 2 行.*颜色/);
  made.take(readCells("在建"), 1, 1);
  assert.equal(cell(1, 1).value, "在建");
});

test("rows that hold only what every row was given are not sent", () => {
  assert.deepEqual(grid({ given: { 县市区: "示例县" } }).filled(), []);
});

test("of many rows a hundred are drawn, those with the first fault, which is marked at its cell", () => {
  const rows = Array.from({ length: 250 }, (_, i) => ({ 名称: `示例${i}厂` }));
  const made = grid({ rows, faults: [{ row: 150, caption: "状态", message: "不在可选词中", hint: "可选：在产" }] });
  assert.equal(document.querySelectorAll("tbody tr").length, 100);
  assert.equal(cell(150, 1).getAttribute("aria-invalid"), "true");
  assert.match(cell(150, 1).title, /可选/);
  made.turn(1);
  assert.equal(document.querySelector("tbody td").textContent, "201");
  assert.match(texts([document.querySelector("caption")])[0], /共 250 行，显示第 201–250 行/);
});

test("Enter goes to the row below, and at the end a new one begins", () => {
  const made = grid();
  cell(9, 0).value = "示例丙厂";
  press(cell(9, 0), "Enter");
  assert.equal(made.rows.length, 11);
  assert.equal(document.activeElement, cell(10, 0));
  assert.deepEqual(made.filled(), [{ 名称: "示例丙厂" }]);
});

test("in a list the last name is the one being typed", () => {
  assert.deepEqual(lastName("示例甲、示例", true), ["示例甲、", "示例"]);
  assert.deepEqual(lastName("示例甲、示例", false), ["", "示例甲、示例"]);
});

test("the page of many rows sends those that are filled in, and adds empty ones", async () => {
  const columns = JSON.stringify(COLUMNS).replaceAll('"', "&quot;");
  open(`<p id="pasted"></p>
    <table data-columns="${columns}" data-rows="[]" data-given="{}" data-faults="[]">
      <caption></caption><tbody></tbody>
    </table>
    <p id="pager" hidden><button data-step="-1"></button><button data-step="1"></button></p>
    <form id="grid"><input type="hidden" name="table"><button type="button" id="more"></button></form>`);
  await run("editor/paste.js");
  cell(0, 0).value = "示例甲厂";
  cell(0, 0).dispatchEvent(new Event("change", { bubbles: true }));
  click(document.getElementById("more"));
  assert.equal(document.querySelectorAll("tbody tr").length, 20);
  const form = document.getElementById("grid");
  form.dispatchEvent(new Event("submit", { cancelable: true }));
  assert.equal(form.elements.namedItem("table").value, '[{"名称":"示例甲厂"}]');
});

test("a field that refers to things asks for names of its kinds, within its chain", async () => {
  open(`<form>
    <input name="cell.产业链" value="示例链">
    <input name="cell.环节" list="names" data-kinds="环节" data-several>
    <datalist id="names"></datalist>
  </form>`);
  const asked = [];
  globalThis.fetch = async (address) => {
    asked.push(decodeURIComponent(address));
    return { ok: true, json: async () => [{ name: "示例锯条", about: "示例县" }] };
  };
  await run("editor/form.js");
  const field = document.querySelector("[list]");
  field.value = "示例锯床、锯";
  field.dispatchEvent(new Event("focus"));
  await new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
  assert.deepEqual(asked, ["/edit/names?kind=环节&text=锯&chain=示例链"]);
  assert.equal(document.querySelector("option").value, "示例锯床、示例锯条");
});
