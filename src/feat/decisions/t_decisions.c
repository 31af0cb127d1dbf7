/* Cells in words, tables as trees, forms from models, outcomes in words: against a model made for it (t_return.dmn) and
 * what its rows say. */
#include "base/test.h"

#include "codec/io.h"
#include "feat/decisions/outcome.h"
#include "feat/programme/programme.h"

#define S(literal)                                                                                 \
	{                                                                                          \
		(literal), sizeof(literal) - 1                                                     \
	}

static const struct decision_label labels[] = {
    {S("return"), S("check"), S("eligible"), {S("Money"), S("Geld"), S("Argent")}, {S(""), S(""), S("")}},
    {S("return"), S("input"), S("background"), {S("Why you came"), S("Waarom u kwam"), S("Pourquoi")},
	{S("Your reason."), S("Uw reden."), S("Votre motif.")}},
    {S("*"), S("value"), S("asylum"), {S("asylum"), S("asiel"), S("asile")}, {S(""), S(""), S("")}},
    {S("*"), S("text"), S("A decree for tests"), {S("A decree for tests"), S("Een besluit voor toetsen"), S("Un décret")},
	{S(""), S(""), S("")}},
    {S("return"), S("value"), S("eligible=no"), {S("not eligible"), S("geen recht"), S("pas de droit")},
	{S(""), S(""), S("")}},
    {S("*"), S("text"), S("The source is silent."), {S("The source is silent."), S("De bron zwijgt."), S("La source se tait.")},
	{S(""), S(""), S("")}},
};

static const struct programme_view programme = {.decision_labels = labels, .n_decision_labels = sizeof labels / sizeof *labels};

static struct words words_in(enum lang l, struct arena *a)
{
	return (struct words){&programme, STR("return"), l, a};
}

static str file_of(struct arena *a)
{
	struct err e;
	AUTO_BUF b = BUF_INIT(1 << 20);
	const char *path = getenv("GRUTTO_TEST_MODEL");
	assert_non_null(path);
	assert_ok(file_read(path, &b, &e), &e);
	return arena_str(a, buf_str(&b));
}

static const struct decisions_view *view_of(struct arena *a)
{
	struct err e;
	const struct decisions_view *v;
	str xml = file_of(a);
	date y2008, y2009, end2008;
	assert_true(date_parse(STR("2008-01-01"), &y2008) && date_parse(STR("2008-12-31"), &end2008) &&
	    date_parse(STR("2009-01-01"), &y2009));
	const struct decision_source sources[] = {
	    {.key = STR("return"), .number = 1, .valid_from = y2008, .valid_to = end2008, .xml = xml},
	    {.key = STR("broken"), .number = 1, .valid_from = y2008, .valid_to = DATE_NONE, .xml = STR("<definitions")},
	    {.key = STR("return"), .number = 2, .valid_from = y2009, .valid_to = DATE_NONE, .xml = xml},
	};
	assert_ok(decisions_view_make(sources, 3, NULL, a, &v, &e), &e);
	return v;
}

static date day(const char *s)
{
	date d;
	assert_true(date_parse(str_of(s), &d));
	return d;
}

static void versions(void **state)
{
	(void)state;
	AUTO_ARENA a = arena_new(64 << 20);
	const struct decisions_view *v = view_of(a);
	assert_int_equal(v->n, 3);
	assert_int_equal(decisions_on(v, STR("return"), day("2008-12-31"))->source.number, 1);
	assert_int_equal(decisions_on(v, STR("return"), day("2009-01-01"))->source.number, 2);
	assert_null(decisions_on(v, STR("return"), day("2007-12-31")));
	assert_int_equal(decisions_newest(v, STR("return"))->source.number, 2);
	assert_null(decisions_version(v, STR("return"), 3));
	const struct decision_version *broken = decisions_newest(v, STR("broken"));
	assert_null(broken->set);
	assert_true(broken->why.n > 0);
}

