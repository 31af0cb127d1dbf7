// What visitors do: find an activity with the keyboard alone, search, turn pages, take data away, lose their way.
import { inflateRawSync } from "node:zlib";
import { open } from "./browser.mjs";
import { axe, frame, overflow } from "./checks.mjs";
import { get } from "./crawl.mjs";
import { LANGUAGES } from "./pages.mjs";

const TABS_MAX = 200;

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
		e.blur();
		const blurred = mark(e);
		e.focus({ preventScroll: true, focusVisible: true });
		return {
			tag: e.tagName, href: e.getAttribute("href"), type: e.getAttribute("type"), name: e.getAttribute("name"), cls: e.getAttribute("class"),
			inMain: Boolean(e.closest("main")), inFieldset: Boolean(e.closest("fieldset")), text: e.textContent.trim().slice(0, 40),
			marked: focused !== blurred,
			box: [box.left, box.top, box.right, box.bottom].map(Math.round).join(" "),
			inWindow: box.width > 0 && box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth,
		};
	});
}

// Press Tab until wanted(focus) holds; what was not visible on the way is a fault.
async function tabTo(page, what, wanted, faults) {
	for (let i = 0; i < TABS_MAX; i++) {
		await page.keyboard.press("Tab");
		const f = await focus(page);
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
	return faults.concat(await axe(page), await overflow(page));
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

function csvRows(text) {
	let rows = 0, quoted = false;
	for (const c of text.replace(/^\uFEFF/, "")) {
		if (c === '"')
			quoted = !quoted;
		else if (c === "\n" && !quoted)
			rows++;
	}
	return rows - 1;
}

// Rows of the first sheet below its heading: the file is found in the archive's directory (APPNOTE 4.3.12).
function xlsxRows(zip) {
	const end = zip.lastIndexOf(Buffer.from("PK\x05\x06", "latin1"));
	let at = zip.readUInt32LE(end + 16);
	for (let n = zip.readUInt16LE(end + 10); n > 0; n--) {
		const name = zip.toString("utf8", at + 46, at + 46 + zip.readUInt16LE(at + 28));
		if (name === "xl/worksheets/sheet1.xml") {
			const local = zip.readUInt32LE(at + 42);
			const begin = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
			const packed = zip.subarray(begin, begin + zip.readUInt32LE(at + 20));
			const sheet = zip.readUInt16LE(at + 10) === 8 ? inflateRawSync(packed) : packed;
			return (sheet.toString("utf8").match(/<row[\s>]/g) ?? []).length - 1;
		}
		at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
	}
	throw new Error("no sheet in the XLSX file");
}

const FILES = {
	"/data/activities.csv": [/^text\/csv\b/, (body) => csvRows(body.toString("utf8"))],
	"/data/activities.json": [/^application\/json\b/, (body) => JSON.parse(body.toString("utf8")).rows.length],
	"/data/activities.xlsx": [/^application\/vnd\.openxmlformats-officedocument\.spreadsheetml\.sheet$/, xlsxRows],
};
const SELECTION = "?q=return";

// The tables of one selection: their types, and as many rows as the API counts.
async function files(origin) {
	const faults = [];
	const { total } = await (await get(`${origin}/api/v1/activities${SELECTION}`)).json();
	if (!(total > 0))
		faults.push(`the API counts ${total}`);
	for (const [path, [type, count]] of Object.entries(FILES)) {
		const res = await get(origin + path + SELECTION);
		const body = Buffer.from(await res.arrayBuffer());
		if (res.status !== 200 || !type.test(res.headers.get("content-type") ?? ""))
			faults.push(`${path}: ${res.status} ${res.headers.get("content-type")}`);
		else if (count(body) !== total)
			faults.push(`${path}: ${count(body)} rows, the API counts ${total}`);
	}
	return faults;
}

async function identifiers(url, faults) {
	const res = await get(url);
	if (res.status !== 200 || !/^application\/xml\b/.test(res.headers.get("content-type") ?? ""))
		faults.push(`${url}: ${res.status} ${res.headers.get("content-type")}`);
	return [...(await res.text()).matchAll(/<iati-identifier>[^<]*-([^<-]+)<\/iati-identifier>/g)].map((m) => m[1]);
}

// Not every activity can be written as IATI (docs/iati.md, "The own portfolio"): of a selection, the file holds those
// that the whole file holds.
async function iati(origin) {
	const faults = [];
	const { rows } = await (await get(`${origin}/data/activities.json${SELECTION}`)).json();
	const whole = new Set(await identifiers(`${origin}/data/iati.xml`, faults));
	const want = rows.map((r) => r.activity_id).filter((key) => whole.has(key)).sort().join(" ");
	const is = (await identifiers(`${origin}/data/iati.xml${SELECTION}`, faults)).sort().join(" ");
	if (!want || is !== want)
		faults.push(`the file holds ${is}, not ${want}`);
	return faults;
}

// The list offers exactly these files, for the same selection.
async function downloads(page, origin, lang) {
	await page.goto(`${origin}/${lang}/activities${SELECTION}`);
	const hrefs = await page.locator("main a").evaluateAll((all) => all.map((a) => a.href));
	return [...Object.keys(FILES), "/data/iati.xml"].filter((path) => !hrefs.includes(origin + path + SELECTION)).map((path) => `no link to ${path}${SELECTION}`);
}

async function notFound(browser, origin, lang) {
	const path = `/${lang}/no-such-page`;
	const { page, faults: noted, close } = await open(browser, origin, { expectStatus: 404 });
	try {
		const response = await page.goto(origin + path);
		const faults = await frame(page, origin, path, response, 404);
		if (/\.c:\d+|Sanitizer|at 0x/.test(await page.content()))
			faults.push("shows the inside of the program");
		return faults.concat(await axe(page), await noted());
	} finally {
		await close();
	}
}

async function badParameter(browser, origin, lang) {
	const { page, close } = await open(browser, origin, { expectStatus: 400 });
	try {
		const response = await page.goto(`${origin}/${lang}/activities?page=many`);
		const faults = response.status() === 400 ? [] : [`status ${response.status()}, not 400`];
		if (!(await page.locator("main").innerText()).includes("page"))
			faults.push("does not name the parameter");
		if ((await page.locator("html").getAttribute("lang")) !== lang)
			faults.push("is in another language");
		return faults.concat(await axe(page));
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

export async function journeys(tap, browser, origin) {
	const walks = { "keyboard only": keyboard, "search highlights": search, paging, downloads, "language switch": languageSwitch };
	await tap.test("files of a selection", () => files(origin));
	await tap.test("IATI of a selection", () => iati(origin));
	for (const lang of LANGUAGES) {
		for (const [name, walk] of Object.entries(walks)) {
			const { page, faults, close } = await open(browser, origin);
			page.setDefaultTimeout(10_000);
			await tap.test(`/${lang}: ${name}`, async () => (await walk(page, origin, lang)).concat(await faults()));
			await close();
		}
		await tap.test(`/${lang}: a page that is not there`, () => notFound(browser, origin, lang));
		await tap.test(`/${lang}: a wrong parameter is named`, () => badParameter(browser, origin, lang));
	}
}
