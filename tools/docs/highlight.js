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
  ["variable.other.slot", "slot"],
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

function span(kind, html) {
  return kind ? `<span class="h-${kind}">${html}</span>` : html;
}

/** What is Hebrew is set apart, so that it moves nothing beside it: a line reads from left to right. */
function apart(text, html) {
  return rightToLeft.test(text) ? `<bdi>${html}</bdi>` : html;
}

/** The words of a line: a text in quotes is one, with the slots and escapes in it as its parts. */
function wordsOf(tokens, line) {
  const words = [];
  for (const token of tokens) {
    const text = line.slice(token.startIndex, token.endIndex);
    const part = { kind: classOf(token.scopes), text };
    const inText = token.scopes.some((scope) => scope.startsWith("string."));
    const last = words.at(-1);
    if (inText && last?.inText && !last.closed) last.parts.push(part);
    else words.push({ inText, parts: [part], closed: false });
    const word = words.at(-1);
    const written = word.parts.map((it) => it.text).join("");
    word.closed = !inText || (written.length > 1 && part.text.endsWith('"') && part.kind === "text");
  }
  return words;
}

/** Quotes stay outside of what is set apart, and so does the sign of a comment: they belong to the line. */
function wordHtml({ inText, parts }) {
  const whole = parts.map((part) => part.text).join("");
  if (!inText) {
    const [, sign, rest] = /^(#\s*)?(.*)$/su.exec(whole);
    return span(parts[0].kind, escapeHtml(sign ?? "") + apart(rest, escapeHtml(rest)));
  }
  const close = whole.length > 1 && whole.endsWith('"') ? 1 : 0;
  let at = 0;
  const html = parts.map(({ kind, text }) => {
    const from = at === 0 ? 1 : 0;
    at += text.length;
    const inner = text.slice(from, at === whole.length ? text.length - close : undefined);
    return kind === "text" ? escapeHtml(inner) : span(kind, escapeHtml(inner));
  });
  return span("text", `&quot;${apart(whole, html.join(""))}${close ? "&quot;" : ""}`);
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
        return wordsOf(result.tokens, line).map(wordHtml).join("");
      })
      .join("\n");
  };
}
