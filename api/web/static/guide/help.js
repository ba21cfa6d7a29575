// The keys of this page, under `?` and a button of the bar.
import { button, element } from "../element.js";
import { askForTour } from "./tour.js";

const KEYS = [
  ["body", "整页", [["?", "打开这张表"], ["Tab / Shift+Tab", "到下一处、上一处"], ["Esc", "关上打开的面板或菜单"], ["/", "到搜索框"]]],
  ["table.grid", "表格", [
    ["↑ ↓", "上一行、下一行"], ["← →", "行内的上一个、下一个链接或按钮"], ["Home / End", "第一行、最后一行"],
    ["Enter", "表头上：按这一列排序；行上：打开"],
  ]],
  ["#map", "图", [["Ctrl+滚轮 或 + −", "放大、缩小"], ["方向键", "走到下一张卡片"], ["Enter", "展开下级"], ["菜单键", "更多操作"]]],
  ["#graph", "图谱", [
    ["+ −", "放大、缩小"], ["Ctrl+Z / Ctrl+Y", "撤销、重做"], ["↑ ↓", "在下方的表格里走"], ["Enter", "打开该行的对象或组"],
    ["Shift+F10 或菜单键", "该行的菜单：展开、找路、隐藏、固定、假如"],
  ]],
  [".gapchart", "散点图", [["Tab", "到下一个圆点"], ["Enter", "看该行的得分"]]],
];

export function watchHelp() {
  document.querySelector("[data-help]")?.addEventListener("click", showKeys);
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const find = document.querySelector(".find input");
    const goal = { "?": showKeys, "？": showKeys, "/": () => find?.focus() }[event.key];
    if (!goal) return;
    event.preventDefault();
    goal();
  });
}

function isTyping(target) {
  return Boolean(target.closest?.("input, select, textarea, [contenteditable]"));
}

export function showKeys() {
  if (document.querySelector("dialog.keys")) return;
  const dialog = element("dialog", undefined, "keys");
  dialog.setAttribute("aria-labelledby", "keys-title");
  const title = element("h2", "这一页的键盘操作");
  title.id = "keys-title";
  dialog.append(title);
  for (const [selector, caption, keys] of KEYS) {
    if (document.querySelector(selector)) dialog.append(element("h3", caption), listed(keys));
  }
  const row = element("p");
  const close = button("关闭", () => dialog.close());
  row.append(button("看三步导览", () => askForTour()), close);
  dialog.append(row);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal?.();
  close.focus();
}

function listed(keys) {
  const list = element("dl");
  for (const [key, what] of keys) {
    const term = element("dt");
    term.append(element("kbd", key));
    list.append(term, element("dd", what));
  }
  return list;
}
