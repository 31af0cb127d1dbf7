/* The explanation in sentences. */
#include "feat/rules/explain.h"

#include "engine/i18n/i18n.h"
#include "feat/rules/labels.h"

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

static const enum lang languages[] = {[EXPLAIN_EN] = LANG_EN, [EXPLAIN_NL] = LANG_NL, [EXPLAIN_FR] = LANG_FR};

static void say(struct buf *b, enum explain_language language, enum sentence s, const str *parts)
{
	str text = i18n_text(languages[language], sentences[s]);
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

/* ---- how things are called ---- */

static str label(const struct explain_case *c, enum explain_language l, const char *kind, str name)
{
	return c->words && c->words->label ? c->words->label(c->words->ctx, l, kind, name) : STR_NONE;
}

static str named(const struct explain_case *c, enum explain_language l, const char *kind, str name)
{
	str s = label(c, l, kind, name);
	return s.n ? s : name;
}

static str column(const struct explain_case *c, enum explain_language l, const struct dmn_input_clause *in)
{
	str expression = str_trim(in->expression.text), s = label(c, l, "input", expression);
	if (!s.n)
		s = label(c, l, "decision", expression);
	return s.n ? s : in->label.n ? in->label : expression;
}

static str value_text(const struct explain_case *c, str name, fval v)
{
	if (c->words && c->words->value)
		return c->words->value(c->words->ctx, name, v);
	AUTO_BUF b = BUF_INIT(TEXT_BYTES);
	feel_write(&b, c->zones, v);
	str s = arena_str(c->arena, b.failed ? STR("…") : buf_str(&b));
	return s.p ? s : STR("");
}

/* Causes of the engine, by identifier; what is not listed is an expression that has no value. */
static const struct {
	const char *id, *text;
} causes[] = {
    {"dmn.missing", MSG("the answer to \"{0}\" is missing")},
    {"dmn.input", MSG("an input is not of its type, or not among the values that are allowed")},
    {"dmn.nothing", MSG("no rule of the table matches")},
    {"dmn.policy", MSG("rules of the table match together that may not, or that contradict each other: {0}")},
    {"feel.limit", MSG("the computation is larger than the limits allow")},
    {"feel.zero", MSG("something is divided by zero")},
    {"feel.null", MSG("a value that is needed is not there")},
};

/* The part of an engine's sentence that names something: between double quotes, or behind ": rules ". */
static str detail_of(str s)
{
	ptrdiff_t from = str_find_char(s, '"'), rules = str_find(s, STR(": rules "));
	if (rules >= 0)
		return str_sub(s, (size_t)rules + strlen(": rules "), s.n);
	ptrdiff_t to = from < 0 ? -1 : str_find_char(str_sub(s, (size_t)from + 1, s.n), '"');
	return to < 0 ? STR("") : str_sub(s, (size_t)from + 1, (size_t)from + 1 + (size_t)to);
}

str explain_why(const struct explain_case *c, enum explain_language l, const struct feel_cause *cause, bool *ret_english)
{
	const char *message = MSG("an expression has no value for these inputs");
	str said = label(c, l, "text", cause->text);
	bool reason = strcmp(cause->id, "feel.undetermined") == 0;
	*ret_english = !said.n && l != EXPLAIN_EN && reason && rules_has_words(cause->text);
	if (said.n || reason || l == EXPLAIN_EN)
		return said.n ? said : cause->text;
	for (size_t i = 0; i < sizeof causes / sizeof *causes; i++)
		if (strcmp(cause->id, causes[i].id) == 0)
			message = causes[i].text;
	AUTO_BUF b = BUF_INIT(TEXT_BYTES);
	str detail = named(c, l, "input", detail_of(cause->text));
	i18n_add_filled(&b, i18n_text(languages[l], message), &detail, 1);
	said = b.failed ? STR_NONE : arena_str(c->arena, buf_str(&b));
	return said.p ? said : cause->text;
}

static str why_text(const struct explain_case *c, enum explain_language l, const struct feel_cause *cause)
{
	bool english;
	return explain_why(c, l, cause, &english);
}

static void why_rule(struct buf *b, const struct explain_case *c, const struct dmn_table_trace *t, enum explain_language l)
{
	const struct dmn_rule *rule = &t->table->rules[t->decided[0]];
	for (size_t i = 0; i < t->table->n_inputs; i++) {
		str test = str_trim(rule->tests[i].text);
		if (!test.n || str_is(test, "-"))
			continue;
		const struct dmn_input_clause *in = &t->table->inputs[i];
		str expression = str_trim(in->expression.text), parts[PARTS_MOST] = {column(c, l, in),
		    value_text(c, expression, t->values[i]),
		    c->words && c->words->test ? c->words->test(c->words->ctx, expression, test) : test};
		say(b, l, SAY_BECAUSE, parts);
	}
	for (size_t a = 0; a < t->table->n_annotations; a++)
		if (rule->annotations[a].n) {
			str parts[PARTS_MOST] = {named(c, l, "text", rule->annotations[a])}, name = t->table->annotations[a];
			say(b, l, str_is(name, "source_line") ? SAY_LINE : str_is(name, "note") ? SAY_NOTE : SAY_SOURCE, parts);
		}
}

static enum err_code near_text(struct buf *b, const struct explain_case *c, str output, const struct dmn_table_trace *t,
    enum explain_language l, struct err *e)
{
	const struct dmn_near *near;
	size_t n;
	TRY(dmn_near_misses(t, c->arena, &near, &n, e));
	for (size_t i = 0; i < n && i < NEAR_TOLD; i++) {
		const struct dmn_input_clause *in = &t->table->inputs[near[i].column];
		bool known = near[i].result.kind != FEEL_INTERNAL;
		str expression = str_trim(in->expression.text);
		str parts[PARTS_MOST] = {column(c, l, in), value_text(c, expression, near[i].value),
		    value_text(c, expression, t->values[near[i].column]), arena_fmt(c->arena, "%u", near[i].rule + 1),
		    known ? value_text(c, output, near[i].result) : STR("")};
		say(b, l, known ? SAY_NEAR : SAY_NEAR_OTHER, parts);
	}
	return ERR_OK;
}

static enum err_code table_text(struct buf *b, const struct explain_case *c, str output, const struct dmn_table_trace *t,
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
	return near_text(b, c, output, t, l, e);
}

static void changes(struct buf *b, const struct explain_case *c, enum explain_language l)
{
	for (size_t i = 0; i < c->n_changes && i < CHANGES_TOLD; i++) {
		const struct dmn_change *x = &c->changes[i];
		str name = dmn_input_name(c->set, c->model, x->input), decision = dmn_element(c->set, c->element)->name;
		if (x->component.n)
			name = arena_fmt(c->arena, "%.*s.%.*s", STR_ARG(name), STR_ARG(x->component));
		str parts[PARTS_MOST] = {named(c, l, "input", name), value_text(c, name, x->to), value_text(c, name, x->from),
		    value_text(c, decision, x->outcome)};
		if (x->from.kind == FEEL_NULL)
			parts[2] = parts[3];
		say(b, l, x->from.kind == FEEL_NULL ? SAY_CHANGE_GIVEN : SAY_CHANGE, parts);
	}
}

enum err_code explain_text(struct buf *b, const struct explain_case *c, enum explain_language l, struct err *e)
{
	for (size_t i = 0; i < c->outcome->n_decisions; i++) {
		const struct dmn_decision_trace *d = &c->outcome->decisions[i];
		str name = dmn_element(c->set, d->element)->name;
		str parts[PARTS_MOST] = {named(c, l, "decision", name), value_text(c, name, d->value)};
		if (d->undetermined && d->value.cause)
			parts[1] = why_text(c, l, d->value.cause);
		say(b, l, d->given ? SAY_GIVEN : d->undetermined ? SAY_UNDETERMINED : SAY_DECIDED, parts);
		for (const struct dmn_table_trace *t = d->tables; t; t = t->next)
			TRY(table_text(b, c, name, t, l, e));
		if (b->n && b->p[b->n - 1] == ' ')
			b->n--;
		buf_addc(b, '\n');
	}
	for (size_t i = 0; i < c->outcome->n_missing; i++) {
		str parts[PARTS_MOST] = {named(c, l, "input", dmn_input_name(c->set, c->model, c->outcome->missing[i]))};
		say(b, l, SAY_MISSING, parts);
	}
	changes(b, c, l);
	return buf_check(b, e);
}
