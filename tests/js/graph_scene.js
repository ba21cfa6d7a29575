// A picture of the explorer for tests.
import { makeTrail } from "../../api/web/static/graph/trail.js";
import { open } from "./dom.js";

export const HOSTILE = "<img src=x onerror=alert(1)>";
export const PAGE = "http://127.0.0.1:8765/graph";

export function card(id, name, more = {}) {
  return { id, name, kind: "企业", county: "示例县", status: "在产", year: "2026", grade: "B", weight: 9, ...more };
}

export function node(id, name, more = {}) {
  const drawn = { x: 0, y: 0, r: 15, color: "#0e7480", mark: "企", lines: [name] };
  return { ...card(id, name), ...drawn, pinned: false, shown: true, unknown: false, ...more };
}

export const GROUP = {
  id: "a.SUPPLIES.in.Enterprise", of: "a", group: "SUPPLIES.in.Enterprise", kind: "企业", caption: "←供货",
  total: 12, drawn: 0, x: 90, y: 0, w: 96, h: 40, color: "#0e7480",
};

export function scene() {
  return {
    nodes: [node("a", "示例甲厂"), node("b", "示例乙厂", { x: 200, pinned: true }), node("c", "示例丙厂", { shown: false })],
    groups: [GROUP],
    edges: [
      { id: "b-SUPPLIES-a", source: "b", target: "a", caption: "供货", lit: true },
      { id: "c-SUPPLIES-a", source: "c", target: "a", caption: "供货", lit: false },
    ],
    facets: [
      { name: "kind", caption: "类别", values: [{ value: "企业", count: 3, on: true }] },
      { name: "county", caption: "县（市、区）", values: [{ value: "示例县", count: 3, on: false }] },
    ],
    legend: [{ caption: "企业", color: "#0e7480" }], numbers: ["产值(万元)"], filters: ["县（市、区）：示例县"], words: [],
    remarks: [], hidden: 0,
  };
}

export function trailOf(address_ = `${PAGE}?start=a`) {
  open("", address_);
  const seen = [];
  return { trail: makeTrail((asked) => seen.push(asked)), seen };
}
