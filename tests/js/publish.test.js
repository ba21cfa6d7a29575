import assert from "node:assert/strict";
import { test } from "node:test";

import { click, open, run, type } from "./dom.js";

const ROW = (name, status) => `<tr data-status="${status}"><td>${name}</td></tr>`;
const PAGE = `
  <nav><a href="#overview">总览</a><a href="#weak">薄弱环节</a>
    <select id="chains"><option value=""></option><option value="c1">示例链</option></select></nav>
  <section class="screen" id="overview"></section>
  <section class="screen" id="weak"><div class="found">
    <form class="finder"><select name="status"><option value=""></option><option value="断链">断点</option></select>
      <input name="text"></form>
    <output data-unit="个环节"></output>
    <table><tbody>${ROW("示例甲", "断链")}${ROW("示例乙", "弱链")}${ROW("示例丙", "断链")}</tbody></table>
    <button class="more" hidden></button></div></section>
  <section class="screen" id="c1"><h3 id="c1-map"></h3>
    <figure class="map"><button data-zoom="2"></button><button data-zoom="0"></button>
      <svg viewBox="0 0 1000 400"></svg></figure>
    <div class="mind"><button data-fold="open"></button><button data-fold="close"></button>
      <details open></details><details></details></div></section>`;

async function page(most = 60) {
  const window = open(PAGE);
  globalThis.FormData = window.FormData;
  globalThis.addEventListener = window.addEventListener.bind(window);
  globalThis.scrollTo = () => {};
  globalThis.matchMedia = () => ({ matches: most < 60 });
  globalThis.IntersectionObserver = class {
    observe() {}
  };
  await run("../../../viz/publish/assets/publish.js");
  return (name) => document.querySelector(name);
}

function go(hash) {
  location.hash = hash;
  window.dispatchEvent(new window.HashChangeEvent("hashchange"));
}

const here = () => [...document.querySelectorAll(".screen.here")].map((screen) => screen.id);

test("one screen is shown: the first, that of an address, and that of a place within it", async () => {
  const find = await page();
  assert.deepEqual(here(), ["overview"]);
  go("weak");
  assert.deepEqual(here(), ["weak"]);
  assert.equal(find('a[href="#weak"]').getAttribute("aria-current"), "page");
  document.querySelector("#c1-map").scrollIntoView = () => {};
  go("c1-map");
  assert.deepEqual(here(), ["c1"]);
  assert.equal(find("#chains").value, "c1");
  go("nothing");
  assert.deepEqual(here(), ["overview"]);
});

test("a table is narrowed by status and by text, and says how many fit", async () => {
  const find = await page();
  const shown = () => [...document.querySelectorAll("tbody tr:not([hidden])")].map((row) => row.textContent);
  type(find("select[name=status]"), "断链");
  assert.deepEqual(shown(), ["示例甲", "示例丙"]);
  type(find("input"), " 丙 ");
  assert.deepEqual(shown(), ["示例丙"]);
  assert.equal(find("output").textContent, "1 个环节");
  assert.equal(find(".more").hidden, true);
});

test("a map zooms about its middle, never out of sight, and fits again", async () => {
  const find = await page();
  const box = () => find("svg").getAttribute("viewBox").split(" ").map(Number);
  click(find('[data-zoom="2"]'));
  assert.deepEqual(box(), [250, 100, 500, 200]);
  for (let i = 0; i < 20; i += 1) click(find('[data-zoom="2"]'));
  assert.ok(box()[2] > 80);
  click(find('[data-zoom="0"]'));
  assert.deepEqual(box(), [0, 0, 1000, 400]);
});

test("a mind map is unfolded and folded as a whole", async () => {
  const find = await page();
  const unfolded = () => document.querySelectorAll("details[open]").length;
  click(find("[data-fold=open]"));
  assert.equal(unfolded(), 2);
  click(find("[data-fold=close]"));
  assert.equal(unfolded(), 0);
});
