import assert from "node:assert/strict";
import { test } from "node:test";

import { unfold } from "../../api/web/static/chainmap/details.js";
import { corners, elements } from "../../api/web/static/chainmap/elements.js";
import { button, element } from "../../api/web/static/element.js";
import { mount } from "../../api/web/static/chainmap/map.js";
import { pageToken, style } from "../../api/web/static/chainmap/style.js";
import { toolbar } from "../../api/web/static/chainmap/tools.js";
import { showEvidence } from "../../api/web/static/chainmap/evidence.js";
import { click, open, texts, type } from "./dom.js";
import { row, scene } from "./scene.js";

const PAGE = `<div id="tools"></div><div id="map"></div><aside id="evidence" hidden></aside>`;

function map() {
  open(PAGE);
  for (const name of ["ink", "muted", "soft", "frame", "arrow", "link", "picked"]) {
    document.documentElement.style.setProperty(`--${name}`, "#123456");
  }
  const selected = [];
  const container = document.getElementById("map");
  const tools = document.getElementById("tools");
  const made = mount(container, scene(), { tools, onSelect: (id) => selected.push(id) });
  return { cy: container.lianpu, made, tools, selected };
}

test("a scene becomes lanes, cards and arrows", () => {
  const [lane, first, second] = elements(scene());
  assert.equal(lane.classes, "lane");
  assert.deepEqual(first.position, { x: 98, y: 93 });
  assert.equal(first.data.label, "示例锯带钢\n● 缺链　1家");
  assert.equal(second.classes, "card hatched pale");
});

test("a card of another chain names that chain and no status", () => {
  const ghost = elements(scene()).find((made) => made.data.id === "g");
  assert.deepEqual([ghost.classes, ghost.data.label], ["card ghost", "示例外链环节\n示例他链"]);
});

test("an arrow runs through the corners that the server gives, from port to port", () => {
  assert.deepEqual(corners([0, 0, 50, 0, 50, 20, 100, 20]).weights.map((w) => Math.round(w * 100)), [48, 52]);
  const [first, second] = corners([0, 0, 50, 0, 50, 10, 100, 0]).distances;
  assert.deepEqual([first, second], [0, 10]);
  const [straight, cornered] = elements(scene()).filter((made) => made.classes.startsWith("arrow"));
  const { start, end } = straight.data;
  assert.deepEqual([straight.classes, start, end], ["arrow essential", "88px 0px", "-88px 0px"]);
  assert.equal(cornered.classes, "arrow slight cornered");
  assert.equal(cornered.data.weights.length, 2);
});

test("the map's colours are the page's tokens", () => {
  open("");
  document.documentElement.style.setProperty("--link", "#abcdef");
  const arrow = style(pageToken).find((rule) => rule.selector === ".arrow");
  assert.equal(arrow.style["line-color"], "#abcdef");
});

test("every kind of a scene's details has a caption and a colour", () => {
  const { cards, kinds } = scene();
  const { evidence, ...details } = cards[0].details;
  assert.ok(evidence);
  assert.deepEqual(kinds.map(({ key }) => key).sort(), Object.keys(details).sort());
  assert.ok(kinds.every(({ caption, color }) => caption && color));
});

test("a tap on a card selects it and lights its neighbours", () => {
  const { cy, selected } = map();
  cy.getElementById("a").emit("tap");
  assert.deepEqual(selected, ["a"]);
  assert.ok(cy.getElementById("b").hasClass("near"));
  assert.ok(cy.getElementById("c").hasClass("faded"));
  cy.emit("tap");
  assert.equal(cy.elements(".faded").length, 0);
});

test("a card of another chain is lit but not selected", () => {
  const { cy, selected } = map();
  cy.getElementById("g").emit("tap");
  assert.deepEqual(selected, []);
  assert.ok(cy.getElementById("c").hasClass("near"));
});

test("the mouse lights a card for as long as it is there; the picked one stays", () => {
  const { cy } = map();
  cy.getElementById("a").emit("tap");
  cy.getElementById("c").emit("mouseover");
  assert.ok(cy.getElementById("a").hasClass("faded"));
  cy.getElementById("c").emit("mouseout");
  assert.ok(cy.getElementById("a").hasClass("near"));
});

test("a double click unfolds what stands on a card, a second one folds it", () => {
  const { cy } = map();
  cy.getElementById("a").emit("dbltap");
  const labels = cy.nodes(".detail").map((node) => node.data("label"));
  assert.equal(labels[0], "本地在产企业（5）\n示例甲厂\n示例乙厂\n示例丙厂\n示例丁厂\n等 5 个");
  assert.equal(labels[1], "技术需求（1）\n示例一项名称特别长的关键技术…");
  assert.equal(cy.edges(".detail-link").length, 2);
  cy.getElementById("a").emit("dbltap");
  assert.equal(cy.nodes(".detail").length, 0);
});

test("a card of another chain has nothing to unfold", () => {
  const { cy } = map();
  unfold(cy, cy.getElementById("g"), scene().cards[3], scene().kinds);
  assert.equal(cy.nodes(".detail").length, 0);
});

