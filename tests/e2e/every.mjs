// The crawl, and the checks of every page.
import { open } from "./browser.mjs";
import { axe, frame, overflow, printed, words } from "./checks.mjs";
import { crawl } from "./crawl.mjs";
import { LANGUAGES, PAGES, patternOf } from "./pages.mjs";

// From the addresses that the site links to: pattern -> first path without language, per language.
function findPages(origin, links) {
	const found = new Map(), strange = [];
	for (const href of links.keys()) {
		const url = new URL(href);
		const m = /^\/(en|nl|fr)(\/.*)$/.exec(url.pathname);
		if (!m || /\.[a-z]+$/.test(m[2]))
			continue;
		const pattern = patternOf(m[2]);
		if (!pattern)
			strange.push(url.pathname);
		else if (!found.has(pattern))
			found.set(pattern, m[2]);
	}
	return { found, strange };
}

async function onePage(tap, browser, origin, lang, path) {
	const address = `/${lang}${path}`;
	const wide = await open(browser, origin);
	let text = "";
	try {
		const response = await wide.page.goto(origin + address);
		// The other checks would pass on an error page, and say nothing of this one.
		if (response.status() !== 200)
			return [`status ${response.status()}`];
		await tap.test(`${address}: frame`, () => frame(wide.page, origin, address, response));
		await tap.test(`${address}: axe at 1280 px`, () => axe(wide.page));
		text = await words(wide.page);
		await tap.test(`${address}: print`, () => printed(wide.page));
		await tap.test(`${address}: no other origin, no cookie, no error`, () => wide.faults());
	} finally {
		await wide.close();
	}
	// 320 px is also what 400 % zoom makes of 1280 px (WCAG 1.4.10).
	const narrow = await open(browser, origin, { width: 320, height: 640 });
	try {
		await narrow.page.goto(origin + address);
		await tap.test(`${address}: no overflow at 320 px`, () => overflow(narrow.page));
		await tap.test(`${address}: axe at 320 px`, () => axe(narrow.page));
	} finally {
		await narrow.close();
	}
	const plain = await open(browser, origin, { javaScriptEnabled: false });
	try {
		await tap.test(`${address}: the same without scripts`, async () => {
			await plain.page.goto(origin + address);
			const without = await words(plain.page);
			return without === text ? [] : [`${without.length} characters, not ${text.length}`];
		});
	} finally {
		await plain.close();
	}
}

export async function everyPage(tap, browser, origin) {
	const { faults, links, read, bounded } = await crawl(origin);
	console.log(`# ${read.size} addresses read of ${links.size} seen${bounded ? " (bound reached)" : ""}`);
	tap.ok("every link of the site answers", faults);
	const { found, strange } = findPages(origin, links);
	tap.ok("every page that is linked to is declared in pages.mjs", strange);
	for (const pattern of PAGES)
		tap.ok(`a link leads to ${pattern}`, found.has(pattern) ? [] : ["none found"]);
	for (const [, path] of found)
		for (const lang of LANGUAGES)
			await tap.test(`/${lang}${path}: opens`, () => onePage(tap, browser, origin, lang, path));

}
