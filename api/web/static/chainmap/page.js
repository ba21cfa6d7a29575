// The map's page: its state stands in the address; scene, lights, panel, table and tools follow from it.
import { onReturn } from "../address.js";
import { button, element } from "../element.js";
import { entries } from "./actions.js";
import { showEvidence } from "./evidence.js";
import { save, screenFile, table } from "./files.js";
import { watchKeys } from "./keys.js";
import { mount, place, veil } from "./map.js";
import { openMenu } from "./menu.js";
import { overview } from "./overview.js";
import { moved, places, readState, toggled, trail, writeState } from "./state.js";
import { toolbar } from "./tools.js";
import { viewOf, watchWheel, zoomIn, zoomOut } from "./zoom.js";

const NOTHING = { open: [], hide: [], gone: [], moved: [], pick: "", from: "", to: "", focus: "", view: "" };
const QUIET = 300; // milliseconds without a move before the address takes the view

export class ChainPage {
  constructor(parts) {
    this.parts = parts; // holder, stage, tools, panel, about, small, paper, rows
    this.state = readState();
    this.steps = trail();
    this.map = mount(parts.holder, {
      pick: (id) => this.pick(id), fold: (id) => this.fold(id), menu: (id, at) => this.menu(id, at),
      move: (id, position) => this.change({ moved: moved(this.state, id, position) }),
    });
    watchWheel(parts.stage, parts.holder, this.map.cy);
    watchKeys(parts.holder, this);
    this.map.cy.on("viewport", () => this.later());
    onReturn(() => this.returned());
  }

  // Take up some values: a step in the address, and whatever follows from it.
  async change(values, { step = true, keep = "" } = {}) {
    const { open } = this.state;
    this.state = { ...this.state, ...values, view: viewOf(this.map.cy) };
    writeState(this.state, { step });
    this.steps[step ? "stepped" : "moved"]();
    if (String(open) !== String(this.state.open)) await this.load({ keep });
    this.show();
  }

  async returned() {
    const { open } = this.state;
    this.state = readState();
    this.steps.returned();
    if (String(open) !== String(this.state.open)) await this.load({ view: this.state.view });
    this.show();
  }

  // The scene of what is open. A picked segment that is folded away opens what stands above it.
  async load({ keep, view } = {}) {
    const fields = new URLSearchParams(this.state.open.map((id) => ["open", id]));
    const answer = await fetch(`${this.parts.holder.dataset.scene}&${fields}`);
    const scene = await answer.json();
    const drawn = await this.map.draw(scene, { keep, view });
    if (!drawn) return;
    this.scene = scene;
    this.forget?.();
    this.forget = overview(this.parts.small, this.map.cy, scene);
    this.say = toolbar(this.parts.tools, scene, this.acts());
  }

  acts() {
    const { cy } = this.map;
    return {
      state: () => this.state, change: (values) => this.change(values), pick: (id, how) => this.pick(id, how),
      smaller: () => zoomOut(cy), larger: () => zoomIn(cy), fit: () => this.fit(), whole: () => this.whole(),
      reset: () => this.change({ ...NOTHING }).then(() => this.map.open()), files: () => this.files(),
    };
  }

  show() {
    const { state, scene, map } = this;
    place(map, places(state));
    veil(map, state);
    const way = map.light.show(state, scene);
    this.say?.(state, this.steps);
    this.tell(way);
    if (this.parts.paper) this.parts.paper.src = screenFile("svg", scene, state);
    for (const row of this.parts.rows) row.classList.toggle("picked", row.dataset.segment === state.pick);
    this.showPanel();
  }

  showPanel() {
    const { panel, holder } = this.parts;
    const card = this.map.cards.get(this.state.pick);
    const wide = !panel.hidden;
    if (card && !card.ghost) {
      showEvidence(panel, card, this.scene, {
        close: () => this.shut(), pick: (id) => this.pick(id), fold: (id) => this.fold(id),
      });
    } else panel.hidden = true;
    if (wide === panel.hidden) {
      this.map.cy.resize();
      holder.dispatchEvent(new Event("panel"));
    }
    if (card) this.map.centre(card.id);
  }

