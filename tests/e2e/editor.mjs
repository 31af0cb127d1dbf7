// The editor behind --editor: a policy officer changes a table, is told what is wrong, tries cases, hands the draft to a
// second person. Without scripts but for the drawing board. A database of its own, for it is written.
import { open } from "./browser.mjs";
import { axe, axeLayout, frame, overflow } from "./checks.mjs";
import { tabTo } from "./journeys.mjs";
import { LANGUAGES } from "./pages.mjs";
import { pool } from "./pool.mjs";
import { packCases } from "./rules.mjs";

const WALK_MS = 10_000;
const MODEL = "seva-fund", TABLE = "limits";
const FIRST = 'form[action*="/tables/"] button';

// The oldest version of a model: the one of the pack.
async function openModel(page, origin, lang, key = MODEL) {
	await page.goto(`${origin}/${lang}/editor`);
	await page.locator("main tbody tr", { hasText: key }).last().locator("a").click();
	return new URL(page.url()).pathname;
}

async function openTable(page, origin, lang, key = MODEL, table = TABLE) {
	await openModel(page, origin, lang, key);
	await page.locator('main li a[href*="/tables/"]:not([href$=".csv"]):not([href$=".xlsx"])', { hasText: table }).first().click();
}

const press = (page, action) => page.locator(`${FIRST}[value^="${action}"]:visible`).last().click();
const rows = (page) => page.locator("main tbody tr").count();
const findings = (page) => page.locator("main form ~ *, main ul.gr-list li").allInnerTexts();

// A rule added, changed and taken away; text without quotes, an overlap and a gap are told, each with its example.
async function rules(page, origin, lang) {
	const faults = [];
	await openTable(page, origin, lang);
	const before = await rows(page);
	await press(page, "row-add:");
	if (await rows(page) !== before + 1)
		faults.push(`${await rows(page)} rows after adding one to ${before}`);
	const cell = (part) => `#r-${before}-${part}`;
	await page.fill(cell("i-0"), '>= date("2009-05-01")');
	await page.fill(cell("i-1"), "-");
	await page.fill(cell("o-0"), "veertig");
	await page.fill(cell("o-1"), "1000");
	await press(page, "check");
	const wrong = page.locator(`${cell("o-0")}[aria-invalid=true]`);
	const told = await wrong.count() ? await page.locator(`#${await wrong.getAttribute("aria-describedby")}`).innerText() : "";
	if (!/double quotes/.test(told))
		faults.push(`text without quotes: "${told}" beside the cell`);
	await page.fill(cell("o-0"), "0.4");
	await press(page, "check");
	if (!(await findings(page)).some((f) => f.includes(`rules 2 and ${before + 1} `) && f.includes("application_date = 2009-05-01")))
		faults.push(`the overlap is not told: ${await findings(page)}`);
	await press(page, `row-delete:${before}`);
	await press(page, "check");
	if (await rows(page) !== before || (await findings(page)).length)
		faults.push(`the rule is not gone: ${await findings(page)}`);
	await press(page, "row-delete:1"); // 2008 to 2010
	const day = /no rule covers application_date = (\d{4})/.exec((await findings(page)).join("\n"));
	if (!day || Number(day[1]) < 2008 || Number(day[1]) > 2010)
		faults.push(`the gap is not told: ${await findings(page)}`);
	return faults;
}

const refused = async (page) => (await page.locator(".gr-errors").allInnerTexts()).join(" ");

// A draft needs its author; the author alone does not publish it; a second person does.
async function publish(page, origin, lang) {
	const faults = [];
	await openTable(page, origin, lang);
	await page.fill("#r-1-n-1", "Half of the cost, and no more.");
	await press(page, "save");
	if (!/author/.test(await refused(page)))
		faults.push(`a draft without author: "${await refused(page)}"`);
	await page.fill("#author", "policy officer");
	await press(page, "save");
	const draft = page.url();
	const approve = async (who) => {
		await page.fill("#approver", who);
		await page.locator('form[action$="/publish"] button').click();
	};
	await approve("policy officer");
	if (!await refused(page))
		faults.push("the author publishes");
	await page.goto(draft);
	await approve("second reader");
	if (await refused(page) || await page.locator("#approver").count())
		faults.push(`not published: ${await refused(page)}`);
	if (!(await page.locator("main .gr-defs").innerText()).includes("second reader"))
		faults.push("who published is not shown");
	return faults;
}

// The download taken over again with one number changed; a file of another kind is refused with its line.
async function spreadsheet(page, origin, lang) {
	const faults = [];
	await openTable(page, origin, lang);
	const link = await page.locator('main a[href$=".csv"]').getAttribute("href");
	const csv = await (await page.request.get(origin + link)).text();
	const take = async (text) => {
		await page.locator("details", { has: page.locator("#csv") }).evaluate((d) => d.open).then(async (is) => is || await page.locator("details:has(#csv) summary").click());
		await page.fill("#csv", text);
		await press(page, "import");
	};
	if (!/\b40000\b/.test(csv))
		faults.push("the download has no ceiling of 40000");
	await take(csv.replace(/\b40000\b/, "45000"));
	const taken = await page.locator("#r-1-o-1").inputValue();
	if (taken !== "45000" || await refused(page))
		faults.push(`the ceiling is ${taken}: ${await refused(page)}`);
	await take("colour;shape\nred;round\n");
	if (!/CSV:1:|line 1|header|column/.test(await refused(page)))
		faults.push(`a strange file: "${await refused(page)}"`);
	if (!(await page.locator("#csv").inputValue()).includes("colour"))
		faults.push("what was pasted is gone");
	return faults;
}

