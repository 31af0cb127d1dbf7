// The checks themselves: each must find what is wrong with a page made wrong on purpose, and nothing on a good one.
// Runs first, in the same browser.
import { createServer } from "node:http";
import { open } from "./browser.mjs";
import { axe, frame, overflow, printed } from "./checks.mjs";

const heads = ["en", "nl", "fr"].map((l) => `<link rel="alternate" hreflang="${l}" href="/${l}/PAGE">`).join("");
const switches = ["nl", "fr"].map((l) => `<li><a hreflang="${l}" lang="${l}" href="/${l}/PAGE">${l}</a></li>`).join("");
const GOOD = `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>A page</title><link rel="icon" href="data:,">${heads}<style>@media print{nav{display:none}}a{padding:8px;display:inline-block}</style></head>
<body><header><nav class="gr-nav"><ul class="gr-langs">${switches}</ul></nav></header><main><h1>A page</h1><p>Text.</p></main></body></html>`;

const WRONG = {
	"two headings": ["frame", (s) => s.replace("<p>Text.", "<h1>More</h1><p>Text.")],
	"another language": ["frame", (s) => s.replace('lang="en"', 'lang="nl"')],
	"no title": ["frame", (s) => s.replace("<title>A page</title>", "<title></title>")],
	"a switch that leads home": ["frame", (s) => s.replace('lang="fr" href="/fr/PAGE"', 'lang="fr" href="/fr/"')],
	"a translation that is not there": ["frame", (s) => s, { absent: "/nl/" }],
	"grey on white": ["axe", (s) => s.replace("<p>", '<p style="color:#aaa;background:#fff">')],
	"an image without words": ["axe", (s) => s.replace("Text.", '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">')],
	"a wide box": ["overflow", (s) => s.replace("<p>", '<p style="width:900px">')],
	"navigation on paper": ["printed", (s) => s.replace("nav{display:none}", "")],
	"a cookie": ["noted", (s) => s, { cookie: true }],
	"another origin": ["noted", (s) => s.replace("Text.", '<img alt="" src="http://127.0.0.1:9/x.png">')],
	"an error of a script": ["noted", (s) => s.replace("Text.", "<script>console.error('no')</script>")],
};

async function found(browser, origin, name) {
	const it = await open(browser, origin, { width: 320, height: 640 });
	try {
		const path = `/en/${name}`;
		const response = await it.page.goto(origin + path);
		return {
			noted: await it.faults(),
			frame: await frame(it.page, origin, path, response),
			axe: await axe(it.page),
			overflow: await overflow(it.page),
			printed: await printed(it.page),
		};
	} finally {
		await it.close();
	}
}

export async function brokenPages(tap, browser) {
	const names = Object.keys(WRONG);
	const server = createServer((req, res) => {
		const [, lang, name] = req.url.split("/");
		const [, change, how] = WRONG[names[Number(name)]] ?? [null, (s) => s];
		const absent = how?.absent && req.url.startsWith(how.absent);
		res.writeHead(absent ? 404 : 200, { "content-type": "text/html; charset=utf-8", ...(how?.cookie ? { "set-cookie": "a=b" } : {}) });
		res.end(change(GOOD.replace('lang="en"', `lang="${lang}"`)).replaceAll("PAGE", name));
	});
	await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
	const origin = `http://127.0.0.1:${server.address().port}`;
	try {
		await tap.test("the checks find nothing on a good page", async () => Object.values(await found(browser, origin, "good")).flat());
		for (const [i, name] of names.entries())
			await tap.test(`the checks find ${name}`, async () => {
				const all = await found(browser, origin, String(i));
				return all[WRONG[name][0]].length ? [] : [`${WRONG[name][0]} found nothing`];
			});
	} finally {
		server.closeAllConnections?.();
		server.close();
	}
}
