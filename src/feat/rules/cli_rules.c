/* grutto rules …: the registry of decision models. */
#include "feat/rules/rules.h"

#include "codec/json.h"
#include "feat/rules/cli_db.h"
#include "feat/rules/record.h"

enum { RULES_BYTES = 1024 << 20, OUTPUT_BYTES = 128 << 20 };

enum { OPT_AS_OF, OPT_FORMAT, OPT_MODEL, OPT_FROM, OPT_TO, OPT_BASIS, OPT_AUTHOR, OPT_APPROVER, OPT_NOTE, OPT_LINES, OPT_CASE,
	OPT_CONFIRM, OPT_KNOWN, OPTS };

struct task {
	struct app_env *env;
	struct arena *a;
	struct rules_opened o;
	struct buf *out;
	const char *arg;             /* behind DB; NULL: none */
	const char *option[OPTS];
	bool json;
	struct json_writer w;        /* begun when json */
	int status;                  /* what the command ends with when nothing fails */
};

static void add_period(struct buf *b, const struct rules_version *v)
{
	buf_add_date(b, v->valid_from);
	buf_addz(b, " to ");
	if (date_is(v->valid_to))
		buf_add_date(b, v->valid_to);
	else
		buf_addz(b, "open");
}

static void version_json(struct json_writer *w, const struct rules_version *v, bool in_force)
{
	const struct {
		const char *key;
		str value;
	} texts[] = {{"hash", str_of(v->hex)}, {"model", v->key}, {"name", v->name}, {"namespace", v->ns},
	    {"state", str_of(rules_state_name(v->state))}, {"legal_basis", v->legal_basis}, {"author", v->author},
	    {"approver", v->approver}, {"note", v->note}, {"source_line", v->source_line}};
	jw_object(w);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		jw_key(w, texts[i].key);
		jw_str(w, texts[i].value);
	}
	jw_key(w, "version");
	jw_i64(w, v->number);
	jw_key(w, "valid_from");
	jw_date(w, v->valid_from);
	jw_key(w, "valid_to");
	jw_date(w, v->valid_to);
	jw_key(w, "in_force");
	jw_bool(w, in_force);
	const struct {
		const char *key;
		int64_t ms;
	} times[] = {{"proposed", v->proposed_ms}, {"published", v->published_ms}};
	for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
		AUTO_BUF at = BUF_INIT(40);
		buf_add_instant(&at, times[i].ms);
		jw_key(w, times[i].key);
		jw_str(w, times[i].ms ? buf_str(&at) : STR_NONE);
	}
	jw_object_end(w);
}

static enum err_code list(struct task *t, struct err *e)
{
	date day;
	const struct rules_registry *r = t->o.registry;
	TRY(rules_day_option("as-of", t->option[OPT_AS_OF], clock_now_ms(&t->env->clock), &day, e));
	if (t->json)
		jw_array(&t->w);
	for (size_t i = 0; i < r->n; i++) {
		const struct rules_version *v = &r->versions[i];
		bool in_force = rules_in_force(r, v->key, day) == v;
		if (t->option[OPT_AS_OF] && !in_force)
			continue;
		if (t->json) {
			version_json(&t->w, v, in_force);
			continue;
		}
		buf_addf(t->out, "%.12s  %-9s %c %-24.*s version %-3lld ", v->hex, rules_state_name(v->state),
		    in_force ? '*' : ' ', STR_ARG(v->key), (long long)v->number);
		add_period(t->out, v);
		buf_addf(t->out, "  %.*s\n", STR_ARG(v->name));
	}
	if (t->json)
		jw_array_end(&t->w);
	return ERR_OK;
}

/* A key (then the version in force) or a hash. */
static enum err_code named(struct task *t, const struct rules_version **ret, struct err *e)
{
	date day;
	size_t n;
	TRY(rules_day_option("as-of", t->option[OPT_AS_OF], clock_now_ms(&t->env->clock), &day, e));
	bool is_key = rules_versions_of(t->o.registry, str_of(t->arg), &n) != NULL;
	return rules_choose(t->o.registry, t->arg, is_key ? NULL : t->arg, day, ret, e);
}

