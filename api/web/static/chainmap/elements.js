// The scene of the server as Cytoscape's elements. See viz/chainmap/scene.py for the scene.
const FROM_RIGHT = "right", FROM_LEFT = "left", SAME_SIDE = "same";

export function elements(scene) {
  return [...scene.lanes.map(lane), ...scene.cards.map(card), ...scene.arrows.map(arrow)];
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
  const classes = ["card", box.ghost && "ghost", box.hatched && "hatched", box.dashed && "pale"];
  return {
    data: { id, w, h, label: label(box), color: box.color, fill: box.fill ?? "#fff", status: box.status ?? "" },
    position: middle(box),
    classes: classes.filter(Boolean).join(" "),
  };
}

function arrow({ id, source, target, what, level, points }) {
  return {
    data: { id, source, target, what, ...bend(points) },
    classes: `arrow ${level} ${direction(points)}`,
  };
}

export function middle(box) {
  return { x: box.x + box.w / 2, y: box.y + box.h / 2 };
}

function label(box) {
  const name = box.lines.join("\n");
  if (box.ghost) return `${name}\n${box.facts}`;
  return `${name}\n${box.icon} ${box.caption}${box.facts ? "　" + box.facts : ""}`;
}

// The curve's two controls, as Cytoscape wants them: weights along the line, distances from it.
export function bend([ax, ay, cx, cy, dx, dy, bx, by]) {
  const [ux, uy] = [bx - ax, by - ay];
  const length = Math.hypot(ux, uy) || 1;
  const along = (x, y) => ((x - ax) * ux + (y - ay) * uy) / (length * length);
  const aside = (x, y) => ((y - ay) * ux - (x - ax) * uy) / length;
  return { weights: [along(cx, cy), along(dx, dy)], distances: [aside(cx, cy), aside(dx, dy)] };
}

// The side of the card from which an arrow sets out.
export function direction([startX, , firstX, , , , endX]) {
  if (endX >= firstX && endX > startX) return FROM_RIGHT;
  return endX < startX && firstX < startX ? FROM_LEFT : SAME_SIDE;
}
