// What holds for every page. Each check returns its faults: an empty list is a pass.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { LANGUAGES, languagesOf } from "./pages.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

const inOther = (path, lang) => path.replace(/^\/[a-z]{2}(?=\/)/, `/${lang}`);

// One heading of the first level and none skipped below it, the language, a title, the same address in the other
// languages, nothing that is fetched from elsewhere; and no cookie in the answer itself. Returns the title as well.
export async function frame(page, origin, path, response, status = 200) {
	const faults = [], lang = path.slice(1, 3);
	if (response.status() !== status)
		faults.push(`status ${response.status()}, not ${status}`);
	if (response.headers()["set-cookie"])
		faults.push("sets a cookie");
	const seen = await page.evaluate(() => {
		const ids = [...document.querySelectorAll("[id]")].map((e) => e.id), known = new Set(ids);
		const fetched = [...document.querySelectorAll("link[rel~=stylesheet], link[rel~=icon], link[rel~=preload], img, script, source, iframe, use, image")];
		return {
			levels: [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].map((h) => [Number(h.localName[1]), h.textContent.trim()]),
			lang: document.documentElement.lang,
			title: document.title.trim(),
			alternates: [...document.querySelectorAll('link[rel="alternate"][hreflang]')].map((l) => [l.hreflang, l.href]),
			languages: [...document.querySelectorAll(".gr-langs a")].map((a) => [a.hreflang, a.href]),
			twice: ids.filter((id, i) => ids.indexOf(id) !== i),
			nowhere: [...document.querySelectorAll('a[href^="#"]')].map((a) => decodeURIComponent(a.getAttribute("href").slice(1))).filter((id) => !known.has(id)),
			fetched: fetched.map((e) => e.href?.baseVal ?? e.href ?? e.src ?? "").filter((url) => url && !url.startsWith("#")),
			inline: document.querySelectorAll("[style], style, script:not([src])").length,
		};
	});
	const ones = seen.levels.filter(([level]) => level === 1).length;
	if (ones !== 1)
		faults.push(`${ones} headings of the first level`);
	for (const [i, [level, text]] of seen.levels.entries())
		if (level > (i ? seen.levels[i - 1][0] : 0) + 1 || !text)
			faults.push(`the heading "${text}" is of level ${level} behind ${i ? seen.levels[i - 1][0] : "nothing"}`);
	if (seen.lang !== lang)
		faults.push(`lang="${seen.lang}" on a page in ${lang}`);
	if (!seen.title || seen.title.startsWith("–"))
		faults.push(`the title is "${seen.title}"`);
	for (const id of seen.twice)
		faults.push(`id="${id}" twice`);
	for (const id of seen.nowhere)
		faults.push(`#${id} leads nowhere`);
	for (const url of seen.fetched)
		if (!new URL(url, origin + path).href.startsWith(`${origin}/`) && !url.startsWith("data:"))
			faults.push(`fetches ${url}`);
	if (seen.inline)
		faults.push(`${seen.inline} styles or scripts in the page itself`);
	// A page that is not there is not there in the other languages either: the switch leads home.
	const want = (other) => new URL(status === 200 ? inOther(path, other) : `/${other}/`, origin).href;
	return faults.concat(inLanguages(seen, lang, want, status === 200 ? languagesOf(path.slice(3)) : LANGUAGES));
}

// hreflang names each language once, the page itself among them (and perhaps x-default); the switch the two others.
function inLanguages(seen, lang, want, expected) {
	const faults = [], alternates = new Map(seen.alternates), languages = new Map(seen.languages);
	for (const other of expected) {
		if (alternates.get(other) !== want(other))
			faults.push(`hreflang ${other} is ${alternates.get(other)}, not ${want(other)}`);
		if (other !== lang && languages.get(other) !== want(other))
			faults.push(`the language switch to ${other} is ${languages.get(other)}, not ${want(other)}`);
	}
	for (const [name, href] of alternates)
		if (!expected.includes(name) && !(name === "x-default" && expected.some((l) => want(l) === href)))
			faults.push(`hreflang "${name}" leads to ${href}`);
	if (alternates.size !== seen.alternates.length)
		faults.push("hreflang names a language twice");
	return faults;
}

const BY_TAGS = { type: "tag", values: TAGS };
// What can differ when the same page is narrower, or in other colours.
const BY_LAYOUT = { type: "rule", values: ["color-contrast", "target-size", "scrollable-region-focusable", "link-in-text-block"] };

async function axeRun(page, runOnly) {
	if (!(await page.evaluate("Boolean(globalThis.axe)")))
		await page.evaluate(AXE);
	const found = await page.evaluate((only) => globalThis.axe.run(document, {
		runOnly: only,
		rules: { "color-contrast": { enabled: true }, "target-size": { enabled: true } },
		resultTypes: ["violations"],
	}), runOnly);
	if (!found.passes.length)
		return ["axe looked at nothing"];
	return found.violations.map((v) =>
		`${v.id}: ${v.help}\n  ${v.nodes.slice(0, 4).map((n) => n.target.join(" ") + ": " + n.any.concat(n.all).slice(0, 1).map((c) => c.message).join()).join("\n  ")}`);
}

