/* grutto decide: one decision, of a file or of a stored model. */
#include "feat/rules/rules.h"

#include "codec/json.h"
#include "db/db.h"
#include "feat/rules/cli_db.h"
#include "feat/rules/decide.h"
#include "feat/rules/labels.h"
#include "feat/rules/record.h"

enum { DECIDE_BYTES = 1024 << 20, INPUT_BYTES = 64 << 20, OUTPUT_BYTES = 64 << 20, MS_OF_DAY = 86400000 };

enum { OPT_DECISION, OPT_INPUT, OPT_AS_OF, OPT_EXPLAIN, OPT_STRICT, OPT_LENIENT, OPT_MODEL, OPT_VERSION, OPT_RECORD, OPT_BY, OPT_KNOWN, OPTS };

static const char usage[] =
    "decide MODEL.dmn|DB [--model KEY|--version HASH] --decision NAME --input FILE.json [--as-of DATE] [--known DATE] [--explain] "
    "[--strict|--lenient] [--record CASE --by WHO]";

struct job {
	struct app_env *env;
	struct arena *a;
	const char *options[OPTS];
	int64_t now_ms, as_of_ms;
	struct rules_loaded loaded;
	const struct rules_version *version; /* NULL: a file */
	str pins, input, outcome;
	struct decide_job d;
	struct rules_labels labels;
	struct explain_words words;
	uid record;
};

static enum err_code read_input(struct job *j, struct err *e)
{
	const char *path = j->options[OPT_INPUT];
	AUTO_BUF text = BUF_INIT(INPUT_BYTES);
	j->input = STR("{}");
	if (!path)
		return ERR_OK;
	TRY(file_read(path, &text, e));
	j->input = arena_str(j->a, buf_str(&text));
	if (!j->input.p)
		return arena_fail(j->a, e);
	return decide_input_text(&j->d, j->input, path, e);
}

static enum err_code write_outcome(struct json_writer *w, const struct job *j, struct err *e)
{
	jw_object(w);
	jw_key(w, "model");
	jw_str(w, j->loaded.model->name);
	if (j->version) {
		jw_key(w, "version");
		jw_str(w, str_of(j->version->hex));
	}
	jw_key(w, "decision");
	jw_str(w, dmn_element(j->loaded.set, j->d.element)->name);
	jw_key(w, "mode");
	jw_str(w, j->d.options.mode == DMN_STRICT ? STR("strict") : STR("lenient"));
	decide_write(w, &j->d);
	if (uid_is(j->record)) {
		AUTO_BUF id = BUF_INIT(64);
		buf_add_uid(&id, j->record);
		jw_key(w, "record");
		jw_str(w, buf_str(&id));
	}
	if (j->options[OPT_EXPLAIN])
		TRY(decide_write_explanation(w, &j->d, e));
	jw_object_end(w);
	return ERR_OK;
}

/* The model is loaded: decide. */
static enum err_code decide(struct job *j, struct err *e)
{
	j->d.loaded = &j->loaded;
	j->d.a = j->a;
	if (j->d.options.mode == DMN_STRICT)
		TRY(rules_first_fault(&j->loaded, e));
	TRY(decide_find(&j->d, j->options[OPT_DECISION], e));
	TRY(read_input(j, e));
	decide_at(&j->d, j->as_of_ms);
	TRY(decide_run(&j->d, e));
	return decide_outcome(&j->d, &j->outcome, e);
}

/* The explanation as it is stored: what --explain prints. */
static enum err_code explanation(struct job *j, struct buf *out, struct err *e)
{
	struct json_writer w;
	jw_begin_buf(&w, out);
	jw_object(&w);
	TRY(decide_write_explanation(&w, &j->d, e));
	jw_object_end(&w);
	return jw_finish(&w, e);
}

static enum err_code keep(struct job *j, struct rules_opened *o, struct err *e)
{
	AUTO_BUF why = BUF_INIT(RECORD_JSON_MOST);
	struct uid_maker uids = {.clock = j->env->clock, .rng = j->env->rng};
	TRY(explanation(j, &why, e));
	const struct rules_act act = {.db = o->db, .programme = o->programme, .uids = &uids, .now_ms = j->now_ms,
	    .actor = STR("command:decide")};
	const struct rules_record r = {.case_ref = str_of(j->options[OPT_RECORD]), .made_ms = j->now_ms,
	    .as_of_ms = j->as_of_ms, .key = j->version->key, .pins = j->pins,
	    .decision = dmn_element(j->loaded.set, j->d.element)->name, .strict = j->d.options.mode == DMN_STRICT,
	    .input = j->input, .outcome = j->outcome, .explanation = buf_str(&why), .actor = str_of(j->options[OPT_BY])};
	AUTO_TX tx = {0};
	TRY(db_begin(o->db, &tx, e));
	TRY(rules_record_add(&act, &r, &j->record, e));
	return db_commit(&tx, e);
}

