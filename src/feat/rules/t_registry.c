/* The registry and the records on both databases. Outcomes that are expected are read off the rules below by eye. */
#include "db/testdb.h"

#include "base/vec.h"
#include "db/chain.h"
#include "feat/rules/decide.h"
#include "feat/rules/record.h"
#include "feat/rules/t_registry.sql.h"

enum { PROGRAMME = 1, DAY_MS = 86400000 };

#define HEAD(name, ns)                                                                                                       \
	"<definitions xmlns=\"https://www.omg.org/spec/DMN/20191111/MODEL/\" id=\"m\" name=\"" name "\" namespace=\"" ns "\">\n"
#define AMOUNT(text)                                                                                                         \
	HEAD("Amounts", "urn:amounts")                                                                                       \
	"<inputData id=\"i\" name=\"Age\"><variable name=\"Age\" typeRef=\"number\"/></inputData>\n"                         \
	"<decision id=\"d\" name=\"Amount\"><variable name=\"Amount\"/><informationRequirement><requiredInput href=\"#i\"/>" \
	"</informationRequirement><literalExpression><text>" text "</text></literalExpression></decision></definitions>\n"
#define OLD AMOUNT("if Age &gt;= 18 then 1750 else 500")
#define NEW AMOUNT("if Age &gt;= 21 then 2000 else 500")

/* A model that imports another, by namespace. */
#define SHARED(value)                                                                                                   \
	HEAD("Shared", "urn:shared")                                                                                    \
	"<decision id=\"s\" name=\"Rate\"><variable name=\"Rate\"/><literalExpression><text>" value "</text>"           \
	"</literalExpression></decision></definitions>"
#define USER                                                                                                                 \
	HEAD("User", "urn:user")                                                                                             \
	"<import name=\"sh\" namespace=\"urn:shared\" importType=\"https://www.omg.org/spec/DMN/20191111/MODEL/\"/>"         \
	"<decision id=\"u\" name=\"Double\"><variable name=\"Double\"/><informationRequirement>"                             \
	"<requiredDecision href=\"urn:shared#s\"/></informationRequirement><literalExpression><text>sh.Rate * 2</text>"      \
	"</literalExpression></decision></definitions>"
/* Two rules of a unique table match 5. */
#define FAULTY                                                                                                               \
	HEAD("Faulty", "urn:faulty")                                                                                         \
	"<inputData id=\"i\" name=\"n\"><variable name=\"n\" typeRef=\"number\"/></inputData>"                               \
	"<decision id=\"d\" name=\"T\"><variable name=\"T\"/><informationRequirement><requiredInput href=\"#i\"/>"           \
	"</informationRequirement><decisionTable hitPolicy=\"UNIQUE\"><input><inputExpression typeRef=\"number\"><text>n</text>" \
	"</inputExpression></input><output name=\"o\"/><rule><inputEntry><text>&lt;= 5</text></inputEntry><outputEntry><text>1" \
	"</text></outputEntry></rule><rule><inputEntry><text>&gt;= 5</text></inputEntry><outputEntry><text>2</text>"         \
	"</outputEntry></rule></decisionTable></decision></definitions>"

struct fix {
	struct testdb t;
	struct db *c;
	struct arena *a;
	struct uid_maker uids;
	uint64_t seed;
	int64_t now_ms;
};

#define refuses(call, want, errp)                                                                                            \
	do {                                                                                                                 \
		assert_int_equal((call), (want));                                                                            \
		assert_int_equal((errp)->code, (want));                                                                      \
	} while (0)

static date day(int32_t y, int32_t m, int32_t d)
{
	date ret;
	assert_true(date_from_civil(y, m, d, &ret));
	return ret;
}

