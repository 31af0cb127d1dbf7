#include "feat/decisions/outcome.h"

#include "base/vec.h"
#include "feat/rules/explain.h"

struct telling {
	const struct words *w;
	const struct form *f;
	const struct decisions_view *all;
	const struct dmn_outcome *outcome;
	struct arena *a;
	struct explain_words words;
	struct explain_case c;
};

static enum explain_language language(const struct telling *t)
{
	static const enum explain_language languages[LANG_COUNT] = {EXPLAIN_EN, EXPLAIN_NL, EXPLAIN_FR};
	return languages[t->w->lang];
}

/* ---- the words of the sentences: those of the page ---- */

static str say_label(const void *ctx, enum explain_language l, const char *kind, str name)
{
	const struct telling *t = ctx;
	str s = words_label(t->w, kind, name);
	(void)l;
	return s.n || strcmp(kind, "decision") != 0 ? s : words_name(t->w, kind, name);
}

static str say_value(const void *ctx, str name, fval v)
{
	const struct telling *t = ctx;
	return words_value(t->w, t->all->zones, name, v);
}

static str say_test(const void *ctx, str expression, str text)
{
	const struct telling *t = ctx;
	return words_cell(t->w, expression, text, true).text;
}

static str column_words(const struct telling *t, const struct dmn_table *table, size_t column)
{
	const struct dmn_input_clause *in = &table->inputs[column];
	return words_column(t->w, str_trim(in->expression.text), in->label);
}

static str value_words(const struct telling *t, const struct dmn_table *table, size_t column, fval v)
{
	return words_value(t->w, t->all->zones, str_trim(table->inputs[column].expression.text), v);
}

static enum err_code tell_row(const struct telling *t, const struct dmn_table_trace *trace, uint32_t rule,
    struct outcome_row *ret, struct err *e)
{
	const struct dmn_table *table = trace->table;
	const struct dmn_rule *r = &table->rules[rule];
	struct outcome_test *tests = ARENA_ARRAY(t->a, table->n_inputs, struct outcome_test);
	struct shown_note *notes = ARENA_ARRAY(t->a, table->n_annotations, struct shown_note);
	str *names = ARENA_ARRAY(t->a, table->n_annotations, str);
	struct outcome_row row = {.row = rule + 1, .tests = tests, .notes = notes, .note_names = names};
	if (!tests || !notes || !names)
		return arena_fail(t->a, e);
	for (size_t i = 0; i < table->n_inputs; i++) {
		struct words_cell c = words_cell(t->w, str_trim(table->inputs[i].expression.text), r->tests[i].text, true);
		if (!c.any)
			tests[row.n_tests++] =
			    (struct outcome_test){words_asked(t->w, column_words(t, table, i)), value_words(t, table, i, trace->values[i]), c.text};
	}
	for (size_t i = 0; i < table->n_annotations; i++) {
		if (!str_trim(r->annotations[i]).n)
			continue;
		names[row.n_notes] = words_annotation(t->w, table->annotations[i]);
		notes[row.n_notes++] = decisions_note(t->w, r->annotations[i]);
	}
	*ret = row;
	return ERR_OK;
}

static enum err_code tell_near(const struct telling *t, str output, const struct dmn_table_trace *trace, struct outcome_step *step,
    struct err *e)
{
	const struct dmn_near *near;
	size_t n;
	TRY(dmn_near_misses(trace, t->a, &near, &n, e));
	if (n > OUTCOME_NEAR_TOLD)
		n = OUTCOME_NEAR_TOLD;
	struct outcome_near *told = ARENA_ARRAY(t->a, n, struct outcome_near);
	if (!told)
		return arena_fail(t->a, e);
	for (size_t i = 0; i < n; i++) {
		const struct dmn_near *x = &near[i];
		/* what the row asks for is plainer than one value that meets it */
		struct words_cell test = words_cell(t->w, str_trim(trace->table->inputs[x->column].expression.text),
		    trace->table->rules[x->rule].tests[x->column].text, true);
		told[i] = (struct outcome_near){.input = words_asked(t->w, column_words(t, trace->table, x->column)),
		    .now = value_words(t, trace->table, x->column, trace->values[x->column]),
		    .with = test.any ? value_words(t, trace->table, x->column, x->value) : test.text, .row = x->rule + 1,
		    .result = x->result.kind == FEEL_INTERNAL ? STR("") : words_value(t->w, t->all->zones, output, x->result)};
	}
	step->near = told;
	step->n_near = n;
	return ERR_OK;
}

