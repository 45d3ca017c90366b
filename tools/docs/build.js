// The documents as HTML pages: node tools/docs/build.js [FOLDER], build/docs where none is named.
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import MarkdownIt from "markdown-it";
import { escapeHtml, loadHighlighter } from "./highlight.js";

const here = path.dirname(fileURLToPath(import.meta.url));
const source = path.join(here, "../../docs");
const declarations =
  /^(policy|parameter|fact|need|role|phase|action|answer|authority|phrases|script|calendar|event|score|define|rule|table|source|test|guarantee|term|when|then) /;

export async function renderer() {
  const highlight = await loadHighlighter();
  const markdown = new MarkdownIt({ html: false, linkify: false });
  const block = (code, isHeed) =>
    `<pre dir="ltr"${isHeed ? ' class="heed"' : ""}><code>${isHeed ? highlight(code) : escapeHtml(code)}</code></pre>\n`;
  markdown.renderer.rules.fence = (tokens, at) =>
    block(tokens[at].content, /^heed(-|$)/.test(tokens[at].info.trim()));
  markdown.renderer.rules.code_block = (tokens, at) =>
    block(tokens[at].content, declarations.test(tokens[at].content.trimStart()));
  // A paragraph, heading, item or table reads in the direction of its first letter.
  for (const name of ["paragraph_open", "heading_open", "list_item_open", "table_open"]) {
    markdown.renderer.rules[name] = (tokens, at, options, _, self) => {
      tokens[at].attrSet("dir", "auto");
      return self.renderToken(tokens, at, options);
    };
  }
  const links = markdown.renderer.rules.link_open ?? ((tokens, at, options, _, self) => self.renderToken(tokens, at, options));
  markdown.renderer.rules.link_open = (tokens, at, ...rest) => {
    const target = tokens[at].attrGet("href");
    if (!/^[a-z]+:/.test(target)) tokens[at].attrSet("href", target.replace(/\.md(#|$)/, ".html$1"));
    return links(tokens, at, ...rest);
  };
  return (text) => markdown.render(text);
}

function page(title, depth, body) {
  const top = "../".repeat(depth);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} · Heed</title>
<link rel="stylesheet" href="${top}style.css">
</head>
<body>
<nav><a href="${top}index.html">Heed</a></nav>
<main>
${body}</main>
</body>
</html>
`;
}

function documents(ending) {
  return fs
    .readdirSync(source, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith(ending))
    .sort();
}

export async function build(target) {
  const render = await renderer();
  const names = documents(".md");
  for (const name of names) {
    const text = fs.readFileSync(path.join(source, name), "utf8");
    const title = /^# (.*)$/m.exec(text)?.[1] ?? name;
    const file = path.join(target, name.replace(/\.md$/, ".html"));
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, page(title, name.split(path.sep).length - 1, render(text)));
  }
  for (const name of documents(".svg")) {
    fs.mkdirSync(path.dirname(path.join(target, name)), { recursive: true });
    fs.copyFileSync(path.join(source, name), path.join(target, name));
  }
  fs.copyFileSync(path.join(here, "style.css"), path.join(target, "style.css"));
  return names;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const target = path.resolve(process.argv[2] ?? path.join(here, "../../build/docs"));
  const names = await build(target);
  console.log(`${names.length} pages in ${target}`);
}
