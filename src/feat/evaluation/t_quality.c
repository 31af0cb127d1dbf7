/* Data quality on the real pack. What is expected is counted here from the files of the pack, not from the register. */
#include "feat/evaluation/t_real.h"

#include "codec/io.h"

/* Member of the check in the JSON of the answer. */
static int64_t checked(const struct json *root, const char *check, const char *member)
{
	const struct json *checks = json_get(root, "checks");
	int64_t v = -1;
	assert_non_null(checks);
	for (size_t i = 0; i < checks->n; i++)
		if (str_is(json_get(&checks->items[i], "check")->text, check))
			assert_true(str_to_i64(json_get(&checks->items[i], member)->text, &v));
	assert_true(v >= 0);
	return v;
}

static const struct json *answer_of(struct real *t, const struct facts *f, enum lang l)
{
	AUTO_BUF json = BUF_INIT(16 << 20);
	const struct json *root;
	(void)real_tell(t, &part_data_quality, f, l, &json);
	assert_ok(json_read(arena_str(t->a, buf_str(&json)), "quality", &(struct json_limits){.max_bytes = 16 << 20}, t->a, &root, &t->e), &t->e);
	return root;
}

/* targets_results.csv has (counted with a spreadsheet's means, activities of the programme, U05 and U12 left out as outside): see counts below. */
struct counts {
	int64_t rows, no_baseline, targets, no_result, results, no_target;
};

/* A line of CSV cut into cells; quotes doubled or around commas. */
static size_t cells_of(str line, str cells[], size_t most)
{
	size_t n = 0, from = 0;
	bool quoted = false;
	for (size_t i = 0; i <= line.n && n < most; i++) {
		if (i < line.n && line.p[i] == '"')
			quoted = !quoted;
		if (i == line.n || (line.p[i] == ',' && !quoted)) {
			cells[n++] = str_trim(str_sub(line, from, i));
			from = i + 1;
		}
	}
	return n;
}

static struct counts count_file(struct real *t)
{
	enum { ID = 0, BASELINE = 4, TARGET = 5, ACTUAL = 6, CELLS = 10 };
	char path[600];
	struct counts c = {0};
	AUTO_BUF text = BUF_INIT(1 << 20);
	const char *pack = getenv("GRUTTO_PACK");
	(void)snprintf(path, sizeof path, "%s/data/targets_results.csv", pack ? pack : "programmes/migration-development-2008");
	assert_ok(file_read(path, &text, &t->e), &t->e);
	struct str_split it = str_split_on(buf_str(&text), '\n');
	str line, cell[CELLS];
	assert_true(str_next(&it, &line)); /* the header */
	while (str_next(&it, &line)) {
		if (cells_of(line, cell, CELLS) < CELLS || !cell[ID].n || str_is(cell[ID], "U05") || str_is(cell[ID], "U12"))
			continue;
		bool target = cell[TARGET].n, actual = cell[ACTUAL].n;
		c.rows += target || actual;
		c.no_baseline += (target || actual) && !cell[BASELINE].n;
		c.targets += target;
		c.no_result += target && !actual;
		c.results += actual;
		c.no_target += actual && !target;
	}
	return c;
}

static void counts_rows(void **state)
{
	struct real *t = *state;
	struct facts f = real_facts(t, NULL, 0, NULL);
	const struct json *root = answer_of(t, &f, LANG_EN);
	struct counts c = count_file(t);
	assert_true(c.rows > 150 && c.no_result > 20); /* the file was read */
	assert_int_equal(checked(root, "no-baseline", "all"), c.rows);
	assert_int_equal(checked(root, "no-baseline", "lacking"), c.no_baseline);
	assert_int_equal(checked(root, "no-result", "all"), c.targets);
	assert_int_equal(checked(root, "no-result", "lacking"), c.no_result);
	assert_int_equal(checked(root, "no-target", "all"), c.results);
	assert_int_equal(checked(root, "no-target", "lacking"), c.no_target);
	assert_int_equal(json_get(root, "inconsistencies")->n, 63); /* of the README */
}

/* activities.csv: without status U06, U08, U09 and U10; without a start 18942, U02, U06, U08, U09, U10 and U11; outside U05 and U12. */
static void counts_activities(void **state)
{
	struct real *t = *state;
	struct facts f = real_facts(t, NULL, 0, NULL), back = real_reversed(t, &f);
	const struct json *root = answer_of(t, &f, LANG_EN), *other = answer_of(t, &back, LANG_EN);
	assert_int_equal(checked(root, "no-start", "all"), 41);
	assert_int_equal(checked(root, "no-start", "lacking"), 7);
	assert_int_equal(checked(root, "no-status", "lacking"), 4);
	for (size_t i = 0; i < json_get(root, "checks")->n; i++) {
		str name = json_get(&json_get(root, "checks")->items[i], "check")->text;
		char slug[40];
		(void)snprintf(slug, sizeof slug, "%.*s", STR_ARG(name));
		assert_int_equal(checked(root, slug, "lacking"), checked(other, slug, "lacking"));
	}
	assert_true(json_get(root, "oldest")->n > 0);
	assert_str(json_get(&json_get(root, "oldest")->items[0], "activity_id")->text,
	    arena_cstr(t->a, json_get(&json_get(other, "oldest")->items[0], "activity_id")->text));
}

/* In each language and scope; on an earlier day a later result is missing, not gone with its target. */
static void told(void **state)
{
	struct real *t = *state;
	struct facts now = real_facts(t, NULL, 0, NULL), early = real_facts(t, "2010-06-30", 0, NULL), one = real_facts(t, NULL, 0, "18261");
	for (enum lang l = LANG_EN; l < LANG_COUNT; l++) {
		const struct json *a = answer_of(t, &now, l), *b = answer_of(t, &early, l);
		assert_true(checked(b, "no-result", "lacking") > checked(a, "no-result", "lacking") ||
		            checked(b, "no-result", "all") < checked(a, "no-result", "all"));
		(void)answer_of(t, &one, l);
	}
}

int main(void)
{
	struct real t;
	real_open(&t);
	const struct CMUnitTest tests[] = {REAL_TEST(counts_rows), REAL_TEST(counts_activities), REAL_TEST(told)};
	int failed = test_run(tests);
	real_close(&t);
	return failed;
}
