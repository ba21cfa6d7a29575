import assert from "node:assert/strict";
import { test } from "node:test";

import { ADDRESS, click, open, press, run } from "./dom.js";
import { scene } from "./scene.js";

const ROW = (id) => `<tr tabindex="0" data-segment="${id}"><td>${id}</td><td><a href="#">示例</a></td></tr>`;
const PAGE = `
  <div id="map-tools"></div><div id="map" data-scene="/chain/scene?chain=a"></div><aside id="evidence" hidden></aside>
  <table id="segments"><thead><tr><th>环节</th></tr></thead><tbody>${ROW("a")}${ROW("b")}${ROW("c")}</tbody></table>`;

// The addresses that the page asks; all of them answer with the scene.
async function page(html = PAGE, address = ADDRESS) {
  open(html, address);
  const addresses = [];
  globalThis.fetch = async (url) => {
    addresses.push(url);
    return { json: async () => scene() };
  };
  await run("chain.js");
  return addresses;
}

function picked() {
  return [...document.querySelectorAll("tr.picked")].map((row) => row.dataset.segment);
}

function title() {
  return document.querySelector("#evidence h2")?.textContent;
}

test("a page without a chain asks for nothing", async () => {
  assert.deepEqual(await page("<section></section>"), []);
});

test("the map is drawn from the scene of the page, and nothing is picked", async () => {
  assert.deepEqual(await page(), ["/chain/scene?chain=a"]);
  assert.equal(document.getElementById("map").lianpu.nodes(".card").length, 4);
  assert.deepEqual([picked(), title()], [[], undefined]);
});

test("a row of the table picks its card and shows its evidence", async () => {
  await page();
  click(document.querySelector("[data-segment=b] td"));
  assert.deepEqual([picked(), title(), location.hash], [["b"], "示例锯带", "#b"]);
  assert.ok(document.getElementById("map").lianpu.getElementById("b").hasClass("near"));
});

test("a card picks its row", async () => {
  await page();
  document.getElementById("map").lianpu.getElementById("c").emit("tap");
  assert.deepEqual([picked(), title()], [["c"], "示例锯床"]);
});

test("the table works by keyboard", async () => {
  await page();
  press(document.querySelector("[data-segment=c]"), "Enter");
  assert.deepEqual([picked(), title()], [["c"], "示例锯床"]);
});

test("a link in a row stays a link", async () => {
  await page();
  click(document.querySelector("[data-segment=a] a"));
  press(document.querySelector("[data-segment=a] a"), "Enter");
  assert.deepEqual(picked(), []);
});

test("an address with a segment opens it", async () => {
  await page(PAGE, `${ADDRESS}#${encodeURIComponent("a")}`);
  assert.deepEqual([picked(), title()], [["a"], "示例锯带钢"]);
});
