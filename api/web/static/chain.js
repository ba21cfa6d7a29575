// The chain page: the map, its evidence panel, and the table beside it, kept in step.
import "./page.js";
import { mount } from "./chainmap.js";

const holder = document.getElementById("map");
const panel = document.getElementById("evidence");
const table = document.getElementById("segments");

if (holder) {
  const answer = await fetch(holder.dataset.scene);
  const scene = await answer.json();
  const cards = new Map(scene.cards.map((card) => [card.id, card]));
  const map = mount(holder, scene, { tools: document.getElementById("map-tools"), onSelect: (id) => select(id, cards) });
  for (const row of table.tBodies[0].rows) {
    const go = () => { map.focus(row.dataset.segment); select(row.dataset.segment, cards); };
    row.addEventListener("click", (event) => { if (event.target.tagName !== "A") go(); });
    row.addEventListener("keydown", (event) => { if (event.key === "Enter" && event.target === row) go(); });
  }
  const asked = decodeURIComponent(location.hash.slice(1));
  if (cards.has(asked)) { map.focus(asked); select(asked, cards); }
}

function element(name, text, className) {
  const made = document.createElement(name);
  if (text !== undefined && text !== null) made.textContent = text;
  if (className) made.className = className;
  return made;
}

function select(id, cards) {
  const card = cards.get(id);
  if (!card) return;
  history.replaceState(null, "", `#${encodeURIComponent(id)}`);
  for (const row of table.tBodies[0].rows) row.classList.toggle("picked", row.dataset.segment === id);
  const close = element("button", "×");
  close.type = "button";
  close.setAttribute("aria-label", "关闭");
  close.addEventListener("click", () => { panel.hidden = true; });
  panel.replaceChildren(close, element("h2", card.name));
  panel.hidden = false;
  const status = element("span", undefined, `status s-${card.status}${card.hatched ? " thin" : ""}${card.pale ? " pale" : ""}`);
  status.append(element("i", card.icon), card.caption);
  panel.append(status);
  for (const flag of card.flags) panel.append(" ", element("span", flag, "flag"));
  panel.append(element("p", card.reason));
  list("建议", card.remedies ?? []);
  if (card.flip) panel.append(element("p", card.flip, "muted"));
  for (const [title, items] of groups(card.details)) list(`${title}（${items.length}）`, items.map(describe), items.map((i) => i.evidence));
  list(`依据的行（${card.details.evidence.length}）`, card.details.evidence.map(() => ""), card.details.evidence.map((row) => [row]));
}

function groups(details) {
  const titles = { firms: "企业", sources: "外部来源", technologies: "关键技术", needs: "技术需求", projects: "项目", achievements: "科技成果", platforms: "平台" };
  return Object.entries(titles).filter(([key]) => details[key]?.length).map(([key, title]) => [title, details[key]]);
}

function describe(item) {
  const share = typeof item.share === "number" ? `占${Math.round(item.share * 100)}%` : "";
  return [item.name, item.state, share].filter(Boolean).join(" · ");
}

// Where a row stands, as a link to the row itself.
function link(row) {
  const made = element("a", source(row), "src");
  made.href = `/row/${row.record}`;
  return made;
}

// The words of graph.files.source_line.
function source(row) {
  return [`${row.file} ${row.sheet} 第${row.row}行`, row.as_of, `${row.grade}级`].filter(Boolean).join("，");
}

function list(title, lines, evidence) {
  if (!lines.length) return;
  panel.append(element("h3", title));
  const made = element("ul");
  lines.forEach((line, index) => {
    const entry = element("li", line);
    for (const row of evidence?.[index] ?? []) entry.append(...(line ? [document.createElement("br")] : []), link(row));
    made.append(entry);
  });
  panel.append(made);
}
