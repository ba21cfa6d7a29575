// What every page with a table does: sort by a header, filter by a form, submit a chooser, print.
for (const select of document.querySelectorAll("select[data-submit]")) {
  select.addEventListener("change", () => select.form.submit());
}
for (const button of document.querySelectorAll("[data-print]")) {
  button.addEventListener("click", () => window.print());
}
for (const table of document.querySelectorAll("table[data-sortable]")) makeSortable(table);
for (const form of document.querySelectorAll("form[data-filter]")) makeFilter(form);

function cellValue(row, index) {
  const cell = row.cells[index];
  return cell.dataset.sort ?? cell.textContent.trim();
}

function makeSortable(table) {
  const headers = [...table.tHead.rows[0].cells];
  headers.forEach((header, index) => {
    header.tabIndex = 0;
    const sort = () => {
      const up = header.getAttribute("aria-sort") !== "ascending";
      headers.forEach((h) => h.removeAttribute("aria-sort"));
      header.setAttribute("aria-sort", up ? "ascending" : "descending");
      const rows = [...table.tBodies[0].rows];
      const order = (a, b) => {
        const [x, y] = [cellValue(a, index), cellValue(b, index)];
        const numbers = x !== "" && y !== "" && !isNaN(x) && !isNaN(y);
        return (numbers ? x - y : x.localeCompare(y, "zh-Hans-CN")) * (up ? 1 : -1);
      };
      table.tBodies[0].append(...rows.sort(order));
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
    for (const row of table.tBodies[0].rows) {
      row.hidden = (status && row.dataset.status !== status) || (text && !row.textContent.includes(text));
      shown += !row.hidden;
    }
    output.textContent = `${shown} 个环节`;
    const url = new URL(location.href);
    status ? url.searchParams.set("status", status) : url.searchParams.delete("status");
    history.replaceState(null, "", url);
  };
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  apply();
}
