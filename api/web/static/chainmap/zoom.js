// Scale and place: the plain wheel scrolls the page, Ctrl + wheel and + − zoom, type opens at 11 pixels at least.
import { SMALLEST } from "./style.js";

export const LEAST = 11 / SMALLEST;
const LARGEST = 1.15; // beyond this scale the text is larger than the page's
const WHEEL = 600; // pixels of the wheel for e times the scale
const STEP = 1.25, PAN = 60, EDGE = 12;

export function watchWheel(stage, holder, cy) {
  const turn = (event) => {
    event.stopPropagation(); // before Cytoscape sees it
    if (!event.ctrlKey && !event.metaKey) return; // the page's own
    event.preventDefault();
    const { left, top } = holder.getBoundingClientRect();
    const at = { x: event.clientX - left, y: event.clientY - top };
    cy.zoom({ level: cy.zoom() * Math.exp(-event.deltaY / WHEEL), renderedPosition: at });
  };
  stage.addEventListener("wheel", turn, { capture: true, passive: false });
}

// The scale and place at which a map opens: all of it where that can be read, else its upper left corner.
export function opening(scene, width, height) {
  const fit = Math.min((width - 2 * EDGE) / scene.width, (height - 2 * EDGE) / (scene.height - scene.lanes[0].y));
  const zoom = Math.max(LEAST, Math.min(LARGEST, fit));
  const x = Math.max(EDGE - 20 * zoom, (width - scene.width * zoom) / 2);
  return { zoom, pan: { x, y: EDGE - scene.lanes[0].y * zoom } };
}

export function zoomBy(cy, factor) {
  const level = Math.min(cy.maxZoom(), Math.max(cy.minZoom(), cy.zoom() * factor));
  cy.zoom({ level, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } });
}

export const zoomIn = (cy) => zoomBy(cy, STEP);
export const zoomOut = (cy) => zoomBy(cy, 1 / STEP);

// What an address keeps of the view: scale and middle.
export function viewOf(cy) {
  const { x1, y1, w, h } = cy.extent();
  return [cy.zoom().toFixed(3), Math.round(x1 + w / 2), Math.round(y1 + h / 2)].join(":");
}

export function setView(cy, text) {
  const [zoom, x, y] = text.split(":").map(Number);
  if (![zoom, x, y].every(Number.isFinite)) return false;
  cy.zoom(zoom);
  cy.pan({ x: cy.width() / 2 - x * cy.zoom(), y: cy.height() / 2 - y * cy.zoom() });
  return true;
}

// What a key does to scale and place; false where it is not one of these.
export function zoomKey(cy, event, fit) {
  const pans = { ArrowLeft: [PAN, 0], ArrowRight: [-PAN, 0], ArrowUp: [0, PAN], ArrowDown: [0, -PAN] };
  if (event.key === "+" || event.key === "=") zoomIn(cy);
  else if (event.key === "-") zoomOut(cy);
  else if (event.key === "0") fit();
  else if (event.shiftKey && pans[event.key]) cy.panBy({ x: pans[event.key][0], y: pans[event.key][1] });
  else return false;
  return true;
}
