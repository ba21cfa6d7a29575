// The scene of the server as Cytoscape's elements. See viz/chainmap/scene.py for the scene.

export function elements(scene) {
  const boxes = new Map(scene.cards.map((box) => [box.id, box]));
  const arrows = scene.arrows.map((line) => arrow(line, boxes.get(line.source), boxes.get(line.target)));
  return [...scene.lanes.map(lane), ...scene.cards.map(card), ...arrows];
}

function lane(box, place) {
  return {
    data: { id: `lane-${place}`, label: box.name, w: box.w, h: box.h },
    position: middle(box),
    classes: "lane",
    selectable: false,
    grabbable: false,
  };
}

function card(box) {
  const { id, w, h } = box;
  const classes = ["card", box.ghost && "ghost", box.hatched && "hatched", box.dashed && "dashed", box.pale && "pale"];
  return {
    data: { id, w, h, label: label(box), status: box.status ?? "" },
    position: middle(box),
    classes: classes.filter(Boolean).join(" "),
  };
}

function arrow({ id, source, target, what, level, points }, from, to) {
  const [start, end] = [port(from, points.slice(0, 2)), port(to, points.slice(-2))];
  return {
    data: { id, source, target, what, start, end, ...corners(points) },
    classes: `arrow ${level}${points.length > 4 ? " cornered" : ""}`,
  };
}

// Where an arrow meets a card, from the card's middle.
function port(box, [x, y]) {
  const at = middle(box);
  return `${round(x - at.x)}px ${round(y - at.y)}px`;
}

function round(number) {
  return Math.round(number * 10) / 10;
}

export function middle(box) {
  return { x: box.x + box.w / 2, y: box.y + box.h / 2 };
}

function label(box) {
  const name = box.lines.join("\n");
  if (box.ghost) return `${name}\n${box.facts}`;
  const status = `${name}\n${box.icon} ${box.caption}${box.facts ? "　" + box.facts : ""}`;
  return box.fold ? `${status}\n${box.fold.open ? "－" : "＋"} ${box.fold.text}` : status;
}

// The corners of an arrow, as Cytoscape wants them: weights along the line between its ends, distances from it.
export function corners(points) {
  const [ax, ay] = points;
  const [bx, by] = points.slice(-2);
  const [ux, uy] = [bx - ax, by - ay];
  const length = Math.hypot(ux, uy) || 1;
  const weights = [], distances = [];
  for (let at = 2; at < points.length - 2; at += 2) {
    const [x, y] = [points[at] - ax, points[at + 1] - ay];
    weights.push((x * ux + y * uy) / (length * length));
    distances.push((y * ux - x * uy) / length);
  }
  return { weights, distances };
}
