// Who sends money home: the whole way on a small phone with the keyboard alone, from home to a report of a wrong price, and what
// the first page weighs.
import { open } from "./browser.mjs";
import { axe, overflow } from "./checks.mjs";
import { get } from "./crawl.mjs";
import { tabTo } from "./journeys.mjs";
import { pool } from "./pool.mjs";

const PHONE = { width: 320, height: 640 };
const WALK_MS = 10_000;
const TO = "MA", OPTIONS_MAX = 60;
const FIRST_BYTES = 60_000, FIRST_REQUESTS = 5;
const SLOW = { latency: 300, downloadThroughput: 250_000 / 8, uploadThroughput: 50_000 / 8 }; // 2G: ms, bytes a second
const FIRST_MS = 60_000;

const digits = (text) => text.replace(/\D/g, "");

// Choose with the arrows, as a reader without a mouse does.
async function choose(page, name, value, faults) {
	await tabTo(page, name, (f) => f.inMain && f.tag === "SELECT" && f.name === name, faults);
	for (const key of ["ArrowDown", "ArrowUp"])
		for (let i = 0; i < OPTIONS_MAX; i++) {
			if ((await page.evaluate(() => document.activeElement.value)) === value)
				return;
			await page.keyboard.press(key);
		}
	throw new Error(`${name} has no choice "${value}"`);
}

async function write(page, name, text, faults) {
	await tabTo(page, name, (f) => f.inMain && f.tag === "INPUT" && f.name === name, faults);
	await page.keyboard.press("Control+A");
	await page.keyboard.type(text);
}

// digits: in the order of the browser's language, not the page's.
async function writeDate(page, name, digits, faults) {
	await tabTo(page, name, (f) => f.inMain && f.name === name, faults);
	await page.keyboard.type(digits);
}

async function follow(page, what, wanted, faults) {
	await tabTo(page, what, wanted, faults);
	await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
}

const link = (end) => (f) => f.inMain && f.tag === "A" && (f.href ?? "").endsWith(end);
const button = (f) => f.inMain && f.tag === "BUTTON";

// The first card says what the program answers to the same question, to the last digit, and opens on the whole split.
async function firstCard(page, origin, query, faults) {
	const { ranked } = await (await get(`${origin}/api/v1/prices/compare${query}`)).json();
	const card = page.locator(".gr-offer").first(), best = ranked.find((row) => row.rank);
	const receive = query.includes("what=receive"), want = (receive ? best.outlay : best.gets).toFixed(2);
	if (digits(await card.locator(".gr-offer-gets").innerText()) !== digits(want))
		faults.push(`${query}: "${await card.locator(".gr-offer-gets").innerText()}", not ${want}`);
	await tabTo(page, "how this comes about", (f) => f.inMain && f.inItem && f.tag === "SUMMARY", faults);
	await page.keyboard.press("Enter");
	const split = digits(await card.locator("details dl").innerText());
	for (const part of ["outlay", "fee", "principal", "gets", "cost"])
		if (!split.includes(digits(best[part].toFixed(2))))
			faults.push(`${query}: the split does not say ${part} ${best[part]}`);
}

