// What a person set on the map, as it stands in the address: each change is a step that Back takes back.
import { readAddress, writeAddress } from "../address.js";

const LISTS = ["open", "hide", "gone", "moved"];
const SINGLES = ["pick", "from", "to", "focus", "view"];

export function readState() {
  const fields = readAddress();
  const lists = LISTS.map((name) => [name, [fields[name] ?? []].flat()]);
  const singles = SINGLES.map((name) => [name, [fields[name] ?? ""].flat()[0]]);
  const state = Object.fromEntries([...lists, ...singles]);
  if (!state.pick) state.pick = decodeURIComponent(location.hash.slice(1));
  return state;
}

// The values of an address without what says nothing.
export function writeState(state, { step = true } = {}) {
  if (location.hash) history.replaceState(null, "", location.pathname + location.search);
  writeAddress(state, { step });
}

// The same with a value in or out of one of its lists.
export function toggled(list, value, inside = !list.includes(value)) {
  const others = list.filter((one) => one !== value);
  return inside ? [...others, value] : others;
}

// Cards that were moved: id -> their middle. Written as id:x:y.
export function places(state) {
  return new Map(state.moved.map((text) => text.split(":")).map(([id, x, y]) => [id, { x: Number(x), y: Number(y) }]));
}

export function moved(state, id, position) {
  const others = state.moved.filter((text) => !text.startsWith(`${id}:`));
  return position ? [...others, `${id}:${Math.round(position.x)}:${Math.round(position.y)}`] : others;
}

// Where a person is in the steps of this page: what can be undone and redone. It never leads off the page.
export function trail() {
  const steps = [location.search];
  let at = 0;
  return {
    stepped() {
      steps.splice(at + 1, Infinity, location.search);
      at = steps.length - 1;
    },
    moved() {
      steps[at] = location.search;
    },
    returned() {
      if (steps[at - 1] === location.search) at -= 1;
      else if (steps[at + 1] === location.search) at += 1;
    },
    get undo() {
      return at > 0;
    },
    get redo() {
      return at < steps.length - 1;
    },
  };
}
