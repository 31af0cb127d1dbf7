#include "base/mem.h"
#include "base/test.h"
#include "codec/yaml.h"

static const struct yaml *parse(str text, struct arena *a, struct err *e)
{
	const struct yaml *y = NULL;
	return yaml_read(text, "x.yaml", NULL, a, &y, e) == ERR_OK ? y : NULL;
}

static void reads_a_tree_with_places(void **state)
{
	(void)state;
	struct err e;
	int64_t v = 0;
	bool yes = false;
	date d;
	AUTO_ARENA a = arena_new(1 << 20);
	const struct yaml *y =
	    parse(STR("# a pack\nname:\n  nl: Migratie\n  \"en\": 'Migration: all'\n"
	              "years: [2009, 2010]\nstart: 2008-07-04\non: true\nzip: \"12\"\n"
	              "none: ~\nempty:\ntext: |\n  two\n  lines\nlist:\n- a: 1\n  b: 2\n- c\n"),
	        a, &e);
	assert_non_null(y);
	assert_int_equal(y->kind, YAML_MAP);
	assert_int_equal(y->n, 9);
	const struct yaml *name = yaml_get(y, "name");
	assert_int_equal(name->line, 3);
	assert_int_equal(name->col, 3);
	assert_str(yaml_text(yaml_get(name, "en")), "Migration: all");
	assert_true(yaml_get(name, "en")->quoted);
	assert_int_equal(name->keys[1].line, 4);
	const struct yaml *years = yaml_get(y, "years");
	assert_int_equal(years->kind, YAML_LIST);
	assert_true(yaml_to_i64(&years->items[1], &v) && v == 2010);
	assert_int_equal(years->items[1].col, 15);
	assert_true(yaml_to_date(yaml_get(y, "start"), &d));
	assert_int_equal(d.day, 14064); /* date -d 2008-07-04 +%s / 86400 */
	assert_true(yaml_to_bool(yaml_get(y, "on"), &yes) && yes);
	assert_false(yaml_to_i64(yaml_get(y, "zip"), &v));
	assert_true(yaml_is_null(yaml_get(y, "none")));
	assert_true(yaml_is_null(yaml_get(y, "empty")));
	assert_true(yaml_is_null(yaml_get(y, "absent")));
	assert_null(yaml_text(yaml_get(y, "none")).p);
	assert_str(yaml_text(yaml_get(y, "text")), "two\nlines\n");
	const struct yaml *list = yaml_get(y, "list");
	assert_int_equal(list->n, 2);
	assert_str(yaml_text(yaml_get(&list->items[0], "b")), "2");
	assert_str(list->items[1].text, "c");
}

struct bad {
	const char *text, *id;
	uint32_t line, col;
};

static void names_the_place_of_a_fault(void **state)
{
	(void)state;
	static const struct bad samples[] = {
	    {"a: 1\nb: 2\na: 3\n", "yaml.duplicate", 3, 1},
	    {"a: {x: 1, x: 2}", "yaml.duplicate", 1, 11},
	    {"a: &n 1\n", "yaml.anchor", 1, 4},
	    {"a: *n\n", "yaml.alias", 1, 4},
	    {"a:\n  - !!str x\n", "yaml.tag", 2, 5},
	    {"? [a]\n: 1\n", "yaml.key", 1, 3},
	    {"? {a: b}\n: 1\n", "yaml.key", 1, 3},
	    {"?\n: 1\n", "yaml.key", 1, 2},
	    {"a: 1\n---\nb: 2\n", "yaml.documents", 2, 1},
	    {"a: [1, 2\nb: 3\n", "yaml.syntax", 2, 2},
	    {"a: 1\n\tb: 2\n", "yaml.syntax", 2, 1},
	    {"a: 1\nb: x\xFFy\n", "yaml.utf8", 2, 5},
	    {"a: 1\nb: x\x01y\n", "yaml.syntax", 2, 5},
	};
	for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
		struct err e = {0};
		AUTO_ARENA a = arena_new(1 << 20);
		const struct yaml *y = parse(str_of(samples[i].text), a, &e);
		if (y || strcmp(e.id, samples[i].id) != 0 || e.line != samples[i].line ||
		    e.col != samples[i].col)
			fail_msg("sample %zu: %s %u:%u %s", i, e.id, e.line, e.col, e.detail);
		assert_string_equal(e.file, "x.yaml");
	}
}

