/* The checker against verdicts of others: the standard's own tests of its schemas and rules, and what the official
 * validator's rule code found in published files (conformance/ of the shared data). */
#include "base/test.h"
#include "codec/json.h"
#include "codec/xsd.h"
#include "feat/iati/rules.h"

#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

/* The day on which the verdicts were made. */
static date clock_day(void)
{
	date d;
	assert_true(date_from_civil(2026, 11, 23, &d));
	return d;
}

static const char *shared_or_skip(void)
{
	const char *s = getenv("GRUTTO_SHARED");
	char path[512];
	s = s ? s : "../shared";
	snprintf(path, sizeof path, "%s/data/iati/README.md", s);
	if (access(path, R_OK) != 0) {
		print_message("# skipped: %s is not there (GRUTTO_SHARED)\n", path);
		skip();
	}
	return s;
}

static str read_all(struct buf *b, const char *path)
{
	struct err e = {0};
	assert_ok(file_read(path, b, &e), &e);
	return buf_str(b);
}

static enum err_code count_breach(void *ctx, const struct rule_breach *b, struct err *e)
{
	(void)b, (void)e;
	++*(size_t *)ctx;
	return ERR_OK;
}

static size_t breaches(const char *rules_path, const char *file)
{
	struct err e = {0};
	AUTO_ARENA a = arena_new(16 << 20);
	AUTO_ARENA scratch = arena_new(16 << 20);
	AUTO_BUF json = BUF_INIT(1 << 20);
	const struct ruleset *rules;
	struct xdoc *d;
	size_t n = 0;
	int fd;
	assert_ok(ruleset_read(read_all(&json, rules_path), rules_path, a, &rules, &e), &e);
	assert_ok(file_open_read(file, &fd, &e), &e);
	assert_ok(xdoc_open(source_fd(&fd), file, &d, &e), &e);
	for (bool more;;) {
		assert_ok(xdoc_next(d, &more, &e), &e);
		if (!more)
			break;
		assert_ok(ruleset_run(rules, d, clock_day(), scratch, count_breach, &n, &e), &e);
	}
	xdoc_close(d);
	(void)close(fd);
	return n;
}

/* The columns of the next line; false at the end. */
static bool next_row(struct str_split *it, str columns[4])
{
	str line;
	if (!str_next(it, &line) || !line.n)
		return false;
	struct str_split parts = str_split_on(line, '\t');
	for (size_t i = 0; i < 4; i++)
		if (!str_next(&parts, &columns[i]))
			columns[i] = STR("");
	return true;
}

static void meta_tests(void **state)
{
	(void)state;
	const char *shared = shared_or_skip();
	char path[512], rules[512], file[512];
	AUTO_BUF text = BUF_INIT(1 << 20);
	snprintf(path, sizeof path, "%s/data/iati/conformance/ruleset-meta.tsv", shared);
	struct str_split it = str_split_on(read_all(&text, path), '\n');
	str c[4];
	size_t n = 0, wrong = 0;
	assert_true(next_row(&it, c));
	for (; next_row(&it, c); n++) {
		snprintf(rules, sizeof rules, "%s/data/iati/conformance/ruleset-meta/%.*s", shared, STR_ARG(c[0]));
		snprintf(file, sizeof file, "%s/data/iati/conformance/ruleset-meta/%.*s", shared, STR_ARG(c[1]));
		bool holds = breaches(rules, file) == 0;
		if (holds == str_is(c[2], "true"))
			continue;
		print_error("%.*s on %.*s: %s, want %.*s\n", STR_ARG(c[0]), STR_ARG(c[1]), holds ? "true" : "false", STR_ARG(c[2]));
		wrong++;
	}
	assert_int_equal(n, 46);
	assert_int_equal(wrong, 0);
}

static void schema_tests(void **state)
{
	(void)state;
	const char *shared = shared_or_skip();
	static const char *const names[] = {
	    "iati-activities-schema.xsd", "iati-organisations-schema.xsd", "iati-registry-record-schema.xsd"};
	struct xsd *schemas[3];
	struct err e = {0};
	char path[512];
	AUTO_BUF text = BUF_INIT(1 << 20);
	for (size_t i = 0; i < 3; i++) {
		snprintf(path, sizeof path, "%s/%s", XSD_FOLDER, names[i]);
		assert_ok(xsd_load(path, &schemas[i], &e), &e);
	}
	snprintf(path, sizeof path, "%s/data/iati/conformance/schema-2.03.tsv", shared);
	struct str_split it = str_split_on(read_all(&text, path), '\n');
	str c[4];
	size_t n = 0, wrong = 0;
	assert_true(next_row(&it, c));
	for (; next_row(&it, c); n++) {
		AUTO_ARENA a = arena_new(4 << 20);
		struct xsd_result result;
		size_t which = str_is(c[2], names[0]) ? 0 : str_is(c[2], names[1]) ? 1 : 2;
		int fd;
		snprintf(path, sizeof path, "%s/data/iati/conformance/schema-2.03/%.*s", shared, STR_ARG(c[0]));
		assert_ok(file_open_read(path, &fd, &e), &e);
		assert_ok(xsd_check(schemas[which], source_fd(&fd), path, a, 5, &result, &e), &e);
		(void)close(fd);
		if ((result.total == 0) == str_is(c[1], "pass"))
			continue;
		print_error("%.*s: %zu faults, want %.*s\n", STR_ARG(c[0]), result.total, STR_ARG(c[1]));
		wrong++;
	}
	for (size_t i = 0; i < 3; i++)
		xsd_free(schemas[i]);
	assert_int_equal(n, 455);
	assert_int_equal(wrong, 0);
}

