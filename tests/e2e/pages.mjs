// Every page a visitor can open, without the language in front. A {key} is filled from the first link the crawler
// finds below that list, so the list knows nothing of the data. A page without a link to it is noticed by name.

export const LANGUAGES = ["en", "nl", "fr"];

export const PAGES = [
	"/",
	"/priorities",
	"/priorities/{key}",
	"/activities",
	"/activities/{key}",
	"/organisations",
	"/organisations/{key}",
	"/countries",
	"/countries/{key}",
	"/figures",
	"/figures/{key}",
	"/rules",
	"/refused",
	"/data",
	"/comparison",
	"/comparison/{key}",
	"/about",
	"/accessibility",
	"/privacy",
];

// The pattern of PAGES that an address belongs to: "/activities/18261" is "/activities/{key}"; null for a page that
// is not declared.
export function patternOf(path) {
	if (PAGES.includes(path))
		return path;
	const parts = path.split("/");
	const keyed = `/${parts[1]}/{key}`;
	return parts.length === 3 && PAGES.includes(keyed) ? keyed : null;
}
