/* The decision models of the first pack: each is free of faults and doubts, says for each row where it comes from, and comes
 * out in its cases as the report has it (the lines are in the cases); the cases reach every row of every table, and of
 * every table an outcome that can be told and one that cannot. Models of the evaluation judge by a method of its own beside
 * the report: a row of theirs for which the report has no line says that it is the programme's own. */
#include "base/arena.h"
#include "base/env.h"
#include "base/test.h"
#include "codec/csv.h"
#include "feat/rules/decide.h"
#include "feat/rules/findings.h"
#include "feat/rules/json_value.h"

#define OWN_RULE "this programme’s own rule, published with its models"

enum { MEMORY = 256 << 20, TABLES_MOST = 40, FILE_BYTES = 4 << 20, LAST_LINE = 10897, MODELS = 14 };

struct reached {
	const struct dmn_table *table;
	str decision;
	uint8_t *rules;
	bool told, untold; /* outcomes that were decided, and that were not */
};

struct model {
	struct arena *a;
	struct rules_loaded loaded;
	str file;
	struct reached tables[TABLES_MOST];
	size_t n_tables, n_cases;
	struct err e;
};

static const char *path_of(struct model *m, str file)
{
	return arena_fmt(m->a, PACK "/decisions/%.*s", STR_ARG(file)).p;
}

static void open_model(struct model *m, str file)
{
	m->file = file;
	assert_ok(rules_load(path_of(m, file), m->a, &m->loaded, &m->e), &m->e);
	const struct dmn_model *d = m->loaded.model;
	for (size_t i = 0; i < d->n_elements; i++) {
		const struct dmn_expr *x = d->elements[i].expr;
		if (!x || x->kind != DMN_TABLE)
			continue;
		assert_true(m->n_tables < TABLES_MOST);
		m->tables[m->n_tables++] = (struct reached){.table = x->table, .decision = d->elements[i].name,
		    .rules = arena_alloc(m->a, x->table->n_rules)};
	}
	assert_true(m->n_tables > 0);
}

static void has_no_doubts(struct model *m)
{
	const struct rules_finding *f;
	size_t n;
	assert_ok(rules_findings(&m->loaded, true, m->a, &f, &n, &m->e), &m->e);
	for (size_t i = 0; i < n; i++)
		print_error("%.*s:%u: %.*s\n", STR_ARG(f[i].file), f[i].line, STR_ARG(f[i].text));
	assert_int_equal(n, 0);
}

/* "2374;2375": lines that the report has. */
static bool are_lines(str s)
{
	size_t numbers = 0;
	int64_t v = 0;
	for (size_t i = 0; i <= s.n; i++) {
		if (i < s.n && s.p[i] >= '0' && s.p[i] <= '9' && v <= LAST_LINE) {
			v = v * 10 + (s.p[i] - '0');
			continue;
		}
		if ((i < s.n && s.p[i] != ';') || v < 1 || v > LAST_LINE)
			return false;
		numbers++;
		v = 0;
	}
	return numbers > 0;
}

static size_t annotation_of(const struct dmn_table *t, str name)
{
	size_t column = 0;
	while (column < t->n_annotations && !str_eq(t->annotations[column], name))
		column++;
	return column;
}

/* The models by which the evaluation itself judges. */
static bool is_method(str file)
{
	return str_is(file, "evaluation-verdict.dmn") || str_is(file, "contribution.dmn");
}

/* Is the row one that only a method may have: the programme's own, and said to be? */
static bool is_own(const struct model *m, const struct dmn_table *t, size_t row)
{
	size_t source = annotation_of(t, STR("source"));
	return is_method(m->file) && source < t->n_annotations && str_is(t->rules[row].annotations[source], OWN_RULE);
}

static void names_its_sources(const struct model *m)
{
	for (size_t i = 0; i < m->n_tables; i++) {
		const struct dmn_table *t = m->tables[i].table;
		size_t column = annotation_of(t, STR("source_line"));
		for (size_t r = 0; r < t->n_rules; r++)
			if ((column == t->n_annotations || !are_lines(t->rules[r].annotations[column])) && !is_own(m, t, r))
				fail_msg("%.*s:%u: rule %zu of %.*s names no line of the report", STR_ARG(m->file), t->rules[r].line, r + 1,
				    STR_ARG(m->tables[i].decision));
	}
}

static struct reached *table_of(struct model *m, const struct dmn_table *t)
{
	for (size_t i = 0; i < m->n_tables; i++)
		if (m->tables[i].table == t)
			return &m->tables[i];
	return NULL;
}

static void note_reached(struct model *m, const struct dmn_outcome *o)
{
	for (size_t i = 0; i < o->n_decisions; i++)
		for (const struct dmn_table_trace *t = o->decisions[i].tables; t; t = t->next) {
			struct reached *k = table_of(m, t->table);
			for (size_t r = 0; k && r < t->n_decided; r++)
				k->rules[t->decided[r]] = 1;
			if (k && dmn_element(m->loaded.set, o->decisions[i].element)->expr->table == t->table) {
				k->told |= !o->decisions[i].undetermined;
				k->untold |= o->decisions[i].undetermined;
			}
		}
}