test("the tools stand in one row: find, a key for each status, fit, reset", () => {
  const { cy } = map();
  const holder = document.createElement("div");
  const done = [];
  const note = (name) => () => done.push(name);
  const actions = { fit: note("fit"), reset: note("reset"), focus: note("focus"), onSelect: note("select") };
  toolbar(holder, scene(), cy, actions);
  assert.deepEqual(texts(holder.querySelectorAll("button")), ["× 缺失", "≠ 断点", "适应窗口", "重置"]);
  for (const made of [...holder.querySelectorAll("button")].slice(2)) click(made);
  type(holder.querySelector("input"), "锯床");
  assert.deepEqual(done, ["fit", "reset", "focus", "select"]);
});

test("the legend says what hatching and paleness mean", () => {
  const { tools } = map();
  assert.deepEqual(texts(tools.querySelectorAll(".thin, .pale")), ["斜纹 样本不全·暂估", "淡色 待核实"]);
});

test("the legend hides the cards of a status, and reset brings everything back", () => {
  const { cy, tools } = map();
  const [missing] = tools.querySelectorAll(".toggle");
  click(missing);
  assert.deepEqual([missing.getAttribute("aria-pressed"), cy.nodes(".hidden").length], ["false", 1]);
  cy.getElementById("c").emit("dbltap");
  click([...tools.querySelectorAll("button")].at(-1));
  assert.deepEqual([missing.getAttribute("aria-pressed"), cy.nodes(".hidden").length], ["true", 0]);
  assert.equal(cy.nodes(".detail").length, 0);
});

test("what is typed is looked for among the segments", () => {
  const { tools, selected } = map();
  type(tools.querySelector("input"), "锯床");
  type(tools.querySelector("input"), "没有这样的字");
  type(tools.querySelector("input"), "外链");
  assert.deepEqual(selected, ["c"]);
});

test("the map is focused by a segment's number and ignores one it does not have", () => {
  const { cy, made } = map();
  made.focus("没有");
  assert.equal(cy.elements(".near").length, 0);
  made.focus("b");
  assert.ok(cy.getElementById("b").hasClass("near"));
});

test("the panel says what a segment is, why, and from which rows", () => {
  open(PAGE);
  const panel = document.getElementById("evidence");
  showEvidence(panel, scene().cards[0], scene().kinds);
  assert.equal(panel.hidden, false);
  assert.deepEqual(texts(panel.querySelectorAll("h3")), ["建议", "本地在产企业（至少5家）", "技术需求（1）", "依据的行（1）"]);
  const [firm, about] = panel.querySelector("ul:nth-of-type(2) li").childNodes;
  assert.deepEqual([firm.textContent, about.textContent], ["示例甲厂", " · 占20%"]);
  assert.equal(firm.getAttribute("href"), `/show?${new URLSearchParams({ kind: "企业", id: "f-甲" })}`);
  const [first] = panel.querySelectorAll("a.src");
  assert.deepEqual([first.textContent, first.getAttribute("href")], ["示例县.xlsx 企业 第5行，2026-06-30，B级", "/row/5"]);
  click(panel.querySelector("button"));
  assert.equal(panel.hidden, true);
});

test("the count of the card stands above the list of makers, also where none is known", () => {
  open(PAGE);
  const panel = document.getElementById("evidence");
  const { cards: [card], kinds } = scene();
  showEvidence(panel, { ...card, count: "—", total: 0, details: { evidence: [] } }, kinds);
  assert.ok(texts(panel.querySelectorAll("h3")).includes("本地在产企业（—）"));
  showEvidence(panel, { ...card, count: "8家", total: 8 }, kinds);
  assert.ok(texts(panel.querySelectorAll("h3")).includes("本地在产企业（8家，列名5家）"));
});

test("a thin sample is hatched and what waits for a check is pale in the panel too", () => {
  open(PAGE);
  const panel = document.getElementById("evidence");
  showEvidence(panel, scene().cards[1], scene().kinds);
  assert.equal(panel.querySelector(".status").className, "status s-断链 thin pale");
  assert.deepEqual(texts(panel.querySelectorAll(".flag")), ["样本不全"]);
});

test("names are text, never HTML", () => {
  open(PAGE);
  const panel = document.getElementById("evidence");
  const hostile = "<img src=x onerror=alert(1)>";
  const details = { evidence: [{ ...row(1), file: hostile }], makers: [{ id: hostile, name: hostile, evidence: [] }] };
  const { cards: [card], kinds } = scene();
  showEvidence(panel, { ...card, name: hostile, reason: hostile, flags: [hostile], details }, kinds);
  assert.equal(panel.querySelectorAll("img").length, 0);
  assert.ok(panel.textContent.includes(hostile));
});

test("an element has its text and class, and a button does not send a form", () => {
  open("");
  assert.equal(element("p", null).outerHTML, "<p></p>");
  assert.equal(element("i", "<b>", "flag").outerHTML, '<i class="flag">&lt;b&gt;</i>');
  assert.equal(button("好", () => {}).type, "button");
});
