/* Words of the register: short names for URLs and files, labels for pages. */
#include "feat/register/register.h"

struct word {
	const char *slug, *label;
};

/* Marks a message for tools/poc. */
#define MSG(english) english

static const struct word statuses[] = {
    [ACTIVITY_STATUS_UNKNOWN] = {"", MSG("Not stated")},
    [ACTIVITY_STATUS_PIPELINE] = {"pipeline", MSG("In preparation")},
    [ACTIVITY_STATUS_IMPLEMENTATION] = {"implementation", MSG("Running")},
    [ACTIVITY_STATUS_FINALISATION] = {"finalisation", MSG("Being closed")},
    [ACTIVITY_STATUS_CLOSED] = {"closed", MSG("Completed")},
    [ACTIVITY_STATUS_CANCELLED] = {"cancelled", MSG("Stopped early")},
    [ACTIVITY_STATUS_SUSPENDED] = {"suspended", MSG("Suspended")},
};

static const struct word country_roles[] = {
    [COUNTRY_ROLE_BENEFICIARY] = {"beneficiary", MSG("Benefits")},
    [COUNTRY_ROLE_ORIGIN] = {"origin", MSG("Country of origin")},
    [COUNTRY_ROLE_DESTINATION] = {"destination", MSG("Country of residence")},
    [COUNTRY_ROLE_TRANSIT] = {"transit", MSG("Transit country")},
    [COUNTRY_ROLE_RECIPIENT] = {"recipient", MSG("Recipient country")},
};

static const struct word org_roles[] = {
    [ORG_ROLE_FUNDER] = {"funder", MSG("Funder")},
    [ORG_ROLE_PARTNER] = {"partner", MSG("Partner")},
    [ORG_ROLE_IMPLEMENTER] = {"implementer", MSG("Implementer")},
    [ORG_ROLE_ACCOUNTABLE] = {"accountable", MSG("Accountable")},
    [ORG_ROLE_EXTENDING] = {"extending", MSG("Extending")},
};

static const struct word sizes[] = {
    [SIZE_CLASS_UNKNOWN] = {"unknown", MSG("Not stated in euros")},
    [SIZE_CLASS_UNDER_100K] = {"under-100k", MSG("Under €100,000")},
    [SIZE_CLASS_100K_250K] = {"100k-250k", MSG("€100,000 to €250,000")},
    [SIZE_CLASS_250K_1M] = {"250k-1m", MSG("€250,000 to €1 million")},
    [SIZE_CLASS_1M_MORE] = {"1m-more", MSG("€1 million and more")},
};

/* The pack's words, and the IATI OrganisationType of imported ones. */
static const struct word org_types[] = {
    {"international_org", MSG("International organisation")},
    {"ngo", MSG("Civil society organisation")},
    {"migrant_org", MSG("Migrant organisation")},
    {"government", MSG("Government")},
    {"research", MSG("Research institute")},
    {"consultancy", MSG("Consultancy")},
    {"other", MSG("Other")},
    {"10", MSG("Government")},
    {"11", MSG("Local government")},
    {"15", MSG("Other public sector")},
    {"21", MSG("International NGO")},
    {"22", MSG("National NGO")},
    {"23", MSG("Regional NGO")},
    {"24", MSG("Partner country based NGO")},
    {"30", MSG("Public private partnership")},
    {"40", MSG("Multilateral")},
    {"60", MSG("Foundation")},
    {"70", MSG("Private sector")},
    {"71", MSG("Private sector in provider country")},
    {"72", MSG("Private sector in recipient country")},
    {"73", MSG("Private sector in third country")},
    {"80", MSG("Academic, training and research")},
    {"90", MSG("Other")},
};

#define COUNT(a) (sizeof(a) / sizeof(a)[0])
#define WORD(a, i) ((size_t)(i) < COUNT(a) ? &(a)[i] : &(a)[0])

const char *activity_status_slug(enum activity_status s)
{
	return WORD(statuses, s)->slug;
}

const char *activity_status_label(enum activity_status s)
{
	return WORD(statuses, s)->label;
}

const char *country_role_slug(enum country_role r)
{
	return WORD(country_roles, r)->slug;
}

const char *country_role_label(enum country_role r)
{
	return WORD(country_roles, r)->label;
}

const char *org_role_slug(enum org_role r)
{
	return WORD(org_roles, r)->slug;
}

const char *org_role_label(enum org_role r)
{
	return WORD(org_roles, r)->label;
}

const char *size_class_slug(enum size_class c)
{
	return WORD(sizes, c)->slug;
}

const char *size_class_label(enum size_class c)
{
	return WORD(sizes, c)->label;
}

const char *org_type_label(str type)
{
	for (size_t i = 0; i < COUNT(org_types); i++)
		if (str_is(type, org_types[i].slug))
			return org_types[i].label;
	return MSG("Not stated");
}

enum size_class size_class_of(money m)
{
	enum { K = 1000 * 100 };
	if (strcmp(m.currency, "EUR") != 0)
		return SIZE_CLASS_UNKNOWN;
	if (m.minor < 100 * K)
		return SIZE_CLASS_UNDER_100K;
	if (m.minor < 250 * K)
		return SIZE_CLASS_100K_250K;
	return m.minor < 1000 * K ? SIZE_CLASS_250K_1M : SIZE_CLASS_1M_MORE;
}

pdate activity_start(const struct activity *x)
{
	return x->actual_start.precision ? x->actual_start : x->planned_start;
}

pdate activity_end(const struct activity *x)
{
	return x->actual_end.precision ? x->actual_end : x->planned_end;
}

int activity_primary_priority(const struct activity *x)
{
	for (size_t i = 0; i < x->n_priorities; i++)
		if (x->priorities[i].is_primary)
			return x->priorities[i].priority;
	return 0;
}
