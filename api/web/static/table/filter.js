// A table is narrowed by a text, and by a status where its page has a form for that; how many rows are left is said.
import { onReturn, readAddress, writeAddress } from "../address.js";
import { element } from "../element.js";
import { narrow } from "./view.js";

// A form of the page: its status and text stand in the address.
export function makeFilter(form) {
  const table = document.querySelector(form.dataset.filter);
  const output = form.querySelector("output");
  const { status, text } = form.elements;
  const apply = async () => {
    const left = await narrow(table, keeper(text.value, status.value));
    output.textContent = `${left} ${output.dataset.unit ?? ""}`;
  };
  form.addEventListener("input", (event) => {
    writeAddress({ status: status.value, text: text.value.trim() }, { step: event.target === status });
    return apply();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  const show = (asked) => {
    if (asked.text !== undefined || text.value) text.value = asked.text ?? "";
    if (asked.status === undefined || isOffered(status, asked.status)) status.value = asked.status ?? "";
    return apply();
  };
  onReturn(show);
  return readAddress().text ? show(readAddress()) : apply();
}

function isOffered(select, value) {
  return [...select.options].some((option) => option.value === value);
}

// A box above a table that has none of its own.
export function addFilter(table) {
  const form = element("form", undefined, "narrow");
  const box = element("input");
  const output = element("output");
  Object.assign(box, { type: "search", placeholder: "筛选本表", maxLength: 100 });
  box.setAttribute("aria-label", `筛选${table.getAttribute("aria-label") ?? "本表"}`);
  form.append(box, output);
  form.addEventListener("submit", (event) => event.preventDefault());
  box.addEventListener("input", async () => {
    const left = await narrow(table, keeper(box.value));
    output.textContent = box.value.trim() ? `${left} 行` : "";
  });
  (table.closest(".scroll") ?? table).before(form);
}

// Whether a row has every word of the text, in whatever case, and the status; null where nothing is asked.
function keeper(text, status = "") {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (!words.length && !status) return null;
  return (row) => {
    const content = row.textContent.toLowerCase();
    return (!status || row.dataset.status === status) && words.every((word) => content.includes(word));
  };
}
