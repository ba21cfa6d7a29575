// Run from the project's root: see test_scripts.py.
import js from "@eslint/js";
import globals from "globals";

const HOUSE = {
  curly: ["error", "multi-line"],
  eqeqeq: "error",
  "func-style": ["error", "declaration", { allowArrowFunctions: true }],
  "max-depth": ["error", 3],
  "max-len": ["error", { code: 120 }],
  "max-lines": ["error", 200],
  "max-lines-per-function": ["error", 40],
  "max-params": ["error", 4],
  "max-statements-per-line": ["error", { max: 1 }],
  "no-console": "error",
  "no-implicit-globals": "error",
  "no-shadow": "error",
  "no-var": "error",
  "prefer-const": "error",
};

export default [
  { ignores: ["**/vendor/**", "**/vis-network/**", "**/.venv/**"] },
  js.configs.recommended,
  {
    files: ["**/*.js"],
    languageOptions: { sourceType: "module", globals: globals.browser },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: HOUSE,
  },
  // The mind map is one file with the library before its script.
  { files: ["viz/mindmap/assets/**"], languageOptions: { globals: { vis: "readonly" } } },
  { files: ["tests/js/**"], languageOptions: { globals: globals.node } },
];
