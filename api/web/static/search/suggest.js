// The field of the bar offers what is meant while one types: a combobox with its list, kept in step with the server.
import { element } from "../element.js";
import { kindBar, options } from "./list.js";

const PAUSE = 120; // milliseconds after the last letter

export function watchSearch(form = document.querySelector("form.find")) {
  const input = form?.elements.text;
  if (!input) return;
  const popup = element("div", undefined, "suggest");
  const list = element("div");
  list.id = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "搜索提示");
  popup.hidden = true;
  form.append(popup);
  const mark = (name, value) => input.setAttribute(name, value);
  mark("role", "combobox");
  mark("aria-autocomplete", "list");
  mark("aria-expanded", "false");
  mark("aria-controls", list.id);
  const state = { kind: "", counts: {}, asking: null, timer: 0 };

  const close = () => {
    clearTimeout(state.timer);
    state.asking?.abort();
    popup.hidden = true;
    mark("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const pick = (option) => {
    for (const other of list.querySelectorAll("[aria-selected=true]")) other.setAttribute("aria-selected", "false");
    if (!option) {
      input.removeAttribute("aria-activedescendant");
      return;
    }
    option.setAttribute("aria-selected", "true");
    mark("aria-activedescendant", option.id);
    option.scrollIntoView?.({ block: "nearest" });
  };
  const show = (answer, text) => {
    if (!state.kind) state.counts = answer.counts;
    const choose = (kind) => {
      state.kind = kind;
      ask();
    };
    const focused = popup.contains(document.activeElement);
    list.replaceChildren(...options(answer, text, state.kind));
    popup.replaceChildren(...kindBar(state.counts, state.kind, choose), list);
    popup.hidden = false;
    if (focused) (popup.querySelector("[aria-pressed=true]") ?? input).focus();
    mark("aria-expanded", "true");
    input.removeAttribute("aria-activedescendant");
  };
  const ask = async () => {
    const text = input.value.trim();
    state.asking?.abort();
    if (!text) {
      close();
      return;
    }
    const asking = new AbortController();
    state.asking = asking;
    const fields = new URLSearchParams({ text, kind: state.kind });
    try {
      const answered = await fetch(`/search/suggest?${fields}`, { signal: asking.signal });
      if (answered.ok && !asking.signal.aborted) show(await answered.json(), text);
    } catch (error) {
      if (error.name !== "AbortError") close(); // the page of hits says what is wrong
    }
  };
  const wait = () => {
    clearTimeout(state.timer);
    state.kind = "";
    state.timer = setTimeout(ask, PAUSE);
  };
  const keys = {
    ArrowDown: () => pick(next(list, 1)),
    ArrowUp: () => pick(next(list, -1)),
    Escape: close,
    Enter: () => list.querySelector("[aria-selected=true]")?.click(),
  };
  input.addEventListener("input", wait);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (popup.hidden) {
      if (event.key === "ArrowDown" && input.value.trim()) ask();
      return;
    }
    const chosen = list.querySelector("[aria-selected=true]");
    if (!keys[event.key] || (event.key === "Enter" && !chosen)) return;
    event.preventDefault();
    event.stopPropagation();
    keys[event.key]();
  });
  popup.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    close();
    input.focus();
  });
  form.addEventListener("focusout", ({ relatedTarget }) => {
    if (!form.contains(relatedTarget)) close();
  });
  popup.addEventListener("mousedown", (event) => {
    if (event.target.closest("[role=option]")) event.preventDefault(); // the field keeps the focus until the click
  });
}

// The option after, or before, the one that is picked; round the ends.
function next(list, step) {
  const all = [...list.querySelectorAll("[role=option]")];
  const at = all.findIndex((option) => option.getAttribute("aria-selected") === "true");
  if (at < 0) return step > 0 ? all[0] : all.at(-1);
  return all[(at + step + all.length) % all.length];
}
