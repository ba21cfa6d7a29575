// Before anything is drawn: light or dark, as the person chose on this machine, else as the system is set.
(function () {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const chosen = () => {
    try {
      return localStorage.getItem("lianpu-theme");
    } catch {
      return null; // a browser that keeps nothing
    }
  };
  const apply = () => {
    document.documentElement.dataset.theme = chosen() ?? (system.matches ? "dark" : "light");
    document.dispatchEvent(new Event("lianpu:theme"));
  };
  system.addEventListener("change", apply);
  window.addEventListener("storage", apply); // another window of the program
  document.addEventListener("lianpu:choose-theme", apply);
  apply();
})();
