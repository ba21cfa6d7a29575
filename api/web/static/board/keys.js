// One card of the board is in the order of Tab; the arrow keys go from card to card, with Shift they move it.

function columnsOf(board) {
  return [...board.querySelectorAll("section")].map((section) => [...section.querySelectorAll(".card")]);
}

// The card beside one: up and down in its column, left and right in the next column that has any.
export function beside(board, card, key) {
  const columns = columnsOf(board);
  const across = columns.findIndex((cards) => cards.includes(card));
  const down = columns[across].indexOf(card);
  if (key === "ArrowUp") return columns[across][down - 1];
  if (key === "ArrowDown") return columns[across][down + 1];
  if (key === "Home") return columns[across][0];
  if (key === "End") return columns[across].at(-1);
  const ahead = key === "ArrowLeft" ? columns.slice(0, across).reverse() : columns.slice(across + 1);
  const next = ahead.find((cards) => cards.length);
  return next && next[Math.min(down, next.length - 1)];
}

// The stage before or after that of a card.
export function stageBeside(board, card, key) {
  const stages = [...board.querySelectorAll("section")].map((section) => section.dataset.stage);
  return stages[stages.indexOf(card.dataset.stage) + (key === "ArrowLeft" ? -1 : 1)];
}

export function watchKeys(board, move) {
  const cards = () => [...board.querySelectorAll(".card")];
  const pick = (card) => {
    for (const one of cards()) one.tabIndex = one === card ? 0 : -1;
  };
  if (cards().length) pick(cards()[0]);
  board.addEventListener("focusin", (event) => pick(event.target.closest(".card") ?? cards()[0]));
  board.addEventListener("keydown", (event) => {
    const card = event.target;
    if (!card.classList.contains("card") || event.ctrlKey || event.altKey || event.metaKey) return;
    const { key } = event;
    if (key === "Enter") {
      card.querySelector("a").click();
    } else if (key === "m" || key === "M") {
      move(card);
    } else if (event.shiftKey && (key === "ArrowLeft" || key === "ArrowRight")) {
      const stage = stageBeside(board, card, key);
      if (stage) move(card, stage);
    } else if (["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End"].includes(key)) {
      beside(board, card, key)?.focus();
    } else {
      return;
    }
    event.preventDefault();
  });
}
