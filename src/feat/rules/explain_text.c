/* The explanation in sentences. */
#include "feat/rules/explain.h"

enum sentence { SAY_DECIDED, SAY_UNDETERMINED, SAY_GIVEN, SAY_MISSING, SAY_RULE, SAY_RULES, SAY_DEFAULT, SAY_NONE, SAY_BECAUSE,
	SAY_NEAR, SAY_NEAR_OTHER, SAY_SOURCE, SAY_LINE, SAY_NOTE };

/* {0}, {1} … stand for what is put in. */
static const char *const sentences[][3] = {
    [SAY_DECIDED] = {"{0}: {1}.", "{0}: {1}.", "{0} : {1}."},
    [SAY_UNDETERMINED] = {"{0}: undetermined, a person must decide. Reason: {1}.",
	"{0}: niet vast te stellen, een mens moet beslissen. Reden: {1}.",
	"{0} : indéterminé, une personne doit décider. Motif : {1}."},
    [SAY_GIVEN] = {"{0} was given: {1}.", "{0} is opgegeven: {1}.", "{0} est donné : {1}."},
    [SAY_MISSING] = {"Missing: {0}.", "Ontbreekt: {0}.", "Manque : {0}."},
    [SAY_RULE] = {"Rule {0} decided.", "Regel {0} gaf de doorslag.", "La règle {0} a été déterminante."},
    [SAY_RULES] = {"Rules {0} decided.", "De regels {0} gaven de doorslag.", "Les règles {0} ont été déterminantes."},
    [SAY_DEFAULT] = {"No rule matched; the default applies.", "Geen regel was van toepassing; de standaardwaarde geldt.",
	"Aucune règle ne s'applique ; la valeur par défaut vaut."},
    [SAY_NONE] = {"No rule matched.", "Geen regel was van toepassing.", "Aucune règle ne s'applique."},
    [SAY_BECAUSE] = {"{0} is {1}, which meets \"{2}\".", "{0} is {1} en voldoet aan \"{2}\".",
	"{0} est {1}, ce qui satisfait « {2} »."},
    [SAY_NEAR] = {"With {0} = {1} instead of {2}, rule {3} would have given {4}.",
	"Met {0} = {1} in plaats van {2} had regel {3} geleid tot {4}.",
	"Avec {0} = {1} au lieu de {2}, la règle {3} aurait donné {4}."},
    [SAY_NEAR_OTHER] = {"With {0} = {1} instead of {2}, rule {3} would have matched too.",
	"Met {0} = {1} in plaats van {2} was ook regel {3} van toepassing geweest.",
	"Avec {0} = {1} au lieu de {2}, la règle {3} se serait appliquée aussi."},
    [SAY_SOURCE] = {"Source: {0}.", "Bron: {0}.", "Source : {0}."},
    [SAY_LINE] = {"Source, line {0}.", "Bron, regel {0}.", "Source, ligne {0}."},
    [SAY_NOTE] = {"{0}.", "{0}.", "{0}."},
};

enum { TEXT_BYTES = 4000, NEAR_TOLD = 5, PARTS_MOST = 5 };

static void say(struct buf *b, enum explain_language language, enum sentence s, const str *parts)
{
	for (const char *p = sentences[s][language]; *p; p++) {
		if (p[0] == '{' && p[1] >= '0' && p[1] < '0' + PARTS_MOST && p[2] == '}') {
			buf_add(b, parts[p[1] - '0']);
			p += 2;
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
	return buf_check(b, e);
}
