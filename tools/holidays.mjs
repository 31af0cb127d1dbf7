// Makes the prices/calendars.csv and prices/holidays.csv of a pack from the npm package date-holidays:
//   node tools/holidays.mjs MODULES OUT, where MODULES holds date-holidays and cldr-core (npm install --prefix). Run by hand each
// year; the result is committed. A day counts when more than half of it is free: an eve that is free from noon does not.
import { createRequire } from "node:module";
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";

const [modules, out] = process.argv.slice(2);
const require = createRequire(resolve(modules, "x.js"));
const Holidays = require("date-holidays");
const { weekendStart, weekendEnd } = require("cldr-core/supplemental/weekData.json").supplemental.weekData;
const package_of = (n) => `${n} ${require(`${n}/package.json`).version}`;

// The Netherlands, the countries of the pack's prices, and the Philippines, of which the documentation has examples.
const countries = ["NL", "CW", "DO", "GH", "ID", "MA", "NG", "PH", "SO", "SR", "TR"];
const first = 2011, last = 2030;
const langs = ["nl", "fr", "tr", "ar", "es"];
const days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
// CLDR has Saturday and Sunday for every country that it does not name. Somalia's Ministry of Labour has Friday alone.
const weekend_of = { SO: [["fri"], "Ministry of Labour and Social Affairs of Somalia: Friday is the weekly day of rest"] };

const quoted = (s) => (/[",\n;]/.test(s) ? `"${s.replaceAll('"', '""')}"` : s);
const line = (...cells) => cells.map(quoted).join(",") + "\n";
const DAY = 86400000;

function weekend(country) {
	if (weekend_of[country]) return weekend_of[country];
	const from = days.indexOf(weekendStart[country] ?? weekendStart["001"]);
	const to = days.indexOf(weekendEnd[country] ?? weekendEnd["001"]);
	const list = [];
	for (let d = from; ; d = (d + 1) % 7) {
		list.push(days[d]);
		if (d === to) return [list, `Unicode CLDR (${package_of("cldr-core")})`];
	}
}

// Whole days that a holiday takes. Those of the Islamic calendar begin at sunset: "2026-03-20 00:00:00 -0600" is six hours
// before midnight.
function days_of(h) {
	const [day, time, shift] = h.date.split(" ");
	const begin = Date.parse(`${day}T${time}Z`) + (shift ? (Number(shift) / 100) * 3600000 : 0);
	const end = begin + (h.end - h.start);
	const list = [];
	for (let d = Math.floor(begin / DAY) * DAY; d < end; d += DAY)
		if (Math.min(end, d + DAY) - Math.max(begin, d) > DAY / 2) list.push(new Date(d).toISOString().slice(0, 10));
	return list;
}

const by_moon = (rule) => /Muharram|Safar|Rabi|Jumada|Rajab|Shaban|Ramadan|Shawwal|Dhu al/.test(rule);

function year_of(country, year, into) {
	// one for each language: the package goes on in the last language that it was asked for
	const list = (lang) => new Holidays(country).getHolidays(year, lang).filter((h) => h.type === "public");
	const own = new Set(new Holidays(country).getLanguages());
	const english = list("en"), native = list();
	const other = Object.fromEntries(langs.map((l) => [l, list(l)]));
	english.forEach((h, i) => {
		const names = {};
		for (const l of langs) {
			const name = other[l][i].name;
			if (name !== h.name && (own.has(l) || name !== native[i].name)) names[l] = name;
		}
		for (const day of days_of(h)) {
			const at = into.get(day) ?? { name: [], names: {}, expected: false };
			at.name.push(h.name.replaceAll(";", ","));
			for (const l of Object.keys(names)) (at.names[l] ??= []).push(names[l].replaceAll(/[;=]/g, ","));
			at.expected ||= by_moon(h.rule);
			at.n = at.name.length;
			into.set(day, at);
		}
	});
}

// Holidays that the package knows by their dates alone end with its list, and so does the calendar.
function reach(country) {
	const years = new Map();
	for (let y = first - 1; y <= last + 1; y++)
		for (const h of new Holidays(country).getHolidays(y, "en"))
			if (h.type === "public" && /^\d{4}-/.test(h.rule)) {
				const [a, b] = years.get(h.name) ?? [y, y];
				years.set(h.name, [Math.min(a, y), Math.max(b, y)]);
			}
	let [from, to] = [first, last];
	for (const [a, b] of years.values()) {
		if (b - a < 3) continue; // a single occasion
		from = Math.max(from, a);
		to = Math.min(to, b);
	}
	return [from, to];
}

let calendars = line("country", "weekend", "first_year", "last_year", "source");
let holidays = line("country", "date", "name", "names", "expected");
for (const country of countries) {
	const [from, to] = reach(country);
	const [rest, source] = weekend(country);
	calendars += line(country, rest.join(";"), String(from), String(to), `${package_of("date-holidays")}; weekend: ${source}`);
	const all = new Map();
	for (let y = from - 1; y <= to + 1; y++) year_of(country, y, all);
	for (const day of [...all.keys()].sort()) {
		const h = all.get(day);
		if (Number(day.slice(0, 4)) < from || Number(day.slice(0, 4)) > to) continue;
		const names = langs.filter((l) => h.names[l]?.length === h.n).map((l) => `${l}=${[...new Set(h.names[l])].join(" / ")}`);
		holidays += line(country, day, [...new Set(h.name)].join(" / "), names.join(";"), h.expected ? "yes" : "");
	}
}
writeFileSync(`${out}/calendars.csv`, calendars);
writeFileSync(`${out}/holidays.csv`, holidays);
