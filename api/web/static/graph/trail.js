// The steps of a person as the address holds them, with undo and redo. Each step is an entry of the browser's history.
import { onReturn, readAddress, writeAddress } from "../address.js";

const LISTS = ["start", "do", "pick", "off", "county", "status", "year", "grade"];
const WORDS = ["size", "color", "from", "group"];

export function read() {
  const given = readAddress();
  const asked = {};
  for (const name of LISTS) asked[name] = [given[name] ?? []].flat();
  for (const name of WORDS) asked[name] = [given[name] ?? ""].flat()[0];
  if (given.node) asked.start = [...asked.start, given.node].flat();
  else if (!asked.start.length && !asked.do.length && given.chain) asked.start = [given.chain].flat();
  return asked;
}

// `show` is called with what the address says, after each step and after Back and Forward.
export function makeTrail(show) {
  let [addresses, at] = [[location.search], 0];
  const tell = () => show(read());
  onReturn(() => {
    if (location.search === addresses[at - 1]) at -= 1;
    else if (location.search === addresses[at + 1]) at += 1;
    else [addresses, at] = [[location.search], 0];
    tell();
  });
  const set = (values) => {
    const before = read();
    writeAddress({ ...before, ...values, node: "", saved: "" });
    if (location.search === addresses[at]) return;
    addresses = [...addresses.slice(0, at + 1), location.search];
    at += 1;
    tell();
  };
  const act = (...steps) => {
    const asked = read();
    set({ do: [...asked.do, ...steps] });
  };
  return {
    set, act, tell, asked: read,
    // Back in this page; of an address that came from elsewhere its last step is taken off.
    undo: () => (at > 0 ? history.back() : set({ do: read().do.slice(0, -1) })),
    redo: () => at < addresses.length - 1 && history.forward(),
    canUndo: () => at > 0 || read().do.length > 0,
    canRedo: () => at < addresses.length - 1,
  };
}

// The same question as the page's, to the address of an answer.
export function query(path) {
  const fields = new URLSearchParams();
  for (const [name, value] of Object.entries(read())) {
    for (const one of [value].flat()) if (one !== "") fields.append(name, one);
  }
  fields.delete("pick");
  fields.delete("from");
  fields.delete("group");
  return `${path}?${fields}`;
}
