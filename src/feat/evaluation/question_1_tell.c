/* Question 1 told: the policy line of each theme as a time line and a table, what was new in the memorandum, the country lists. */
#include <math.h>

#include "feat/evaluation/question_1.h"

struct telling {
	struct knowing k;
	const struct answer_1 *x;
};

static str theme_name(const struct knowing *k, str theme)
{
	return programme_word_in(k->p, "policy-theme", theme, k->w->lang);
}

static const char *standing_label(enum policy_standing s)
{
	static const char *const labels[POLICY_STANDINGS] = {[POLICY_ACCENT] = MSG("named in policy"), [POLICY_MEASURE] = MSG("measure"),
	    [POLICY_POSITION] = MSG("view taken")};
	return labels[s];
}

static void add_steps(struct knowing *k, struct know_rows *rows, const struct theme *t)
{
	for (size_t i = 0; i < t->n; i++)
		rows_add(k, rows, "policy_line", t->steps[i]->line_id, t->steps[i]->source_line);
}

/* ---- the short answer ---- */

static void tell_short(struct telling *t)
{
	struct knowing *k = &t->k;
	const struct answer_1 *x = t->x;
	struct know_rows rows[THEME_ORIGINS] = {0};
	str names[THEME_ORIGINS] = {STR(""), STR(""), STR(""), STR("")};
	for (size_t i = 0; i < x->n; i++) {
		enum theme_origin o = x->themes[i].origin;
		add_steps(k, &rows[o], &x->themes[i]);
		names[o] = told_join(&k->t, names[o], ", ", theme_name(k, x->themes[i].name));
	}
	if (!x->memorandum) {
		know_unsaid(k, know_say(k, MSG("How the priorities were set cannot be said: on that day no memorandum was known.")),
		    know_say(k, MSG("a memorandum that sets priorities")), NULL);
		return;
	}
	const struct figure f[] = {
	    know_count(k, STR("themes.accent"), x->by[THEME_ACCENT], MSG("themes"),
		MSG("Themes of the memorandum that an earlier memorandum or letter names"), &rows[THEME_ACCENT]),
	    know_count(k, STR("themes.measure"), x->by[THEME_MEASURE], MSG("themes"),
		MSG("Themes of the memorandum of which only measures or views are recorded before it"), &rows[THEME_MEASURE]),
	    know_count(k, STR("themes.new"), x->by[THEME_NEW], MSG("themes"), MSG("Themes of the memorandum of which nothing is recorded before it"),
		&rows[THEME_NEW])};
	size_t all = x->by[THEME_ACCENT] + x->by[THEME_MEASURE] + x->by[THEME_NEW];
	know_counted(k, KNOW(k, MSG("The memorandum of {0} names {1} themes: {2} were named in policy before ({3}), {4} existed in measures or views only ({5}), {6} were new ({7})."),
	    told_pdate(&k->t, x->memorandum->day), told_num(&k->t, (int64_t)all), told_num(&k->t, (int64_t)x->by[THEME_ACCENT]),
	    names[THEME_ACCENT].n ? names[THEME_ACCENT] : STR("–"), told_num(&k->t, (int64_t)x->by[THEME_MEASURE]),
	    names[THEME_MEASURE].n ? names[THEME_MEASURE] : STR("–"), told_num(&k->t, (int64_t)x->by[THEME_NEW]),
	    names[THEME_NEW].n ? names[THEME_NEW] : STR("–")), f, 3);
	know_unsaid(k, know_say(k, MSG("Why these themes were chosen and others not cannot be said from the records.")),
	    know_say(k, MSG("what was weighed when the memorandum was written: alternatives, and the reasons to leave them out")), NULL);
}

/* ---- the policy line ---- */

static void draw_line(struct telling *t)
{
	struct knowing *k = &t->k;
	const struct programme_view *p = k->p;
	struct chart_period *periods = ARENA_ARRAY(k->a, t->x->n, struct chart_period);
	struct chart_event *events = ARENA_ARRAY(k->a, p->n_timeline, struct chart_event);
	struct chart *c = ARENA_NEW(k->a, struct chart);
	size_t n = 0, n_events = 0;
	if (!periods || !events || !c || !t->x->n)
		return;
	for (size_t i = 0; i < t->x->n; i++)
		periods[n++] = (struct chart_period){CHART_PERIOD_ACTUAL, theme_name(k, t->x->themes[i].name), t->x->themes[i].steps[0]->on,
		    pdate_of(k->f->scope.as_of)};
	for (size_t i = 0; i < p->n_timeline; i++)
		if (facts_known(k->f, p->timeline[i].day) && (str_is(p->timeline[i].kind, "memorandum") || str_is(p->timeline[i].kind, "letter")))
			events[n_events++] = (struct chart_event){text3_in(&p->timeline[i].title, k->w->lang), p->timeline[i].day};
	*c = (struct chart){.kind = CHART_TIMELINE, .id = STR("policy-line"), .title = know_say(k, MSG("Since when each theme is in policy or in measures")),
	    .row_head = know_say(k, MSG("Theme or document")), .value_head = know_say(k, MSG("When")), .lang = answer_chart_lang(k->w),
	    .format = answer_chart_counts(k->w), .timeline = {periods, n, events, n_events}};
	answer_chart(k->w, c, know_say(k, MSG("A bar begins with the first step on record and runs to the day of this answer; memoranda and letters are marked.")), STR(""));
}