// look: what is checked where the way stops.
async function wholeWay(page, origin, lang, look) {
	const faults = [];
	const stop = async (where) => {
		if (lang === "ar" && (await page.evaluate(() => getComputedStyle(document.querySelector("h1")).direction)) !== "rtl")
			faults.push(`${where}: not from right to left`);
		faults.push(...(await overflow(page)).concat(await look(page)).map((f) => `${where}: ${f}`));
	};
	await page.goto(`${origin}/${lang === "ar" ? "en" : lang}/`);
	if (lang === "ar") // the other pages are not there in Arabic: a reader comes by a link
		await page.goto(`${origin}/${lang}/prices`);
	else
		await toPrices(page, lang, faults);
	await stop("the first page");
	await choose(page, "to", TO, faults);
	await write(page, "amount", "250,50", faults);
	await choose(page, "order", "arrive-by", faults);
	await tabTo(page, "more wishes", (f) => f.inMain && f.tag === "SUMMARY", faults);
	await page.keyboard.press("Enter");
	await choose(page, "pay", "ideal", faults);
	await choose(page, "payout", "cash", faults);
	await writeDate(page, "by", "04202026", faults);
	await follow(page, "the button", button, faults);
	const asked = new URL(page.url());
	for (const [name, value] of Object.entries({ to: TO, amount: "250,50", order: "arrive-by", pay: "ideal", payout: "cash", by: "2026-04-20" }))
		if (asked.searchParams.get(name) !== value)
			faults.push(`${asked.search} does not hold ${name}=${value}`);
	await firstCard(page, origin, asked.search, faults);
	await stop("what arrives");
	await page.goto(`${origin}/${lang}/prices?to=${TO}`);
	await write(page, "amount", "2000", faults);
	await tabTo(page, "what the amount means", (f) => f.name === "what", faults);
	await page.keyboard.press("ArrowDown");
	await follow(page, "the button", button, faults);
	await firstCard(page, origin, new URL(page.url()).search, faults);
	await stop("what must arrive");
	await follow(page, "the country", link(`/prices/to/${TO}`), faults);
	if (!(await page.locator("figure svg").evaluateAll((all) => all.some((e) => e.getClientRects().length))) || (await page.locator("figure table tr").count()) < 35)
		faults.push("no chart of the history with its table");
	await stop("the country");
	await follow(page, "the comparison", link(`to=${TO}`), faults);
	await follow(page, "a provider", (f) => f.inMain && /\/prices\/providers\/[^/]+$/.test(f.href ?? ""), faults);
	await stop("the provider");
	await page.goto(`${origin}/${lang}/prices`);
	await follow(page, "report a wrong price", link("/prices/report"), faults);
	await choose(page, "country", TO, faults);
	await write(page, "text", "The fee is 5.00, not 4.00", faults);
	await stop("the report");
	await follow(page, "the button", button, faults);
	if (!(await page.locator("[role=status]").isVisible()))
		faults.push("no confirmation");
	await stop("the confirmation");
	return faults;
}

// From home by the menu, which a narrow window folds away.
async function toPrices(page, lang, faults) {
	const wanted = (f) => f.href === `/${lang}/prices`;
	const found = await tabTo(page, "the menu", (f) => wanted(f) || (!f.inMain && f.tag === "SUMMARY"), faults);
	if (!wanted(found)) {
		await page.keyboard.press("Enter");
		await tabTo(page, "sending money", wanted, faults);
	}
	await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
}

// All that the first page takes, as it comes over the wire, on a line of the second generation. Its time is told, not judged.
async function firstPage(page, context, origin, lang) {
	const faults = [], cdp = await context.newCDPSession(page), names = new Map();
	let bytes = 0, requests = 0;
	await cdp.send("Network.enable");
	await cdp.send("Network.setCacheDisabled", { cacheDisabled: true });
	await cdp.send("Network.emulateNetworkConditions", { offline: false, ...SLOW });
	cdp.on("Network.responseReceived", (e) => names.set(e.requestId, e.response));
	cdp.on("Network.loadingFinished", (e) => {
		const response = names.get(e.requestId);
		if (!response?.url.startsWith("http"))
			return;
		bytes += e.encodedDataLength;
		requests++;
		if (/css|html/.test(response.mimeType) && !response.headers["Content-Encoding"])
			faults.push(`${response.url} is not compressed`);
	});
	const begun = Date.now();
	await page.goto(`${origin}/${lang}/prices?to=${TO}&amount=200`, { timeout: FIRST_MS, waitUntil: "commit" });
	await page.locator(".gr-offer-gets").first().waitFor({ timeout: FIRST_MS });
	const seen = Date.now() - begun;
	await page.waitForLoadState("networkidle", { timeout: FIRST_MS });
	if (bytes > FIRST_BYTES || requests > FIRST_REQUESTS || requests < 2)
		faults.push(`${bytes} bytes in ${requests} requests`);
	console.log(`# the first page: ${bytes} bytes in ${requests} requests; on a line of 250 kbit/s with 300 ms the offers are seen after ${seen} ms`);
	return faults;
}

export async function senders(tap, browser, origin) {
	const nothing = async () => [];
	const walk = (lang, look) => (page) => wholeWay(page, origin, lang, look);
	const jobs = [
		["/nl: sends money home, 320 px, keyboard, seen by axe", walk("nl", axe), PHONE],
		["/ar: sends money home, 320 px, keyboard, without scripts", walk("ar", nothing), { ...PHONE, javaScriptEnabled: false }],
		["/ar: the first page weighs less than 60 kB", (page, context) => firstPage(page, context, origin, "ar"), PHONE],
	];
	await pool(jobs, () => null, async (_, [name, run, options]) => {
		const { page, context, faults, close } = await open(browser, origin, options);
		page.setDefaultTimeout(WALK_MS);
		await tap.test(name, async () => (await run(page, context)).concat(await faults()));
		await close();
	}, () => {});
}