static void add_programme(struct db *c)
{
	static const struct db_column columns[] = {{"programme", DB_I64, false}, {"slug", DB_STR, false},
	    {"pack_version", DB_STR, false}, {"pack_hash", DB_BYTES, false}, {"currency", DB_STR, false},
	    {"loaded_ms", DB_I64, false}, {"reporting_org", DB_STR, false}, {"reporting_org_type", DB_I64, false},
	    {"identifier_prefix", DB_STR, false}};
	const struct db_table table = {.name = "programme", .columns = columns, .n = sizeof columns / sizeof *columns};
	struct err e = {0};
	struct db_bulk *b = NULL;
	AUTO_TX tx = {0};
	assert_ok(db_begin(c, &tx, &e), &e);
	assert_ok(db_bulk_begin(c, &table, &b, &e), &e);
	db_bulk_i64(b, PROGRAMME);
	db_bulk_str(b, STR("test"));
	db_bulk_str(b, STR("1"));
	db_bulk_str(b, STR("hash"));
	db_bulk_str(b, STR("EUR"));
	db_bulk_i64(b, 0);
	db_bulk_str(b, STR("X"));
	db_bulk_i64(b, 10);
	db_bulk_str(b, STR("X-"));
	assert_ok(db_bulk_row(b, &e), &e);
	assert_ok(db_bulk_end(b, NULL, &e), &e);
	assert_ok(db_commit(&tx, &e), &e);
}

static void open_fix(struct fix *f, enum db_engine engine)
{
	struct err e = {0};
	*f = (struct fix){.seed = 7, .now_ms = 1300000000000};
	testdb_make(&f->t, engine);
	f->a = arena_new(256 << 20);
	assert_non_null(f->a);
	f->uids = (struct uid_maker){.clock = clock_fixed(&f->now_ms), .rng = rng_seeded(&f->seed)};
	assert_ok(db_pool_writer(f->t.pool, &f->c, &e), &e);
	add_programme(f->c);
}

static void close_fix(struct fix *f)
{
	db_return(f->c);
	arena_free(f->a);
	testdb_drop(&f->t);
}

#define FIX_OR_SKIP(state, f)                                                                                                \
	if (!testdb_has(TESTDB_ENGINE(state)))                                                                               \
		skip();                                                                                                      \
	struct fix f;                                                                                                        \
	open_fix(&f, TESTDB_ENGINE(state))

static struct rules_act act_of(struct fix *f)
{
	return (struct rules_act){.db = f->c, .programme = PROGRAMME, .uids = &f->uids, .now_ms = ++f->now_ms,
	    .actor = STR("command:test")};
}

static enum err_code try_propose(struct fix *f, const struct rules_proposal *p, sha256 *ret, struct err *e)
{
	const struct rules_act act = act_of(f);
	AUTO_TX tx = {0};
	assert_ok(db_begin(f->c, &tx, e), e);
	TRY(rules_propose(&act, p, f->a, ret, e));
	return db_commit(&tx, e);
}

static enum err_code try_publish(struct fix *f, sha256 hash, const char *approver, struct err *e)
{
	const struct rules_act act = act_of(f);
	AUTO_TX tx = {0};
	assert_ok(db_begin(f->c, &tx, e), e);
	TRY(rules_publish(&act, hash, str_of(approver), f->a, e));
	return db_commit(&tx, e);
}

static sha256 propose(struct fix *f, const char *key, const char *text, date from, date to)
{
	struct err e = {0};
	sha256 hash;
	const struct rules_proposal p = {.text = str_of(text), .key = str_of(key), .valid_from = from, .valid_to = to,
	    .legal_basis = STR("regulation 1"), .author = STR("rules editor")};
	assert_ok(try_propose(f, &p, &hash, &e), &e);
	return hash;
}

static sha256 stored(struct fix *f, const char *key, const char *text, date from, date to)
{
	struct err e = {0};
	sha256 hash = propose(f, key, text, from, to);
	assert_ok(try_publish(f, hash, "rules approver", &e), &e);
	return hash;
}

static const struct rules_registry *registry(struct fix *f)
{
	struct err e = {0};
	const struct rules_registry *r;
	assert_ok(rules_registry_load(f->c, PROGRAMME, f->a, &r, &e), &e);
	return r;
}

static int64_t events(struct fix *f)
{
	struct err e = {0};
	struct chain_report r;
	assert_ok(chain_verify(f->c, &r, &e), &e);
	assert_true(r.whole);
	return r.events;
}

/* ---- versions ---- */

