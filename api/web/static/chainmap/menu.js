// The menu of a card: by right click, long press or the menu key; arrows walk through it, Esc closes it.
import { button, element } from "../element.js";

// Entries: { caption, action } or { caption, href }. Gives the function that closes it.
export function openMenu(holder, { x, y }, entries, onClose = () => {}) {
  holder.querySelector(".card-menu")?.remove();
  const menu = element("div", undefined, "card-menu");
  menu.setAttribute("role", "menu");
  menu.setAttribute("aria-label", "环节操作");
  const close = () => {
    document.removeEventListener("pointerdown", away, true);
    menu.remove();
  };
  const away = (event) => {
    if (!menu.contains(event.target)) close();
  };
  const items = entries.map((entry) => item(entry, close));
  menu.append(...items);
  menu.addEventListener("keydown", (event) => walk(event, items, () => {
    close();
    onClose();
  }));
  document.addEventListener("pointerdown", away, true);
  holder.append(menu);
  put(menu, holder, { x, y });
  items[0]?.focus();
  return close;
}

function item({ caption, action, href }, close) {
  const made = href ? element("a", caption) : button(caption, () => {
    close();
    action();
  });
  if (href) made.href = href;
  made.setAttribute("role", "menuitem");
  made.tabIndex = -1;
  return made;
}

function walk(event, items, escape) {
  const at = items.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1 + items.length, Home: 0, End: items.length - 1 }[event.key];
  event.stopPropagation();
  if (event.key === "Escape" || event.key === "Tab") escape();
  else if (to === undefined) return;
  else items[to % items.length].focus();
  event.preventDefault();
}

// Beside the pointer, and never beyond the edge of the map.
function put(menu, holder, { x, y }) {
  menu.style.left = `${Math.max(0, Math.min(x, holder.clientWidth - menu.offsetWidth - 4))}px`;
  menu.style.top = `${Math.max(0, Math.min(y, holder.clientHeight - menu.offsetHeight - 4))}px`;
}
