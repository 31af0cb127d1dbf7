#include "codec/json.h"
#include "engine/dmn/check.h"
#include "feat/rules/load.h"
#include "feat/rules/rules.h"

enum { CHECK_BYTES = 1024 << 20, REPORT_BYTES = 64 << 20, SENTENCE_BYTES = 2000 };

static const char *const ids[] = {
    [DMN_FOUND_GAP] = "table.gap", [DMN_FOUND_OVERLAP] = "table.overlap", [DMN_FOUND_CONFLICT] = "table.conflict",
    [DMN_FOUND_UNREACHABLE] = "table.unreachable", [DMN_FOUND_NO_DEFAULT] = "table.default",
    [DMN_FOUND_UNTESTED] = "table.untested", [DMN_FOUND_UNUSED] = "decision.unused", [DMN_FOUND_TYPE] = "table.type",
    [DMN_FOUND_UNCHECKED] = "table.unchecked"};

/* "Age = 17, Region = any" */
static void write_example(struct buf *b, const struct rules_loaded *l, const struct dmn_finding *f)
{
	for (size_t i = 0; i < f->table->n_inputs; i++) {
		buf_addf(b, "%s%.*s = ", i ? ", " : "", STR_ARG(str_trim(f->table->inputs[i].expression.text)));
		if (f->example[i].kind == FEEL_INTERNAL)
			buf_addz(b, "anything else");
		else
			feel_write(b, l->zones, f->example[i]);
	}
}

static void sentence(struct buf *b, const struct rules_loaded *l, const struct dmn_finding *f)
{
	buf_addf(b, "%.*s: ", STR_ARG(dmn_element(l->set, f->element)->name));
	switch (f->kind) {
	case DMN_FOUND_GAP:
		buf_addz(b, "no rule covers ");
		break;
	case DMN_FOUND_OVERLAP:
		buf_addf(b, "rules %u and %u both match ", f->rule, f->other);
		break;
	case DMN_FOUND_CONFLICT:
		buf_addf(b, "rules %u and %u say different things about ", f->rule, f->other);
		break;
	case DMN_FOUND_UNREACHABLE:
		buf_addf(b, "rule %u never decides: rules before it cover all that it matches", f->rule);
		return;
	case DMN_FOUND_NO_DEFAULT:
		buf_addz(b, "not every input is covered, and there is no default output");
		return;
	case DMN_FOUND_UNTESTED:
		buf_addf(b, "no rule tests the input \"%.*s\"", STR_ARG(f->name));
		return;
	case DMN_FOUND_UNUSED:
		buf_addf(b, "it requires \"%.*s\" but never uses it", STR_ARG(f->name));
		return;
	case DMN_FOUND_TYPE:
		buf_addf(b, "rule %u has a value in the column \"%.*s\" that is not of its type", f->rule, STR_ARG(f->name));
		return;
	case DMN_FOUND_UNCHECKED:
		buf_addz(b, "gaps and overlaps are not known: cells are computed, or the table is too large");
		return;
	}
	write_example(b, l, f);
}

struct report {
	const struct rules_loaded *l;
	struct buf *out;
	struct json_writer *json; /* NULL: text */
	size_t errors, warnings;
};

static void fault(struct report *r, const char *id, bool error, str file, uint32_t line, uint32_t col, str text)
{
	r->errors += error;
	r->warnings += !error;
	if (!r->json) {
		buf_addf(r->out, "%.*s:%u:%u: %s: %.*s [%s]\n", STR_ARG(file), line, col, error ? "error" : "warning",
		    STR_ARG(text), id);
		return;
	}
	jw_object(r->json);
	jw_key(r->json, "id");
	jw_str(r->json, str_of(id));
	jw_key(r->json, "severity");
	jw_str(r->json, error ? STR("error") : STR("warning"));
	jw_key(r->json, "file");
	jw_str(r->json, file);
	jw_key(r->json, "line");
	jw_i64(r->json, line);
	jw_key(r->json, "col");
	jw_i64(r->json, col);
	jw_key(r->json, "text");
	jw_str(r->json, text);
	jw_object_end(r->json);
}

static enum err_code report_all(struct report *r, struct arena *a, struct err *e)
{
	size_t n, n_diags;
	const struct dmn_finding *found;
	const struct dmn_diag *diags = dmn_diags(r->l->set, &n_diags);
	for (size_t i = 0; i < n_diags; i++)
		fault(r, diags[i].id, diags[i].error || str_is(str_of(diags[i].id), "feel.name"), diags[i].file, diags[i].line,
		    diags[i].col, diags[i].text);
	TRY(dmn_check(r->l->set, a, &found, &n, e));
	for (size_t i = 0; i < n; i++) {
		AUTO_BUF b = BUF_INIT(SENTENCE_BYTES);
		sentence(&b, r->l, &found[i]);
		fault(r, ids[found[i].kind], found[i].error, r->l->model->file, found[i].line, 1, buf_str(&b));
	}
	return ERR_OK;
}

static int check(struct app_env *env, const char *path, bool json)
{
	struct err e;
	struct rules_loaded l;
	struct json_writer w;
	AUTO_ARENA a = arena_new(CHECK_BYTES);
	AUTO_BUF out = BUF_INIT(REPORT_BYTES);
	struct report r = {.l = &l, .out = &out, .json = json ? &w : NULL};
	if (!a || rules_load(path, a, &l, &e) != ERR_OK)
		return app_report(env, &e);
	if (json) {
		jw_begin_buf(&w, &out);
		jw_object(&w);
		jw_key(&w, "faults");
		jw_array(&w);
	}
	enum err_code code = report_all(&r, a, &e);
	if (json) {
		struct err late;
		jw_array_end(&w);
		jw_object_end(&w);
		if (jw_finish(&w, &late) != ERR_OK && code == ERR_OK) {
			e = late;
			code = late.code;
		}
		buf_addc(&out, '\n');
	} else {
		buf_addf(&out, "%zu errors, %zu warnings\n", r.errors, r.warnings);
	}
	if (code != ERR_OK || buf_check(&out, &e) != ERR_OK || app_write(env, buf_str(&out), &e) != ERR_OK)
		return app_report(env, &e);
	return r.errors ? 1 : 0;
}

int rules_cmd_check(struct app_env *env, int argc, char **argv)
{
	struct app_option options[] = {{.name = "format"}, {0}};
	struct app_args args;
	struct err e;
	if (app_parse(argc, argv, options, &args, &e) != ERR_OK)
		return app_usage(env, "%s", e.detail);
	bool json = options[0].value && strcmp(options[0].value, "json") == 0;
	if (args.n != 1 || (options[0].value && !json && strcmp(options[0].value, "text") != 0))
		return app_usage(env, "check MODEL.dmn [--format text|json]");
	return check(env, args.v[0], json);
}
