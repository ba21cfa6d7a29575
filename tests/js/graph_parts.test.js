import assert from "node:assert/strict";
import { test } from "node:test";

import { address, groupDeeds, joined, nodeDeeds } from "../../api/web/static/graph/deeds.js";
import { closeMenu, showMenu, watchMenu } from "../../api/web/static/graph/menu.js";
import { GROUP, HOSTILE, PAGE, card, scene, trailOf } from "./graph_scene.js";
import { click, open, press, texts, type } from "./dom.js";
import { makeFinder } from "../../api/web/static/graph/finder.js";
import { makeRows } from "../../api/web/static/graph/rows.js";
import { read } from "../../api/web/static/graph/trail.js";
import { showFilters } from "../../api/web/static/graph/filters.js";
import { showMembers } from "../../api/web/static/graph/members.js";
import { showNode } from "../../api/web/static/graph/side.js";

test("the menu of a node has the way to a picked one, and names are text", () => {
  const { trail } = trailOf();
  const asked = { ...read(), from: "b" };
  const chains = [{ id: "z", name: "示例链" }];
  const deeds = nodeDeeds(card("a", HOSTILE), { trail, asked, picks: [], pinned: true, chains, expand: () => {} });
  const words = deeds.map(([text]) => text);
  assert.ok(words.includes("到这里：最短的路") && words.includes("取消固定") && words.includes("假如它停产（示例链）"));
  watchMenu();
  showMenu(HOSTILE, deeds, { x: 10, y: 10 });
  const menu = document.querySelector(".graph-menu");
  assert.equal(menu.querySelectorAll("img").length, 0);
  assert.equal(document.activeElement.textContent, "展开它的关系");
  press(document.activeElement, "ArrowDown");
  assert.equal(document.activeElement.textContent, "按关系展开…");
  press(document.activeElement, "Escape");
  assert.equal(document.querySelector(".graph-menu"), null);
  closeMenu();
  assert.deepEqual(joined(asked, "path", "b", "a"), { do: ["path.b.a"], pick: ["b", "a"], from: "" });
  assert.equal(address("/show", { id: "a" }), "/show?id=a");
});

test("a group opens with its best or as a table", () => {
  const { trail, seen } = trailOf();
  const [[, best], [, table]] = groupDeeds(GROUP, { trail, table: (of, group) => seen.push([of, group]) });
  best();
  table();
  assert.deepEqual(seen[0].do, ["group.a.SUPPLIES.in.Enterprise"]);
  assert.deepEqual(seen[1], ["a", "SUPPLIES.in.Enterprise"]);
});

test("the panel tells what is known of a node and opens its groups", () => {
  const { trail, seen } = trailOf();
  const holder = document.createElement("div");
  const facts = [{ caption: "所在地", value: HOSTILE }];
  const answer = { card: card("a", HOSTILE), facts, groups: [GROUP], chains: [{ id: "z", name: "示例链" }] };
  showNode(holder, answer, { trail, close: () => {}, menu: () => {} });
  assert.equal(holder.querySelectorAll("img").length, 0);
  click(holder.querySelector("li button"));
  assert.deepEqual(seen.at(-1).do, ["group.a.SUPPLIES.in.Enterprise"]);
});

test("of the members of a group those that are ticked are drawn; a bar filters", () => {
  const { trail, seen } = trailOf();
  const holder = document.createElement("div");
  const values = [{ value: "示例县", count: 1 }, { value: "未写明", count: 1 }];
  const answer = {
    of: "a", name: "示例甲厂", caption: "←供货", kind: "企业", total: 2,
    members: [card("b", "示例乙厂"), card("c", HOSTILE, { county: null })],
    facets: [{ name: "county", caption: "县（市、区）", values }],
  };
  showMembers(holder, answer, { drawn: new Set(["b"]), trail, close: () => {} });
  assert.deepEqual([holder.querySelectorAll("img").length, holder.querySelectorAll("tbody tr").length], [0, 2]);
  click(holder.querySelectorAll(".bar")[1]);
  assert.equal(holder.querySelectorAll("tbody tr").length, 1);
  holder.querySelector("tbody input").checked = true;
  click(holder.querySelector("button.primary"));
  assert.deepEqual(seen.at(-1).do, ["draw.a.c"]);
  type(holder.querySelector("input[type=search]"), "没有");
  assert.equal(holder.querySelectorAll("tbody tr").length, 0);
});

test("the legend counts, puts kinds off and chooses values", () => {
  const { trail, seen } = trailOf();
  const holder = document.createElement("div");
  showFilters(holder, scene(), trail);
  const [clear, kind, county] = holder.querySelectorAll("button");
  assert.deepEqual([kind.textContent, kind.getAttribute("aria-pressed")], ["企业3", "true"]);
  click(kind);
  click(county);
  assert.deepEqual([seen[0].off, seen[1].county], [["企业"], ["示例县"]]);
  click(clear);
  assert.deepEqual([seen[2].off, seen[2].county], [[], []]);
});

test("the table has the rows of the picture and is worked by keys", () => {
  open(`<table><tbody></tbody></table><p></p>`, PAGE);
  const done = [];
  const body = document.querySelector("tbody");
  const rows = makeRows(body, document.querySelector("p"), {
    pick: (ids) => done.push(ids), disc: (group) => done.push(group.id), menu: (one) => done.push(["menu", one.id]),
  });
  rows.show(scene());
  rows.select(["b"]);
  assert.deepEqual([...body.rows].map((row) => row.cells[1].textContent), ["示例甲厂", "示例甲厂 ←供货 企业", "示例乙厂"]);
  body.rows[0].focus();
  press(body.rows[0], "ArrowDown");
  press(document.activeElement, "Enter");
  press(body.rows[2], "Enter");
  press(body.rows[2], "ContextMenu");
  assert.deepEqual(done, [GROUP.id, ["b"], ["menu", "b"]]);
  assert.equal(document.querySelector("p").textContent, "共3行：对象2个，组1个");
});

test("the finder proposes names and takes the one that is chosen by key", async () => {
  open(`<input id="f"><ul id="l" hidden></ul>`, PAGE);
  const [field, list, taken] = [document.getElementById("f"), document.getElementById("l"), []];
  const hits = [{ id: "a", kind: "企业", name: HOSTILE, county: null, chain: null }];
  globalThis.fetch = async () => ({ ok: true, json: async () => ({ hits, total: 3 }) });
  makeFinder(field, list, (hit) => taken.push(hit.id));
  type(field, "示例");
  await new Promise((done) => {
    setTimeout(done, 250);
  });
  assert.deepEqual(texts(list.children), [`${HOSTILE} 企业`, "另有2个，再多写几个字"]);
  press(field, "Enter");
  assert.deepEqual([taken, list.hidden], [["a"], true]);
});
