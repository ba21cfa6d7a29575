// What is lit: the picked card and its neighbours, what the mouse is on, a stream, a way.
import { shortest, stream } from "./ways.js";

const MOST_BY_MOUSE = 400; // elements: on larger maps the mouse alone lights nothing

export function lights(cy) {
  let lasting = cy.collection();
  const light = (some) => {
    cy.batch(() => {
      cy.elements(".near, .faded").removeClass("near faded");
      if (some.empty()) return;
      const kept = some.union(cy.nodes(".lane"));
      cy.elements().not(kept.union(kept.successors(".detail, .detail-link"))).addClass("faded");
      some.addClass("near");
    });
  };
  return {
    hover: (node) => cy.elements().length <= MOST_BY_MOUSE && light(node.closedNeighborhood()),
    leave: () => cy.elements().length <= MOST_BY_MOUSE && light(lasting),
    // The way that was found, as arrows; null where two ends are set and none leads from one to the other.
    show({ pick, focus, from, to }, scene) {
      cy.elements(".route").removeClass("route");
      const way = from && to ? shortest(scene.arrows, from, to) : [];
      const lit = way?.length ? onWay(cy, way) : ofState(cy, { pick, focus }, scene);
      if (way?.length) lit.addClass("route");
      for (const end of [from, to]) cy.getElementById(end).addClass("route");
      lasting = lit;
      light(lit);
      return way;
    },
  };
}

function onWay(cy, way) {
  const ids = new Set(way.flatMap(({ id, source, target }) => [id, source, target]));
  return cy.elements().filter((element) => ids.has(element.id()));
}

function ofState(cy, { pick, focus }, scene) {
  if (!focus) return pick ? cy.getElementById(pick).closedNeighborhood() : cy.collection();
  const ids = stream(scene.arrows, focus);
  const cards = cy.nodes(".card").filter((node) => ids.has(node.id()));
  return cards.union(cards.edgesWith(cards));
}
