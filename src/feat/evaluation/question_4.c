/* Question 4: did activities and results help to attain the priorities? */
#include "feat/evaluation/question_4.h"

enum { CONTRIBUTION_STEPS = 100000, DECISIONS = 4, GIVEN_MOST = 4 };

static const struct {
	const char *slug, *label;
} link_words[LINK_RATINGS] = {[LINK_CONTRADICTED] = {"contradicted", MSG("contradicted")}, [LINK_MIXED] = {"mixed", MSG("mixed")},
    [LINK_SUPPORTED] = {"supported", MSG("supported")}, [LINK_NO_EVIDENCE] = {"no evidence", MSG("no evidence")},
    [LINK_AIM] = {"aim", MSG("aim of the priority")}};

static const struct {
	const char *slug, *label;
} contribution_words[CONTRIBUTIONS] = {[CONTRIBUTION_PLAUSIBLE] = {"contribution plausible", MSG("contribution plausible")},
    [CONTRIBUTION_NOT_SHOWN] = {"not shown", MSG("not shown")}, [CONTRIBUTION_CONTRADICTED] = {"contradicted", MSG("contradicted")}};

const char *link_rating_slug(enum link_rating r)
{
	return link_words[r].slug;
}

const char *link_rating_label(enum link_rating r)
{
	return link_words[r].label;
}

const char *contribution_slug(enum contribution c)
{
	return contribution_words[c].slug;
}

const char *contribution_label(enum contribution c)
{
	return contribution_words[c].label;
}

/* ---- asking the model ---- */

enum decision { LINK_EVIDENCE, PATH, INTERVENTION, PRIORITY };

/* What the model said of a set of inputs: few differ. */
struct said {
	uint64_t key;
	str word;
	uint32_t row;
};

struct weighing {
	const struct facts *f;
	struct arena *a;
	struct dmn_run *run;
	int32_t decisions[DECISIONS];
	struct dmn_options options;
	struct answer_4 *x;
	struct weighed_link *links;
	VEC(struct weighed_contribution) contributions;
	VEC(struct said) said;
};

static enum err_code find_model(struct weighing *g, struct err *e)
{
	static const char *const names[DECISIONS] = {"link_evidence", "path_contribution", "intervention_contribution", "priority_contribution"};
	const struct decisions_view *d = g->f->view->decisions;
	const struct decision_version *v = decisions_on(d, CONTRIBUTION_MODEL, g->f->scope.as_of);
	if (!v)
		v = decisions_newest(d, CONTRIBUTION_MODEL);
	if (!v || !v->set)
		return fail(e, ERR_NOT_FOUND, "evaluation.model", "the programme has no usable decision model %.*s%s%.*s",
		    STR_ARG(CONTRIBUTION_MODEL), v ? ": " : "", STR_ARG(v ? v->why : STR("")));
	for (size_t i = 0; i < DECISIONS; i++) {
		g->decisions[i] = dmn_find(v->set, v->model, str_of(names[i]));
		if (g->decisions[i] < 0)
			return fail(e, ERR_NOT_FOUND, "evaluation.model", "the decision model %.*s has no decision \"%s\"",
			    STR_ARG(CONTRIBUTION_MODEL), names[i]);
	}
	g->run = dmn_run_new(g->a, v->set);
	g->options = (struct dmn_options){.mode = DMN_STRICT, .explain = true, .steps_most = CONTRIBUTION_STEPS,
	    .now = {.kind = FEEL_DATE_TIME, .day = g->f->scope.as_of.day, .zone = 0}};
	return g->run ? ERR_OK : arena_fail(g->a, e);
}

static struct dmn_given given(const char *name, fval v)
{
	return (struct dmn_given){.name = str_of(name), .value = v, .source = STR("")};
}

/* The decision and up to four small numbers that stand for its inputs. */
static uint64_t key_of(enum decision which, size_t a, size_t b, size_t c, size_t d)
{
	return (uint64_t)which << 60 | (uint64_t)a << 45 | (uint64_t)b << 30 | (uint64_t)c << 15 | (uint64_t)d;
}

/* The word that the model gives, and the row of its table. A model that gives none is at fault. */
static enum err_code ask(struct weighing *g, enum decision which, uint64_t key, const struct dmn_given *in, size_t n, str *ret_word,
    uint32_t *ret_row, struct err *e)
{
	struct dmn_outcome o;
	vec_each(s, &g->said)
		if (s->key == key) {
			*ret_word = s->word;
			*ret_row = s->row;
			return ERR_OK;
		}
	TRY(dmn_decide(g->run, g->a, g->decisions[which], in, n, &g->options, &o, e));
	if (o.value.kind != FEEL_STRING)
		return fail(e, ERR_INVALID, "evaluation.model", "the decision model %.*s gives no outcome", STR_ARG(CONTRIBUTION_MODEL));
	*ret_word = o.value.string;
	*ret_row = 0;
	for (size_t i = 0; i < o.n_decisions; i++)
		for (const struct dmn_table_trace *t = o.decisions[i].tables; t; t = t->next)
			if (t->n_decided)
				*ret_row = t->decided[0] + 1;
	struct said *new = VEC_ADD(&g->said, g->a);
	if (!new)
		return arena_fail(g->a, e);
	*new = (struct said){key, *ret_word, *ret_row};
	return ERR_OK;
}

