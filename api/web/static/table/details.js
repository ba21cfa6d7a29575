// A row with more to say is followed by its detail row, which moves and hides with it.
export function watchDetails() {
  for (const button of document.querySelectorAll("button.more")) {
    button.addEventListener("click", () => unfold(button, !isUnfolded(button)));
  }
  for (const link of document.querySelectorAll("a[href^='#row-']")) {
    link.addEventListener("click", () => {
      const button = document.getElementById(anchor(link))?.querySelector("button.more");
      if (button) unfold(button, true);
    });
  }
}

// A link of a drawing has its address in an animated value of SVG.
function anchor(link) {
  return decodeURIComponent(link.hash ?? link.href.baseVal).slice(1);
}

function unfold(button, open) {
  button.setAttribute("aria-expanded", String(open));
  button.textContent = open ? "收起" : "展开";
  document.getElementById(button.getAttribute("aria-controls")).hidden = !open;
}

function isUnfolded(button) {
  return button?.getAttribute("aria-expanded") === "true";
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