static void second_person(void **state)
{
	FIX_OR_SKIP(state, f);
	struct err e = {0};
	sha256 hash = propose(&f, "amounts", OLD, day(2008, 1, 1), DATE_NONE);
	assert_int_equal(events(&f), 1);
	assert_null(rules_in_force(registry(&f), STR("amounts"), day(2009, 1, 1))); /* a draft decides nothing */
	refuses(try_publish(&f, hash, " Rules Editor ", &e), ERR_FORBIDDEN, &e);
	assert_string_equal(e.id, "registry.four-eyes");
	refuses(try_publish(&f, hash, " ", &e), ERR_INVALID, &e);
	assert_int_equal(events(&f), 1);
	assert_ok(try_publish(&f, hash, "rules approver", &e), &e);
	assert_int_equal(events(&f), 2);
	const struct rules_version *v = rules_in_force(registry(&f), STR("amounts"), day(2009, 1, 1));
	assert_non_null(v);
	assert_true(sha256_eq(v->hash, hash));
	assert_true(str_is(v->approver, "rules approver"));
	assert_true(str_is(v->name, "Amounts"));
	refuses(try_publish(&f, hash, "rules approver", &e), ERR_CONFLICT, &e); /* once */
	close_fix(&f);
}

static void immutable_by_hash(void **state)
{
	FIX_OR_SKIP(state, f);
	struct err e = {0};
	sha256 hash = stored(&f, "amounts", OLD, day(2008, 1, 1), DATE_NONE), other;
	assert_true(sha256_eq(hash, sha256_of(STR(OLD))));
	/* The same text with a mark, and with other line ends, is the same version. */
	AUTO_BUF b = BUF_INIT(1 << 16);
	buf_addz(&b, "\xef\xbb\xbf");
	for (const char *p = OLD; *p; p++)
		if (*p == '\n')
			buf_addz(&b, "\r\n");
		else
			buf_addc(&b, *p);
	const struct rules_proposal p = {.text = buf_str(&b), .key = STR("amounts"), .valid_from = day(2010, 1, 1),
	    .valid_to = DATE_NONE, .legal_basis = STR("x"), .author = STR("y")};
	refuses(try_propose(&f, &p, &other, &e), ERR_CONFLICT, &e);
	assert_string_equal(e.id, "registry.published");
	const struct rules_registry *r = registry(&f);
	const struct rules_version *v = rules_by_hash(r, hash), *found;
	str text;
	assert_ok(rules_text(f.c, r, v, f.a, &text, &e), &e);
	assert_true(str_is(text, OLD));
	assert_ok(rules_by_hex(r, str_sub(str_of(v->hex), 0, 8), &found, &e), &e);
	assert_ptr_equal(found, v);
	refuses(rules_by_hex(r, str_sub(str_of(v->hex), 0, 7), &found, &e), ERR_NOT_FOUND, &e);
	close_fix(&f);
}

static void refused_proposals(void **state)
{
	FIX_OR_SKIP(state, f);
	const struct rules_proposal good = {.text = STR(OLD), .key = STR("amounts"), .valid_from = day(2008, 1, 1),
	    .valid_to = DATE_NONE, .legal_basis = STR("x"), .author = STR("y")};
	struct rules_proposal bad[8] = {good, good, good, good, good, good, good, good};
	static const char *const ids[] = {"registry.key", "registry.key", "registry.missing", "registry.missing",
	    "registry.period", "registry.utf8", "dmn.root", "registry.period"};
	bad[0].key = STR("Amounts");
	bad[1].key = STR("");
	bad[2].legal_basis = STR(" ");
	bad[3].author = STR_NONE;
	bad[4].valid_to = day(2007, 12, 31);
	bad[5].text = STR("<\xff/>");
	bad[6].text = STR("<definitions/>");
	bad[7].valid_from = DATE_NONE;
	for (size_t i = 0; i < 8; i++) {
		struct err e = {0};
		sha256 hash;
		refuses(try_propose(&f, &bad[i], &hash, &e), ERR_INVALID, &e);
		assert_string_equal(e.id, ids[i]);
	}
	struct err e = {0};
	sha256 faulty = propose(&f, "faulty", FAULTY, day(2008, 1, 1), DATE_NONE); /* a draft need not be finished */
	refuses(try_publish(&f, faulty, "rules approver", &e), ERR_INVALID, &e);
	assert_string_equal(e.id, "table.overlap");
	close_fix(&f);
}