static enum err_code ask_contribution(struct weighing *g, enum decision which, uint64_t key, const struct dmn_given *in, size_t n,
    enum contribution *ret, uint32_t *ret_row, struct err *e)
{
	str word;
	TRY(ask(g, which, key, in, n, &word, ret_row, e));
	for (int i = 0; i < CONTRIBUTIONS; i++)
		if (str_is(word, contribution_words[i].slug)) {
			*ret = (enum contribution)i;
			return ERR_OK;
		}
	return fail(e, ERR_INVALID, "evaluation.model", "the decision model %.*s gives \"%.*s\", which is no rating",
	    STR_ARG(CONTRIBUTION_MODEL), STR_ARG(word));
}

/* ---- links ---- */

static bool bears_on(const struct evidence *x, const struct theory_link *l)
{
	return l->from_intervention && l->to_outcome && x->intervention == l->from_intervention && x->outcome == l->to_outcome;
}

static enum err_code count_studies(const struct facts *f, struct weighed_link *w, struct arena *a, struct err *e)
{
	struct studies s[3] = {0};
	for (size_t i = 0; i < w->n_findings; i++) {
		const struct evidence *x = w->findings[i];
		size_t which = x->direction == EVIDENCE_POSITIVE ? 0 : x->direction == EVIDENCE_MIXED ? 2 : 1;
		if (!finding_tells(x))
			continue;
		if (!studies_add(&s[which], f, x, a))
			return arena_fail(a, e);
		if (which == 0 && x->strength > w->strength)
			w->strength = x->strength;
	}
	w->supporting = s[0].names.n;
	w->adverse = s[1].names.n;
	w->ambiguous = s[2].names.n;
	return ERR_OK;
}

static enum err_code weigh_link(struct weighing *g, struct weighed_link *w, struct err *e)
{
	const struct evaluation_view *v = g->f->view;
	VEC(const struct evidence *) findings = {0};
	str word;
	for (size_t i = 0; i < v->n_evidence; i++) {
		if (!bears_on(&v->evidence[i], w->link) || !finding_known(g->f, &v->evidence[i]))
			continue;
		const struct evidence **new = VEC_ADD(&findings, g->a);
		if (!new)
			return arena_fail(g->a, e);
		*new = &v->evidence[i];
	}
	w->findings = findings.p;
	w->n_findings = findings.n;
	TRY(count_studies(g->f, w, g->a, e));
	const struct dmn_given in[] = {given("is_aim", feel_bool(w->link->to_priority != 0)),
	    given("supporting", feel_int((int64_t)w->supporting)), given("adverse", feel_int((int64_t)w->adverse)),
	    given("ambiguous", feel_int((int64_t)w->ambiguous))};
	TRY(ask(g, LINK_EVIDENCE, key_of(LINK_EVIDENCE, w->link->to_priority != 0, w->supporting, w->adverse, w->ambiguous), in, sizeof in / sizeof *in, &word, &w->row, e));
	for (int i = 0; i < LINK_RATINGS; i++)
		if (str_is(word, link_words[i].slug)) {
			w->rating = (enum link_rating)i;
			return ERR_OK;
		}
	return fail(e, ERR_INVALID, "evaluation.model", "the decision model %.*s gives \"%.*s\" for a link", STR_ARG(CONTRIBUTION_MODEL),
	    STR_ARG(word));
}

/* ---- paths ---- */

static const char *strength_word(const struct weighed_link *w)
{
	static const char *const words[STRENGTH_COUNT] = {[STRENGTH_NOT_STATED] = "not stated", [STRENGTH_ABSENT] = "not stated",
	    [STRENGTH_ANECDOTAL] = "anecdotal", [STRENGTH_LIMITED] = "limited", [STRENGTH_MODERATE] = "moderate", [STRENGTH_STRONG] = "strong"};
	return w && w->supporting ? words[w->strength] : "none";
}

/* Of two links with evidence, is a the weaker one? By rating, then by the strength and number of what supports it. */
static bool weaker(const struct weighed_link *a, const struct weighed_link *b)
{
	if (!b || a->rating != b->rating)
		return !b || a->rating < b->rating;
	return a->strength != b->strength ? a->strength < b->strength : a->supporting < b->supporting;
}

