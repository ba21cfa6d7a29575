// The twin of the picture: a table with the same nodes and groups, worked by keys alone.
import { button, element } from "../element.js";
import { countOf } from "./elements.js";

const STEP = 200; // rows drawn at once

export function makeRows(body, count, does) {
  let [scene, most, picks] = [null, STEP, []];
  const fill = () => {
    const nodes = scene.nodes.filter((node) => node.shown);
    const groups = grouped(scene.groups);
    const groupRows = (node) => (groups.get(node.id) ?? []).map((group) => groupRow(group, node));
    const rows = nodes.flatMap((node) => [nodeRow(node), ...groupRows(node)]);
    const kept = body.contains(document.activeElement) ? document.activeElement.dataset.row : null;
    body.replaceChildren(...rows.slice(0, most).map((make) => make()));
    mark();
    if (kept) [...body.rows].find((row) => row.dataset.row === kept)?.focus();
    const shown = rows.length > most ? `显示前${most}行，` : "";
    count.replaceChildren(`${shown}共${rows.length}行：对象${nodes.length}个，组${rows.length - nodes.length}个`);
    if (shown) count.append(" ", button("显示更多", more));
  };
  const more = () => {
    most += STEP;
    fill();
  };
  const mark = () => {
    [...body.rows].forEach((row, at) => {
      row.classList.toggle("picked", picks.includes(row.dataset.node));
      row.tabIndex = at === 0 ? 0 : -1;
    });
  };
  const [nodeRow, groupRow] = [(node) => () => lineOf(node, does), (group, node) => () => groupLine(group, node, does)];
  body.addEventListener("keydown", (event) => walk(event, body));
  return {
    show: (next) => {
      scene = next;
      fill();
    },
    select: (ids) => {
      picks = ids;
      mark();
    },
  };
}

function lineOf(node, does) {
  const texts = [node.kind, node.name, node.county, node.status, node.year, node.grade, node.weight];
  return line(node.id, texts, { pick: () => does.pick([node.id]), menu: (at) => does.menu(node, at) }, node.id);
}

function groupLine(group, node, does) {
  const texts = ["组", `${node.name} ${group.caption} ${group.kind}`, "", "", "", "", countOf(group)];
  return line(group.id, texts, { pick: () => does.disc(group), menu: (at) => does.menu(group, at) });
}

function line(id, texts, { pick, menu }, node) {
  const row = element("tr");
  row.dataset.row = id;
  if (node) row.dataset.node = node;
  const [kind, name, ...rest] = texts;
  row.append(element("td", kind), element("td", name), ...rest.slice(0, -1).map((text) => element("td", text ?? "")));
  row.append(element("td", rest.at(-1), "num"));
  row.addEventListener("click", pick);
  row.addEventListener("contextmenu", (event) => {
    event.preventDefault();
    const { left, bottom } = row.getBoundingClientRect();
    menu({ x: event.clientX || left, y: event.clientY || bottom });
  });
  row.addEventListener("keydown", (event) => {
    if (event.key === "Enter") pick();
    if (event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey)) {
      event.preventDefault();
      const { left, bottom } = row.getBoundingClientRect();
      menu({ x: left + 40, y: bottom });
    }
  });
  return row;
}

function grouped(groups) {
  const made = new Map();
  for (const group of groups) made.set(group.of, [...(made.get(group.of) ?? []), group]);
  return made;
}

function walk(event, body) {
  const rows = [...body.rows];
  const at = rows.indexOf(event.target);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
  if (at < 0 || to === undefined || !rows[to]) return;
  event.preventDefault();
  rows[at].tabIndex = -1;
  rows[to].tabIndex = 0;
  rows[to].focus();
}
