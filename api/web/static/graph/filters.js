// The legend that counts and filters: kinds are put off, of the other facets values are chosen.
import { button, element } from "../element.js";
import { turned } from "../theme/colors.js";

const MOST = 12;

export function showFilters(holder, scene, trail) {
  const colors = new Map(scene.legend.map(({ caption, color }) => [caption, color]));
  const parts = scene.facets.filter(({ values }) => values.length).map((facet) => section(facet, colors, trail));
  const set = scene.filters.length ? [clear(trail)] : [];
  holder.replaceChildren(element("h2", "图例与筛选"), ...set, ...parts);
}

function section({ name, caption, values }, colors, trail) {
  const made = element("fieldset", undefined, "facet");
  made.append(element("legend", caption));
  for (const entry of values.slice(0, MOST)) {
    const key = button(entry.value, () => toggle(name, entry, trail), "key");
    key.setAttribute("aria-pressed", String(entry.on));
    const color = colors.get(entry.value);
    if (color) {
      const dot = element("i");
      dot.style.background = turned(color);
      key.prepend(dot);
    }
    key.append(element("b", entry.count));
    made.append(key);
  }
  if (values.length > MOST) made.append(element("span", `另有${values.length - MOST}个值`, "muted"));
  return made;
}

// A kind that is on goes off; another value that is off is chosen.
function toggle(name, { value, on }, trail) {
  const list = name === "kind" ? "off" : name;
  const chosen = trail.asked()[list];
  const inList = name === "kind" ? !on : on;
  trail.set({ [list]: inList ? chosen.filter((one) => one !== value) : [...chosen, value] });
}

function clear(trail) {
  return button("清除筛选", () => trail.set({ off: [], county: [], status: [], year: [], grade: [] }));
}