static enum err_code show(struct task *t, struct err *e)
{
	const struct rules_version *v;
	str text;
	TRY(named(t, &v, e));
	TRY(rules_text(t->o.db, t->o.registry, v, t->a, &text, e)); /* also when it is not printed: it must be whole */
	if (t->json) {
		version_json(&t->w, v, v->state == RULES_PUBLISHED);
		return ERR_OK;
	}
	if (t->option[OPT_FORMAT] && strcmp(t->option[OPT_FORMAT], "dmn") == 0) {
		buf_add(t->out, text);
		return ERR_OK;
	}
	buf_addf(t->out, "%.*s, version %lld (%s)\n%.*s\nhash         %s\nin force     ", STR_ARG(v->key), (long long)v->number,
	    rules_state_name(v->state), STR_ARG(v->name), v->hex);
	add_period(t->out, v);
	buf_addf(t->out, "\nlegal basis  %.*s\nauthor       %.*s\napprover     %.*s\nsource line  %.*s\nnote         %.*s\n",
	    STR_ARG(v->legal_basis), STR_ARG(v->author), STR_ARG(v->approver), STR_ARG(v->source_line), STR_ARG(v->note));
	return ERR_OK;
}

/* ---- changes ---- */

static enum err_code day_of(const char *option, const char *text, date *ret, struct err *e)
{
	if (!text)
		return ERR_OK;
	return rules_day_option(option, text, 0, ret, e);
}

static void tell(struct task *t, const char *done, const char *hex)
{
	if (t->json) {
		jw_object(&t->w);
		jw_key(&t->w, "hash");
		jw_str(&t->w, str_of(hex));
		jw_key(&t->w, "state");
		jw_str(&t->w, str_of(done));
		jw_object_end(&t->w);
	} else {
		buf_addf(t->out, "%s %s\n", done, hex);
	}
}

static struct rules_act act_of(struct task *t, struct uid_maker *uids)
{
	*uids = (struct uid_maker){.clock = t->env->clock, .rng = t->env->rng};
	return (struct rules_act){.db = t->o.db, .programme = t->o.programme, .uids = uids,
	    .now_ms = clock_now_ms(&t->env->clock), .actor = STR("command:rules")};
}

static enum err_code propose(struct task *t, struct err *e)
{
	struct uid_maker uids;
	const struct rules_act act = act_of(t, &uids);
	sha256 hash;
	char hex[65];
	AUTO_BUF text = BUF_INIT(RULES_TEXT_MOST);
	struct rules_proposal p = {.file = str_of(t->arg), .key = str_of(t->option[OPT_MODEL]), .valid_from = DATE_NONE,
	    .valid_to = DATE_NONE, .legal_basis = str_of(t->option[OPT_BASIS]), .author = str_of(t->option[OPT_AUTHOR]),
	    .note = str_of(t->option[OPT_NOTE]), .source_line = str_of(t->option[OPT_LINES])};
	TRY(day_of("valid-from", t->option[OPT_FROM], &p.valid_from, e));
	TRY(day_of("valid-to", t->option[OPT_TO], &p.valid_to, e));
	TRY(file_read(t->arg, &text, e));
	p.text = buf_str(&text);
	AUTO_TX tx = {0};
	TRY(db_begin(t->o.db, &tx, e));
	TRY(rules_propose(&act, &p, t->a, &hash, e));
	TRY(db_commit(&tx, e));
	sha256_hex(hash, hex);
	tell(t, "draft", hex);
	return ERR_OK;
}

static enum err_code withdraw(struct task *t, struct err *e)
{
	struct uid_maker uids;
	const struct rules_act act = act_of(t, &uids);
	const struct rules_version *v;
	TRY(rules_by_hex(t->o.registry, str_of(t->arg), &v, e));
	AUTO_TX tx = {0};
	TRY(db_begin(t->o.db, &tx, e));
	TRY(rules_withdraw(&act, v->hash, str_of(t->option[OPT_NOTE]), t->a, e));
	TRY(db_commit(&tx, e));
	tell(t, "withdrawn", v->hex);
	return ERR_OK;
}

/* ---- decisions made again ---- */

struct telling {
	struct task *t;
	bool all; /* also those that are the same */
};

