// A card that is dragged to another stage is asked for what that stage needs.

export function watchDrag(board, move) {
  let dragged = null;
  const over = (event) => (dragged ? event.target.closest("section[data-stage]") : null);
  const mark = (section) => {
    for (const each of board.querySelectorAll("section")) each.classList.toggle("over", each === section);
  };
  board.addEventListener("dragstart", (event) => {
    dragged = event.target.closest(".card");
    event.dataTransfer?.setData("text/plain", dragged?.dataset.name ?? "");
  });
  board.addEventListener("dragover", (event) => {
    const section = over(event);
    mark(section);
    if (section) event.preventDefault();
  });
  board.addEventListener("drop", (event) => {
    const section = over(event);
    if (!section) return;
    event.preventDefault();
    if (section.dataset.stage !== dragged.dataset.stage) move(dragged, section.dataset.stage);
  });
  board.addEventListener("dragend", () => {
    dragged = null;
    mark(null);
  });
}
