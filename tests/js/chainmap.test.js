import assert from "node:assert/strict";
import { test } from "node:test";

import { unfold } from "../../api/web/static/chainmap/details.js";
import { corners, elements } from "../../api/web/static/chainmap/elements.js";
import { lights } from "../../api/web/static/chainmap/light.js";
import { mount, place, veil } from "../../api/web/static/chainmap/map.js";
import { pageToken, style } from "../../api/web/static/chainmap/style.js";
import { open } from "./dom.js";
import { nested, scene } from "./scene.js";

async function map(drawn = scene()) {
  open(`<div id="map"></div>`);
  const names = ["paper", "ink", "muted", "soft", "frame", "arrow", "link", "picked", "ground", "pale-ink", "font"];
  for (const name of names) {
    document.documentElement.style.setProperty(`--${name}`, "#123456");
  }
  const done = [];
  const note = (name) => (...values) => done.push([name, ...values]);
  const hooks = { pick: note("pick"), fold: note("fold"), menu: note("menu"), move: note("move") };
  const made = mount(document.getElementById("map"), hooks);
  await made.draw(drawn);
  return { cy: made.cy, made, done };
}

test("a scene becomes lanes, cards and arrows", () => {
  const [lane, first, second] = elements(scene());
  assert.equal(lane.classes, "lane");
  assert.deepEqual(first.position, { x: 98, y: 93 });
  assert.equal(first.data.label, "示例锯带钢\n● 缺链　1家");
  assert.equal(second.classes, "card hatched dashed pale");
});

test("a card of another chain names that chain, and a parent what it stands for", () => {
  const ghost = elements(scene()).find((made) => made.data.id === "g");
  assert.deepEqual([ghost.classes, ghost.data.label], ["card ghost", "示例外链环节\n示例他链"]);
  assert.match(elements(nested(false))[1].data.label, /\n＋ 含1个环节/);
  assert.match(elements(nested(true))[1].data.label, /\n－ 含1个环节/);
});

test("an arrow runs through the corners that the server gives, from port to port", () => {
  assert.deepEqual(corners([0, 0, 50, 0, 50, 20, 100, 20]).weights.map((w) => Math.round(w * 100)), [48, 52]);
  assert.deepEqual(corners([0, 0, 50, 0, 50, 10, 100, 0]).distances, [0, 10]);
  const [straight, cornered] = elements(scene()).filter((made) => made.classes.startsWith("arrow"));
  const { start, end } = straight.data;
  assert.deepEqual([straight.classes, start, end], ["arrow essential", "88px 0px", "-88px 0px"]);
  assert.equal(cornered.classes, "arrow slight cornered");
  assert.equal(cornered.data.weights.length, 2);
});

test("the map's colours are the page's tokens, read again when the theme changes", async () => {
  const { cy } = await map();
  const arrow = style(pageToken).find((rule) => rule.selector === ".arrow");
  assert.equal(arrow.style["line-color"], "#123456");
  document.documentElement.style.setProperty("--arrow", "#abcdef");
  document.dispatchEvent(new Event("lianpu:theme"));
  assert.equal(cy.edges(".arrow")[0].style("line-color"), "rgb(171,205,239)");
});

test("no text of the map is smaller than eleven pixels at its least opening scale", () => {
  const sizes = style(() => "#000").map((rule) => rule.style["font-size"]).filter(Boolean);
  assert.ok(sizes.length > 4);
  assert.ok(Math.min(...sizes) * (11 / 12) >= 11);
});

test("a tap on a card picks it, on its lower edge folds it, on nothing picks none", async () => {
  const { cy, done } = await map(nested(false));
  cy.getElementById("a").emit({ type: "tap", position: { x: 98, y: 80 } });
  cy.getElementById("a").emit({ type: "tap", position: { x: 98, y: 120 } });
  cy.getElementById("c").emit({ type: "tap", position: { x: 648, y: 120 } });
  cy.emit("tap");
  assert.deepEqual(done, [["pick", "a"], ["fold", "a"], ["pick", "c"], ["pick", ""]]);
});

