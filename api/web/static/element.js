// A new element with its text and class; text is never read as HTML.
export function element(name, text, className) {
  const made = document.createElement(name);
  if (text !== undefined && text !== null) made.textContent = text;
  if (className) made.className = className;
  return made;
}

export function button(text, action, className) {
  const made = element("button", text, className);
  made.type = "button";
  made.addEventListener("click", () => action(made));
  return made;
}
