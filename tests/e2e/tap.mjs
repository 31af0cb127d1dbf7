// Tests as TAP: one line each, with what went wrong as comments beneath it.

export class Tap {
	count = 0;
	failed = 0;

	ok(name, faults) {
		this.count++;
		const bad = faults.length > 0;
		if (bad)
			this.failed++;
		console.log(`${bad ? "not ok" : "ok"} ${this.count} - ${name.replaceAll("#", "")}`);
		for (const fault of faults.slice(0, 12))
			for (const line of String(fault).split("\n"))
				console.log(`# ${line}`);
	}

	skip(name, why) {
		this.count++;
		console.log(`ok ${this.count} - ${name} # SKIP ${why}`);
	}

	// Run fn, which returns a list of faults; an exception is a fault as well.
	async test(name, fn) {
		let faults;
		try {
			faults = (await fn()) ?? [];
		} catch (e) {
			faults = [e.stack ?? String(e)];
		}
		this.ok(name, faults);
	}

	end() {
		console.log(`1..${this.count}`);
		console.log(`# ${this.count - this.failed} passed, ${this.failed} failed`);
		return this.failed ? 1 : 0;
	}
}
