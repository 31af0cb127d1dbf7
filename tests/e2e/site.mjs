// Every page of the site: what the site map names and what links lead to. One answer of each is read, to know that it
// is there and how large it is.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { crawl, get } from "./crawl.mjs";
import { KINDS, LANGUAGES, STATES, kindOf, languagesOf } from "./pages.mjs";
import { pool } from "./pool.mjs";
import { csvRows } from "./tables.mjs";

const ALL_OF_KIND = 8; // a kind with so few pages is looked at whole: each figure is drawn in a way of its own

// "/nl/activities/1" -> ["nl", "/activities/1"]; null for what is no page in a language.
function pageOf(pathname) {
	const m = /^\/(en|nl|fr|tr|ar|es)(\/.*)$/.exec(pathname);
	return m && !/\.[a-z]+$/.test(m[2]) ? [m[1], m[2]] : null;
}

// The site map: each page once in each language, and with its translations.
async function siteMap(origin) {
	const text = await (await get(`${origin}/sitemap.xml`)).text();
	const faults = [], languages = new Map();
	for (const [, entry] of text.matchAll(/<url>(.*?)<\/url>/gs)) {
		const loc = /<loc>([^<]*)<\/loc>/.exec(entry)?.[1] ?? "";
		const [lang, path] = (loc.startsWith(`${origin}/`) && pageOf(new URL(loc).pathname)) || [];
		if (!lang) {
			faults.push(`${loc} is no page in a language`);
			continue;
		}
		const seen = languages.get(path) ?? [];
		if (seen.includes(lang))
			faults.push(`${loc} twice`);
		languages.set(path, [...seen, lang]);
		const links = [...entry.matchAll(/hreflang="([^"]*)" href="([^"]*)"/g)].map((m) => `${m[1]} ${m[2]}`).sort().join();
		if (links !== languagesOf(path).map((l) => `${l} ${origin}/${l}${path}`).sort().join())
			faults.push(`${loc} names as its translations ${links}`);
	}
	for (const [path, seen] of languages)
		if (seen.length !== languagesOf(path).length)
			faults.push(`${path} is there in ${seen.join()} only`);
	if (!languages.size)
		faults.push("is empty");
	return { faults, paths: [...languages.keys()] };
}

async function read(origin, paths) {
	const pages = [], faults = [];
	await pool(paths, () => null, async (_, path) => {
		const res = await get(`${origin}/${LANGUAGES[0]}${path}`);
		const html = await res.text();
		if (res.status !== 200 || !/^text\/html\b/.test(res.headers.get("content-type") ?? ""))
			faults.push(`${res.status} ${path}`);
		pages.push({ path, kind: kindOf(path), size: html.length, title: /<h1[^>]*>([^<]*)/.exec(html)?.[1].trim() ?? "" });
	}, () => {});
	return { pages: pages.sort((a, b) => (a.path < b.path ? -1 : 1)), faults };
}

const most = (pages, of) => pages.reduce((a, b) => (of(b) > of(a) ? b : a));

// The activity with the most indicators and one without: what the API says, not what the page looks like.
async function byIndicators(origin, pages) {
	const counted = [];
	for (const { path } of pages.filter((p) => p.kind === "/activities/{key}")) {
		const one = await (await get(`${origin}/api/v1${path}`)).json();
		counted.push({ path, n: one.indicators?.length ?? 0 });
	}
	return counted.length ? [most(counted, (c) => c.n).path, most(counted, (c) => -c.n).path] : [];
}

// The country that stands in most lists, by the pack's own rows.
function byLists(pack, pages) {
	const [names, ...rows] = csvRows(readFileSync(join(pack, "data/scheme_rules.csv"), "utf8"));
	const lists = new Map();
	for (const row of rows.filter((r) => r[names.indexOf("value")] === "listed"))
		lists.set(row[names.indexOf("country")], (lists.get(row[names.indexOf("country")]) ?? 0) + 1);
	return pages.map((p) => p.path).filter((path) => path === `/countries/${most([...lists], ([, n]) => n)[0]}`);
}

// Of each kind the largest page stands for all; the smallest and the one with the longest title are its extremes.
function choose(pages) {
	const stands = new Set(), extremes = new Set();
	for (const kind of new Set(pages.map((p) => p.kind))) {
		const all = pages.filter((p) => p.kind === kind);
		stands.add(most(all, (p) => p.size).path);
		const others = all.length <= ALL_OF_KIND ? all : [most(all, (p) => -p.size), most(all, (p) => p.title.length)];
		for (const { path } of others)
			extremes.add(path);
	}
	return { stands, extremes };
}

// { pages: [{ path, kind }], stands: Set of paths to be looked at in each language, extremes: Set of paths, states: [path?query] }
export async function findSite(tap, origin, pack) {
	const map = await siteMap(origin);
	tap.ok("the site map names every page in every language", map.faults);
	const { faults, links, read: answers, bounded } = await crawl(origin);
	console.log(`# ${answers.size} addresses read of ${links.size} seen${bounded ? " (bound reached)" : ""}`);
	tap.ok("every link that the crawl follows answers", faults);
	const paths = new Set(map.paths), queries = new Map();
	for (const href of links.keys()) {
		const url = new URL(href), [, path] = pageOf(url.pathname) ?? [];
		if (!path)
			continue;
		paths.add(path);
		const shape = `${kindOf(path)} ${[...new Set(url.searchParams.keys())].sort().join("&")}`;
		if (url.search && !queries.has(shape))
			queries.set(shape, path + url.search);
	}
	const { pages, faults: absent } = await read(origin, paths);
	tap.ok(`each of the ${pages.length} pages in the site map or linked to answers`, absent);
	const kinds = new Set(pages.map((p) => p.kind));
	for (const kind of KINDS)
		tap.ok(`there is a page ${kind}`, kinds.has(kind) ? [] : ["neither in the site map nor linked to"]);
	const { stands, extremes } = choose(pages);
	const named = [...(await byIndicators(origin, pages)), ...byLists(pack, pages)];
	tap.ok("activities with most and with no indicators and the country in most lists are among them", named.length === 3 ? [] : [named.join()]);
	for (const path of named)
		extremes.add(path);
	for (const path of stands)
		extremes.delete(path);
	return { pages, stands, extremes, states: [...STATES, ...queries.values()] };
}
