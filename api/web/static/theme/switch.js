// The switch in the bar: light or dark, kept on this machine. A choice that is also the system's is forgotten.
const KEY = "lianpu-theme";

export function watchTheme() {
  const control = document.querySelector("[data-theme-switch]");
  if (!control) return;
  const show = () => {
    const dark = isDark();
    control.setAttribute("aria-pressed", String(dark));
    control.title = dark ? "换成浅色" : "换成深色";
  };
  control.addEventListener("click", () => choose(isDark() ? "light" : "dark"));
  document.addEventListener("lianpu:theme", show);
  show();
}

export function isDark() {
  return document.documentElement.dataset.theme === "dark";
}

function choose(theme) {
  const system = window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  try {
    if (theme === system) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, theme);
  } catch {
    document.documentElement.dataset.theme = theme; // nothing is kept: it holds for this page
  }
  document.dispatchEvent(new Event("lianpu:choose-theme"));
}
