// A table is one stop of the Tab key: arrows go from row to row and, inside a row, from one thing to the next.
import { mainRows } from "./details.js";

const TARGETS = "a[href], button, summary, input, select, textarea";

export function watchKeys(table) {
  const [first] = mainRows(table);
  if (!first) return;
  for (const row of mainRows(table)) row.tabIndex = row === first ? 0 : -1;
  table.addEventListener("focusin", (event) => moveStop(table, rowOf(table, event.target)));
  table.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
    const goal = next(table, event);
    if (!goal) return;
    event.preventDefault();
    goal.focus();
    goal.scrollIntoView?.({ block: "nearest" });
  });
}

function moveStop(table, row) {
  if (!row) return;
  for (const other of table.tBodies[0].querySelectorAll("tr[tabindex='0']")) other.tabIndex = -1;
  row.tabIndex = 0;
}

function rowOf(table, target) {
  const row = target.closest("tbody > tr");
  return row && table.tBodies[0] === row.parentElement && !row.dataset.of ? row : null;
}

function next(table, event) {
  const row = rowOf(table, event.target);
  if (!row) return null;
  if (event.key === "Enter" && event.target === row) return enter(row);
  const rows = mainRows(table).filter((other) => !other.hidden);
  const at = rows.indexOf(row);
  const goals = { ArrowDown: rows[at + 1], ArrowUp: rows[at - 1], Home: rows[0], End: rows.at(-1) };
  if (event.key in goals) return goals[event.key];
  const things = [row, ...row.querySelectorAll(TARGETS)];
  const here = things.indexOf(event.target);
  return { ArrowRight: things[here + 1], ArrowLeft: things[here - 1] }[event.key];
}

// Enter on a row opens what it has: its details, else its first link. Rows of a map are its own matter.
function enter(row) {
  if (!("segment" in row.dataset)) row.querySelector("button.more, a[href]")?.click();
  return null;
}
