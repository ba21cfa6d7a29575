// Where a card leads: explorer, what-if, leads, and the forms that correct and add. Addresses by id where there is one.

function address(path, fields) {
  return `${path}?${new URLSearchParams(Object.entries(fields).filter(([, value]) => value))}`;
}

export function show(kind, id) {
  return address("/show", { kind, id });
}

// The forms of the editor, filled with what is known here.
export function forms(card, { chain, county }) {
  const back = location.pathname + location.search;
  const place = { 产业链: chain, 县市区: county };
  const edit = (kind, fields) => address("/edit", { kind, ...fields, back });
  return [
    { caption: "更正环节", href: edit("环节", { id: card.id }) },
    { caption: "添加企业", href: edit("企业", { ...place, 环节: card.name }) },
    { caption: "添加供入", href: edit("环节供给", { ...place, 下游环节: card.name }) },
    { caption: "添加供出", href: edit("环节供给", { ...place, 上游环节: card.name }) },
    { caption: "添加外部来源", href: edit("外部供给", { ...place, 环节: card.name }) },
    { caption: "添加下级环节", href: edit("环节", { ...place, 上级环节: card.name, 阶段: card.stage }) },
  ];
}

// The state of a firm on a segment, corrected in place.
export function correct(firm, card, { chain, county }) {
  const back = location.pathname + location.search;
  return address("/edit", { kind: "企业", id: firm, 产业链: chain, 县市区: county, 环节: card.name, field: "状态", back });
}

export function links(card, { chain_id: chain }) {
  const graph = { caption: "在图谱中看", href: address("/graph", { node: card.id }) };
  if (card.ghost) return [{ caption: "看这个环节", href: show("环节", card.id) }, graph];
  return [
    graph,
    { caption: "假如", href: address("/recruiting", { chain, segment: card.id }) },
    { caption: "立为线索", href: address("/file/lead", { segment: card.id }) },
  ];
}

// The menu of a card.
export function entries(card, scene, state, { change, pick, fold, pinned }) {
  const own = { caption: "看依据", action: () => pick(card.id) };
  const way = [
    { caption: "从这里找路", action: () => change({ from: card.id, to: "" }) },
    ...(state.from && state.from !== card.id
      ? [{ caption: "到这里", action: () => change({ to: card.id }) }]
      : []),
  ];
  return [
    ...(card.ghost ? [] : [own]),
    ...links(card, scene),
    state.focus === card.id
      ? { caption: "不再聚焦", action: () => change({ focus: "" }) }
      : { caption: "聚焦上下游", action: () => change({ focus: card.id }) },
    ...way,
    ...(card.fold ? [{ caption: card.fold.open ? "收起下级环节" : "展开下级环节", action: () => fold(card.id) }] : []),
    { caption: "隐藏", action: () => change({ gone: [...state.gone, card.id], pick: "" }) },
    pinned,
    ...(card.ghost ? [] : forms(card, scene)),
  ];
}
