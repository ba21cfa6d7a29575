// Ways along the arrows of a map: the shortest from card to card, and all that comes before and after one.

// The arrows of the shortest way from one card to another; null where none leads there.
export function shortest(arrows, from, to) {
  const came = new Map([[from, null]]);
  const queue = [from];
  while (queue.length && !came.has(to)) {
    const at = queue.shift();
    for (const arrow of arrows) {
      if (arrow.source !== at || came.has(arrow.target)) continue;
      came.set(arrow.target, arrow);
      queue.push(arrow.target);
    }
  }
  if (!came.has(to)) return null;
  const way = [];
  for (let arrow = came.get(to); arrow; arrow = came.get(arrow.source)) way.unshift(arrow);
  return way;
}

// Everything that feeds a card, however indirectly, everything that it feeds, and the card itself.
export function stream(arrows, id) {
  const before = reach(arrows, id, ({ target, source }) => [target, source]);
  const after = reach(arrows, id, ({ source, target }) => [source, target]);
  return new Set([...before, ...after]);
}

function reach(arrows, id, ends) {
  const reached = new Set([id]);
  for (const at of reached) {
    for (const arrow of arrows) {
      const [here, next] = ends(arrow);
      if (here === at) reached.add(next);
    }
  }
  return reached;
}
