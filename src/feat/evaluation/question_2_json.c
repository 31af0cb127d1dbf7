/* The members of question 2: spending, groups, spread, overlap, criteria. */
#include "engine/stats/stats.h"
#include "feat/evaluation/question_2.h"

static void key_str(struct json_writer *j, const char *key, str s)
{
	jw_key(j, key);
	jw_str(j, s);
}

static void key_text(struct json_writer *j, const char *key, str s)
{
	key_str(j, key, s.n ? s : STR_NONE);
}

static void key_count(struct json_writer *j, const char *key, size_t n)
{
	jw_key(j, key);
	jw_i64(j, (int64_t)n);
}

static void key_money(struct json_writer *j, const char *key, money m)
{
	jw_key(j, key);
	jw_money(j, m);
}

static void key_double(struct json_writer *j, const char *key, double v, bool known)
{
	AUTO_BUF b = BUF_INIT(40);
	jw_key(j, key);
	if (!known) {
		jw_null(j);
		return;
	}
	buf_addf(&b, "%.6f", v);
	jw_decimal(j, buf_str(&b));
}

static void key_share(struct json_writer *j, const char *key, size_t k, size_t n)
{
	struct stats_share s = {0};
	bool known = stats_share(k, n, &s);
	jw_key(j, key);
	jw_object(j);
	key_count(j, "n", k);
	key_count(j, "of", n);
	key_double(j, "value", s.share, known);
	key_double(j, "low", s.lo, known);
	key_double(j, "high", s.hi, known);
	jw_object_end(j);
}

static void json_count(struct json_writer *j, const struct money_count *c)
{
	key_count(j, "activities", c->n);
	key_money(j, "contribution_eur", c->n > c->n_unknown ? MONEY(c->minor, "EUR") : MONEY_NONE);
	key_count(j, "contribution_unknown", c->n_unknown);
}

static void json_year(struct json_writer *j, const struct answer_2 *x, const struct spending_year *y)
{
	const struct programme_view *p = x->facts->view->programme;
	jw_object(j);
	key_count(j, "year", (size_t)y->year);
	key_count(j, "year_last", (size_t)y->year_last);
	jw_key(j, "priorities");
	jw_array(j);
	for (size_t i = 0; i < p->n_priorities; i++) {
		if (!y->by[i])
			continue;
		jw_object(j);
		key_count(j, "priority", (size_t)p->priorities[i].code);
		key_money(j, "amount_eur", y->by[i]->amount);
		key_double(j, "share", money_is(y->sum) ? (double)y->by[i]->amount.minor / (double)y->sum.minor : 0,
		    money_is(y->sum) && y->sum.minor > 0 && money_is(y->by[i]->amount));
		key_text(j, "note", y->by[i]->note);
		key_text(j, "source_line", y->by[i]->source_line);
		jw_object_end(j);
	}
	jw_array_end(j);
	key_money(j, "sum_eur", y->sum);
	key_money(j, "printed_total_eur", y->printed ? y->printed->amount : MONEY_NONE);
	key_text(j, "source_line", y->printed ? y->printed->source_line : STR(""));
	jw_object_end(j);
}

static void json_groups(struct json_writer *j, const char *key, const char *name, const struct groups *g)
{
	jw_key(j, key);
	jw_object(j);
	jw_key(j, "groups");
	jw_array(j);
	for (size_t i = 0; i < g->n; i++) {
		jw_object(j);
		key_str(j, name, g->p[i].key);
		json_count(j, &g->p[i].c);
		jw_key(j, "activity_ids");
		jw_array(j);
		for (size_t k = 0; k < g->p[i].n_members; k++)
			jw_str(j, g->p[i].members[k]->key);
		jw_array_end(j);
		jw_object_end(j);
	}
	jw_array_end(j);
	key_count(j, "not_known", g->n_without);
	jw_object_end(j);
}

static void json_concentration(struct json_writer *j, const char *key, const struct concentration *c)
{
	jw_key(j, key);
	jw_object(j);
	key_count(j, "known", c->n);
	key_count(j, "largest", c->top_of);
	key_double(j, "share_of_largest", c->top, c->known);
	key_double(j, "herfindahl", c->herfindahl, c->known);
	jw_object_end(j);
}

static void json_load(struct json_writer *j, const struct answer_2 *x)
{
	size_t known = x->all.n - x->all.n_unknown;
	jw_key(j, "management_load");
	jw_object(j);
	key_double(j, "activities_per_million_eur", x->all.minor > 0 ? (double)known / ((double)x->all.minor / 1e8) : 0, x->all.minor > 0);
	key_share(j, "under_100000_eur", x->under_100k, known);
	key_share(j, "under_250000_eur", x->under_250k, known);
	jw_object_end(j);
}