// A case of the pack is kept and comes out as expected; with another expectation it fails, and says why.
async function bench(page, origin, lang, pack) {
	const faults = [];
	const one = packCases(pack, MODEL).find((c) => typeof c.expect === "boolean");
	await openModel(page, origin, lang);
	await page.locator('main a[href$="/cases"]').click();
	const keep = async (name, expected) => {
		await page.fill("#name", name);
		await page.selectOption("#decision", one.decision);
		await page.fill("#as_of", "2012-01-01");
		await page.fill("#input", JSON.stringify(one.input));
		await page.fill("#expected", JSON.stringify(expected));
		await page.fill("#author", "policy officer");
		await page.locator('form[action$="/cases"]:has(#name) button').click();
	};
	await keep(one.name, one.expect);
	await keep("the other way round", !one.expect);
	const seen = await page.locator("main section.gr-outcome").evaluateAll((all) => all.map((s) =>
		[s.querySelector("h2").textContent.trim(), s.classList.contains("gr-outcome-open"), s.querySelector("details")?.open ?? false].join("|")));
	const [good, bad] = [one.name, "the other way round"].map((name) => seen.find((s) => s.includes(name)) ?? "");
	if (!good.endsWith("|false|false") || !bad.endsWith("|true|true"))
		faults.push(`kept cases: ${seen.join("; ")}`);
	for (let n = seen.length; n; n--)
		await page.locator("main section.gr-outcome form button").first().click();
	if (await page.locator("main section.gr-outcome").count())
		faults.push("a case cannot be deleted");
	return faults;
}

// dmn-js draws the model, with its mark and link; each table opens.
async function drawing(page, origin, lang) {
	const faults = [];
	await page.goto(`${origin}${await openModel(page, origin, lang)}/drawing`);
	await page.locator("#dmn-canvas .djs-shape").first().waitFor();
	const mark = page.locator("#dmn-canvas a.bjs-powered-by");
	if (!await mark.isVisible() || !(await mark.getAttribute("href")).includes("bpmn.io"))
		faults.push("the watermark of dmn-js is not shown");
	await page.locator("#dmn-views button", { hasText: TABLE }).click();
	await page.locator("#dmn-canvas table.tjs-table").waitFor();
	if (await page.locator("#dmn-problem").innerText())
		faults.push(await page.locator("#dmn-problem").innerText());
	return faults.concat(await overflow(page));
}

// By keyboard alone: from the list to a table, a row more.
async function keyboard(page, origin, lang) {
	const faults = [];
	await page.goto(`${origin}/${lang}/editor`);
	const go = async (what, wanted) => {
		await tabTo(page, what, wanted, faults);
		await Promise.all([page.waitForLoadState("load"), page.waitForEvent("framenavigated"), page.keyboard.press("Enter")]);
	};
	await go("a model", (f) => f.inMain && f.href?.includes("/editor/models/") && f.text.startsWith("refusal-grounds"));
	await go("a table", (f) => f.inMain && /\/tables\/[^.]*$/.test(f.href ?? ""));
	const before = await rows(page);
	await go("the button of a row", (f) => f.inMain && f.tag === "BUTTON" && f.value?.startsWith("row-add:"));
	if (await rows(page) !== before + 1)
		faults.push(`${await rows(page)} rows, not ${before + 1}`);
	return faults;
}

// Each page as it looks; in the first language to the bottom, in the others its frame and its width.
async function looks(page, origin, lang, pack, whole) {
	const faults = [];
	const base = await openModel(page, origin, lang);
	for (const path of [`/${lang}/editor`, base, `${base}/tables/${TABLE}`, `${base}/cases`]) {
		const note = (found) => faults.push(...found.map((f) => `${path.replace(/[0-9a-f]{64}/, "…")}: ${f}`));
		const response = await page.goto(origin + path);
		note(await frame(page, origin, path, response));
		if (whole)
			note(await axe(page));
		await page.setViewportSize({ width: 320, height: 640 });
		note(await overflow(page));
		if (whole)
			note(await axeLayout(page));
		await page.setViewportSize({ width: 1280, height: 900 });
	}
	return faults;
}

export async function editorJourneys(tap, browser, origin, pack) {
	const plain = { javaScriptEnabled: false };
	const jobs = [
		["nl", "rules added, changed, deleted; what is wrong is told", rules, plain],
		["fr", "a second person publishes", publish, plain],
		["en", "rows by way of a spreadsheet", spreadsheet, plain],
		["nl", "test bench", bench, plain],
		["en", "drawing board", drawing, { bypassCSP: false, expectConsole: /production build which skips development warnings/ }],
		["nl", "keyboard only", keyboard, plain],
		...LANGUAGES.map((lang) => [lang, "looked at", (...of) => looks(...of, lang === "nl"), {}]),
	];
	await pool(jobs, () => null, async (_, [lang, name, walk, options]) => {
		const { page, faults, close } = await open(browser, origin, options);
		page.setDefaultTimeout(WALK_MS);
		await tap.test(`/${lang}/editor: ${name}`, async () => (await walk(page, origin, lang, pack)).concat(await faults()));
		await close();
	}, () => {});
}
