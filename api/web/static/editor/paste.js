// The page of many rows: the grid, its pages of rows, and the form that sends what is filled in.
import { EMPTY, RowGrid, SHOWN } from "./grid.js";

const MOST_BYTES = 900_000; // of the rows of one form

const table = document.querySelector("table[data-columns]");
const form = document.getElementById("grid");
const pager = document.getElementById("pager");
const grid = new RowGrid(table, document.getElementById("pasted"));

function offerPages() {
  pager.toggleAttribute("hidden", grid.rows.length <= SHOWN);
}

form.addEventListener("submit", (event) => {
  const rows = JSON.stringify(grid.filled());
  if (new Blob([rows]).size > MOST_BYTES) {
    event.preventDefault();
    grid.status.textContent = "内容太多，一次送不完：分几次录入，或存成文件在数据页导入";
    grid.status.scrollIntoView();
    return;
  }
  form.elements.namedItem("table").value = rows;
});
for (const button of pager.querySelectorAll("button")) {
  button.addEventListener("click", () => grid.turn(Number(button.dataset.step)));
}
document.getElementById("more").addEventListener("click", () => {
  grid.fill(grid.rows.length + EMPTY);
  grid.draw();
});
table.addEventListener("drawn", offerPages);
offerPages();
