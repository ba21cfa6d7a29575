// What can be done to a node or a disc: the entries of its menu, the same for the canvas and the table.
export function nodeDeeds(node, { trail, asked, picks, pinned, chains, expand }) {
  const { id, kind, name } = node;
  const from = asked.from && asked.from !== id ? asked.from : picks.find((pick) => pick !== id);
  const entries = [
    ["展开它的关系", () => trail.act(`open.${id}`)],
    ["按关系展开…", () => expand(node)],
    ["看依据（内容与来源）", address("/show", { kind, id })],
    ["更正", address("/edit", { kind, id, back: "/graph" + location.search })],
    ["从这里找路", () => trail.set({ from: id, pick: [id] })],
  ];
  if (from) {
    entries.push(
      ["到这里：最短的路", () => trail.set(joined(asked, "path", from, id))],
      ["到这里：4步以内的路", () => trail.set(joined(asked, "paths", from, id))],
      ["与它共同的相邻对象", () => trail.set(joined(asked, "common", from, id))],
    );
  }
  entries.push(
    ["只看这个和固定的", () => trail.act(`only.${id}`)],
    ["隐藏", () => trail.act(`hide.${id}`)],
    pinned ? ["取消固定", () => trail.act(`free.${id}`)] : ["固定（筛选时也显示）", () => trail.act(`pin.${id}`)],
  );
  return [...entries, ...supposed(kind, name, chains)];
}

// 假如: a firm that stops, a segment to recruit for, on each of its chains.
function supposed(kind, name, chains) {
  const stop = ({ id, name: of }) => [`假如它停产（${of}）`, address("/recruiting", { chain: id, stop: name })];
  const recruit = ({ id }) => ["假如在这里招商", address("/recruiting", { chain: id, segment: name })];
  const what = { 企业: stop, 环节: recruit }[kind];
  return what ? chains.map(what) : [];
}

export function joined(asked, how, from, to) {
  return { do: [...asked.do, `${how}.${from}.${to}`], pick: [from, to], from: "" };
}

export function groupDeeds(disc, { trail, table }) {
  return [
    ["展开最相关的30个", () => trail.act(`group.${disc.of}.${disc.group}`)],
    ["从表中挑选…", () => table(disc.of, disc.group)],
  ];
}

export function address(path, fields) {
  return `${path}?${new URLSearchParams(fields)}`;
}
