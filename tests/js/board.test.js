import assert from "node:assert/strict";
import { test } from "node:test";

import { beside, stageBeside, watchKeys } from "../../api/web/static/board/keys.js";
import { asked, openMove, watchMove } from "../../api/web/static/board/move.js";
import { watchDrag } from "../../api/web/static/board/drag.js";
import { click, open, press, run, texts } from "./dom.js";

const CARD = (name, stage, given = "") =>
  `<li class="card" data-lead="${name}" data-name="${name}" data-stage="${stage}" data-given="${given}">
    <a href="#${name}">${name}</a></li>`;
const SECTION = (stage, ...cards) =>
  `<section data-stage="${stage}"><h2>${stage}</h2><ul>${cards.join("")}</ul></section>`;
const FIELD = (caption) => `<label data-caption="${caption}"><span>${caption}</span>
  <input name="${caption}"><span class="fault" hidden></span></label>`;
const NEEDS = { 签约: ["协议投资额(万元)", "日期"], 开工: ["协议投资额(万元)", "日期", "编码"] };
const BOARD = `
  <div class="board">
    ${SECTION("推介", CARD("示例甲", "推介"), CARD("示例乙", "推介"))}
    ${SECTION("在谈")}
    ${SECTION("签约", CARD("示例丙", "签约", "协议投资额(万元)"))}
  </div>
  <dialog id="move"><form action="/file/lead">
    <h2 data-title></h2><input name="lead">
    <select name="阶段"><option>推介</option><option>在谈</option><option>签约</option><option>开工</option></select>
    <p data-needed></p>${["协议投资额(万元)", "编码", "原因", "日期", "说明"].map(FIELD).join("")}
    <p data-fault hidden></p><button class="primary">保存</button><button type="button" data-close>取消</button>
  </form></dialog>`;

function board() {
  open(BOARD);
  const dialog = document.querySelector("dialog");
  dialog.dataset.needs = JSON.stringify(NEEDS);
  dialog.showModal = () => dialog.toggleAttribute("open", true);
  return { board: document.querySelector(".board"), dialog, cards: [...document.querySelectorAll(".card")] };
}

function visible(dialog) {
  return texts(dialog.querySelectorAll("label:not([hidden]) > span:first-child"));
}

test("the arrow keys go from card to card over empty stages, and only one card is in the order of Tab", () => {
  const { board: made, cards } = board();
  watchKeys(made, () => {});
  assert.equal(beside(made, cards[1], "ArrowRight"), cards[2]);
  assert.equal(beside(made, cards[2], "ArrowLeft"), cards[0]);
  assert.equal(beside(made, cards[0], "ArrowUp"), undefined);
  cards[0].focus();
  press(cards[0], "ArrowDown");
  assert.equal(document.activeElement, cards[1]);
  assert.deepEqual(
    cards.map((card) => card.tabIndex),
    [-1, 0, -1],
  );
});

test("Shift and an arrow move a card by one stage, M asks for the stage", () => {
  const { board: made, cards } = board();
  const moves = [];
  watchKeys(made, (card, stage) => moves.push([card.dataset.name, stage]));
  cards[0].dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", shiftKey: true, bubbles: true }));
  press(cards[2], "m");
  assert.deepEqual(moves, [
    ["示例甲", "在谈"],
    ["示例丙", undefined],
  ]);
  assert.equal(stageBeside(made, cards[0], "ArrowLeft"), undefined);
});

test("a move asks for what the stage needs and the lead does not say; a loss asks for the reason", () => {
  assert.deepEqual(asked("开工", NEEDS, ["协议投资额(万元)"]).must, ["编码", "日期"]);
  assert.deepEqual(asked("推介", NEEDS, []).must, ["日期"]);
  assert.deepEqual(asked("流失", NEEDS, []).must, ["日期", "原因"]);
});

test("the form of a move shows those fields first, and sends no others", () => {
  const { dialog, cards } = board();
  watchMove(dialog);
  openMove(dialog, cards[2], "开工");
  assert.equal(dialog.querySelector("[data-title]").textContent, "示例丙");
  assert.deepEqual(visible(dialog), ["编码 *", "日期 *", "说明"]);
  assert.equal(dialog.querySelector("[name=原因]").disabled, true);
  assert.equal(dialog.querySelector("[data-needed]").textContent, "到开工要填：编码");
  const stage = dialog.querySelector("[name=阶段]");
  stage.value = "推介";
  stage.dispatchEvent(new Event("change"));
  assert.deepEqual(visible(dialog), ["日期 *", "说明"]);
});

test("a card dropped on its own stage stays, on another it asks", () => {
  const { board: made, cards } = board();
  const moves = [];
  watchDrag(made, (card, stage) => moves.push([card.dataset.name, stage]));
  const [own, , other] = made.querySelectorAll("section");
  for (const section of [own, other]) {
    cards[0].dispatchEvent(new Event("dragstart", { bubbles: true }));
    section.dispatchEvent(new Event("dragover", { bubbles: true, cancelable: true }));
    section.dispatchEvent(new Event("drop", { bubbles: true, cancelable: true }));
    cards[0].dispatchEvent(new Event("dragend", { bubbles: true }));
  }
  assert.deepEqual(moves, [["示例甲", "签约"]]);
  assert.equal(made.querySelector(".over"), null);
});

test("the card that was saved last has the focus, and its button moves it", async () => {
  const { dialog, cards } = board();
  cards[1].id = "lead-2";
  location.hash = "#lead-2";
  cards[1].innerHTML += '<button class="move">移动</button>';
  await run("board/board.js");
  assert.equal(document.activeElement, cards[1]);
  click(cards[1].querySelector("button"));
  assert.equal(dialog.hasAttribute("open"), true);
  assert.equal(dialog.querySelector("[name=lead]").value, "示例乙");
});