export const axe = (page) => axeRun(page, BY_TAGS);
export const axeLayout = (page) => axeRun(page, BY_LAYOUT);

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

// The sections stand in one line, where the window is as wide as on a desk.
export async function oneLine(page) {
	const tops = await page.locator(".gr-nav li").evaluateAll((all) => all.map((e) => Math.round(e.getBoundingClientRect().top)));
	return new Set(tops).size === 1 ? [] : [`the navigation has ${tops.length} entries at the heights ${[...new Set(tops)].join()}`];
}

const PAPER_WIDTH = 672; // A4 without its margins, 178 mm of 96 px to the inch

// On paper: no navigation; every drawing, with the table behind it; nothing beyond the edge.
export async function printed(page) {
	const before = page.viewportSize();
	await page.setViewportSize({ ...before, width: PAPER_WIDTH });
	await page.emulateMedia({ media: "print" });
	const faults = await page.evaluate(() => {
		const shown = (e) => e.getClientRects().length > 0 && e.checkVisibility({ checkVisibilityCSS: true, contentVisibilityAuto: true });
		const out = [...document.querySelectorAll("nav, .gr-nav, .gr-search, .gr-langs, .gr-skip, .gr-facets")].filter((e) => shown(e) && e.innerText.trim())
			.map((e) => `${e.getAttribute("class") ?? e.localName} is printed`);
		const main = document.querySelector("main");
		if (!main || !shown(main) || !main.innerText.trim())
			out.push("nothing is printed");
		for (const chart of document.querySelectorAll(".chart")) {
			const title = chart.querySelector("title")?.textContent ?? "a chart";
			const drawn = [...chart.querySelectorAll("svg.chart-svg")].filter(shown).filter((e) => e.getBoundingClientRect().height > 10);
			if (drawn.length !== 1)
				out.push(`${title}: ${drawn.length} drawings printed`);
			const table = chart.closest("figure")?.querySelector("table");
			if (table && !shown(table))
				out.push(`${title}: its table is not printed`);
		}
		return out;
	});
	const wide = await overflow(page);
	await page.emulateMedia({ media: null });
	await page.setViewportSize(before);
	return faults.concat(wide);
}

// With the system's own colours (Windows' contrast themes) no drawing vanishes in its ground. What the browser itself
// forces, such as the colour of text, is not in the computed styles, so axe cannot judge it.
export async function forcedColours(page) {
	await page.emulateMedia({ forcedColors: "active" });
	const faults = await page.evaluate(() => {
		const shown = [...document.querySelectorAll("svg.chart-svg")].filter((e) => e.getClientRects().length);
		const probe = document.body.appendChild(document.createElement("i"));
		probe.style.color = "Canvas";
		const ground = getComputedStyle(probe).color;
		probe.remove();
		const seen = (e) => {
			const s = getComputedStyle(e);
			return (s.fill !== "none" && s.fill !== ground) || (s.stroke !== "none" && s.stroke !== ground && parseFloat(s.strokeWidth) > 0);
		};
		const out = matchMedia("(forced-colors: active)").matches ? [] : ["the browser does not force colours"];
		for (const svg of shown) {
			const marks = [...svg.querySelectorAll("rect, path, circle, line, polyline, text")].filter((e) => e.getClientRects().length);
			if (!marks.length || !marks.some(seen))
				out.push(`${svg.querySelector("title")?.textContent}: nothing of the drawing is seen`);
			for (const text of marks.filter((e) => e.localName === "text" && !seen(e)).slice(0, 3))
				out.push(`"${text.textContent}" is not seen`);
		}
		return out;
	});
	await page.emulateMedia({ forcedColors: null });
	return faults;
}

// The colours of everything on the page, as one text.
async function colours(page) {
	return await page.evaluate(() => [...document.querySelectorAll("*")].map((e) => {
		const s = getComputedStyle(e);
		return [s.color, s.backgroundColor, s.backgroundImage, s.borderColor, s.fill, s.stroke, s.opacity, s.display].join();
	}).join("|"));
}

// A reader whose system is dark: the site is light on purpose or dark on purpose, never half of each. Where no colour
// changes, axe() has judged them all.
export async function dark(page) {
	const light = await colours(page);
	await page.emulateMedia({ colorScheme: "dark" });
	const faults = (await colours(page)) === light ? [] : await axeLayout(page);
	await page.emulateMedia({ colorScheme: null });
	return faults;
}

// The text of the page: what must be there without scripts as well. The second it was made is another one.
export async function words(page) {
	return (await page.evaluate(() => document.body.innerText)).replace(/\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?/g, "").replace(/\s+/g, " ");
}
