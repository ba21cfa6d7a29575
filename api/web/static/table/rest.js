// A long table comes with its first rows; the others are asked for when somebody wants them.
import { mainRows } from "./details.js";

// How many rows the table has, those included that have not come.
export function total(table) {
  return Number(table.dataset.total ?? 0);
}

export function isWhole(table) {
  return !table.id || mainRows(table).length >= total(table);
}

// Rows come in parts, each cut from the page as the server draws it from there on.
export async function fetchRest(table) {
  while (!isWhole(table)) {
    const here = mainRows(table).length;
    const address = new URL(location.href);
    address.searchParams.set("from", here);
    const answer = await fetch(address);
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const rows = [...(page.getElementById(table.id)?.tBodies[0].rows ?? [])];
    table.tBodies[0].append(...rows.map((row) => document.adoptNode(row)));
    if (mainRows(table).length === here) return; // nothing came: what is here is all
  }
}