static enum err_code weigh_path(struct weighing *g, struct weighed_path *p, struct err *e)
{
	decimal coverage = DECIMAL_ZERO;
	for (size_t i = 0; i < p->n; i++) {
		const struct weighed_link *w = p->links[i];
		p->bearing += w->rating != LINK_AIM;
		p->covered += w->rating < LINK_NO_EVIDENCE;
		if (w->rating < LINK_NO_EVIDENCE && weaker(w, p->weakest))
			p->weakest = w;
	}
	if (p->bearing && !decimal_div(decimal_of((int64_t)p->covered), decimal_of((int64_t)p->bearing), &coverage))
		coverage = DECIMAL_ZERO;
	const struct dmn_given in[] = {
	    given("weakest", feel_string(str_of(link_words[p->weakest ? p->weakest->rating : LINK_NO_EVIDENCE].slug))),
	    given("coverage", feel_number(coverage)), given("strength", feel_string(str_of(strength_word(p->weakest)))),
	    given("studies", feel_int(p->weakest ? (int64_t)p->weakest->supporting : 0))};
	const struct weighed_link *w = p->weakest;
	uint64_t key = key_of(PATH, w ? (size_t)w->rating + 1 : 0, p->covered * PATH_LINKS_MAX + p->bearing,
	    w ? (size_t)w->strength : 0, w ? w->supporting : 0);
	return ask_contribution(g, PATH, key, in, sizeof in / sizeof *in, &p->rating, &p->row, e);
}

typedef VEC(struct weighed_path) path_list;

static const struct outcome *end_of(const struct weighed_path *p)
{
	return p->links[p->n - 1]->link->to_outcome;
}

/* All ways from an intervention to priorities. The pack's check has seen to it that there are no circles. */
static enum err_code find_paths(const struct weighing *g, const struct intervention *from, path_list *found, struct err *e)
{
	const struct evaluation_view *v = g->f->view;
	path_list open = {0};
	for (size_t i = 0; i < v->n_links; i++) {
		if (v->links[i].from_intervention != from)
			continue;
		struct weighed_path *p = VEC_ADD(&open, g->a);
		if (!p)
			return arena_fail(g->a, e);
		*p = (struct weighed_path){.links = {&g->links[i]}, .n = 1};
	}
	for (size_t at = 0; at < open.n; at++) {
		struct weighed_path here = open.p[at];
		if (open.n > PATHS_MAX || (here.n == PATH_LINKS_MAX && end_of(&here)))
			return fail(e, ERR_LIMIT, "evaluation.paths", "the theory has more than %d paths (PATHS_MAX), or one of more than %d links (PATH_LINKS_MAX)",
			    PATHS_MAX, PATH_LINKS_MAX);
		if (here.links[here.n - 1]->link->to_priority) {
			struct weighed_path *p = VEC_ADD(found, g->a);
			if (!p)
				return arena_fail(g->a, e);
			*p = here;
			continue;
		}
		for (size_t i = 0; i < v->n_links; i++) {
			if (!v->links[i].from_outcome || v->links[i].from_outcome != end_of(&here))
				continue;
			struct weighed_path *p = VEC_ADD(&open, g->a);
			if (!p)
				return arena_fail(g->a, e);
			*p = here;
			p->links[p->n++] = &g->links[i];
		}
	}
	return ERR_OK;
}

/* The paths that lead to one priority, weighed, and what they come to. */
static enum err_code weigh_contribution(struct weighing *g, const struct intervention *from, int priority, const path_list *all,
    struct err *e)
{
	path_list mine = {0};
	struct weighed_contribution c = {.intervention = from, .priority = priority};
	for (size_t i = 0; i < all->n; i++) {
		if (all->p[i].links[all->p[i].n - 1]->link->to_priority != priority)
			continue;
		struct weighed_path *p = VEC_ADD(&mine, g->a);
		if (!p)
			return arena_fail(g->a, e);
		*p = all->p[i];
		TRY(weigh_path(g, p, e));
		c.plausible += p->rating == CONTRIBUTION_PLAUSIBLE;
		c.contradicted += p->rating == CONTRIBUTION_CONTRADICTED;
	}
	if (!mine.n)
		return ERR_OK;
	c.paths = mine.p;
	c.n = mine.n;
	const struct dmn_given in[] = {given("plausible_paths", feel_int((int64_t)c.plausible)),
	    given("contradicted_paths", feel_int((int64_t)c.contradicted))};
	TRY(ask_contribution(g, INTERVENTION, key_of(INTERVENTION, c.plausible, c.contradicted, 0, 0), in, sizeof in / sizeof *in, &c.rating, &c.row, e));
	struct weighed_contribution *new = VEC_ADD(&g->contributions, g->a);
	if (!new)
		return arena_fail(g->a, e);
	*new = c;
	return ERR_OK;
}

