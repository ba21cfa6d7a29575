// A row with more to say is followed by its detail row, which moves and hides with it.
import { element } from "../element.js";

export function watchDetails() {
  document.addEventListener("click", (event) => {
    const control = event.target.closest?.("button.more");
    if (control) unfold(control, !isUnfolded(control));
    const link = event.target.closest?.("a[href^='#row-']");
    const more = link && document.getElementById(anchor(link))?.querySelector("button.more");
    if (more) unfold(more, true);
  });
}

// A link of a drawing has its address in an animated value of SVG.
function anchor(link) {
  return decodeURIComponent(link.hash ?? link.href.baseVal).slice(1);
}

async function unfold(control, open) {
  control.setAttribute("aria-expanded", String(open));
  control.textContent = open ? "收起" : "展开";
  const detail = document.getElementById(control.getAttribute("aria-controls"));
  detail.hidden = !open;
  if (open && detail.dataset.src) await fill(detail);
}

// What a row has to say is asked for when it is first opened.
async function fill(detail) {
  const [cell] = detail.cells;
  cell.replaceChildren(element("p", "正在取…", "muted"));
  const answer = await fetch(detail.dataset.src).catch(() => null);
  if (!answer?.ok) {
    cell.replaceChildren(element("p", "没有取到：确认链谱还在运行，收起再展开一次", "fault"));
    return;
  }
  delete detail.dataset.src;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  cell.replaceChildren(...[...page.body.childNodes].map((node) => document.adoptNode(node)));
}

function isUnfolded(control) {
  return control?.getAttribute("aria-expanded") === "true";
}

export function isOpen(row) {
  return isUnfolded(row.querySelector("button.more"));
}

export function mainRows(table) {
  return [...table.tBodies[0].rows].filter((row) => !row.dataset.of);
}

// The detail rows of a table, by the id of the row that they belong to.
export function detailRows(table) {
  const details = new Map();
  for (const row of table.tBodies[0].rows) {
    const owner = row.dataset.of;
    if (owner) details.set(owner, [...(details.get(owner) ?? []), row]);
  }
  return details;
}
