/* Question 4 told: a rating for each priority and intervention, the theory drawn, each link with its assumption and what speaks
 * for and against it, and the programme's own follow-up. */
#include <math.h>

#include "feat/evaluation/question_4.h"

struct telling {
	struct knowing k;
	const struct answer_4 *x;
};

static str from_of(const struct knowing *k, const struct theory_link *l)
{
	return l->from_intervention ? know_intervention(k, l->from_intervention) : know_outcome(k, l->from_outcome);
}

static str to_of(const struct knowing *k, const struct theory_link *l)
{
	return l->to_outcome ? know_outcome(k, l->to_outcome) : know_priority(k, l->to_priority);
}

static str link_told(const struct knowing *k, const struct theory_link *l)
{
	return know_fmt(k, "%.*s → %.*s", STR_ARG(from_of(k, l)), STR_ARG(to_of(k, l)));
}

static str path_told(const struct knowing *k, const struct weighed_path *p)
{
	str s = from_of(k, p->links[0]->link);
	for (size_t i = 0; i < p->n; i++)
		s = know_fmt(k, "%.*s → %.*s", STR_ARG(s), STR_ARG(to_of(k, p->links[i]->link)));
	return s;
}

static str theory_anchor(const struct knowing *k, const struct intervention *x)
{
	return know_fmt(k, "theory-%.*s", STR_ARG(x->intervention_id));
}

static void add_link(struct knowing *k, struct know_rows *rows, const struct weighed_link *w)
{
	rows_add(k, rows, "theory_link", w->link->link_id, w->link->source_line);
	for (size_t i = 0; i < w->n_findings; i++)
		rows_add(k, rows, "evidence", w->findings[i]->evidence_id, w->findings[i]->source_line);
}

/* ---- the short answer ---- */

static void tell_short(struct telling *t)
{
	struct knowing *k = &t->k;
	struct know_rows rows = {0};
	str list = STR("");
	for (size_t i = 0; i < t->x->n_priorities; i++) {
		const struct weighed_priority *p = &t->x->priorities[i];
		list = told_join(&k->t, list, "; ", KNOW(k, MSG("{0}: {1}"), know_priority(k, p->priority->code),
		    know_say(k, contribution_label(p->rating))));
	}
	for (size_t i = 0; i < k->f->view->n_links; i++)
		rows_add(k, &rows, "theory_link", t->x->links[i].link->link_id, t->x->links[i].link->source_line);
	know_judged(k, KNOW(k, MSG("{0}."), list), CONTRIBUTION_MODEL, STR("priority_contribution"), &rows);
	know_unsaid(k, know_say(k, MSG("Whether any change came about through the programme cannot be said.")),
	    know_say(k, MSG("baselines, indicators of effect and a comparison with what would have happened without it")), NULL);
	answer_text(k->w, know_say(k, MSG("The policy has a theory: an intervention leads to an outcome, and outcomes lead to a priority, as long as an assumption holds on each link. Evidence speaks for or against a link. A path is as strong as its weakest link; a link without evidence leaves it open.")));
}

/* ---- the theory of a priority, drawn ---- */

struct picture {
	bool *seen; /* links of the view that are drawn */
	VEC(struct diagram_node) nodes;
	VEC(const void *) things; /* intervention, outcome or priority of each node */
	VEC(struct diagram_edge) edges;
};

static uint32_t node_of(struct telling *t, struct picture *g, const void *thing, enum diagram_shape shape, str label, str href)
{
	for (size_t i = 0; i < g->things.n; i++)
		if (g->things.p[i] == thing)
			return (uint32_t)i;
	const void **new = VEC_ADD(&g->things, t->k.a);
	struct diagram_node *node = VEC_ADD(&g->nodes, t->k.a);
	if (!new || !node)
		return 0;
	*new = thing;
	*node = (struct diagram_node){.shape = shape, .label = label, .href = href};
	return (uint32_t)g->nodes.n - 1;
}

