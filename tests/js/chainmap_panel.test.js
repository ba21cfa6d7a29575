import assert from "node:assert/strict";
import { test } from "node:test";

import { correct, entries, forms, links } from "../../api/web/static/chainmap/actions.js";
import { showEvidence } from "../../api/web/static/chainmap/evidence.js";
import { openMenu } from "../../api/web/static/chainmap/menu.js";
import { runs, sources } from "../../api/web/static/chainmap/sources.js";
import { ADDRESS, click, open, press, texts } from "./dom.js";
import { nested, row, scene } from "./scene.js";

const NONE = { open: [], hide: [], gone: [], moved: [], pick: "", from: "", to: "", focus: "", view: "" };

function panelOf(card, drawn = scene(), acts = {}) {
  open(`<aside id="evidence" hidden></aside>`);
  const panel = document.getElementById("evidence");
  showEvidence(panel, card, drawn, { close() {}, pick() {}, fold() {}, ...acts });
  return panel;
}

test("the panel says what a segment is, why, from which rows, and what is beside it", () => {
  const picked = [];
  const panel = panelOf(scene().cards[0], scene(), { pick: (id) => picked.push(id) });
  assert.equal(panel.hidden, false);
  const titles = ["建议", "供出（1）", "本地在产企业（至少5家）", "技术需求（1）", "依据的行（1）", "更正与添加"];
  assert.deepEqual(texts(panel.querySelectorAll("h3")), titles);
  const firm = [...panel.querySelectorAll("a")].find((link) => link.textContent === "示例甲厂");
  assert.equal(firm.getAttribute("href"), `/show?${new URLSearchParams({ kind: "企业", id: "f-甲" })}`);
  assert.match(firm.parentElement.textContent, /占20%/);
  const [first] = panel.querySelectorAll("a.src");
  const rows = [...panel.querySelectorAll("h3")].find((head) => head.textContent.startsWith("依据的行")).nextSibling;
  assert.deepEqual(texts(rows.children), ["示例县.xlsx 企业 第2行，2026-06-30，B级"], "the rows, and nothing after them");
  assert.deepEqual([first.textContent, first.getAttribute("href")], ["示例县.xlsx 企业 第5行，2026-06-30，B级", "/row/5"]);
  click([...panel.querySelectorAll("button")].find((made) => made.textContent === "示例锯带"));
  assert.deepEqual(picked, ["b"]);
});

test("the count of the card stands above the list of makers, also where none is known", () => {
  const [card] = scene().cards;
  const heads = (more) => texts(panelOf({ ...card, ...more }).querySelectorAll("h3"));
  assert.ok(heads({ count: "—", total: 0, details: { evidence: [] } }).includes("本地在产企业（—）"));
  assert.ok(heads({ count: "8家", total: 8 }).includes("本地在产企业（8家，列名5家）"));
});

test("a thin sample is hatched, what waits for a check is pale, a parent says what is beneath it", () => {
  const panel = panelOf(scene().cards[1]);
  assert.equal(panel.querySelector(".status").className, "status s-断链 thin pale");
  assert.deepEqual(texts(panel.querySelectorAll(".flag")), ["样本不全"]);
  const folded = [];
  const parent = panelOf(nested(false).cards[0], nested(false), { fold: (id) => folded.push(id) });
  assert.match(parent.textContent, /含1个环节：≠ 断点 1 展开/);
  click([...parent.querySelectorAll("button")].find((made) => made.textContent === "展开"));
  assert.deepEqual(folded, ["a"]);
});

test("names are text, never HTML", () => {
  const hostile = "<img src=x onerror=alert(1)>";
  const details = { evidence: [{ ...row(1), file: hostile }], makers: [{ id: hostile, name: hostile, evidence: [] }] };
  const [card] = scene().cards;
  const panel = panelOf({ ...card, name: hostile, reason: hostile, flags: [hostile], details });
  assert.equal(panel.querySelectorAll("img").length, 0);
  assert.ok(panel.textContent.includes(hostile));
});

test("rows of one sheet are one line that unfolds to each of them", () => {
  open("");
  assert.equal(runs([3, 5, 6, 7, 7]), "3、5–7");
  const [folded, single] = sources([row(5), row(3), row(6), { ...row(9), sheet: "环节" }]);
  assert.equal(folded.querySelector("summary").textContent, "示例县.xlsx 企业 第3、5–6行，2026-06-30，B级");
  const addresses = [...folded.querySelectorAll("a")].map((link) => link.getAttribute("href"));
  assert.deepEqual(addresses, ["/row/3", "/row/5", "/row/6"]);
  assert.equal(single.textContent, "示例县.xlsx 环节 第9行，2026-06-30，B级");
});

test("a card leads to explorer, what-if and leads by id, and to the forms with what is known", () => {
  open("", `${ADDRESS}?chain=c1`);
  const [card] = scene().cards;
  const addresses = links(card, scene()).map(({ href }) => href);
  assert.deepEqual(addresses, ["/graph?node=a", "/recruiting?chain=c1&segment=a", "/file/lead?segment=a"]);
  const fields = new URL(forms(card, scene()).find(({ caption }) => caption === "添加供入").href, ADDRESS).searchParams;
  const known = { kind: "环节供给", 产业链: "示例链", 县市区: "示例县", 下游环节: card.name, back: "/page?chain=c1" };
  assert.deepEqual(Object.fromEntries(fields), known);
  assert.match(correct("f-甲", card, scene()), /id=f-/);
});

test("the menu of a card has what can be done with it; a way has a beginning before it has an end", () => {
  const captions = (card, state) => entries(card, scene(), { ...NONE, ...state }, { pinned: { caption: "固定" } })
    .map(({ caption }) => caption);
  const [card, , , ghost] = scene().cards;
  assert.ok(!captions(card, {}).includes("到这里"));
  assert.ok(captions(card, { from: "b" }).includes("到这里"));
  assert.ok(captions(card, { focus: "a" }).includes("不再聚焦"));
  assert.ok(!captions(ghost, {}).includes("看依据"));
  assert.ok(captions(nested(false).cards[0], {}).includes("展开下级环节"));
});

test("the menu is walked by keyboard, closed by Esc and by a click elsewhere", () => {
  open(`<div id="stage"></div>`);
  const done = [];
  const stage = document.getElementById("stage");
  const list = [{ caption: "甲", action: () => done.push("甲") }, { caption: "乙", href: "/b" }];
  const show = () => openMenu(stage, { x: 5, y: 5 }, list, () => done.push("closed"));
  show();
  const items = [...stage.querySelectorAll("[role=menuitem]")];
  assert.equal(document.activeElement, items[0]);
  press(items[0], "ArrowDown");
  assert.equal(document.activeElement, items[1]);
  press(items[1], "ArrowDown");
  press(items[0], "End");
  assert.equal(document.activeElement, items[1]);
  press(items[1], "Escape");
  assert.deepEqual([done, stage.children.length], [["closed"], 0]);
  show();
  click(stage.querySelector("button"));
  assert.deepEqual([done.at(-1), stage.children.length], ["甲", 0]);
  show();
  document.body.dispatchEvent(new Event("pointerdown", { bubbles: true }));
  assert.equal(stage.children.length, 0);
});

