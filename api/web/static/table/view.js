// Which rows of a table are drawn: those that its filter lets through, at most so many, and the count is said below it.
import { element, button } from "../element.js";
import { detailRows, isOpen, mainRows } from "./details.js";
import { fetchRest, isWhole, total } from "./rest.js";

export const MOST = 200;
const views = new WeakMap();

export function viewOf(table) {
  if (!views.has(table)) views.set(table, { keeps: null, most: MOST, line: null });
  return views.get(table);
}

// Let through what `keeps` says of a row, or all; how many these are.
export async function narrow(table, keeps) {
  viewOf(table).keeps = keeps;
  if (keeps) await whole(table);
  return draw(table);
}

// All rows of a table that came without some of them, before it is sorted or narrowed; null where none are lacking.
export function whole(table) {
  if (isWhole(table)) return null;
  say(table, `正在取全部 ${total(table)} 行…`);
  return fetchRest(table);
}

export function draw(table) {
  const view = viewOf(table);
  const details = detailRows(table);
  let kept = 0;
  for (const row of mainRows(table)) {
    const fits = !view.keeps || view.keeps(row);
    if (fits) kept += 1;
    row.hidden = !fits || kept > view.most;
    for (const detail of details.get(row.id) ?? []) detail.hidden = row.hidden || !isOpen(row);
  }
  const all = view.keeps ? kept : Math.max(kept, total(table));
  count(table, Math.min(kept, view.most), all);
  return all;
}

function count(table, drawn, all) {
  if (drawn >= all) {
    say(table, "");
    return;
  }
  say(table, `显示前 ${drawn} 行，共 ${all} 行`);
  const { line } = viewOf(table);
  const show = async (most) => {
    viewOf(table).most = most;
    if (most > mainRows(table).length) await whole(table);
    draw(table);
  };
  line.append(button(`再显示 ${Math.min(MOST, all - drawn)} 行`, () => show(drawn + MOST)));
  if (all - drawn > MOST) line.append(button("全部显示", () => show(Infinity)));
}

function say(table, words) {
  const view = viewOf(table);
  if (!view.line && !words) return;
  if (!view.line) {
    view.line = element("p", "", "count muted");
    view.line.setAttribute("role", "status");
    (table.closest(".scroll") ?? table).after(view.line);
  }
  view.line.hidden = !words;
  view.line.replaceChildren(words);
}
