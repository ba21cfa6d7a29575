// The table of a group: how its members spread over county, status, year, grade, and any of them to be drawn.
import { button, element } from "../element.js";

const MOST = 200; // rows drawn at once
const BARS = 8;

export function showMembers(holder, answer, { drawn, trail, close }) {
  const chosen = { facet: "", value: "", text: "" };
  const shut = button("×", close, "close");
  shut.setAttribute("aria-label", "关闭");
  const head = element("div", undefined, "side-head");
  head.append(element("h2", `${answer.name} ${answer.caption} ${answer.kind}（${answer.total}）`), shut);
  const field = element("input");
  field.type = "search";
  field.placeholder = "按名称筛选";
  field.setAttribute("aria-label", "按名称筛选");
  const [bars, body, count] = [element("div"), element("tbody"), element("p", undefined, "muted")];
  count.setAttribute("role", "status");
  const all = button("画出勾选的", () => {
    const ids = [...body.querySelectorAll("input:checked")].map((box) => box.value);
    if (ids.length) trail.set({ group: "", do: [...trail.asked().do, ["draw", answer.of, ...ids].join(".")] });
  }, "primary");
  const fill = () => {
    const fitting = answer.members.filter((card) => fits(card, chosen));
    body.replaceChildren(...fitting.slice(0, MOST).map((card) => row(card, drawn.has(card.id))));
    count.textContent = fitting.length > MOST ? `显示前${MOST}行，共${fitting.length}行：再筛选` : `共${fitting.length}行`;
    bars.replaceChildren(...answer.facets.map((facet) => histogram(facet, chosen, pickBar)).filter(Boolean));
  };
  const pickBar = (facet, value) => {
    const same = chosen.facet === facet && chosen.value === value;
    Object.assign(chosen, same ? { facet: "", value: "" } : { facet, value });
    fill();
  };
  field.addEventListener("input", () => {
    chosen.text = field.value.trim();
    fill();
  });
  holder.replaceChildren(head, field, bars, all, count, table(body));
  fill();
}

function fits(card, { facet, value, text }) {
  return (!facet || (card[facet] ?? "未写明") === value) && (!text || card.name.includes(text));
}

function table(body) {
  const made = element("table", undefined, "grid members");
  const line = element("tr");
  for (const caption of ["画出", "名称", "县（市、区）", "状态", "关系数"]) {
    const cell = element("th", caption);
    cell.scope = "col";
    line.append(cell);
  }
  const head = element("thead");
  head.append(line);
  made.append(head, body);
  return made;
}

function row(card, isDrawn) {
  const made = element("tr");
  const box = element("input");
  Object.assign(box, { type: "checkbox", value: card.id, disabled: isDrawn, checked: false });
  box.setAttribute("aria-label", `画出 ${card.name}`);
  const first = element("td", isDrawn ? "已画" : undefined);
  if (!isDrawn) first.append(box);
  made.append(first, ...[card.name, card.county, card.status].map((text) => element("td", text ?? "")));
  made.append(element("td", card.weight, "num"));
  return made;
}

// How many have each value; a bar is a button that filters by it.
function histogram({ name, caption, values }, chosen, pick) {
  if (values.length < 2) return null;
  const made = element("details", undefined, "histogram");
  made.open = chosen.facet === name || name === "county";
  made.append(element("summary", `${caption}的分布`));
  const most = Math.max(...values.map(({ count }) => count));
  for (const { value, count } of values.slice(0, BARS)) {
    const bar = button(`${value} ${count}`, () => pick(name, value), "bar");
    bar.setAttribute("aria-pressed", String(chosen.facet === name && chosen.value === value));
    const length = element("i");
    length.style.width = `${Math.round((count / most) * 100)}%`;
    bar.append(length);
    made.append(bar);
  }
  if (values.length > BARS) made.append(element("p", `另有${values.length - BARS}个值，用名称筛选`, "muted"));
  return made;
}
