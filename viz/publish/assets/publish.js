// One screen at a time, maps that are moved and zoomed, branches folded, tables narrowed. Without it everything stands in order.
const screens = [...document.querySelectorAll('.screen')];
const chooser = document.querySelector('#chains');

function show() {
  const wanted = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const here = wanted?.closest('.screen') ?? screens[0];
  for (const screen of screens) screen.classList.toggle('here', screen === here);
  for (const link of document.querySelectorAll('nav a')) {
    if (link.hash === `#${here.id}`) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  if (chooser) chooser.value = [...chooser.options].some((o) => o.value === here.id) ? here.id : '';
  if (wanted && wanted !== here) wanted.scrollIntoView();
  else scrollTo(0, 0);
}

document.body.classList.add('shown');
addEventListener('hashchange', show);
chooser?.addEventListener('change', () => {
  if (chooser.value) location.hash = chooser.value;
});
show();

// -- maps: the view box moves over the drawing -----------------------------------------------------

const LEGIBLE = 0.72; // pixels for a unit of a drawing

function movable(figure) {
  const svg = figure.querySelector('svg');
  const whole = svg.getAttribute('viewBox').split(' ').map(Number);
  const pointers = new Map();
  // The whole drawing where its text can be read so, else its first part at a size that can.
  const readable = () => {
    const scale = Math.min(svg.clientWidth / whole[2], svg.clientHeight / whole[3]);
    if (!scale || scale >= LEGIBLE) return [...whole];
    return [whole[0], whole[1], Math.min(svg.clientWidth / LEGIBLE, whole[2]), Math.min(svg.clientHeight / LEGIBLE, whole[3])];
  };
  let box = [...whole];

  const draw = () => svg.setAttribute('viewBox', box.map((n) => n.toFixed(2)).join(' '));
  // Where a point of the screen lies in the drawing, and how many units of it one pixel is.
  const unit = () => Math.max(box[2] / svg.clientWidth, box[3] / svg.clientHeight);
  const place = (x, y) => {
    const frame = svg.getBoundingClientRect();
    const left = box[0] + box[2] / 2 - (frame.width / 2) * unit();
    const top = box[1] + box[3] / 2 - (frame.height / 2) * unit();
    return [left + (x - frame.left) * unit(), top + (y - frame.top) * unit()];
  };

  function zoom(factor, [x, y]) {
    const width = Math.min(Math.max(box[2] / factor, whole[2] / 12), whole[2] * 1.5);
    const by = width / box[2];
    box = [x - (x - box[0]) * by, y - (y - box[1]) * by, width, box[3] * by];
    draw();
  }

  const middle = (points) => place(
    points.reduce((sum, p) => sum + p.x, 0) / points.length,
    points.reduce((sum, p) => sum + p.y, 0) / points.length,
  );
  const spread = ([a, b]) => Math.hypot(a.x - b.x, a.y - b.y);

  svg.addEventListener('pointerdown', (event) => {
    svg.setPointerCapture(event.pointerId);
    pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  });
  svg.addEventListener('pointermove', (event) => {
    if (!pointers.has(event.pointerId)) return;
    const before = [...pointers.values()];
    const from = middle(before);
    pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    const after = [...pointers.values()];
    const to = middle(after);
    box = [box[0] + from[0] - to[0], box[1] + from[1] - to[1], box[2], box[3]];
    if (after.length === 2 && spread(before) > 0) zoom(spread(after) / spread(before), middle(after));
    draw();
  });
  for (const kind of ['pointerup', 'pointercancel']) svg.addEventListener(kind, (e) => pointers.delete(e.pointerId));
  svg.addEventListener('wheel', (event) => {
    event.preventDefault();
    zoom(event.deltaY < 0 ? 1.15 : 1 / 1.15, place(event.clientX, event.clientY));
  }, { passive: false });
  for (const button of figure.querySelectorAll('[data-zoom]')) {
    button.addEventListener('click', () => {
      const factor = Number(button.dataset.zoom);
      if (factor) zoom(factor, [box[0] + box[2] / 2, box[1] + box[3] / 2]);
      else box = [...whole];
      draw();
    });
  }
  new IntersectionObserver((entries, observer) => {
    if (!entries.some((e) => e.isIntersecting)) return;
    observer.disconnect();
    box = readable();
    draw();
  }).observe(svg);
}

document.querySelectorAll('.map').forEach(movable);

// -- branches and tables ---------------------------------------------------------------------------

for (const button of document.querySelectorAll('[data-fold]')) {
  button.addEventListener('click', () => {
    for (const branch of button.closest('.mind').querySelectorAll('details')) branch.open = button.dataset.fold === 'open';
  });
}

const MOST = matchMedia('(max-width: 700px)').matches ? 20 : 60; // rows shown at first

for (const form of document.querySelectorAll('.finder')) {
  const part = form.closest('.found');
  const output = part.querySelector('output');
  const more = part.querySelector('.more');
  const rows = [...part.querySelectorAll('tbody tr')];
  const narrow = (most) => {
    const { status, text } = Object.fromEntries(new FormData(form));
    const fitting = rows.filter((row) => (!status || row.dataset.status === status) && row.textContent.includes(text.trim()));
    const shown = new Set(fitting.slice(0, most));
    for (const row of rows) row.hidden = !shown.has(row);
    output.textContent = `${fitting.length} ${output.dataset.unit}`;
    more.hidden = fitting.length <= most;
    more.textContent = `显示其余 ${fitting.length - shown.size} ${output.dataset.unit}`;
  };
  form.addEventListener('input', () => narrow(MOST));
  form.addEventListener('submit', (event) => event.preventDefault());
  more.addEventListener('click', () => narrow(Infinity));
  narrow(MOST);
}
