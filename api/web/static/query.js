// 查询: what runs shows that it runs and can be given up; examples go into the box; a query is shared only when asked to.
import { copyAddress, writeAddress } from "./address.js";
import { button, element } from "./element.js";

const box = document.querySelector("#cypher");

for (const form of document.querySelectorAll("form[data-running]")) {
  form.addEventListener("submit", (event) => {
    if (event.submitter?.hasAttribute("data-plain")) return; // a file comes, the page stays
    form.setAttribute("aria-busy", "true");
    const note = element("span", "正在查询…", "running");
    note.setAttribute("role", "status");
    const stop = button("取消", () => {
      window.stop();
      form.removeAttribute("aria-busy");
      note.remove();
      stop.remove();
    });
    form.append(note, stop);
  });
}

box?.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    box.form.requestSubmit();
  }
});

for (const example of document.querySelectorAll("[data-example]")) {
  example.addEventListener("click", () => {
    box.value = example.dataset.example;
    box.focus();
  });
}

document.querySelector("[data-copy-query]")?.addEventListener("click", (event) => {
  writeAddress({ cypher: box.value, parameters: box.form.elements.parameters.value }, { step: false });
  copyAddress(event.target);
});

// The page that Back shows again is not running anything.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[aria-busy]")) {
    form.removeAttribute("aria-busy");
    for (const rest of form.querySelectorAll(".running, .running + button")) rest.remove();
  }
});