static void draw_link(struct telling *t, struct picture *g, const struct weighed_link *w)
{
	static const enum diagram_tone tones[LINK_RATINGS] = {[LINK_CONTRADICTED] = DIAGRAM_AGAINST, [LINK_MIXED] = DIAGRAM_MIXED,
	    [LINK_SUPPORTED] = DIAGRAM_FOR, [LINK_NO_EVIDENCE] = DIAGRAM_OPEN, [LINK_AIM] = DIAGRAM_PLAIN};
	const struct theory_link *l = w->link;
	struct knowing *k = &t->k;
	uint32_t from = l->from_intervention
	    ? node_of(t, g, l->from_intervention, DIAGRAM_ROUND, from_of(k, l), know_fmt(k, "#%.*s", STR_ARG(theory_anchor(k, l->from_intervention))))
	    : node_of(t, g, l->from_outcome, DIAGRAM_BOX, from_of(k, l), STR_NONE);
	uint32_t to = l->to_outcome ? node_of(t, g, l->to_outcome, DIAGRAM_BOX, to_of(k, l), STR_NONE)
	                            : node_of(t, g, programme_priority(k->p, l->to_priority), DIAGRAM_END, to_of(k, l), STR_NONE);
	struct diagram_edge *edge = VEC_ADD(&g->edges, k->a);
	if (edge)
		*edge = (struct diagram_edge){.from = from, .to = to, .tone = tones[w->rating]};
}

static str strength_told(const struct knowing *k, const struct weighed_link *w)
{
	return w->supporting ? know_say(k, know_strength(w->strength)) : STR("–");
}

static str findings_told(const struct knowing *k, const struct weighed_link *w)
{
	str s = STR("");
	for (size_t i = 0; i < w->n_findings; i++)
		s = told_join(&k->t, s, ", ", w->findings[i]->evidence_id);
	return s.n ? s : STR("–");
}

/* In the answer's language where the pack has words for it, else as the theory has it. */
static void sheet_assumption(struct sheet *s, const struct theory_link *l)
{
	const struct text3 *t = programme_word(s->k->p, "assumption", l->link_id);
	if (t)
		sheet_text(s, text3_in(t, s->k->w->lang));
	else
		sheet_english(s, l->assumption);
}

/* The links drawn, as a table. */
static const struct answer_table *links_table(struct telling *t, const struct picture *g, const struct priority *p)
{
	static const char *const heads[] = {MSG("Link of the theory"), MSG("Assumption"), MSG("What evidence says"), MSG("Studies for it"),
	    MSG("Studies against it or without effect"), MSG("Mixed"), MSG("Strongest support stated"), MSG("Findings"), MSG("Lines of the report")};
	struct knowing *k = &t->k;
	struct sheet s = SHEET(k, heads, 0x38);
	for (size_t i = 0; i < k->f->view->n_links; i++) {
		const struct weighed_link *w = &t->x->links[i];
		if (!g->seen[i])
			continue;
		sheet_text(&s, link_told(k, w->link));
		sheet_assumption(&s, w->link);
		sheet_text(&s, know_say(k, link_rating_label(w->rating)));
		sheet_num(&s, (int64_t)w->supporting);
		sheet_num(&s, (int64_t)w->adverse);
		sheet_num(&s, (int64_t)w->ambiguous);
		sheet_text(&s, strength_told(k, w));
		sheet_text(&s, findings_told(k, w));
		sheet_text(&s, w->link->source_line);
	}
	return sheet_made(&s, know_fmt(k, "links-%d", p->code), KNOW(k, MSG("Links of the theory: {0}"), text3_in(&p->short_name, k->w->lang)));
}

static void draw_priority(struct telling *t, const struct priority *p)
{
	struct knowing *k = &t->k;
	struct picture g = {.seen = ARENA_ARRAY(k->a, k->f->view->n_links, bool)};
	if (!g.seen)
		return;
	for (size_t i = 0; i < t->x->n; i++) {
		const struct weighed_contribution *c = &t->x->contributions[i];
		if (c->priority != p->code || c->intervention->priority != p->code)
			continue;
		for (size_t n = 0; n < c->n; n++)
			for (size_t l = 0; l < c->paths[n].n; l++)
				g.seen[c->paths[n].links[l] - t->x->links] = true;
	}
	for (size_t i = 0; i < k->f->view->n_links; i++)
		if (g.seen[i])
			draw_link(t, &g, &t->x->links[i]);
	struct diagram *d = ARENA_NEW(k->a, struct diagram);
	const struct answer_table *table = links_table(t, &g, p);
	if (!d || !table || !g.nodes.n)
		return;
	*d = (struct diagram){.id = know_fmt(k, "theory-of-%d", p->code), .nodes = g.nodes.p, .n_nodes = g.nodes.n, .edges = g.edges.p,
	    .n_edges = g.edges.n, .title = KNOW(k, MSG("Theory of change: {0}"), text3_in(&p->short_name, k->w->lang))};
	answer_diagram(k->w, d, table, know_say(k, MSG("From interventions in use, through outcomes, to the priority. A thick line: evidence supports the link; dashes and dots: mixed; thick dots: evidence only speaks against it; thin dashes: no evidence; plain: the aim of the priority.")));
}

