// The engines that run in Node.js. Each answers, for a policy of so many rules,
//   { from(case): what it is asked with, decide(that): the numbers of the rules that match, perhaps a promise }
// `from` is outside what counts as evaluation, as a parsed case is for everyone.
import fs from 'node:fs';
import { createRequire } from 'node:module';

const load = createRequire(import.meta.url);

const text = (folder, name) => fs.readFileSync(`${folder}/${name}`);
const json = (folder, name) => JSON.parse(text(folder, name));

// The facts beside each other: customer_plan, case_topic, …
export function flattened(facts) {
  const flat = {};
  for (const group of Object.keys(facts)) for (const name of Object.keys(facts[group])) flat[`${group}_${name}`] = facts[group][name];
  return flat;
}

async function zen(folder, size) {
  const { ZenEngine, ZenDecisionContent } = load('@gorules/zen-engine');
  const decision = new ZenEngine().createDecision(new ZenDecisionContent(text(folder, `zen_${size}.json`)));
  return { from: (facts) => facts, decide: async (facts) => (await decision.evaluate(facts)).result.map((row) => row.rule) };
}

async function jsonRules(folder, size) {
  const { Engine } = load('json-rules-engine');
  const engine = new Engine(json(folder, `json_rules_${size}.json`));
  return { from: flattened, decide: async (facts) => (await engine.run(facts)).events.map((event) => event.params.rule) };
}

async function cel(folder, size, facts) {
  const { Environment } = await import('@marcbachmann/cel-js');
  const environment = new Environment();
  const types = { choice: 'string', flag: 'bool', whole: 'double', decimal: 'double' };
  for (const { name, kind } of facts) environment.registerVariable(name.replace('.', '_'), types[kind]);
  const conditions = json(folder, `cel_${size}.json`).map((each) => environment.parse(each));
  return {
    from: flattened,
    decide(asked) {
      const matched = [];
      for (let rule = 0; rule < conditions.length; ++rule) if (conditions[rule](asked)) matched.push(rule);
      return matched;
    },
  };
}

async function cedar(folder, size, facts) {
  const cedar = load('@cedar-policy/cedar-wasm/nodejs');
  const prepared = cedar.preparsePolicySet('policy', { staticPolicies: json(folder, `cedar_${size}.json`) });
  if (prepared.type !== 'success') throw new Error(JSON.stringify(prepared).slice(0, 300));
  const tenths = { 'customer.spent': 100, 'case.amount': 100, 'case.first_reply': 10 };
  const entity = (type) => ({ type, id: 'x' });
  return {
    from(given) {
      const context = {};
      for (const { name } of facts) {
        const [group, member] = name.split('.');
        const value = given[group][member];
        context[`${group}_${member}`] = tenths[name] ? Math.round(value * tenths[name]) : value;
      }
      return context;
    },
    decide(context) {
      const answer = cedar.statefulIsAuthorized({
        principal: entity('User'), action: entity('Action'), resource: entity('Case'), context,
        preparsedPolicySetId: 'policy', entities: [],
      });
      if (answer.type !== 'success' || answer.response.diagnostics.errors.length) throw new Error(JSON.stringify(answer).slice(0, 300));
      return answer.response.diagnostics.reason.map((name) => Number(name.slice(1)));
    },
  };
}

async function nodeRules(folder, size) {
  const { RuleEngine } = load('node-rules');
  const engine = new RuleEngine(load(`${fs.realpathSync(folder)}/node_rules_${size}.cjs`), { ignoreFactChanges: true });
  return {
    from: flattened,
    decide: (facts) => new Promise((done) => { facts.matched = []; engine.execute(facts, (state) => done(state.matched)); }),
  };
}

async function nools(folder, size) {
  let found = [];
  class Case { constructor(facts) { Object.assign(this, facts); } }
  const flow = load('nools').compile(text(folder, `nools_${size}.nools`).toString(),
    { name: `policy${size}`, define: { Case }, scope: { matched: (rule) => found.push(rule) } });
  const session = flow.getSession();
  return {
    from: flattened,
    async decide(facts) {
      found = [];
      const asserted = new Case(facts);
      session.assert(asserted);
      await new Promise((done, failed) => session.match((error) => (error ? failed(error) : done())));
      session.retract(asserted);
      return found;
    },
  };
}

export const engines = { zen, 'json-rules-engine': jsonRules, cel, cedar, 'node-rules': nodeRules, nools };
