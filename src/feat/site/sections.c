/* The sections of the navigation. */
#include "feat/site/parts.h"

struct section {
	const char *path, *name;
	bool every_language;
};

static const struct section sections[SITE_SECTIONS] = {
    [SITE_HOME] = {"/", MSG("Home")},
    [SITE_PRIORITIES] = {"/priorities", MSG("Priorities")},
    [SITE_ACTIVITIES] = {"/activities", MSG("Activities")},
    [SITE_ORGANISATIONS] = {"/organisations", MSG("Organisations")},
    [SITE_COUNTRIES] = {"/countries", MSG("Countries")},
    [SITE_FIGURES] = {"/figures", MSG("Figures")},
    [SITE_EVALUATION] = {"/evaluation", MSG("Evaluation")},
    [SITE_RULES] = {"/rules", MSG("Rules")},
    [SITE_REFUSED] = {"/refused", MSG("Refused proposals")},
    [SITE_PRICES] = {"/prices", MSG("Sending money"), true},
    [SITE_DATA] = {"/data", MSG("Open data")},
};

const char *site_section_path(enum site_section s)
{
	return sections[s].path;
}

const char *site_section_name(enum site_section s)
{
	return sections[s].name;
}

bool site_section_in(const struct site_page *page, enum site_section s)
{
	return page->lang < LANG_SITE || sections[s].every_language;
}

const char *site_home(const struct site_page *page)
{
	return page->lang < LANG_SITE ? "/" : sections[SITE_PRICES].path;
}