static enum err_code tell_difference(void *ctx, const struct rules_difference *d, struct err *e)
{
	const struct telling *x = ctx;
	struct task *t = x->t;
	if (d->same && !x->all)
		return ERR_OK;
	if (!t->json) {
		buf_addf(t->out, "%.*s  %.*s / %.*s  %s\n", STR_ARG(d->record->case_ref), STR_ARG(d->record->key),
		    STR_ARG(d->record->decision), d->same ? "the same" : d->why.code ? d->why.detail : "different");
		if (!d->same)
			buf_addf(t->out, "    then: %.*s\n", STR_ARG(d->record->outcome));
		if (!d->same && !d->why.code)
			buf_addf(t->out, "    now:  %.*s\n", STR_ARG(d->outcome));
		return buf_check(t->out, e);
	}
	AUTO_BUF id = BUF_INIT(64);
	buf_add_uid(&id, d->record->id);
	jw_object(&t->w);
	jw_key(&t->w, "record");
	jw_str(&t->w, buf_str(&id));
	jw_key(&t->w, "case");
	jw_str(&t->w, d->record->case_ref);
	jw_key(&t->w, "model");
	jw_str(&t->w, d->record->key);
	jw_key(&t->w, "decision");
	jw_str(&t->w, d->record->decision);
	jw_key(&t->w, "same");
	jw_bool(&t->w, d->same);
	jw_key(&t->w, "then");
	jw_raw(&t->w, d->record->outcome);
	jw_key(&t->w, "now");
	if (d->why.code)
		jw_null(&t->w);
	else
		jw_raw(&t->w, d->outcome);
	jw_key(&t->w, "why");
	jw_str(&t->w, d->why.code ? str_of(d->why.detail) : STR_NONE);
	jw_object_end(&t->w);
	return ERR_OK;
}

static void open_cases(struct task *t)
{
	if (!t->json)
		return;
	jw_object(&t->w);
	jw_key(&t->w, "cases");
	jw_array(&t->w);
}

static void close_cases(struct task *t, const struct rules_rerun_totals *n, const char *what)
{
	if (!t->json) {
		buf_addf(t->out, "%zu recorded decisions, %zu %s, %zu of them different\n", n->seen, n->run, what, n->different);
		return;
	}
	jw_array_end(&t->w);
	jw_key(&t->w, "recorded");
	jw_i64(&t->w, (int64_t)n->seen);
	jw_key(&t->w, "run");
	jw_i64(&t->w, (int64_t)n->run);
	jw_key(&t->w, "different");
	jw_i64(&t->w, (int64_t)n->different);
}

static enum err_code compare_with(struct task *t, const struct rules_version *v, struct rules_rerun_totals *n, struct err *e)
{
	struct telling x = {.t = t};
	open_cases(t);
	TRY(rules_compare(t->o.db, t->o.registry, v, tell_difference, &x, n, e));
	close_cases(t, n, "would have other rules");
	return ERR_OK;
}

static enum err_code compare(struct task *t, struct err *e)
{
	const struct rules_version *v;
	struct rules_rerun_totals n;
	TRY(rules_by_hex(t->o.registry, str_of(t->arg), &v, e));
	if (v->state != RULES_DRAFT)
		return fail(e, ERR_INVALID, "registry.state", "version %s is %s; what would change is asked of a draft", v->hex,
		    rules_state_name(v->state));
	TRY(rules_publishable(t->o.db, t->o.registry, v, t->a, e));
	TRY(compare_with(t, v, &n, e));
	if (t->json)
		jw_object_end(&t->w);
	t->status = n.different ? 1 : 0;
	return ERR_OK;
}

/* What would come out differently is shown first; with differences it takes --confirm. */
static enum err_code publish(struct task *t, struct err *e)
{
	struct uid_maker uids;
	const struct rules_act act = act_of(t, &uids);
	const struct rules_version *v;
	struct rules_rerun_totals n;
	TRY(rules_by_hex(t->o.registry, str_of(t->arg), &v, e));
	AUTO_TX tx = {0};
	TRY(db_begin(t->o.db, &tx, e));
	TRY(rules_publish(&act, v->hash, str_of(t->option[OPT_APPROVER]), t->a, e));
	TRY(compare_with(t, v, &n, e));
	bool done = !n.different || t->option[OPT_CONFIRM];
	if (done)
		TRY(db_commit(&tx, e));
	t->status = done ? 0 : 1;
	if (t->json) {
		jw_key(&t->w, "hash");
		jw_str(&t->w, str_of(v->hex));
		jw_key(&t->w, "published");
		jw_bool(&t->w, done);
		jw_object_end(&t->w);
	} else if (done) {
		buf_addf(t->out, "published %s\n", v->hex);
	} else {
		buf_addz(t->out, "not published: look at the differences, then give --confirm\n");
	}
	return ERR_OK;
}

