/* Question 5 told: the map of what is known, the money laid over it, and what the studies say, one by one. */
#include <math.h>

#include "feat/evaluation/question_5.h"

struct telling {
	struct knowing k;
	const struct answer_5 *x;
};

/* What the sources state of strength, from nothing to strong: the patterns of the map. */
static const enum evidence_strength shown[] = {
    STRENGTH_NOT_STATED, STRENGTH_ANECDOTAL, STRENGTH_LIMITED, STRENGTH_MODERATE, STRENGTH_STRONG};
enum { SHOWN = sizeof shown / sizeof *shown };

static size_t shown_index(enum evidence_strength s)
{
	size_t i = 0;
	while (i + 1 < SHOWN && shown[i] != s)
		i++;
	return i;
}

static str anchor(const struct knowing *k, const struct gap_row *r)
{
	return know_fmt(k, "studies-%.*s", STR_ARG(r->intervention->intervention_id));
}

static str money_words(const struct knowing *k, const struct spent *s)
{
	if (!s->n)
		return know_say(k, MSG("no activity"));
	if (s->n == s->n_unknown)
		return know_say(k, MSG("amount not known"));
	return told_money(&k->t, s->minor, "EUR");
}

static void add_findings(struct knowing *k, struct know_rows *rows, const struct gap_row *r, bool telling)
{
	for (size_t i = 0; i < r->n_findings; i++)
		if (!telling || finding_tells(r->findings[i]))
			rows_add(k, rows, "evidence", r->findings[i]->evidence_id, r->findings[i]->source_line);
}

/* ---- the short answer, and what has no study or no money ---- */

static void tell_short(struct telling *t)
{
	struct knowing *k = &t->k;
	const struct answer_5 *x = t->x;
	struct know_rows studies = {0}, bare = {0};
	size_t used = 0;
	for (size_t i = 0; i < x->n; i++) {
		add_findings(k, &studies, &x->rows[i], true);
		used += x->rows[i].used;
		if (x->rows[i].used && !x->rows[i].n_studies)
			rows_add(k, &bare, "intervention", x->rows[i].intervention->intervention_id, x->rows[i].intervention->source_line);
	}
	const struct figure f[] = {
	    know_count(k, STR("studies"), x->n_studies, MSG("studies"),
		MSG("Different studies with a finding on a type of intervention that says something, known on the day"), &studies),
	    know_count(k, STR("interventions.without-study"), x->n_bare, MSG("types of intervention"),
		MSG("Types of intervention that an activity uses and on which no study in the pack says something"), &bare)};
	know_counted(k, KNOW(k, MSG("{0} studies say something of types of intervention; of the {1} types that activities use, {2} have no such study."),
	    told_num(&k->t, (int64_t)x->n_studies), told_num(&k->t, (int64_t)used), told_num(&k->t, (int64_t)x->n_bare)), f, 2);
	answer_text(k->w, know_say(k, MSG("A study counts once, however many findings it has, and findings are not votes: a bubble tells how much is known, not whether it is good news. The strength is what the source itself says.")));
}

/* Where money went on a link of the theory of which nothing is known. */
static void tell_blank(struct telling *t)
{
	static const char *const heads[] = {MSG("Type of intervention"), MSG("Outcome that the theory counts on"), MSG("Contribution"), MSG("Link of the theory")};
	struct knowing *k = &t->k;
	struct sheet s = SHEET(k, heads, 0x4);
	struct know_rows rows = {0};
	for (size_t i = 0; i < t->x->n; i++) {
		const struct gap_row *r = &t->x->rows[i];
		for (size_t b = 0; r->used && b < r->n_blank; b++) {
			sheet_text(&s, know_intervention(k, r->intervention));
			sheet_text(&s, know_outcome(k, r->blank[b]->to_outcome));
			sheet_money(&s, &r->spent);
			sheet_text(&s, r->blank[b]->link_id);
			rows_add(k, &rows, "theory_link", r->blank[b]->link_id, r->blank[b]->source_line);
		}
	}
	const struct figure f = know_count(k, STR("links.without-study"), t->x->n_blank, MSG("links"),
	    MSG("Links of the theory from an intervention in use to an outcome of which no study in the pack says something"), &rows);
	know_counted(k, KNOW(k, MSG("The theory counts on {0} links from interventions in use to outcomes; on {1} of them no study says something."),
	    told_num(&k->t, (int64_t)t->x->n_expected), told_num(&k->t, (int64_t)t->x->n_blank)), &f, 1);
	if (s.cells.n)
		sheet_end(&s, STR("blank-links"), know_say(k, MSG("Money on links without a study")), false);
}

