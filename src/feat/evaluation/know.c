#include "feat/evaluation/know.h"

#include <math.h>
#include <stdarg.h>

enum { FMT_BYTES = 4096 };

void knowing_begin(struct knowing *k, struct answer *w, const struct facts *f)
{
	*k = (struct knowing){.w = w, .a = w->arena, .f = f, .p = f->view->programme, .t = {.a = w->arena, .l = w->lang}};
}

static void no_room(const struct knowing *k)
{
	if (k->w->failed.code == ERR_OK)
		(void)arena_fail(k->a, &k->w->failed);
}

str know_say(const struct knowing *k, const char *msg)
{
	return i18n_text(k->w->lang, msg);
}

str know_fmt(const struct knowing *k, const char *fmt, ...)
{
	char out[FMT_BYTES];
	va_list args;
	va_start(args, fmt);
	int n = vsnprintf(out, sizeof out, fmt, args);
	va_end(args);
	str s = n < 0 ? STR_NONE : arena_str(k->a, str_of(out));
	if (s.p)
		return s;
	no_room(k);
	return STR("");
}

/* ---- words ---- */

static str word_of(const struct knowing *k, const char *kind, str id, str english)
{
	const struct text3 *t = programme_word(k->p, kind, id);
	return t ? text3_in(t, k->w->lang) : english;
}

str know_intervention(const struct knowing *k, const struct intervention *x)
{
	return word_of(k, "intervention", x->intervention_id, x->name);
}

str know_outcome(const struct knowing *k, const struct outcome *x)
{
	return word_of(k, "outcome", x->outcome_id, x->name);
}

str know_priority(const struct knowing *k, int code)
{
	const struct priority *p = programme_priority(k->p, code);
	return p ? KNOW(k, MSG("{0}. {1}"), told_num(&k->t, code), text3_in(&p->short_name, k->w->lang)) : STR("");
}

str know_countries(const struct knowing *k, str codes)
{
	str list = STR(""), part;
	struct str_split it = str_split_on(codes, ';');
	while (str_next(&it, &part))
		list = told_join(&k->t, list, ", ", i18n_country(k->w->lang, part));
	return list;
}

const char *know_direction(enum evidence_direction d)
{
	static const char *const labels[] = {[EVIDENCE_POSITIVE] = MSG("favourable"), [EVIDENCE_NEGATIVE] = MSG("unfavourable"),
	    [EVIDENCE_NONE] = MSG("no effect"), [EVIDENCE_MIXED] = MSG("mixed"), [EVIDENCE_UNKNOWN] = MSG("not known")};
	return labels[d];
}

const char *know_strength(enum evidence_strength s)
{
	static const char *const labels[STRENGTH_COUNT] = {[STRENGTH_NOT_STATED] = MSG("strength not stated"),
	    [STRENGTH_ABSENT] = MSG("not proven"), [STRENGTH_ANECDOTAL] = MSG("anecdotal"), [STRENGTH_LIMITED] = MSG("limited"),
	    [STRENGTH_MODERATE] = MSG("moderate"), [STRENGTH_STRONG] = MSG("strong")};
	return labels[s];
}

str know_method_in(const struct knowing *k, str method)
{
	static const struct {
		const char *word, *label;
	} labels[] = {{"survey", MSG("survey")}, {"case study", MSG("case study")}, {"review", MSG("review of literature")},
	    {"econometric", MSG("econometric")}, {"evaluation", MSG("evaluation")}, {"expert opinion", MSG("opinion of experts")},
	    {"programme report", MSG("report of the implementer")}, {"other", MSG("another method")}, {"not stated", MSG("method not stated")}};
	for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
		if (str_is(method, labels[i].word))
			return know_say(k, labels[i].label);
	return method;
}

/* ---- evidence ---- */

bool finding_known(const struct facts *f, const struct evidence *x)
{
	pdate first = PDATE_NONE, one;
	str part;
	struct str_split it = str_split_on(x->study_year, ';');
	while (str_next(&it, &part))
		if (pdate_parse(str_trim(part), &one) && (!first.precision || one.day < first.day))
			first = one;
	return facts_known(f, first);
}

bool finding_tells(const struct evidence *x)
{
	return x->direction != EVIDENCE_UNKNOWN && x->strength != STRENGTH_ABSENT;
}

static size_t count_parts(str list)
{
	size_t n = 0;
	str part;
	struct str_split it = str_split_on(list, ';');
	while (str_next(&it, &part))
		n++;
	return n;
}

bool studies_add(struct studies *s, const struct facts *f, const struct evidence *x, struct arena *a)
{
	str part, year;
	struct str_split it = str_split_on(x->study, ';'), years = str_split_on(x->study_year, ';');
	bool paired = count_parts(x->study) == count_parts(x->study_year);
	while (str_next(&it, &part)) {
		bool there = false;
		pdate on;
		if (paired && str_next(&years, &year) && pdate_parse(str_trim(year), &on) && !facts_known(f, on))
			continue;
		part = str_trim(part);
		vec_each(have, &s->names) there |= str_eq(*have, part);
		str *new = there ? NULL : VEC_ADD(&s->names, a);
		if (!there && !new)
			return false;
		if (new)
			*new = part;
	}
	return true;
}

/* ---- money ---- */

