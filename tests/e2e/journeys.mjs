// What visitors do: find an activity with the keyboard alone, search, turn pages, take data away, lose their way.
import { open } from "./browser.mjs";
import { axe, frame, overflow } from "./checks.mjs";
import { get } from "./crawl.mjs";
import { downloads, files } from "./files.mjs";
import { LANGUAGES } from "./pages.mjs";
import { pool } from "./pool.mjs";
import { checkSituation, checkSituationSeen, situations, situationsSeen } from "./rules.mjs";

const TABS_MAX = 200, PARTS_MAX = 5;
const WALK_MS = 10_000;

// What has the focus, and whether a visitor can see that it has: an outline, a shadow or a border that is not there
// without the focus, and inside the window.
async function focus(page) {
	return await page.evaluate(() => {
		const e = document.activeElement;
		if (!e || e === document.body)
			return null;
		const mark = (x) => {
			const s = getComputedStyle(x);
			return [s.outlineStyle === "none" ? "" : s.outlineWidth + s.outlineColor, s.boxShadow, s.borderColor, s.backgroundColor].join("|");
		};
		const box = e.getBoundingClientRect(), focused = mark(e);
		const dated = e.type === "date" && !e.matches(":focus"); // the button for its calendar, which the browser marks
		e.blur();
		const blurred = mark(e);
		e.focus({ preventScroll: true, focusVisible: true });
		return {
			tag: e.tagName, href: e.getAttribute("href"), type: e.getAttribute("type"), name: e.getAttribute("name"), value: e.getAttribute("value"), cls: e.getAttribute("class"),
			inMain: Boolean(e.closest("main")), inItem: Boolean(e.closest("li")), inFieldset: Boolean(e.closest("fieldset")), text: e.textContent.trim().slice(0, 40),
			marked: focused !== blurred || dated,
			box: [box.left, box.top, box.right, box.bottom].map(Math.round).join(" "),
			inWindow: box.width > 0 && box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth,
		};
	});
}

// A date has parts of its own, and the look at the focus begins anew in the first one.
async function leave(page, from) {
	await page.keyboard.press("Tab");
	for (let i = 0; i < PARTS_MAX && from?.type === "date" && (await page.evaluate(() => document.activeElement.name)) === from.name; i++)
		await page.keyboard.press("Tab");
}

// Press Tab until wanted(focus) holds; what was not visible on the way is a fault.
export async function tabTo(page, what, wanted, faults) {
	let f = null;
	for (let i = 0; i < TABS_MAX; i++) {
		await leave(page, f);
		f = await focus(page);
		if (!f)
			continue;
		if (!f.marked || !f.inWindow)
			faults.push(`focus ${f.marked ? "outside the window" : "not marked"} (${f.box}) on ${f.tag} ${f.href ?? f.name ?? ""} ${f.text}`);
		if (wanted(f))
			return f;
	}
	throw new Error(`Tab never reached ${what}\n${faults.join("\n")}`);
}

async function keyboard(page, origin, lang) {
	const faults = [];
	await page.goto(`${origin}/${lang}/`);
	await page.keyboard.press("Tab");
	const first = await focus(page);
	if (first?.href !== "#main" || !first.inWindow)
		faults.push(`the first stop is ${JSON.stringify(first)}, not the visible skip link`);
	await tabTo(page, "the list of activities", (f) => f.href === `/${lang}/activities`, faults);
	await Promise.all([page.waitForURL(`**/${lang}/activities`), page.keyboard.press("Enter")]);
	for (let i = 0; ; i++) {
		const f = await tabTo(page, "a facet", (x) => x.inMain && (x.type === "checkbox" || x.tag === "SUMMARY"), faults);
		if (f.type === "checkbox")
			break;
		const isOpen = await page.evaluate(() => document.activeElement.parentElement.open);
		if (!isOpen)
			await page.keyboard.press("Enter");
		if (i > 20)
			throw new Error("no check box in any facet");
	}
	const chosen = await page.evaluate(() => [document.activeElement.name, document.activeElement.value]);
	await page.keyboard.press("Space");
	if (!(await page.evaluate(() => document.activeElement.checked)))
		faults.push("the space bar does not tick the box");
	await tabTo(page, "the button", (f) => f.inMain && f.tag === "BUTTON", faults);
	await Promise.all([page.waitForURL(/\?/), page.keyboard.press("Enter")]);
	if (new URL(page.url()).searchParams.get(chosen[0]) !== chosen[1])
		faults.push(`${page.url()} does not hold ${chosen.join("=")}`);
	const key = new RegExp(`^/${lang}/activities/[^/?.]+$`);
	const link = await tabTo(page, "an activity", (f) => f.inMain && key.test(f.href ?? ""), faults);
	await Promise.all([page.waitForURL(`**${link.href}`), page.keyboard.press("Enter")]);
	if ((await page.locator("h1").count()) !== 1)
		faults.push("the activity has no heading");
	return faults;
}

