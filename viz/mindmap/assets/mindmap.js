"use strict";
const data = JSON.parse(document.getElementById("data").textContent);
const tree = data.tree;
const children = tree.map(() => []);
tree.forEach((node, id) => { if (node.parent !== null) children[node.parent].push(id); });
const folded = new Set(data.folded);
const base = data.nodes.map((node) => node.label);
const nodes = new vis.DataSet(data.nodes.map((node) => ({ ...node, font: { ...node.font, face: data.font } })));
const edges = new vis.DataSet(data.edges.map((edge, id) => ({ id, ...edge })));
const net = new vis.Network(document.getElementById("net"), { nodes, edges }, {
  physics: false,
  layout: { improvedLayout: false },
  nodes: { shape: "box", margin: 5, borderWidth: 1.2, shapeProperties: { borderRadius: 5 }, chosen: false },
  edges: { color: { color: data.link, highlight: data.picked }, width: 1.2, smooth: { type: "cubicBezier", forceDirection: "horizontal", roundness: 0.5 } },
  interaction: { hover: true, dragNodes: false, keyboard: { enabled: true, bindToWindow: false }, zoomSpeed: 0.6 },
});

function count(id) { return children[id].reduce((sum, child) => sum + 1 + count(child), 0); }

// A folded box says how much it hides; its left edge stays where it is.
function sized(id) {
  const { left, w } = tree[id];
  if (!folded.has(id)) return { label: base[id], x: left + w / 2, widthConstraint: w - 10 };
  const more = ` ＋${count(id)}`;
  const wide = w + 10 + 9 * more.length;
  return { label: base[id] + more, x: left + wide / 2, widthConstraint: wide - 10 };
}

// The same tidy layout as the server's, over what is unfolded.
function arrange() {
  const shown = new Map();
  let row = 0;
  const visit = (id) => {
    const kids = folded.has(id) ? [] : children[id];
    if (!kids.length) { shown.set(id, row * data.row); row += 1; return; }
    kids.forEach(visit);
    shown.set(id, (shown.get(kids[0]) + shown.get(kids[kids.length - 1])) / 2);
  };
  visit(0);
  nodes.update(tree.map((_, id) => ({
    id, hidden: !shown.has(id), y: shown.get(id) ?? 0, ...sized(id),
  })));
  edges.update(data.edges.map((edge, id) => ({ id, hidden: !shown.has(edge.to) })));
  return shown;
}

// Fit what is shown; text stays legible, so a tall map begins at its root instead of shrinking to dust.
function fit() {
  const ids = [...arrange().keys()];
  net.fit({ nodes: ids, animation: false });
  if (net.getScale() < 0.58) {
    const root = net.getPositions([0])[0];
    const width = document.getElementById("net").clientWidth;
    net.moveTo({ position: { x: root.x + width / 2 / 0.8 - 130, y: root.y }, scale: 0.8, animation: false });
  }
  if (net.getScale() > 1.2) net.moveTo({ scale: 1.2, animation: false });
}

function show(id) {
  const node = tree[id];
  document.getElementById("what").textContent = node.full;
  document.getElementById("kind").textContent = node.kind;
  const list = document.getElementById("rows");
  list.replaceChildren(...(node.rows.length ? node.rows : ["分组，没有单独的行"]).map((row) => {
    const item = document.createElement("li");
    item.textContent = row;
    return item;
  }));
  document.getElementById("panel").hidden = false;
}

net.on("click", (event) => {
  if (!event.nodes.length) return;
  const id = event.nodes[0];
  if (children[id].length) { if (!folded.delete(id)) folded.add(id); arrange(); }
  show(id);
});
document.getElementById("close").addEventListener("click", () => { document.getElementById("panel").hidden = true; });
document.getElementById("all").addEventListener("click", () => { folded.clear(); fit(); });
document.getElementById("fold").addEventListener("click", () => {
  folded.clear();
  tree.forEach((node, id) => { if (children[id].length && node.kind === "环节") folded.add(id); });
  fit();
});
document.getElementById("fit").addEventListener("click", fit);
document.getElementById("find").addEventListener("input", (event) => {
  const text = event.target.value.trim();
  const id = text ? tree.findIndex((node) => node.full.includes(text)) : -1;
  if (id < 0) return;
  for (let up = tree[id].parent; up !== null; up = tree[up].parent) folded.delete(up);
  arrange();
  net.focus(id, { scale: 1, animation: false });
  net.selectNodes([id]);
  show(id);
});
window.addEventListener("resize", () => net.redraw());
fit();
window.lianpu = { nodes, folded, net };