static void tell_steps(struct telling *t)
{
	static const char *const heads[] = {MSG("Theme"), MSG("Priority"), MSG("When"), MSG("Standing"), MSG("What"), MSG("Lines of the report")};
	struct knowing *k = &t->k;
	struct sheet s = SHEET(k, heads, 0);
	for (size_t i = 0; i < t->x->n; i++)
		for (size_t n = 0; n < t->x->themes[i].n; n++) {
			const struct policy_step *step = t->x->themes[i].steps[n];
			sheet_text(&s, theme_name(k, t->x->themes[i].name));
			sheet_text(&s, know_priority(k, step->priority));
			sheet_text(&s, told_pdate(&k->t, step->on));
			sheet_text(&s, know_say(k, standing_label(step->standing)));
			sheet_text(&s, text3_in(&step->text, k->w->lang));
			sheet_text(&s, step->source_line);
		}
	sheet_end(&s, STR("policy-steps"), know_say(k, MSG("The policy line, theme by theme")), false);
}

static void tell_themes(struct telling *t)
{
	static const char *const heads[] = {MSG("Theme"), MSG("Priority"), MSG("First step on record"), MSG("Before the memorandum")};
	struct knowing *k = &t->k;
	struct sheet s = SHEET(k, heads, 0);
	for (size_t i = 0; i < t->x->n; i++) {
		const struct theme *x = &t->x->themes[i];
		sheet_text(&s, theme_name(k, x->name));
		sheet_text(&s, know_priority(k, x->priority));
		sheet_text(&s, told_pdate(&k->t, x->steps[0]->on));
		sheet_text(&s, know_say(k, theme_origin_label(x->origin)));
	}
	sheet_end(&s, STR("themes"), know_say(k, MSG("Old and new themes")), false);
}

/* ---- country lists ---- */

static void tell_list(struct telling *t, const struct country_list *l)
{
	struct knowing *k = &t->k;
	struct know_rows all = {0}, partner = {0}, unknown = {0};
	for (size_t i = 0; i < l->n_entries; i++) {
		const struct country_list_entry *x = &l->entries[i];
		str key = know_fmt(k, "%.*s/%.*s", STR_ARG(l->code), STR_ARG(x->country));
		rows_add(k, &all, "country_list_entry", key, x->source_line);
		if (str_is(x->partner_country, "yes"))
			rows_add(k, &partner, "country_list_entry", key, x->source_line);
		if (str_is(x->partner_country, "unknown"))
			rows_add(k, &unknown, "country_list_entry", key, x->source_line);
	}
	const struct figure f[] = {
	    know_count(k, know_fmt(k, "list.%.*s", STR_ARG(l->code)), all.v.n, MSG("countries"), MSG("Countries on the list"), &all),
	    know_count(k, know_fmt(k, "list.%.*s.partner", STR_ARG(l->code)), partner.v.n, MSG("countries"),
		MSG("Countries on the list of which the records say that they were partner countries of development cooperation"), &partner),
	    know_count(k, know_fmt(k, "list.%.*s.unknown", STR_ARG(l->code)), unknown.v.n, MSG("countries"),
		MSG("Countries on the list of which the records do not say whether they were partner countries"), &unknown)};
	know_counted(k, KNOW(k, MSG("{0}: {1} countries; partner country: {2}, not known: {3}."), text3_in(&l->name, k->w->lang),
	    told_num(&k->t, (int64_t)all.v.n), told_num(&k->t, (int64_t)partner.v.n), told_num(&k->t, (int64_t)unknown.v.n)), f, 3);
}

static void tell_overlap(struct telling *t, const struct list_overlap *o)
{
	struct knowing *k = &t->k;
	struct know_rows rows = {0};
	str names = STR("");
	for (size_t i = 0; i < o->a->n_entries; i++)
		for (size_t n = 0; n < o->b->n_entries; n++) {
			if (!str_eq(o->a->entries[i].country, o->b->entries[n].country))
				continue;
			rows_add(k, &rows, "country_list_entry", know_fmt(k, "%.*s/%.*s", STR_ARG(o->a->code), STR_ARG(o->a->entries[i].country)),
			    o->a->entries[i].source_line);
			names = told_join(&k->t, names, ", ", i18n_country(k->w->lang, o->a->entries[i].country));
		}
	const struct figure f = know_count(k, know_fmt(k, "overlap.%.*s.%.*s", STR_ARG(o->a->code), STR_ARG(o->b->code)), o->n, MSG("countries"),
	    MSG("Countries on both lists"), &rows);
	know_counted(k, KNOW(k, MSG("On “{0}” and “{1}”: {2} countries ({3})."), text3_in(&o->a->name, k->w->lang), text3_in(&o->b->name, k->w->lang),
	    told_num(&k->t, (int64_t)o->n), names.n ? names : STR("–")), &f, 1);
}

static void tell_lists(struct telling *t)
{
	struct knowing *k = &t->k;
	answer_heading(k->w, 2, STR("country-lists"), know_say(k, MSG("Country lists")));
	for (size_t i = 0; i < t->x->n_lists; i++)
		tell_list(t, t->x->lists[i]);
	for (size_t i = 0; i < t->x->n_overlaps; i++)
		tell_overlap(t, &t->x->overlaps[i]);
	know_unsaid(k, know_say(k, MSG("The overlap with all partner countries cannot be counted.")),
	    know_say(k, MSG("the list of partner countries of each period; the report gives their number, and underlines those on the list of 2011, which its text edition does not show")),
	    NULL);
}

enum err_code answer_1_tell(const void *made, struct answer *w, struct err *e)
{
	struct telling t = {.x = made};
	knowing_begin(&t.k, w, t.x->facts);
	(void)e;
	tell_short(&t);
	answer_heading(w, 2, STR("policy"), know_say(&t.k, MSG("The policy line")));
	draw_line(&t);
	if (t.x->n) {
		tell_themes(&t);
		tell_steps(&t);
	}
	tell_lists(&t);
	return ERR_OK;
}
