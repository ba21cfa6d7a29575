// The chain map on screen: preset places from the server, no physics. See viz/chainmap/scene.py for the scene.
import cytoscape from "./vendor/cytoscape-3.34.4.esm.min.mjs";

const FONT = '"Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC",sans-serif';
const HATCH = "data:image/svg+xml;utf8," + encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" width="176" height="66"><defs><pattern id="h" width="6" height="6" patternUnits="userSpaceOnUse"><path d="M0 6 L6 0" stroke="#000" stroke-opacity=".16" stroke-width="1.4"/></pattern></defs><rect width="176" height="66" fill="url(#h)"/></svg>');
const DETAILS = { firms: "企业", technologies: "关键技术", needs: "技术需求", projects: "项目", achievements: "科技成果", platforms: "平台", sources: "外部来源" };
const DETAIL_COLORS = { firms: "#0e7c86", technologies: "#722ed1", needs: "#ad5700", projects: "#237804", achievements: "#8a6100", platforms: "#0b5cad", sources: "#6b5b00" };

// A colour of theme.css.
function token(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

export function mount(container, scene, { tools, onSelect }) {
  const cy = cytoscape({
    container, elements: elements(scene), style: style(), layout: { name: "preset" },
    minZoom: 0.15, maxZoom: 3, autoungrabify: false, boxSelectionEnabled: false,
  });
  const cards = new Map(scene.cards.map((card) => [card.id, card]));
  const fit = () => {
    const scale = Math.min(1.15, (container.clientWidth - 24) / scene.width);
    container.style.height = `${Math.max(380, Math.min(820, scene.height * scale - 30))}px`;
    cy.resize();
    cy.fit(cy.nodes(), 12);
    if (cy.zoom() > 1.15) { cy.zoom(1.15); cy.center(); }
  };
  fit();
  window.addEventListener("resize", fit);

  let picked = null;
  const highlight = (node) => {
    cy.elements().removeClass("near faded");
    if (!node || node.empty()) return;
    const near = node.closedNeighborhood().union(node.successors(".detail")).union(cy.nodes(".lane"));
    cy.elements().not(near).addClass("faded");
    node.closedNeighborhood().addClass("near");
  };
  cy.on("mouseover", "node.card", (event) => highlight(event.target));
  cy.on("mouseout", "node.card", () => highlight(picked));
  cy.on("tap", (event) => {
    if (event.target === cy) { picked = null; highlight(null); return; }
    if (event.target.hasClass("card")) { picked = event.target; highlight(picked); if (cards.get(picked.id()) && !cards.get(picked.id()).ghost) onSelect(picked.id()); }
  });
  cy.on("dbltap", "node.card", (event) => unfold(cy, event.target, cards.get(event.target.id())));
  const focus = (id) => {
    const node = cy.getElementById(id);
    if (node.empty()) return;
    picked = node;
    highlight(node);
    cy.animate({ center: { eles: node }, duration: 150 });
  };
  if (tools) toolbar(tools, scene, cy, { fit, focus, onSelect, reset: () => { picked = null; highlight(null); cy.nodes(".detail").remove(); restore(cy, scene); fit(); } });
  container.lianpu = cy;
  return { focus, fit };
}

function elements(scene) {
  const lanes = scene.lanes.map((lane, i) => ({
    data: { id: `lane-${i}`, label: lane.name, w: lane.w, h: lane.h }, position: middle(lane), classes: "lane", selectable: false, grabbable: false,
  }));
  const cards = scene.cards.map((card) => ({
    data: { id: card.id, label: label(card), w: card.w, h: card.h, color: card.color ?? token("arrow"), fill: card.fill ?? "#fff", status: card.status ?? "" },
    position: middle(card), classes: ["card", card.ghost && "ghost", card.hatched && "hatched", card.dashed && "pale"].filter(Boolean).join(" "),
  }));
  const arrows = scene.arrows.map((arrow) => ({
    data: { id: arrow.id, source: arrow.source, target: arrow.target, what: arrow.what, ...bend(arrow.points) }, classes: `arrow ${arrow.level} ${direction(arrow.points)}`,
  }));
  return [...lanes, ...cards, ...arrows];
}

// The curve's two controls, as Cytoscape wants them: weights along the line, distances from it.
function bend([ax, ay, cx, cy, dx, dy, bx, by]) {
  const [ux, uy] = [bx - ax, by - ay];
  const length = Math.hypot(ux, uy) || 1;
  const along = (x, y) => ((x - ax) * ux + (y - ay) * uy) / (length * length);
  const aside = (x, y) => ((y - ay) * ux - (x - ax) * uy) / length;
  return { weights: [along(cx, cy), along(dx, dy)], distances: [aside(cx, cy), aside(dx, dy)] };
}

function middle(box) { return { x: box.x + box.w / 2, y: box.y + box.h / 2 }; }

function direction(p) { return p[6] >= p[2] && p[6] > p[0] ? "right" : p[6] < p[0] && p[2] < p[0] ? "left" : "same"; }

function label(card) {
  const name = card.lines.join("\n");
  return card.ghost ? `${name}\n${card.facts}` : `${name}\n${card.icon} ${card.caption}${card.facts ? "　" + card.facts : ""}`;
}

function style() {
  return [
    { selector: "node", style: { "font-family": FONT, "text-wrap": "wrap", "text-valign": "center", "text-halign": "center", label: "data(label)", width: "data(w)", height: "data(h)", shape: "round-rectangle" } },
    { selector: ".lane", style: { "background-color": token("soft"), "border-width": 0, "text-valign": "top", "text-margin-y": 32, "font-size": 15, "font-weight": "bold", color: token("ink"), "z-index": 0, "z-index-compare": "manual", events: "no" } },
    { selector: ".card", style: { "background-color": "data(fill)", "border-color": "data(color)", "border-width": 1.5, "font-size": 13, color: token("ink"), "line-height": 1.35, "text-max-width": 168, "z-index": 10, "z-index-compare": "manual" } },
    { selector: ".hatched", style: { "background-image": HATCH, "background-fit": "cover", "background-clip": "node" } },
    { selector: ".pale", style: { "border-style": "dashed", color: token("pale-ink") } },
    { selector: ".ghost", style: { "border-style": "dashed", "font-size": 12, color: token("muted") } },
    { selector: ".arrow", style: { width: 1.5, "line-color": token("link"), "target-arrow-color": token("link"), "target-arrow-shape": "triangle", "arrow-scale": 0.9, "curve-style": "unbundled-bezier", "edge-distances": "endpoints", "control-point-distances": (edge) => edge.data("distances"), "control-point-weights": (edge) => edge.data("weights"), "font-family": FONT, "font-size": 12, color: token("ink"), "text-background-color": "#fff", "text-background-opacity": 0.9, "text-background-padding": 2, "z-index": 5, "z-index-compare": "manual" } },
    { selector: ".arrow.right", style: { "source-endpoint": "90deg", "target-endpoint": "270deg" } },
    { selector: ".arrow.left", style: { "source-endpoint": "270deg", "target-endpoint": "90deg" } },
    { selector: ".arrow.same", style: { "source-endpoint": "90deg", "target-endpoint": "90deg" } },
    { selector: ".arrow.normal", style: { "line-style": "dashed" } },
    { selector: ".arrow.slight", style: { "line-style": "dotted", width: 1 } },
    { selector: ".detail", style: { shape: "round-rectangle", "background-color": "#fff", "border-width": 1, "border-color": "data(color)", color: "data(color)", "font-size": 12, "z-index": 20, "z-index-compare": "manual" } },
    { selector: ".detail-link", style: { width: 1, "line-color": token("frame"), "curve-style": "straight", "z-index": 19, "z-index-compare": "manual" } },
    { selector: ".faded", style: { opacity: 0.16 } },
    { selector: "edge.near", style: { "line-color": token("picked"), "target-arrow-color": token("picked"), width: 2.2, label: "data(what)" } },
    { selector: "node.near.card", style: { "border-width": 2.4 } },
    { selector: ".hidden", style: { display: "none" } },
  ];
}

// Double-click: what stands on the segment, by kind with counts, beneath the card; again to fold.
function unfold(cy, node, card) {
  const old = cy.nodes(`[owner = "${CSS.escape(node.id())}"]`);
  if (old.nonempty()) { old.remove(); return; }
  if (!card || card.ghost) return;
  let row = 0;
  const { x, y } = node.position();
  for (const [key, title] of Object.entries(DETAILS)) {
    const items = card.details[key];
    if (!items.length) continue;
    const names = items.slice(0, 4).map((item) => clip(item.name)).join("\n") + (items.length > 4 ? `\n等 ${items.length} 个` : "");
    const lines = Math.min(items.length, 5) + 1;
    const h = 18 * lines + 8;
    const id = `${node.id()}-${key}`;
    cy.add([
      { group: "nodes", data: { id, owner: node.id(), label: `${title}（${items.length}）\n${names}`, w: 216, h, color: DETAIL_COLORS[key] }, position: { x: x + 30, y: y + card.h / 2 + 14 + row + h / 2 }, classes: "detail" },
      { group: "edges", data: { id: `${id}-link`, source: node.id(), target: id }, classes: "detail-link" },
    ]);
    row += h + 8;
  }
}

function clip(name) { return name.length > 15 ? name.slice(0, 14) + "…" : name; }

function restore(cy, scene) {
  for (const card of scene.cards) cy.getElementById(card.id).position(middle(card));
}

function toolbar(holder, scene, cy, actions) {
  const hidden = new Set();
  const button = (text, action, className) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = text;
    if (className) made.className = className;
    made.addEventListener("click", () => action(made));
    holder.append(made);
    return made;
  };
  const find = document.createElement("input");
  find.type = "search";
  find.placeholder = "找环节";
  find.setAttribute("aria-label", "找环节");
  find.addEventListener("input", () => {
    const text = find.value.trim();
    const hit = text && scene.cards.find((card) => card.name.includes(text));
    if (hit) { actions.focus(hit.id); if (!hit.ghost) actions.onSelect(hit.id); }
  });
  holder.append(find);
  for (const entry of scene.legend) {
    const made = button(`${entry.icon} ${entry.caption}`, () => {
      const off = !hidden.delete(entry.status);
      if (off) hidden.add(entry.status);
      made.setAttribute("aria-pressed", String(!off));
      for (const card of scene.cards) if (card.status === entry.status) cy.getElementById(card.id).toggleClass("hidden", off);
    }, `toggle s-${entry.status}`);
    made.setAttribute("aria-pressed", "true");
  }
  const spring = document.createElement("span");
  spring.className = "gap";
  holder.append(spring);
  button("适应窗口", actions.fit);
  button("重置", () => { hidden.clear(); cy.nodes(".hidden").removeClass("hidden"); for (const t of holder.querySelectorAll(".toggle")) t.setAttribute("aria-pressed", "true"); actions.reset(); });
}
