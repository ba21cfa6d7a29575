import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { turned } from "../../api/web/static/theme/colors.js";
import { watchTheme } from "../../api/web/static/theme/switch.js";
import { click, open } from "./dom.js";

// No module: it runs before anything is drawn.
const FIRST = readFileSync(new URL("../../api/web/static/theme/first.js", import.meta.url), "utf8");
const SWITCH = "<button data-theme-switch>◐</button>";

function page(dark = false) {
  const window = open(SWITCH);
  window.matchMedia = () => ({ matches: dark, addEventListener: () => {} });
  globalThis.matchMedia = window.matchMedia;
  globalThis.localStorage = window.localStorage;
  localStorage.clear();
  new Function(FIRST)();
  watchTheme();
  return document.documentElement;
}

test("a page is dark where the system is", () => {
  assert.equal(page(true).dataset.theme, "dark");
  assert.equal(page(false).dataset.theme, "light");
});

test("the switch turns the page, keeps the choice and says so", () => {
  const root = page();
  let turns = 0;
  document.addEventListener("lianpu:theme", () => {
    turns += 1;
  });
  const control = document.querySelector("button");
  click(control);
  assert.deepEqual([root.dataset.theme, control.getAttribute("aria-pressed"), turns], ["dark", "true", 1]);
  assert.equal(localStorage.getItem("lianpu-theme"), "dark");
  click(control);
  assert.deepEqual([root.dataset.theme, localStorage.getItem("lianpu-theme")], ["light", null]);
});

test("colours of the server are turned on a dark page, the known to theirs and others half way to white", () => {
  const root = page();
  root.style.setProperty("--c-0b5cad", "#6cb2f7");
  assert.equal(turned("#0b5cad"), "#0b5cad");
  click(document.querySelector("button"));
  assert.deepEqual([turned("#0b5cad"), turned("#001122"), turned("red")], ["#6cb2f7", "#808891", "red"]);
});
