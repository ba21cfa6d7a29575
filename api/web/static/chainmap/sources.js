// The rows behind a fact: one line for each sheet and date, which unfolds to each of its rows.
import { element } from "../element.js";

// What shows some rows: links, or lines that unfold to links.
export function sources(rows) {
  const groups = new Map();
  for (const row of rows ?? []) {
    const key = JSON.stringify([row.file, row.sheet, row.as_of, row.grade]);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()].map((some) => (some.length === 1 ? link(some[0], line(some[0], some)) : folded(some)));
}

function folded(rows) {
  const ordered = rows.toSorted((a, b) => a.row - b.row);
  const made = element("details", undefined, "rows");
  const list = element("div", undefined, "row-list");
  for (const row of ordered) list.append(link(row, `第${row.row}行`), " ");
  made.append(element("summary", line(rows[0], ordered), "src"), list);
  return made;
}

function link(row, text) {
  const made = element("a", text, "src");
  made.href = `/row/${row.record}`;
  return made;
}

// The words of graph.files.source_line, for one row or several: 示例县.xlsx 企业 第3、5–9行，2026-06-30，B级.
function line({ file, sheet, as_of, grade }, rows) {
  return [`${file} ${sheet} 第${runs(rows.map(({ row }) => row))}行`, as_of, `${grade}级`].filter(Boolean).join("，");
}

// 3, 5, 6, 7 is 3、5–7.
export function runs(numbers) {
  const parts = [];
  for (const number of new Set(numbers)) {
    const last = parts.at(-1);
    if (last && number === last[1] + 1) last[1] = number;
    else parts.push([number, number]);
  }
  return parts.map(([from, to]) => (from === to ? from : `${from}–${to}`)).join("、");
}
