// Colours for a canvas: those of the server are of the light page, and each has its own for the dark one.
import { isDark } from "./switch.js";

export function pageToken(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

// The colour that stands for a light one on the page as it is now; the event lianpu:theme says when to draw anew.
export function turned(color) {
  if (!isDark() || !/^#[0-9a-f]{6}$/i.test(color ?? "")) return color;
  return pageToken(`c-${color.slice(1).toLowerCase()}`) || lightened(color);
}

// A colour that has none of its own, as that of a kind: half way to white.
function lightened(color) {
  const parts = [1, 3, 5].map((at) => Math.round((Number.parseInt(color.slice(at, at + 2), 16) + 255) / 2));
  return `#${parts.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}
