// Many rows at once: a table that is typed into, or that the cells of a spreadsheet are pasted into.
import { element } from "../element.js";
import { proposeNames } from "./names.js";
import { headerOf, readCells } from "./tsv.js";

export const SHOWN = 100; // rows drawn at once
const MOST = 1000; // rows of one batch
export const EMPTY = 10; // rows to begin with

export class RowGrid {
  constructor(table, status) {
    this.table = table;
    this.status = status;
    this.columns = JSON.parse(table.dataset.columns);
    this.given = JSON.parse(table.dataset.given);
    this.faults = JSON.parse(table.dataset.faults);
    this.rows = JSON.parse(table.dataset.rows);
    this.from = Math.floor((this.faults[0]?.row ?? 0) / SHOWN) * SHOWN;
    this.fill(EMPTY);
    table.addEventListener("paste", (event) => this.paste(event));
    table.addEventListener("change", (event) => this.keep(event.target));
    table.addEventListener("keydown", (event) => this.move(event));
    this.draw();
  }

  fill(count) {
    while (this.rows.length < count) this.rows.push({ ...this.given });
  }

  keep(input) {
    const { row, caption } = input.dataset;
    this.rows[row][caption] = input.value;
  }

  // The rows that say something, beside what every row was given.
  filled() {
    return this.rows.filter((row) =>
      this.columns.some(({ caption }) => (row[caption] ?? "").trim() && row[caption] !== this.given[caption]),
    );
  }

  paste(event) {
    const text = event.clipboardData.getData("text");
    if (!/[\t\n\r]/.test(text.trim())) return; // one cell: the field takes it as usual
    event.preventDefault();
    const start = Number(event.target.dataset.row ?? 0);
    const left = Number(event.target.dataset.column ?? 0);
    this.take(readCells(text), start, left);
  }

  take(cells, start, left) {
    const header = headerOf(cells[0], this.columns);
    const unknown = header ? cells[0].filter((cell, i) => cell.trim() && header[i] < 0) : [];
    const body = (header ? cells.slice(1) : cells).slice(0, MOST - start);
    this.fill(start + body.length);
    let lost = 0;
    body.forEach((row, down) => {
      row.forEach((cell, right) => {
        const column = this.columns[header ? header[right] : left + right];
        if (column) this.rows[start + down][column.caption] = cell.trim();
        else if (cell.trim() && !header) lost += 1;
      });
    });
    const over = cells.length - (header ? 1 : 0) - body.length;
    const parts = [`已粘贴 ${body.length} 行`];
    if (unknown.length) parts.push(`没有这些列，没有粘贴：${unknown.join("、")}`);
    if (lost) parts.push(`${lost} 个格子在最后一列之外，没有粘贴`);
    if (over > 0) parts.push(`一次最多 ${MOST} 行，还有 ${over} 行没有粘贴`);
    this.faults = [];
    this.status.textContent = parts.join("；");
    this.draw();
  }

  move(event) {
    const step = { ArrowDown: 1, ArrowUp: -1, Enter: 1 }[event.key];
    if (!step || (event.key !== "Enter" && event.target.hasAttribute("list"))) return; // its list is stepped through
    event.preventDefault();
    const { row, column } = event.target.dataset;
    this.keep(event.target);
    const next = Number(row) + step;
    if (next === this.rows.length) {
      this.fill(next + 1);
      this.draw();
    }
    this.table.querySelector(`[data-row="${next}"][data-column="${column}"]`)?.focus();
  }

  draw() {
    const until = Math.min(this.from + SHOWN, this.rows.length);
    const wrong = new Map(this.faults.map((f) => [`${f.row}/${f.caption}`, f]));
    const body = [];
    for (let row = this.from; row < until; row += 1) body.push(this.line(row, wrong));
    this.table.tBodies[0].replaceChildren(...body);
    const part = this.rows.length > SHOWN ? `，显示第 ${this.from + 1}–${until} 行` : "";
    this.table.caption.textContent = `共 ${this.rows.length} 行${part}`;
    this.table.dispatchEvent(new CustomEvent("drawn"));
  }

  line(row, wrong) {
    const line = element("tr");
    line.append(element("td", String(row + 1), "number"));
    this.columns.forEach((column, place) => {
      const cell = element("td");
      cell.append(this.input(row, column, place, wrong.get(`${row}/${column.caption}`)));
      line.append(cell);
    });
    return line;
  }

  input(row, column, place, fault) {
    const input = element("input");
    input.value = this.rows[row][column.caption] ?? "";
    input.setAttribute("aria-label", `第 ${row + 1} 行 ${column.caption}`);
    input.autocomplete = "off";
    Object.assign(input.dataset, { row, column: place, caption: column.caption });
    if (column.list) input.setAttribute("list", column.list);
    if (column.kinds) {
      input.dataset.kinds = column.kinds;
      if (column.several) input.dataset.several = "";
      proposeNames(input, () => this.rows[row]["产业链"] ?? "");
    }
    if (fault) {
      input.setAttribute("aria-invalid", "true");
      input.title = `${fault.message}。${fault.hint}`;
    }
    return input;
  }

  turn(step) {
    const next = this.from + step * SHOWN;
    if (next < 0 || next >= this.rows.length) return;
    this.from = next;
    this.draw();
  }
}