async function search(page, origin, lang) {
	const faults = [];
	await page.goto(`${origin}/${lang}/`);
	await page.fill("#site-q", "return");
	await Promise.all([page.waitForURL(/q=return/), page.press("#site-q", "Enter")]);
	const marks = await page.locator("main mark").allInnerTexts();
	if (!marks.length)
		faults.push("nothing is highlighted");
	for (const m of marks)
		if (!/return/i.test(m))
			faults.push(`highlights "${m}"`);
	return faults.concat(await overflow(page));
}

async function paging(page, origin, lang) {
	const faults = [], seen = new Set();
	const key = `main a[href^="/${lang}/activities/"]`;
	await page.goto(`${origin}/${lang}/activities`);
	for (let n = 1; n < 100; n++) {
		const here = new Set(await page.locator(key).evaluateAll((all) => all.map((a) => a.getAttribute("href")).filter((h) => !/[?.]/.test(h))));
		for (const href of here) {
			if (seen.has(href))
				faults.push(`${href} is on page ${n} and before`);
			seen.add(href);
		}
		const next = page.locator('.gr-pages a[rel="next"]');
		if (!(await next.count())) {
			if (n < 2)
				faults.push("there is one page only");
			break;
		}
		await Promise.all([page.waitForLoadState("load"), next.click()]);
		if (new URL(page.url()).searchParams.get("page") !== String(n + 1))
			faults.push(`page ${n + 1} is ${page.url()}`);
	}
	const all = await (await get(`${origin}/data/activities.json`)).json();
	const total = all.rows.length;
	if (seen.size !== total)
		faults.push(`${seen.size} activities on the pages, ${total} in the file`);
	return faults;
}

// A choice of facets, an order, and their way back, as somebody does with the mouse.
async function facets(page, origin, lang) {
	const faults = [], list = `${origin}/${lang}/activities`;
	const total = async (query) => (await (await get(`${origin}/api/v1/activities?${query}`)).json()).total;
	const shown = async () => await page.locator(`main a[href^="/${lang}/activities/"]`)
		.evaluateAll((all) => new Set(all.map((a) => a.getAttribute("href")).filter((h) => !/[?.]/.test(h))).size);
	await page.goto(list);
	for (const [name, value] of [["priority", "6"], ["status", "closed"]])
		await page.check(`input[name="${name}"][value="${value}"]`);
	await page.selectOption("#sort", "contribution");
	await Promise.all([page.waitForURL(/\?/), page.click(".gr-facets button")]);
	const asked = new URL(page.url()).searchParams;
	if (asked.get("priority") !== "6" || asked.get("status") !== "closed" || asked.get("sort") !== "contribution")
		faults.push(`${page.url()} does not hold what was chosen`);
	if ((await shown()) !== (await total("priority=6&status=closed")))
		faults.push(`${await shown()} activities on the page, not ${await total("priority=6&status=closed")}`);
	const { rows } = await (await get(`${origin}/api/v1/activities?priority=6&status=closed`)).json();
	const amounts = new Map(rows.map((r) => [r.activity_id, r.contribution]));
	const order = (await page.locator(`main a[href^="/${lang}/activities/"]`).evaluateAll((all) => all.map((a) => a.getAttribute("href").split("/")[3])))
		.filter((key) => amounts.get(key) !== undefined && amounts.get(key) !== null).map((key) => amounts.get(key));
	if (order.length < 2 || order.some((amount, i) => i && amount > order[i - 1]))
		faults.push(`ordered by contribution: ${order.join(" ")}`);
	// Each choice can be taken back by itself.
	await Promise.all([page.waitForURL((url) => !url.searchParams.has("status")), page.locator(".gr-chosen a").nth(1).click()]);
	if ((await shown()) !== Math.min(25, await total("priority=6")))
		faults.push(`without the second choice ${await shown()}, not ${await total("priority=6")}`);
	return faults;
}