/* Of the tables of a decision, the last one finished gave its value. */
static enum err_code tell_table(const struct telling *t, const struct dmn_element *x, const struct dmn_table_trace *trace,
    struct outcome_step *step, struct err *e)
{
	struct outcome_row *rows = ARENA_ARRAY(t->a, trace->n_decided, struct outcome_row);
	str output = trace->table->n_outputs == 1 && trace->table->outputs[0].name.n ? trace->table->outputs[0].name : x->name;
	if (!rows)
		return arena_fail(t->a, e);
	for (size_t i = 0; i < trace->n_decided; i++)
		TRY(tell_row(t, trace, trace->decided[i], &rows[i], e));
	step->rows = rows;
	step->n_rows = trace->n_decided;
	step->fallback = trace->fallback;
	step->nothing = !trace->n_matched && !trace->fallback;
	return tell_near(t, output, trace, step, e);
}

static enum err_code tell_step(const struct telling *t, const struct dmn_decision_trace *d, struct outcome_step *ret, struct err *e)
{
	const struct dmn_element *x = dmn_element(t->f->v->set, d->element);
	const struct dmn_table_trace *last = d->tables;
	struct outcome_step step = {.name = words_asked(t->w, words_name(t->w, "decision", x->name)),
	    .value = words_value(t->w, t->all->zones, x->name, d->value), .undetermined = d->undetermined};
	if (d->undetermined && d->value.kind == FEEL_NULL && d->value.cause)
		step.cause = explain_why(&t->c, language(t), d->value.cause, &step.cause_english);
	while (last && last->next)
		last = last->next;
	if (last)
		TRY(tell_table(t, x, last, &step, e));
	TRY(decisions_sources(t->w, t->f->v->model, x, &step.sources, &step.n_sources, e));
	*ret = step;
	return ERR_OK;
}

static enum err_code tell_missing(const struct telling *t, struct outcome *ret, struct err *e)
{
	str *labels = ARENA_ARRAY(t->a, t->f->n_asks, str), *ids = ARENA_ARRAY(t->a, t->f->n_asks, str);
	const struct feel_cause *cause = t->outcome->value.kind == FEEL_NULL ? t->outcome->value.cause : NULL;
	size_t n = 0;
	if (cause && strcmp(cause->id, "dmn.missing") != 0) /* the reason is another one */
		return ERR_OK;
	if (!labels || !ids)
		return arena_fail(t->a, e);
	for (size_t i = 0; i < t->outcome->n_missing; i++) {
		str name = dmn_input_name(t->f->v->set, t->f->v->model, t->outcome->missing[i]);
		for (size_t k = 0; k < t->f->n_asks && n < t->f->n_asks; k++)
			if (str_eq(t->f->asks[k].input, name) && t->f->asks[k].repeat <= 1) {
				labels[n] = t->f->asks[k].label;
				ids[n++] = t->f->asks[k].id;
			}
	}
	ret->missing = labels;
	ret->missing_ids = ids;
	ret->n_missing = n;
	return ERR_OK;
}

/* The question about an input, or about a part of it. */
static str question_words(const struct telling *t, str input, str component)
{
	for (size_t i = 0; i < t->f->n_asks; i++) {
		const struct ask *q = &t->f->asks[i];
		if (!q->repeat && str_eq(q->input, input) && str_eq(q->component, component))
			return q->label;
	}
	return words_name(t->w, "input", component.n ? component : input);
}

