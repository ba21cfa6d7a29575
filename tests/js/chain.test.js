import assert from "node:assert/strict";
import { test } from "node:test";

import { ADDRESS, click, open, press, run } from "./dom.js";
import { scene } from "./scene.js";

const ROW = (id) => `<tr tabindex="0" data-segment="${id}"><td>${id}</td><td><a href="/show">示例</a></td></tr>`;
const PAGE = `
  <div id="map-tools"></div><div id="map" data-scene="/chain/scene?chain=a"></div><aside id="evidence" hidden></aside>
  <table id="segments"><thead><tr><th>环节</th></tr></thead><tbody>${ROW("a")}${ROW("b")}${ROW("c")}</tbody></table>`;

async function page(html = PAGE, address = ADDRESS) {
  open(html, address);
  const asked = [];
  globalThis.fetch = async (url) => {
    asked.push(url);
    return { json: async () => scene() };
  };
  globalThis.lianpuEngine = undefined;
  await run("chain.js");
  return asked;
}

test("a page without a chain asks for nothing", async () => {
  assert.deepEqual(await page("<section></section>"), []);
});