static void given_up_and_proposed_again(void **state)
{
	FIX_OR_SKIP(state, f);
	struct err e = {0};
	sha256 hash = propose(&f, "amounts", OLD, day(2008, 1, 1), DATE_NONE);
	const struct rules_act act = act_of(&f);
	AUTO_TX tx = {0};
	assert_ok(db_begin(f.c, &tx, &e), &e);
	assert_ok(rules_withdraw(&act, hash, STR("the period is wrong"), f.a, &e), &e);
	assert_ok(db_commit(&tx, &e), &e);
	assert_int_equal(rules_by_hash(registry(&f), hash)->state, RULES_WITHDRAWN);
	refuses(try_publish(&f, hash, "rules approver", &e), ERR_CONFLICT, &e);
	assert_true(sha256_eq(propose(&f, "amounts", OLD, day(2009, 1, 1), DATE_NONE), hash));
	const struct rules_version *v = rules_by_hash(registry(&f), hash);
	assert_int_equal(v->state, RULES_DRAFT);
	assert_int_equal(v->valid_from.day, day(2009, 1, 1).day);
	assert_int_equal(v->number, 1);
	assert_int_equal(events(&f), 3);
	close_fix(&f);
}

/* A holds from 2008, B from 2010 to 2011, C is a later correction from 2008, D from 2010 published last. */
static void which_version_when(void **state)
{
	FIX_OR_SKIP(state, f);
	static const char *const texts[] = {AMOUNT("1"), AMOUNT("2"), AMOUNT("3"), AMOUNT("4")};
	const struct {
		date from, to;
	} periods[] = {{day(2008, 1, 1), DATE_NONE}, {day(2010, 1, 1), day(2011, 12, 31)}, {day(2008, 1, 1), DATE_NONE},
	    {day(2010, 1, 1), day(2010, 6, 30)}};
	sha256 h[4];
	for (size_t i = 0; i < 4; i++)
		h[i] = stored(&f, "amounts", texts[i], periods[i].from, periods[i].to);
	const struct rules_registry *r = registry(&f);
	const struct {
		date day;
		int want; /* -1: none */
	} cases[] = {{day(2007, 12, 31), -1}, {day(2008, 1, 1), 2}, {day(2009, 12, 31), 2}, {day(2010, 1, 1), 3},
	    {day(2010, 6, 30), 3}, {day(2010, 7, 1), 1}, {day(2011, 12, 31), 1}, {day(2012, 1, 1), 2}};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct rules_version *v = rules_in_force(r, STR("amounts"), cases[i].day);
		assert_true((v != NULL) == (cases[i].want >= 0));
		if (v)
			assert_true(sha256_eq(v->hash, h[cases[i].want]));
	}
	const struct rules_version *b = rules_by_hash(r, h[1]);
	const struct rules_registry *then;
	struct err e;
	assert_ok(rules_registry_known(r, b->published_ms, f.a, &then, &e), &e);
	assert_true(sha256_eq(rules_in_force(then, STR("amounts"), day(2008, 1, 1))->hash, h[0]));
	assert_null(rules_by_hash(then, h[2]));
	assert_ok(rules_registry_known(r, 0, f.a, &then, &e), &e);
	assert_null(rules_in_force(then, STR("amounts"), day(2008, 1, 1)));
	size_t n;
	assert_true(sha256_eq(rules_versions_of(r, STR("amounts"), &n)->hash, h[0]));
	assert_int_equal(n, 4);
	assert_null(rules_in_force(r, STR("other"), day(2010, 1, 1)));
	close_fix(&f);
}

/* ---- deciding ---- */

static str decide_value(struct fix *f, const struct rules_bound *b, const char *input, int64_t as_of_ms)
{
	struct err e = {0};
	str outcome;
	struct decide_job j = {.loaded = &b->loaded, .a = f->a, .options = {.mode = DMN_STRICT}};
	assert_ok(decide_find(&j, NULL, &e), &e);
	assert_ok(decide_input_text(&j, str_of(input), "test", &e), &e);
	decide_at(&j, as_of_ms);
	assert_ok(decide_run(&j, &e), &e);
	assert_ok(decide_outcome(&j, &outcome, &e), &e);
	return outcome;
}

static struct rules_bound bind(struct fix *f, const char *key, date on)
{
	struct err e = {0};
	struct rules_bound b;
	const struct rules_registry *r = registry(f);
	const struct rules_version *v = rules_in_force(r, str_of(key), on);
	assert_non_null(v);
	assert_ok(rules_bind(f->c, r, v, on, NULL, f->a, &b, &e), &e);
	return b;
}