static void tell_bare(struct telling *t)
{
	struct knowing *k = &t->k;
	str names = STR("");
	struct know_rows rows = {0};
	for (size_t i = 0; i < t->x->n; i++) {
		const struct gap_row *r = &t->x->rows[i];
		if (!r->used || r->n_studies)
			continue;
		names = told_join(&k->t, names, "; ", KNOW(k, MSG("{0} ({1})"), know_intervention(k, r->intervention), money_words(k, &r->spent)));
		rows_add(k, &rows, "intervention", r->intervention->intervention_id, r->intervention->source_line);
	}
	answer_heading(k->w, 2, STR("money-without-evidence"), know_say(k, MSG("Money without evidence")));
	if (names.n)
		know_unsaid(k, KNOW(k, MSG("What is known of these cannot be said: {0}."), names),
		    know_say(k, MSG("a study of the type of intervention that says something of an outcome")), &rows);
	else
		answer_text(k->w, know_say(k, MSG("Every type of intervention that an activity uses has a study that says something of it.")));
	tell_blank(t);
}

static void tell_unfunded(struct telling *t)
{
	struct knowing *k = &t->k;
	str names = STR("");
	struct know_rows rows = {0};
	for (size_t i = 0; i < t->x->n; i++) {
		const struct gap_row *r = &t->x->rows[i];
		if (r->used || !r->n_studies)
			continue;
		names = told_join(&k->t, names, "; ", KNOW(k, MSG("{0} ({1})"), know_intervention(k, r->intervention), told_num(&k->t, (int64_t)r->n_studies)));
		rows_add(k, &rows, "intervention", r->intervention->intervention_id, r->intervention->source_line);
	}
	const struct figure f = know_count(k, STR("interventions.without-activity"), t->x->n_unfunded, MSG("types of intervention"),
	    MSG("Types of intervention on which a study says something and that no activity of the scope uses"), &rows);
	answer_heading(k->w, 2, STR("evidence-without-money"), know_say(k, MSG("Evidence without money")));
	know_counted(k, names.n ? KNOW(k, MSG("{0} types of intervention have studies and no activity; with the number of studies: {1}."),
	    told_num(&k->t, (int64_t)t->x->n_unfunded), names) : know_say(k, MSG("Every type of intervention with a study is used by an activity.")), &f, 1);
}

/* ---- the map, a drawing for each priority ---- */

struct map_parts {
	const struct gap_row *columns[CHART_MATRIX_COLUMNS_MAX];
	size_t n_columns;
	const struct outcome **outcomes;
	size_t n_rows, n_bubbles;
};

static bool choose(struct telling *t, int priority, struct map_parts *m)
{
	const struct evaluation_view *v = t->x->facts->view;
	m->outcomes = ARENA_ARRAY(t->k.a, v->n_outcomes, const struct outcome *);
	if (!m->outcomes)
		return false;
	for (size_t i = 0; i < t->x->n && m->n_columns < CHART_MATRIX_COLUMNS_MAX; i++)
		if (t->x->rows[i].intervention->priority == priority)
			m->columns[m->n_columns++] = &t->x->rows[i];
	for (size_t o = 0; o < v->n_outcomes; o++) {
		size_t found = 0;
		for (size_t k = 0; k < m->n_columns; k++)
			for (size_t c = 0; c < m->columns[k]->n_cells; c++)
				found += m->columns[k]->cells[c].outcome == &v->outcomes[o];
		m->n_bubbles += found;
		if (found)
			m->outcomes[m->n_rows++] = &v->outcomes[o];
	}
	return m->n_columns != 0;
}

static size_t row_of(const struct map_parts *m, const struct outcome *o)
{
	size_t i = 0;
	while (i < m->n_rows && m->outcomes[i] != o)
		i++;
	return i;
}

