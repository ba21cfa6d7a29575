import assert from "node:assert/strict";
import { test } from "node:test";

import { watchDownloads } from "../../api/web/static/download.js";
import { ADDRESS, click, open } from "./dom.js";

const ORIGIN = new URL(ADDRESS).origin;
const PAGE = `
  <p class="downloads"><a href="/files/report.docx?chain=1" download>报告</a> <a href="/files/a.png" download>图</a></p>
  <a id="plain" href="/gaps">环节</a> <a id="other" href="http://other.example/x.xlsx" download>别处</a>`;

// A page with downloads whose server answers when the test says so.
function page(t) {
  const window = open(PAGE);
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const asked = [];
  const saved = [];
  t.mock.method(globalThis, "fetch", (address, options = {}) => {
    const wanted = deferred();
    asked.push({ address: address.replace(ORIGIN, ""), headers: options.headers ?? {}, ...wanted });
    return wanted.promise;
  });
  t.mock.method(URL, "createObjectURL", () => `blob:${ORIGIN}/1`);
  window.HTMLAnchorElement.prototype.click = function record() {
    saved.push([this.href, this.download]);
  };
  watchDownloads();
  return { asked, saved, link: document.querySelector("a") };
}

function deferred() {
  const parts = {};
  parts.promise = new Promise((resolve, reject) => Object.assign(parts, { resolve, reject }));
  return parts;
}

function answer(status, body, name = "") {
  const disposition = name ? `attachment; filename="a.docx"; filename*=UTF-8''${encodeURIComponent(name)}` : null;
  return {
    ok: status < 400,
    status,
    headers: { get: () => disposition },
    json: async () => JSON.parse(body),
    blob: async () => body,
  };
}

async function settle() {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

function state(link) {
  return link.nextElementSibling?.textContent;
}

test("a download says that it runs, how many come first, and that it is done, by its own name", async (t) => {
  const { asked, saved, link } = page(t);
  click(link);
  assert.equal(state(link), "生成中…取消");
  assert.equal(link.nextElementSibling.getAttribute("role"), "status");
  assert.equal(link.getAttribute("aria-busy"), "true");
  assert.equal(asked[0].address, "/files/report.docx?chain=1");
  t.mock.timers.tick(1000);
  const ticket = asked[0].headers["X-Lianpu-Ticket"];
  assert.equal(asked[1].address, `/files/queue?ticket=${ticket}`);
  asked[1].resolve(answer(200, '{"ahead": 3}'));
  await settle();
  assert.equal(state(link), "前面还有 3 份…取消");
  t.mock.timers.tick(1000);
  asked[2].resolve(answer(200, '{"ahead": 0}'));
  await settle();
  assert.equal(state(link), "生成中…取消");
  asked[0].resolve(answer(200, "bytes", "示例锯床产业链技术分析报告.docx"));
  await settle();
  assert.equal(state(link), "已下载");
  assert.equal(link.getAttribute("aria-busy"), null);
  assert.deepEqual(saved, [[`blob:${ORIGIN}/1`, "示例锯床产业链技术分析报告.docx"]]);
  t.mock.timers.tick(5000);
  assert.equal(asked.length, 3, "nobody looks at the queue any more");
});

test("what the server refuses is said in its words, and the link can be clicked again", async (t) => {
  const { asked, saved, link } = page(t);
  click(link);
  asked[0].resolve(answer(500, '{"error": {"message": "生成文件的进程中断了", "hint": "再试一次"}}'));
  await settle();
  assert.equal(state(link), "生成文件的进程中断了。再试一次");
  assert.ok(link.nextElementSibling.matches(".progress.failed"));
  click(link);
  assert.equal(asked.length, 2);
  assert.equal(document.querySelectorAll(".progress").length, 1);
  asked[1].resolve(answer(502, "<html>"));
  await settle();
  assert.equal(state(link), "没有生成（502），请重试");
  assert.deepEqual(saved, []);
});

test("a server that is gone is said to be gone", async (t) => {
  const { asked, link } = page(t);
  click(link);
  asked[0].reject(new TypeError("Failed to fetch"));
  await settle();
  assert.match(state(link), /连不上链谱/);
});

test("a click while it runs asks for nothing more; another link has its own state", async (t) => {
  const { asked, link } = page(t);
  const other = document.querySelectorAll("a")[1];
  click(link);
  click(link);
  click(other);
  assert.deepEqual(asked.map((a) => a.address), ["/files/report.docx?chain=1", "/files/a.png"]);
  assert.notEqual(asked[0].headers["X-Lianpu-Ticket"], asked[1].headers["X-Lianpu-Ticket"]);
  asked[1].resolve(answer(200, "bytes", "图.png"));
  await settle();
  assert.deepEqual([state(link), state(other)], ["生成中…取消", "已下载"]);
});

test("other links, other hosts and clicks with a key stay the browser's", (t) => {
  const { asked, link } = page(t);
  for (const id of ["plain", "other"]) {
    const stopped = document.getElementById(id);
    stopped.addEventListener("click", (event) => queueMicrotask(() => assert.equal(event.defaultPrevented, false)));
    click(stopped);
  }
  link.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, ctrlKey: true }));
  assert.deepEqual(asked, []);
});
