// The map of counties: what is pointed at lights up in the table too; arrow keys go to the next county that way.
import { copyAddress } from "../address.js";

const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function middle(element) {
  const box = element.getBoundingClientRect();
  return [box.left + box.width / 2, box.top + box.height / 2];
}

// The nearest of some places in a direction: what lies aside counts as farther away.
export function next(from, places, [dx, dy]) {
  let best = null;
  let least = Infinity;
  for (const [key, [x, y]] of places) {
    const along = (x - from[0]) * dx + (y - from[1]) * dy;
    const aside = Math.abs((x - from[0]) * dy) + Math.abs((y - from[1]) * dx);
    if (along > 1 && along + 2 * aside < least) {
      least = along + 2 * aside;
      best = key;
    }
  }
  return best;
}

function watch(figure) {
  const counties = [...figure.querySelectorAll("a.county")];
  const rowOf = (county) => document.querySelector(`tr[data-county="${county.id.slice(5)}"]`);
  const light = (county, on) => {
    county.classList.toggle("lit", on);
    rowOf(county)?.classList.toggle("lit", on);
  };
  for (const county of counties) {
    for (const name of ["pointerenter", "focus"]) county.addEventListener(name, () => light(county, true));
    for (const name of ["pointerleave", "blur"]) county.addEventListener(name, () => light(county, false));
    const row = rowOf(county);
    row?.addEventListener("pointerenter", () => light(county, true));
    row?.addEventListener("pointerleave", () => light(county, false));
    county.addEventListener("keydown", (event) => {
      const step = STEPS[event.key];
      if (!step) return;
      event.preventDefault();
      const others = counties.filter((other) => other !== county).map((other) => [other, middle(other)]);
      next(middle(county), others, step)?.focus();
    });
  }
}

for (const figure of document.querySelectorAll("[data-regions]")) watch(figure);
for (const button of document.querySelectorAll("[data-copy-address]")) {
  button.addEventListener("click", () => copyAddress(button));
}