test("right click and long press open the menu, a dragged card is put", async () => {
  const { cy, done } = await map();
  cy.getElementById("a").emit({ type: "cxttap", renderedPosition: { x: 1, y: 2 } });
  cy.getElementById("b").emit({ type: "taphold", renderedPosition: { x: 3, y: 4 } });
  cy.getElementById("c").emit("dragfree");
  assert.deepEqual(done.map(([name, id]) => [name, id]), [["menu", "a"], ["menu", "b"], ["move", "c"]]);
});

test("what is picked is lit with its neighbours, a way alone; the mouse lights while it is there", async () => {
  const { cy } = await map();
  const light = lights(cy);
  assert.deepEqual(light.show({ pick: "a", focus: "", from: "", to: "" }, scene()), []);
  assert.ok(cy.getElementById("b").hasClass("near"));
  assert.ok(cy.getElementById("c").hasClass("faded"));
  light.hover(cy.getElementById("c"));
  assert.ok(cy.getElementById("a").hasClass("faded"));
  light.leave();
  assert.ok(cy.getElementById("a").hasClass("near"));
  assert.equal(light.show({ pick: "", focus: "", from: "a", to: "b" }, scene()).length, 1);
  assert.equal(cy.edges(".route").length, 1);
  assert.equal(light.show({ pick: "", focus: "", from: "b", to: "a" }, scene()), null);
  light.show({ pick: "", focus: "c", from: "", to: "" }, scene());
  assert.deepEqual(cy.nodes(".near").map((node) => node.id()), ["c", "g"]);
});

test("a moved card stays where it was put, its arrows go the short way; without it everything is back", async () => {
  const { cy, made } = await map();
  place(made, new Map([["a", { x: 300, y: 20 }]]));
  assert.deepEqual(cy.getElementById("a").position(), { x: 300, y: 20 });
  assert.deepEqual([cy.nodes(".pinned").length, cy.edges(".moved").length], [1, 1]);
  place(made, new Map());
  assert.deepEqual(cy.getElementById("a").position(), { x: 98, y: 93 });
  assert.equal(cy.edges(".moved").length, 0);
});

test("cards of a hidden status and hidden cards are not drawn", async () => {
  const { cy, made } = await map();
  veil(made, { hide: ["缺链"], gone: ["c"] });
  assert.deepEqual(cy.nodes(".hidden").map((node) => node.id()), ["a", "c"]);
  veil(made, { hide: [], gone: [] });
  assert.equal(cy.nodes(".hidden").length, 0);
});

test("a double click unfolds what stands on a card, a second one folds it", async () => {
  const { cy } = await map();
  cy.getElementById("a").emit("dbltap");
  const labels = cy.nodes(".detail").map((node) => node.data("label"));
  assert.equal(labels[0], "本地在产企业（5）\n示例甲厂\n示例乙厂\n示例丙厂\n示例丁厂\n等 5 个");
  assert.equal(labels[1], "技术需求（1）\n示例一项名称特别长的关键技术…");
  assert.equal(cy.edges(".detail-link").length, 2);
  cy.getElementById("a").emit("dbltap");
  assert.equal(cy.nodes(".detail").length, 0);
  unfold(cy, cy.getElementById("g"), scene().cards[3], scene().kinds);
  assert.equal(cy.nodes(".detail").length, 0);
});

test("a scene drawn anew keeps the card that was used where it was on screen", async () => {
  const { cy, made } = await map(nested(false));
  cy.pan({ x: 40, y: 50 });
  const before = cy.getElementById("c").renderedPosition();
  const moved = nested(true);
  moved.cards = moved.cards.map((card) => ({ ...card, x: card.x + 100 }));
  assert.equal(await made.draw(moved, { keep: "c" }), true);
  assert.deepEqual(cy.getElementById("c").renderedPosition(), before);
});