static enum err_code rerun(struct task *t, struct err *e)
{
	struct telling x = {.t = t};
	struct rules_rerun_totals n;
	open_cases(t);
	TRY(rules_rerun(t->o.db, t->o.registry, str_of(t->option[OPT_CASE]), tell_difference, &x, &n, e));
	close_cases(t, &n, "made again with the rules of their day");
	if (t->json)
		jw_object_end(&t->w);
	t->status = n.different ? 1 : 0;
	return ERR_OK;
}

/* ---- records ---- */

static enum err_code tell_record(void *ctx, const struct rules_record *r, struct err *e)
{
	struct task *t = ctx;
	AUTO_BUF id = BUF_INIT(64);
	AUTO_BUF at = BUF_INIT(64);
	AUTO_BUF as_of = BUF_INIT(64);
	buf_add_uid(&id, r->id);
	buf_add_instant(&at, r->made_ms);
	buf_add_instant(&as_of, r->as_of_ms);
	if (!t->json) {
		buf_addf(t->out, "%.*s  %.*s  %.*s  %.*s / %.*s  %.*s\n", STR_ARG(buf_str(&id)), STR_ARG(buf_str(&at)),
		    STR_ARG(r->case_ref), STR_ARG(r->key), STR_ARG(r->decision), STR_ARG(r->outcome));
		return buf_check(t->out, e);
	}
	const struct {
		const char *key;
		str value;
	} texts[] = {{"record", buf_str(&id)}, {"made", buf_str(&at)}, {"as_of", buf_str(&as_of)}, {"case", r->case_ref},
	    {"model", r->key}, {"models", r->pins}, {"decision", r->decision}, {"by", r->actor},
	    {"mode", r->strict ? STR("strict") : STR("lenient")}};
	jw_object(&t->w);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		jw_key(&t->w, texts[i].key);
		jw_str(&t->w, texts[i].value);
	}
	jw_key(&t->w, "input");
	jw_raw(&t->w, r->input);
	jw_key(&t->w, "outcome");
	jw_raw(&t->w, r->outcome);
	jw_key(&t->w, "why");
	jw_raw(&t->w, r->explanation);
	jw_object_end(&t->w);
	return ERR_OK;
}

static enum err_code records(struct task *t, struct err *e)
{
	if (t->json)
		jw_array(&t->w);
	TRY(rules_records(t->o.db, t->o.programme, str_of(t->option[OPT_CASE]), tell_record, t, e));
	if (t->json)
		jw_array_end(&t->w);
	return ERR_OK;
}

/* ---- the command ---- */

#define BIT(o) (1u << (o))

static const struct action {
	const char *name;
	enum err_code (*run)(struct task *t, struct err *e);
	bool write;
	const char *arg;   /* what stands behind DB; NULL: nothing */
	unsigned may, must; /* options */
} actions[] = {
    {"list", list, false, NULL, BIT(OPT_AS_OF) | BIT(OPT_KNOWN), 0},
    {"show", show, false, "MODEL|HASH", BIT(OPT_AS_OF) | BIT(OPT_KNOWN), 0},
    {"propose", propose, true, "FILE.dmn", BIT(OPT_TO) | BIT(OPT_NOTE) | BIT(OPT_LINES),
	BIT(OPT_MODEL) | BIT(OPT_FROM) | BIT(OPT_BASIS) | BIT(OPT_AUTHOR)},
    {"compare", compare, false, "HASH", 0, 0},
    {"publish", publish, true, "HASH", BIT(OPT_CONFIRM), BIT(OPT_APPROVER)},
    {"withdraw", withdraw, true, "HASH", BIT(OPT_NOTE), 0},
    {"records", records, false, NULL, BIT(OPT_CASE), 0},
    {"rerun", rerun, false, NULL, BIT(OPT_CASE), 0},
};

