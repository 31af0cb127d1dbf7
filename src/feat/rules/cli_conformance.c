#include "codec/json.h"
#include "feat/rules/rules.h"
#include "feat/rules/tck.h"

enum { REPORT_BYTES = 1024 << 20, TEXT_BYTES = 64 << 20 };

static const char *const results[] = {"passed", "failed", "error", "skipped"};

static double percent(size_t n, size_t of)
{
	return of ? 100.0 * (double)n / (double)of : 100.0;
}

static void write_text(struct buf *b, const struct tck_report *r)
{
	const struct tck_totals *t = &r->totals;
	vec_each(s, &r->suites) {
		size_t passed = 0;
		vec_each(c, &s->cases)
			passed += c->result == TCK_PASSED;
		buf_addf(b, "%-60.*s %5zu of %5zu passed, %zu failed\n", STR_ARG(s->name), passed, s->cases.n,
		    s->cases.n - passed);
		vec_each(c, &s->cases)
			if (c->result != TCK_PASSED)
				buf_addf(b, "    %s %.*s: %.*s\n", results[c->result], STR_ARG(c->id), STR_ARG(c->why));
	}
	buf_addf(b, "\n%zu suites, %zu cases: %zu passed, %zu failed\n", t->suites, t->cases, t->passed, t->cases - t->passed);
	buf_addf(b, "%-44s %8s  %s\n", "", "Grutto", "null to everything");
	buf_addf(b, "%-44s %7.2f%%  %7.2f%%\n", "all cases", percent(t->passed, t->cases), percent(t->null_passed, t->cases));
	buf_addf(b, "%-44s %7.2f%%  %7.2f%%\n", "cases with a non-null expectation",
	    percent(t->non_null_passed, t->non_null), 0.0);
	buf_addf(b, "%-44s %7.2f%%  %7.2f%%\n", "mean over suites", 100 * t->macro, 100 * t->null_macro);
}

static void write_rates(struct json_writer *w, const char *key, double all, double non_null, double macro)
{
	char text[40];
	const struct {
		const char *name;
		double v;
	} rates[] = {{"all", all}, {"non_null", non_null}, {"suite_mean", macro}};
	jw_key(w, key);
	jw_object(w);
	for (size_t i = 0; i < 3; i++) {
		(void)snprintf(text, sizeof text, "%.6f", rates[i].v);
		jw_key(w, rates[i].name);
		jw_decimal(w, str_of(text));
	}
	jw_object_end(w);
}

static void write_json(struct json_writer *w, const struct tck_report *r)
{
	const struct tck_totals *t = &r->totals;
	jw_object(w);
	jw_key(w, "suites");
	jw_array(w);
	vec_each(s, &r->suites) {
		jw_object(w);
		jw_key(w, "suite");
		jw_str(w, s->name);
		jw_key(w, "cases");
		jw_array(w);
		vec_each(c, &s->cases) {
			jw_object(w);
			jw_key(w, "id");
			jw_str(w, c->id);
			jw_key(w, "result");
			jw_str(w, str_of(results[c->result]));
			jw_key(w, "non_null");
			jw_bool(w, c->non_null);
			jw_key(w, "why");
			jw_str(w, c->why);
			jw_object_end(w);
		}
		jw_array_end(w);
		jw_object_end(w);
	}
	jw_array_end(w);
	jw_key(w, "totals");
	jw_object(w);
	const struct {
		const char *name;
		size_t n;
	} counts[] = {{"suites", t->suites}, {"cases", t->cases}, {"passed", t->passed}, {"failed", t->cases - t->passed},
	    {"non_null", t->non_null}, {"non_null_passed", t->non_null_passed}};
	for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
		jw_key(w, counts[i].name);
		jw_i64(w, (int64_t)counts[i].n);
	}
	write_rates(w, "rates", percent(t->passed, t->cases) / 100, percent(t->non_null_passed, t->non_null) / 100, t->macro);
	write_rates(w, "null_engine", percent(t->null_passed, t->cases) / 100, 0, t->null_macro);
	jw_object_end(w);
	jw_object_end(w);
}

int rules_cmd_conformance(struct app_env *env, int argc, char **argv)
{
	struct app_option options[] = {{.name = "format"}, {0}};
	struct app_args args;
	struct err e;
	struct tck_report report;
	AUTO_ARENA a = arena_new(REPORT_BYTES);
	AUTO_BUF out = BUF_INIT(TEXT_BYTES);
	if (app_parse(argc, argv, options, &args, &e) != ERR_OK)
		return app_usage(env, "%s", e.detail);
	bool json = options[0].value && strcmp(options[0].value, "json") == 0;
	if (args.n != 2 || strcmp(args.v[0], "dmn") != 0 || (options[0].value && !json && strcmp(options[0].value, "text") != 0))
		return app_usage(env, "conformance dmn DIR [--format json|text]");
	if (!a || tck_run(args.v[1], a, &report, &e) != ERR_OK)
		return app_report(env, &e);
	if (json) {
		struct json_writer w;
		jw_begin_buf(&w, &out);
		write_json(&w, &report);
		if (jw_finish(&w, &e) != ERR_OK)
			return app_report(env, &e);
		buf_addc(&out, '\n');
	} else {
		write_text(&out, &report);
	}
	if (buf_check(&out, &e) != ERR_OK || app_write(env, buf_str(&out), &e) != ERR_OK)
		return app_report(env, &e);
	return report.totals.passed == report.totals.cases ? 0 : 1;
}
