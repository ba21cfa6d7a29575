// The finder: names as they are typed; the one that is chosen comes into the picture.
import { element } from "../element.js";

const PAUSE = 150; // milliseconds of rest before the server is asked

export function makeFinder(field, list, choose) {
  let [timer, hits] = [0, []];
  const close = () => {
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };
  const take = (hit) => {
    if (!hit) return;
    field.value = "";
    close();
    choose(hit);
  };
  const ask = async () => {
    const text = field.value.trim();
    if (!text) return close();
    const answer = await fetch(`/graph/find?${new URLSearchParams({ text })}`).catch(() => null);
    if (!answer?.ok || field.value.trim() !== text) return undefined;
    const { hits: some, total } = await answer.json();
    hits = some;
    list.replaceChildren(...hits.map((hit, at) => option(hit, at, () => take(hit))), rest(hits.length, total));
    list.hidden = false;
    return field.setAttribute("aria-expanded", "true");
  };
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  field.addEventListener("blur", () => setTimeout(close, 200));
  field.addEventListener("keydown", (event) => {
    const options = [...list.querySelectorAll("[role=option]")];
    const at = options.findIndex((made) => made.getAttribute("aria-selected") === "true");
    if (event.key === "Escape") close();
    if (event.key === "Enter" && !list.hidden) {
      event.preventDefault();
      take(hits[Math.max(at, 0)]);
    }
    walk(event, field, options, at);
  });
}

function walk(event, field, options, at) {
  const to = { ArrowDown: at + 1, ArrowUp: at - 1 }[event.key];
  if (to === undefined || !options[to]) return;
  event.preventDefault();
  for (const made of options) made.setAttribute("aria-selected", String(made === options[to]));
  field.setAttribute("aria-activedescendant", options[to].id);
}

function option({ kind, name, county, chain }, at, take) {
  const made = element("li", name);
  made.id = `finder-${at}`;
  made.setAttribute("role", "option");
  made.setAttribute("aria-selected", String(at === 0));
  made.append(element("span", ` ${[kind, county, chain].filter(Boolean).join(" · ")}`, "muted"));
  made.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    take();
  });
  return made;
}

function rest(shown, total) {
  const made = element("li", total > shown ? `另有${total - shown}个，再多写几个字` : shown ? "" : "没有找到", "muted");
  made.setAttribute("role", "presentation");
  return made;
}
