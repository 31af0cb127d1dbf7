// Makes dist/grutto.css: the components we use from NL Design System (Utrecht), the design tokens they
// reach, our theme and our layout. Run: npm ci && node build.mjs. The result is committed, so that
// building Grutto needs no Node.
import { readFileSync, writeFileSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "node_modules");
const components = [
  "alert", "breadcrumb-nav", "button", "checkbox", "data-list", "figure", "form-label",
  "heading-1", "heading-2", "heading-3", "heading-4", "link", "mark", "ordered-list", "paragraph", "select",
  "separator", "skip-link", "table", "textbox", "unordered-list",
];
const own = ["theme.css", "layout.css", "chart.css", "print.css"];

const plain = (css) => css.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^@charset[^;]*;/gm, "");
const read = (...parts) => plain(readFileSync(join(...parts), "utf8"));

// The token file's declarations, by name.
const tokenText = read(modules, "@nl-design-system-unstable/voorbeeld-design-tokens/dist/theme.css");
const tokens = new Map([...tokenText.matchAll(/(--[\w-]+)\s*:\s*([^;]+);/g)].map((m) => [m[1], m[2].trim()]));

const ours = own.map((name) => read(here, name)).join("\n");
const used = components.map((name) => read(modules, `@utrecht/${name}-css/dist/index.css`)).join("\n");

// Every token that the components or our own sheets name, and what those name in turn.
const reached = new Set();
const todo = [...(used + ours).matchAll(/var\(\s*(--[\w-]+)/g)].map((m) => m[1]);
while (todo.length) {
  const name = todo.pop();
  if (reached.has(name) || !tokens.has(name)) continue;
  reached.add(name);
  todo.push(...[...tokens.get(name).matchAll(/var\(\s*(--[\w-]+)/g)].map((m) => m[1]));
}
const theme = `.grutto-theme{${[...reached].sort().map((n) => `${n}:${tokens.get(n)}`).join(";")}}`;

const small = (css) => css.replace(/\s+/g, " ").replace(/ ?([{};,]) ?/g, "$1").replace(/;}/g, "}").trim();
const head = `/*! Grutto style sheet, made by web/build.mjs. Licence EUPL-1.2.
 * Contains parts of @utrecht/component-library-css 9.0.4, EUPL-1.2, Copyright (c) 2020-2024 Frameless B.V.,
 * Copyright (c) 2021-2024 Gemeente Utrecht; and of @nl-design-system-unstable/voorbeeld-design-tokens 7.4.1, EUPL-1.2,
 * Copyright (c) the NL Design System community. */
`;
mkdirSync(join(here, "dist"), { recursive: true });
writeFileSync(join(here, "dist/grutto.css"), head + small(theme + used + ours) + "\n");
// The charts' paint for paper, where the program that sets PDFs knows no variables, no at-rules, no painting order.
const chart = read(here, "chart.css");
const paints = new Map();
for (const m of chart.matchAll(/(--chart-[\w-]+)\s*:\s*([^;]+);/g))
  if (!paints.has(m[1])) paints.set(m[1], m[2].trim());
const flat = chart.replace(/@[^{}]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}/g, "").replace(/[^{}]*\{[^{}]*--chart-ink:[^{}]*\}/, "")
  .replace(/var\((--chart-[\w-]+)\)/g, (_, name) => paints.get(name))
  .replace(/stroke-width: 4px;/, "stroke-width: 0;").replace(/^\s*(paint-order|inline-size|max-inline-size|block-size|container-type|overflow):[^;]*;\n/gm, "");
writeFileSync(join(here, "../src/feat/evaluation/drawing.css"),
  "/* Made by web/build.mjs from web/chart.css. */\n" + flat.replace(/\{\s*\}/g, "{}").replace(/[^{}]*\{\}/g, "").replace(/\n{2,}/g, "\n").trim() + "\n");
// The drawing board of the editor: dmn-js, its style sheets one behind the other, and what ties it to our form. It is
// unchanged but for the rule that looks for its letters in files: they are inside the style sheet as well.
// Its licence asks that its watermark stays; it is loaded on that page alone.
const board = join(modules, "dmn-js/dist");
const sheets = ["diagram-js", "dmn-js-shared", "dmn-js-drd", "dmn-js-decision-table", "dmn-js-decision-table-controls",
  "dmn-js-boxed-expression", "dmn-js-boxed-expression-controls", "dmn-js-literal-expression", "dmn-font/css/dmn-embedded"];
const licence = readFileSync(join(modules, "dmn-js/LICENSE"), "utf8");
const notice = `/*! dmn-js ${JSON.parse(readFileSync(join(modules, "dmn-js/package.json"), "utf8")).version}\n${licence}*/\n`;
writeFileSync(join(here, "dist/dmn-js.css"),
  notice + sheets.map((name) => readFileSync(join(board, `assets/${name}.css`), "utf8")).join("\n")
    .replace(/@font-face \{[^}]*\.\.\/font\/dmn\.eot[^}]*\}\r?\n/, ""));
writeFileSync(join(here, "dist/dmn-modeler.js"), notice + readFileSync(join(board, "dmn-modeler.production.min.js"), "utf8"));
writeFileSync(join(here, "dist/editor.js"), readFileSync(join(here, "editor.js"), "utf8"));
console.log(`${reached.size} tokens of ${tokens.size}`);
