// The forms that run the rules: sent empty they say what is missing, sent wrong what to mend, and never more than that;
// sent with a case of the pack they say what the report says.
import { readFileSync } from "node:fs";
import { join } from "node:path";
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

// ---- cases of the pack, whose expectations come from the report ----

export const packCases = (pack, model) => JSON.parse(readFileSync(join(pack, "decisions", `${model}.cases.json`), "utf8")).cases;

const WORDS = { en: ["yes", "no"], nl: ["ja", "nee"], fr: ["oui", "non"] };
const TRIED = {
	"hrt-2010": ["eligible", "rejected asylum seeker in time", "resettled", "in the overlap eligibility is open", "eligibility not known, amount not known"],
	"subsidy-framework": ["criteria_met", "all five criteria met", "no lasting effect decides", "no track record leaves the whole open"],
};

// { a: 1, b: [{ c: 2 }] } -> [["a", 1], ["b.1.c", 2]]
const fields = (input) => Object.entries(input).flatMap(([name, value]) => Array.isArray(value)
	? value.flatMap((part, i) => Object.entries(part).map(([k, v]) => [`${name}.${i + 1}.${k}`, v])) : [[name, value]]);

// All at once: what it is to fill in a form is tried elsewhere.
function answer(answers) {
	for (const [name, value] of answers) {
		const boxes = [...document.querySelectorAll("form[method=post] [name]")].filter((e) => e.name === name);
		const box = boxes.find((e) => e.type !== "radio" || e.value === String(value));
		if (box?.type === "radio")
			box.checked = true;
		else
			box.value = String(value);
	}
}

async function oneCase(page, origin, lang, model, one) {
	const faults = [], address = `${origin}/${lang}/rules/check/${model}`;
	await page.goto(address);
	await page.evaluate(answer, fields(one.input));
	await page.locator("form[method=post] button[type=submit]").click();
	if (page.url() !== address)
		faults.push(`the answers lead to ${page.url()}`);
	const outcome = page.locator(".gr-outcome").first(), said = (await outcome.locator(".gr-lead").innerText()).trim().toLowerCase();
	const isOpen = await outcome.evaluate((e) => e.classList.contains("gr-outcome-open"));
	if (isOpen !== ("undetermined" in one) || (!isOpen && said !== WORDS[lang][one.expect ? 0 : 1]))
		faults.push(`"${said}", not ${one.expect ?? "open"}`);
	const changes = await outcome.locator(".gr-changes li").allInnerTexts();
	if (!isOpen && !changes.some((c) => c.endsWith(` ${WORDS[lang][one.expect ? 1 : 0]}`)))
		faults.push(`what would have changed it: ${changes.join("; ") || "nothing"}`);
	const missing = await outcome.locator('a[href^="#q"]').evaluateAll((all) => all.map((a) => a.textContent.trim()));
	if (isOpen && one.undetermined && (missing.length || await outcome.locator('p > span[lang="en"]').count()))
		faults.push(`the reason is not told in the language: ${await outcome.innerText()}`);
	if (isOpen && !one.undetermined && missing.length !== 1)
		faults.push(`one answer is missing, told are ${missing.join("; ") || "nothing"}`);
	const step = outcome.locator(".gr-step:has(li)").first();
	await step.locator("summary").click();
	if (!await step.locator("li").first().isVisible())
		faults.push("a step does not open");
	return faults.map((f) => `${model}, ${one.name}: ${f}`);
}

export async function situations(page, origin, lang, pack) {
	const faults = [];
	for (const [model, [decision, ...names]] of Object.entries(TRIED))
		for (const name of names) {
			const one = packCases(pack, model).find((c) => c.name === name && c.decision === decision || c.name === name);
			faults.push(...(one ? await oneCase(page, origin, lang, model, one) : [`${model} has no case "${name}"`]));
		}
	return faults.concat(await overflow(page));
}

// Nothing is left in the browser either.
export async function situationsSeen(page, origin, lang, pack) {
	const faults = await situations(page, origin, lang, pack);
	const kept = await page.evaluate(() => localStorage.length + sessionStorage.length);
	await page.setViewportSize({ width: 320, height: 640 });
	return faults.concat(await axe(page), await overflow(page), kept ? [`${kept} things kept in the browser`] : []);
}
