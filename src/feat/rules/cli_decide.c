#include "feat/rules/explain.h"
#include "feat/rules/json_value.h"
#include "feat/rules/load.h"
#include "feat/rules/rules.h"

#include "base/date.h"
#include "engine/feel/time.h"

enum { DECIDE_BYTES = 1024 << 20, INPUT_BYTES = 64 << 20, OUTPUT_BYTES = 64 << 20 };

enum { OPT_DECISION, OPT_INPUT, OPT_AS_OF, OPT_EXPLAIN, OPT_STRICT, OPT_LENIENT, OPTS };

struct job {
	struct app_env *env;
	struct arena *a;
	struct rules_loaded loaded;
	int32_t element;
	struct dmn_given *given;
	size_t n_given;
	struct dmn_options options;
	struct dmn_outcome outcome;
	const char *input_file;
};

static bool is_callable(const struct dmn_element *x)
{
	return x->kind == DMN_DECISION || x->kind == DMN_SERVICE || x->kind == DMN_KNOWLEDGE;
}

static enum err_code find_decision(struct job *j, const char *name, struct err *e)
{
	AUTO_BUF names = BUF_INIT(400);
	size_t n = dmn_count(j->loaded.set), decisions = 0;
	j->element = name ? dmn_find(j->loaded.set, j->loaded.model, str_of(name)) : -1;
	if (j->element >= 0 && is_callable(dmn_element(j->loaded.set, j->element)))
		return ERR_OK;
	for (size_t i = 0; i < n; i++) {
		const struct dmn_element *x = dmn_element(j->loaded.set, (int32_t)i);
		if (x->kind != DMN_DECISION)
			continue;
		buf_addf(&names, "%s\"%.*s\"", decisions++ ? ", " : "", STR_ARG(x->name));
		if (!name && decisions == 1)
			j->element = (int32_t)i;
	}
	if (!name && decisions == 1)
		return ERR_OK;
	return fail(e, ERR_NOT_FOUND, "decide.decision", "%s%s%s; the model decides %.*s", name ? "there is no decision \"" : "",
	    name ? name : "--decision is needed", name ? "\"" : "", STR_ARG(buf_str(&names)));
}

/* The type by which an input or a given decision of that name is read. */
static const struct feel_type *type_of(const struct job *j, str name)
{
	size_t n;
	const int32_t *inputs = dmn_inputs_of(j->loaded.set, j->element, &n);
	for (size_t i = 0; i < n; i++)
		if (str_eq(dmn_input_name(j->loaded.set, j->loaded.model, inputs[i]), name))
			return dmn_type_of(j->loaded.set, inputs[i]);
	int32_t other = dmn_find(j->loaded.set, j->loaded.model, name);
	return other >= 0 ? dmn_type_of(j->loaded.set, other) : NULL;
}

/* The file is an object: a member for each input. "$source" may name where all come from. */
static enum err_code read_input(struct job *j, const char *path, struct err *e)
{
	const struct json *root;
	AUTO_BUF text = BUF_INIT(INPUT_BYTES);
	const struct json_limits limits = {.max_bytes = INPUT_BYTES};
	j->input_file = path;
	if (!path)
		return ERR_OK;
	TRY(file_read(path, &text, e));
	TRY(json_read(buf_str(&text), path, &limits, j->a, &root, e));
	if (root->kind != JSON_IS_OBJECT) {
		(void)fail(e, ERR_INVALID, "decide.input", "an object with a member for each input was expected, not a %s",
		    json_kind_name(root->kind));
		return err_at(e, path, root->line, root->col);
	}
	j->given = ARENA_ARRAY(j->a, root->n, struct dmn_given);
	if (!j->given)
		return arena_fail(j->a, e);
	for (size_t i = 0; i < root->n; i++)
		j->given[j->n_given++] = (struct dmn_given){.name = root->keys[i],
		    .value = json_value(&root->items[i], type_of(j, root->keys[i]), j->loaded.zones, j->a),
		    .source = arena_fmt(j->a, "%s:%u", path, root->items[i].line)};
	return ERR_OK;
}

static enum err_code as_of(struct job *j, const char *text, struct err *e)
{
	date d;
	if (!text) {
		int64_t ms = clock_now_ms(&j->env->clock);
		int64_t day = ms / 86400000 - (ms % 86400000 < 0);
		j->options.now = (fval){.kind = FEEL_DATE_TIME, .day = day, .nanos = (ms - day * 86400000) * 1000000, .zone = 0};
		return ERR_OK;
	}
	if (!date_parse(str_of(text), &d))
		return fail(e, ERR_INVALID, "decide.as-of", "--as-of takes a date such as 2008-07-01, not %s", text);
	j->options.now = (fval){.kind = FEEL_DATE_TIME, .day = d.day, .zone = 0};
	return ERR_OK;
}

