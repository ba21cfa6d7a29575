// How the map's elements look. Colours are the tokens of theme.css.
const HATCHING = `<svg xmlns="http://www.w3.org/2000/svg" width="176" height="66">
  <defs><pattern id="h" width="6" height="6" patternUnits="userSpaceOnUse">
    <path d="M0 6 L6 0" stroke="#000" stroke-opacity=".16" stroke-width="1.4"/>
  </pattern></defs>
  <rect width="176" height="66" fill="url(#h)"/>
</svg>`;
const HATCH = "data:image/svg+xml;utf8," + encodeURIComponent(HATCHING);

function level(index) {
  return { "z-index": index, "z-index-compare": "manual" };
}

// The map's own style sheet; `token` gives a colour, or the font, by its name.
export function style(token) {
  return [...nodes(token), ...arrows(token), ...details(token), ...states(token)];
}

export { pageToken } from "../theme/colors.js";

function nodes(token) {
  return [
    { selector: "node", style: {
      "font-family": token("font"), "text-wrap": "wrap", "text-valign": "center", "text-halign": "center",
      label: "data(label)", width: "data(w)", height: "data(h)", shape: "round-rectangle",
    } },
    { selector: ".lane", style: {
      "background-color": token("soft"), "border-width": 0, "text-valign": "top", "text-margin-y": 32,
      "font-size": 15, "font-weight": "bold", color: token("ink"), events: "no", ...level(0),
    } },
    { selector: ".card", style: {
      "background-color": "data(fill)", "border-color": token("arrow"), "border-width": 1.5,
      "font-size": 13, color: token("ink"), "line-height": 1.35, "text-max-width": 168, ...level(10),
    } },
    { selector: ".card[color]", style: { "border-color": "data(color)" } },
    { selector: ".hatched", style: {
      "background-image": HATCH, "background-fit": "cover", "background-clip": "node",
    } },
    { selector: ".pale", style: { "border-style": "dashed", color: token("pale-ink") } },
    { selector: ".ghost", style: { "border-style": "dashed", "font-size": 12, color: token("muted") } },
  ];
}

function arrows(token) {
  return [
    { selector: ".arrow", style: {
      width: 1.5, "line-color": token("link"), "target-arrow-color": token("link"),
      "target-arrow-shape": "triangle", "arrow-scale": 0.9,
      "curve-style": "straight", "source-endpoint": "data(start)", "target-endpoint": "data(end)",
      "font-family": token("font"), "font-size": 12, color: token("ink"),
      "text-background-color": "#fff", "text-background-opacity": 0.9, "text-background-padding": 2, ...level(5),
    } },
    { selector: ".cornered", style: {
      "curve-style": "round-segments", "edge-distances": "endpoints", "segment-radii": 6, "radius-type": "arc-radius",
      "segment-distances": (edge) => edge.data("distances"), "segment-weights": (edge) => edge.data("weights"),
    } },
    // A card that was moved takes its arrows with it, on the shortest way.
    { selector: ".arrow.moved", style: {
      "curve-style": "straight", "source-endpoint": "outside-to-node", "target-endpoint": "outside-to-node",
    } },
    { selector: ".arrow.normal", style: { "line-style": "dashed" } },
    { selector: ".arrow.slight", style: { "line-style": "dotted", width: 1 } },
  ];
}

function details(token) {
  return [
    { selector: ".detail", style: {
      shape: "round-rectangle", "background-color": "#fff", "border-width": 1, "border-color": "data(color)",
      color: "data(color)", "font-size": 12, ...level(20),
    } },
    { selector: ".detail-link", style: {
      width: 1, "line-color": token("frame"), "curve-style": "straight", ...level(19),
    } },
  ];
}

function states(token) {
  const picked = token("picked");
  return [
    { selector: ".faded", style: { opacity: 0.16 } },
    { selector: "edge.near", style: {
      "line-color": picked, "target-arrow-color": picked, width: 2.2, label: "data(what)",
    } },
    { selector: "node.near.card", style: { "border-width": 2.4 } },
    { selector: ".hidden", style: { display: "none" } },
  ];
}