static void imports_of_the_day(void **state)
{
	FIX_OR_SKIP(state, f);
	struct err e = {0};
	sha256 early = stored(&f, "shared", SHARED("10"), day(2008, 1, 1), day(2009, 12, 31));
	sha256 late = stored(&f, "shared", SHARED("11"), day(2010, 1, 1), DATE_NONE);
	sha256 user = stored(&f, "user", USER, day(2008, 1, 1), DATE_NONE);
	struct rules_bound b = bind(&f, "user", day(2009, 5, 5));
	struct decide_job j = {.loaded = &b.loaded, .a = f.a, .options = {.mode = DMN_STRICT}};
	assert_ok(decide_find(&j, "Double", &e), &e);
	assert_ok(decide_run(&j, &e), &e);
	str outcome;
	assert_ok(decide_outcome(&j, &outcome, &e), &e);
	assert_true(str_find(outcome, STR("\"value\":20")) > 0);
	char hex[2][65];
	sha256_hex(user, hex[0]);
	sha256_hex(early, hex[1]);
	assert_true(str_eq(b.pins, arena_fmt(f.a, "%s %s", hex[0], hex[1])));
	struct rules_bound now = bind(&f, "user", day(2010, 5, 5)), again;
	sha256_hex(late, hex[1]);
	assert_true(str_eq(now.pins, arena_fmt(f.a, "%s %s", hex[0], hex[1])));
	/* What was pinned is bound again, whatever has come since. */
	assert_ok(rules_bind_pins(f.c, registry(&f), b.pins, NULL, f.a, &again, &e), &e);
	assert_true(str_eq(again.pins, b.pins));
	/* Before anything holds there is nothing to import. */
	const struct rules_registry *r = registry(&f);
	refuses(rules_bind(f.c, r, rules_by_hash(r, user), day(2007, 1, 1), NULL, f.a, &again, &e), ERR_NOT_FOUND, &e);
	assert_string_equal(e.id, "registry.import");
	close_fix(&f);
}

/* ---- records ---- */

static void record(struct fix *f, const char *case_ref, const char *input, date on)
{
	struct err e = {0};
	uid id;
	struct rules_bound b = bind(f, "amounts", on);
	int64_t as_of_ms = (int64_t)on.day * DAY_MS;
	const struct rules_act act = act_of(f);
	const struct rules_record r = {.case_ref = str_of(case_ref), .made_ms = f->now_ms, .as_of_ms = as_of_ms,
	    .key = STR("amounts"), .pins = b.pins, .decision = STR("Amount"), .strict = true, .input = str_of(input),
	    .outcome = decide_value(f, &b, input, as_of_ms), .explanation = STR("{}"), .actor = STR("caseworker")};
	AUTO_TX tx = {0};
	assert_ok(db_begin(f->c, &tx, &e), &e);
	assert_ok(rules_record_add(&act, &r, &id, &e), &e);
	assert_ok(db_commit(&tx, &e), &e);
}

struct seen {
	char cases[200];
	size_t n;
};

static enum err_code note(void *ctx, const struct rules_difference *d, struct err *e)
{
	struct seen *s = ctx;
	(void)e;
	s->n++;
	if (d->same)
		return ERR_OK;
	size_t at = strlen(s->cases);
	(void)snprintf(s->cases + at, sizeof s->cases - at, "%.*s:%.*s ", STR_ARG(d->record->case_ref),
	    STR_ARG(d->why.code ? str_of(d->why.id) : d->outcome));
	return ERR_OK;
}

