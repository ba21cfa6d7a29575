// Files of what is on screen: PNG and SVG by the server from the same scene, the cards as a table.
import { readAddress } from "../address.js";
import { element } from "../element.js";

const BYTE_ORDER = "\ufeff"; // by which Excel knows UTF-8

export function screenFile(suffix, scene, state) {
  const { at } = readAddress();
  const fields = new URLSearchParams({ chain: scene.chain_id, ...(at && { at }) });
  const open = state.open.length ? state.open : [scene.folded ? "none" : "all"];
  for (const [name, values] of Object.entries({ open, hide: state.hide, gone: state.gone })) {
    for (const value of values) fields.append(name, value);
  }
  return `/files/chainmap.${suffix}?${fields}`;
}

// The cards that can be seen, one a line; no text of theirs is taken for a formula.
export function table(scene, state) {
  const seen = scene.cards.filter(({ id, status }) => !state.gone.includes(id) && !state.hide.includes(status));
  const captions = ["环节", "产业链", "阶段", "状态", "在产企业", "标志", "含下级环节", "供入", "供出"];
  const names = new Map(seen.map(({ id, name }) => [id, name]));
  const rows = seen.map((card) => [
    card.name, card.ghost ? card.chain : scene.chain, card.stage ?? "", card.caption ?? "", card.count ?? "",
    (card.flags ?? []).join("、"), card.fold?.count ?? "",
    list(scene.arrows, { id: card.id, here: "target", there: "source", names }),
    list(scene.arrows, { id: card.id, here: "source", there: "target", names }),
  ]);
  return BYTE_ORDER + [captions, ...rows].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
}

function list(arrows, { id, here, there, names }) {
  const others = arrows.filter((arrow) => arrow[here] === id && names.has(arrow[there]));
  return others.map((arrow) => names.get(arrow[there])).join("、");
}

function cell(value) {
  const text = String(value);
  return `"${(/^[=+\-@\t\r]/.test(text) ? "'" + text : text).replaceAll('"', '""')}"`;
}

export function save(text, name) {
  const link = element("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  link.download = name;
  link.dataset.saved = "";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
