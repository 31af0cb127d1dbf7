// Chromium as the tests use it: nothing of its own goes over the network, every page begins without history.
import { chromium } from "playwright-core";

export const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
const PAGE_MS = 30_000;

export async function launch() {
	return await chromium.launch({
		executablePath: CHROMIUM,
		args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
			"--disable-sync", "--hide-scrollbars"],
	});
}

// A page in a context of its own, which notes what a page of this site must never do: ask another origin, write an
// error on the console, set a cookie. faults() says what was noted.
export async function open(browser, origin, options = {}) {
	const { width = 1280, height = 900, expectStatus, expectConsole, ...more } = options;
	// Scrolling that takes its time would be measured half-way.
	const context = await browser.newContext({ viewport: { width, height }, reducedMotion: "reduce", bypassCSP: options.javaScriptEnabled !== false, ...more });
	const page = await context.newPage();
	page.setDefaultTimeout(PAGE_MS);
	const noted = [];
	// A document that is asked for on purpose with a status of 400 or 404 is an "error" of the console too.
	const expected = expectStatus;
	const known = expectConsole; // a pattern: what a library says of itself
	page.on("request", (r) => {
		const url = r.url();
		if (!url.startsWith(`${origin}/`) && !url.startsWith("data:") && !url.startsWith("about:"))
			noted.push(`asks another origin: ${url}`);
	});
	page.on("console", (m) => {
		if (m.type() === "error" && !(expected && m.text().includes(`status of ${expected}`)) && !known?.test(m.text()))
			noted.push(`console: ${m.text()}`);
	});
	page.on("pageerror", (e) => noted.push(`script: ${e.message}`));
	page.on("response", (r) => {
		if (r.status() >= 400 && r.status() !== expected)
			noted.push(`${r.status()} ${r.url()}`);
	});
	return {
		page,
		context,
		async faults() {
			for (const c of await context.cookies())
				noted.push(`cookie: ${c.name}`);
			return noted.splice(0);
		},
		close: () => context.close(),
	};
}
