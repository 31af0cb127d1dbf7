/* The explanation in sentences. */
#include "feat/rules/explain.h"

#include "engine/i18n/i18n.h"

enum sentence { SAY_DECIDED, SAY_UNDETERMINED, SAY_GIVEN, SAY_MISSING, SAY_RULE, SAY_RULES, SAY_DEFAULT, SAY_NONE, SAY_BECAUSE,
	SAY_NEAR, SAY_NEAR_OTHER, SAY_SOURCE, SAY_LINE, SAY_NOTE, SAY_CHANGE, SAY_CHANGE_GIVEN };

/* {0}, {1} … stand for what is put in. */
static const char *const sentences[] = {
    [SAY_DECIDED] = MSG("{0}: {1}."),
    [SAY_UNDETERMINED] = MSG("{0}: undetermined, a person must decide. Reason: {1}."),
    [SAY_GIVEN] = MSG("{0} was given: {1}."),
    [SAY_MISSING] = MSG("Missing: {0}."),
    [SAY_RULE] = MSG("Rule {0} decided."),
    [SAY_RULES] = MSG("Rules {0} decided."),
    [SAY_DEFAULT] = MSG("No rule matched; the default applies."),
    [SAY_NONE] = MSG("No rule matched."),
    [SAY_BECAUSE] = MSG("{0} is {1}, which meets \"{2}\"."),
    [SAY_NEAR] = MSG("With {0} = {1} instead of {2}, rule {3} would have given {4}."),
    [SAY_NEAR_OTHER] = MSG("With {0} = {1} instead of {2}, rule {3} would have matched too."),
    [SAY_SOURCE] = MSG("Source: {0}."),
    [SAY_LINE] = MSG("Source, line {0}."),
    [SAY_NOTE] = MSG("{0}."),
    [SAY_CHANGE] = MSG("With {0} = {1} instead of {2} the outcome would have been {3}."),
    [SAY_CHANGE_GIVEN] = MSG("With {0} = {1} the outcome would have been {2}."),
};

enum { TEXT_BYTES = 4000, NEAR_TOLD = 5, CHANGES_TOLD = 10, PARTS_MOST = 5 };

static void say(struct buf *b, enum explain_language language, enum sentence s, const str *parts)
{
	static const enum lang langs[] = {[EXPLAIN_EN] = LANG_EN, [EXPLAIN_NL] = LANG_NL, [EXPLAIN_FR] = LANG_FR};
	str text = i18n_text(langs[language], sentences[s]);
	for (size_t i = 0; i < text.n; i++) {
		const char *p = text.p + i;
		if (i + 2 < text.n && p[0] == '{' && p[1] >= '0' && p[1] < '0' + PARTS_MOST && p[2] == '}') {
			buf_add(b, parts[p[1] - '0']);
			i += 2;
		} else if (*p != '.' || !b->n || b->p[b->n - 1] != '.') { /* what is put in may be a sentence */
			buf_addc(b, *p);
		}
	}
	buf_addc(b, ' ');
}

static str value_text(const struct explain_case *c, fval v)
{
	AUTO_BUF b = BUF_INIT(TEXT_BYTES);
	feel_write(&b, c->zones, v);
	str s = arena_str(c->arena, b.failed ? STR("…") : buf_str(&b));
	return s.p ? s : STR("");
}

static void why_rule(struct buf *b, const struct explain_case *c, const struct dmn_table_trace *t, enum explain_language l)
{
	const struct dmn_rule *rule = &t->table->rules[t->decided[0]];
	for (size_t i = 0; i < t->table->n_inputs; i++) {
		str test = str_trim(rule->tests[i].text);
		if (!test.n || str_is(test, "-"))
			continue;
		const struct dmn_input_clause *in = &t->table->inputs[i];
		str parts[PARTS_MOST] = {in->label.n ? in->label : str_trim(in->expression.text), value_text(c, t->values[i]), test};
		say(b, l, SAY_BECAUSE, parts);
	}
	for (size_t a = 0; a < t->table->n_annotations; a++)
		if (rule->annotations[a].n) {
			str parts[PARTS_MOST] = {rule->annotations[a]}, name = t->table->annotations[a];
			say(b, l, str_is(name, "source_line") ? SAY_LINE : str_is(name, "note") ? SAY_NOTE : SAY_SOURCE, parts);
		}
}

