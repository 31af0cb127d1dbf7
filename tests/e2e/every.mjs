// The checks of every page: each one briefly in each language, and of every kind some to the bottom.
import { open } from "./browser.mjs";
import { axe, axeLayout, dark, forcedColours, frame, oneLine, overflow, printed, words } from "./checks.mjs";
import { LANGUAGES, languagesOf } from "./pages.mjs";
import { pool } from "./pool.mjs";
import { findSite } from "./site.mjs";

const WIDE = { width: 1280, height: 900 }, NARROW = { width: 320, height: 640 };

// A page as a phone shows it, and as 400 % zoom makes it of 1280 px (WCAG 1.4.10): 320 CSS px of four dots each. With
// the policy of the answer in force: what it forbids is an error on the console.
async function brief(tap, it, origin, address, titles) {
	await tap.test(`${address}: opens, frame, 320 px, no other origin, no error`, async () => {
		const response = await it.page.goto(origin + address);
		const faults = await frame(it.page, origin, address, response);
		const title = await it.page.title();
		const same = titles.get(`${address.slice(1, 3)} ${title}`);
		if (same)
			faults.push(`the title "${title}" is that of ${same}`);
		titles.set(`${address.slice(1, 3)} ${title}`, address);
		return faults.concat(await overflow(it.page), await it.faults());
	});
}

// How much of a page is looked at: all of it; what another language can change of a page that is looked at in one; or,
// of a page that is like another, what its own data can change.
const ALL = "all", LANGUAGE = "language", DATA = "data";

// One page to the bottom. tool: a page with scripts, and one without. axe goes over what is on the page once. It does so
// at 320 px, where it is tightest; before that at 1280 px too, where all is looked at or other drawings stand there, and
// then at 320 px for what the width can change.
async function whole(tap, { scripted, plain }, origin, address, part) {
	const { page } = scripted;
	await page.setViewportSize(WIDE);
	const response = await page.goto(origin + address);
	// The other checks would pass on an error page, and say nothing of this one.
	if (response.status() !== 200)
		return [`status ${response.status()}`];
	await tap.test(`${address}: frame`, () => frame(page, origin, address, response));
	await tap.test(`${address}: one line of sections at 1280 px`, () => oneLine(page));
	const wide = part === ALL || (part === DATA && await page.locator(".chart-wide:visible").count() > 0);
	if (wide)
		await tap.test(`${address}: axe at 1280 px`, () => axe(page));
	await tap.test(`${address}: print`, () => printed(page));
	const text = await words(page);
	if (part === ALL) {
		await tap.test(`${address}: forced colours`, () => forcedColours(page));
		await tap.test(`${address}: a dark system`, () => dark(page));
	}
	await page.setViewportSize(NARROW);
	await tap.test(`${address}: axe at 320 px`, () => (wide ? axeLayout(page) : axe(page)));
	await tap.test(`${address}: no overflow at 320 px`, () => overflow(page));
	await tap.test(`${address}: no other origin, no cookie, no error`, () => scripted.faults());
	await tap.test(`${address}: the same without scripts`, async () => {
		await plain.page.goto(origin + address);
		const without = await words(plain.page);
		return (await plain.faults()).concat(without === text ? [] : [`${without.length} characters, not ${text.length}`]);
	});
}

export async function everyPage(tap, browser, origin, pack) {
	const { pages, stands, extremes, states } = await findSite(tap, origin, pack);
	const jobs = [], titles = new Map();
	let turn = 0;
	const next = (path) => languagesOf(path)[turn++ % languagesOf(path).length];
	// The longest first, so that no worker is left alone with them at the end.
	for (const path of stands)
		for (const [i, lang] of languagesOf(path).entries())
			jobs.push([`/${lang}${path}`, whole, i === 0 ? ALL : LANGUAGE]);
	for (const path of [...extremes, ...states])
		jobs.push([`/${next(path)}${path}`, whole, DATA]);
	for (const { path } of pages)
		for (const lang of languagesOf(path))
			jobs.push([`/${lang}${path}`, brief]);
	await pool(jobs, async () => ({
		scripted: await open(browser, origin),
		plain: await open(browser, origin, { javaScriptEnabled: false }),
		narrow: await open(browser, origin, { ...NARROW, deviceScaleFactor: 4, bypassCSP: false }),
	}), async (tool, [address, look, part]) => {
		if (look === brief)
			await brief(tap, tool.narrow, origin, address, titles);
		else
			await tap.test(`${address}: opens`, () => whole(tap, tool, origin, address, part));
	}, (tool) => Promise.all([tool.scripted.close(), tool.plain.close(), tool.narrow.close()]));
	console.log(`# ${pages.length} pages, ${stands.size} in each language and ${extremes.size + states.length} more to the bottom`);
}
