// The explorer: the address says what is drawn, the server draws it, this page shows it and writes the next step.
import "./page.js";
import { closeMenu, showMenu, watchMenu } from "./graph/menu.js";
import { groupDeeds, nodeDeeds } from "./graph/deeds.js";
import { makeFinder } from "./graph/finder.js";
import { makeRows } from "./graph/rows.js";
import { makeTools } from "./graph/tools.js";
import { makeTrail, query, read } from "./graph/trail.js";
import { mount } from "./graph/canvas.js";
import { showFilters } from "./graph/filters.js";
import { showMembers } from "./graph/members.js";
import { showNode } from "./graph/side.js";

const place = (id) => document.getElementById(id);
const holder = place("graph");
makeFinder(place("finder"), place("finder-list"), ({ id }) => {
  if (holder) trail.set({ do: [...read().do, `add.${id}`], pick: [id] });
  else location.assign(`/graph?start=${id}`);
});

const trail = makeTrail((asked) => holder && show(asked));
let scene = null;
let drawnFor = null;
let back = null; // the row from which the panel was opened by key: it gets the focus back
const canvas = holder && mount(holder, { pick, open: (id) => trail.act(`open.${id}`), disc, menu: menuOf, move });
const tools = holder && makeTools(place("graph-tools"), trail, canvas);
const rows = holder && makeRows(place("graph-rows").tBodies[0], place("graph-count"), { pick, disc, menu: menuOf });
if (holder) {
  watchMenu();
  document.addEventListener("keydown", keys);
  place("view-query").form.addEventListener("submit", () => {
    place("view-query").value = location.search.slice(1);
  });
  trail.tell();
}

async function show(asked) {
  closeMenu();
  const wanted = query("/graph/scene");
  tools.show(scene, asked);
  if (wanted !== drawnFor) {
    const answer = await ask(wanted);
    if (!answer) return;
    [scene, drawnFor] = [answer, wanted];
    say(scene);
    await canvas.draw(scene);
    if (wanted !== drawnFor) return; // a later picture is being drawn
    rows.show(scene);
    tools.show(scene, asked);
  }
  canvas.select(asked.pick);
  rows.select(asked.pick);
  await beside(asked);
}

async function ask(address) {
  holder.setAttribute("aria-busy", "true");
  const answer = await fetch(address, { headers: { Accept: "application/json" } }).catch(() => null);
  holder.removeAttribute("aria-busy");
  if (answer?.ok) return answer.json();
  const fault = await answer?.json().catch(() => null);
  place("graph-say").textContent = fault?.error ? `${fault.error.message}。${fault.error.hint}` : "连不上链谱：确认它还在运行，再试一次";
  return null;
}

function say({ remarks, words, hidden }) {
  const from = read().from && scene.nodes.find(({ id }) => id === read().from);
  const parts = [from && `从“${from.name}”找路：右键点另一个对象`, ...remarks.slice(-3), ...words, hidden && `隐藏了${hidden}个`];
  place("graph-say").textContent = parts.filter(Boolean).join("；");
}

// Beside the picture: a group's table, the node picked last, or the legend.
async function beside(asked) {
  const panel = place("graph-panel");
  const picked = asked.pick.filter((id) => scene.nodes.some((node) => node.id === id)).at(-1);
  say(scene);
  if (asked.group) {
    const [node, ...key] = asked.group.split(".");
    const answer = await ask(`/graph/members?${new URLSearchParams({ node, group: key.join(".") })}`);
    const drawn = new Set(scene.nodes.map(({ id }) => id));
    if (answer) showMembers(panel, answer, { drawn, trail, close: () => trail.set({ group: "" }) });
  } else if (picked) {
    const answer = await ask(`/graph/panel?${new URLSearchParams({ node: picked })}`);
    if (answer) showNode(panel, answer, { trail, close: () => pick([]), menu: menuOf });
  } else panel.replaceChildren();
  showFilters(place("graph-filters"), scene, trail);
  if ((asked.group || picked) && back?.isConnected) place("graph-side").focus();
}

function pick(ids, more = false) {
  back = document.activeElement?.closest("#graph-rows tr") ?? null;
  const before = read().pick;
  const both = more ? [...before.filter((id) => !ids.includes(id)), ...ids.filter((id) => !before.includes(id))] : ids;
  trail.set({ pick: both, group: "" });
}

function disc({ of, group, drawn }) {
  back = document.activeElement?.closest("#graph-rows tr") ?? null;
  if (drawn) trail.set({ group: `${of}.${group}`, pick: [of] });
  else trail.act(`group.${of}.${group}`);
}

function move(nodes) {
  trail.act(...nodes.map(({ id, x, y }) => `move.${id}.${Math.round(x)}.${Math.round(y)}`));
}

async function menuOf(target, at) {
  if (target.of) {
    showMenu("一组", groupDeeds(target, { trail, table: (of, group) => trail.set({ group: `${of}.${group}` }) }), at);
    return;
  }
  const answer = await ask(`/graph/panel?${new URLSearchParams({ node: target.id })}`);
  if (!answer) return;
  const { card, groups, chains } = answer;
  const asked = read();
  const pinned = scene.nodes.find(({ id }) => id === card.id)?.pinned;
  const expand = () => showMenu(card.name, groups.map(({ of, group, kind, caption, total }) => [
    `${caption} ${kind} ${total}`, () => trail.act(`group.${of}.${group}`),
  ]), at);
  showMenu(card.name, nodeDeeds(card, { trail, asked, picks: asked.pick, pinned, chains, expand }), at);
}

function keys(event) {
  if (event.target.matches?.("input, select, textarea")) return;
  if (event.key === "Escape" && (read().pick.length || read().group)) {
    const row = back;
    pick([]);
    row?.focus();
  }
  if (event.key === "+" || event.key === "=") canvas.zoom(1.25);
  if (event.key === "-") canvas.zoom(0.8);
  if ((event.ctrlKey || event.metaKey) && event.key === "z") trail.undo();
  if ((event.ctrlKey || event.metaKey) && event.key === "y") trail.redo();
}