/* ---- published files ---- */

/* What we found in one file, by rule, as the verdicts have it: "rule id:severity", once for an activity. */
struct found {
	struct arena *a;
	VEC(str) items; /* "activity\trule" */
};

/* These depend on lists that the official service asks elsewhere. */
static bool is_comparable(str rule)
{
	static const char *const apart[] = {"1.14.8", "1.18.8", "1.3.13", "1.14.13", "1.8.13", "1.10.13", "1.12.13", "1.16.13", "1.1.2"};
	for (size_t i = 0; i < sizeof apart / sizeof *apart; i++)
		if (str_is(rule, apart[i]))
			return false;
	return !str_is(rule, "schema") && !str_is(rule, "codelist");
}

static bool has_item(const struct found *f, str item)
{
	for (size_t i = 0; i < f->items.n; i++)
		if (str_eq(f->items.p[i], item))
			return true;
	return false;
}

static void on_finding(void *ctx, const struct iati_finding *x)
{
	struct found *f = ctx;
	if (!is_comparable(str_of(x->rule)))
		return;
	str item = arena_fmt(f->a, "%.*s\t%s:%s", STR_ARG(x->activity), x->rule, x->severity == IATI_ERROR ? "error" : "warning");
	if (has_item(f, item))
		return;
	str *slot = VEC_ADD(&f->items, f->a);
	assert_non_null(slot);
	*slot = item;
}

/* Items of the verdict that we lack, and items that we have too many. */
static size_t differences(const struct json *verdict, const struct found *f, struct arena *a)
{
	const struct json *by = json_get(verdict, "by_activity");
	struct found want = {.a = a};
	for (size_t i = 0; by && i < by->n; i++) {
		for (size_t k = 0; k < by->items[i].n; k++) {
			str rule = json_text(&by->items[i].items[k]);
			ptrdiff_t colon = str_find_char(rule, ':');
			if (!is_comparable(str_sub(rule, 0, colon < 0 ? rule.n : (size_t)colon)))
				continue;
			str *slot = VEC_ADD(&want.items, a);
			*slot = arena_fmt(a, "%.*s\t%.*s", STR_ARG(str_trim(by->keys[i])), STR_ARG(rule));
		}
	}
	size_t n = 0;
	for (size_t i = 0; i < want.items.n; i++)
		if (!has_item(f, want.items.p[i]) && ++n)
			print_error("missing %.*s\n", STR_ARG(want.items.p[i]));
	for (size_t i = 0; i < f->items.n; i++)
		if (!has_item(&want, f->items.p[i]) && ++n)
			print_error("too many %.*s\n", STR_ARG(f->items.p[i]));
	return n;
}

static void published_files(void **state)
{
	(void)state;
	const char *shared = shared_or_skip();
	char path[512];
	AUTO_BUF text = BUF_INIT(16 << 20);
	struct err e = {0};
	size_t files = 0, wrong = 0, activities = 0;
	snprintf(path, sizeof path, "%s/data/iati/conformance/real-findings.jsonl", shared);
	struct str_split it = str_split_on(str_trim(read_all(&text, path)), '\n');
	for (str line; str_next(&it, &line); files++) {
		AUTO_ARENA a = arena_new(256 << 20);
		const struct json *verdict;
		struct json_limits limits = {.max_bytes = 16 << 20};
		assert_ok(json_read(line, "real-findings.jsonl", &limits, a, &verdict, &e), &e);
		str file = json_text(json_get(verdict, "file"));
		if (getenv("GRUTTO_QUICK") && str_find(file, STR("combined")) >= 0)
			continue;
		snprintf(path, sizeof path, "%s/data/iati/%.*s", shared, STR_ARG(file));
		struct found f = {.a = a};
		struct iati_check_result result;
		assert_ok(iati_check(path, clock_day(), on_finding, &f, &result, &e), &e);
		activities += result.activities;
		size_t n = differences(verdict, &f, a);
		if (n)
			print_error("%s: %zu differences\n", path, n);
		wrong += n;
	}
	assert_int_equal(files, 69);
	assert_int_equal(activities, 2804);
	assert_int_equal(wrong, 0);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest quick[] = {cmocka_unit_test(meta_tests), cmocka_unit_test(schema_tests)};
	const struct CMUnitTest slow[] = {cmocka_unit_test(published_files)};
	(void)argv;
	return argc > 1 ? test_run(slow) : test_run(quick);
}