static str text_of(const struct json *c, const char *key)
{
	const struct json *j = json_get(c, key);
	return j && j->kind == JSON_IS_STRING ? j->text : STR_NONE;
}

static void run_case(struct model *m, const struct json *c)
{
	str name = text_of(c, "name"), reason = text_of(c, "undetermined");
	const struct json *input = json_get(c, "input"), *expect = json_get(c, "expect");
	AUTO_BUF want = BUF_INIT(FILE_BYTES), got = BUF_INIT(FILE_BYTES);
	struct decide_job j = {.loaded = &m->loaded, .a = m->a, .options = {.mode = DMN_STRICT, .explain = true}};
	assert_true(name.n && input && (expect != NULL) != (reason.p != NULL) && are_lines(text_of(c, "source_line")));
	assert_ok(decide_find(&j, arena_fmt(m->a, "%.*s", STR_ARG(text_of(c, "decision"))).p, &m->e), &m->e);
	assert_ok(decide_input(&j, input, "case", &m->e), &m->e);
	assert_ok(decide_run(&j, &m->e), &m->e);
	note_reached(m, &j.outcome);
	feel_write(&got, m->loaded.zones, j.outcome.value);
	if (expect) {
		fval v = json_value(expect, dmn_type_of(m->loaded.set, j.element), m->loaded.zones, m->a);
		feel_write(&want, m->loaded.zones, v);
		if (j.outcome.undetermined || feel_equal(m->loaded.zones, v, j.outcome.value) != FEEL_YES)
			fail_msg("%.*s, %.*s: %.*s, want %.*s", STR_ARG(m->file), STR_ARG(name), STR_ARG(buf_str(&got)),
			    STR_ARG(buf_str(&want)));
	} else if (!j.outcome.undetermined) {
		fail_msg("%.*s, %.*s: %.*s, want undetermined", STR_ARG(m->file), STR_ARG(name), STR_ARG(buf_str(&got)));
	} else if (reason.n && str_find(j.outcome.value.cause->text, reason) < 0) {
		fail_msg("%.*s, %.*s: undetermined, but: %.*s", STR_ARG(m->file), STR_ARG(name),
		    STR_ARG(j.outcome.value.cause->text));
	}
	m->n_cases++;
}

static void run_cases(struct model *m, str file)
{
	AUTO_BUF text = BUF_INIT(FILE_BYTES);
	const struct json_limits limits = {.max_bytes = FILE_BYTES};
	const struct json *root;
	assert_ok(file_read(path_of(m, file), &text, &m->e), &m->e);
	assert_ok(json_read(buf_str(&text), file.p, &limits, m->a, &root, &m->e), &m->e);
	const struct json *cases = json_get(root, "cases");
	assert_true(cases && cases->kind == JSON_IS_ARRAY && cases->n > 0);
	for (size_t i = 0; i < cases->n; i++)
		run_case(m, &cases->items[i]);
}

static bool reaches_everything(const struct model *m)
{
	bool all = true;
	for (size_t i = 0; i < m->n_tables; i++) {
		const struct reached *k = &m->tables[i];
		for (size_t r = 0; r < k->table->n_rules; r++)
			if (!k->rules[r]) {
				print_error("%.*s: no case reaches rule %zu of %.*s\n", STR_ARG(m->file), r + 1, STR_ARG(k->decision));
				all = false;
			}
		if (!k->told || !k->untold) {
			print_error("%.*s: no case leaves %.*s %s\n", STR_ARG(m->file), STR_ARG(k->decision),
			    k->told ? "undetermined" : "decided");
			all = false;
		}
	}
	return all;
}

static void holds_what_the_report_says(void **state)
{
	(void)state;
	AUTO_BUF text = BUF_INIT(FILE_BYTES);
	struct err e;
	struct source from;
	struct csv_reader *r;
	struct csv_record row;
	bool more, all = true;
	size_t models = 0, cases = 0;
	assert_ok(file_read(PACK "/decisions/models.csv", &text, &e), &e);
	str rest = buf_str(&text);
	from = source_str(&rest);
	assert_ok(csv_open(from, NULL, &r, &e), &e);
	assert_ok(csv_next(r, &row, &more, &e), &e);
	ptrdiff_t file = csv_column(&row, STR("file")), with = csv_column(&row, STR("cases"));
	assert_true(file >= 0 && with >= 0);
	for (;;) {
		assert_ok(csv_next(r, &row, &more, &e), &e);
		if (!more)
			break;
		AUTO_ARENA a = arena_new(MEMORY);
		struct model m = {.a = a};
		open_model(&m, row.fields[file].text);
		has_no_doubts(&m);
		names_its_sources(&m);
		run_cases(&m, arena_fmt(a, "%.*s", STR_ARG(row.fields[with].text)));
		all &= reaches_everything(&m);
		models++;
		cases += m.n_cases;
	}
	csv_close(r);
	print_message("# %zu models, %zu cases\n", models, cases);
	assert_true(all);
	assert_int_equal(models, MODELS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(holds_what_the_report_says)};
	return test_run(tests);
}
