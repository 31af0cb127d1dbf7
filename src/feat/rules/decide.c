#include "feat/rules/decide.h"
#include "feat/rules/explain.h"
#include "feat/rules/json_value.h"

enum { MS_OF_DAY = 86400000 };

static bool is_callable(const struct dmn_element *x)
{
	return x->kind == DMN_DECISION || x->kind == DMN_SERVICE || x->kind == DMN_KNOWLEDGE;
}

enum err_code decide_find(struct decide_job *j, const char *name, struct err *e)
{
	AUTO_BUF names = BUF_INIT(400);
	size_t n = dmn_count(j->loaded->set), decisions = 0;
	j->element = name ? dmn_find(j->loaded->set, j->loaded->model, str_of(name)) : -1;
	if (j->element >= 0 && is_callable(dmn_element(j->loaded->set, j->element)))
		return ERR_OK;
	for (size_t i = 0; i < n; i++) {
		const struct dmn_element *x = dmn_element(j->loaded->set, (int32_t)i);
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
static const struct feel_type *type_of(const struct decide_job *j, str name)
{
	size_t n;
	const int32_t *inputs = dmn_inputs_of(j->loaded->set, j->element, &n);
	for (size_t i = 0; i < n; i++)
		if (str_eq(dmn_input_name(j->loaded->set, j->loaded->model, inputs[i]), name))
			return dmn_type_of(j->loaded->set, inputs[i]);
	int32_t other = dmn_find(j->loaded->set, j->loaded->model, name);
	return other >= 0 ? dmn_type_of(j->loaded->set, other) : NULL;
}

enum err_code decide_input(struct decide_job *j, const struct json *root, const char *file, struct err *e)
{
	if (root->kind != JSON_IS_OBJECT) {
		(void)fail(e, ERR_INVALID, "decide.input", "an object with a member for each input was expected, not a %s",
		    json_kind_name(root->kind));
		return err_at(e, file, root->line, root->col);
	}
	j->given = ARENA_ARRAY(j->a, root->n, struct dmn_given);
	if (!j->given)
		return arena_fail(j->a, e);
	j->n_given = 0;
	for (size_t i = 0; i < root->n; i++)
		j->given[j->n_given++] = (struct dmn_given){.name = root->keys[i],
		    .value = json_value(&root->items[i], type_of(j, root->keys[i]), j->loaded->zones, j->a),
		    .source = arena_fmt(j->a, "%s:%u", file, root->items[i].line)};
	return ERR_OK;
}

enum err_code decide_input_text(struct decide_job *j, str text, const char *file, struct err *e)
{
	const struct json *root;
	const struct json_limits limits = {.max_bytes = DECIDE_JSON_MOST};
	TRY(json_read(text, file, &limits, j->a, &root, e));
	return decide_input(j, root, file, e);
}

void decide_at(struct decide_job *j, int64_t utc_ms)
{
	int64_t day = utc_ms / MS_OF_DAY - (utc_ms % MS_OF_DAY < 0);
	j->options.now = (fval){.kind = FEEL_DATE_TIME, .day = day, .nanos = (utc_ms - day * MS_OF_DAY) * 1000000, .zone = 0};
}

enum err_code decide_run(struct decide_job *j, struct err *e)
{
	struct dmn_run *run = dmn_run_new(j->a, j->loaded->set);
	if (!run)
		return arena_fail(j->a, e);
	TRY(dmn_decide(run, j->a, j->element, j->given, j->n_given, &j->options, &j->outcome, e));
	return dmn_missing(j->loaded->set, j->a, j->element, j->given, j->n_given, &j->options, &j->outcome, e);
}

static enum err_code write_texts(struct json_writer *w, const struct explain_case *c, struct err *e)
{
	static const char *const codes[] = {[EXPLAIN_EN] = "en", [EXPLAIN_NL] = "nl", [EXPLAIN_FR] = "fr"};
	jw_key(w, "sentences");
	jw_object(w);
	for (int l = EXPLAIN_EN; l <= EXPLAIN_FR; l++) {
		AUTO_BUF text = BUF_INIT(DECIDE_JSON_MOST);
		TRY(explain_text(&text, c, (enum explain_language)l, e));
		jw_key(w, codes[l]);
		jw_str(w, str_trim(buf_str(&text)));
	}
	jw_object_end(w);
	return ERR_OK;
}

static void write_missing(struct json_writer *w, const struct decide_job *j)
{
	jw_key(w, "missing");
	jw_array(w);
	for (size_t i = 0; i < j->outcome.n_missing; i++)
		jw_str(w, dmn_input_name(j->loaded->set, j->loaded->model, j->outcome.missing[i]));
	jw_array_end(w);
}

void decide_write(struct json_writer *w, const struct decide_job *j)
{
	const struct dmn_outcome *o = &j->outcome;
	jw_key(w, "status");
	jw_str(w, o->undetermined ? STR("undetermined") : STR("decided"));
	jw_key(w, "value");
	explain_value(w, j->loaded->zones, o->value);
	jw_key(w, "cause");
	explain_cause(w, o->value);
	write_missing(w, j);
}

enum err_code decide_write_explanation(struct json_writer *w, const struct decide_job *j, struct err *e)
{
	struct explain_case c = {.set = j->loaded->set, .model = j->loaded->model, .zones = j->loaded->zones,
	    .element = j->element, .given = j->given, .n_given = j->n_given, .outcome = &j->outcome, .arena = j->a, .words = j->words};
	TRY(dmn_changes(j->loaded->set, j->a, j->element, j->given, j->n_given, &j->options, &j->outcome, &c.changes,
	    &c.n_changes, e));
	jw_key(w, "explanation");
	TRY(explain_json(w, &c, e));
	return write_texts(w, &c, e);
}

enum err_code decide_outcome(const struct decide_job *j, str *ret, struct err *e)
{
	const struct dmn_outcome *o = &j->outcome;
	AUTO_BUF out = BUF_INIT(DECIDE_JSON_MOST);
	struct json_writer w;
	jw_begin_buf(&w, &out);
	jw_object(&w);
	jw_key(&w, "status");
	jw_str(&w, o->undetermined ? STR("undetermined") : STR("decided"));
	jw_key(&w, "value");
	explain_value(&w, j->loaded->zones, o->value);
	jw_key(&w, "cause");
	if (o->value.kind == FEEL_NULL && o->value.cause) {
		jw_object(&w);
		jw_key(&w, "id");
		jw_str(&w, str_of(o->value.cause->id));
		jw_key(&w, "text");
		jw_str(&w, o->value.cause->text);
		jw_object_end(&w);
	} else {
		jw_null(&w);
	}
	write_missing(&w, j);
	jw_object_end(&w);
	TRY(jw_finish(&w, e));
	*ret = arena_str(j->a, buf_str(&out));
	return ret->p ? ERR_OK : arena_fail(j->a, e);
}