async function notFound(browser, origin, lang) {
	const { page, faults: noted, close } = await open(browser, origin, { expectStatus: 404 });
	try {
		const faults = [];
		for (const path of ["activities/none", "countries/ZZ", "figures/none", "priorities/99", "no-such-page"].map((p) => `/${lang}/${p}`)) {
			const response = await page.goto(origin + path);
			faults.push(...(await frame(page, origin, path, response, 404)).map((f) => `${path}: ${f}`));
			if (/\.c:\d+|Sanitizer|at 0x/.test(await page.content()))
				faults.push("shows the inside of the program");
			if (!(await page.locator(`main a[href^="/${lang}/"]`).count()))
				faults.push(`${path}: no way on`);
		}
		return faults.concat(await axe(page), await noted());
	} finally {
		await close();
	}
}

const WRONG = { "activities?page=many": "page", "activities?priority=x": "priority", "rules?on=2009-02-30": "on", "activities?colour=red": "colour" };

async function badParameter(browser, origin, lang) {
	const { page, close } = await open(browser, origin, { expectStatus: 400 });
	try {
		const faults = [];
		for (const [address, name] of Object.entries(WRONG)) {
			const response = await page.goto(`${origin}/${lang}/${address}`);
			if (response.status() !== 400)
				faults.push(`${address}: status ${response.status()}, not 400`);
			if (!(await page.locator("main").innerText()).includes(`"${name}"`))
				faults.push(`${address}: does not name the parameter`);
			if ((await page.locator("html").getAttribute("lang")) !== lang)
				faults.push(`${address}: is in another language`);
		}
		return faults.concat(await axe(page), await overflow(page));
	} finally {
		await close();
	}
}

// The switch of the language keeps the page and what was asked of it.
async function languageSwitch(page, origin, lang) {
	const other = lang === "nl" ? "fr" : "nl";
	await page.goto(`${origin}/${lang}/activities?q=return`);
	await Promise.all([page.waitForURL(`**/${other}/**`), page.click(`.gr-langs a[hreflang="${other}"]`)]);
	const url = new URL(page.url());
	return url.pathname === `/${other}/activities` && url.search === "?q=return" ? [] : [`led to ${url.pathname}${url.search}`];
}

// A title of another publisher is in the language that it says of itself, on the list as on its page.
async function titleLanguages(page, origin, lang) {
	const faults = [];
	await page.goto(`${origin}/${lang}/comparison`);
	const listed = await page.locator(".gr-results h3 a").evaluateAll((all) => all.map((a) => [a.getAttribute("href"), a.getAttribute("lang")]));
	for (const [href, said] of listed.slice(0, 3)) {
		await page.goto(origin + href);
		const own = await page.locator("h1").getAttribute("lang");
		if (own !== said)
			faults.push(`${href} is lang="${said}" on the list and "${own}" on its page`);
	}
	return listed.length ? faults : ["no activity to compare with"];
}

// Without scripts in every language, and once more with them: what a script adds may take nothing away.
const WALKS = { "keyboard only": keyboard, "search highlights": search, facets, paging, downloads, "check your situation": checkSituation, "situations of the report": situations, "language switch": languageSwitch };

export async function journeys(tap, browser, origin, pack) {
	const jobs = [];
	for (const lang of LANGUAGES)
		for (const [name, walk] of Object.entries(WALKS))
			if (walk !== situations || lang !== LANGUAGES[0]) // that language sees them with scripts
				jobs.push([`/${lang}: ${name}, without scripts`, lang, walk, { javaScriptEnabled: false }]);
	for (const [name, walk] of Object.entries({ ...WALKS, "files of a selection": files, "situations of the report": situationsSeen, "forms of the rules, looked at": checkSituationSeen,
		"titles in their language": titleLanguages }))
		jobs.push([`/${LANGUAGES[0]}: ${name}`, LANGUAGES[0], walk, {}]);
	for (const lang of LANGUAGES) {
		jobs.push([`/${lang}: pages that are not there`, lang, notFound]);
		jobs.push([`/${lang}: a wrong parameter is named`, lang, badParameter]);
	}
	await pool(jobs, () => null, async (_, [name, lang, walk, options]) => {
		if (!options)
			return await tap.test(name, () => walk(browser, origin, lang));
		const { page, faults, close } = await open(browser, origin, options);
		page.setDefaultTimeout(WALK_MS);
		await tap.test(name, async () => (await walk(page, origin, lang, pack)).concat(await faults()));
		await close();
	}, () => {});
}
