import assert from "node:assert/strict";
import { test } from "node:test";

import { save, screenFile, table } from "../../api/web/static/chainmap/files.js";
import { nearest, watchKeys } from "../../api/web/static/chainmap/keys.js";
import { overview } from "../../api/web/static/chainmap/overview.js";
import { moved, places, readState, toggled, trail, writeState } from "../../api/web/static/chainmap/state.js";
import { toolbar } from "../../api/web/static/chainmap/tools.js";
import { shortest, stream } from "../../api/web/static/chainmap/ways.js";
import { opening, setView, viewOf, watchWheel, zoomKey } from "../../api/web/static/chainmap/zoom.js";
import { button, element } from "../../api/web/static/element.js";
import { ADDRESS, click, open, press, texts, type } from "./dom.js";
import { nested, scene } from "./scene.js";

const NONE = { open: [], hide: [], gone: [], moved: [], pick: "", from: "", to: "", focus: "", view: "" };

test("the shortest way follows the arrows; a stream is all before and all after", () => {
  const arrows = ["ab", "bc", "ac", "cd", "xc"].map(([source, target]) => ({ id: source + target, source, target }));
  assert.deepEqual(shortest(arrows, "a", "d").map(({ id }) => id), ["ac", "cd"]);
  assert.equal(shortest(arrows, "d", "a"), null);
  assert.deepEqual([...stream(arrows, "b")].sort(), ["a", "b", "c", "d"]);
});

test("state stands in the address; moved cards are id:x:y", () => {
  open("", `${ADDRESS}?chain=c1&open=x&open=y&pick=a&moved=a:10:20#old`);
  const state = readState();
  assert.deepEqual([state.open, state.pick, state.hide], [["x", "y"], "a", []]);
  assert.deepEqual(places(state).get("a"), { x: 10, y: 20 });
  assert.deepEqual(moved(state, "a", { x: 1.4, y: 2.6 }), ["a:1:3"]);
  assert.deepEqual([toggled(["a"], "a"), toggled(["a"], "b")], [[], ["a", "b"]]);
  const steps = trail();
  writeState({ ...state, pick: "", hide: ["断链"] });
  steps.stepped();
  assert.equal(location.search, `?${new URLSearchParams("chain=c1&open=x&open=y&hide=断链&moved=a:10:20")}`);
  assert.deepEqual([location.hash, steps.undo, steps.redo], ["", true, false]);
});

test("an address of old with a hash picks its segment", () => {
  open("", `${ADDRESS}?chain=c1#a`);
  assert.equal(readState().pick, "a");
});

test("a map opens whole where it can be read, else so large that it can", () => {
  const lanes = [{ y: 64 }];
  assert.equal(opening({ width: 600, height: 400, lanes }, 1000, 600).zoom, 1.15);
  const { zoom, pan } = opening({ width: 5000, height: 4000, lanes }, 1000, 600);
  assert.ok(zoom * 12 >= 11 - 1e-9);
  assert.ok(pan.x > -20);
});

// A view of the map without a browser.
function eye() {
  const log = [];
  return {
    log, level: 1, minZoom: () => 0.1, maxZoom: () => 3, width: () => 800, height: () => 400,
    zoom(to) {
      if (to === undefined) return this.level;
      this.level = to.level ?? to;
      return this;
    },
    pan: (to) => log.push(["pan", to]), panBy: (by) => log.push(["panBy", by]),
    extent: () => ({ x1: 100, y1: 50, x2: 900, y2: 450, w: 800, h: 400 }),
    on: (names, action) => log.push(["on", action]), removeListener: () => log.push(["off"]),
  };
}

test("the plain wheel is the page's, with Ctrl it zooms", () => {
  const window = open(`<div id="stage"><div id="map"></div></div>`);
  const [stage, holder, cy] = [document.getElementById("stage"), document.getElementById("map"), eye()];
  watchWheel(stage, holder, cy);
  const turn = (ctrlKey) => {
    const event = new window.WheelEvent("wheel", { deltaY: -300, ctrlKey, bubbles: true, cancelable: true });
    holder.dispatchEvent(event);
    return event.defaultPrevented;
  };
  assert.deepEqual([turn(false), cy.level], [false, 1]);
  assert.equal(turn(true), true);
  assert.ok(cy.level > 1.5);
});

test("scale and place are kept as text, and taken from it", () => {
  const cy = eye();
  assert.equal(viewOf(cy), "1.000:500:250");
  assert.equal(setView(cy, "2:500:250"), true);
  assert.deepEqual([cy.level, cy.log.at(-1)], [2, ["pan", { x: -600, y: -300 }]]);
  assert.equal(setView(cy, "far away"), false);
  let fitted = 0;
  for (const key of ["+", "-", "0"]) zoomKey(cy, { key }, () => (fitted += 1));
  assert.equal(fitted, 1);
  zoomKey(cy, { key: "ArrowLeft", shiftKey: true }, () => {});
  assert.deepEqual(cy.log.at(-1), ["panBy", { x: 60, y: 0 }]);
  assert.equal(zoomKey(cy, { key: "a" }, () => {}), false);
});

