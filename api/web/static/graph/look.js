// How the picture's elements look. Colours are the tokens of theme.css; those of kinds and values come with the scene.
function rank(n) {
  return n >= 20 ? 15 : n >= 8 ? 13.5 : 12;
}

// `token` gives a colour of the page by its name, `turned` what stands for a colour of the scene on a dark page.
// The kind's character in the circle, beside its colour; one picture for each.
const marks = new Map();

function mark(text) {
  if (!marks.has(text)) {
    const font = `font-family="Microsoft YaHei,Noto Sans CJK SC,sans-serif" font-size="15"`;
    const word = `<text x="12" y="17.5" text-anchor="middle" fill="#fff" ${font}>${text}</text>`;
    const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24">${word}</svg>`;
    marks.set(text, `data:image/svg+xml;utf8,${encodeURIComponent(drawing)}`);
  }
  return marks.get(text);
}

export function look(token, turned) {
  const own = (element) => turned(element.data("color"));
  return [
    { selector: "node", style: {
      "font-family": token("font") || "sans-serif", "text-wrap": "wrap", label: "data(label)", color: token("ink"),
    } },
    { selector: ".thing", style: {
      shape: "ellipse", width: "data(d)", height: "data(d)", "background-color": own,
      "background-image": (node) => mark(node.data("mark")), "background-fit": "contain", "background-clip": "none",
      "border-width": 2, "border-color": token("paper"), "text-valign": "bottom", "text-margin-y": 4,
      "font-size": (node) => rank(node.data("weight")), "min-zoomed-font-size": 9,
    } },
    { selector: ".unknown", style: { "border-style": "dashed", "border-color": token("arrow") } },
    { selector: ".pinned", style: { "border-color": token("picked"), "border-style": "double", "border-width": 4 } },
    { selector: ".disc", style: {
      shape: "round-rectangle", width: "data(w)", height: "data(h)", "background-color": token("ground"),
      "border-width": 1.5, "border-color": own, "text-valign": "center", "font-size": 12,
      "line-height": 1.25, "min-zoomed-font-size": 9, "z-index": 8,
    } },
    { selector: "edge", style: {
      width: 1.3, "line-color": token("link"), "target-arrow-color": token("link"), "target-arrow-shape": "triangle",
      "arrow-scale": 0.8, "curve-style": "straight", "font-size": 12, "font-family": token("font") || "sans-serif",
      color: token("ink"), "text-background-color": token("ground"), "text-background-opacity": 0.9, "z-index": 2,
    } },
    { selector: ".thin", style: { width: 0.7, opacity: 0.55, "arrow-scale": 0.6 } },
    { selector: ".tie", style: { "line-style": "dashed", "line-color": token("frame"), "target-arrow-shape": "none" } },
    { selector: "edge.close", style: { width: 2, "line-color": token("brand"), label: "data(caption)" } },
    { selector: "edge.lit", style: {
      width: 3, "line-color": token("picked"), "target-arrow-color": token("picked"),
    } },
    { selector: "edge.named", style: { label: "data(caption)" } },
    { selector: ".faded", style: { opacity: 0.25 } },
    { selector: "node:selected", style: { "border-width": 4, "border-color": token("brand") } },
  ];
}
