// The choice of a moment as a slider: one step for each month's end, batch, and now; letting go opens it.
import { element } from "../element.js";

export function watchMoments(form = document.getElementById("when")) {
  const select = form?.elements.at;
  if (!select) return;
  const range = element("input");
  Object.assign(range, { type: "range", min: 0, max: select.options.length - 1, step: 1 });
  range.defaultValue = select.selectedIndex; // a form that is reset comes back to what the page shows
  range.setAttribute("aria-label", "时间轴");
  const name = () => {
    const { text } = select.options[Number(range.value)];
    range.setAttribute("aria-valuetext", text);
    range.title = text;
    return text;
  };
  const shown = element("output", name());
  range.addEventListener("input", () => {
    shown.textContent = name();
  });
  range.addEventListener("change", () => {
    select.selectedIndex = Number(range.value);
    select.dispatchEvent(new Event("change", { bubbles: true }));
  });
  form.append(range, shown);
}
