// What the list of suggestions shows: hits by kind, how many more there are, and the kinds to choose from.
import { button, element } from "../element.js";

const MOST = 8; // kinds to choose from

export function options({ groups, total }, text, kind) {
  if (!total) return [element("p", "没有找到，换一个更短的词", "none")];
  let number = 0;
  const option = (href, parts, name) => {
    const made = element("a", undefined, name);
    number += 1;
    made.id = `suggestion-${number}`;
    made.href = href;
    made.tabIndex = -1;
    made.setAttribute("role", "option");
    made.setAttribute("aria-selected", "false");
    made.append(...parts);
    return made;
  };
  const made = groups.map((group) => {
    const part = element("div");
    part.setAttribute("role", "group");
    part.setAttribute("aria-label", group.kind);
    const caption = element("div", group.kind, "caption");
    caption.setAttribute("aria-hidden", "true");
    part.append(caption, ...group.hits.map((hit) => option(page(hit), described(hit), "hit")));
    const rest = group.total - group.hits.length;
    if (rest) part.append(option(all(text, group.kind), [`还有 ${rest} 个${group.kind}…`], "more"));
    return part;
  });
  return [...made, option(all(text, kind), [`全部 ${total} 个结果`], "more")];
}

// The kinds that have hits, as switches; the chosen one again is none.
export function kindBar(counts, chosen, choose) {
  const kinds = Object.entries(counts).sort((one, other) => other[1] - one[1]).slice(0, MOST);
  if (kinds.length < 2) return [];
  const bar = element("div", undefined, "kinds");
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", "只看一个类别");
  for (const [kind, count] of kinds) {
    const made = button(`${kind} ${count}`, () => choose(kind === chosen ? "" : kind));
    made.setAttribute("aria-pressed", String(kind === chosen));
    bar.append(made);
  }
  return [bar];
}

function described({ name, county, chain, matched }) {
  const where = [county, chain, matched === name ? "" : matched].filter(Boolean).join(" · ");
  return [element("span", name, "name"), ...(where ? [" ", element("span", where, "where")] : [])];
}

function page({ kind, id }) {
  if (kind === "产业链") return `/chain?${new URLSearchParams({ chain: id })}`;
  return `/show?${new URLSearchParams({ kind, id })}`;
}

function all(text, kind) {
  return `/search?${new URLSearchParams(kind ? { text, kind } : { text })}`;
}
