import assert from "node:assert/strict";
import { test } from "node:test";

import { countOf, elements } from "../../api/web/static/graph/elements.js";
import { look } from "../../api/web/static/graph/look.js";
import { makeTools } from "../../api/web/static/graph/tools.js";
import { mount } from "../../api/web/static/graph/canvas.js";
import { query, read } from "../../api/web/static/graph/trail.js";
import { GROUP, PAGE, node, scene, trailOf } from "./graph_scene.js";
import { click, open, run, texts } from "./dom.js";

test("each step is written into the address, and undo takes the last one off a shared link", () => {
  const { trail, seen } = trailOf(`${PAGE}?node=a&do=open.a`);
  assert.deepEqual([read().start, trail.canUndo(), trail.canRedo()], [["a"], true, false]);
  trail.undo();
  assert.deepEqual(seen.at(-1).do, []);
  trail.act("group.a.SUPPLIES.in.Enterprise", "hide.b");
  assert.equal(new URLSearchParams(location.search).getAll("do").length, 2);
  trail.set({ pick: ["a"], size: "关系数" });
  const asked = new URLSearchParams([["start", "a"], ["do", `group.${GROUP.id}`], ["do", "hide.b"], ["size", "关系数"]]);
  assert.equal(query("/graph/scene"), `/graph/scene?${asked}`);
});

test("the menu's chain is a start where there is no other", () => {
  trailOf(`${PAGE}?chain=z`);
  assert.deepEqual(read().start, ["z"]);
});

test("a scene becomes nodes, discs of groups, and the edges between what is shown", () => {
  const made = elements(scene());
  assert.deepEqual(made.map(({ data }) => data.id), ["a", "b", GROUP.id, `${GROUP.id}-tie`, "b-SUPPLIES-a"]);
  assert.equal(made[1].classes, "thing pinned");
  assert.equal(made[2].data.label, "企业 12\n←供货");
  assert.equal(countOf({ total: 12, drawn: 3 }), "3/12");
  assert.ok(look(() => "#123456", (color) => color).length > 5);
});

test("on the canvas what is there stays, what is gone goes, and a tap is told", async () => {
  open(`<div id="graph"></div>`, PAGE);
  const done = [];
  const note = (name) => (...given) => done.push([name, given[0]]);
  const does = { pick: note("pick"), open: note("open"), disc: note("disc"), menu: note("menu"), move: note("move") };
  const { cy, draw, select } = mount(document.getElementById("graph"), does);
  await draw(scene());
  assert.equal(document.getElementById("graph").dataset.drawn, "2");
  const next = scene();
  await draw({ ...next, nodes: [next.nodes[0], node("d", "示例丁厂")], groups: [] });
  assert.deepEqual(cy.nodes().map((one) => one.id()), ["a", "d"]);
  select(["a"]);
  assert.deepEqual(cy.nodes(":selected").map((one) => one.id()), ["a"]);
  cy.getElementById("a").emit("tap");
  cy.getElementById("a").emit("dbltap");
  cy.getElementById("a").emit("cxttap");
  assert.deepEqual(done.map(([name]) => name), ["pick", "open", "menu"]);
});

const TOOLS = ["undo", "redo", "fit", "in", "out", "copy", "full", "box", "hide", "only", "path", "paths", "common"];

test("the tools find paths between two picks and lead to the files of what is on screen", () => {
  const { trail, seen } = trailOf(`${PAGE}?start=a&pick=a&pick=b`);
  globalThis.Option = window.Option;
  const keys = TOOLS.map((name) => `<button data-tool="${name}"></button>`).join("");
  document.body.innerHTML = `<div>${keys}<select data-tool="size"></select>
    <select data-tool="color"><option value=""></option></select><a data-file="csv"></a></div>`;
  const holder = document.querySelector("div");
  const tools = makeTools(holder, trail, { fit: () => {}, zoom: () => {}, box: () => {} });
  tools.show(scene(), read());
  assert.equal(holder.querySelector("a").getAttribute("href"), "/graph/file.csv?start=a");
  assert.deepEqual(texts(holder.querySelector("[data-tool=size]").options), ["一样大", "关系数", "产值(万元)"]);
  click(holder.querySelector("[data-tool=path]"));
  assert.deepEqual(seen.at(-1).do, ["path.a.b"]);
  click(holder.querySelector("[data-tool=hide]"));
  assert.deepEqual([seen.at(-1).do, seen.at(-1).pick], [["path.a.b", "hide.a.b"], []]);
});

test("where nothing is drawn the page has its finder alone", async () => {
  open(`<input id="finder"><ul id="finder-list" hidden></ul>`, PAGE);
  await run("graph.js");
  assert.equal(document.getElementById("graph"), null);
});
