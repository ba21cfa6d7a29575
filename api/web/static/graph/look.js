// How the picture's elements look. Colours are the tokens of theme.css; those of kinds and values come with the scene.
function rank(n) {
  return n >= 20 ? 15 : n >= 8 ? 13.5 : 12;
}

// `token` gives a colour of the page by its name, `turned` what stands for a colour of the scene on a dark page.
export function look(token, turned) {
  const own = (element) => turned(element.data("color"));
  return [
    { selector: "node", style: {
      "font-family": token("font") || "sans-serif", "text-wrap": "wrap", label: "data(label)", color: token("ink"),
    } },
    { selector: ".thing", style: {
      shape: "ellipse", width: "data(d)", height: "data(d)", "background-color": own,
      "border-width": 2, "border-color": token("paper"), "text-valign": "bottom", "text-margin-y": 4,
      "font-size": (node) => rank(node.data("weight")), "min-zoomed-font-size": 9,
      "text-outline-color": token("paper"), "text-outline-width": 2, "z-index": 10,
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
    { selector: ".tie", style: { "line-style": "dashed", "line-color": token("frame"), "target-arrow-shape": "none" } },
    { selector: "edge.lit", style: {
      width: 3, "line-color": token("picked"), "target-arrow-color": token("picked"), label: "data(caption)",
    } },
    { selector: "edge.close", style: { width: 2, "line-color": token("brand"), label: "data(caption)" } },
    { selector: ".faded", style: { opacity: 0.25 } },
    { selector: "node:selected", style: { "border-width": 4, "border-color": token("brand") } },
  ];
}