static void draw_map(struct telling *t, const struct map_parts *m, const struct priority *p)
{
	struct knowing *k = &t->k;
	str *rows = ARENA_ARRAY(k->a, m->n_rows, str), *columns = ARENA_ARRAY(k->a, m->n_columns, str),
	    *notes = ARENA_ARRAY(k->a, m->n_columns, str), *kinds = ARENA_ARRAY(k->a, SHOWN, str);
	struct chart_bubble *b = ARENA_ARRAY(k->a, m->n_bubbles, struct chart_bubble);
	struct chart *c = ARENA_NEW(k->a, struct chart);
	size_t n = 0;
	if (!rows || !columns || !notes || !kinds || !b || !c)
		return;
	for (size_t i = 0; i < SHOWN; i++)
		kinds[i] = know_say(k, know_strength(shown[i]));
	for (size_t i = 0; i < m->n_rows; i++)
		rows[i] = know_outcome(k, m->outcomes[i]);
	for (size_t i = 0; i < m->n_columns; i++) {
		const struct gap_row *r = m->columns[i];
		columns[i] = know_intervention(k, r->intervention);
		notes[i] = money_words(k, &r->spent);
		str href = know_fmt(k, "#%.*s", STR_ARG(anchor(k, r)));
		for (size_t x = 0; x < r->n_cells; x++)
			b[n++] = (struct chart_bubble){row_of(m, r->cells[x].outcome), i, (double)r->cells[x].n_studies,
			    shown_index(r->cells[x].strength), href};
	}
	*c = (struct chart){.kind = CHART_BUBBLES, .id = know_fmt(k, "map-%d", p->code),
	    .title = KNOW(k, MSG("What studies say of: {0}"), text3_in(&p->short_name, k->w->lang)),
	    .row_head = know_say(k, MSG("Outcome")), .value_head = know_say(k, MSG("Number of studies by outcome and type of intervention, with the strongest evidence stated")),
	    .lang = answer_chart_lang(k->w), .format = answer_chart_counts(k->w),
	    .bubbles = {rows, m->n_rows, columns, m->n_columns, b, n, kinds, SHOWN, notes, know_say(k, MSG("Contribution of activities"))}};
	answer_chart(k->w, c, know_say(k, MSG("An empty place is a gap: no study in the pack says anything of it. The amount is the contribution to activities whose main intervention it is.")),
	    STR(""));
}

static void tell_maps(struct telling *t)
{
	const struct programme_view *p = t->k.p;
	answer_heading(t->k.w, 2, STR("evidence-gap-map"), know_say(&t->k, MSG("Evidence gap map")));
	for (size_t i = 0; i < p->n_priorities; i++) {
		struct map_parts m = {0};
		if (!choose(t, p->priorities[i].code, &m))
			continue;
		answer_heading(t->k.w, 3, know_fmt(&t->k, "priority-%d", p->priorities[i].code), know_priority(&t->k, p->priorities[i].code));
		draw_map(t, &m, &p->priorities[i]);
	}
}

/* ---- money beside evidence ---- */

static void tell_money(struct telling *t)
{
	static const char *const heads[] = {MSG("Type of intervention"), MSG("Priority"), MSG("Contribution"), MSG("Activities"), MSG("Studies"),
	    MSG("Favourable"), MSG("Unfavourable or no effect"), MSG("Mixed"), MSG("Strongest evidence stated")};
	struct sheet s = SHEET(&t->k, heads, 0xfc);
	for (size_t i = 0; i < t->x->n; i++) {
		const struct gap_row *r = &t->x->rows[i];
		sheet_link(&s, know_intervention(&t->k, r->intervention), STR(""));
		sheet_num(&s, r->intervention->priority);
		sheet_money(&s, &r->spent);
		sheet_num(&s, (int64_t)r->spent.n);
		sheet_num(&s, (int64_t)r->n_studies);
		sheet_num(&s, (int64_t)r->by[EVIDENCE_POSITIVE]);
		sheet_num(&s, (int64_t)(r->by[EVIDENCE_NEGATIVE] + r->by[EVIDENCE_NONE]));
		sheet_num(&s, (int64_t)r->by[EVIDENCE_MIXED]);
		if (r->n_studies)
			sheet_text(&s, know_say(&t->k, know_strength(r->strength)));
		else
			sheet_none(&s, MSG("no study"));
	}
	answer_heading(t->k.w, 2, STR("money-and-studies"), know_say(&t->k, MSG("Money and studies side by side")));
	sheet_end(&s, STR("money-table"), know_say(&t->k, MSG("Contribution of activities by main intervention, and the studies of it")), false);
}

/* ---- what studies say ---- */