static void cells(void **state)
{
	(void)state;
	static const struct {
		enum lang lang;
		const char *input, *cell, *words;
		bool test, raw;
	} rows[] = {
	    {LANG_EN, "x", "-", "any", true, false},
	    {LANG_EN, "x", "", "any", true, false},
	    {LANG_NL, "background", "\"asylum\", \"none\"", "asiel of none", true, false},
	    {LANG_EN, "nationality", "\"DE\",\"RS\"", "Germany or Serbia", true, false},
	    {LANG_NL, "nationality", "\"DE\",\"RS\",\"BA\"", "Duitsland, Servi\u00eb of Bosni\u00eb en Herzegovina", true, false},
	    {LANG_NL, "x", "undetermined(\"The source is silent.\")", "niet vast te stellen: De bron zwijgt.", false, false},
	    {LANG_NL, "x", "<= 28", "hooguit 28", true, false},
	    {LANG_EN, "x", "> 1000.5", "more than 1,000.5", true, false},
	    {LANG_FR, "x", "< date(\"2010-01-01\")", "avant le 1er\u00a0janvier 2010", true, false},
	    {LANG_EN, "x", "[1..5)", "1 up to, but not including, 5", true, false},
	    {LANG_EN, "x", "]@\"2010-01-01\"..@\"2010-12-31\"]", "after 1\u00a0January 2010, up to and including 31\u00a0December 2010", true,
		false},
	    {LANG_EN, "x", "not(\"a\", \"b\")", "not a or b", true, false},
	    {LANG_EN, "x", "@\"P28D\"", "28 days", true, false},
	    {LANG_NL, "x", "true", "ja", true, false},
	    {LANG_EN, "x", "? > y", "? > y", true, true},
	    {LANG_EN, "x", "\"a, \\\"b\\\"\"", "\"a, \\\"b\\\"\"", true, true},
	    {LANG_NL, "amount", "1750", "1.750", false, false},
	    {LANG_EN, "amount", "500 * adults", "500 * adults", false, true},
	    {LANG_NL, "eligible", "\"no\"", "geen recht", false, false},
	    {LANG_EN, "x", "[\"a\", \"b\"]", "a, b", false, false},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		AUTO_ARENA a = arena_new(1 << 20);
		struct words w = words_in(rows[i].lang, a);
		struct words_cell c = words_cell(&w, str_of(rows[i].input), str_of(rows[i].cell), rows[i].test);
		assert_str(c.text, rows[i].words);
		assert_int_equal(c.raw, rows[i].raw);
	}
}

/* background: none -> no; asylum -> nationality: BA, RS -> no; otherwise -> days waited: <= 28 -> yes; otherwise -> no. */
static void tree(void **state)
{
	(void)state;
	struct err e;
	bool is;
	struct decision_tree t;
	AUTO_ARENA a = arena_new(64 << 20);
	const struct decision_version *v = decisions_newest(view_of(a), STR("return"));
	const struct dmn_table *table = dmn_element(v->set, dmn_find(v->set, v->model, STR("eligible")))->expr->table;
	assert_ok(decision_tree_make(table, a, &t, &is, &e), &e);
	assert_true(is);
	static const struct {
		size_t depth;
		int column;
		const char *test;
		uint32_t rule;
	} want[] = {{0, 0, "", 0}, {1, -1, "\"none\"", 0}, {1, 1, "\"asylum\"", 1}, {2, -1, "\"BA\", \"RS\"", 1}, {2, 2, "", 2},
	    {3, -1, "<= 28", 2}, {1, -1, "", 3}};
	assert_int_equal(t.n, sizeof want / sizeof *want);
	for (size_t i = 0; i < t.n; i++) {
		assert_int_equal(t.nodes[i].depth, want[i].depth);
		assert_int_equal(t.nodes[i].column, want[i].column);
		assert_str(t.nodes[i].test.p ? t.nodes[i].test : STR(""), want[i].test);
		if (t.nodes[i].column < 0)
			assert_int_equal(t.nodes[i].rule, want[i].rule);
	}
}

static struct form form_of(const struct words *w, const struct decisions_view *all, const char *decision, int32_t *element)
{
	struct err e;
	struct form f;
	const struct decision_version *v = decisions_newest(all, STR("return"));
	*element = dmn_find(v->set, v->model, str_of(decision));
	assert_ok(form_make(w, all, v, element, 1, &f, &e), &e);
	return f;
}

