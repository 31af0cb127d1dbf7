// The files of a selection: of their type, well-formed, and holding the activities that the API names, no more and no
// fewer; the list offers exactly these, and the browser saves them.
import { readFile } from "node:fs/promises";
import { get } from "./crawl.mjs";
import { csvRows, xlsxFirstColumn } from "./tables.mjs";

const SELECTIONS = ["?q=return", "?priority=6&status=closed"];
const PAGES_MAX = 100;

const column = (rows) => {
	if (rows[0] !== "activity_id")
		throw new Error(`the first column is ${rows[0]}`);
	return rows.slice(1);
};
// Each reads one file; page is an open page, whose parser says what is well-formed XML.
const FILES = {
	"/data/activities.csv": [/^text\/csv\b/, (body) => column(csvRows(body.toString("utf8")).map((r) => r[0]))],
	"/data/activities.json": [/^application\/json\b/, (body) => JSON.parse(body.toString("utf8")).rows.map((r) => r.activity_id)],
	"/data/activities.xlsx": [/^application\/vnd\.openxmlformats-officedocument\.spreadsheetml\.sheet$/, (body) => column(xlsxFirstColumn(body))],
	"/data/iati.xml": [/^application\/xml\b/, (body, page) => iatiKeys(page, body.toString("utf8"))],
};

async function iatiKeys(page, xml) {
	const seen = await page.evaluate((text) => {
		const doc = new DOMParser().parseFromString(text, "application/xml");
		const activities = [...doc.documentElement.children].filter((e) => e.localName === "iati-activity");
		return {
			wrong: doc.querySelector("parsererror")?.textContent ?? "", root: doc.documentElement.localName,
			version: doc.documentElement.getAttribute("version"),
			keys: activities.map((a) => a.querySelector(":scope > iati-identifier")?.textContent.trim().replace(/^.*-/, "") ?? ""),
		};
	}, xml);
	if (seen.wrong || seen.root !== "iati-activities" || seen.version !== "2.03")
		throw new Error(`${seen.root} ${seen.version} ${seen.wrong}`);
	return seen.keys;
}

// The keys of a selection, from the API, page after page.
async function wantedKeys(origin, selection) {
	const keys = [];
	for (let page = 1; page < PAGES_MAX; page++) {
		const { total, rows } = await (await get(`${origin}/api/v1/activities${selection}&page=${page}`)).json();
		keys.push(...rows.map((r) => r.activity_id));
		if (keys.length >= total)
			return keys.sort();
	}
	throw new Error("the API's pages have no end");
}

export async function files(page, origin) {
	const faults = [];
	await page.goto(`${origin}/en/data`);
	const [, iati] = FILES["/data/iati.xml"];
	// Not every activity can be written as IATI (docs/iati.md, "The own portfolio"): of a selection, the file holds
	// those that the whole file holds.
	const written = new Set(await iati(Buffer.from(await (await get(`${origin}/data/iati.xml`)).arrayBuffer()), page));
	for (const selection of SELECTIONS) {
		const all = await wantedKeys(origin, selection);
		if (!all.length)
			faults.push(`${selection} selects nothing`);
		for (const [path, [type, keysOf]] of Object.entries(FILES)) {
			const res = await get(origin + path + selection);
			const body = Buffer.from(await res.arrayBuffer());
			if (res.status !== 200 || !type.test(res.headers.get("content-type") ?? "")) {
				faults.push(`${path}${selection}: ${res.status} ${res.headers.get("content-type")}`);
				continue;
			}
			const want = path.endsWith(".xml") ? all.filter((key) => written.has(key)) : all;
			const is = (await keysOf(body, page)).sort();
			if (!want.length || is.join() !== want.join())
				faults.push(`${path}${selection} holds ${is.join(" ")}, not ${want.join(" ")}`);
		}
	}
	return faults;
}

// The list offers these files for the selection it shows, and a click on each saves what the address answers.
export async function downloads(page, origin, lang) {
	const faults = [], [selection] = SELECTIONS;
	await page.goto(`${origin}/${lang}/activities${selection}`);
	for (const path of Object.keys(FILES)) {
		const link = page.locator(`main a[href="${path}${selection}"]`);
		if ((await link.count()) !== 1) {
			faults.push(`${await link.count()} links to ${path}${selection}`);
			continue;
		}
		const [saved] = await Promise.all([page.waitForEvent("download"), link.click()]);
		const is = await readFile(await saved.path());
		if (!is.length || !saved.suggestedFilename().endsWith(path.slice(path.lastIndexOf("."))))
			faults.push(`${path} is saved as ${saved.suggestedFilename()}, ${is.length} bytes`);
	}
	return faults;
}