static void json_overlap(struct json_writer *j, const struct answer_2 *x)
{
	const struct programme_view *p = x->facts->view->programme;
	jw_key(j, "overlap");
	jw_array(j);
	for (size_t i = 0; i < x->n_priorities; i++)
		for (size_t k = 0; k < x->n_priorities; k++) {
			if (!x->overlap[i * x->n_priorities + k] || i == k)
				continue;
			jw_object(j);
			key_count(j, "primary", (size_t)p->priorities[i].code);
			key_count(j, "also", (size_t)p->priorities[k].code);
			key_count(j, "activities", x->overlap[i * x->n_priorities + k]);
			jw_object_end(j);
		}
	jw_array_end(j);
	key_count(j, "with_secondary_priority", x->n_secondary);
}

static void json_case(struct json_writer *j, const struct criteria_case *c)
{
	jw_object(j);
	if (c->activity)
		key_str(j, "activity_id", c->activity->key);
	else
		key_str(j, "proposal_id", c->proposal->proposal_id);
	key_str(j, "decision", c->activity ? STR("granted") : STR("refused"));
	jw_key(j, "judged_as_of");
	jw_pdate(j, c->day);
	key_str(j, "outcome", str_of(criterion_slug(c->whole)));
	key_text(j, "cause", c->cause);
	jw_key(j, "criteria");
	jw_array(j);
	for (size_t i = 0; i < c->n_criteria; i++) {
		jw_object(j);
		key_str(j, "criterion", c->criteria[i].decision);
		key_str(j, "outcome", str_of(criterion_slug(c->criteria[i].outcome)));
		key_text(j, "cause", c->criteria[i].cause);
		jw_object_end(j);
	}
	jw_array_end(j);
	jw_key(j, "missing");
	jw_array(j);
	for (size_t i = 0; i < c->n_missing; i++)
		jw_str(j, c->missing[i]);
	jw_array_end(j);
	jw_key(j, "countries");
	jw_array(j);
	for (size_t i = 0; i < c->n_countries; i++) {
		jw_object(j);
		key_str(j, "country", c->countries[i].country);
		key_str(j, "on_list", str_of(criterion_slug(c->countries[i].outcome)));
		key_text(j, "cause", c->countries[i].cause);
		jw_object_end(j);
	}
	jw_array_end(j);
	jw_key(j, "differs");
	jw_bool(j, c->differs);
	jw_object_end(j);
}

static void json_criteria(struct json_writer *j, const struct answer_2 *x, enum lang l)
{
	const struct programme_view *p = x->facts->view->programme;
	jw_key(j, "criteria");
	jw_object(j);
	key_str(j, "model", x->criteria.model ? CRITERIA_MODEL : STR_NONE);
	jw_key(j, "cases");
	jw_array(j);
	for (size_t i = 0; i < x->criteria.n; i++)
		json_case(j, &x->criteria.cases[i]);
	jw_array_end(j);
	key_count(j, "differences", x->criteria.n_differ);
	jw_key(j, "refusal_grounds");
	jw_array(j);
	for (size_t i = 0; i < p->n_grounds; i++) {
		jw_object(j);
		key_str(j, "ground_id", p->grounds[i].ground_id);
		key_str(j, "ground", text3_in(&p->grounds[i].description, l));
		key_text(j, "source_line", p->grounds[i].source_line);
		jw_object_end(j);
	}
	jw_array_end(j);
	jw_object_end(j);
}

void answer_2_json(struct json_writer *j, const void *made, enum lang l)
{
	const struct answer_2 *x = made;
	jw_key(j, "spending");
	jw_array(j);
	for (size_t i = 0; i < x->n_years; i++)
		json_year(j, x, &x->years[i]);
	jw_array_end(j);
	jw_key(j, "portfolio");
	jw_object(j);
	json_count(j, &x->all);
	jw_object_end(j);
	json_groups(j, "by_priority", "priority", &x->groups[BY_PRIORITY]);
	json_groups(j, "by_year", "year", &x->groups[BY_YEAR]);
	json_groups(j, "by_channel", "channel", &x->groups[BY_CHANNEL]);
	json_groups(j, "by_country", "country", &x->groups[BY_COUNTRY]);
	json_groups(j, "by_size", "size", &x->groups[BY_SIZE]);
	jw_key(j, "concentration");
	jw_object(j);
	json_concentration(j, "activities", &x->activities);
	json_concentration(j, "organisations", &x->organisations);
	jw_object_end(j);
	json_load(j, x);
	json_overlap(j, x);
	json_criteria(j, x, l);
}
