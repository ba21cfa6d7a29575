// The chain page: the map, its panel, and the table beside it, kept in step.
import "./page.js";
import { watchMoments } from "./changes/slider.js";
import { ChainPage } from "./chainmap/page.js";

const LOWEST = 380, BELOW = 12; // pixels: of the map, beneath it
const holder = document.getElementById("map");
watchMoments();
if (holder) start();

async function start() {
  const [board, panel] = [document.querySelector(".board"), document.getElementById("evidence")];
  const rows = [...document.getElementById("segments").tBodies[0].rows];
  fill(board);
  const page = new ChainPage({
    holder, panel, rows, stage: board.querySelector(".stage"), tools: document.getElementById("map-tools"),
    about: document.getElementById("map-about"), paper: document.getElementById("map-paper"),
    small: document.getElementById("map-overview"),
  });
  window.addEventListener("resize", () => {
    fill(board);
    page.map.cy.resize();
  });
  for (const row of rows) watchRow(row, () => page.pick(row.dataset.segment));
  await page.load({ view: page.state.view });
  const { pick } = page.state;
  if (pick && !page.map.cards.has(pick)) await page.reveal(pick);
  page.show();
}

// The map with its panel ends where the window does.
function fill(board) {
  const top = board.getBoundingClientRect().top + window.scrollY;
  board.style.height = `${Math.max(LOWEST, window.innerHeight - top - BELOW)}px`;
}

// A row works by mouse and by keyboard; a link in it stays a link.
function watchRow(row, go) {
  row.addEventListener("click", (event) => {
    if (event.target.tagName !== "A") go();
  });
  row.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target === row) go();
  });
}
