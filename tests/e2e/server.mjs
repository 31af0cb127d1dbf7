// A fresh database, and the program serving one on a free port of the loopback interface.
import { execFileSync, spawn } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const START_MS = 60_000;
const COMMAND_MS = 120_000;
const SAMPLE = "data/iati/real/acfspain/acfspain-ge.xml";

// Comparison activities: a real file of the shared folder, or one activity of our own making where that is absent.
const OWN_SAMPLE = `<?xml version="1.0" encoding="UTF-8"?>
<iati-activities version="2.03"><iati-activity default-currency="EUR" xml:lang="en">
<iati-identifier>XM-TEST-1</iati-identifier><reporting-org ref="XM-TEST" type="10"><narrative>Ministry of tests</narrative></reporting-org>
<title><narrative>Return with a plan</narrative></title><description><narrative>One activity for the tests.</narrative></description>
<activity-status code="2"/><activity-date type="2" iso-date="2010-01-01"/><recipient-country code="GE" percentage="100"/>
</iati-activity></iati-activities>
`;

// A fresh database in a folder of its own. remove() takes it away again.
export class Database {
	constructor(grutto, pack, shared) {
		this.dir = mkdtempSync(join(tmpdir(), "grutto-e2e-"));
		this.path = join(this.dir, "e2e.db");
		const run = (...args) => execFileSync(grutto, args, { stdio: "pipe", timeout: COMMAND_MS, cwd: this.dir });
		try {
			run("init", this.path, "--pack", pack);
			let sample = join(shared ?? "", SAMPLE);
			this.realSample = Boolean(shared) && existsSync(sample);
			if (!this.realSample) {
				sample = join(this.dir, "sample.xml");
				writeFileSync(sample, OWN_SAMPLE);
			}
			run("import", "iati", this.path, sample);
		} catch (e) {
			this.remove();
			throw e;
		}
	}

	// Before anything serves it.
	copy() {
		const path = join(this.dir, "copy.db");
		copyFileSync(this.path, path);
		return path;
	}

	remove() {
		rmSync(this.dir, { recursive: true, force: true });
	}
}

export class Server {
	constructor(grutto, path, ...options) {
		this.log = "";
		this.child = spawn(grutto, ["serve", path, "--listen", "127.0.0.1:0", ...options], { cwd: dirname(path) });
	}

	// The origin, "http://127.0.0.1:PORT", as soon as the program says it.
	async origin() {
		return await new Promise((resolve, reject) => {
			const late = setTimeout(() => reject(new Error(`no address in ${START_MS} ms:\n${this.log}`)), START_MS);
			const hear = (chunk) => {
				this.log += chunk;
				const m = /Grutto serves (http:\/\/[^/\s]+)\//.exec(this.log);
				if (!m)
					return;
				clearTimeout(late);
				resolve(m[1]);
			};
			this.child.stdout.on("data", hear);
			this.child.stderr.on("data", hear);
			this.child.on("error", reject);
			this.child.on("exit", (code, signal) => {
				clearTimeout(late);
				this.ended = code ?? signal;
				reject(new Error(`the server ended (${this.ended}):\n${this.log.slice(-4000)}`));
			});
		});
	}

	// End the program by its own process id and wait for it; returns its exit status, or the signal that it took.
	async stopAndWait(ms) {
		if (this.ended === undefined) {
			const ended = new Promise((resolve) => this.child.once("exit", (code, signal) => resolve(code ?? signal)));
			this.child.kill("SIGTERM");
			const late = setTimeout(() => this.child.kill("SIGKILL"), ms);
			this.ended = await ended;
			clearTimeout(late);
		}
		return this.ended;
	}

	// Whatever happens: nothing running.
	stop() {
		if (this.ended === undefined)
			this.child.kill("SIGKILL");
	}
}
