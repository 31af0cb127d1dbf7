// The table of bench_rules.c (80 rules, 7 inputs, 3 outputs, UNIQUE) in the engines on npm, one thread, the same kind of random
// inputs; every outcome is compared with a plain computation. Prints rows of a Markdown table.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const seconds = Number(process.env.BENCH_SECONDS || 5);
const names = ['care', 'income', 'region', 'age', 'household', 'note', 'applied'];
const rules = [];
for (let c = 0; c < 4; c++) for (let i = 0; i < 5; i++) for (let g = 0; g < 2; g++) for (let d = 0; d < 2; d++) {
	const r = rules.length;
	rules.push({
		tests: [`[${c * 10}..${c * 10 + 10})`, `[${i * 1000}..${i * 1000 + 1000})`, `"R${g}","S${g}"`, '>= 18', '', '',
			d ? '>= date("2010-01-01")' : '[date("2008-01-01")..date("2010-01-01"))'],
		outputs: [String(r), `"route ${r % 7}"`, r % 2 ? 'true' : 'false'],
	});
}
let seed = 20260701n;
const random = (n) => {
	seed = (seed * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn;
	return Number((seed >> 33n) % BigInt(n));
};
const samples = Array.from({ length: 500 }, () => {
	const care = random(40), income = random(5000), region = random(2);
	const day = new Date(Date.UTC(2008, 0, 1 + random(1400)));
	const late = day >= new Date(Date.UTC(2010, 0, 1)) ? 1 : 0;
	return {
		input: { care, income, region: (random(2) ? 'R' : 'S') + region, age: 18 + random(60), household: 2, note: 'none',
			applied: day.toISOString().slice(0, 10) },
		want: ((Math.floor(care / 10) * 5 + Math.floor(income / 1000)) * 2 + region) * 2 + late,
	};
});

const measure = async (name, decide) => {
	const begin = performance.now();
	let n = 0;
	while (performance.now() - begin < seconds * 1000) {
		const s = samples[n++ % samples.length];
		const got = await decide(s.input);
		if (Number(got) !== s.want)
			throw new Error(`${name}: ${JSON.stringify(s)} gave ${got}`);
	}
	const took = (performance.now() - begin) / 1000;
	console.log(`| ${name} | ${Math.round(n / took).toLocaleString('en')} |`);
};

const zen = async () => {
	const { ZenEngine } = require('@gorules/zen-engine');
	const name = `zen-engine ${require('@gorules/zen-engine/package.json').version} (Rust)`;
	const date = (t) => t.replace(/date\("([^"]*)"\)/g, 'd("$1")').replace(/^>= (.*)$/, '$ >= $1');
	const cell = (t, i) => i === 2 ? t.replace(',', ', ') : i === 6 ? date(t).replace(/^\[(d\([^)]*\))\.\.(d\([^)]*\))\)$/, 'd($) >= $1 and d($) < $2').replace('$ >=', 'd($) >=') : t;
	const table = {
		hitPolicy: 'first',
		inputs: names.map((n, i) => ({ id: `i${i}`, name: n, type: 'expression', field: n })),
		outputs: ['amount', 'route', 'advance'].map((n, i) => ({ id: `o${i}`, name: n, type: 'expression', field: n })),
		rules: rules.map((r, k) => Object.fromEntries([['_id', String(k)], ...r.tests.map((t, i) => [`i${i}`, cell(t, i)]),
			...r.outputs.map((t, i) => [`o${i}`, t])])),
	};
	const graph = {
		nodes: [{ id: 'a', type: 'inputNode', name: 'in', position: { x: 0, y: 0 } },
			{ id: 'b', type: 'decisionTableNode', name: 'table', position: { x: 0, y: 0 }, content: table },
			{ id: 'c', type: 'outputNode', name: 'out', position: { x: 0, y: 0 } }],
		edges: [{ id: 'x', sourceId: 'a', targetId: 'b', type: 'edge' }, { id: 'y', sourceId: 'b', targetId: 'c', type: 'edge' }],
	};
	const decision = new ZenEngine().createDecision(Buffer.from(JSON.stringify(graph)));
	await measure(name, async (input) => (await decision.evaluate(input)).result.amount);
	await measure(`${name}, with trace`, async (input) => (await decision.evaluate(input, { trace: true })).result.amount);
};

const feelin = async () => {
	const { unaryTest } = await import('feelin');
	const value = (r) => (r && typeof r === 'object' && 'value' in r ? r.value : r);
	const { evaluate } = await import('feelin');
	await measure('feelin 8.2 (JavaScript), own loop over the cells', (input) => {
		const context = { ...input, applied: value(evaluate(`date("${input.applied}")`)) };
		for (const rule of rules)
			if (rule.tests.every((t, i) => !t || value(unaryTest(t, { ...context, '?': context[names[i]] })) === true))
				return rule.outputs[0];
		return undefined;
	});
};

const escape = (t) => t.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
const dmnEval = async () => {
	const { decisionTable } = require('@hbtgmbh/dmn-eval-js');
	const xml = `<definitions xmlns="http://www.omg.org/spec/DMN/20151101/dmn.xsd" id="m" name="m" namespace="m"><decision id="grant" name="grant">
<decisionTable hitPolicy="UNIQUE">${names.map((n, i) => `<input id="i${i}"><inputExpression id="x${i}" typeRef="${i === 2 || i === 5 ? 'string' : i === 6 ? 'date' : 'number'}"><text>${i === 6 ? 'date(applied)' : n}</text></inputExpression></input>`).join('')}
${['amount', 'route', 'advance'].map((n, i) => `<output id="o${i}" name="${n}" typeRef="string"/>`).join('')}
${rules.map((r, k) => `<rule id="r${k}">${r.tests.map((t) => `<inputEntry><text>${escape(t)}</text></inputEntry>`).join('')}${r.outputs.map((t) => `<outputEntry><text>${escape(t)}</text></outputEntry>`).join('')}</rule>`).join('')}
</decisionTable></decision></definitions>`;
	const decisions = await decisionTable.parseDmnXml(xml);
	await measure('dmn-eval-js 1.5 (JavaScript)', (input) => decisionTable.evaluateDecision('grant', decisions, { ...input }).amount);
};

for (const engine of [zen, feelin, dmnEval])
	await engine().catch((e) => console.log(`| ${engine.name} | not measured: ${e.message.split('\n')[0].slice(0, 100)} |`));
