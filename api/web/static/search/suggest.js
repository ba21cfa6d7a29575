// The field of the bar offers what is meant while one types: a combobox with its list, kept in step with the server.
import { element } from "../element.js";
import { kindBar, options } from "./list.js";

const PAUSE = 120; // milliseconds after the last letter
const CHOSEN = "[aria-selected=true]";

export function watchSearch(form = document.querySelector("form.find")) {
  if (form?.elements.text) new Suggestions(form).watch();
}

class Suggestions {
  constructor(form) {
    this.form = form;
    this.input = form.elements.text;
    this.popup = element("div", undefined, "suggest");
    this.popup.hidden = true;
    this.list = element("div");
    this.list.id = "suggestions";
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", "搜索提示");
    this.kind = "";
    this.counts = {};
    form.append(this.popup);
    const marks = { autocomplete: "list", expanded: "false", controls: "suggestions" };
    this.input.setAttribute("role", "combobox");
    for (const [name, value] of Object.entries(marks)) this.input.setAttribute(`aria-${name}`, value);
  }

  watch() {
    const { form, input, popup } = this;
    input.addEventListener("input", () => this.wait());
    input.addEventListener("keydown", (event) => this.key(event));
    popup.addEventListener("keydown", ({ key }) => {
      if (key !== "Escape") return;
      this.close();
      input.focus();
    });
    popup.addEventListener("mousedown", (event) => {
      if (event.target.closest("[role=option]")) event.preventDefault(); // the field keeps the focus until the click
    });
    form.addEventListener("focusout", ({ relatedTarget }) => {
      if (!form.contains(relatedTarget)) this.close();
    });
  }

  // Something else was typed: of all kinds again, once it rests.
  wait() {
    clearTimeout(this.timer);
    this.kind = "";
    this.timer = setTimeout(() => this.ask(), PAUSE);
  }

  async ask() {
    const text = this.input.value.trim();
    this.asking?.abort();
    if (!text) {
      this.close();
      return;
    }
    const { signal } = (this.asking = new AbortController());
    try {
      const answer = await fetch(`/search/suggest?${new URLSearchParams({ text, kind: this.kind })}`, { signal });
      if (answer.ok && !signal.aborted) this.show(await answer.json(), text);
    } catch (error) {
      if (error.name !== "AbortError") this.close(); // the page of hits says what is wrong
    }
  }

  show(answer, text) {
    const { input, popup, list } = this;
    if (!this.kind) this.counts = answer.counts;
    const choose = (kind) => {
      this.kind = kind;
      this.ask();
    };
    const within = popup.contains(document.activeElement);
    list.replaceChildren(...options(answer, text, this.kind));
    popup.replaceChildren(...kindBar(this.counts, this.kind, choose), list);
    popup.hidden = false;
    if (within) (popup.querySelector("[aria-pressed=true]") ?? input).focus();
    input.setAttribute("aria-expanded", "true");
    input.removeAttribute("aria-activedescendant");
  }

  close() {
    clearTimeout(this.timer);
    this.asking?.abort();
    this.popup.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  key(event) {
    if (event.isComposing) return;
    if (this.popup.hidden) {
      if (event.key === "ArrowDown") this.ask();
      return;
    }
    const chosen = this.list.querySelector(CHOSEN);
    const steps = { ArrowDown: () => this.pick(1), ArrowUp: () => this.pick(-1), Escape: () => this.close() };
    const step = event.key === "Enter" ? chosen && (() => chosen.click()) : steps[event.key];
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    step();
  }

  // The option after, or before, the one that is picked; round the ends.
  pick(step) {
    const all = [...this.list.querySelectorAll("[role=option]")];
    const at = all.findIndex((option) => option.matches(CHOSEN));
    const start = at < 0 && step < 0 ? 0 : at;
    const option = all[(start + step + all.length) % all.length];
    if (!option) return;
    all[at]?.setAttribute("aria-selected", "false");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView?.({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", option.id);
  }
}
