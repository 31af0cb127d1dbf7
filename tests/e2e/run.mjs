// Every page of the public site in Chromium, in three languages.   node run.mjs GRUTTO PACK   (GRUTTO_SHARED: sample data)
import { existsSync } from "node:fs";
import { resolve } from "node:path";

const [grutto, pack] = process.argv.slice(2).map((path) => resolve(path));
if (!grutto || !pack) {
	console.error("use: node run.mjs GRUTTO PACK");
	process.exit(2);
}
// `make test` installs what is missing; a run that found no browser has shown nothing, so it fails.
function leave(why) {
	console.log(`1..1\nnot ok 1 - ${why}`);
	process.exit(1);
}
if (Number(process.versions.node.split(".")[0]) < 18)
	leave(`browser tests need Node 18 or newer, not ${process.version}`);
if (!existsSync(new URL("node_modules/playwright-core", import.meta.url)) || !existsSync(new URL("node_modules/axe-core", import.meta.url)))
	leave("browser tests: node_modules is absent (npm ci in tests/e2e)");
const { CHROMIUM, launch } = await import("./browser.mjs");
if (!existsSync(CHROMIUM))
	leave(`browser tests: ${CHROMIUM} is absent`);

const { Tap } = await import("./tap.mjs");
const { Database, Server } = await import("./server.mjs");
const { everyPage } = await import("./every.mjs");
const { brokenPages } = await import("./broken.mjs");
const { journeys } = await import("./journeys.mjs");
const { senders } = await import("./senders.mjs");
const { editorJourneys } = await import("./editor.mjs");

const STOP_MS = 20_000;
const tap = new Tap();
const servers = [];
let database, browser;
const abandon = () => {
	servers.forEach((server) => server.stop());
	database?.remove();
	process.exit(1);
};
process.once("SIGTERM", abandon);
process.once("SIGINT", abandon);
const serve = (...of) => {
	servers.push(new Server(grutto, ...of));
	return servers.at(-1);
};
try {
	database = new Database(grutto, pack, process.env.GRUTTO_SHARED && resolve(process.env.GRUTTO_SHARED));
	if (!database.realSample)
		console.log("# the shared folder is absent: comparison pages show one activity made for the tests");
	const written = database.copy();
	const site = serve(database.path), editor = serve(written, "--editor");
	const origin = await site.origin(), editorOrigin = await editor.origin();
	browser = await launch();
	await brokenPages(tap, browser);
	await everyPage(tap, browser, origin, pack);
	await journeys(tap, browser, origin, pack);
	await senders(tap, browser, origin);
	await editorJourneys(tap, browser, editorOrigin, pack);
	tap.ok("the log tells of the forms and of no answer", [
		...(/POST \/[a-z]{2}\/rules\/check\/hrt-2010\b/.test(site.log) ? [] : ["no request for a form is logged"]),
		...(site.log.match(/^.*(?:asylum_status|departure_term|nationality).*$/gm) ?? []),
	]);
} catch (e) {
	tap.ok("the tests run to their end", [e.stack ?? String(e), ...servers.map((server) => server.log.slice(-2000))]);
} finally {
	await browser?.close().catch(() => {});
	for (const server of servers) {
		const ended = await server.stopAndWait(STOP_MS);
		tap.ok("the server ends by itself when told to, without a word of the sanitizers",
			[...(ended === 0 ? [] : [`it ended with ${ended}`]), ...(server.log.match(/^.*(?:Sanitizer|runtime error).*$/gm) ?? [])]);
	}
	database?.remove();
}
process.exitCode = tap.end();
