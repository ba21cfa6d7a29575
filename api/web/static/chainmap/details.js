// Double-click: what stands on the segment, by kind with counts, beneath the card; again to fold.

const WIDTH = 216, LINE = 18, GAP = 8, MOST = 4, LONGEST = 15;

export function unfold(cy, node, card, kinds) {
  const open = cy.nodes(".detail").filter((detail) => detail.data("owner") === node.id());
  if (open.nonempty()) {
    open.remove();
    return;
  }
  if (!card || card.ghost) return;
  const { x, y } = node.position();
  let top = y + card.h / 2 + 14;
  for (const kind of kinds) {
    const items = card.details[kind.key] ?? [];
    if (!items.length) continue;
    const height = LINE * (Math.min(items.length, MOST + 1) + 1) + GAP;
    cy.add(box(node, kind, items, { x: x + 30, y: top + height / 2, height }));
    top += height + GAP;
  }
}

// A box with the first names of a kind, and the line that ties it to its segment.
function box(node, { key, caption, color }, items, { x, y, height }) {
  const id = `${node.id()}-${key}`;
  const label = `${caption}（${items.length}）\n${names(items)}`;
  const data = { id, owner: node.id(), label, w: WIDTH, h: height, color };
  return [
    { group: "nodes", data, position: { x, y }, classes: "detail" },
    { group: "edges", data: { id: `${id}-link`, source: node.id(), target: id }, classes: "detail-link" },
  ];
}

function names(items) {
  const shown = items.slice(0, MOST).map((item) => clip(item.name));
  if (items.length > MOST) shown.push(`等 ${items.length} 个`);
  return shown.join("\n");
}

function clip(name) {
  return name.length > LONGEST ? name.slice(0, LONGEST - 1) + "…" : name;
}
