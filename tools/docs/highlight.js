// Heed text as HTML, by the grammar that the editor uses (tools/vscode/syntaxes).
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
const { INITIAL, Registry, parseRawGrammar } = require("vscode-textmate");
const oniguruma = require("vscode-oniguruma");

const here = path.dirname(fileURLToPath(import.meta.url));
const grammarFile = path.join(here, "../vscode/syntaxes/heed.tmLanguage.json");

// The first of these that a scope begins with gives a word its class.
const classes = [
  ["comment", "comment"],
  ["constant.character.escape", "escape"],
  ["meta.template.expression", "slot"],
  ["string", "text"],
  ["constant.numeric", "number"],
  ["constant.other", "number"],
  ["constant.language", "value"],
  ["keyword.declaration", "declaration"],
  ["keyword.other.unit", "unit"],
  ["keyword", "keyword"],
  ["support.type", "type"],
  ["entity.name", "name"],
  ["variable.other.constant", "name"],
  ["variable", "path"],
];

function classOf(scopes) {
  for (const scope of [...scopes].reverse()) {
    const found = classes.find(([begin]) => scope.startsWith(begin));
    if (found) return found[1];
  }
  return undefined;
}

export function escapeHtml(text) {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
}

const rightToLeft = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFF]/;

/** A line reads from left to right; each Hebrew word or text is set apart, so that it moves nothing beside it. */
function wordHtml(text, kind) {
  const inner = rightToLeft.test(text) ? `<bdi>${escapeHtml(text)}</bdi>` : escapeHtml(text);
  return kind ? `<span class="h-${kind}">${inner}</span>` : inner;
}

/** Words of one kind that stand beside each other are one, but for the quotes of a text. */
function join(tokens, line) {
  const words = [];
  for (const token of tokens) {
    const text = line.slice(token.startIndex, token.endIndex);
    const kind = classOf(token.scopes);
    const last = words.at(-1);
    if (last && last.kind === kind && kind === "text" && !text.includes('"') && !last.text.includes('"')) last.text += text;
    else words.push({ kind, text });
  }
  return words;
}

/** Quotes stay outside of what is set apart: they belong to the line. */
function textHtml({ kind, text }) {
  if (kind !== "text" || !rightToLeft.test(text)) return wordHtml(text, kind);
  const [, open, inner, close] = /^("?)(.*?)("?)$/su.exec(text);
  return `<span class="h-text">${escapeHtml(open)}<bdi>${escapeHtml(inner)}</bdi>${escapeHtml(close)}</span>`;
}

export async function loadHighlighter() {
  const wasm = fs.readFileSync(require.resolve("vscode-oniguruma/release/onig.wasm"));
  await oniguruma.loadWASM(wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength));
  const registry = new Registry({
    onigLib: Promise.resolve({
      createOnigScanner: oniguruma.createOnigScanner,
      createOnigString: oniguruma.createOnigString,
    }),
    loadGrammar: async (scope) =>
      scope === "source.heed" ? parseRawGrammar(fs.readFileSync(grammarFile, "utf8"), grammarFile) : null,
  });
  const grammar = await registry.loadGrammar("source.heed");
  return function highlight(code) {
    let stack = INITIAL;
    const lines = code.replace(/\n$/, "").split("\n");
    return lines
      .map((line) => {
        const result = grammar.tokenizeLine(line, stack);
        stack = result.ruleStack;
        return join(result.tokens, line).map(textHtml).join("");
      })
      .join("\n");
  };
}
