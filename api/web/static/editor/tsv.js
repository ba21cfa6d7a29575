// What a spreadsheet puts on the clipboard: cells between tabs, rows between line breaks, quotes round either.

// The rows of a text; a quoted cell may hold tabs, line breaks and doubled quotes.
export function readCells(text) {
  const source = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  const rows = [[]];
  for (let at = 0; ; ) {
    const [cell, end] = source[at] === '"' ? quoted(source, at) : plain(source, at);
    rows.at(-1).push(cell);
    if (end >= source.length) return rows;
    if (source[end] === "\n") rows.push([]);
    at = end + 1;
  }
}

function plain(source, from) {
  let end = from;
  while (end < source.length && source[end] !== "\t" && source[end] !== "\n") end += 1;
  return [source.slice(from, end), end];
}

function quoted(source, from) {
  let at = from + 1;
  for (;;) {
    const end = source.indexOf('"', at);
    if (end < 0) return plain(source, from); // never closed: a cell that begins with a quote
    if (source[end + 1] === '"') {
      at = end + 2;
      continue;
    }
    const after = source[end + 1];
    if (after !== undefined && after !== "\t" && after !== "\n") return plain(source, from);
    return [source.slice(from + 1, end).replaceAll('""', '"'), end + 1];
  }
}

function plainName(text) {
  return text.normalize("NFKC").replace(/[\s*＊]/g, "").toLowerCase();
}

// Which columns a first row names, as places among `columns`; null where it is no header but data.
export function headerOf(cells, columns) {
  const places = cells.map((cell) => {
    const name = plainName(cell);
    const exact = columns.findIndex((c) => plainName(c.caption) === name);
    return exact >= 0 ? exact : columns.findIndex((c) => c.names.some((n) => plainName(n) === name));
  });
  const named = cells.filter((cell) => cell.trim()).length;
  const known = places.filter((place) => place >= 0).length;
  return known > 0 && known * 2 >= named ? places : null;
}
