// What every page with a table does: sort by a header, filter by a form, submit a chooser, print.
for (const select of document.querySelectorAll("select[data-submit]")) {
  select.addEventListener("change", () => select.form.submit());
}
for (const button of document.querySelectorAll("[data-print]")) {
  button.addEventListener("click", () => window.print());
}
for (const button of document.querySelectorAll("[data-confirm]")) {
  button.addEventListener("click", (event) => { if (!window.confirm(button.dataset.confirm)) event.preventDefault(); });
}
for (const table of document.querySelectorAll("table[data-sortable]")) makeSortable(table);
for (const form of document.querySelectorAll("form[data-filter]")) makeFilter(form);

for (const button of document.querySelectorAll("button.more")) {
  button.addEventListener("click", () => unfold(button, button.getAttribute("aria-expanded") !== "true"));
}
for (const link of document.querySelectorAll("a[href^='#row-']")) {
  link.addEventListener("click", () => {
    const button = document.getElementById(decodeURIComponent(link.hash ?? link.href.baseVal).slice(1))?.querySelector("button.more");
    if (button) unfold(button, true);
  });
}

// A row with more to say is followed by its detail row, which moves and hides with it.
function unfold(button, open) {
  button.setAttribute("aria-expanded", String(open));
  button.textContent = open ? "收起" : "展开";
  document.getElementById(button.getAttribute("aria-controls")).hidden = !open;
}

function isOpen(row) {
  return row.querySelector("button.more")?.getAttribute("aria-expanded") === "true";
}

function mainRows(table) {
  return [...table.tBodies[0].rows].filter((row) => !row.dataset.of);
}

function detailRows(table) {
  const found = new Map();
  for (const row of table.tBodies[0].rows) {
    if (row.dataset.of) found.set(row.dataset.of, [...(found.get(row.dataset.of) ?? []), row]);
  }
  return found;
}

function cellValue(row, index) {
  const cell = row.cells[index];
  return cell.dataset.sort ?? cell.textContent.trim();
}

function makeSortable(table) {
  const headers = [...table.tHead.rows[0].cells];
  headers.forEach((header, index) => {
    if ("plain" in header.dataset) return;
    header.tabIndex = 0;
    const sort = () => {
      const up = header.getAttribute("aria-sort") !== "ascending";
      headers.forEach((h) => h.removeAttribute("aria-sort"));
      header.setAttribute("aria-sort", up ? "ascending" : "descending");
      const rows = mainRows(table);
      const order = (a, b) => {
        const [x, y] = [cellValue(a, index), cellValue(b, index)];
        const numbers = x !== "" && y !== "" && !isNaN(x) && !isNaN(y);
        return (numbers ? x - y : x.localeCompare(y, "zh-Hans-CN")) * (up ? 1 : -1);
      };
      const details = detailRows(table);
      table.tBodies[0].append(...rows.sort(order).flatMap((row) => [row, ...(details.get(row.id) ?? [])]));
    };
    header.addEventListener("click", sort);
    header.addEventListener("keydown", (event) => { if (event.key === "Enter") sort(); });
  });
}

function makeFilter(form) {
  const table = document.querySelector(form.dataset.filter);
  const output = form.querySelector("output");
  const apply = () => {
    const status = form.elements.status.value;
    const text = form.elements.text.value.trim();
    let shown = 0;
    const details = detailRows(table);
    for (const row of mainRows(table)) {
      row.hidden = (status && row.dataset.status !== status) || (text && !row.textContent.includes(text));
      shown += !row.hidden;
      for (const detail of details.get(row.id) ?? []) detail.hidden = row.hidden || !isOpen(row);
    }
    output.textContent = `${shown} ${output.dataset.unit ?? ""}`;
    const url = new URL(location.href);
    status ? url.searchParams.set("status", status) : url.searchParams.delete("status");
    history.replaceState(null, "", url);
  };
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  apply();
}
