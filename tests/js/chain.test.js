import assert from "node:assert/strict";
import { test } from "node:test";

import { ChainPage } from "../../api/web/static/chainmap/page.js";
import { ADDRESS, click, open, press, run } from "./dom.js";
import { nested, scene } from "./scene.js";

const ROW = (id) => `<tr tabindex="0" data-segment="${id}"><td>${id}</td><td><a href="#">示例</a></td></tr>`;
const PAGE = `
  <div class="board"><div class="stage"><div id="map-tools"></div><p id="map-about"></p>
  <div id="map" tabindex="0" data-scene="/chain/scene?chain=a"></div><canvas id="map-overview"></canvas></div>
  <aside id="evidence" tabindex="-1" hidden></aside></div>
  <table id="segments"><thead><tr><th>环节</th></tr></thead><tbody>${ROW("a")}${ROW("b")}${ROW("c")}</tbody></table>`;

// What comes to rest after a page's test would write into the address of the next one.
const { setTimeout: later } = globalThis;
globalThis.setTimeout = (action, wait = 0) => (wait < 300 ? later(action, wait) : 0);

// The addresses that the page asks; all of them answer with the scene of what is open.
async function page(html = PAGE, address = ADDRESS, drawn = scene) {
  open(html, address);
  const addresses = [];
  globalThis.fetch = async (url) => {
    addresses.push(url);
    return { json: async () => drawn(url.includes("open=a")) };
  };
  await run("chain.js");
  await settled();
  return addresses;
}

async function settled() {
  for (let turn = 0; turn < 9; turn += 1) await new Promise(setImmediate);
}

function picked() {
  return [...document.querySelectorAll("tr.picked")].map((row) => row.dataset.segment);
}

function title() {
  const panel = document.getElementById("evidence");
  return panel.hidden ? undefined : panel.querySelector("h2").textContent;
}

function asked(name) {
  return new URLSearchParams(location.search).getAll(name);
}

test("a page without a chain asks for nothing", async () => {
  assert.deepEqual(await page("<section></section>"), []);
  assert.equal(typeof ChainPage, "function");
});

test("the map is drawn from the scene of the page, and nothing is picked", async () => {
  assert.deepEqual(await page(), ["/chain/scene?chain=a&"]);
  assert.equal(document.getElementById("map").lianpu.nodes(".card").length, 4);
  assert.deepEqual([picked(), title()], [[], undefined]);
});

test("a row of the table picks its card, shows its panel and stands in the address", async () => {
  await page();
  click(document.querySelector("[data-segment=b] td"));
  await settled();
  assert.deepEqual([picked(), title(), asked("pick")], [["b"], "示例锯带", ["b"]]);
  assert.ok(document.getElementById("map").lianpu.getElementById("b").hasClass("near"));
  assert.equal(document.activeElement.id, "evidence");
});

test("a card picks its row; Esc closes the panel and gives the focus back", async () => {
  await page();
  document.querySelector("[data-segment=c]").focus();
  document.getElementById("map").lianpu.getElementById("c").emit("tap");
  await settled();
  assert.deepEqual([picked(), title()], [["c"], "示例锯床"]);
  press(document.body, "Escape");
  await settled();
  assert.deepEqual([picked(), title(), asked("pick")], [[], undefined, []]);
  assert.equal(document.activeElement.dataset.segment, "c");
});

test("the table works by keyboard, and a link in a row stays a link", async () => {
  await page();
  click(document.querySelector("[data-segment=a] a"));
  press(document.querySelector("[data-segment=a] a"), "Enter");
  await settled();
  assert.deepEqual(picked(), []);
  press(document.querySelector("[data-segment=c]"), "Enter");
  await settled();
  assert.deepEqual([picked(), title()], [["c"], "示例锯床"]);
});

test("an address opens what it says; a segment that is folded away opens what stands above it", async () => {
  const addresses = await page(PAGE, `${ADDRESS}?pick=b&open=none`, nested);
  await settled();
  assert.deepEqual(addresses, ["/chain/scene?chain=a&open=none", "/chain/scene?chain=a&open=a"]);
  assert.deepEqual([picked(), title()], [["b"], "示例锯带"]);
});

test("Back takes a step back, and the buttons of the tools know it", async () => {
  await page();
  const undo = document.querySelector("[aria-label=撤销]");
  assert.equal(undo.disabled, true);
  const before = location.search;
  document.getElementById("map").lianpu.getElementById("a").emit("tap");
  await settled();
  assert.equal(document.querySelector("[aria-label=撤销]").disabled, false);
  history.replaceState(null, "", location.pathname + before);
  window.dispatchEvent(new Event("popstate"));
  await settled();
  assert.deepEqual([picked(), title()], [[], undefined]);
});

test("a fold asks for the scene of what is open then, and stands in the address", async () => {
  const addresses = await page(PAGE, ADDRESS, nested);
  document.getElementById("map").lianpu.getElementById("a").emit({ type: "tap", position: { x: 98, y: 120 } });
  await settled();
  assert.equal(addresses.at(-1), "/chain/scene?chain=a&open=a");
  assert.deepEqual(asked("open"), ["a"]);
});

test("the menu of a card hides it, and a way is said in words", async () => {
  await page();
  const { lianpu } = document.getElementById("map");
  const choose = async (id, caption) => {
    lianpu.getElementById(id).emit({ type: "cxttap", renderedPosition: { x: 9, y: 9 } });
    click([...document.querySelectorAll("[role=menuitem]")].find((item) => item.textContent === caption));
    await settled();
  };
  await choose("a", "从这里找路");
  await choose("b", "到这里");
  assert.match(document.getElementById("map-about").textContent, /1步：示例锯带钢 → 示例锯带/);
  await choose("c", "隐藏");
  assert.deepEqual([asked("gone"), asked("from"), asked("to")], [["c"], ["a"], ["b"]]);
  assert.ok(lianpu.getElementById("c").hasClass("hidden"));
});
