// Which kinds of page there are. The pages themselves come from the site map and from the links of the site, so this
// list knows nothing of the data, and a new page is tested without a word here. A kind that is named here and is not
// found is a fault: a page must not vanish unnoticed.

export const LANGUAGES = ["en", "nl", "fr"];

export const KINDS = [
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
	"/rules/check",
	"/rules/check/{key}",
	"/rules/decisions",
	"/rules/decisions/{key}",
	"/refused",
	"/data",
	"/comparison",
	"/comparison/{key}",
	"/about",
	"/accessibility",
	"/privacy",
];

// States of pages that no link leads to, for a form asks for them.
export const STATES = [
	"/activities?q=return",
	"/activities?q=zzzzzz",
	"/activities?priority=6&status=closed&sort=contribution",
	"/activities?q=%22unbalanced",
	"/comparison?q=return",
	"/rules?on=2009-06-30",
	"/figures/spending?as_of=2012-01-01",
];

// "/activities/18261" is of the kind "/activities/{key}"; further parts are the page's own ("/rules/{key}/text"), but
// below these the key is the third part.
const GROUPS = ["/rules/check", "/rules/decisions"];

export function kindOf(path) {
	const parts = path.split("/");
	const group = parts.slice(0, 3).join("/");
	if (GROUPS.includes(group))
		return parts.length < 4 ? group : `${group}/{key}`;
	return parts.length < 3 ? path : [`/${parts[1]}`, "{key}", ...parts.slice(3)].join("/");
}
