// node zen.mjs PORT FOLDER SIZE: ZEN behind node:http. A case's JSON in, the answers of the rules that match out.
import fs from 'node:fs';
import http from 'node:http';
import { engines } from '../peers/engines.mjs';

const [port, folder, size] = process.argv.slice(2);
const policy = JSON.parse(fs.readFileSync(`${folder}/policy_${size}.json`));
const answers = policy.rules.map((rule) => JSON.stringify({ rule: rule.name, ...rule.then }));
const engine = await engines.zen(folder, Number(size), policy.facts);

http.createServer((request, response) => {
  const pieces = [];
  request.on('data', (piece) => pieces.push(piece));
  request.on('end', async () => {
    try {
      const matched = await engine.decide(JSON.parse(Buffer.concat(pieces)).facts);
      const body = Buffer.from(`[${matched.map((rule) => answers[rule]).join(',')}]`);
      response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': body.length }).end(body);
    } catch (error) {
      response.writeHead(400).end(String(error));
    }
  });
}).listen(Number(port), '127.0.0.1', () => console.log('listening'));
