import assert from "node:assert";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import test from "node:test";
import { build, renderer } from "../build.js";
import { loadHighlighter } from "../highlight.js";

test("words have the class of what they are", async () => {
  const highlight = await loadHighlighter();
  const html = highlight('rule blamed # why\n  when customer.tier is gold\n   and case.delay >= 3 days\n');
  assert.match(html, /<span class="h-declaration">rule<\/span> <span class="h-name">blamed<\/span>/);
  assert.match(html, /<span class="h-comment"># why<\/span>/);
  assert.match(html, /<span class="h-path">customer\.tier<\/span> <span class="h-keyword">is<\/span>/);
  assert.match(html, /<span class="h-number">3<\/span> <span class="h-unit">days<\/span>/);
});

test("Hebrew is set apart, its quotes are not", async () => {
  const highlight = await loadHighlighter();
  const html = highlight('  en "your fault"\n  he "לא אשמתי", "טעות"\nfact לקוח.דרגה is number\n');
  assert.match(html, /<span class="h-text">&quot;your fault&quot;<\/span>/);
  assert.match(html, /<bdi>לא אשמתי<\/bdi>/);
  assert.match(html, /<bdi>לקוח\.דרגה<\/bdi>/);
  assert.doesNotMatch(html, /<bdi>[^<]*&quot;[^<]*<\/bdi>/);
});

test("a Hebrew text is one with its slots, and the sign of a comment stays where it is", async () => {
  const highlight = await loadHighlighter();
  const html = highlight('  he "שלום {לקוח.שם}, \\"כן\\"." # הערה');
  assert.match(html, /&quot;<bdi>שלום <span class="h-slot">\{לקוח\.שם\}<\/span>, /);
  assert.match(html, /<\/bdi>&quot;<\/span>/);
  assert.match(html, /<span class="h-comment"># <bdi>הערה<\/bdi><\/span>/);
});

test("nothing of the text is lost, and nothing of it is markup", async () => {
  const highlight = await loadHighlighter();
  const code = 'test "a <b> & \\"c\\""\n  given x < 3 and y >= 4\n  expect מע"מ is 5%\n  he "דו"ח {a.b} x", "לא" # "y"\n  en "open\n  en ""';
  const plain = highlight(code).replace(/<[^>]*>/g, "").replace(/&lt;/g, "<").replace(/&gt;/g, ">")
    .replace(/&quot;/g, '"').replace(/&amp;/g, "&");
  assert.equal(plain, code);
});

test("pages link to pages, and Heed blocks are highlighted", async () => {
  const render = await renderer();
  const html = render("# שלום\n\n[more](policy-owner/tutorial.md#x)\n\n```heed-fragment\nrole agent\n```\n\n    fact a is number\n\n```console\n$ heed check\n```\n");
  assert.match(html, /<h1 dir="auto">/);
  assert.match(await render("| שם |\n|---|\n| ערך |\n"), /<table dir="auto">/);
  assert.match(html, /href="policy-owner\/tutorial\.html#x"/);
  assert.equal(html.match(/<pre dir="ltr" class="heed">/g).length, 2);
  assert.match(html, /<pre dir="ltr"><code>\$ heed check/);
});

test("pictures come along, and marks for programs are not seen", async () => {
  const target = fs.mkdtempSync(path.join(os.tmpdir(), "heed-docs-"));
  try {
    await build(target);
    const html = fs.readFileSync(path.join(target, "performance.html"), "utf8");
    const picture = /<img src="([^"]+)"/.exec(html)[1];
    assert.match(fs.readFileSync(path.join(target, picture), "utf8"), /^<svg/);
    assert.doesNotMatch(html, /peers: begin/);
  } finally {
    fs.rmSync(target, { recursive: true });
  }
});
