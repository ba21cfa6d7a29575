// The map by keyboard: arrows go from card to card, Enter unfolds, the menu key opens the menu, Esc closes.
import { zoomKey } from "./zoom.js";

const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export function watchKeys(holder, page) {
  holder.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (zoomKey(page.map.cy, event, () => page.fit()) || act(page, event)) event.preventDefault();
  });
  document.addEventListener("keydown", ({ key, target }) => {
    if (key === "Escape" && page.state.pick && !target.closest("dialog, .card-menu, .find")) page.shut();
  });
}

function act(page, { key, shiftKey }) {
  const { pick } = page.state;
  const { cards, cy } = page.map;
  if (WAYS[key]) {
    const seen = [...cards.values()].filter(({ id }) => cy.getElementById(id).visible());
    const next = nearest(seen, cards.get(pick), WAYS[key]);
    if (next) page.pick(next.id, { focus: false });
    return true;
  }
  if (key === "Enter" && cards.get(pick)?.fold) {
    page.fold(pick);
    return true;
  }
  if (!pick || (key !== "ContextMenu" && !(key === "F10" && shiftKey))) return false;
  page.menu(pick, cy.getElementById(pick).renderedPosition());
  return true;
}

// The card that lies next in a direction; the first one where none is picked.
export function nearest(cards, from, [dx, dy]) {
  if (!from) return cards[0];
  const ranked = cards.map((card) => {
    const [x, y] = [card.x - from.x, card.y - from.y];
    const [along, aside] = [x * dx + y * dy, Math.abs(x * dy) + Math.abs(y * dx)];
    return { card, along, cost: along + 3 * aside };
  });
  return ranked.filter(({ along }) => along > 1).sort((a, b) => a.cost - b.cost)[0]?.card;
}
