// What may stand on a segment, in the order of the panel: the key of the scene, its caption, its colour on the map.
export const KINDS = [
  { key: "firms", caption: "企业", color: "#0e7c86" },
  { key: "sources", caption: "外部来源", color: "#6b5b00" },
  { key: "technologies", caption: "关键技术", color: "#722ed1" },
  { key: "needs", caption: "技术需求", color: "#ad5700" },
  { key: "projects", caption: "项目", color: "#237804" },
  { key: "achievements", caption: "科技成果", color: "#8a6100" },
  { key: "platforms", caption: "平台", color: "#0b5cad" },
];