static const struct ask *ask_of(const struct form *f, const char *field)
{
	for (size_t i = 0; i < f->n_asks; i++)
		if (str_is(f->asks[i].field, field))
			return &f->asks[i];
	fail_msg("no question %s", field);
	return NULL;
}

static void questions(void **state)
{
	(void)state;
	int32_t element;
	AUTO_ARENA a = arena_new(64 << 20);
	struct words w = words_in(LANG_NL, a);
	struct form f = form_of(&w, view_of(a), "amount", &element);
	assert_int_equal(f.n_asks, 6);
	assert_int_equal(ask_of(&f, "background")->kind, ASK_CHOICE);
	assert_int_equal(ask_of(&f, "background")->n_options, 3);
	assert_str(ask_of(&f, "background")->options[0].label, "asiel");
	assert_str(ask_of(&f, "background")->label, "Waarom u kwam");
	assert_str(ask_of(&f, "background")->help, "Uw reden.");
	assert_int_equal(ask_of(&f, "nationality")->kind, ASK_CHOICE); /* the type's name speaks of a country */
	assert_true(ask_of(&f, "nationality")->n_options > 200);
	assert_int_equal(ask_of(&f, "days waited")->kind, ASK_NUMBER);
	assert_int_equal(ask_of(&f, "household.adults")->kind, ASK_NUMBER);
	assert_str(ask_of(&f, "household.adults")->label, "Adults");
	assert_int_equal(ask_of(&f, "leaves on")->kind, ASK_DATE);
}

static void wrong_answers(void **state)
{
	(void)state;
	int32_t element;
	AUTO_ARENA a = arena_new(64 << 20);
	struct words w = words_in(LANG_NL, a);
	struct form f = form_of(&w, view_of(a), "amount", &element);
	const struct form_pair sent[] = {{STR("background"), STR("tourism")}, {STR("days waited"), STR("1.250,5")},
	    {STR("household.adults"), STR("two")}, {STR("leaves on"), STR("2010-02-30")}, {STR("unknown"), STR("x")}};
	form_fill(&f, &w, &(struct form_sent){.p = sent, .n = 5});
	assert_int_equal(f.n_faults, 3);
	assert_non_null(ask_of(&f, "background")->fault);
	assert_null(ask_of(&f, "days waited")->fault); /* as Dutch writes it */
	assert_non_null(ask_of(&f, "household.adults")->fault);
	assert_non_null(ask_of(&f, "leaves on")->fault);
	assert_str(ask_of(&f, "household.adults")->given, "two"); /* kept for the reader to mend */
}

static void decide(struct arena *a, enum lang l, const char *decision, const struct form_pair *sent, size_t n, struct outcome *o)
{
	struct err e;
	int32_t element;
	struct dmn_given *given;
	size_t n_given;
	struct words *w = ARENA_NEW(a, struct words);
	assert_non_null(w);
	*w = words_in(l, a);
	const struct decisions_view *all = view_of(a);
	struct form f = form_of(w, all, decision, &element);
	form_fill(&f, w, &(struct form_sent){.p = sent, .n = n});
	assert_int_equal(f.n_faults, 0);
	assert_ok(form_values(&f, l, a, &given, &n_given, &e), &e);
	assert_ok(outcome_make(w, &f, element, given, n_given, day("2010-03-01"), all, o, &e), &e);
}

/* Row 3: asylum, not from BA or RS, at most 28 days. One day more, and row 4 would have said no. */
static void granted(void **state)
{
	(void)state;
	struct outcome o;
	AUTO_ARENA a = arena_new(64 << 20);
	const struct form_pair sent[] = {{STR("background"), STR("asylum")}, {STR("nationality"), STR("AF")},
	    {STR("days waited"), STR("28")}, {STR("household.adults"), STR("2")}, {STR("household.children"), STR("1")},
	    {STR("leaves on"), STR("2009-05-01")}};
	decide(a, LANG_EN, "amount", sent, 6, &o);
	assert_false(o.undetermined);
	assert_str(o.value, "1,100"); /* 500 x 2 + 100 x 1 */
	assert_int_equal(o.n_steps, 2);
	assert_int_equal(o.steps[0].n_rows, 1);
	assert_int_equal(o.steps[0].rows[0].row, 3);
	assert_int_equal(o.steps[0].rows[0].n_tests, 2);
	assert_str(o.steps[0].rows[0].tests[1].test, "at most 28");
	assert_str(o.steps[0].rows[0].notes[0].link.s, "https://example.org/decree#3");
	assert_int_equal(o.steps[0].n_sources, 1);
	assert_str(o.steps[0].sources[0].name, "A decree for tests");
}

