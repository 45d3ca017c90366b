// The grammar, through the library that VS Code itself uses.
"use strict";
const assert = require("node:assert");
const fs = require("node:fs");
const path = require("node:path");
const test = require("node:test");
const { INITIAL, Registry, parseRawGrammar } = require("vscode-textmate");
const { createOnigScanner, createOnigString, loadWASM } = require("vscode-oniguruma");

const root = path.join(__dirname, "..");
const file = path.join(root, "syntaxes/heed.tmLanguage.json");

async function load() {
  await loadWASM(fs.readFileSync(require.resolve("vscode-oniguruma/release/onig.wasm")).buffer);
  const registry = new Registry({
    onigLib: Promise.resolve({ createOnigScanner, createOnigString }),
    loadGrammar: async () => parseRawGrammar(fs.readFileSync(file, "utf8"), file),
  });
  return registry.loadGrammar("source.heed");
}

/** Words of a text with their innermost scope. */
function scopes(grammar, text) {
  const found = [];
  let stack = INITIAL;
  for (const line of text.split("\n")) {
    const result = grammar.tokenizeLine(line, stack);
    stack = result.ruleStack;
    for (const token of result.tokens) {
      const word = line.slice(token.startIndex, token.endIndex).trim();
      if (word) found.push([word, token.scopes.at(-1)]);
    }
  }
  return found;
}

const cases = [
  ["rule blamed # why", "blamed", "entity.name.function.heed"],
  ["rule blamed # why", "# why", "comment.line.number-sign.heed"],
  ["rule פיצוי", "פיצוי", "entity.name.function.heed"],
  ['fact מע"מ is number', 'מע"מ', "entity.name.type.heed"],
  ['fact מע"מ is number', "number", "support.type.heed"],
  ["  when customer.is.known is known", "customer.is.known", "variable.other.property.heed"],
  ["  when customer.is.known is known", "is", "keyword.operator.word.heed"],
  ["  when x >= 200 ILS", "200", "constant.numeric.heed"],
  ["  when x >= 200 ILS", "ILS", "keyword.other.unit.heed"],
  ["  then do refund within 4 working hours", "working hours", "keyword.other.unit.heed"],
  ["  then do refund within 4 working hours", "refund", "entity.name.function.heed"],
  ["  from 2026-01-01", "2026-01-01", "constant.other.date.heed"],
  ["  he \"דו\"ח מוכן\" # x", "# x", "comment.line.number-sign.heed"],
  ["  en \"Dear {customer.name}\"", "{customer.name}", "variable.other.slot.heed"],
  ['  en "called {n: one once | other {#} times}."', "{n: one once | other {#} times}", "variable.other.slot.heed"],
  ['  en "{{In braces}}"', "{{", "constant.character.escape.heed"],
  ["  en \"not closed", "not closed", "string.quoted.double.heed"],
  ["need psychological respect", "respect", "entity.name.type.heed"],
  ['term ticket.priority.high en "high"', "ticket.priority.high", "entity.name.type.heed"],
  ['term "on time" he "בזמן"', "term", "keyword.control.heed"],
];

test("each word has the scope of what it is", async () => {
  const grammar = await load();
  for (const [text, word, scope] of cases) {
    const all = scopes(grammar, text);
    const found = all.find(([name]) => name === word || name.replace(/"/g, "").trim() === word);
    assert.ok(found, `${word} is no token of ${text}: ${JSON.stringify(all)}`);
    assert.ok(scope.endsWith(found[1]) || found[1].endsWith(scope), `${word}: ${found[1]}, not ${scope}`);
  }
});

test("a text that is not closed ends with its line", async () => {
  const grammar = await load();
  const all = scopes(grammar, '  en "not closed\nrule next');
  assert.deepEqual(all.at(-1), ["next", "entity.name.function.heed"]);
});

test("every policy of the repository is read without losing its place", async () => {
  const grammar = await load();
  const folder = path.join(root, "../../rules/service_recovery");
  for (const name of fs.readdirSync(folder).filter((it) => it.endsWith(".heed"))) {
    for (const line of fs.readFileSync(path.join(folder, name), "utf8").split("\n")) {
      const result = grammar.tokenizeLine(line, INITIAL);
      assert.equal(result.ruleStack.depth, 1, `${name}: ${line}`);
    }
  }
});
