// The checks themselves: each must find what is wrong with a page made wrong on purpose, and nothing on a good one.
// Runs first, in the same browser.
import { createServer } from "node:http";
import { open } from "./browser.mjs";
import { axe, axeLayout, dark, forcedColours, frame, oneLine, overflow, printed } from "./checks.mjs";
import { pool } from "./pool.mjs";

const heads = ["en", "nl", "fr"].map((l) => `<link rel="alternate" hreflang="${l}" href="/${l}/PAGE">`).join("");
const switches = ["nl", "fr"].map((l) => `<li><a hreflang="${l}" lang="${l}" href="/${l}/PAGE">${l}</a></li>`).join("");
const GOOD = `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>A page</title><link rel="icon" href="data:,">${heads}<link rel="stylesheet" href="/style.css"></head>
<body><header><nav class="gr-nav"><ul class="gr-langs">${switches}</ul></nav></header><main><h1>A page</h1><p>Text.</p></main></body></html>`;

const STYLE = "@media print{nav{display:none}}a{padding:8px;display:inline-block}li{display:inline-block}";
const DRAWING = '<div class="chart"><svg class="chart-svg" width="100" height="50" role="img" aria-label="Bars"><rect width="90" height="40"/></svg></div>';

const WRONG = {
	"two headings": ["frame", (s) => s.replace("<p>Text.", "<h1>More</h1><p>Text.")],
	"another language": ["frame", (s) => s.replace('lang="en"', 'lang="nl"')],
	"no title": ["frame", (s) => s.replace("<title>A page</title>", "<title></title>")],
	"a switch that leads home": ["frame", (s) => s.replace('lang="fr" href="/fr/PAGE"', 'lang="fr" href="/fr/"')],
	"a heading skipped": ["frame", (s) => s.replace("<p>Text.", "<h3>More</h3><p>Text.")],
	"an id twice": ["frame", (s) => s.replace("<p>Text.", '<p id="a">A</p><p id="a">Text.')],
	"a link to no part": ["frame", (s) => s.replace("Text.", '<a href="#none">Text</a>')],
	"a style in the page": ["frame", (s) => s.replace("<p>Text.", '<p style="margin:0">Text.')],
	"a script from elsewhere": ["frame", (s) => s.replace("Text.", '<script src="http://127.0.0.1:9/x.js"></script>')],
	"a translation for no language": ["frame", (s) => s.replace("</head>", '<link rel="alternate" hreflang="xx" href="/xx/PAGE"></head>')],
	"grey on white": ["axe", (s) => s.replace("<p>", '<p style="color:#aaa;background:#fff">')],
	"an image without words": ["axe", (s) => s.replace("Text.", '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">')],
	"a wide box": ["overflow", (s) => s.replace("<p>", '<p style="width:900px">')],
	"grey on white where it is narrow": ["axeLayout", (s) => s.replace("<p>", '<p style="color:#aaa;background:#fff">')],
	"sections in two lines": ["oneLine", (s) => s.replace("</ul></nav>", '<li style="display:block">More</li></ul></nav>')],
	"navigation on paper": ["printed", (s) => s.replace("<nav", '<nav style="display:block!important"')],
	"a box that paper is too narrow for": ["printed", (s) => s.replace("<p>", '<p style="width:700px">')],
	"a drawing that is not on paper": ["printed", (s) => s.replace("<p>", `<style>@media print{svg{display:none}}</style>${DRAWING}<p>`)],
	"a table that is not on paper": ["printed", (s) => s.replace("<p>", `<figure>${DRAWING}<details><summary>Table</summary><table><tr><td>1</td></tr></table></details></figure><p>`)],
	"a drawing lost in forced colours": ["forcedColours", (s) => s.replace("<p>", `<style>svg *{forced-color-adjust:none;fill:Canvas}</style>${DRAWING}<p>`)],
	"half of a dark page": ["dark", (s) => s.replace("<p>", '<style>@media (prefers-color-scheme: dark){body{background:#111}}</style><p style="color:#222">')],
	"a cookie": ["noted", (s) => s, { cookie: true }],
	"another origin": ["noted", (s) => s.replace("Text.", '<img alt="" src="http://127.0.0.1:9/x.png">')],
	"an error of a script": ["noted", (s) => s.replace("Text.", "<script>console.error('no')</script>")],
};

const CHECKS = {
	frame: (it, ...of) => frame(it.page, ...of),
	axe: (it) => axe(it.page),
	axeLayout: (it) => axeLayout(it.page),
	overflow: (it) => overflow(it.page),
	oneLine: (it) => oneLine(it.page),
	printed: (it) => printed(it.page),
	forcedColours: (it) => forcedColours(it.page),
	dark: (it) => dark(it.page),
	noted: (it) => it.faults(),
};

async function found(browser, origin, name, checks) {
	const it = await open(browser, origin, { width: 320, height: 640 });
	try {
		const path = `/en/${name}`, faults = [];
		const response = await it.page.goto(origin + path);
		for (const check of checks)
			faults.push(...(await CHECKS[check](it, origin, path, response)));
		return faults;
	} finally {
		await it.close();
	}
}

export async function brokenPages(tap, browser) {
	const names = Object.keys(WRONG);
	const server = createServer((req, res) => {
		const [, lang, name] = req.url.split("/");
		const [, change, how] = WRONG[names[Number(name)]] ?? [null, (s) => s];
		if (req.url === "/style.css") {
			res.writeHead(200, { "content-type": "text/css" });
			res.end(STYLE);
			return;
		}
		res.writeHead(200, { "content-type": "text/html; charset=utf-8", ...(how?.cookie ? { "set-cookie": "a=b" } : {}) });
		res.end(change(GOOD.replace('lang="en"', `lang="${lang}"`)).replaceAll("PAGE", name));
	});
	await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
	const origin = `http://127.0.0.1:${server.address().port}`;
	try {
		const jobs = [];
		await tap.test("the checks find nothing on a good page", () => found(browser, origin, "good", Object.keys(CHECKS)));
		for (const [i, name] of names.entries())
			jobs.push([`the checks find ${name}`, async () => {
				const [check] = WRONG[name];
				return (await found(browser, origin, String(i), [check])).length ? [] : [`${check} found nothing`];
			}]);
		await pool(jobs, () => null, (_, [name, fn]) => tap.test(name, fn), () => {});
	} finally {
		server.closeAllConnections?.();
		server.close();
	}
}
