// A table is sorted by a click, or Enter, on a header; a second one turns the order round.
import { detailRows, mainRows } from "./details.js";

export function makeSortable(table) {
  const headers = [...table.tHead.rows[0].cells];
  headers.forEach((header, index) => {
    if ("plain" in header.dataset) return;
    header.tabIndex = 0;
    const sort = () => sortRows(table, index, turn(headers, header));
    header.addEventListener("click", sort);
    header.addEventListener("keydown", (event) => {
      if (event.key === "Enter") sort();
    });
  });
}

// Mark the header that the table is now sorted by: 1 for ascending, -1 for descending.
function turn(headers, header) {
  const up = header.getAttribute("aria-sort") !== "ascending";
  for (const other of headers) other.removeAttribute("aria-sort");
  header.setAttribute("aria-sort", up ? "ascending" : "descending");
  return up ? 1 : -1;
}

function sortRows(table, index, direction) {
  const details = detailRows(table);
  const rows = mainRows(table).sort((a, b) => direction * compare(cellValue(a, index), cellValue(b, index)));
  table.tBodies[0].append(...rows.flatMap((row) => [row, ...(details.get(row.id) ?? [])]));
}

function cellValue(row, index) {
  const cell = row.cells[index];
  return cell.dataset.sort ?? cell.textContent.trim();
}

// Numbers by size, anything else as a Chinese reader orders it.
export function compare(x, y) {
  return isNumber(x) && isNumber(y) ? x - y : x.localeCompare(y, "zh-Hans-CN");
}

function isNumber(text) {
  return text !== "" && !Number.isNaN(Number(text));
}
