// The menu of a node or a disc: by right click, long press, or the menu key in the table.
import { button, element } from "../element.js";

let open = null;

// Entries are [text, action] or [text, address]; the menu gives the focus back when it goes.
export function showMenu(title, entries, place) {
  closeMenu();
  const before = document.activeElement;
  const menu = element("div", undefined, "graph-menu");
  menu.setAttribute("role", "menu");
  menu.setAttribute("aria-label", title);
  menu.append(element("p", title, "muted"));
  const items = entries.map(([text, does]) => (typeof does === "string" ? link(text, does) : button(text, () => {
    closeMenu();
    does();
  })));
  for (const item of items) {
    item.setAttribute("role", "menuitem");
    item.tabIndex = -1;
  }
  menu.append(...items);
  document.body.append(menu);
  const { innerWidth, innerHeight } = window;
  menu.style.left = `${Math.max(4, Math.min(place.x, innerWidth - menu.offsetWidth - 8))}px`;
  menu.style.top = `${Math.max(4, Math.min(place.y, innerHeight - menu.offsetHeight - 8))}px`;
  menu.addEventListener("keydown", (event) => walk(event, items));
  open = { menu, before };
  items[0]?.focus();
}

export function closeMenu() {
  if (!open) return;
  const { menu, before } = open;
  open = null;
  menu.remove();
  before?.focus?.();
}

export function watchMenu() {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && open) {
      event.stopPropagation();
      closeMenu();
    }
  }, true);
  document.addEventListener("pointerdown", (event) => {
    if (open && !open.menu.contains(event.target)) closeMenu();
  });
}

function link(text, href) {
  const made = element("a", text);
  made.href = href;
  return made;
}

function walk(event, items) {
  const at = items.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
  if (event.key === "Tab") closeMenu();
  if (to === undefined) return;
  event.preventDefault();
  items[(to + items.length) % items.length].focus();
}
