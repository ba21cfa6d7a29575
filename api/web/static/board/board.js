// 招商看板: cards are walked by the arrow keys, and moved by dragging, by their button, or by Shift and an arrow.
import { watchDrag } from "./drag.js";
import { watchKeys } from "./keys.js";
import { openMove, watchMove } from "./move.js";

const board = document.querySelector(".board");
const dialog = document.querySelector("#move");

if (board && dialog) {
  const move = (card, stage) => openMove(dialog, card, stage);
  watchMove(dialog);
  watchKeys(board, move);
  watchDrag(board, move);
  board.addEventListener("click", (event) => {
    const button = event.target.closest("button.move");
    if (button) move(button.closest(".card"));
  });
  const saved = location.hash.startsWith("#lead-") && document.getElementById(location.hash.slice(1));
  if (saved) saved.focus();
}
