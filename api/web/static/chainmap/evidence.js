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
  for (const { key, caption } of kinds) {
    const items = card.details[key] ?? [];
    panel.append(...section(`${caption}（${items.length}）`, items.map((item) => entry(describe(item), item.evidence))));
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

// A heading and its list; nothing where the list is empty.
function section(title, entries) {
  if (!entries.length) return [];
  const made = element("ul");
  made.append(...entries);
  return [element("h3", title), made];
}

// A line with the rows that it stands on below it.
function entry(line, rows) {
  const made = element("li", line);
  for (const row of rows ?? []) made.append(...(line ? [element("br")] : []), link(row));
  return made;
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
