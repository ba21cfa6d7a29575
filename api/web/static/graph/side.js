// Beside the picture: the picked node with its values and groups, each a way on.
import { button, element } from "../element.js";
import { address } from "./deeds.js";
import { countOf } from "./elements.js";

export function showNode(holder, { card, facts, groups, chains }, { trail, close, menu }) {
  const head = element("div", undefined, "side-head");
  const shut = button("×", close, "close");
  shut.setAttribute("aria-label", "关闭");
  const more = button("操作 ▾", () => menu(card, more.getBoundingClientRect()));
  more.setAttribute("aria-haspopup", "menu");
  head.append(element("h2", card.name), shut);
  holder.replaceChildren(head, summary(card), actions(card, more, trail));
  if (groups.length) holder.append(element("h3", "关系"), list(groups.map((group) => groupLine(group, trail))));
  if (facts.length) holder.append(element("h3", "内容"), values(facts));
  if (chains.length) holder.append(element("h3", "所在产业链"), list(chains.map((chain) => chainLink(chain, card))));
}

function summary({ kind, county, status, year, grade, weight }) {
  const parts = [kind, county, status, year && `${year}年`, grade && `${grade}级`, `${weight}个关系`];
  return element("p", parts.filter(Boolean).join(" · "), "muted");
}

function actions({ id, kind }, more, trail) {
  const line = element("p", undefined, "side-deeds");
  const source = element("a", "看依据", "button");
  source.href = address("/show", { kind, id });
  line.append(button("展开关系", () => trail.act(`open.${id}`)), source, more);
  return line;
}

function groupLine(group, trail) {
  const line = element("li");
  const text = `${group.kind} ${countOf(group)}`;
  line.append(
    button(text, () => trail.act(`group.${group.of}.${group.group}`), "link"),
    element("span", ` ${group.caption} `, "muted"),
    button("从表中挑选", () => trail.set({ group: `${group.of}.${group.group}` }), "link small"),
  );
  return line;
}

function chainLink({ id, name }, { kind, id: node }) {
  const line = element("li");
  const link = element("a", name);
  link.href = address("/chain", kind === "环节" ? { chain: id, pick: node } : { chain: id });
  line.append(link);
  return line;
}

function list(lines) {
  const made = element("ul");
  made.append(...lines);
  return made;
}

function values(facts) {
  const made = element("dl");
  for (const { caption, value } of facts) made.append(element("dt", caption), element("dd", value));
  return made;
}
