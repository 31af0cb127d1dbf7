#include "feat/iati/codes.h"

#include "feat/iati/iati.h"

#include <assert.h>

const struct codelist *codelist(const char *name)
{
	size_t lo = 0, hi = codelists_n;
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		int order = strcmp(codelists[mid].name, name);
		if (order == 0)
			return &codelists[mid];
		if (order < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return NULL;
}

bool codelist_complete(const struct codelist *list)
{
	return list->complete;
}

static const struct code *find(const struct codelist *list, str code)
{
	size_t lo = 0, hi = list->n;
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		const struct code *c = &list->codes[mid];
		int order = str_cmp((str){c->code, c->n}, code);
		if (order == 0)
			return c;
		if (order < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return NULL;
}

bool codelist_has(const struct codelist *list, str code)
{
	return find(list, code) != NULL;
}

str codelist_name(const char *list_name, str code, const char *lang)
{
	const struct codelist *list = codelist(list_name);
	const struct code *c = list ? find(list, code) : NULL;
	if (!c)
		return STR_NONE;
	if (strcmp(lang, "fr") == 0 && c->name_fr[0])
		return str_of(c->name_fr);
	return c->name_en[0] ? str_of(c->name_en) : STR_NONE;
}
