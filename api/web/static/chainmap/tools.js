// The tools above the map: find a segment, hide a status; fold, undo, zoom, files, whole screen.
import { copyAddress } from "../address.js";
import { button, element } from "../element.js";
import { toggled } from "./state.js";

// What stands there is made anew for each scene; `say` shows the state of buttons.
export function toolbar(holder, scene, acts) {
  const toggles = scene.legend.map((entry) => toggle(entry, acts));
  const parents = scene.cards.some(({ fold }) => fold);
  const undo = small("↶", "撤销", () => history.back()), redo = small("↷", "重做", () => history.forward());
  holder.replaceChildren(
    finder(scene, acts), ...toggles, ...(scene.marks ?? []).map(mark),
    element("span", undefined, "gap"), group(
    ...(parents ? [small("全部展开", "", () => acts.change({ open: ["all"] })),
      small("全部收起", "", () => acts.change({ open: ["none"] }))] : []),
    undo, redo,
    small("−", "缩小", acts.smaller), small("+", "放大", acts.larger), small("适应窗口", "", acts.fit),
    small("全屏", "", acts.whole), small("重置", "重置：恢复到打开时的样子", acts.reset),
    ...acts.files(), small("复制链接", "", copyAddress)),
  );
  return ({ hide }, trail) => {
    scene.legend.forEach(({ status }, at) => toggles[at].setAttribute("aria-pressed", String(!hide.includes(status))));
    undo.disabled = !trail.undo;
    redo.disabled = !trail.redo;
  };
}

function group(...buttons) {
  const made = element("span", undefined, "group");
  made.append(...buttons);
  return made;
}

function small(caption, title, action) {
  const made = button(caption, action, "small");
  if (title) {
    made.title = title;
    made.setAttribute("aria-label", title);
  }
  return made;
}

function finder(scene, { pick }) {
  const field = element("input");
  field.type = "search";
  field.placeholder = "找环节";
  field.setAttribute("aria-label", "找环节");
  field.addEventListener("input", () => {
    const text = field.value.trim();
    const card = text && scene.cards.find(({ name }) => name.includes(text));
    if (card) pick(card.id, { step: false, focus: false });
  });
  return field;
}

// What hatching or paleness means, drawn so.
function mark({ caption, hatched }) {
  return element("span", caption, `status ${hatched ? "thin" : "pale"}`);
}

// A key of the legend that shows or hides the cards of its status.
function toggle({ status, icon, caption }, { change, state }) {
  const turn = () => change({ hide: toggled(state().hide, status) });
  const made = button(`${icon} ${caption}`, turn, `toggle s-${status}`);
  made.setAttribute("aria-pressed", "true");
  return made;
}
