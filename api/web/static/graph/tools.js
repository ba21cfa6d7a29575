// The tools above the picture: undo and redo, paths between two picks, box, zoom, size and colour, files.
import { copyAddress } from "../address.js";
import { joined } from "./deeds.js";
import { query } from "./trail.js";

const STEP = 1.25;
const ALWAYS = ["关系数"];

export function makeTools(holder, trail, canvas) {
  const find = (name) => holder.querySelector(`[data-tool=${name}]`);
  const press = (name, action) => find(name).addEventListener("click", () => action(find(name)));
  press("undo", trail.undo);
  press("redo", trail.redo);
  press("fit", canvas.fit);
  press("in", () => canvas.zoom(STEP));
  press("out", () => canvas.zoom(1 / STEP));
  press("copy", copyAddress);
  press("full", () => fullScreen(holder.closest(".explorer")));
  press("box", (key) => {
    const on = key.getAttribute("aria-pressed") !== "true";
    key.setAttribute("aria-pressed", String(on));
    canvas.box(on);
  });
  press("hide", () => trail.set({ do: [...trail.asked().do, ["hide", ...trail.asked().pick].join(".")], pick: [] }));
  press("only", () => trail.act(["only", ...trail.asked().pick].join(".")));
  for (const how of ["path", "paths", "common"]) {
    press(how, () => trail.set(joined(trail.asked(), how, ...trail.asked().pick.slice(-2))));
  }
  for (const name of ["size", "color"]) {
    find(name).addEventListener("change", () => trail.set({ [name]: find(name).value }));
  }
  const show = (scene, asked) => {
    find("undo").disabled = !trail.canUndo();
    find("redo").disabled = !trail.canRedo();
    for (const name of ["path", "paths", "common"]) find(name).disabled = asked.pick.length !== 2;
    for (const name of ["hide", "only"]) find(name).disabled = !asked.pick.length;
    for (const link of holder.querySelectorAll("a[data-file]")) link.href = query(`/graph/file.${link.dataset.file}`);
    if (scene) sizes(find("size"), scene.numbers, asked.size);
    find("color").value = asked.color || "";
  };
  return { show };
}

function fullScreen(part) {
  if (document.fullscreenElement) document.exitFullscreen();
  else part.requestFullscreen();
}

function sizes(select, numbers, chosen) {
  const names = [...new Set([...ALWAYS, ...numbers, ...(chosen ? [chosen] : [])])];
  select.replaceChildren(new Option("一样大", ""), ...names.map((name) => new Option(name, name)));
  select.value = chosen;
}
