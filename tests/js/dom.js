// A page for a test: the DOM of jsdom in the places where a browser has it.
import { JSDOM } from "jsdom";

const NAMES = [
  "document", "location", "history", "Event", "CustomEvent", "KeyboardEvent", "MouseEvent", "Image", "getComputedStyle",
  "requestAnimationFrame",
];
export const ADDRESS = "http://127.0.0.1:8765/page";
const STATIC = new URL("../../api/web/static/", import.meta.url);

// jsdom has no canvas: nothing is drawn, and every text is equally wide.
const PAPER = new Proxy({}, { get: () => () => ({ width: 10 }), set: () => true });
let pages = 0;

export function open(html, address = ADDRESS) {
  const { window } = new JSDOM(`<!doctype html><body>${html}</body>`, { url: address });
  window.HTMLCanvasElement.prototype.getContext = () => PAPER;
  window.requestAnimationFrame = () => 0;
  globalThis.window = window;
  for (const name of NAMES) globalThis[name] = window[name];
  return window;
}

// A script of a page, run as a browser runs it: once for each page.
export function run(script) {
  pages += 1;
  return import(`${new URL(script, STATIC)}?page=${pages}`);
}

export function click(target) {
  target.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
}

export function press(target, key) {
  target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
}

export function type(field, text) {
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

export function texts(elements) {
  return [...elements].map((element) => element.textContent);
}

// What waits for an answer has waited.
export function settled() {
  return new Promise((done) => {
    setImmediate(done);
  });
}