static enum err_code decide_stored(struct job *j, const char *location, struct err *e)
{
	AUTO_OPENED o = {0};
	struct rules_bound b;
	date day = date_of_instant(j->as_of_ms);
	TRY(rules_open_db(&o, location, j->options[OPT_RECORD] != NULL, j->a, e));
	TRY(rules_known_option(&o, j->options[OPT_KNOWN], j->a, e));
	TRY(rules_choose(o.registry, j->options[OPT_MODEL], j->options[OPT_VERSION], day, &j->version, e));
	TRY(rules_bind(o.db, o.registry, j->version, day, NULL, j->a, &b, e));
	if (j->options[OPT_RECORD] && j->version->state != RULES_PUBLISHED)
		return fail(e, ERR_INVALID, "record.state", "version %s is %s; a case is decided by published rules",
		    j->version->hex, rules_state_name(j->version->state));
	TRY(programme_view_load(o.db, j->a, &j->labels.programme, e));
	j->labels.model = j->version->key;
	j->words = rules_labels_words(&j->labels);
	j->d.words = &j->words;
	j->loaded = b.loaded;
	j->pins = b.pins;
	TRY(decide(j, e));
	return j->options[OPT_RECORD] ? keep(j, &o, e) : ERR_OK;
}

static enum err_code decide_file(struct job *j, const char *path, struct err *e)
{
	TRY(rules_load(path, j->a, &j->loaded, e));
	return decide(j, e);
}

static enum err_code print_outcome(struct job *j, struct err *e)
{
	AUTO_BUF out = BUF_INIT(OUTPUT_BYTES);
	struct json_writer w;
	jw_begin_buf(&w, &out);
	w.indent = 2;
	TRY(write_outcome(&w, j, e));
	TRY(jw_finish(&w, e));
	buf_addc(&out, '\n');
	TRY(buf_check(&out, e));
	return app_write(j->env, buf_str(&out), e);
}

/* Options that do not go together; NULL: all is well. */
static const char *mismatch(const struct job *j)
{
	const char *const *o = j->options;
	bool stored = o[OPT_MODEL] || o[OPT_VERSION];
	if (o[OPT_STRICT] && o[OPT_LENIENT])
		return "--strict and --lenient exclude each other";
	if (o[OPT_MODEL] && o[OPT_VERSION])
		return "--model and --version exclude each other";
	if (o[OPT_RECORD] && !stored)
		return "--record keeps decisions of stored models: give a database and --model or --version";
	if (o[OPT_KNOWN] && (!stored || o[OPT_RECORD]))
		return "--known looks back at stored models: give a database and --model or --version, and no --record";
	if (!o[OPT_RECORD] != !o[OPT_BY])
		return "--record and --by go together: which case, and who decides";
	return NULL;
}

static enum err_code run(struct job *j, const char *what, struct err *e)
{
	date day;
	j->now_ms = clock_now_ms(&j->env->clock);
	TRY(rules_day_option("as-of", j->options[OPT_AS_OF], j->now_ms, &day, e));
	j->as_of_ms = j->options[OPT_AS_OF] ? (int64_t)day.day * MS_OF_DAY : j->now_ms;
	if (j->options[OPT_MODEL] || j->options[OPT_VERSION])
		TRY(decide_stored(j, what, e));
	else
		TRY(decide_file(j, what, e));
	return print_outcome(j, e);
}

int rules_cmd_decide(struct app_env *env, int argc, char **argv)
{
	struct app_option options[OPTS + 1] = {[OPT_DECISION] = {.name = "decision"}, [OPT_INPUT] = {.name = "input"},
	    [OPT_AS_OF] = {.name = "as-of"}, [OPT_EXPLAIN] = {.name = "explain", .flag = true},
	    [OPT_STRICT] = {.name = "strict", .flag = true}, [OPT_LENIENT] = {.name = "lenient", .flag = true},
	    [OPT_MODEL] = {.name = "model"}, [OPT_VERSION] = {.name = "version"}, [OPT_RECORD] = {.name = "record"},
	    [OPT_BY] = {.name = "by"}, [OPT_KNOWN] = {.name = "known"}};
	struct app_args args;
	struct err e;
	AUTO_ARENA a = arena_new(DECIDE_BYTES);
	struct job j = {.env = env, .a = a};
	if (app_parse(argc, argv, options, &args, &e) != ERR_OK)
		return app_usage(env, "%s", e.detail);
	for (size_t i = 0; i < OPTS; i++)
		j.options[i] = options[i].value;
	if (args.n != 1 || !a)
		return app_usage(env, "%s", usage);
	if (mismatch(&j))
		return app_usage(env, "decide: %s", mismatch(&j));
	j.d.options.mode = j.options[OPT_LENIENT] ? DMN_LENIENT : DMN_STRICT;
	j.d.options.explain = j.options[OPT_EXPLAIN] || j.options[OPT_RECORD];
	if (run(&j, args.v[0], &e) != ERR_OK)
		return app_report(env, &e);
	return j.d.outcome.undetermined ? 1 : 0;
}
