// A table is sorted by a click, or Enter, on a header; a second one turns the order round. The address keeps it.
import { onReturn, readAddress, writeAddress } from "../address.js";
import { detailRows, mainRows } from "./details.js";
import { draw, whole } from "./view.js";

export function makeSortable(table) {
  const headers = [...table.tHead.rows[0].cells];
  headers.forEach((header, index) => {
    if ("plain" in header.dataset) return;
    header.tabIndex = 0;
    const sort = () => {
      const up = header.getAttribute("aria-sort") !== "ascending";
      if (table.id) writeAddress({ sort: `${table.id}.${up ? "" : "-"}${index}` });
      return sortBy(table, index, up);
    };
    header.addEventListener("click", sort);
    header.addEventListener("keydown", (event) => {
      if (event.key === "Enter") sort();
    });
  });
  const kept = ({ sort = "" }) => {
    const [, down, index] = new RegExp(`^${table.id || "-"}\\.(-?)(\\d+)$`).exec(sort) ?? [];
    if (headers[index]) sortBy(table, Number(index), !down);
  };
  onReturn(kept);
  kept(readAddress());
}

async function sortBy(table, index, up) {
  for (const header of table.tHead.rows[0].cells) header.removeAttribute("aria-sort");
  table.tHead.rows[0].cells[index].setAttribute("aria-sort", up ? "ascending" : "descending");
  const rest = whole(table);
  if (rest) await rest;
  sortRows(table, index, up ? 1 : -1);
  draw(table);
}

function sortRows(table, index, direction) {
  const details = detailRows(table);
  const rows = mainRows(table).sort((a, b) => direction * compare(cellValue(a, index), cellValue(b, index)));
  table.tBodies[0].append(...rows.flatMap((row) => [row, ...(details.get(row.id) ?? [])]));
}

function cellValue(row, index) {
  const cell = row.cells[index];
  return cell?.dataset.sort ?? cell?.textContent.trim() ?? "";
}

// Numbers by size, anything else as a Chinese reader orders it.
export function compare(x, y) {
  return isNumber(x) && isNumber(y) ? x - y : x.localeCompare(y, "zh-Hans-CN");
}

function isNumber(text) {
  return text !== "" && !Number.isNaN(Number(text));
}