static str years_of(const struct knowing *k, const struct gap_row *r)
{
	pdate lo = PDATE_NONE, hi = PDATE_NONE, d;
	for (size_t i = 0; i < r->n_findings; i++) {
		str part;
		struct str_split it = str_split_on(r->findings[i]->study_year, ';');
		while (str_next(&it, &part))
			if (pdate_parse(str_trim(part), &d)) {
				lo = !lo.precision || d.day < lo.day ? d : lo;
				hi = !hi.precision || d.day > hi.day ? d : hi;
			}
	}
	if (!lo.precision)
		return know_say(k, MSG("years not stated"));
	return lo.day == hi.day ? told_pdate(&k->t, lo) : KNOW(k, MSG("{0} to {1}"), told_pdate(&k->t, lo), told_pdate(&k->t, hi));
}

static str countries_of(const struct knowing *k, const struct gap_row *r)
{
	enum { NAMED = 12 };
	str seen[I18N_COUNTRIES_MAX], list = STR("");
	size_t n = 0;
	for (size_t i = 0; i < r->n_findings; i++) {
		str part;
		struct str_split it = str_split_on(r->findings[i]->countries, ';');
		while (str_next(&it, &part)) {
			bool there = n == I18N_COUNTRIES_MAX;
			for (size_t s = 0; s < n; s++)
				there |= str_eq(seen[s], part);
			if (!there)
				seen[n++] = part;
		}
	}
	for (size_t i = 0; i < n && i < NAMED; i++)
		list = told_join(&k->t, list, ", ", i18n_country(k->w->lang, seen[i]));
	if (!n)
		return know_say(k, MSG("countries not stated"));
	return n <= NAMED ? list : KNOW(k, MSG("{0} and {1} others"), list, told_num(&k->t, (int64_t)(n - NAMED)));
}

static void tell_row(struct telling *t, const struct gap_row *r)
{
	static const char *const heads[] = {MSG("Study"), MSG("Outcome"), MSG("Direction"), MSG("Strength"), MSG("Method"), MSG("Countries"),
	    MSG("Finding"), MSG("Lines of the report")};
	struct knowing *k = &t->k;
	struct know_rows rows = {0};
	add_findings(k, &rows, r, false);
	str name = know_intervention(k, r->intervention);
	struct statement st = {.kind = STATEMENT_EVIDENCE, .rows = rows.v.p, .n_rows = rows.v.n,
	    .text = KNOW(k, MSG("{0}: {1} studies say something; favourable: {2}, unfavourable or no effect: {3}, mixed: {4}."), name,
		told_num(&k->t, (int64_t)r->n_studies), told_num(&k->t, (int64_t)r->by[EVIDENCE_POSITIVE]),
		told_num(&k->t, (int64_t)(r->by[EVIDENCE_NEGATIVE] + r->by[EVIDENCE_NONE])), told_num(&k->t, (int64_t)r->by[EVIDENCE_MIXED])),
	    .strength = know_say(k, r->n_studies ? know_strength(r->strength) : MSG("not proven")),
	    .place = KNOW(k, MSG("{0}; {1}"), countries_of(k, r), years_of(k, r))};
	answer_statement(k->w, &st);
	struct sheet s = SHEET(k, heads, 0);
	for (size_t i = 0; i < r->n_findings; i++) {
		const struct evidence *x = r->findings[i];
		sheet_english(&s, x->study);
		sheet_text(&s, know_outcome(k, x->outcome));
		sheet_text(&s, know_say(k, know_direction(x->direction)));
		sheet_text(&s, know_say(k, know_strength(x->strength)));
		sheet_text(&s, know_method_in(k, x->method));
		sheet_text(&s, know_countries(k, x->countries));
		sheet_english(&s, x->claim);
		sheet_text(&s, x->source_line);
	}
	sheet_end(&s, anchor(k, r), KNOW(k, MSG("Studies: {0}"), name), false);
}

enum err_code answer_5_tell(const void *made, struct answer *w, struct err *e)
{
	struct telling t = {.x = made};
	knowing_begin(&t.k, w, t.x->facts);
	(void)e;
	tell_short(&t);
	tell_maps(&t);
	tell_money(&t);
	tell_bare(&t);
	tell_unfunded(&t);
	answer_heading(w, 2, STR("studies"), know_say(&t.k, MSG("What the studies say")));
	for (size_t i = 0; i < t.x->n; i++)
		if (t.x->rows[i].n_findings)
			tell_row(&t, &t.x->rows[i]);
	return ERR_OK;
}
