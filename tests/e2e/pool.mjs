// Several pages at a time: as many workers as pay on this machine, each with browser pages of its own.
import { availableParallelism, cpus } from "node:os";

export const WORKERS = Math.min(4, (availableParallelism?.() ?? cpus().length) + 1);

// start() makes what a worker works with, work(tool, job) does one job, end(tool) puts the tool away.
export async function pool(jobs, start, work, end) {
	const todo = [...jobs];
	await Promise.all(Array.from({ length: Math.min(WORKERS, todo.length) }, async () => {
		const tool = await start();
		try {
			while (todo.length)
				await work(tool, todo.shift());
		} finally {
			await end(tool);
		}
	}));
}