static bool used(const struct facts *f, const struct intervention *x)
{
	for (size_t i = 0; i < f->n; i++)
		if (!facts_outside(f->activities[i]) && activity_uses(f->activities[i], x->intervention_id, false))
			return true;
	return false;
}

static enum err_code weigh_interventions(struct weighing *g, struct err *e)
{
	const struct evaluation_view *v = g->f->view;
	for (size_t i = 0; i < v->n_interventions; i++) {
		path_list all = {0};
		if (!used(g->f, &v->interventions[i]))
			continue;
		TRY(find_paths(g, &v->interventions[i], &all, e));
		for (size_t k = 0; k < v->programme->n_priorities; k++) {
			int code = v->programme->priorities[k].code;
			if (!g->f->scope.priority || g->f->scope.priority == code)
				TRY(weigh_contribution(g, &v->interventions[i], code, &all, e));
		}
	}
	g->x->contributions = g->contributions.p;
	g->x->n = g->contributions.n;
	return ERR_OK;
}

/* ---- priorities ---- */

/* Different links on the paths of the priority's own types. */
static enum err_code cover(const struct weighing *g, struct weighed_priority *p, struct err *e)
{
	bool *seen = ARENA_ARRAY(g->a, g->f->view->n_links, bool);
	if (!seen)
		return arena_fail(g->a, e);
	for (size_t i = 0; i < g->x->n; i++) {
		const struct weighed_contribution *c = &g->x->contributions[i];
		if (c->priority != p->priority->code || c->intervention->priority != c->priority)
			continue;
		for (size_t k = 0; k < c->n; k++)
			for (size_t l = 0; l < c->paths[k].n; l++) {
				const struct weighed_link *w = c->paths[k].links[l];
				bool new = !seen[w - g->links];
				seen[w - g->links] = true;
				p->bearing += new && w->rating != LINK_AIM;
				p->covered += new && w->rating < LINK_NO_EVIDENCE;
			}
	}
	return ERR_OK;
}

static enum err_code weigh_priority(struct weighing *g, struct weighed_priority *p, struct err *e)
{
	for (size_t i = 0; i < g->x->n; i++) {
		const struct weighed_contribution *c = &g->x->contributions[i];
		if (c->priority != p->priority->code || c->intervention->priority != c->priority)
			continue;
		p->types++;
		p->plausible += c->rating == CONTRIBUTION_PLAUSIBLE;
		p->contradicted += c->rating == CONTRIBUTION_CONTRADICTED;
	}
	TRY(cover(g, p, e));
	const struct dmn_given in[] = {given("types", feel_int((int64_t)p->types)), given("plausible_types", feel_int((int64_t)p->plausible)),
	    given("contradicted_types", feel_int((int64_t)p->contradicted))};
	return ask_contribution(g, PRIORITY, key_of(PRIORITY, p->types, p->plausible, p->contradicted, 0), in, sizeof in / sizeof *in, &p->rating, &p->row, e);
}

enum err_code answer_4_make(const struct facts *f, struct arena *a, const struct answer_4 **ret, struct err *e)
{
	const struct programme_view *p = f->view->programme;
	struct weighing g = {.f = f, .a = a, .x = ARENA_NEW(a, struct answer_4)};
	struct weighed_priority *priorities = ARENA_ARRAY(a, p->n_priorities, struct weighed_priority);
	g.links = ARENA_ARRAY(a, f->view->n_links, struct weighed_link);
	if (!g.x || !priorities || !g.links)
		return arena_fail(a, e);
	*g.x = (struct answer_4){.facts = f, .links = g.links, .priorities = priorities};
	TRY(find_model(&g, e));
	for (size_t i = 0; i < f->view->n_links; i++) {
		g.links[i] = (struct weighed_link){.link = &f->view->links[i]};
		TRY(weigh_link(&g, &g.links[i], e));
	}
	TRY(weigh_interventions(&g, e));
	for (size_t i = 0; i < p->n_priorities; i++) {
		if (f->scope.priority && f->scope.priority != p->priorities[i].code)
			continue;
		struct weighed_priority *w = &priorities[g.x->n_priorities++];
		*w = (struct weighed_priority){.priority = &p->priorities[i]};
		TRY(weigh_priority(&g, w, e));
	}
	*ret = g.x;
	return ERR_OK;
}

static enum err_code make(const struct facts *f, struct arena *a, const void **ret, struct err *e)
{
	const struct answer_4 *x;
	TRY(answer_4_make(f, a, &x, e));
	*ret = x;
	return ERR_OK;
}

const struct evaluation_part part_question_4 = {
    .question = 4,
    .slug = "question-4",
    .title = MSG("Did it contribute?"),
    .make = make,
    .tell = answer_4_tell,
    .json = answer_4_json,
};
