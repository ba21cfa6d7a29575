// A form narrows its table by status and by a text, says how many rows are left, and keeps the status in the address.
import { detailRows, isOpen, mainRows } from "./details.js";

export function makeFilter(form) {
  const table = document.querySelector(form.dataset.filter);
  const output = form.querySelector("output");
  const apply = () => {
    const status = form.elements.status.value;
    const left = hideRows(table, status, form.elements.text.value.trim());
    output.textContent = `${left} ${output.dataset.unit ?? ""}`;
    keepInAddress(status);
  };
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  apply();
}

function hideRows(table, status, text) {
  const details = detailRows(table);
  let left = 0;
  for (const row of mainRows(table)) {
    row.hidden = Boolean((status && row.dataset.status !== status) || (text && !row.textContent.includes(text)));
    if (!row.hidden) left += 1;
    for (const detail of details.get(row.id) ?? []) detail.hidden = row.hidden || !isOpen(row);
  }
  return left;
}

function keepInAddress(status) {
  const url = new URL(location.href);
  if (status) url.searchParams.set("status", status);
  else url.searchParams.delete("status");
  history.replaceState(null, "", url);
}
