/* Question 1: how were the priorities set? */
#include "feat/evaluation/question_1.h"

static const struct {
	const char *slug, *label;
} origins[THEME_ORIGINS] = {[THEME_ACCENT] = {"accent", MSG("named in an earlier memorandum or letter")},
    [THEME_MEASURE] = {"measure", MSG("only in measures or views before")}, [THEME_NEW] = {"new", MSG("new in the memorandum")},
    [THEME_LATER] = {"later", MSG("not in the memorandum")}};

const char *theme_origin_label(enum theme_origin o)
{
	return origins[o].label;
}

const char *theme_origin_slug(enum theme_origin o)
{
	return origins[o].slug;
}

static const struct timeline_item *find_memorandum(const struct facts *f)
{
	const struct timeline_item *found = NULL;
	for (size_t i = 0; i < f->view->programme->n_timeline; i++) {
		const struct timeline_item *t = &f->view->programme->timeline[i];
		if (str_is(t->kind, "memorandum") && facts_known(f, t->day))
			found = t;
	}
	return found;
}

/* Before the memorandum, in it, or after it? What is dated with the year only of the memorandum stands after it. */
static enum theme_origin origin_of(const struct theme *t, const struct timeline_item *m)
{
	bool in = false, accent = false, any = false;
	for (size_t i = 0; m && i < t->n; i++) {
		const struct policy_step *s = t->steps[i];
		bool same = s->on.day == m->day.day && s->on.precision == m->day.precision;
		bool earlier = pdate_last(s->on).day < pdate_first(m->day).day;
		in |= same && s->standing == POLICY_ACCENT;
		accent |= earlier && s->standing == POLICY_ACCENT;
		any |= earlier;
	}
	return !in ? THEME_LATER : accent ? THEME_ACCENT : any ? THEME_MEASURE : THEME_NEW;
}

static bool is_new(const struct theme *themes, size_t n, str name)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(themes[i].name, name))
			return false;
	return true;
}

static enum err_code take_steps(const struct facts *f, struct theme *t, struct arena *a, struct err *e)
{
	VEC(const struct policy_step *) steps = {0};
	for (size_t i = 0; i < f->view->n_policy; i++) {
		const struct policy_step *s = &f->view->policy[i];
		if (!str_eq(s->theme, t->name) || !facts_known(f, s->on))
			continue;
		const struct policy_step **new = VEC_ADD(&steps, a);
		if (!new)
			return arena_fail(a, e);
		*new = s;
	}
	t->steps = steps.p;
	t->n = steps.n;
	return ERR_OK;
}

/* By priority, then in the order of their first step. */
static enum err_code take_themes(const struct facts *f, struct answer_1 *x, struct arena *a, struct err *e)
{
	const struct evaluation_view *v = f->view;
	struct theme *themes = ARENA_ARRAY(a, v->n_policy, struct theme);
	if (!themes)
		return arena_fail(a, e);
	for (size_t p = 0; p < v->programme->n_priorities; p++)
		for (size_t i = 0; i < v->n_policy; i++) {
			const struct policy_step *s = &v->policy[i];
			int code = v->programme->priorities[p].code;
			if (s->priority != code || (f->scope.priority && f->scope.priority != code) || !facts_known(f, s->on) ||
			    !is_new(themes, x->n, s->theme))
				continue;
			struct theme *t = &themes[x->n++];
			*t = (struct theme){.name = s->theme, .priority = code};
			TRY(take_steps(f, t, a, e));
			t->origin = origin_of(t, x->memorandum);
			x->by[t->origin]++;
		}
	x->themes = themes;
	return ERR_OK;
}

static bool holds(const struct country_list *l, str country)
{
	for (size_t i = 0; i < l->n_entries; i++)
		if (str_eq(l->entries[i].country, country))
			return true;
	return false;
}

static enum err_code take_lists(const struct facts *f, struct answer_1 *x, struct arena *a, struct err *e)
{
	const struct programme_view *p = f->view->programme;
	const struct country_list **lists = ARENA_ARRAY(a, p->n_country_lists, const struct country_list *);
	struct list_overlap *overlaps = ARENA_ARRAY(a, p->n_country_lists * p->n_country_lists, struct list_overlap);
	if (!lists || !overlaps)
		return arena_fail(a, e);
	for (size_t i = 0; i < p->n_country_lists; i++)
		if (pdate_first(p->country_lists[i].valid_from).day <= f->scope.as_of.day)
			lists[x->n_lists++] = &p->country_lists[i];
	for (size_t i = 0; i < x->n_lists; i++)
		for (size_t k = i + 1; k < x->n_lists; k++) {
			struct list_overlap *o = &overlaps[x->n_overlaps++];
			*o = (struct list_overlap){lists[i], lists[k], 0};
			for (size_t c = 0; c < lists[i]->n_entries; c++)
				o->n += holds(lists[k], lists[i]->entries[c].country);
		}
	x->lists = lists;
	x->overlaps = overlaps;
	return ERR_OK;
}

enum err_code answer_1_make(const struct facts *f, struct arena *a, const struct answer_1 **ret, struct err *e)
{
	struct answer_1 *x = ARENA_NEW(a, struct answer_1);
	if (!x)
		return arena_fail(a, e);
	*x = (struct answer_1){.facts = f, .memorandum = find_memorandum(f)};
	TRY(take_themes(f, x, a, e));
	TRY(take_lists(f, x, a, e));
	*ret = x;
	return ERR_OK;
}

static enum err_code make(const struct facts *f, struct arena *a, const void **ret, struct err *e)
{
	const struct answer_1 *x;
	TRY(answer_1_make(f, a, &x, e));
	*ret = x;
	return ERR_OK;
}

static void json_theme(struct json_writer *j, const struct theme *t)
{
	jw_object(j);
	jw_key(j, "theme");
	jw_str(j, t->name);
	jw_key(j, "priority");
	jw_i64(j, t->priority);
	jw_key(j, "origin");
	jw_str(j, str_of(origins[t->origin].slug));
	jw_key(j, "steps");
	jw_array(j);
	for (size_t i = 0; i < t->n; i++)
		jw_str(j, t->steps[i]->line_id);
	jw_array_end(j);
	jw_object_end(j);
}

static void json(struct json_writer *j, const void *made, enum lang l)
{
	const struct answer_1 *x = made;
	(void)l;
	jw_key(j, "themes");
	jw_array(j);
	for (size_t i = 0; i < x->n; i++)
		json_theme(j, &x->themes[i]);
	jw_array_end(j);
	jw_key(j, "country_lists");
	jw_array(j);
	for (size_t i = 0; i < x->n_lists; i++) {
		jw_object(j);
		jw_key(j, "list");
		jw_str(j, x->lists[i]->code);
		jw_key(j, "countries");
		jw_i64(j, (int64_t)x->lists[i]->n_entries);
		jw_object_end(j);
	}
	jw_array_end(j);
	jw_key(j, "overlaps");
	jw_array(j);
	for (size_t i = 0; i < x->n_overlaps; i++) {
		jw_object(j);
		jw_key(j, "lists");
		jw_array(j);
		jw_str(j, x->overlaps[i].a->code);
		jw_str(j, x->overlaps[i].b->code);
		jw_array_end(j);
		jw_key(j, "countries");
		jw_i64(j, (int64_t)x->overlaps[i].n);
		jw_object_end(j);
	}
	jw_array_end(j);
}

const struct evaluation_part part_question_1 = {
    .question = 1,
    .slug = "question-1",
    .title = MSG("How were the priorities set?"),
    .make = make,
    .tell = answer_1_tell,
    .json = json,
};
