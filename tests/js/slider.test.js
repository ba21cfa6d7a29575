import assert from "node:assert/strict";
import { test } from "node:test";

import { watchMoments } from "../../api/web/static/changes/slider.js";
import { open } from "./dom.js";

const FORM = `<form id="when"><select name="at"><option value="2026-01-31">2026-01-31</option>
  <option value="3">批次 3 导入后</option><option value="" selected>现在</option></select></form>`;

test("the slider has a step for each moment, and letting go of it chooses one", () => {
  open(FORM);
  watchMoments();
  const range = document.querySelector("input[type=range]");
  assert.deepEqual([range.max, range.value, range.getAttribute("aria-valuetext")], ["2", "2", "现在"]);
  range.form.reset();
  assert.equal(range.value, "2");
  const chosen = [];
  document.querySelector("select").addEventListener("change", ({ target }) => chosen.push(target.value));
  range.value = "1";
  range.dispatchEvent(new Event("input"));
  assert.equal(document.querySelector("output").textContent, "批次 3 导入后");
  assert.deepEqual(chosen, []);
  range.dispatchEvent(new Event("change"));
  assert.deepEqual(chosen, ["3"]);
});
