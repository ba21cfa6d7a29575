// Three steps for a first visit: offered once on example data, and whenever somebody asks for them.
import { button, element } from "../element.js";

const KEY = "lianpu-tour";
const STEPS = [
  ["/", "总览：每条链一行，看哪些环节已摸底、有几个薄弱和缺失；左上“先做什么”是今天该抓的事。点数字一直能查到原始行。"],
  ["/chain", "链图：一张卡片是一个环节，箭头是供给。点卡片，旁边是它的企业、需求和每一条依据；右键有更多操作。"],
  ["/recruiting", "招商靶向：按名次列出缺口和可以找的企业，为什么找它；点“立为线索”，写上负责人，就到招商看板上。"],
];

export function watchTour() {
  const step = Number(new URLSearchParams(location.search).get("tour"));
  if (STEPS[step - 1]) showStep(step);
  else if (location.pathname === "/" && document.querySelector("main[data-demo]") && !isOver()) offer();
}

export function askForTour() {
  location.assign(address(1));
}

function isOver() {
  try {
    return localStorage.getItem(KEY) === "over";
  } catch {
    return true; // a browser that keeps nothing would be asked at each visit
  }
}

function end(box) {
  try {
    localStorage.setItem(KEY, "over");
  } catch {
    // then it is only closed
  }
  box.remove();
}

function address(step) {
  return `${STEPS[step - 1][0]}?tour=${step}`;
}

function offer() {
  const box = frame("第一次来？三步看懂链谱：总览、链图、招商靶向。");
  box.querySelector("p:last-child").append(
    button("开始", () => askForTour(), "primary"),
    button("不用，不再提示", () => end(box)),
  );
}

function showStep(step) {
  const box = frame(STEPS[step - 1][1], `第 ${step} 步，共 ${STEPS.length} 步`);
  const row = box.querySelector("p:last-child");
  if (step > 1) row.append(link("上一步", address(step - 1)));
  if (step < STEPS.length) row.append(link("下一步", address(step + 1), "primary"));
  row.append(button(step < STEPS.length ? "结束导览" : "完成", () => end(box)));
  box.focus();
}

function frame(text, title = "导览") {
  const box = element("aside", undefined, "tour");
  box.setAttribute("aria-label", "导览");
  box.tabIndex = -1;
  box.append(element("strong", title), element("p", text), element("p"));
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") end(box);
  });
  document.body.append(box);
  return box;
}

function link(text, target, className = "") {
  const made = element("a", text, `button ${className}`.trim());
  made.href = target;
  return made;
}