static void tell_priority(struct telling *t, const struct weighed_priority *p)
{
	struct knowing *k = &t->k;
	struct know_rows rows = {0};
	answer_heading(k->w, 2, know_fmt(k, "priority-%d", p->priority->code), know_priority(k, p->priority->code));
	for (size_t i = 0; i < t->x->n; i++) {
		const struct weighed_contribution *c = &t->x->contributions[i];
		if (c->priority == p->priority->code && c->intervention->priority == c->priority)
			rows_add(k, &rows, "intervention", c->intervention->intervention_id, c->intervention->source_line);
	}
	know_judged(k, KNOW(k, MSG("{0}: {1}. Of {2} types of intervention in use a contribution is plausible for {3} and contradicted for {4}; {5} of {6} links have evidence. Rule {7} of the table."),
	    text3_in(&p->priority->short_name, k->w->lang), know_say(k, contribution_label(p->rating)), told_num(&k->t, (int64_t)p->types),
	    told_num(&k->t, (int64_t)p->plausible), told_num(&k->t, (int64_t)p->contradicted), told_num(&k->t, (int64_t)p->covered),
	    told_num(&k->t, (int64_t)p->bearing), told_num(&k->t, p->row)), CONTRIBUTION_MODEL, STR("priority_contribution"), &rows);
	draw_priority(t, p->priority);
}

/* ---- an intervention: its paths, its evidence, its follow-up ---- */

static void tell_paths(struct telling *t, const struct intervention *x)
{
	static const char *const heads[] = {MSG("Path"), MSG("Contribution"), MSG("Weakest link with evidence"), MSG("Links with evidence"),
	    MSG("Rule of the table")};
	struct knowing *k = &t->k;
	struct sheet s = SHEET(k, heads, 0x10);
	for (size_t i = 0; i < t->x->n; i++) {
		const struct weighed_contribution *c = &t->x->contributions[i];
		for (size_t n = 0; c->intervention == x && n < c->n; n++) {
			const struct weighed_path *p = &c->paths[n];
			sheet_text(&s, path_told(k, p));
			sheet_text(&s, know_say(k, contribution_label(p->rating)));
			if (p->weakest)
				sheet_text(&s, KNOW(k, MSG("{0} ({1}, {2})"), link_told(k, p->weakest->link),
				    know_say(k, link_rating_label(p->weakest->rating)), strength_told(k, p->weakest)));
			else
				sheet_none(&s, MSG("none has evidence"));
			sheet_text(&s, KNOW(k, MSG("{0} of {1}"), told_num(&k->t, (int64_t)p->covered), told_num(&k->t, (int64_t)p->bearing)));
			sheet_num(&s, p->row);
		}
	}
	if (s.cells.n)
		sheet_end(&s, know_fmt(k, "paths-%.*s", STR_ARG(x->intervention_id)), KNOW(k, MSG("Paths of {0}"), know_intervention(k, x)), true);
}

static void tell_contribution(struct telling *t, const struct weighed_contribution *c)
{
	struct knowing *k = &t->k;
	struct know_rows rows = {0};
	for (size_t i = 0; i < c->n; i++)
		for (size_t l = 0; l < c->paths[i].n; l++) {
			bool there = false;
			const struct weighed_link *w = c->paths[i].links[l];
			for (size_t r = 0; r < rows.v.n; r++)
				there |= str_eq(rows.v.p[r].key, w->link->link_id);
			if (!there)
				add_link(k, &rows, w);
		}
	know_judged(k, KNOW(k, MSG("{0} → {1}: {2} (paths: {3}; plausible: {4}; contradicted: {5})."), know_intervention(k, c->intervention),
	    know_priority(k, c->priority), know_say(k, contribution_label(c->rating)), told_num(&k->t, (int64_t)c->n),
	    told_num(&k->t, (int64_t)c->plausible), told_num(&k->t, (int64_t)c->contradicted)), CONTRIBUTION_MODEL,
	    STR("intervention_contribution"), &rows);
}

