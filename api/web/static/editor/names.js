// Existing names below a field that refers to things; in a list the last name is the one being typed.
import { element } from "../element.js";

const SEPARATOR = /[、，,；;]/;
const WAIT = 120; // milliseconds after the last key

// What stands before the name being typed, and what of it is typed.
export function lastName(text, several) {
  if (!several) return ["", text.trim()];
  const at = Math.max(...[...text].map((character, place) => (SEPARATOR.test(character) ? place : -1)), -1);
  return [text.slice(0, at + 1), text.slice(at + 1).trim()];
}

function chainOf(input) {
  const chain = input.form?.elements.namedItem("cell.产业链");
  return chain && chain !== input ? chain.value : "";
}

function addressOf(input, typed, chain) {
  const fields = new URLSearchParams();
  for (const kind of input.dataset.kinds.split(",")) fields.append("kind", kind);
  fields.set("text", typed);
  fields.set("chain", chain);
  return `/edit/names?${fields}`;
}

// `within` says the chain in which segments are sought.
export function proposeNames(input, within = () => chainOf(input)) {
  const list = document.getElementById(input.getAttribute("list"));
  if (!list) return;
  let waiting = 0;
  let asked = 0;
  async function ask() {
    const [before, typed] = lastName(input.value, "several" in input.dataset);
    asked += 1;
    const mine = asked;
    const answer = await fetch(addressOf(input, typed, within()));
    if (!answer.ok || mine !== asked) return; // a later question is under way
    const names = await answer.json();
    list.replaceChildren(
      ...names.map(({ name, about }) => {
        const option = element("option", about);
        option.value = before + name;
        return option;
      }),
    );
  }
  input.addEventListener("focus", ask, { once: true });
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, WAIT);
  });
}
