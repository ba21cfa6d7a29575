// The chain map on screen: places and arrows from the server, no physics. See viz/chainmap/scene.py for the scene.
import cytoscape from "../vendor/cytoscape-3.34.4.esm.min.mjs";
import { unfold } from "./details.js";
import { elements, middle } from "./elements.js";
import { lights } from "./light.js";
import { pageToken, style } from "./style.js";
import { opening, setView } from "./zoom.js";

const CHUNK = 250; // elements added at once: a large map is built without holding the page
const SECOND = 350; // milliseconds in which a second click may follow
const FOLD_LINE = 22; // the lower edge of a parent's card, which folds and unfolds

export function mount(container, hooks) {
  const cy = cytoscape({
    container, elements: [], style: style(pageToken), layout: { name: "preset" },
    minZoom: 0.1, maxZoom: 3, boxSelectionEnabled: false, textureOnViewport: false,
  });
  const map = { cy, scene: null, cards: new Map(), light: lights(cy) };
  watch(map, hooks);
  document.addEventListener("lianpu:theme", () => map.scene && cy.style(sheet(map.scene)));
  container.lianpu = cy;
  map.draw = (scene, options) => draw(map, scene, options);
  map.open = () => {
    const { zoom, pan } = opening(map.scene, cy.width(), cy.height());
    cy.viewport({ zoom, pan });
  };
  map.centre = (id) => {
    const node = cy.getElementById(id);
    // Not at once: the second click of a double click must hit the same card.
    if (node.empty() || inside(cy, node)) return;
    setTimeout(() => cy.animate({ center: { eles: node }, duration: 150 }), SECOND);
  };
  return map;
}

function sheet(scene) {
  return style(pageToken, scene.legend.map(({ status }) => status));
}

// Draw a scene. The card `keep` stays where it is on screen.
async function draw(map, scene, { keep, view } = {}) {
  const { cy } = map;
  const before = keep && cy.getElementById(keep).renderedPosition();
  map.scene = scene;
  map.cards = new Map(scene.cards.map((card) => [card.id, card]));
  cy.elements().remove();
  cy.style(sheet(scene));
  const all = elements(scene);
  if (!before && !(view && setView(cy, view)) && scene.lanes.length) map.open();
  for (let at = 0; at < all.length; at += CHUNK) {
    if (at) await new Promise((done) => setTimeout(done));
    if (map.scene !== scene) return false;
    cy.batch(() => cy.add(all.slice(at, at + CHUNK)));
  }
  const after = before && cy.getElementById(keep).renderedPosition();
  if (after) cy.panBy({ x: before.x - after.x, y: before.y - after.y });
  return true;
}

// Whether a card can be seen whole.
function inside(cy, node) {
  const { x1, y1, x2, y2 } = node.renderedBoundingBox();
  return x1 >= 0 && y1 >= 0 && x2 <= cy.width() && y2 <= cy.height();
}

function watch(map, { pick, fold, menu, move }) {
  const { cy, light } = map;
  cy.on("mouseover", "node.card", ({ target }) => light.hover(target));
  cy.on("mouseout", "node.card", () => light.leave());
  cy.on("tap", (event) => {
    if (event.target === cy) pick("");
  });
  cy.on("tap", "node.card", ({ target, position }) => {
    const card = map.cards.get(target.id());
    if (card?.fold && position && position.y > target.position("y") + card.h / 2 - FOLD_LINE) fold(card.id);
    else pick(target.id());
  });
  cy.on("dbltap", "node.card", ({ target }) => unfold(cy, target, map.cards.get(target.id()), map.scene.kinds));
  cy.on("cxttap taphold", "node.card", ({ target, renderedPosition }) => menu(target.id(), renderedPosition));
  cy.on("dragfree", "node.card", ({ target }) => move(target.id(), target.position()));
}

// Cards where a person put them, the others where the server did; arrows of moved cards go the shortest way.
export function place(map, places) {
  const { cy, cards } = map;
  cy.batch(() => {
    cy.edges(".moved").removeClass("moved");
    cy.nodes(".pinned").removeClass("pinned");
    for (const node of cy.nodes(".card")) {
      const home = middle(cards.get(node.id()));
      const at = places.get(node.id()) ?? home;
      const { x, y } = node.position();
      if (x !== at.x || y !== at.y) node.position({ ...at });
      if (!places.has(node.id())) continue;
      node.addClass("pinned");
      if (Math.hypot(at.x - home.x, at.y - home.y) > 2) node.connectedEdges(".arrow").addClass("moved");
    }
  });
}

// Cards of hidden statuses, and those hidden one by one.
export function veil(map, { hide, gone }) {
  const { cy, cards } = map;
  cy.batch(() => {
    for (const node of cy.nodes(".card")) {
      const { id, status } = cards.get(node.id());
      node.toggleClass("hidden", hide.includes(status) || gone.includes(id));
    }
    cy.nodes(".detail").toggleClass("hidden", false);
  });
}
