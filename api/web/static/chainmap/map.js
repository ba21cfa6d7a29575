// The chain map on screen: preset places from the server, no physics. See viz/chainmap/scene.py for the scene.
import cytoscape from "../vendor/cytoscape-3.34.4.esm.min.mjs";
import { unfold } from "./details.js";
import { elements, middle } from "./elements.js";
import { pageToken, style } from "./style.js";
import { toolbar } from "./tools.js";

const LARGEST = 1.15; // beyond this scale the text is larger than the page's
const LOWEST = 380, HIGHEST = 820; // of the map, in pixels

export function mount(container, scene, { tools, onSelect }) {
  const cy = cytoscape({
    container, elements: elements(scene), style: style(pageToken), layout: { name: "preset" },
    minZoom: 0.15, maxZoom: 3, autoungrabify: false, boxSelectionEnabled: false,
  });
  const cards = new Map(scene.cards.map((card) => [card.id, card]));
  const pick = picker(cy);
  const fit = () => fitHeight(cy, container, scene);
  watchMouse(cy, cards, pick, onSelect);
  cy.on("dbltap", "node.card", ({ target }) => unfold(cy, target, cards.get(target.id()), scene.kinds));
  const focus = (id) => {
    const node = cy.getElementById(id);
    if (node.empty()) return;
    pick.hold(node);
    cy.animate({ center: { eles: node }, duration: 150 });
  };
  const reset = () => {
    pick.hold(null);
    cy.nodes(".detail").remove();
    for (const card of scene.cards) cy.getElementById(card.id).position(middle(card));
    fit();
  };
  fit();
  window.addEventListener("resize", fit);
  if (tools) toolbar(tools, scene, cy, { fit, focus, reset, onSelect });
  container.lianpu = cy;
  return { focus, fit };
}

// The picked card stays lit; a card under the mouse is lit for as long as the mouse is there.
function picker(cy) {
  let picked = null;
  const light = (node) => {
    cy.elements().removeClass("near faded");
    if (!node || node.empty()) return;
    const around = node.closedNeighborhood();
    cy.elements().not(around.union(node.successors(".detail")).union(cy.nodes(".lane"))).addClass("faded");
    around.addClass("near");
  };
  return {
    hover: light,
    leave: () => light(picked),
    hold: (node) => {
      picked = node;
      light(node);
    },
  };
}

function watchMouse(cy, cards, pick, onSelect) {
  cy.on("mouseover", "node.card", (event) => pick.hover(event.target));
  cy.on("mouseout", "node.card", pick.leave);
  cy.on("tap", (event) => {
    if (event.target === cy) pick.hold(null);
  });
  cy.on("tap", "node.card", ({ target }) => {
    pick.hold(target);
    const card = cards.get(target.id());
    if (card && !card.ghost) onSelect(card.id);
  });
}

// As wide as the page, as high as the scene needs, and never larger than the page's text.
function fitHeight(cy, container, scene) {
  const scale = Math.min(LARGEST, (container.clientWidth - 24) / scene.width);
  container.style.height = `${Math.max(LOWEST, Math.min(HIGHEST, scene.height * scale - 30))}px`;
  cy.resize();
  cy.fit(cy.nodes(), 12);
  if (cy.zoom() > LARGEST) {
    cy.zoom(LARGEST);
    cy.center();
  }
}
