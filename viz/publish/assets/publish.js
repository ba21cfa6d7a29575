// One screen at a time, maps that move and zoom, branches that fold, tables to narrow. Without it all stands in order.
const screens = [...document.querySelectorAll(".screen")];
const chooser = document.querySelector("#chains");

function show() {
  const wanted = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const here = wanted?.closest(".screen") ?? screens[0];
  for (const screen of screens) screen.classList.toggle("here", screen === here);
  for (const link of document.querySelectorAll("nav a")) {
    if (link.hash === `#${here.id}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  if (chooser) chooser.value = [...chooser.options].some((o) => o.value === here.id) ? here.id : "";
  if (wanted && wanted !== here) wanted.scrollIntoView();
  else scrollTo(0, 0);
}

document.body.classList.add("shown");
addEventListener("hashchange", show);
chooser?.addEventListener("change", () => {
  if (chooser.value) location.hash = chooser.value;
});
show();

// -- maps: a view box that moves over the drawing --------------------------------------------------

const LEGIBLE = 0.72; // pixels for a unit of a drawing

// The part of a drawing that is in sight, and how it moves.
function sight(svg) {
  const whole = svg.getAttribute("viewBox").split(" ").map(Number);
  let box = [...whole];

  const draw = (next) => {
    box = next;
    svg.setAttribute("viewBox", box.map((n) => n.toFixed(2)).join(" "));
  };
  const unit = () => Math.max(box[2] / svg.clientWidth, box[3] / svg.clientHeight);
  // Where a point of the screen lies in the drawing.
  const place = ({ x, y }) => {
    const frame = svg.getBoundingClientRect();
    return [
      box[0] + box[2] / 2 + (x - frame.left - frame.width / 2) * unit(),
      box[1] + box[3] / 2 + (y - frame.top - frame.height / 2) * unit(),
    ];
  };
  const zoom = (factor, [x, y] = [box[0] + box[2] / 2, box[1] + box[3] / 2]) => {
    const width = Math.min(Math.max(box[2] / factor, whole[2] / 12), whole[2] * 1.5);
    const by = width / box[2];
    draw([x - (x - box[0]) * by, y - (y - box[1]) * by, width, box[3] * by]);
  };
  const move = (from, to) => draw([box[0] + from[0] - to[0], box[1] + from[1] - to[1], box[2], box[3]]);
  const fit = () => draw([...whole]);
  // All of it where its text can be read so, else its first part at a size that can.
  const begin = () => {
    const size = [svg.clientWidth, svg.clientHeight];
    const scale = Math.min(size[0] / whole[2], size[1] / whole[3]);
    if (!scale || scale >= LEGIBLE) fit();
    else draw([whole[0], whole[1], ...size.map((length, i) => Math.min(length / LEGIBLE, whole[i + 2]))]);
  };
  return { place, zoom, move, fit, begin };
}

// One finger moves, two zoom.
function followPointers(svg, { place, zoom, move }) {
  const pointers = new Map();
  const middle = (points) => ({
    x: points.reduce((sum, p) => sum + p.x, 0) / points.length,
    y: points.reduce((sum, p) => sum + p.y, 0) / points.length,
  });
  const spread = ([a, b]) => Math.hypot(a.x - b.x, a.y - b.y);
  const at = (event) => ({ x: event.clientX, y: event.clientY });

  svg.addEventListener("pointerdown", (event) => {
    svg.setPointerCapture(event.pointerId);
    pointers.set(event.pointerId, at(event));
  });
  svg.addEventListener("pointermove", (event) => {
    if (!pointers.has(event.pointerId)) return;
    const before = [...pointers.values()];
    pointers.set(event.pointerId, at(event));
    const after = [...pointers.values()];
    move(place(middle(before)), place(middle(after)));
    if (after.length === 2 && spread(before) > 0) zoom(spread(after) / spread(before), place(middle(after)));
  });
  for (const kind of ["pointerup", "pointercancel"]) svg.addEventListener(kind, (e) => pointers.delete(e.pointerId));
}

function movable(figure) {
  const svg = figure.querySelector("svg");
  const view = sight(svg);
  followPointers(svg, view);
  svg.addEventListener("wheel", (event) => {
    event.preventDefault();
    view.zoom(event.deltaY < 0 ? 1.15 : 1 / 1.15, view.place({ x: event.clientX, y: event.clientY }));
  }, { passive: false });
  for (const button of figure.querySelectorAll("[data-zoom]")) {
    const factor = Number(button.dataset.zoom);
    button.addEventListener("click", () => (factor ? view.zoom(factor) : view.fit()));
  }
  new IntersectionObserver((entries, observer) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    observer.disconnect();
    view.begin();
  }).observe(svg);
}

document.querySelectorAll(".map").forEach(movable);

// -- branches and tables ---------------------------------------------------------------------------

for (const button of document.querySelectorAll("[data-fold]")) {
  button.addEventListener("click", () => {
    const branches = button.closest(".mind").querySelectorAll("details");
    for (const branch of branches) branch.open = button.dataset.fold === "open";
  });
}

const MOST = matchMedia("(max-width: 700px)").matches ? 20 : 60; // rows shown at first

for (const form of document.querySelectorAll(".finder")) {
  const part = form.closest(".found");
  const output = part.querySelector("output");
  const more = part.querySelector(".more");
  const rows = [...part.querySelectorAll("tbody tr")];
  const narrow = (most) => {
    const { status, text } = Object.fromEntries(new FormData(form));
    const has = (row) => (!status || row.dataset.status === status) && row.textContent.includes(text.trim());
    const fitting = rows.filter(has);
    const shown = new Set(fitting.slice(0, most));
    for (const row of rows) row.hidden = !shown.has(row);
    output.textContent = `${fitting.length} ${output.dataset.unit}`;
    more.hidden = fitting.length <= most;
    more.textContent = `显示其余 ${fitting.length - shown.size} ${output.dataset.unit}`;
  };
  form.addEventListener("input", () => narrow(MOST));
  form.addEventListener("submit", (event) => event.preventDefault());
  more.addEventListener("click", () => narrow(Infinity));
  narrow(MOST);
}

export {}; // nothing: by this it is a module wherever it is read
