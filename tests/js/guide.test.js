import assert from "node:assert/strict";
import { test } from "node:test";

import { watchHelp } from "../../api/web/static/guide/help.js";
import { watchTour } from "../../api/web/static/guide/tour.js";
import { watchUploads } from "../../api/web/static/upload.js";
import { click, open, press, texts } from "./dom.js";

const PAGE = `<form class="find"><input></form><button data-help>?</button><main data-demo></main>
  <table class="grid"></table><form id="up" enctype="multipart/form-data"><input type="file"></form>`;

function page(path = "/") {
  const window = open(PAGE, `http://127.0.0.1:8765${path}`);
  globalThis.localStorage = window.localStorage;
  return window;
}

test("a question mark lists the keys of what the page has, but not while somebody types", () => {
  page();
  watchHelp();
  press(document.querySelector(".find input"), "?");
  assert.equal(document.querySelector("dialog"), null);
  press(document.body, "?");
  assert.deepEqual(texts(document.querySelectorAll("dialog h3")), ["整页", "表格"]);
  press(document.body, "/");
  assert.equal(document.activeElement, document.querySelector(".find input"));
});

test("the tour is offered on example data, and never again after a no", () => {
  page();
  watchTour();
  const box = document.querySelector(".tour");
  click([...box.querySelectorAll("button")].at(-1));
  assert.equal(document.querySelector(".tour"), null);
  watchTour();
  assert.equal(document.querySelector(".tour"), null);
});

test("a step of the tour stands on its page and leads to the next", () => {
  page("/chain?tour=2");
  watchTour();
  const links = [...document.querySelectorAll(".tour a")].map((link) => link.getAttribute("href"));
  assert.deepEqual(links, ["/?tour=1", "/recruiting?tour=3"]);
});

test("an upload says that it runs and can be stopped", () => {
  const window = page();
  let stopped = 0;
  window.stop = () => {
    stopped += 1;
  };
  watchUploads();
  const form = document.getElementById("up");
  form.dispatchEvent(new Event("submit"));
  assert.equal(form.getAttribute("aria-busy"), "true");
  click(form.querySelector(".running button"));
  assert.deepEqual([stopped, form.querySelector(".running")], [1, null]);
});
