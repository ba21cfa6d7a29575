// All tables of a page: sorted, narrowed, walked by keys, cut after so many rows, with a head that stays in sight.
import { mainRows } from "./details.js";
import { addFilter, makeFilter } from "./filter.js";
import { watchKeys } from "./keys.js";
import { isWhole } from "./rest.js";
import { makeSortable } from "./sort.js";
import { draw } from "./view.js";

const MANY = 15; // a table of so many rows gets a box to narrow it

export function watchTables() {
  const forms = [...document.querySelectorAll("form[data-filter]")];
  const narrowed = new Set(forms.map((form) => document.querySelector(form.dataset.filter)));
  for (const table of document.querySelectorAll("table.grid:not(.matrix)")) {
    if (!table.tHead || !table.tBodies[0] || table.parentElement.closest("table")) continue;
    if (isPlain(table)) {
      if ("sortable" in table.dataset && !table.tBodies[0].querySelector("input, select")) makeSortable(table);
      if (!narrowed.has(table) && (mainRows(table).length >= MANY || !isWhole(table))) addFilter(table);
      draw(table);
    }
    watchKeys(table);
  }
  forms.forEach(makeFilter);
  for (const frame of document.querySelectorAll(".scroll")) watchWidth(frame);
}

// One row of captions, and no cell that reaches over several rows.
function isPlain(table) {
  return table.tHead.rows.length === 1 && !table.tBodies[0].querySelector("[rowspan]");
}

// A table that fits has its head stay below the bar; a wider one scrolls in a window of its own, head and all.
function watchWidth(frame) {
  const fit = () => frame.classList.toggle("fits", frame.scrollWidth <= frame.clientWidth);
  if (typeof ResizeObserver === "function") new ResizeObserver(fit).observe(frame);
  fit();
  frame.tabIndex = frame.classList.contains("fits") ? -1 : 0;
}