/* What the programme measured of outcomes where the intervention was used. */
static void tell_follow_up(struct telling *t, const struct intervention *x)
{
	static const char *const heads[] = {MSG("Activity"), MSG("Indicator"), MSG("Dimension"), MSG("Target"), MSG("Result"), MSG("Unit"),
	    MSG("As of"), MSG("Lines of the report")};
	struct knowing *k = &t->k;
	struct sheet s = SHEET(k, heads, 0x18);
	struct know_rows rows = {0};
	for (size_t i = 0; i < k->f->n; i++) {
		const struct activity *a = k->f->activities[i];
		for (size_t n = 0; activity_uses(a, x->intervention_id, false) && n < a->n_indicators; n++) {
			const struct indicator *in = &a->indicators[n];
			for (size_t v = 0; facts_indicator_kind(k->f, a, in) == INDICATOR_OUTCOME && v < in->n_values; v++) {
				const struct indicator_value *val = &in->values[v];
				sheet_link(&s, a->key, know_fmt(k, "/activities/%.*s", STR_ARG(a->key)));
				sheet_english(&s, in->title);
				sheet_english(&s, val->dimension);
				if (val->target.p)
					sheet_text(&s, val->target);
				else
					sheet_none(&s, MSG("none"));
				if (val->actual.p)
					sheet_text(&s, val->actual);
				else
					sheet_none(&s, MSG("not measured"));
				sheet_english(&s, in->unit);
				sheet_text(&s, told_pdate(&k->t, val->as_of));
				sheet_text(&s, val->source_line);
				rows_add(k, &rows, "indicator_value", know_fmt(k, "%.*s/%u/%zu", STR_ARG(a->key), (unsigned)in->no, v + 1), val->source_line);
			}
		}
	}
	if (!rows.v.n) {
		know_unsaid(k, KNOW(k, MSG("What changed through {0} after it was delivered cannot be said from the programme's own figures."), know_intervention(k, x)),
		    know_say(k, MSG("an indicator of outcome, measured")), NULL);
		return;
	}
	const struct figure f = know_count(k, know_fmt(k, "follow-up.%.*s", STR_ARG(x->intervention_id)), rows.v.n, MSG("figures"),
	    MSG("Figures of the programme on outcomes, of activities that use the intervention"), &rows);
	know_counted(k, KNOW(k, MSG("The programme has {0} figures of its own on outcomes where {1} was used."), told_num(&k->t, (int64_t)rows.v.n),
	    know_intervention(k, x)), &f, 1);
	sheet_end(&s, know_fmt(k, "follow-up-%.*s", STR_ARG(x->intervention_id)), KNOW(k, MSG("Own figures on outcomes: {0}"), know_intervention(k, x)), true);
}

/* What studies say of one link, with strength and place. */
static void tell_evidence(struct telling *t, const struct weighed_link *w)
{
	struct knowing *k = &t->k;
	struct know_rows rows = {0};
	str places = STR(""), studies = STR("");
	for (size_t i = 0; i < w->n_findings; i++) {
		const struct evidence *x = w->findings[i];
		str where = x->countries.n ? know_countries(k, x->countries) : know_say(k, MSG("countries not stated"));
		studies = told_join(&k->t, studies, "; ", know_fmt(k, "%.*s: %.*s, %.*s, %.*s", STR_ARG(x->study), STR_ARG(know_say(k, know_direction(x->direction))),
		    STR_ARG(know_say(k, know_strength(x->strength))), STR_ARG(know_method_in(k, x->method))));
		places = told_join(&k->t, places, "; ", where);
	}
	add_link(k, &rows, w);
	answer_statement(k->w, &(struct statement){.kind = STATEMENT_EVIDENCE, .rows = rows.v.p, .n_rows = rows.v.n, .place = places,
	    .strength = know_say(k, w->supporting ? know_strength(w->strength) : w->adverse + w->ambiguous ? MSG("no support") : MSG("not proven")),
	    .text = KNOW(k, MSG("{0}: {1}. {2}."), link_told(k, w->link), know_say(k, link_rating_label(w->rating)), studies)});
}

