/* The page of one imported activity, read from the database. */
#include "feat/activities/comparison.h"

#include "db/db.h"
#include "feat/activities/comparison.tpl.h"
#include "feat/programme/programme.h"

#include <stdlib.h>

/* ---- words ---- */

struct code_word {
	int code;
	const char *label;
};

static const char *word_of(const struct code_word *words, size_t n, int code, const char *otherwise)
{
	for (size_t i = 0; i < n; i++)
		if (words[i].code == code)
			return words[i].label;
	return otherwise;
}

#define WORD_OF(words, code, otherwise) word_of(words, sizeof(words) / sizeof *(words), code, otherwise)

/* IATI TransactionType. */
const char *comparison_transaction(int type)
{
	static const struct code_word words[] = {
	    {1, MSG("Incoming funds")},
	    {2, MSG("Commitments")},
	    {3, MSG("Disbursements")},
	    {4, MSG("Expenditure")},
	    {5, MSG("Interest payments")},
	    {6, MSG("Loan repayments")},
	    {7, MSG("Reimbursements")},
	    {8, MSG("Purchases of equity")},
	    {9, MSG("Sales of equity")},
	    {10, MSG("Credit guarantees")},
	    {11, MSG("Incoming commitments")},
	    {12, MSG("Outgoing pledges")},
	    {13, MSG("Incoming pledges")},
	};
	return WORD_OF(words, type, NULL);
}

/* IATI BudgetType and BudgetStatus; status 1 (indicative) is what the standard takes when none is stated. */
const char *comparison_budget(int type, int status)
{
	if (type == 2)
		return status == 2 ? MSG("Revised, committed") : MSG("Revised, indicative");
	return status == 2 ? MSG("Original, committed") : MSG("Original, indicative");
}

/* IATI RelatedActivityType. */
const char *comparison_relation(int type)
{
	static const struct code_word words[] = {
	    {1, MSG("Belongs to")},
	    {2, MSG("Has as a part")},
	    {3, MSG("Beside it, under the same one")},
	    {4, MSG("Paid for together with")},
	    {5, MSG("Reported by another organisation")},
	};
	return WORD_OF(words, type, MSG("Related to"));
}

/* IATI ResultType. */
const char *comparison_result(int type)
{
	static const struct code_word words[] = {
	    {1, MSG("Output")},
	    {2, MSG("Outcome")},
	    {3, MSG("Impact")},
	};
	return WORD_OF(words, type, MSG("Other result"));
}

str comparison_code(const struct site_page *page, const char *list, int code)
{
	str digits = arena_fmt(page->arena, "%d", code);
	str name = codelist_name(list, digits, lang_code(page->lang));
	return name.n ? name : digits;
}

str comparison_dataset(str name)
{
	for (ptrdiff_t at = str_find_char(name, '/'); at >= 0 && (size_t)at + 1 < name.n; at = str_find_char(name, '/'))
		name = str_sub(name, (size_t)at + 1, name.n);
	return name;
}

/* ---- sums ---- */

static enum err_code count_in(struct comparison_sums *sums, int type, money value, struct arena *a, struct err *e)
{
	struct comparison_sum *at = NULL;
	vec_each(s, sums)
		if (s->type == type && strcmp(s->sum.currency, value.currency) == 0)
			at = s;
	if (!at) {
		at = VEC_ADD(sums, a);
		if (!at)
			return arena_fail(a, e);
		*at = (struct comparison_sum){.type = type};
	}
	at->n++;
	if (!money_is(value) || !money_add(&at->sum, value)) /* the first of a sum gives it its currency */
		at->n_without++;
	return ERR_OK;
}

static int by_type(const void *a, const void *b)
{
	const struct comparison_sum *x = a, *y = b;
	if (x->type != y->type)
		return x->type < y->type ? -1 : 1;
	return strcmp(x->sum.currency, y->sum.currency);
}

static void in_order(struct comparison_sums *sums)
{
	if (sums->n)
		qsort(sums->p, sums->n, sizeof *sums->p, by_type);
}

enum err_code comparison_add_up(struct arena *a, struct comparison_view *v, struct err *e)
{
	const struct activity *x = v->x;
	for (size_t i = 0; i < x->n_transactions; i++)
		TRY(count_in(&v->transactions, x->transactions[i].type, x->transactions[i].value, a, e));
	for (size_t i = 0; i < x->n_budgets; i++) {
		const struct activity_budget *b = &x->budgets[i];
		TRY(count_in(b->planned_disbursement ? &v->disbursements : &v->budgets, b->type, b->value, a, e));
	}
	in_order(&v->transactions);
	in_order(&v->budgets);
	in_order(&v->disbursements);
	return ERR_OK;
}

/* ---- related activities ---- */

enum err_code comparison_related(const struct activity_set *set, struct arena *a, struct comparison_view *v,
    struct err *e)
{
	const struct activity *x = v->x;
	size_t n = x->n_related < COMPARISON_LINKS_MAX ? x->n_related : COMPARISON_LINKS_MAX;
	struct comparison_link *links = ARENA_ARRAY(a, n + 1, struct comparison_link);
	if (!links)
		return arena_fail(a, e);
	for (size_t i = 0; i < n; i++)
		links[i].related = &x->related[i];
	for (size_t r = 0; n && r < set->n; r++) /* one pass over the set, however many relations */
		for (size_t i = 0; i < n; i++)
			if (str_eq(set->rows[r].key, links[i].related->ref))
				links[i].row = &set->rows[r];
	v->links = links;
	v->n_links = n;
	return ERR_OK;
}

/* ---- the page ---- */

enum err_code page_comparison_activity(struct http_request *req, struct http_response *res, struct err *e)
{
	struct site_page page;
	struct comparison_view v = {0};
	AUTO_DB c = NULL;
	TRY(db_pool_reader(site_app_of(req)->pool, &c, e));
	TRY(activity_load(c, public_view_of(req)->programme->programme, false, http_param(req, 0)->text, req->arena,
	    &v.x, e));
	TRY(comparison_add_up(req->arena, &v, e));
	TRY(comparison_related(&public_view_of(req)->activities->comparison, req->arena, &v, e));
	target_tally_activity(&v.targets, v.x);
	for (size_t i = 0; i < v.x->n_indicators; i++)
		v.n_values += v.x->indicators[i].n_values;
	site_page_open(req, SITE_OTHER, v.x->title.n ? v.x->title : v.x->key, STR_NONE, &page);
	page.title_lang = v.x->title.n && v.x->lang.n ? arena_cstr(req->arena, v.x->lang) : NULL;
	site_page_crumb(&page, i18n_text((enum lang)req->lang, MSG("Comparison activities")), STR("/comparison"));
	struct tpl_out o = site_out(&page, res);
	comparison_page(&o, &page, &v);
	return site_done(res, e);
}
