// The scene of the server as Cytoscape's elements. See viz/graphmap/scene.py for the scene.
const MANY = 200; // lines, beyond which they are thin
const NAMED = 12; // lines of a way, up to which each is named

export function elements(scene) {
  const shown = new Set(scene.nodes.filter((node) => node.shown).map((node) => node.id));
  const discs = scene.groups.filter((group) => shown.has(group.of));
  return [
    ...scene.nodes.filter((node) => node.shown).map(thing),
    ...discs.map(disc),
    ...discs.map(tie),
    ...joins(scene.edges.filter((edge) => shown.has(edge.source) && shown.has(edge.target))),
  ];
}

function thing({ id, x, y, r, color, lines, weight, kind, name, mark, pinned, unknown }) {
  const classes = ["thing", pinned && "pinned", unknown && "unknown"].filter(Boolean).join(" ");
  const data = { id, kind, name, mark, label: lines.join("\n"), d: 2 * r, color, weight };
  return { group: "nodes", data, position: { x, y }, classes };
}

export function countOf({ total, drawn }) {
  return drawn ? `${drawn}/${total}` : `${total}`;
}

function disc(group) {
  const { id, x, y, w, h, color, kind, caption, of, drawn } = group;
  const label = `${kind} ${countOf(group)}\n${caption}`;
  const data = { id, of, group: group.group, w, h, color, label, drawn };
  return { group: "nodes", data, position: { x, y }, classes: "disc", grabbable: false, selectable: false };
}

function tie({ id, of }) {
  return { group: "edges", data: { id: `${id}-tie`, source: of, target: id }, classes: "tie" };
}

// Many lines are drawn thin, so that what they join stays legible.
function joins(edges) {
  const thin = edges.length > MANY ? "thin" : "";
  const way = edges.filter(({ lit }) => lit).length > NAMED ? "lit" : "lit named";
  return edges.map(({ id, source, target, caption, lit }) => (
    { group: "edges", data: { id, source, target, caption }, classes: lit ? way : thin }
  ));
}
