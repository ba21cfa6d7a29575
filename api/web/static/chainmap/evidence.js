// The panel beside the map: what a segment is, why, what it has, and the rows behind every fact.
import { button, element } from "../element.js";
import { correct, forms, links, show } from "./actions.js";
import { sources } from "./sources.js";

// `close` and `pick` are what the page does; `scene` has the neighbours.
export function showEvidence(panel, card, scene, { close, pick, fold }) {
  const shut = button("×", close, "shut");
  shut.setAttribute("aria-label", "关闭");
  const title = element("h2");
  title.append(anchor(card.name, show("环节", card.id)));
  panel.replaceChildren(shut, title, status(card));
  for (const flag of card.flags) panel.append(" ", element("span", flag, "flag"));
  panel.append(...beneath(card, fold), element("p", card.reason));
  panel.append(bar(links(card, scene)));
  panel.append(...section("建议", (card.remedies ?? []).map((remedy) => entry(remedy))));
  if (card.flip) panel.append(element("p", card.flip, "muted"));
  panel.append(...neighbours(card, scene, pick));
  for (const { key, caption, kind } of scene.kinds) panel.append(...list(card, scene, { key, caption, kind }));
  const { evidence } = card.details;
  panel.append(...section(`依据的行（${evidence.length}）`, sources(evidence).map((row) => entry(row))));
  panel.append(element("h3", "更正与添加"), bar(forms(card, scene)));
  panel.hidden = false;
  panel.scrollTop = 0;
}

function status(card) {
  const classes = ["status", `s-${card.status}`, card.hatched && "thin", card.pale && "pale"].filter(Boolean);
  const made = element("span", undefined, classes.join(" "));
  made.append(element("i", card.icon), card.caption);
  return made;
}

// What a parent stands for, and the button that folds it.
function beneath({ id, fold: folding }, fold) {
  if (!folding) return [];
  const line = element("p", `含${folding.count}个环节：`);
  line.append(folding.statuses.map(({ icon, caption, count }) => `${icon} ${caption} ${count}`).join("，"), " ");
  line.append(button(folding.open ? "收起" : "展开", () => fold(id)));
  return [line];
}

function neighbours(card, { arrows, cards }, pick) {
  const named = new Map(cards.map((one) => [one.id, one]));
  const line = (other, what) => {
    const page = anchor(other.name, show("环节", other.id));
    const made = other.ghost ? page : button(other.name, () => pick(other.id), "link");
    return entry(made, [], [other.ghost && other.chain, what].filter(Boolean).join(" · "));
  };
  const into = arrows.filter(({ target }) => target === card.id);
  const out = arrows.filter(({ source }) => source === card.id);
  return [
    ...section(`供入（${into.length}）`, into.map((arrow) => line(named.get(arrow.source), arrow.what))),
    ...section(`供出（${out.length}）`, out.map((arrow) => line(named.get(arrow.target), arrow.what))),
  ];
}

// A list of what stands on the segment. Makers: the count of the card stands above it, also where nobody is known.
function list(card, scene, { key, caption, kind }) {
  const items = card.details[key] ?? [];
  const entries = items.map((item) => describe(item, { kind, card, scene }));
  if (key !== "makers" || card.status === "不适用") return section(`${caption}（${items.length}）`, entries);
  const known = entries.length < card.total ? `，列名${entries.length}家` : "";
  const title = `${caption}（${card.count}${known}）`;
  return entries.length ? section(title, entries) : [element("h3", title)];
}

// A heading and its list; nothing where the list is empty.
function section(title, entries) {
  if (!entries.length) return [];
  const made = element("ul");
  made.append(...entries);
  return [element("h3", title), made];
}

// A line with the rows that it stands on below it.
function entry(line, rows = [], about = "") {
  const made = element("li");
  made.append(line);
  if (about) made.append(` · ${about}`);
  for (const row of sources(Array.isArray(rows) ? rows : [])) made.append(element("br"), row);
  return made;
}

// What it is called, leading to its page, and what is known of it here.
function describe({ id, name, state, place, share, evidence }, { kind, card, scene }) {
  const part = typeof share === "number" ? `占${Math.round(share * 100)}%` : "";
  const made = entry(anchor(name, show(kind, id)), evidence, [state, place, part].filter(Boolean).join(" · "));
  if (kind === "企业") made.firstChild.after(" ", anchor("更正", correct(id, card, scene), "correct"));
  return made;
}

function bar(some) {
  const made = element("p", undefined, "actions");
  made.append(...some.map(({ caption, href }) => anchor(caption, href)));
  return made;
}

function anchor(text, href, className) {
  const made = element("a", text, className);
  made.href = href;
  return made;
}
