// What holds for every page. Each check returns its faults: an empty list is a pass.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { LANGUAGES } from "./pages.mjs";
import { get } from "./crawl.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

const inOther = (path, lang) => path.replace(/^\/[a-z]{2}(?=\/)/, `/${lang}`);

// One heading of the first level, the language, a title, the same address in the other languages; and no cookie in
// the answer itself.
export async function frame(page, origin, path, response, status = 200) {
	const faults = [], lang = path.slice(1, 3);
	if (response.status() !== status)
		faults.push(`status ${response.status()}, not ${status}`);
	if (response.headers()["set-cookie"])
		faults.push("sets a cookie");
	const seen = await page.evaluate(() => ({
		h1: document.querySelectorAll("h1").length,
		lang: document.documentElement.lang,
		title: document.title.trim(),
		alternates: [...document.querySelectorAll('link[rel="alternate"][hreflang]')].map((l) => [l.hreflang, l.href]),
		languages: [...document.querySelectorAll(".gr-langs a")].map((a) => [a.hreflang, a.href]),
	}));
	if (seen.h1 !== 1)
		faults.push(`${seen.h1} headings of the first level`);
	if (seen.lang !== lang)
		faults.push(`lang="${seen.lang}" on a page in ${lang}`);
	if (!seen.title || seen.title.startsWith("–"))
		faults.push(`the title is "${seen.title}"`);
	const alternates = new Map(seen.alternates), languages = new Map(seen.languages);
	for (const other of LANGUAGES) {
		// A page that is not there is not there in the other languages either: the switch leads home.
		const want = new URL(status === 200 ? inOther(path, other) : `/${other}/`, origin).href;
		if (alternates.get(other) !== want)
			faults.push(`hreflang ${other} is ${alternates.get(other)}, not ${want}`);
		if (other !== lang && languages.get(other) !== want)
			faults.push(`the language switch to ${other} is ${languages.get(other)}, not ${want}`);
	}
	for (const [, href] of alternates) {
		const res = await get(href);
		await res.arrayBuffer();
		if (res.status !== 200)
			faults.push(`${href} answers ${res.status}`);
	}
	return faults;
}

export async function axe(page) {
	await page.evaluate(AXE);
	const found = await page.evaluate((tags) => globalThis.axe.run(document, {
		runOnly: { type: "tag", values: tags },
		rules: { "color-contrast": { enabled: true } },
		resultTypes: ["violations"],
	}), TAGS);
	if (!found.passes.length)
		return ["axe looked at nothing"];
	return found.violations.map((v) =>
		`${v.id}: ${v.help}\n  ${v.nodes.slice(0, 4).map((n) => n.target.join(" ") + ": " + n.any.concat(n.all).slice(0, 1).map((c) => c.message).join()).join("\n  ")}`);
}

// No scrolling sideways of the page itself; tables scroll in boxes of their own.
export async function overflow(page) {
	return await page.evaluate(() => {
		const root = document.documentElement, wide = root.clientWidth;
		if (root.scrollWidth <= wide)
			return [];
		const culprits = [...document.body.querySelectorAll("*")].filter((e) => e.getBoundingClientRect().right > wide + 1).slice(0, 5);
		return [`${root.scrollWidth} px wide in ${wide} px: ${culprits.map((e) => `${e.tagName.toLowerCase()}.${e.getAttribute("class") ?? ""}`).join(", ")}`];
	});
}

export async function printed(page) {
	await page.emulateMedia({ media: "print" });
	const faults = await page.evaluate(() => {
		const shown = (e) => e.getClientRects().length > 0 && getComputedStyle(e).visibility !== "hidden";
		const out = [...document.querySelectorAll(".gr-nav, .gr-search, .gr-langs, .gr-skip")].filter(shown)
			.map((e) => `${e.getAttribute("class")} is printed`);
		const main = document.querySelector("main");
		if (!main || !shown(main) || !main.innerText.trim())
			out.push("nothing is printed");
		return out;
	});
	await page.emulateMedia({ media: null });
	return faults;
}

// The text of the page: what must be there without scripts as well. The second it was made is another one.
export async function words(page) {
	return (await page.evaluate(() => document.body.innerText)).replace(/\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?/g, "").replace(/\s+/g, " ");
}
