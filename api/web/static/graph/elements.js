// The scene of the server as Cytoscape's elements. See viz/graphmap/scene.py for the scene.
export function elements(scene) {
  const shown = new Set(scene.nodes.filter((node) => node.shown).map((node) => node.id));
  const discs = scene.groups.filter((group) => shown.has(group.of));
  return [
    ...scene.nodes.filter((node) => node.shown).map(thing),
    ...discs.map(disc),
    ...discs.map(tie),
    ...scene.edges.filter((edge) => shown.has(edge.source) && shown.has(edge.target)).map(line),
  ];
}

function thing({ id, x, y, r, color, lines, weight, kind, name, icon, pinned, unknown }) {
  const classes = ["thing", pinned && "pinned", unknown && "unknown"].filter(Boolean).join(" ");
  const data = { id, kind, name, label: `${icon} ${lines.join("\n")}`, d: 2 * r, color, weight };
  return { group: "nodes", data, position: { x, y }, classes };
}

export function countOf({ total, drawn }) {
  return drawn ? `${drawn}/${total}` : `${total}`;
}

function disc(group) {
  const { id, x, y, w, h, color, kind, caption, of, drawn } = group;
  const label = `${kind} ${countOf(group)}\n${caption}`;
  const data = { id, of, group: group.group, w, h, color, label, drawn };
  return { group: "nodes", data, position: { x, y }, classes: "disc", grabbable: false };
}

function tie({ id, of }) {
  return { group: "edges", data: { id: `${id}-tie`, source: of, target: id }, classes: "tie" };
}

function line({ id, source, target, caption, lit }) {
  return { group: "edges", data: { id, source, target, caption }, classes: lit ? "lit" : "" };
}
