// Which kinds of page there are. The pages themselves come from the site map and from the links of the site, so this
// list knows nothing of the data, and a new page is tested without a word here. A kind that is named here and is not
// found is a fault: a page must not vanish unnoticed.

export const LANGUAGES = ["en", "nl", "fr"];
const SENDERS = [...LANGUAGES, "tr", "ar", "es"];

// Pages for those who send money home are there in more languages.
export const languagesOf = (path) => (/^\/prices([/?]|$)/.test(path) ? SENDERS : LANGUAGES);

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
	"/evaluation",
	"/evaluation/{key}",
	"/evaluation/what-if",
	"/rules",
	"/rules/check",
	"/rules/check/{key}",
	"/rules/decisions",
	"/rules/decisions/{key}",
	"/refused",
	"/prices",
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
	"/prices?to=MA&amount=abc",
	"/prices?to=MA&amount=200&pay=ideal&payout=airtime",
	"/prices?to=TR&amount=5.000&what=receive&order=soonest",
	"/evaluation/what-if/evaluation-verdict/running_time",
	"/evaluation?priority=6&from=2010&to=2011",
	"/evaluation/question-3?activity=18261&as_of=2010-12-31",
];

// "/activities/18261" is of the kind "/activities/{key}"; further parts are the page's own ("/rules/{key}/text"), but
// below these the key is the third part.
const GROUPS = ["/evaluation/what-if", "/prices/providers", "/prices/to", "/rules/check", "/rules/decisions"];

export function kindOf(path) {
	const parts = path.split("/");
	const group = parts.slice(0, 3).join("/");
	if (GROUPS.includes(group))
		return parts.length < 4 ? group : `${group}/{key}`;
	return parts.length < 3 ? path : [`/${parts[1]}`, "{key}", ...parts.slice(3)].join("/");
}
