// The panel beside the map: what a segment is, why, and the rows behind every fact.
import { button, element } from "../element.js";

export function showEvidence(panel, card, kinds) {
  const close = button("×", () => {
    panel.hidden = true;
  });
  close.setAttribute("aria-label", "关闭");
  panel.replaceChildren(close, element("h2", card.name), status(card));
  for (const flag of card.flags) panel.append(" ", element("span", flag, "flag"));
  panel.append(element("p", card.reason));
  panel.append(...section("建议", (card.remedies ?? []).map((remedy) => entry(remedy, []))));
  if (card.flip) panel.append(element("p", card.flip, "muted"));
  for (const { key, caption, kind } of kinds) {
    const items = card.details[key] ?? [];
    const entries = items.map((item) => entry(describe(item, kind), item.evidence));
    if (key === "makers" && card.status !== "不适用") panel.append(...makers(caption, card, entries));
    else panel.append(...section(`${caption}（${items.length}）`, entries));
  }
  const rows = card.details.evidence;
  panel.append(...section(`依据的行（${rows.length}）`, rows.map((row) => entry("", [row]))));
  panel.hidden = false;
}

function status(card) {
  const classes = ["status", `s-${card.status}`, card.hatched && "thin", card.pale && "pale"].filter(Boolean);
  const made = element("span", undefined, classes.join(" "));
  made.append(element("i", card.icon), card.caption);
  return made;
}

// Who makes it here: the count of the card stands above the list, also where nobody is known.
function makers(caption, { count, total }, entries) {
  const named = entries.length < total ? `，列名${entries.length}家` : "";
  const title = `${caption}（${count}${named}）`;
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
function entry(line, rows) {
  const made = element("li");
  made.append(line);
  for (const row of rows ?? []) made.append(...(line ? [element("br")] : []), link(row));
  return made;
}

// What it is called, leading to its page, and what is known of it here.
function describe({ id, name, state, place, share }, kind) {
  const part = typeof share === "number" ? `占${Math.round(share * 100)}%` : "";
  const line = document.createDocumentFragment();
  const about = [state, place, part].filter(Boolean).join(" · ");
  line.append(node(kind, id, name), about && ` · ${about}`);
  return line;
}

function node(kind, id, name) {
  const made = element("a", name);
  made.href = `/show?${new URLSearchParams({ kind, id })}`;
  return made;
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
