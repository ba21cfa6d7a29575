// The mind map on screen, one inline module: the server's tree, folded and unfolded, found in and read with its rows.
const data = JSON.parse(byId("data").textContent);
const tree = data.tree.map(([parent, left, w, side, full, rows], id) => {
  const [label, , , group] = data.nodes[id];
  const [kind] = group.split("|");
  return { parent, left, w, side, full: full || label, kind, rows: rows.map((row) => data.rows[row]) };
});
const children = tree.map(() => []);
tree.forEach((node, id) => {
  if (node.parent !== null) children[node.parent].push(id);
});
const folded = new Set(data.folded);
const labels = data.nodes.map(([label]) => label);
const boxes = data.nodes.map(([label, x, y, group], id) => ({ id, label, x, y, ...data.groups[group] }));
const nodes = new vis.DataSet(boxes);
const links = tree.flatMap((node, to) => (node.parent === null ? [] : [{ from: node.parent, to }]));
const edges = new vis.DataSet(links.map((link, id) => ({ id, ...link })));
const net = new vis.Network(byId("net"), { nodes, edges }, options());
const framed = window.parent !== window; // within the page of a home, which can show a row
const LEGIBLE = 11 / data.size, LARGEST = 1.2; // scales; 11 pixels is the least that is read with ease

function byId(id) {
  return document.getElementById(id);
}

// Places come from the server: the browser lays nothing out.
function options() {
  return {
    physics: false,
    layout: { improvedLayout: false },
    nodes: {
      shape: "box",
      physics: false,
      margin: 5,
      borderWidth: 1.2,
      shapeProperties: { borderRadius: 5 },
      chosen: false,
    },
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

// A folded box says how much it hides; the edge at which it begins stays where it is.
function sized(id) {
  const { left, w, side } = tree[id];
  const more = folded.has(id) ? ` ＋${descendants(id)}` : "";
  const wide = more ? w + 10 + 9 * more.length : w;
  const x = side > 0 ? left + wide / 2 : left + w - wide / 2;
  return { label: labels[id] + more, x, widthConstraint: wide - 10 };
}

// The same tidy layout as the server's, over what is unfolded: the height of every box that is shown.
function heights() {
  const shown = new Map();
  const below = (id) => (folded.has(id) ? [] : children[id]);
  const rows = (id) => below(id).reduce((sum, child) => sum + rows(child), 0) || 1;
  const sides = [1, -1].map((side) => below(0).filter((id) => tree[id].side === side));
  const counts = sides.map((side) => side.reduce((sum, id) => sum + rows(id), 0));
  const most = Math.max(...counts, 1);
  sides.forEach((side, at) => {
    let row = (most - counts[at]) / 2;
    const visit = (id) => {
      below(id).forEach(visit);
      if (below(id).length) {
        shown.set(id, (shown.get(below(id)[0]) + shown.get(below(id).at(-1))) / 2);
      } else {
        shown.set(id, row * data.row);
        row += 1;
      }
    };
    side.forEach(visit);
  });
  shown.set(0, ((most - 1) / 2) * data.row);
  return shown;
}

function arrange() {
  const shown = heights();
  nodes.update(tree.map((_, id) => ({ id, hidden: !shown.has(id), y: shown.get(id) ?? 0, ...sized(id) })));
  edges.update(links.map((link, id) => ({ id, hidden: !shown.has(link.to) })));
  return shown;
}

// Fit what is shown, however small: the button's business.
function fit() {
  net.fit({ nodes: [...arrange().keys()], animation: false });
  if (net.getScale() > LARGEST) net.moveTo({ scale: LARGEST, animation: false });
}

// A map opens legible: where it would be too small, it begins at its root.
function begin() {
  fit();
  if (net.getScale() < LEGIBLE) net.moveTo({ position: net.getPositions([0])[0], scale: LEGIBLE, animation: false });
}

// The panel: the whole text of a box, and the rows that it stands on.
function show(id) {
  const node = tree[id];
  const rows = node.rows.length ? node.rows : [["分组，没有单独的行", 0]];
  byId("what").textContent = node.full;
  byId("kind").textContent = node.kind;
  byId("rows").replaceChildren(...rows.map(item));
  byId("panel").hidden = false;
}

function item([text, record]) {
  const made = document.createElement("li");
  if (!framed || !record) {
    made.textContent = text;
    return made;
  }
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = text;
  button.addEventListener("click", () => window.parent.postMessage({ row: record }, "*"));
  made.append(button);
  return made;
}

function toggle(id) {
  if (!children[id].length) return;
  if (!folded.delete(id)) folded.add(id);
  arrange();
}

function unfoldAll() {
  folded.clear();
  begin();
}

function foldToSegments() {
  folded.clear();
  tree.forEach((node, id) => {
    if (children[id].length && node.kind === "环节") folded.add(id);
  });
  begin();
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
function closePanel() {
  byId("panel").hidden = true;
}

byId("close").addEventListener("click", closePanel);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closePanel();
});
// Within a page the plain wheel scrolls the page; with Ctrl it zooms.
byId("net").addEventListener("wheel", (event) => {
  if (framed && !event.ctrlKey) event.stopPropagation();
}, { capture: true });
byId("all").addEventListener("click", unfoldAll);
byId("fold").addEventListener("click", foldToSegments);
byId("fit").addEventListener("click", fit);
byId("find").addEventListener("input", (event) => find(event.target.value.trim()));
window.addEventListener("resize", () => net.redraw());
begin();
window.lianpu = { nodes, folded, net };