static const struct action *find_action(const char *name)
{
	for (size_t i = 0; i < sizeof actions / sizeof *actions; i++)
		if (strcmp(actions[i].name, name) == 0)
			return &actions[i];
	return NULL;
}

static enum err_code run(struct task *t, const struct action *x, const char *location, struct err *e)
{
	TRY(rules_open_db(&t->o, location, x->write, t->a, e));
	TRY(rules_known_option(&t->o, t->option[OPT_KNOWN], t->a, e));
	if (t->json) {
		jw_begin_buf(&t->w, t->out);
		t->w.indent = 2;
	}
	enum err_code code = x->run(t, e);
	if (t->json && code == ERR_OK) {
		code = jw_finish(&t->w, e);
		buf_addc(t->out, '\n');
	}
	TRY(code);
	TRY(buf_check(t->out, e));
	return app_write(t->env, buf_str(t->out), e);
}

/* A wrong option for the action; NULL: all is well. */
static const char *wrong_option(const struct action *x, const struct app_option *options, const char **ret_what)
{
	for (unsigned i = 0; i < OPTS; i++) {
		*ret_what = options[i].name;
		if (options[i].value && i != OPT_FORMAT && !((x->may | x->must) & BIT(i)))
			return "does not take";
		if (!options[i].value && (x->must & BIT(i)))
			return "needs";
	}
	return NULL;
}

int rules_cmd_rules(struct app_env *env, int argc, char **argv)
{
	struct app_option options[OPTS + 1] = {[OPT_AS_OF] = {.name = "as-of"}, [OPT_FORMAT] = {.name = "format"},
	    [OPT_MODEL] = {.name = "model"}, [OPT_FROM] = {.name = "valid-from"}, [OPT_TO] = {.name = "valid-to"},
	    [OPT_BASIS] = {.name = "legal-basis"}, [OPT_AUTHOR] = {.name = "author"}, [OPT_APPROVER] = {.name = "approver"},
	    [OPT_NOTE] = {.name = "note"}, [OPT_LINES] = {.name = "source-line"}, [OPT_CASE] = {.name = "case"},
	    [OPT_CONFIRM] = {.name = "confirm", .flag = true}, [OPT_KNOWN] = {.name = "known"}};
	struct app_args args;
	struct err e = {0};
	const char *what = NULL;
	if (app_parse(argc, argv, options, &args, &e) != ERR_OK)
		return app_usage(env, "rules: %s", e.detail);
	const struct action *x = args.n ? find_action(args.v[0]) : NULL;
	if (!x)
		return app_usage(env, "rules list|show|propose|compare|publish|withdraw|records|rerun DB …; grutto help rules");
	if (args.n != (x->arg ? 3u : 2u))
		return app_usage(env, "rules %s takes DB%s%s", x->name, x->arg ? " " : "", x->arg ? x->arg : "");
	const char *wrong = wrong_option(x, options, &what);
	if (wrong)
		return app_usage(env, "rules %s %s --%s", x->name, wrong, what);
	const char *format = options[OPT_FORMAT].value ? options[OPT_FORMAT].value : "text";
	if (strcmp(format, "text") != 0 && strcmp(format, "json") != 0 && !(x->run == show && strcmp(format, "dmn") == 0))
		return app_usage(env, "rules %s: --format is text or json, not %s", x->name, format);
	AUTO_BUF out = BUF_INIT(OUTPUT_BYTES);
	AUTO_ARENA a = arena_new(RULES_BYTES);
	struct task t = {.env = env, .a = a, .out = &out, .arg = x->arg ? args.v[2] : NULL, .json = strcmp(format, "json") == 0};
	for (size_t i = 0; i < OPTS; i++)
		t.option[i] = options[i].value;
	enum err_code code = a ? run(&t, x, args.v[1], &e) : fail(&e, ERR_NOMEM, "rules.memory", "there is no memory");
	rules_close_db(&t.o);
	return code == ERR_OK ? t.status : app_report(env, &e);
}
