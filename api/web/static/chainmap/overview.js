// The small map in the corner: where the window is on the whole; a click or a drag moves it.
import { pageToken } from "./style.js";

const WIDTH = 180, HIGHEST = 120;

export function overview(canvas, cy, scene) {
  const scale = Math.min(WIDTH / scene.width, HIGHEST / scene.height);
  canvas.width = Math.round(scene.width * scale);
  canvas.height = Math.round(scene.height * scale);
  const draw = () => {
    const { x1, y1, x2, y2, w, h } = cy.extent();
    canvas.hidden = x1 <= 0 && y1 <= scene.lanes[0].y && x2 >= scene.width && y2 >= scene.height - 20;
    if (!canvas.hidden) paint(canvas.getContext("2d"), canvas, { cards: scene.cards, scale, frame: [x1, y1, w, h] });
  };
  let waiting = false;
  const later = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      draw();
    });
  };
  cy.on("viewport resize", later);
  document.addEventListener("lianpu:theme", later);
  canvas.onpointerdown = canvas.onpointermove = (event) => {
    if (event.buttons === 1) centre(cy, event.offsetX / scale, event.offsetY / scale);
  };
  draw();
  return () => {
    cy.removeListener("viewport resize", later);
    document.removeEventListener("lianpu:theme", later);
  };
}

function centre(cy, x, y) {
  cy.pan({ x: cy.width() / 2 - x * cy.zoom(), y: cy.height() / 2 - y * cy.zoom() });
}

function paint(context, { width, height }, { cards, scale, frame }) {
  context.fillStyle = pageToken("soft");
  context.fillRect(0, 0, width, height);
  for (const { x, y, w, h, status } of cards) {
    context.fillStyle = pageToken(`color-${status}`) || pageToken("arrow");
    context.fillRect(x * scale, y * scale, w * scale, Math.max(2, h * scale));
  }
  context.strokeStyle = pageToken("picked");
  context.lineWidth = 2;
  context.strokeRect(...frame.map((length) => length * scale));
}
