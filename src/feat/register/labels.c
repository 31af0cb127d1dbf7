/* Words of the register: short names for URLs and files, labels for pages. */
#include "feat/register/register.h"

struct word {
	const char *slug, *label;
};

static const struct word statuses[] = {
    [ACTIVITY_STATUS_UNKNOWN] = {"", "Not stated"},
    [ACTIVITY_STATUS_PIPELINE] = {"pipeline", "In preparation"},
    [ACTIVITY_STATUS_IMPLEMENTATION] = {"implementation", "Running"},
    [ACTIVITY_STATUS_FINALISATION] = {"finalisation", "Being closed"},
    [ACTIVITY_STATUS_CLOSED] = {"closed", "Completed"},
    [ACTIVITY_STATUS_CANCELLED] = {"cancelled", "Stopped early"},
    [ACTIVITY_STATUS_SUSPENDED] = {"suspended", "Suspended"},
};

static const struct word country_roles[] = {
    [COUNTRY_ROLE_BENEFICIARY] = {"beneficiary", "Benefits"},
    [COUNTRY_ROLE_ORIGIN] = {"origin", "Country of origin"},
    [COUNTRY_ROLE_DESTINATION] = {"destination", "Country of residence"},
    [COUNTRY_ROLE_TRANSIT] = {"transit", "Transit country"},
    [COUNTRY_ROLE_RECIPIENT] = {"recipient", "Recipient country"},
};

static const struct word org_roles[] = {
    [ORG_ROLE_FUNDER] = {"funder", "Funder"},
    [ORG_ROLE_PARTNER] = {"partner", "Partner"},
    [ORG_ROLE_IMPLEMENTER] = {"implementer", "Implementer"},
    [ORG_ROLE_ACCOUNTABLE] = {"accountable", "Accountable"},
    [ORG_ROLE_EXTENDING] = {"extending", "Extending"},
};

static const struct word sizes[] = {
    [SIZE_CLASS_UNKNOWN] = {"unknown", "Not stated in euros"},
    [SIZE_CLASS_UNDER_100K] = {"under-100k", "Under €100,000"},
    [SIZE_CLASS_100K_250K] = {"100k-250k", "€100,000 to €250,000"},
    [SIZE_CLASS_250K_1M] = {"250k-1m", "€250,000 to €1 million"},
    [SIZE_CLASS_1M_MORE] = {"1m-more", "€1 million and more"},
};

/* The pack's words, and the IATI OrganisationType of imported ones. */
static const struct word org_types[] = {
    {"international_org", "International organisation"},
    {"ngo", "Civil society organisation"},
    {"migrant_org", "Migrant organisation"},
    {"government", "Government"},
    {"research", "Research institute"},
    {"consultancy", "Consultancy"},
    {"other", "Other"},
    {"10", "Government"},
    {"11", "Local government"},
    {"15", "Other public sector"},
    {"21", "International NGO"},
    {"22", "National NGO"},
    {"23", "Regional NGO"},
    {"24", "Partner country based NGO"},
    {"30", "Public private partnership"},
    {"40", "Multilateral"},
    {"60", "Foundation"},
    {"70", "Private sector"},
    {"71", "Private sector in provider country"},
    {"72", "Private sector in recipient country"},
    {"73", "Private sector in third country"},
    {"80", "Academic, training and research"},
    {"90", "Other"},
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
	return "Not stated";
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
