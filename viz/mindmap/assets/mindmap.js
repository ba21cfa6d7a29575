// The mind map on screen, one inline module: the server's tree, folded and unfolded, found in and read with its rows.
const data = JSON.parse(byId("data").textContent);
const tree = data.tree;
const children = tree.map(() => []);
tree.forEach((node, id) => {
  if (node.parent !== null) children[node.parent].push(id);
});
const folded = new Set(data.folded);
const labels = data.nodes.map((node) => node.label);
const nodes = new vis.DataSet(data.nodes.map((node) => ({ ...node, font: { ...node.font, face: data.font } })));
const edges = new vis.DataSet(data.edges.map((edge, id) => ({ id, ...edge })));
const net = new vis.Network(byId("net"), { nodes, edges }, options());
const SMALLEST = 0.58, LEGIBLE = 0.8, LARGEST = 1.2; // scales

function byId(id) {
  return document.getElementById(id);
}

// Places come from the server: the browser lays nothing out.
function options() {
  return {
    physics: false,
    layout: { improvedLayout: false },
    nodes: { shape: "box", margin: 5, borderWidth: 1.2, shapeProperties: { borderRadius: 5 }, chosen: false },
    edges: {
      color: { color: data.link, highlight: data.picked },
      width: 1.2,
      smooth: { type: "cubicBezier", forceDirection: "horizontal", roundness: 0.5 },
    },
    interaction: { hover: true, dragNodes: false, keyboard: { enabled: true, bindToWindow: false }, zoomSpeed: 0.6 },
  };
}

function descendants(id) {
  return children[id].reduce((sum, child) => sum + 1 + descendants(child), 0);
}

// A folded box says how much it hides; its left edge stays where it is.
function sized(id) {
  const { left, w } = tree[id];
  if (!folded.has(id)) return { label: labels[id], x: left + w / 2, widthConstraint: w - 10 };
  const more = ` ＋${descendants(id)}`;
  const wide = w + 10 + 9 * more.length;
  return { label: labels[id] + more, x: left + wide / 2, widthConstraint: wide - 10 };
}

// The same tidy layout as the server's, over what is unfolded: the height of every box that is shown.
function heights() {
  const shown = new Map();
  let row = 0;
  const visit = (id) => {
    const below = folded.has(id) ? [] : children[id];
    below.forEach(visit);
    if (below.length) {
      shown.set(id, (shown.get(below[0]) + shown.get(below.at(-1))) / 2);
    } else {
      shown.set(id, row * data.row);
      row += 1;
    }
  };
  visit(0);
  return shown;
}

function arrange() {
  const shown = heights();
  nodes.update(tree.map((_, id) => ({ id, hidden: !shown.has(id), y: shown.get(id) ?? 0, ...sized(id) })));
  edges.update(data.edges.map((edge, id) => ({ id, hidden: !shown.has(edge.to) })));
  return shown;
}

// Fit what is shown; text stays legible, so a tall map begins at its root instead of shrinking to dust.
function fit() {
  net.fit({ nodes: [...arrange().keys()], animation: false });
  if (net.getScale() < SMALLEST) {
    const root = net.getPositions([0])[0];
    const half = byId("net").clientWidth / 2 / LEGIBLE;
    net.moveTo({ position: { x: root.x + half - 130, y: root.y }, scale: LEGIBLE, animation: false });
  }
  if (net.getScale() > LARGEST) net.moveTo({ scale: LARGEST, animation: false });
}

// The panel: the whole text of a box, and the rows that it stands on.
function show(id) {
  const node = tree[id];
  const rows = node.rows.length ? node.rows : ["分组，没有单独的行"];
  byId("what").textContent = node.full;
  byId("kind").textContent = node.kind;
  byId("rows").replaceChildren(...rows.map(item));
  byId("panel").hidden = false;
}

function item(text) {
  const made = document.createElement("li");
  made.textContent = text;
  return made;
}

function toggle(id) {
  if (!children[id].length) return;
  if (!folded.delete(id)) folded.add(id);
  arrange();
}

function unfoldAll() {
  folded.clear();
  fit();
}

function foldToSegments() {
  folded.clear();
  tree.forEach((node, id) => {
    if (children[id].length && node.kind === "环节") folded.add(id);
  });
  fit();
}

function find(text) {
  const id = text ? tree.findIndex((node) => node.full.includes(text)) : -1;
  if (id < 0) return;
  for (let above = tree[id].parent; above !== null; above = tree[above].parent) folded.delete(above);
  arrange();
  net.focus(id, { scale: 1, animation: false });
  net.selectNodes([id]);
  show(id);
}

net.on("click", (event) => {
  if (!event.nodes.length) return;
  toggle(event.nodes[0]);
  show(event.nodes[0]);
});
byId("close").addEventListener("click", () => {
  byId("panel").hidden = true;
});
byId("all").addEventListener("click", unfoldAll);
byId("fold").addEventListener("click", foldToSegments);
byId("fit").addEventListener("click", fit);
byId("find").addEventListener("input", (event) => find(event.target.value.trim()));
window.addEventListener("resize", () => net.redraw());
fit();
window.lianpu = { nodes, folded, net };