bool activity_uses(const struct activity *x, str intervention_id, bool main_only)
{
	for (size_t i = 0; i < x->n_interventions; i++)
		if (str_eq(x->interventions[i].intervention_id, intervention_id) && (x->interventions[i].is_main || !main_only))
			return true;
	return false;
}

struct spent spent_on(const struct facts *f, const struct intervention *x)
{
	struct spent s = {0};
	for (size_t i = 0; i < f->n; i++) {
		const struct activity *act = f->activities[i];
		if (facts_outside(act) || !activity_uses(act, x->intervention_id, true))
			continue;
		s.n++;
		if (money_is(act->contribution) && strcmp(act->contribution.currency, "EUR") == 0)
			s.minor += act->contribution.minor;
		else
			s.n_unknown++;
	}
	return s;
}

/* ---- rows and figures ---- */

void rows_add(struct knowing *k, struct know_rows *r, const char *table, str key, str source_line)
{
	struct source_row *row = VEC_ADD(&r->v, k->a);
	if (row)
		*row = (struct source_row){table, key, source_line};
	else
		no_room(k);
}

void rows_add_activities(struct knowing *k, struct know_rows *r, const struct intervention *x)
{
	for (size_t i = 0; i < k->f->n; i++) {
		const struct activity *act = k->f->activities[i];
		if (!facts_outside(act) && activity_uses(act, x->intervention_id, true))
			rows_add(k, r, "activity", act->key, act->source_line);
	}
}

struct figure know_count(const struct knowing *k, str id, size_t n, const char *unit, const char *definition,
    const struct know_rows *r)
{
	return (struct figure){.id = id, .type = FIGURE_COUNT, .known = true, .value = decimal_of((int64_t)n), .low = NAN, .high = NAN,
	    .unit = know_say(k, unit), .definition = know_say(k, definition), .rows = r->v.p, .n_rows = r->v.n};
}

void know_counted(struct knowing *k, str text, const struct figure *figures, size_t n)
{
	answer_statement(k->w, &(struct statement){.kind = STATEMENT_COUNTED, .text = text, .figures = figures, .n_figures = n});
}

void know_unsaid(struct knowing *k, str text, str missing, const struct know_rows *r)
{
	answer_statement(k->w, &(struct statement){.kind = STATEMENT_UNSAID, .text = text, .missing = missing,
	    .rows = r ? r->v.p : NULL, .n_rows = r ? r->v.n : 0});
}

void know_judged(struct knowing *k, str text, str rule, str anchor, const struct know_rows *r)
{
	answer_statement(k->w, &(struct statement){.kind = STATEMENT_JUDGED, .text = text, .rule = rule, .rule_anchor = anchor,
	    .rows = r->v.p, .n_rows = r->v.n});
}

/* ---- tables ---- */

static void cell(struct sheet *s, struct answer_cell c)
{
	struct answer_cell *new = VEC_ADD(&s->cells, s->k->a);
	if (new)
		*new = c;
	else
		no_room(s->k);
}

void sheet_text(struct sheet *s, str text)
{
	cell(s, (struct answer_cell){.text = text, .sort = CHART_MISSING});
}

void sheet_english(struct sheet *s, str text)
{
	cell(s, (struct answer_cell){.text = text, .lang = s->k->w->lang == LANG_EN ? STR("") : STR("en"), .sort = CHART_MISSING});
}

void sheet_link(struct sheet *s, str text, str href)
{
	cell(s, (struct answer_cell){.text = text, .href = href, .sort = CHART_MISSING});
}

void sheet_num(struct sheet *s, int64_t v)
{
	cell(s, (struct answer_cell){.text = told_num(&s->k->t, v), .sort = (double)v});
}

void sheet_none(struct sheet *s, const char *why)
{
	cell(s, (struct answer_cell){.text = know_say(s->k, why), .sort = CHART_MISSING, .missing = true});
}

void sheet_money(struct sheet *s, const struct spent *m)
{
	if (!m->n)
		sheet_none(s, MSG("no activity"));
	else if (m->n == m->n_unknown)
		sheet_none(s, MSG("amount not known"));
	else
		cell(s, (struct answer_cell){.text = told_money(&s->k->t, m->minor, "EUR"), .sort = (double)m->minor});
}

const struct answer_table *sheet_made(struct sheet *s, str id, str caption)
{
	str *columns = ARENA_ARRAY(s->k->a, s->columns, str);
	bool *numeric = ARENA_ARRAY(s->k->a, s->columns, bool);
	struct answer_table *t = ARENA_NEW(s->k->a, struct answer_table);
	if (!columns || !numeric || !t) {
		no_room(s->k);
		return NULL;
	}
	for (size_t i = 0; i < s->columns; i++) {
		columns[i] = know_say(s->k, s->heads[i]);
		numeric[i] = s->numeric & (1u << i);
	}
	*t = (struct answer_table){.id = id, .caption = caption, .columns = columns, .numeric = numeric, .n_columns = s->columns,
	    .cells = s->cells.p, .n_rows = s->cells.n / s->columns};
	return t;
}

void sheet_end(struct sheet *s, str id, str caption, bool folded)
{
	const struct answer_table *t = sheet_made(s, id, caption);
	if (t)
		answer_table(s->k->w, t, folded);
}
