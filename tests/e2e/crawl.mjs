// Follow the links of the site. Pages are read once; of pages alike (same pattern, or same path with another query)
// a bounded number is read, so that the crawl ends in time on a slow build.
import { LANGUAGES } from "./pages.mjs";

const CRAWL_MAX = 700; // requests
const LIKE_MAX = 6;    // of one shape and language
const REQUEST_MS = 30_000;

export async function get(url, options = {}) {
	return await fetch(url, { redirect: "manual", signal: AbortSignal.timeout(REQUEST_MS), ...options });
}

function unescapeAttribute(text) {
	return text.replace(/&(amp|lt|gt|quot|#39|#34|#38);/g, (_, name) =>
		({ amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'", "#34": '"', "#38": "&" })[name]);
}

export function linksOf(html) {
	return [...html.matchAll(/<(?:a|link|img|script|source)\b[^>]*?\s(?:href|src)="([^"]*)"/g)].map((m) => unescapeAttribute(m[1]));
}

// Without keys, values and numbers: what makes two addresses "alike".
function shapeOf(url) {
	const parts = url.pathname.split("/");
	const language = LANGUAGES.includes(parts[1]) ? parts[1] : "";
	const path = (language ? parts.slice(2) : parts.slice(1)).map((part, i) => (i ? "*" : part)).join("/");
	return `${language} ${path} ${[...new Set(url.searchParams.keys())].sort().join("&")}`;
}

// { pages: Map path -> status, faults: [what], links: Set of addresses seen, read: number }
export async function crawl(origin) {
	const faults = [], links = new Map(), alike = new Map(), read = new Map();
	const todo = LANGUAGES.map((l) => ({ url: new URL(`/${l}/`, origin), from: "start" }));
	for (const { url } of todo)
		links.set(url.href, "start");
	while (todo.length && read.size < CRAWL_MAX) {
		const { url, from } = todo.shift();
		const shape = shapeOf(url);
		const n = alike.get(shape) ?? 0;
		if (n >= LIKE_MAX)
			continue;
		alike.set(shape, n + 1);
		const res = await get(url);
		read.set(url.href, res.status);
		const type = res.headers.get("content-type") ?? "";
		if (res.status >= 300 && res.status < 400) {
			const to = new URL(res.headers.get("location") ?? "", url);
			add(to, url.pathname);
		} else if (res.status !== 200) {
			faults.push(`${res.status} ${url.pathname}${url.search} (linked from ${from})`);
		}
		const body = await res.text();
		if (res.status !== 200 || !type.startsWith("text/html"))
			continue;
		for (const href of linksOf(body)) {
			let to;
			try {
				to = new URL(href, url);
			} catch {
				faults.push(`${href} is no address (on ${url.pathname})`);
				continue;
			}
			add(to, url.pathname + url.search);
		}
	}
	function add(to, from) {
		to.hash = "";
		if (to.origin !== origin || links.has(to.href))
			return;
		links.set(to.href, from);
		todo.push({ url: to, from });
	}
	return { faults, links, read, bounded: todo.length > 0 };
}