static enum err_code write_texts(struct json_writer *w, const struct explain_case *c, struct err *e)
{
	static const char *const codes[] = {[EXPLAIN_EN] = "en", [EXPLAIN_NL] = "nl", [EXPLAIN_FR] = "fr"};
	jw_key(w, "sentences");
	jw_object(w);
	for (int l = EXPLAIN_EN; l <= EXPLAIN_FR; l++) {
		AUTO_BUF text = BUF_INIT(OUTPUT_BYTES);
		TRY(explain_text(&text, c, (enum explain_language)l, e));
		jw_key(w, codes[l]);
		jw_str(w, str_trim(buf_str(&text)));
	}
	jw_object_end(w);
	return ERR_OK;
}

static enum err_code write_outcome(struct json_writer *w, const struct job *j, struct err *e)
{
	const struct dmn_outcome *o = &j->outcome;
	const struct explain_case c = {.set = j->loaded.set, .model = j->loaded.model, .zones = j->loaded.zones,
	    .element = j->element, .given = j->given, .n_given = j->n_given, .outcome = o, .arena = j->a};
	jw_object(w);
	jw_key(w, "model");
	jw_str(w, j->loaded.model->name);
	jw_key(w, "decision");
	jw_str(w, dmn_element(j->loaded.set, j->element)->name);
	jw_key(w, "mode");
	jw_str(w, j->options.mode == DMN_STRICT ? STR("strict") : STR("lenient"));
	jw_key(w, "status");
	jw_str(w, o->undetermined ? STR("undetermined") : STR("decided"));
	jw_key(w, "value");
	explain_value(w, j->loaded.zones, o->value);
	jw_key(w, "cause");
	explain_cause(w, o->value);
	jw_key(w, "missing");
	jw_array(w);
	for (size_t i = 0; i < o->n_missing; i++)
		jw_str(w, dmn_input_name(j->loaded.set, j->loaded.model, o->missing[i]));
	jw_array_end(w);
	if (j->options.explain) {
		jw_key(w, "explanation");
		TRY(explain_json(w, &c, e));
		TRY(write_texts(w, &c, e));
	}
	jw_object_end(w);
	return ERR_OK;
}

static enum err_code decide(struct job *j, const char *model, const struct app_option *options, struct err *e)
{
	TRY(rules_load(model, j->a, &j->loaded, e));
	if (j->options.mode == DMN_STRICT)
		TRY(rules_first_fault(&j->loaded, e));
	TRY(find_decision(j, options[OPT_DECISION].value, e));
	TRY(as_of(j, options[OPT_AS_OF].value, e));
	TRY(read_input(j, options[OPT_INPUT].value, e));
	struct dmn_run *run = dmn_run_new(j->a, j->loaded.set);
	if (!run)
		return arena_fail(j->a, e);
	return dmn_decide(run, j->a, j->element, j->given, j->n_given, &j->options, &j->outcome, e);
}

static enum err_code print_outcome(struct job *j, struct err *e)
{
	AUTO_BUF out = BUF_INIT(OUTPUT_BYTES);
	struct json_writer w;
	jw_begin_buf(&w, &out);
	w.indent = 2;
	enum err_code code = write_outcome(&w, j, e);
	struct err late;
	enum err_code closed = code == ERR_OK ? jw_finish(&w, e) : jw_finish(&w, &late);
	TRY(code);
	TRY(closed);
	buf_addc(&out, '\n');
	TRY(buf_check(&out, e));
	return app_write(j->env, buf_str(&out), e);
}

int rules_cmd_decide(struct app_env *env, int argc, char **argv)
{
	struct app_option options[OPTS + 1] = {[OPT_DECISION] = {.name = "decision"}, [OPT_INPUT] = {.name = "input"},
	    [OPT_AS_OF] = {.name = "as-of"}, [OPT_EXPLAIN] = {.name = "explain", .flag = true},
	    [OPT_STRICT] = {.name = "strict", .flag = true}, [OPT_LENIENT] = {.name = "lenient", .flag = true}};
	struct app_args args;
	struct err e;
	AUTO_ARENA a = arena_new(DECIDE_BYTES);
	struct job j = {.env = env, .a = a};
	if (app_parse(argc, argv, options, &args, &e) != ERR_OK)
		return app_usage(env, "%s", e.detail);
	if (args.n != 1 || (options[OPT_STRICT].value && options[OPT_LENIENT].value) || !a)
		return app_usage(env, "decide MODEL.dmn --decision NAME --input FILE.json [--as-of DATE] [--explain] "
		    "[--strict|--lenient]");
	j.options.mode = options[OPT_LENIENT].value ? DMN_LENIENT : DMN_STRICT;
	j.options.explain = options[OPT_EXPLAIN].value != NULL;
	if (decide(&j, args.v[0], options, &e) != ERR_OK || print_outcome(&j, &e) != ERR_OK)
		return app_report(env, &e);
	return j.outcome.undetermined ? 1 : 0;
}