test("the overview shows where the window is, moves it, and is away where all can be seen", () => {
  open(`<canvas id="small"></canvas>`);
  const canvas = document.getElementById("small");
  const cy = eye();
  const forget = overview(canvas, cy, scene());
  assert.equal(canvas.hidden, false);
  canvas.onpointerdown({ buttons: 1, offsetX: 0, offsetY: 0 });
  assert.deepEqual(cy.log.at(-1), ["pan", { x: 400, y: 200 }]);
  forget();
  assert.deepEqual(cy.log.at(-1), ["off"]);
  overview(canvas, { ...cy, extent: () => ({ x1: -9, y1: -9, x2: 999, y2: 999, w: 1, h: 1 }) }, scene());
  assert.equal(canvas.hidden, true);
});

test("the arrow keys go to the card that lies next in their direction", () => {
  const { cards } = scene();
  const [a, b, c, g] = cards;
  assert.equal(nearest(cards, undefined, [1, 0]), a);
  assert.equal(nearest(cards, a, [1, 0]), b);
  assert.equal(nearest(cards, c, [0, 1]), g);
  assert.equal(nearest(cards, a, [-1, 0]), undefined);
});

test("keys pick, fold, open the menu and close", () => {
  open(`<div id="map"></div>`);
  const done = [];
  const note = (name) => (value) => done.push([name, value]);
  const [card] = nested(false).cards;
  const cy = { ...eye(), getElementById: () => ({ visible: () => true, renderedPosition: () => ({}) }) };
  const page = {
    state: { pick: "a" }, map: { cards: new Map([["a", card]]), cy }, fold: note("fold"), menu: note("menu"),
    pick: note("pick"), shut: note("shut"), fit: note("fit"),
  };
  const holder = document.getElementById("map");
  watchKeys(holder, page);
  for (const key of ["Enter", "ContextMenu", "ArrowLeft", "0"]) press(holder, key);
  press(document.body, "Escape");
  assert.deepEqual(done.map(([name]) => name), ["fold", "menu", "fit", "shut"]);
});

test("files are of what is on screen; a cell is no formula", () => {
  const state = { ...NONE, hide: ["缺链"], gone: ["c"] };
  const fields = new URLSearchParams("chain=c1&open=all&hide=缺链&gone=c");
  assert.equal(screenFile("svg", scene(), state), `/files/chainmap.svg?${fields}`);
  const drawn = scene();
  drawn.cards[1].name = "=1+1";
  const lines = table(drawn, state).split("\r\n");
  assert.equal(lines.length, 4);
  assert.match(lines[1], /^"'=1\+1","示例链","上游"/);
  open("");
  URL.createObjectURL = () => "blob:x";
  URL.revokeObjectURL = () => {};
  globalThis.setTimeout = Object.assign(() => 0, { unref() {} });
  assert.doesNotThrow(() => save("甲", "甲.csv"));
});

test("the tools find, hide, fold, undo, zoom and give files", () => {
  open(`<div id="tools"></div>`);
  const done = [];
  const note = (name) => (value) => done.push([name, value]);
  const holder = document.getElementById("tools");
  const acts = { state: () => NONE, change: note("change"), pick: note("pick"), smaller: note("smaller"),
    larger: note("larger"), fit: note("fit"), whole: note("whole"), reset: note("reset"), files: () => [] };
  const say = toolbar(holder, nested(false), acts);
  const captions = texts(holder.querySelectorAll("button"));
  assert.deepEqual(captions.slice(0, 5), ["× 缺失", "≠ 断点", "全部展开", "全部收起", "↶"]);
  assert.deepEqual(texts(holder.querySelectorAll(".thin, .pale")), ["斜纹 样本不全·暂估", "淡色 待核实"]);
  for (const made of [...holder.querySelectorAll("button")].slice(0, 3)) click(made);
  type(holder.querySelector("input"), "锯床");
  type(holder.querySelector("input"), "没有这样的字");
  const changes = [{ hide: ["缺链"] }, { hide: ["断链"] }, { open: ["all"] }].map((values) => ["change", values]);
  assert.deepEqual(done, [...changes, ["pick", "c"]]);
  say({ hide: ["断链"] }, { undo: false, redo: true });
  const pressed = [...holder.querySelectorAll(".toggle")].map((made) => made.getAttribute("aria-pressed"));
  assert.deepEqual(pressed, ["true", "false"]);
  assert.equal(holder.querySelector("[aria-label=撤销]").disabled, true);
});

test("an element has its text and class, and a button does not send a form", () => {
  open("");
  assert.equal(element("p", null).outerHTML, "<p></p>");
  assert.equal(element("i", "<b>", "flag").outerHTML, '<i class="flag">&lt;b&gt;</i>');
  assert.equal(button("好", () => {}).type, "button");
});