  // What the way is, in words.
  tell(way) {
    const { from, to, focus } = this.state;
    const name = (id) => this.map.cards.get(id)?.name ?? "不在图上的环节";
    const { about } = this.parts;
    about.replaceChildren();
    if (focus) about.append(`只亮“${name(focus)}”的上下游 `, button("不再聚焦", () => this.change({ focus: "" }), "small"));
    if (!from) return;
    const stations = way?.length ? [from, ...way.map(({ target }) => target)].map(name).join(" → ") : "";
    const found = !to ? `从“${name(from)}”出发：在另一张卡片的菜单里选“到这里”`
      : stations ? `${way.length}步：${stations}` : `从“${name(from)}”到“${name(to)}”没有供给的路`;
    about.append(found, " ", button("清除", () => this.change({ from: "", to: "" }), "small"));
  }

  async pick(id, { step = true, focus = true } = {}) {
    if (id === this.state.pick) return;
    if (id && !this.map.cards.has(id)) await this.reveal(id);
    if (id && focus) this.back = document.activeElement;
    await this.change({ pick: id }, { step });
    if (id && focus && !this.parts.panel.hidden) this.parts.panel.focus({ preventScroll: true });
  }

  // A segment that is folded away: open all that stands above it.
  async reveal(id) {
    const { parents, open } = this.scene;
    const above = [];
    for (let at = parents[id]; at; at = parents[at]) above.push(at);
    if (above.length) await this.change({ open: [...new Set([...open, ...above])] }, { step: false });
  }

  async shut() {
    const { pick } = this.state;
    await this.pick("");
    const row = this.parts.rows.find(({ dataset }) => dataset.segment === pick);
    (this.back?.isConnected && this.back !== document.body ? this.back : row ?? this.parts.holder).focus();
  }

  fold(id) {
    const { open } = this.scene;
    const next = toggled(open, id);
    return this.change({ open: next.length ? next : ["none"] }, { keep: id });
  }

  menu(id, at) {
    const card = this.map.cards.get(id);
    if (!card) return;
    const isPinned = places(this.state).has(id);
    const position = isPinned ? null : this.map.cy.getElementById(id).position();
    const pinned = {
      caption: isPinned ? "取消固定" : "固定在这里",
      action: () => this.change({ moved: moved(this.state, id, position) }),
    };
    const list = entries(card, this.scene, this.state, {
      change: (values) => this.change(values), pick: (one) => this.pick(one), fold: (one) => this.fold(one), pinned,
    });
    openMenu(this.parts.stage, this.fromStage(at), list, () => this.parts.holder.focus());
  }

  fromStage({ x, y }) {
    const [stage, holder] = [this.parts.stage, this.parts.holder].map((one) => one.getBoundingClientRect());
    return { x: x + holder.left - stage.left, y: y + holder.top - stage.top };
  }

  fit() {
    this.map.cy.fit(this.map.cy.nodes(), 12);
  }

  whole() {
    if (document.fullscreenElement) document.exitFullscreen();
    else this.parts.stage.parentElement.requestFullscreen();
  }

  files() {
    const link = (caption, href) => {
      const made = element("a", caption, "button small");
      made.href = href;
      made.setAttribute("download", "");
      made.addEventListener("click", () => {
        made.href = screenFile(caption.toLowerCase(), this.scene, this.state);
      }, { capture: true });
      return made;
    };
    const sheet = button("CSV", () => save(table(this.scene, this.state), `${this.scene.chain}链图.csv`), "small");
    return [...["PNG", "SVG"].map((one) => link(one, screenFile(one.toLowerCase(), this.scene, this.state))), sheet];
  }

  // The address takes scale and place when they have come to rest.
  later() {
    clearTimeout(this.resting);
    this.resting = setTimeout(() => {
      this.state.view = viewOf(this.map.cy);
      writeState(this.state, { step: false });
      this.steps.moved();
    }, QUIET);
  }
}