static void refused_with_near_miss(void **state)
{
	(void)state;
	struct outcome o;
	bool told = false;
	AUTO_ARENA a = arena_new(64 << 20);
	const struct form_pair sent[] = {{STR("background"), STR("asylum")}, {STR("nationality"), STR("AF")},
	    {STR("days waited"), STR("40")}};
	decide(a, LANG_NL, "eligible", sent, 3, &o);
	assert_str(o.value, "geen recht");
	/* at most 28 days: 40 becomes 28, the nearest */
	assert_int_equal(o.n_changes, 1);
	assert_str(o.changes[0].with, "28");
	assert_str(o.changes[0].now, "40");
	assert_int_equal(o.steps[0].rows[0].row, 4);
	for (size_t i = 0; i < o.steps[0].n_near; i++) {
		const struct outcome_near *x = &o.steps[0].near[i];
		told |= x->row == 3 && str_is(x->with, "hooguit 28") && str_is(x->now, "40") && str_is(x->result, "yes");
	}
	assert_true(told);
	assert_int_equal(o.n_changes, 1); /* nothing else but the days, and the nearest number of them */
	assert_str(o.changes[0].input, "Days waited:");
	assert_str(o.changes[0].now, "40");
	assert_str(o.changes[0].with, "28");
	assert_str(o.changes[0].result, "yes");
	assert_true(o.n_sentences >= 1);
	assert_true(str_find(o.sentences[0], STR("Regel 4 gaf de doorslag.")) >= 0);
}

/* Without the number of days row 3 may or may not fit. With background "none" nothing else matters. */
static void missing(void **state)
{
	(void)state;
	struct outcome o;
	AUTO_ARENA a = arena_new(64 << 20);
	const struct form_pair some[] = {{STR("background"), STR("asylum")}, {STR("nationality"), STR("AF")}},
			       none[] = {{STR("background"), STR("none")}};
	decide(a, LANG_EN, "eligible", some, 2, &o);
	assert_true(o.undetermined);
	assert_int_equal(o.n_missing, 1);
	assert_str(o.missing[0], "Days waited");
	decide(a, LANG_EN, "eligible", none, 1, &o);
	assert_false(o.undetermined);
	assert_str(o.value, "not eligible");
}

/* What a model says in English is told in the language of the page, when the pack has it. */
static void one_language(void **state)
{
	(void)state;
	struct outcome o;
	AUTO_ARENA a = arena_new(64 << 20);
	const struct form_pair some[] = {{STR("background"), STR("asylum")}, {STR("nationality"), STR("AF")}};
	decide(a, LANG_NL, "eligible", some, 2, &o);
	assert_true(o.undetermined);
	assert_str(o.cause, "het antwoord op \"days waited\" ontbreekt");
	assert_false(o.cause_english);
	assert_str(o.steps[0].sources[0].name, "Een besluit voor toetsen");
	assert_false(o.steps[0].sources[0].english);
	assert_true(str_starts(o.sentences[0], STR("Eligible: niet vast te stellen")));
	struct words w = words_in(LANG_FR, a);
	assert_true(str_ends(words_cell(&w, STR("x"), STR("undetermined(\"A decree for tests\")"), false).text, STR("Un décret")));
	assert_true(words_text(&w, STR("Nobody said this")).english);
	assert_false(words_text(&w, STR("8(1)(a)")).english);
	w.lang = LANG_EN;
	assert_false(words_text(&w, STR("Nobody said this")).english);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(versions),
	    cmocka_unit_test(cells),
	    cmocka_unit_test(tree),
	    cmocka_unit_test(questions),
	    cmocka_unit_test(wrong_answers),
	    cmocka_unit_test(granted),
	    cmocka_unit_test(refused_with_near_miss),
	    cmocka_unit_test(missing),
	    cmocka_unit_test(one_language),
	};
	return test_run(tests);
}
