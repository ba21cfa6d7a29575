// A file on its way to the program: the form shows that it runs, and it can be stopped.
import { button, element } from "./element.js";

export function watchUploads() {
  for (const form of document.querySelectorAll("form[enctype='multipart/form-data']")) {
    form.addEventListener("submit", () => show(form));
  }
  window.addEventListener("pageshow", clear); // Back shows the form as it was before
}

function show(form) {
  clear();
  const line = element("p", "正在上传并检查…", "progress running");
  line.setAttribute("role", "status");
  line.append(button("取消", () => {
    window.stop();
    clear();
  }));
  form.append(line);
  form.setAttribute("aria-busy", "true");
}

function clear() {
  for (const line of document.querySelectorAll(".progress.running")) line.remove();
  for (const form of document.querySelectorAll("form[aria-busy]")) form.removeAttribute("aria-busy");
}