static enum err_code near_text(struct buf *b, const struct explain_case *c, const struct dmn_table_trace *t,
    enum explain_language l, struct err *e)
{
	const struct dmn_near *near;
	size_t n;
	TRY(dmn_near_misses(t, c->arena, &near, &n, e));
	for (size_t i = 0; i < n && i < NEAR_TOLD; i++) {
		const struct dmn_input_clause *in = &t->table->inputs[near[i].column];
		bool known = near[i].result.kind != FEEL_INTERNAL;
		str parts[PARTS_MOST] = {in->label.n ? in->label : str_trim(in->expression.text), value_text(c, near[i].value),
		    value_text(c, t->values[near[i].column]), arena_fmt(c->arena, "%u", near[i].rule + 1),
		    known ? value_text(c, near[i].result) : STR("")};
		say(b, l, known ? SAY_NEAR : SAY_NEAR_OTHER, parts);
	}
	return ERR_OK;
}

static enum err_code table_text(struct buf *b, const struct explain_case *c, const struct dmn_table_trace *t,
    enum explain_language l, struct err *e)
{
	AUTO_BUF rules = BUF_INIT(TEXT_BYTES);
	for (size_t i = 0; i < t->n_decided; i++)
		buf_addf(&rules, "%s%u", i ? ", " : "", t->decided[i] + 1);
	str parts[PARTS_MOST] = {buf_str(&rules)};
	if (t->fallback)
		say(b, l, SAY_DEFAULT, parts);
	else if (!t->n_matched)
		say(b, l, SAY_NONE, parts);
	else if (t->n_decided)
		say(b, l, t->n_decided == 1 ? SAY_RULE : SAY_RULES, parts);
	if (t->n_decided == 1)
		why_rule(b, c, t, l);
	return near_text(b, c, t, l, e);
}

static void changes(struct buf *b, const struct explain_case *c, enum explain_language l)
{
	for (size_t i = 0; i < c->n_changes && i < CHANGES_TOLD; i++) {
		const struct dmn_change *x = &c->changes[i];
		str name = dmn_input_name(c->set, c->model, x->input);
		str parts[PARTS_MOST] = {x->component.n
		    ? arena_fmt(c->arena, "%.*s.%.*s", STR_ARG(name), STR_ARG(x->component)) : name,
		    value_text(c, x->to), value_text(c, x->from), value_text(c, x->outcome)};
		if (x->from.kind == FEEL_NULL)
			parts[2] = parts[3];
		say(b, l, x->from.kind == FEEL_NULL ? SAY_CHANGE_GIVEN : SAY_CHANGE, parts);
	}
}

enum err_code explain_text(struct buf *b, const struct explain_case *c, enum explain_language l, struct err *e)
{
	for (size_t i = 0; i < c->outcome->n_decisions; i++) {
		const struct dmn_decision_trace *d = &c->outcome->decisions[i];
		str parts[PARTS_MOST] = {dmn_element(c->set, d->element)->name, value_text(c, d->value)};
		if (d->undetermined && d->value.cause)
			parts[1] = d->value.cause->text;
		say(b, l, d->given ? SAY_GIVEN : d->undetermined ? SAY_UNDETERMINED : SAY_DECIDED, parts);
		for (const struct dmn_table_trace *t = d->tables; t; t = t->next)
			TRY(table_text(b, c, t, l, e));
		if (b->n && b->p[b->n - 1] == ' ')
			b->n--;
		buf_addc(b, '\n');
	}
	for (size_t i = 0; i < c->outcome->n_missing; i++) {
		str parts[PARTS_MOST] = {dmn_input_name(c->set, c->model, c->outcome->missing[i])};
		say(b, l, SAY_MISSING, parts);
	}
	changes(b, c, l);
	return buf_check(b, e);
}
