// Random FEEL expressions and what feelin, an independent implementation in JavaScript, makes of them: the rows of
// src/engine/feel/t_feel_peer.h. Whole numbers only, since feelin computes with doubles; expressions that give null, a warning or
// an error are left out, since engines differ in what they call an error; "between" has its bounds in order, since feelin exchanges
// them otherwise, where the standard says x >= low and x <= high. Run from the project's root, after npm ci in bench/peers:
//   node tests/differential/feel_peer.mjs > src/engine/feel/t_feel_peer.h
import { createRequire } from 'node:module';

const require = createRequire(new URL('../../bench/peers/package.json', import.meta.url));
const { evaluate } = require('feelin');
let seed = 20081127n;
const random = (n) => {
	seed = (seed * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn;
	return Number((seed >> 33n) % BigInt(n));
};
const pick = (...list) => list[random(list.length)];
const words = ['"a"', '"grant"', '"Oslo"', '"b c"', '""', '"été"'];

const number = (d) => d <= 0 ? String(random(20)) : pick(
	() => String(random(100)), () => `(${number(d - 1)} + ${number(d - 1)})`, () => `${number(d - 1)} * ${number(d - 2)}`,
	() => `(${number(d - 1)} - ${number(d - 1)})`, () => `-${number(d - 2)}`, () => `(if ${truth(d - 1)} then ${number(d - 1)} else ${number(d - 1)})`,
	() => `count(${list(d - 1)})`, () => `sum([${number(d - 1)}, ${number(d - 2)}])`, () => `max(${number(d - 1)}, ${number(d - 1)})`,
	() => `min([${number(d - 1)}, ${number(d - 1)}])`, () => `string length(${string(d - 1)})`, () => `abs(${number(d - 1)})`,
	() => `modulo(${number(d - 1)}, ${1 + random(9)})`, () => `floor(${number(d - 1)})`, () => `{n: ${number(d - 1)}, m: n + 1}.m`,
	() => `[${number(d - 1)}, ${number(d - 1)}][${pick(1, 2, -1)}]`, () => `(function(x, y) x - y)(${number(d - 1)}, ${number(d - 1)})`,
	() => `product([${number(d - 1)}, ${1 + random(4)}])`, () => `(for i in [${number(d - 1)}] return i + 1)[1]`)();
const string = (d) => d <= 0 ? pick(...words) : pick(
	() => pick(...words), () => `${string(d - 1)} + ${string(d - 1)}`, () => `upper case(${string(d - 1)})`, () => `lower case(${string(d - 1)})`,
	() => `substring("development", ${1 + random(5)}, ${1 + random(5)})`, () => `substring before("a-b-c", "-")`, () => `substring after(${string(d - 1)}, "a")`,
	() => `(if ${truth(d - 1)} then ${string(d - 1)} else ${string(d - 1)})`, () => `string(${number(d - 1)})`, () => `{s: ${string(d - 1)}}.s`)();
const truth = (d) => d <= 0 ? pick('true', 'false') : pick(
	() => `${number(d - 1)} ${pick('<', '<=', '>', '>=', '=', '!=')} ${number(d - 1)}`, () => `${string(d - 1)} ${pick('=', '!=')} ${string(d - 1)}`,
	() => `(${truth(d - 1)} and ${truth(d - 1)})`, () => `(${truth(d - 1)} or ${truth(d - 1)})`, () => `not(${truth(d - 1)})`,
	() => `${number(d - 1)} between ${random(30)} and ${30 + random(60)}`, () => `(${number(d - 1)} in [${random(9)}..${9 + random(9)}])`,
	() => `(${number(d - 1)} in (< ${random(50)}, ${random(50)}))`, () => `(some x in ${list(d - 1)} satisfies x > ${random(20)})`,
	() => `(every x in ${list(d - 1)} satisfies x < ${random(90)})`, () => `contains(${string(d - 1)}, "a")`, () => `starts with(${string(d - 1)}, "g")`,
	() => `list contains(${list(d - 1)}, ${random(20)})`, () => `${list(d - 1)} = ${list(d - 1)}`, () => `odd(${number(d - 1)})`)();
const list = (d) => d <= 0 ? `[${Array.from({ length: 1 + random(4) }, () => random(20)).join(', ')}]` : pick(
	() => list(0), () => `(for x in ${list(d - 1)} return x * ${random(5)})`, () => `${list(d - 1)}[item > ${random(15)}]`, () => `reverse(${list(d - 1)})`,
	() => `concatenate(${list(d - 1)}, ${list(d - 1)})`, () => `append(${list(d - 1)}, ${number(d - 1)})`, () => `distinct values(${list(d - 1)})`,
	() => `sort(${list(d - 1)}, function(a, b) a ${pick('<', '>')} b)`, () => `flatten([${list(d - 1)}, ${random(9)}])`, () => `union(${list(d - 1)}, ${list(d - 1)})`,
	() => `(for i in 1..${1 + random(5)} return i)`, () => `insert before(${list(0)}, 1, ${number(d - 1)})`, () => `remove(${list(0)}, 1)`,
	() => `index of(${list(d - 1)}, ${random(20)})`, () => `[{v: ${number(d - 1)}}, {v: ${random(20)}}].v`)();

const safe = (v) => Array.isArray(v) ? v.every(safe) : typeof v === 'number' ? Number.isSafeInteger(v) && !Object.is(v, -0) : typeof v === 'string' || typeof v === 'boolean';
const quote = (s) => '"' + s.replace(/\\/g, '\\\\').replace(/"/g, '\\"') + '"';
console.log('/* Made by tests/differential/feel_peer.mjs with feelin 8.2.0, seed 20081127: expression, value as JSON. */');
for (let made = 0, tries = 0; made < 420 && tries < 20000; tries++) {
	const text = pick(number, string, truth, list)(3);
	if (text.length > 200)
		continue;
	let result;
	try {
		result = evaluate(text, {});
	} catch {
		continue;
	}
	const value = result && typeof result === 'object' && 'value' in result ? result.value : result;
	if ((result.warnings && result.warnings.length) || !safe(value))
		continue;
	console.log(`{${quote(text)},\n ${quote(JSON.stringify(value))}},`);
	made++;
}
