// The picture on a canvas: places from the server, no physics; what is already there stays where it is.
import cytoscape from "../vendor/cytoscape-3.34.4.esm.min.mjs";
import { pageToken, turned } from "../theme/colors.js";
import { elements } from "./elements.js";
import { look } from "./look.js";

const CHUNK = 60; // elements added at once
const TURN = 40; // milliseconds after which the page has its turn again
const LEAST = 0.92; // 11 px for a text of 12
const MOST = 1.2;
const STEP = 1.25;

export function mount(container, does) {
  const cy = cytoscape({
    container, style: look(pageToken, turned), layout: { name: "preset" }, minZoom: 0.1, maxZoom: 3,
    userZoomingEnabled: false, boxSelectionEnabled: true, selectionType: "single", textureOnViewport: true,
  });
  let turn = 0;
  const draw = async (scene) => {
    turn += 1;
    const own = turn;
    const first = cy.nodes().empty();
    const fresh = update(cy, elements(scene));
    let began = performance.now();
    for (let at = 0; at < fresh.length; at += CHUNK) {
      cy.batch(() => cy.add(fresh.slice(at, at + CHUNK)));
      if (at === 0 && first) open(cy);
      if (performance.now() - began < TURN) continue;
      await frame();
      if (own !== turn) return; // a later picture is being drawn
      began = performance.now();
    }
    if (first) open(cy);
    else bringIn(cy, fresh);
    container.dataset.drawn = cy.nodes(".thing").length;
  };
  const zoom = (factor, at) => cy.zoom({ level: cy.zoom() * factor, renderedPosition: at ?? middle(container) });
  const select = (ids) => {
    const wanted = new Set(ids);
    cy.batch(() => cy.nodes(".thing").forEach((node) => (wanted.has(node.id()) ? node.select() : node.unselect())));
    light(cy, cy.nodes(":selected"));
  };
  watch(cy, container, does, zoom);
  document.addEventListener("lianpu:theme", () => cy.style(look(pageToken, turned)));
  container.lianpu = cy;
  return {
    cy, draw, select, fit: () => cy.fit(undefined, 24), zoom: (factor) => zoom(factor),
    box: (on) => cy.userPanningEnabled(!on),
    focus: (id) => cy.getElementById(id).nonempty() && cy.center(cy.getElementById(id)),
  };
}

function frame() {
  return new Promise((done) => {
    setTimeout(done);
  });
}

function middle(container) {
  return { x: container.clientWidth / 2, y: container.clientHeight / 2 };
}

// Take away what is gone, change what stays, and give back what is new: nodes before edges.
function update(cy, wanted) {
  const ids = new Set(wanted.map(({ data }) => data.id));
  const fresh = [];
  cy.batch(() => {
    cy.elements().filter((element) => !ids.has(element.id())).remove();
    for (const one of wanted) {
      const here = cy.getElementById(one.data.id);
      if (here.empty()) fresh.push(one);
      else {
        here.data(one.data);
        here.classes(one.classes);
        if (one.position) here.position(one.position);
      }
    }
  });
  return fresh;
}

// All of it if its text can be read so, else around where it began.
function open(cy) {
  cy.fit(undefined, 24);
  const zoom = Math.min(MOST, Math.max(LEAST, cy.zoom()));
  if (zoom === cy.zoom()) return;
  const [start] = cy.nodes(".thing");
  cy.zoom(zoom);
  if (zoom === MOST) cy.center();
  else if (start) cy.center(start);
}

// What is new comes into view: by a smaller scale as long as text can be read, else by moving there.
function bringIn(cy, fresh) {
  const ids = new Set(fresh.map(({ data }) => data.id));
  const nodes = cy.nodes().filter((node) => ids.has(node.id()));
  if (nodes.empty()) return;
  const [box, view] = [nodes.boundingBox(), cy.extent()];
  if (box.x1 >= view.x1 && box.x2 <= view.x2 && box.y1 >= view.y1 && box.y2 <= view.y2) return;
  const all = cy.elements().boundingBox();
  const zoom = Math.min((cy.width() - 48) / all.w, (cy.height() - 48) / all.h);
  if (zoom >= LEAST) cy.zoom(Math.min(zoom, cy.zoom()));
  cy.center(zoom >= LEAST ? cy.elements() : nodes.closedNeighborhood());
}

function light(cy, picked) {
  cy.edges().removeClass("close");
  picked.connectedEdges().not(".tie").addClass("close");
}

function watch(cy, container, does, zoom) {
  container.addEventListener("contextmenu", (event) => event.preventDefault());
  container.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return; // the plain wheel scrolls the page
    event.preventDefault();
    zoom(event.deltaY < 0 ? STEP : 1 / STEP, { x: event.offsetX, y: event.offsetY });
  }, { passive: false });
  cy.on("tap", ({ target }) => target === cy && does.pick([]));
  cy.on("tap", "node.thing", ({ target, originalEvent }) => {
    const more = originalEvent?.shiftKey || originalEvent?.ctrlKey;
    does.pick([target.id()], more);
  });
  cy.on("dbltap", "node.thing", ({ target }) => does.open(target.id()));
  cy.on("tap", "node.disc", ({ target }) => does.disc(target.data()));
  cy.on("cxttap taphold", "node", ({ target, originalEvent }) => {
    does.menu(target.data(), { x: originalEvent?.clientX ?? 0, y: originalEvent?.clientY ?? 0 });
  });
  cy.on("dragfreeon", "node.thing", ({ target }) => {
    const moved = target.selected() ? cy.nodes(".thing:selected") : target; // those that are picked go together
    does.move(moved.map((node) => ({ id: node.id(), ...node.position() })));
  });
  cy.on("boxend", () => setTimeout(() => does.pick(cy.nodes(".thing:selected").map((node) => node.id()))));
}
