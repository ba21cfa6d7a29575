// A small scene as `/chain/scene` gives it: three segments, one of another chain, and what stands on the first.
const KINDS = [
  { key: "makers", caption: "本地在产企业", kind: "企业", color: "#0e7c86" },
  { key: "outside", caption: "外地候选企业", kind: "企业", color: "#0e7c86" },
  { key: "sources", caption: "外部来源", kind: "外部来源", color: "#6b5b00" },
  { key: "technologies", caption: "关键技术", kind: "关键技术", color: "#722ed1" },
  { key: "needs", caption: "技术需求", kind: "技术需求", color: "#ad5700" },
  { key: "projects", caption: "项目", kind: "项目", color: "#237804" },
  { key: "achievements", caption: "科技成果", kind: "科技成果", color: "#8a6100" },
  { key: "platforms", caption: "平台", kind: "平台", color: "#0b5cad" },
];

export function row(number) {
  return { record: number, file: "示例县.xlsx", sheet: "企业", row: number, as_of: "2026-06-30", grade: "B" };
}

function details(more = {}) {
  return {
    makers: [], outside: [], sources: [], technologies: [], needs: [], projects: [], achievements: [], platforms: [],
    evidence: [row(2)], ...more,
  };
}

function card(id, name, status, more) {
  return {
    id, name, status, x: 10, y: 60, w: 176, h: 66, lines: [name], ghost: false, caption: status, icon: "●",
    stage: "上游", fold: null, facts: "1家", count: "1家", total: 1,
    flags: [], reason: "示例原因", remedies: ["示例行动"], flip: "",
    hatched: false, pale: false, dashed: false, details: details(), ...more,
  };
}

function arrow(source, target, points, level = "essential") {
  return { id: `${source}-${target}`, source, target, what: "示例供给", level, points };
}

// The same with a parent: folded it stands for the segment below it.
export function nested(open) {
  const whole = scene();
  const fold = { count: 1, open, statuses: [{ status: "断链", icon: "≠", caption: "断点", count: 1 }], text: "含1个环节　≠1" };
  const cards = whole.cards.map((one) => (one.id === "a" ? { ...one, fold } : one));
  const parents = { parents: { b: "a" }, open: open ? ["a"] : [], folded: open ? 0 : 1 };
  if (open) return { ...whole, ...parents, cards };
  const arrows = whole.arrows.filter(({ target }) => target !== "b");
  return { ...whole, ...parents, arrows, cards: cards.filter(({ id }) => id !== "b") };
}

export function scene() {
  const firm = (n) => ({ id: `f-${n}`, name: `示例${n}厂`, share: 0.2, evidence: [row(5)] });
  const firms = ["甲", "乙", "丙", "丁", "戊"].map(firm);
  const needs = [{ id: "n-1", name: "示例一项名称特别长的关键技术攻关需求", evidence: [row(6)] }];
  return {
    width: 800, height: 300, county: "示例县", chain: "示例链", chain_id: "c1", title: "示例县示例链", folded: 0,
    parents: {}, open: [], kinds: KINDS,
    lanes: [{ name: "上游", x: 0, y: 0, w: 200, h: 300 }],
    cards: [
      card("a", "示例锯带钢", "缺链", { count: "至少5家", total: 5, details: details({ makers: firms, needs }) }),
      card("b", "示例锯带", "断链", { x: 300, hatched: true, pale: true, dashed: true, flags: ["样本不全"] }),
      card("c", "示例锯床", "强链", { x: 560, flip: "再有一家即可" }),
      { id: "g", name: "示例外链环节", lines: ["示例外链环节"], facts: "示例他链", ghost: true, fold: null,
        chain: "示例他链", x: 560, y: 200, w: 176, h: 66 },
    ],
    arrows: [
      arrow("a", "b", [186, 93, 300, 93]),
      arrow("c", "g", [736, 93, 780, 93, 780, 233, 736, 233], "slight"),
    ],
    marks: [{ caption: "斜纹 样本不全·暂估", hatched: true }, { caption: "淡色 待核实", hatched: false }],
    legend: [
      { status: "缺链", caption: "缺失", icon: "×" },
      { status: "断链", caption: "断点", icon: "≠" },
    ],
  };
}
