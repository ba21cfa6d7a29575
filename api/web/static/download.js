// Downloads that show that they run. Without this script a link is a download like any other.
import { button, element } from "./element.js";

const LOOK = 1000; // milliseconds between two looks at the queue
const LOST = "连不上链谱：确认它还在运行，再试一次";

export function watchDownloads() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[download]");
    if (!link || !link.href.startsWith(location.origin) || isSpecial(event)) return;
    event.preventDefault();
    if (link.getAttribute("aria-busy") !== "true") download(link);
  });
}

// Another window, a menu, a link that another script takes care of: the browser's own business.
function isSpecial(event) {
  return event.defaultPrevented || event.button > 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
}

async function download(link) {
  const ticket = String(Math.random()).slice(2);
  const cancel = new AbortController();
  const say = speaker(link, () => cancel.abort());
  link.setAttribute("aria-busy", "true");
  say("生成中…");
  const stop = watchQueue(ticket, say);
  try {
    const headers = { Accept: "application/json, */*", "X-Lianpu-Ticket": ticket };
    const answer = await fetch(link.href, { headers, signal: cancel.signal });
    if (!answer.ok) throw new Error(await reason(answer));
    save(await answer.blob(), nameIn(answer));
    say("已下载");
  } catch (fault) {
    if (cancel.signal.aborted) say("已取消");
    else say(fault instanceof TypeError ? LOST : fault.message, "failed");
  } finally {
    stop();
    link.removeAttribute("aria-busy");
  }
}

// The words beside a link: each time the same place, read out as it changes; while it runs it can be stopped.
function speaker(link, stop) {
  const place = link.nextElementSibling?.matches(".progress") ? link.nextElementSibling : element("span");
  place.setAttribute("role", "status");
  link.after(place);
  return (text, state = "") => {
    place.className = `progress ${state}`.trim();
    place.textContent = text;
    if (text.endsWith("…")) place.append(button("取消", stop));
  };
}

// Looks how many files come first, until it is stopped; what it cannot learn it does not say.
function watchQueue(ticket, say) {
  let waiting = true;
  const look = async () => {
    const answer = await fetch(`/files/queue?ticket=${ticket}`).catch(() => null);
    const ahead = answer?.ok ? (await answer.json()).ahead : 0;
    if (!waiting) return;
    say(ahead ? `前面还有 ${ahead} 份…` : "生成中…");
    timer = setTimeout(look, LOOK);
  };
  let timer = setTimeout(look, LOOK);
  return () => {
    waiting = false;
    clearTimeout(timer);
  };
}

async function reason(answer) {
  const { error } = await answer.json().catch(() => ({}));
  return error ? `${error.message}。${error.hint}` : `没有生成（${answer.status}），请重试`;
}

function nameIn(answer) {
  const [, name] = /filename\*=utf-8''([^;]+)/i.exec(answer.headers.get("Content-Disposition") ?? "") ?? [];
  return name ? decodeURIComponent(name) : "";
}

function save(content, name) {
  const link = element("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.dataset.saved = "";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
