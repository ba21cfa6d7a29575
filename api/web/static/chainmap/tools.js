// The tools above the map: find a segment, hide a status, fit, reset.
import { button, element } from "../element.js";

export function toolbar(holder, scene, cy, { fit, focus, reset, onSelect }) {
  const toggles = scene.legend.map((entry) => toggle(entry, scene, cy));
  const showAll = () => {
    cy.nodes(".hidden").removeClass("hidden");
    for (const made of toggles) made.setAttribute("aria-pressed", "true");
    reset();
  };
  holder.append(
    finder(scene, focus, onSelect),
    ...toggles,
    ...(scene.marks ?? []).map(mark),
    element("span", undefined, "gap"),
    button("适应窗口", fit),
    button("重置", showAll),
  );
}

function finder(scene, focus, onSelect) {
  const field = element("input");
  field.type = "search";
  field.placeholder = "找环节";
  field.setAttribute("aria-label", "找环节");
  field.addEventListener("input", () => {
    const text = field.value.trim();
    const card = text && scene.cards.find(({ name }) => name.includes(text));
    if (!card) return;
    focus(card.id);
    if (!card.ghost) onSelect(card.id);
  });
  return field;
}

// What hatching or paleness means, drawn so.
function mark({ caption, hatched }) {
  return element("span", caption, `status ${hatched ? "thin" : "pale"}`);
}

// A key of the legend that shows or hides the cards of its status.
function toggle({ status, icon, caption }, scene, cy) {
  const made = button(`${icon} ${caption}`, () => {
    const show = made.getAttribute("aria-pressed") !== "true";
    made.setAttribute("aria-pressed", String(show));
    for (const card of scene.cards) {
      if (card.status === status) cy.getElementById(card.id).toggleClass("hidden", !show);
    }
  }, `toggle s-${status}`);
  made.setAttribute("aria-pressed", "true");
  return made;
}
