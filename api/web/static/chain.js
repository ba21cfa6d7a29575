// The chain page: the map, its evidence panel, and the table beside it, kept in step.
import "./page.js";
import { mount } from "./chainmap/map.js";
import { showEvidence } from "./chainmap/evidence.js";

const holder = document.getElementById("map");
if (holder) start(await (await fetch(holder.dataset.scene)).json());

function start(scene) {
  const cards = new Map(scene.cards.map((card) => [card.id, card]));
  const rows = [...document.getElementById("segments").tBodies[0].rows];
  const select = (id) => {
    const card = cards.get(id);
    if (!card) return;
    history.replaceState(null, "", `#${encodeURIComponent(id)}`);
    for (const row of rows) row.classList.toggle("picked", row.dataset.segment === id);
    showEvidence(document.getElementById("evidence"), card, scene.kinds);
  };
  const map = mount(holder, scene, { tools: document.getElementById("map-tools"), onSelect: select });
  const go = (id) => {
    map.focus(id);
    select(id);
  };
  for (const row of rows) watchRow(row, () => go(row.dataset.segment));
  const first = decodeURIComponent(location.hash.slice(1));
  if (cards.has(first)) go(first);
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
