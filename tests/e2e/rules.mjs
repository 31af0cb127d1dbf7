// The forms that run the rules: sent empty they say what is missing, sent wrong what to mend, and never more than that.
import { axe, overflow } from "./checks.mjs";

const NONSENSE = "twee?";

// look: what else is looked at on each page (axe needs scripts).
async function tryForms(page, origin, lang, look) {
	const faults = [];
	const note = (where, found) => faults.push(...found.map((f) => `${where}: ${f}`));
	await page.goto(`${origin}/${lang}/rules/check`);
	const forms = await page.locator("main a[href*='/rules/check/']").evaluateAll((links) => links.map((a) => a.getAttribute("href")));
	if (!forms.length)
		return ["there is no form"];
	for (const path of forms) {
		await page.goto(origin + path);
		await page.locator("form[method=post] button[type=submit]").click();
		if (!await page.locator(".gr-outcome").count())
			faults.push(`${path}: no outcome`);
		if (await page.locator(".gr-errors").count())
			faults.push(`${path}: an empty form is not wrong`);
		note(path, await look(page));
		note(path, await overflow(page));
		const number = page.locator("input[inputmode=decimal]").first();
		if (!await number.count())
			continue;
		await number.fill(NONSENSE);
		await page.locator("form[method=post] button[type=submit]").click();
		const link = await page.locator(".gr-errors a").first().getAttribute("href");
		const box = page.locator(`${link}[aria-invalid=true]`);
		if (await box.count() !== 1)
			faults.push(`${path}: ${link} leads to no field that is marked as wrong`);
		else if (await box.inputValue() !== NONSENSE)
			faults.push(`${path}: what was filled in is gone`);
		if (page.url().includes("?"))
			faults.push(`${path}: answers in the address`);
		note(`${path}, wrong`, await look(page));
	}
	return faults;
}

export const checkSituation = (page, origin, lang) => tryForms(page, origin, lang, async () => []);
export const checkSituationSeen = (page, origin, lang) => tryForms(page, origin, lang, axe);
