/* Question 6 told, in the order of its sections. */
#include "feat/evaluation/question_6.h"

#include "feat/evaluation/listing.h"

str told_cost(const struct telling_6 *s, decimal d)
{
	str currency = s->x->facts->view->programme->currency;
	decimal r;
	int64_t minor;
	if (decimal_is_none(d))
		return STR("–");
	bool whole = decimal_cmp(d, decimal_of(100)) >= 0 || decimal_cmp(d, decimal_of(-100)) <= 0;
	int digits = money_exponent(currency);
	if (!decimal_round(d, whole ? 0 : digits, DECIMAL_HALF_UP, &r) || !decimal_mul(r, decimal_scaled(1, digits), &r) ||
	    !decimal_to_i64(r, &minor))
		return told_decimal(&s->t, d, 2);
	char code[4] = "";
	memcpy(code, currency.p, currency.n < 3 ? currency.n : 3);
	return told_money(&s->t, minor, code);
}

str told_cost_of(const struct telling_6 *s, double v)
{
	return isnan(v) || !(v < 1e15) || !(v > -1e15) ? STR("–") : told_cost(s, decimal_scaled((int64_t)llround(v * 100), -2));
}

str told_unit(const struct telling_6 *s, str unit)
{
	return programme_word_in(s->x->facts->view->programme, "unit", unit, s->w->lang);
}

/* The short answer: of how many results a cost is known, and of how many one that compares. */
static void tell_short(const struct telling_6 *s)
{
	struct answer *w = s->w;
	struct figure f[2] = {{.id = STR("cost.known"), .definition = i18n_text(w->lang, MSG("Main results of which a cost can be computed, as a share of "
	    "the main results; an activity without one counts as one that is not known"))},
	    {.id = STR("cost.settled"), .definition = i18n_text(w->lang, MSG("Main results of activities that are over, or of which the spending is "
	    "recorded: their cost compares with others; as a share of the main results"))}};
	struct source_row *rows = ARENA_ARRAY(w->arena, s->x->n_lines, struct source_row);
	size_t n = 0;
	if (!rows)
		return;
	for (size_t i = 0; i < s->x->n_lines; i++)
		if (s->x->lines[i].gap == COST_GAP_NONE)
			rows[n++] = activity_source(s->x->lines[i].activity);
	for (int i = 0; i < 2; i++) {
		if (figure_share(&f[i], i ? s->x->n_settled : s->x->n_known, s->x->n_lines_all, w->arena, &w->failed) != ERR_OK)
			return;
		f[i].why = i18n_text(w->lang, MSG("There is no main result."));
		f[i].rows = rows;
		f[i].n_rows = n;
	}
	struct statement st = {.kind = STATEMENT_COUNTED, .figures = f, .n_figures = 2,
	    .text = TOLD(&s->t, MSG("The cost of a result can be computed for {0} main results; for {1} it compares with others, for the rest it is an upper "
				    "bound. Whether results were worth their cost the records do not say."),
		answer_share(w, s->x->n_known, s->x->n_lines_all), answer_share(w, s->x->n_settled, s->x->n_lines_all))};
	answer_statement(w, &st);
}

static void tell_unsaid(const struct telling_6 *s)
{
	struct statement st = {.kind = STATEMENT_UNSAID,
	    .text = i18n_text(s->w->lang, MSG("Whether the same results could have been had for less, or better ones for the same money, cannot be read from "
		"these figures: a cost per result says nothing of its quality or of what it changed.")),
	    .missing = i18n_text(s->w->lang, MSG("The effect of each result, and what other ways of reaching it cost"))};
	answer_heading(s->w, 2, STR("unsaid"), i18n_text(s->w->lang, MSG("What cannot be said")));
	answer_statement(s->w, &st);
}

enum err_code answer_6_tell(const void *made, struct answer *w, struct err *e)
{
	struct telling_6 s = {made, w, {w->arena, w->lang}};
	(void)e;
	tell_short(&s);
	tell_costs(&s);
	tell_printed(&s);
	tell_schemes(&s);
	tell_imports(&s);
	tell_shares(&s);
	tell_extensions(&s);
	tell_spending(&s);
	tell_unsaid(&s);
	return ERR_OK;
}
