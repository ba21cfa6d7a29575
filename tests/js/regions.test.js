import assert from "node:assert/strict";
import { test } from "node:test";

import { open, press } from "./dom.js";

const MAP = `
  <figure data-regions><svg>
    <a class="county" id="area-a" href="/county?county=a"><path/></a>
    <a class="county" id="area-b" href="/county?county=b"><path/></a>
  </svg></figure>
  <table><tbody><tr data-county="a"></tr><tr data-county="b"></tr></tbody></table>`;

test("a county that is pointed at lights up in the table, and arrow keys go to the next one that way", async () => {
  open(MAP);
  const [west, east] = document.querySelectorAll("a.county");
  west.getBoundingClientRect = () => ({ left: 0, top: 0, width: 10, height: 10 });
  east.getBoundingClientRect = () => ({ left: 100, top: 20, width: 10, height: 10 });
  const { next } = await import("../../api/web/static/regions/map.js");
  west.dispatchEvent(new window.Event("pointerenter"));
  assert.ok(document.querySelector("tr[data-county=a]").classList.contains("lit"));
  west.dispatchEvent(new window.Event("pointerleave"));
  assert.ok(!document.querySelector("tr[data-county=a]").classList.contains("lit"));
  const focused = [];
  east.focus = () => focused.push("east");
  press(west, "ArrowRight");
  press(west, "ArrowLeft");
  assert.deepEqual(focused, ["east"]);
  assert.equal(next([0, 0], [["near", [50, 5]], ["aside", [40, 60]]], [1, 0]), "near");
});