static void tell_intervention(struct telling *t, const struct intervention *x)
{
	bool any = false;
	for (size_t i = 0; i < t->x->n; i++)
		any |= t->x->contributions[i].intervention == x;
	if (!any)
		return;
	answer_heading(t->k.w, 3, theory_anchor(&t->k, x), know_intervention(&t->k, x));
	for (size_t i = 0; i < t->x->n; i++)
		if (t->x->contributions[i].intervention == x)
			tell_contribution(t, &t->x->contributions[i]);
	tell_paths(t, x);
	for (size_t i = 0; i < t->k.f->view->n_links; i++)
		if (t->x->links[i].link->from_intervention == x && t->x->links[i].n_findings)
			tell_evidence(t, &t->x->links[i]);
	tell_follow_up(t, x);
}

enum err_code answer_4_tell(const void *made, struct answer *w, struct err *e)
{
	struct telling t = {.x = made};
	const struct evaluation_view *v = t.x->facts->view;
	knowing_begin(&t.k, w, t.x->facts);
	(void)e;
	tell_short(&t);
	for (size_t i = 0; i < t.x->n_priorities; i++)
		tell_priority(&t, &t.x->priorities[i]);
	answer_heading(w, 2, STR("interventions"), know_say(&t.k, MSG("Types of intervention, one by one")));
	for (size_t i = 0; i < v->n_interventions; i++)
		tell_intervention(&t, &v->interventions[i]);
	return ERR_OK;
}

/* ---- JSON ---- */

static void key_num(struct json_writer *j, const char *key, size_t v)
{
	jw_key(j, key);
	jw_i64(j, (int64_t)v);
}

static void key_word(struct json_writer *j, const char *key, const char *v)
{
	jw_key(j, key);
	jw_str(j, str_of(v));
}

static void json_path(struct json_writer *j, const struct weighed_path *p)
{
	jw_object(j);
	jw_key(j, "links");
	jw_array(j);
	for (size_t i = 0; i < p->n; i++)
		jw_str(j, p->links[i]->link->link_id);
	jw_array_end(j);
	jw_key(j, "weakest");
	jw_str(j, p->weakest ? p->weakest->link->link_id : STR_NONE);
	key_num(j, "links_to_be_shown", p->bearing);
	key_num(j, "links_with_evidence", p->covered);
	key_word(j, "rating", contribution_slug(p->rating));
	key_num(j, "rule", p->row);
	jw_object_end(j);
}

static void json_contribution(struct json_writer *j, const struct weighed_contribution *c)
{
	jw_object(j);
	jw_key(j, "intervention_id");
	jw_str(j, c->intervention->intervention_id);
	key_num(j, "priority", (size_t)c->priority);
	key_word(j, "rating", contribution_slug(c->rating));
	jw_key(j, "paths");
	jw_array(j);
	for (size_t i = 0; i < c->n; i++)
		json_path(j, &c->paths[i]);
	jw_array_end(j);
	jw_object_end(j);
}

static void json_link(struct json_writer *j, const struct weighed_link *w)
{
	jw_object(j);
	jw_key(j, "link_id");
	jw_str(j, w->link->link_id);
	key_word(j, "rating", link_rating_slug(w->rating));
	key_num(j, "supporting", w->supporting);
	key_num(j, "adverse", w->adverse);
	key_num(j, "ambiguous", w->ambiguous);
	jw_key(j, "findings");
	jw_array(j);
	for (size_t i = 0; i < w->n_findings; i++)
		jw_str(j, w->findings[i]->evidence_id);
	jw_array_end(j);
	jw_object_end(j);
}

void answer_4_json(struct json_writer *j, const void *made, enum lang l)
{
	const struct answer_4 *x = made;
	(void)l;
	jw_key(j, "priorities");
	jw_array(j);
	for (size_t i = 0; i < x->n_priorities; i++) {
		jw_object(j);
		key_num(j, "priority", (size_t)x->priorities[i].priority->code);
		key_word(j, "rating", contribution_slug(x->priorities[i].rating));
		key_num(j, "types", x->priorities[i].types);
		key_num(j, "plausible", x->priorities[i].plausible);
		key_num(j, "contradicted", x->priorities[i].contradicted);
		key_num(j, "links_to_be_shown", x->priorities[i].bearing);
		key_num(j, "links_with_evidence", x->priorities[i].covered);
		jw_object_end(j);
	}
	jw_array_end(j);
	jw_key(j, "contributions");
	jw_array(j);
	for (size_t i = 0; i < x->n; i++)
		json_contribution(j, &x->contributions[i]);
	jw_array_end(j);
	jw_key(j, "links");
	jw_array(j);
	for (size_t i = 0; i < x->facts->view->n_links; i++)
		json_link(j, &x->links[i]);
	jw_array_end(j);
}
