import assert from "node:assert/strict";
import { test } from "node:test";

import { kindBar, options as suggestions } from "../../api/web/static/search/list.js";
import { watchSearch } from "../../api/web/static/search/suggest.js";
import { click, open, press, texts, type } from "./dom.js";

const FORM = `<form class="find" action="/search"><input name="text" type="search"><button>搜索</button></form>`;
const HIT = { kind: "企业", id: "a/1", name: "示例<b>锯床", county: "示例县", chain: null, matched: "示例锯条" };
const ANSWER = {
  groups: [{ kind: "企业", total: 7, hits: [HIT] }, { kind: "产品", total: 1, hits: [{ ...HIT, kind: "产品", id: "p" }] }],
  total: 8, counts: { 企业: 7, 产品: 1 },
};

// A field whose server answers at once; `asked` has the addresses.
function field(t, answer = ANSWER) {
  open(FORM);
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const asked = [];
  t.mock.method(globalThis, "fetch", async (address) => {
    asked.push(address);
    return { ok: true, json: async () => answer };
  });
  watchSearch();
  const input = document.querySelector("input");
  const enter = async (text) => {
    type(input, text);
    t.mock.timers.tick(200);
    await settled();
  };
  return { input, enter, asked, popup: document.querySelector(".suggest") };
}

async function settled() {
  for (let turn = 0; turn < 6; turn += 1) await Promise.resolve();
}

test("what is typed is offered by kind, with how many more there are", async (t) => {
  const { enter, popup, input, asked } = field(t);
  await enter("jc");
  assert.deepEqual(asked, ["/search/suggest?text=jc&kind="]);
  assert.equal(input.getAttribute("aria-expanded"), "true");
  const options = [...popup.querySelectorAll("[role=option]")];
  assert.deepEqual(texts(options).slice(1, 2), ["还有 6 个企业…"]);
  assert.equal(options[0].getAttribute("href"), "/show?kind=%E4%BC%81%E4%B8%9A&id=a%2F1");
  assert.equal(popup.querySelector("b"), null);
  assert.equal(options.at(-1).textContent, "全部 8 个结果");
});

test("arrows go round the options, Enter opens one, Escape closes", async (t) => {
  const { enter, input, popup } = field(t);
  await enter("锯");
  press(input, "ArrowUp");
  const last = popup.querySelector("[aria-selected=true]");
  assert.equal(last.textContent, "全部 8 个结果");
  assert.equal(input.getAttribute("aria-activedescendant"), last.id);
  press(input, "ArrowDown");
  const first = popup.querySelector("[aria-selected=true]");
  let opened = 0;
  first.addEventListener("click", (event) => {
    opened += 1;
    event.preventDefault();
  });
  press(input, "Enter");
  assert.equal(opened, 1);
  press(input, "Escape");
  assert.ok(popup.hidden);
  assert.equal(input.getAttribute("aria-expanded"), "false");
});

test("a kind that is chosen is asked for alone, until something else is typed", async (t) => {
  const { enter, popup, asked } = field(t);
  await enter("锯");
  click(popup.querySelector(".kinds button"));
  await settled();
  assert.match(asked.at(-1), /kind=%E4%BC%81/);
  assert.equal(popup.querySelector("[aria-pressed=true]").textContent, "企业 7");
  await enter("锯床");
  assert.match(asked.at(-1), /kind=$/);
});

test("what is not there is told, and nothing typed asks nothing", async (t) => {
  const { enter, popup, asked } = field(t, { groups: [], total: 0, counts: {} });
  await enter("没有");
  assert.equal(popup.textContent, "没有找到，换一个更短的词");
  await enter(" ");
  assert.ok(popup.hidden);
  assert.equal(asked.length, 1);
});

test("a list says how many more there are, and offers the kinds only where there are two", () => {
  open("");
  const shown = texts(suggestions(ANSWER, "示例", ""));
  assert.ok(shown[0].includes("还有 6 个企业"));
  assert.equal(shown.at(-1), "全部 8 个结果");
  assert.deepEqual(texts(suggestions({ groups: [], total: 0 }, "无", "")), ["没有找到，换一个更短的词"]);
  assert.deepEqual(kindBar({ 企业: 3 }, "", () => {}), []);
  const chosen = [];
  const [bar] = kindBar({ 产品: 1, 企业: 3 }, "企业", (kind) => chosen.push(kind));
  assert.deepEqual(texts(bar.children), ["企业 3", "产品 1"]);
  for (const kind of bar.children) click(kind);
  assert.deepEqual(chosen, ["", "产品"]);
});
