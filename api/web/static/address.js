// What a person set stands in the address of the page: it can be shared, kept, and taken back by the Back button.

// Each name with its value, or with all of its values where it stands more than once.
export function readAddress() {
  const fields = new URLSearchParams(location.search);
  const values = {};
  for (const name of new Set(fields.keys())) {
    const all = fields.getAll(name);
    values[name] = all.length > 1 ? all : all[0];
  }
  return values;
}

// Put values into the address; empty ones leave it. A step that Back takes back is pushed, a mere move is not.
export function writeAddress(values, { step = true } = {}) {
  const fields = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(values)) {
    fields.delete(name);
    for (const one of [value].flat()) {
      if (one !== undefined && one !== null && one !== "") fields.append(name, one);
    }
  }
  const query = fields.toString();
  const address = location.pathname + (query && `?${query}`) + location.hash;
  if (address === location.pathname + location.search + location.hash) return;
  history[step ? "pushState" : "replaceState"](null, "", address);
}

// `show` gets what the address says, each time that Back or Forward changed it.
export function onReturn(show) {
  window.addEventListener("popstate", () => show(readAddress()));
}

// 复制链接: the address as it stands, without the token of this start.
export async function copyAddress(button) {
  const link = new URL(location.href);
  link.searchParams.delete("token");
  await navigator.clipboard.writeText(link.href);
  const { textContent } = button;
  button.textContent = "已复制";
  setTimeout(() => {
    button.textContent = textContent;
  }, 1500);
}