/* Age 19 and 30 in 2009 and in 2011; from 2011 the new rules would ask for 21 years and give 2000. */
static void changes_of_a_version(void **state)
{
	FIX_OR_SKIP(state, f);
	struct err e = {0};
	struct rules_rerun_totals n;
	struct seen s = {0};
	(void)stored(&f, "amounts", OLD, day(2008, 1, 1), DATE_NONE);
	record(&f, "A", "{\"Age\": 19}", day(2009, 3, 1));
	record(&f, "B", "{\"Age\": 19}", day(2011, 3, 1));
	record(&f, "C", "{\"Age\": 12}", day(2011, 3, 1));
	record(&f, "D", "{}", day(2011, 3, 1)); /* undetermined under both */
	sha256 hash = propose(&f, "amounts", NEW, day(2011, 1, 1), DATE_NONE);
	const struct rules_registry *r = registry(&f);
	assert_ok(rules_compare(f.c, r, rules_by_hash(r, hash), note, &s, &n, &e), &e);
	assert_int_equal(n.seen, 4);
	assert_int_equal(n.run, 3); /* A's day keeps its rules */
	assert_int_equal(n.different, 1);
	assert_string_equal(s.cases, "B:{\"status\":\"decided\",\"value\":500,\"cause\":null,\"missing\":[]} ");
	/* Published or not: with the rules of their day all come out as they did. */
	assert_ok(try_publish(&f, hash, "rules approver", &e), &e);
	s = (struct seen){0};
	assert_ok(rules_rerun(f.c, registry(&f), STR_NONE, note, &s, &n, &e), &e);
	assert_int_equal(n.run, 4);
	assert_int_equal(n.different, 0);
	assert_ok(rules_rerun(f.c, registry(&f), STR("B"), note, &s, &n, &e), &e);
	assert_int_equal(n.seen, 1);
	assert_int_equal(events(&f), 2 + 4 + 2);
	close_fix(&f);
}

/* A record whose outcome is not what its rules give is found. */
static void a_false_record(void **state)
{
	FIX_OR_SKIP(state, f);
	struct err e = {0};
	struct rules_rerun_totals n;
	struct seen s = {0};
	uid id;
	(void)stored(&f, "amounts", OLD, day(2008, 1, 1), DATE_NONE);
	struct rules_bound b = bind(&f, "amounts", day(2009, 1, 1));
	const struct rules_act act = act_of(&f);
	struct rules_record r = {.case_ref = STR("Z"), .made_ms = 1, .as_of_ms = (int64_t)day(2009, 1, 1).day * DAY_MS,
	    .key = STR("amounts"), .pins = b.pins, .decision = STR("Amount"), .strict = true, .input = STR("{\"Age\": 40}"),
	    .outcome = STR("{\"status\":\"decided\",\"value\":9999,\"cause\":null,\"missing\":[]}"), .explanation = STR("{}"),
	    .actor = STR("caseworker")};
	AUTO_TX tx = {0};
	assert_ok(db_begin(f.c, &tx, &e), &e);
	assert_ok(rules_record_add(&act, &r, &id, &e), &e);
	r.decision = STR("Nothing of that name");
	assert_ok(rules_record_add(&act, &r, &id, &e), &e);
	r.case_ref = STR(" ");
	refuses(rules_record_add(&act, &r, &id, &e), ERR_INVALID, &e);
	assert_ok(db_commit(&tx, &e), &e);
	assert_ok(rules_rerun(f.c, registry(&f), STR_NONE, note, &s, &n, &e), &e);
	assert_int_equal(n.different, 2);
	assert_string_equal(s.cases, "Z:{\"status\":\"decided\",\"value\":1750,\"cause\":null,\"missing\":[]} Z:decide.decision ");
	close_fix(&f);
}

static void nothing_stored_changes(void **state)
{
	FIX_OR_SKIP(state, f);
	(void)stored(&f, "amounts", OLD, day(2008, 1, 1), DATE_NONE);
	record(&f, "A", "{\"Age\": 19}", day(2009, 3, 1));
	enum err_code (*const forbidden[])(struct db *, int64_t, int64_t *, struct err *) = {t_text_change, t_text_remove,
	    t_model_change, t_model_remove, t_record_change, t_record_remove};
	for (size_t i = 0; i < sizeof forbidden / sizeof *forbidden; i++) {
		struct err e = {0};
		int64_t changed = 0;
		assert_int_not_equal(forbidden[i](f.c, PROGRAMME, &changed, &e), ERR_OK);
	}
	assert_true(str_is(registry(&f)->versions[0].legal_basis, "regulation 1"));
	close_fix(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {TESTDB_BOTH(second_person), TESTDB_BOTH(immutable_by_hash),
	    TESTDB_BOTH(refused_proposals), TESTDB_BOTH(given_up_and_proposed_again), TESTDB_BOTH(which_version_when),
	    TESTDB_BOTH(imports_of_the_day), TESTDB_BOTH(changes_of_a_version), TESTDB_BOTH(a_false_record), TESTDB_BOTH(nothing_stored_changes)};
	return test_run(tests);
}