static void finds_duplicates_in_large_maps(void **state)
{
	(void)state;
	struct err e;
	AUTO_ARENA a = arena_new(16 << 20);
	AUTO_BUF b = BUF_INIT(1 << 20);
	for (int i = 0; i < 1000; i++)
		buf_addf(&b, "key%d: %d\n", i, i);
	const struct yaml *y = parse(buf_str(&b), a, &e);
	assert_non_null(y);
	assert_str(yaml_text(yaml_get(y, "key999")), "999");
	for (int again = 0; again < 1000; again += 37) {
		size_t n = b.n;
		buf_addf(&b, "key%d: x\n", again);
		assert_null(parse(buf_str(&b), a, &e));
		assert_string_equal(e.id, "yaml.duplicate");
		assert_int_equal(e.line, 1001);
		b.n = n;
	}
}

static void keeps_its_limits(void **state)
{
	(void)state;
	struct err e;
	const struct yaml *y = NULL;
	AUTO_ARENA a = arena_new(1 << 20);
	AUTO_BUF b = BUF_INIT(1 << 20);
	for (int i = 0; i < YAML_DEPTH; i++)
		buf_addc(&b, '[');
	for (int i = 0; i < YAML_DEPTH; i++)
		buf_addc(&b, ']');
	assert_non_null(parse(buf_str(&b), a, &e));
	buf_clear(&b);
	for (int i = 0; i < 900; i++)
		buf_addc(&b, '[');
	assert_null(parse(buf_str(&b), a, &e));
	assert_string_equal(e.id, "yaml.depth");
	assert_int_equal(e.col, YAML_DEPTH + 1);
	const struct yaml_limits small = {.max_bytes = 20, .max_nodes = 3};
	assert_int_equal(yaml_read(STR("[1, 2, 3]"), NULL, &small, a, &y, &e), ERR_LIMIT);
	assert_string_equal(e.id, "yaml.nodes");
	assert_int_equal(yaml_read(STR("[1, 2]"), NULL, &small, a, &y, &e), ERR_OK);
	y = NULL;
	assert_int_equal(
	    yaml_read(STR("abcdefghijklmnopqrstuvwxyz"), NULL, &small, a, &y, &e), ERR_LIMIT);
	assert_string_equal(e.id, "yaml.bytes");
	AUTO_ARENA tiny = arena_new(2400);
	assert_int_equal(yaml_read(STR("[1, 2, 3]"), NULL, NULL, tiny, &y, &e), ERR_LIMIT);
	assert_null(y);
}

static void takes_empty_documents(void **state)
{
	(void)state;
	struct err e;
	AUTO_ARENA a = arena_new(1 << 20);
	const struct yaml *y = parse(STR(""), a, &e);
	assert_non_null(y);
	assert_int_equal(y->kind, YAML_MAP);
	assert_int_equal(y->n, 0);
	assert_non_null(parse(STR("# only a comment\n"), a, &e));
	assert_non_null(parse(STR("\xEF\xBB\xBF"
	                          "a: 1\n"),
	    a, &e));
}

static void says_which_value_is_wrong(void **state)
{
	(void)state;
	struct err e;
	const struct yaml *v = NULL;
	AUTO_ARENA a = arena_new(1 << 20);
	const struct yaml *y = parse(STR("\nname: x\nlist:\n"), a, &e);
	assert_int_equal(yaml_need(y, "name", YAML_LIST, &v, &e), ERR_INVALID);
	assert_string_equal(e.id, "yaml.kind");
	assert_string_equal(e.field, "name");
	assert_int_equal(e.line, 2);
	assert_int_equal(e.col, 7);
	assert_int_equal(yaml_need(y, "list", YAML_LIST, &v, &e), ERR_INVALID);
	assert_string_equal(e.id, "yaml.missing");
	assert_int_equal(yaml_need(y, "other", YAML_LIST, &v, &e), ERR_INVALID);
	assert_int_equal(e.line, 2);
	assert_null(v);
	assert_ok(yaml_need(y, "name", YAML_SCALAR, &v, &e), &e);
	assert_str(v->text, "x");
}

static void survives_failing_allocations(void **state)
{
	(void)state;
	for (int64_t i = 0; i < 6; i++) {
		struct err e;
		struct arena *a = arena_new(ARENA_NO_LIMIT);
		mem_fail_after(i);
		const struct yaml *y = parse(STR("a: [1, {b: c}]"), a, &e);
		mem_fail_after(-1);
		assert_true(y || e.code == ERR_NOMEM);
		assert_true(i > 0 || !y);
		arena_free(a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(reads_a_tree_with_places),
	    cmocka_unit_test(names_the_place_of_a_fault),
	    cmocka_unit_test(finds_duplicates_in_large_maps),
	    cmocka_unit_test(keeps_its_limits),
	    cmocka_unit_test(takes_empty_documents),
	    cmocka_unit_test(says_which_value_is_wrong),
	    cmocka_unit_test(survives_failing_allocations),
	};
	return test_run(tests);
}
