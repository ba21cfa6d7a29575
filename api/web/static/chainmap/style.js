// How the map's elements look. Colours are the tokens of theme.css.
const HATCHING = `<svg xmlns="http://www.w3.org/2000/svg" width="176" height="66">
  <defs><pattern id="h" width="6" height="6" patternUnits="userSpaceOnUse">
    <path d="M0 6 L6 0" stroke="#888" stroke-opacity=".36" stroke-width="1.4"/>
  </pattern></defs>
  <rect width="176" height="66" fill="url(#h)"/>
</svg>`;
const HATCH = "data:image/svg+xml;utf8," + encodeURIComponent(HATCHING);
export const SMALLEST = 12; // type of the map in its own units; nothing on it is smaller

function level(index) {
  return { "z-index": index, "z-index-compare": "manual" };
}

// The map's own style sheet; `token` gives a colour, or the font, by its name.
export function style(token, statuses = []) {
  const looks = statuses.map((status) => look(token, status));
  return [...nodes(token), ...looks, ...marks(token), ...arrows(token), ...details(token), ...states(token)];
}

export { pageToken } from "../theme/colors.js";

function nodes(token) {
  return [
    { selector: "node", style: {
      "font-family": token("font"), "text-wrap": "wrap", "text-valign": "center", "text-halign": "center",
      label: "data(label)", width: "data(w)", height: "data(h)", shape: "round-rectangle",
    } },
    { selector: ".lane", style: {
      "background-color": token("soft"), "border-width": 0, "text-valign": "top", "text-margin-y": 30,
      "font-size": 15, "font-weight": "bold", color: token("ink"), events: "no", ...level(0),
    } },
    { selector: ".card", style: {
      "background-color": token("paper"), "border-color": token("arrow"), "border-width": 1.5,
      "font-size": 13, color: token("ink"), "line-height": 1.35, "text-max-width": 168, ...level(10),
    } },
  ];
}

function look(token, status) {
  return {
    selector: `.card[status = "${status}"]`,
    style: { "background-color": token(`fill-${status}`), "border-color": token(`color-${status}`) },
  };
}

function marks(token) {
  return [
    { selector: ".hatched", style: {
      "background-image": HATCH, "background-fit": "cover", "background-clip": "node",
    } },
    { selector: ".dashed", style: { "border-style": "dashed" } },
    { selector: ".pale", style: {
      "background-color": token("ground"), "border-color": token("muted"), color: token("pale-ink"),
    } },
    { selector: ".ghost", style: { "border-style": "dashed", "font-size": SMALLEST, color: token("muted") } },
    { selector: ".pinned", style: { "border-width": 2.4 } },
  ];
}

function arrows(token) {
  return [
    { selector: ".arrow", style: {
      width: 1.5, "line-color": token("arrow"), "target-arrow-color": token("arrow"),
      "target-arrow-shape": "triangle", "arrow-scale": 0.9,
      "curve-style": "straight", "source-endpoint": "data(start)", "target-endpoint": "data(end)",
      "font-family": token("font"), "font-size": SMALLEST, color: token("ink"), "text-background-padding": 2,
      "text-background-color": token("paper"), "text-background-opacity": 0.9, ...level(5),
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
      shape: "round-rectangle", "background-color": token("paper"), "border-width": 1,
      "border-color": "data(color)", color: token("ink"), "font-size": SMALLEST, ...level(20),
    } },
    { selector: ".detail-link", style: {
      width: 1, "line-color": token("frame"), "curve-style": "straight", ...level(19),
    } },
  ];
}

function states(token) {
  const lit = { "line-color": token("picked"), "target-arrow-color": token("picked"), width: 2.2, label: "data(what)" };
  return [
    { selector: ".faded", style: { opacity: 0.25 } },
    { selector: "edge.near", style: lit },
    { selector: "edge.route", style: { ...lit, width: 3 } },
    { selector: "node.near.card", style: { "border-width": 2.4 } },
    { selector: "node.route.card", style: { "border-width": 3, "border-color": token("picked") } },
    { selector: ".hidden", style: { display: "none" } },
  ];
}
