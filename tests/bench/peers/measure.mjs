// node measure.mjs FOLDER SIZE SECONDS ENGINE: one engine at one size in one process, one line of JSON.
import fs from 'node:fs';
import { engines } from './engines.mjs';

const [folder, sizeText, secondsText, name] = process.argv.slice(2);
const size = Number(sizeText), seconds = Number(secondsText);
const used = () => { const { user, system } = process.cpuUsage(); return user + system; };

const policy = JSON.parse(fs.readFileSync(`${folder}/policy_${size}.json`));
const expected = JSON.parse(fs.readFileSync(`${folder}/expected_${size}.json`));
const answers = policy.rules.map((rule) => JSON.stringify({ rule: rule.name, ...rule.then }));
const lines = fs.readFileSync(`${folder}/cases.jsonl`, 'utf8').trimEnd().split('\n');

const begun = used();
const engine = await engines[name](folder, size, policy.facts);
const line = { load_ms: (used() - begun) / 1e3, us: {} };
const asked = lines.map((each) => engine.from(JSON.parse(each).facts));

// Every answer, or as many as there is time for where an engine takes its time.
line.wrong = line.checked = 0;
for (const until = Date.now() + 1000 * Math.max(2, 4 * seconds); line.checked < lines.length && (line.checked < 20 || Date.now() < until); ++line.checked) {
  const matched = [...await engine.decide(asked[line.checked])].sort((one, other) => one - other);
  if (JSON.stringify(matched) !== JSON.stringify(expected[line.checked])) ++line.wrong;
}

const decideText = (matched) => { let out = '['; for (const rule of matched) out += (out.length > 1 ? ',' : '') + answers[rule]; return out + ']'; };
const asynchronous = engine.decide(asked[0]) instanceof Promise;
const work = {
  case: (at) => engine.decide(asked[at]),
  text: asynchronous
    ? async (at) => decideText(await engine.decide(engine.from(JSON.parse(lines[at]).facts)))
    : (at) => decideText(engine.decide(engine.from(JSON.parse(lines[at]).facts))),
};

let next = 0, kept = 0;
async function run(decide, forUs) {
  const start = used(), wall = Date.now();
  let done = 0, spent = 0;
  for (let step = 1; spent < forUs || done < 3; step = Math.min(step * 2, 256)) {
    for (let nth = 0; nth < step; ++nth) {
      kept += (asynchronous ? await decide(next) : decide(next)).length;
      if (++next === lines.length) next = 0;
      ++done;
      if (spent > 0 && (Date.now() - wall) * 1e3 > 3 * forUs + 2e6) break; // an engine that is very slow
    }
    spent = used() - start;
  }
  return spent / done;
}

for (const [mode, decide] of Object.entries(work)) {
  await run(decide, Math.max(0.3, seconds * 0.3) * 1e6); // the compiler of Node.js needs its time
  line.us[mode] = await run(decide, seconds * 1e6);
}
line.memory_mb = Number(/VmHWM:\s+(\d+)/.exec(fs.readFileSync('/proc/self/status', 'utf8'))[1]) / 1024;
console.log(JSON.stringify(line));
process.exit(kept < 0 ? 1 : 0);