/* First what would have given an outcome, then what would have left it open. */
static enum err_code tell_changes(const struct telling *t, str name, struct outcome *ret, struct err *e)
{
	struct outcome_change *told = ARENA_ARRAY(t->a, OUTCOME_CHANGES_TOLD, struct outcome_change);
	if (!told)
		return arena_fail(t->a, e);
	for (int open = 0; open < 2; open++)
		for (size_t i = 0; i < t->c.n_changes && ret->n_changes < OUTCOME_CHANGES_TOLD; i++) {
			const struct dmn_change *x = &t->c.changes[i];
			str input = dmn_input_name(t->f->v->set, t->f->v->model, x->input), of = x->component.n ? x->component : input;
			if ((x->outcome.kind == FEEL_NULL) != (open == 1))
				continue;
			told[ret->n_changes++] = (struct outcome_change){
			    .input = words_asked(t->w, question_words(t, input, x->component)),
			    .now = x->from.kind == FEEL_NULL ? STR("") : words_value(t->w, t->all->zones, of, x->from),
			    .with = words_value(t->w, t->all->zones, of, x->to),
			    .result = open ? i18n_text(t->w->lang, MSG("cannot be told"))
					   : words_value(t->w, t->all->zones, name, x->outcome)};
		}
	ret->changes = told;
	return ERR_OK;
}

static enum err_code tell_sentences(const struct telling *t, struct outcome *ret, struct err *e)
{
	AUTO_BUF text = BUF_INIT(OUTCOME_TEXT_BYTES);
	VEC(str) list = {0};
	TRY(explain_text(&text, &t->c, language(t), e));
	str whole = arena_str(t->a, buf_str(&text)), line;
	if (!whole.p)
		return arena_fail(t->a, e);
	struct str_split it = str_split_on(whole, '\n');
	while (str_next(&it, &line)) {
		str *slot = str_trim(line).n ? VEC_ADD(&list, t->a) : NULL;
		if (!str_trim(line).n)
			continue;
		if (!slot)
			return arena_fail(t->a, e);
		*slot = line;
	}
	ret->sentences = list.p;
	ret->n_sentences = list.n;
	return ERR_OK;
}

static enum err_code tell(const struct telling *t, struct outcome *ret, struct err *e)
{
	const struct dmn_outcome *o = t->outcome;
	const struct dmn_element *x = dmn_element(t->f->v->set, t->c.element);
	struct outcome_step *steps = ARENA_ARRAY(t->a, o->n_decisions, struct outcome_step);
	if (!steps)
		return arena_fail(t->a, e);
	*ret = (struct outcome){.name = words_name(t->w, "decision", x->name), .undetermined = o->undetermined,
	    .value = words_value(t->w, t->all->zones, x->name, o->value), .steps = steps, .n_steps = o->n_decisions};
	if (o->undetermined && o->value.kind == FEEL_NULL && o->value.cause)
		ret->cause = explain_why(&t->c, language(t), o->value.cause, &ret->cause_english);
	for (size_t i = 0; i < o->n_decisions; i++)
		TRY(tell_step(t, &o->decisions[i], &steps[i], e));
	TRY(tell_missing(t, ret, e));
	TRY(tell_changes(t, x->name, ret, e));
	return tell_sentences(t, ret, e);
}

enum err_code outcome_make(const struct words *w, const struct form *f, int32_t decision, const struct dmn_given *given,
    size_t n_given, date on, const struct decisions_view *all, struct outcome *ret, struct err *e)
{
	struct dmn_outcome outcome;
	struct dmn_run *run = dmn_run_new(w->arena, f->v->set);
	const struct dmn_options options = {.mode = DMN_STRICT, .explain = true, .steps_most = OUTCOME_STEPS,
	    .now = {.kind = FEEL_DATE_TIME, .day = on.day, .zone = 0}};
	if (!run)
		return arena_fail(w->arena, e);
	TRY(dmn_decide(run, w->arena, decision, given, n_given, &options, &outcome, e));
	TRY(dmn_missing(f->v->set, w->arena, decision, given, n_given, &options, &outcome, e));
	struct telling t = {.w = w, .f = f, .all = all, .outcome = &outcome, .a = w->arena,
	    .words = {&t, say_label, say_value, say_test}};
	t.c = (struct explain_case){.set = f->v->set, .model = f->v->model, .zones = all->zones, .element = decision, .given = given,
	    .n_given = n_given, .outcome = &outcome, .arena = w->arena,
	    .words = &t.words};
	const struct dmn_options again = {.mode = DMN_STRICT, .steps_most = OUTCOME_STEPS_AGAIN, .now = options.now};
	TRY(dmn_changes(f->v->set, w->arena, decision, given, n_given, &again, &outcome, &t.c.changes, &t.c.n_changes, e));
	return tell(&t, ret, e);
}
