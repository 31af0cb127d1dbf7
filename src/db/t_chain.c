#include "db/testdb.h"

#include "db/backend.h"
#include "db/chain.h"

#include <stdio.h>

enum { EVENTS = 40, PROGRAMME = 7 };

static struct chain_event event(uint32_t n)
{
	return (struct chain_event){
	    .id = {{0xee, (uint8_t)(n >> 16), (uint8_t)(n >> 8), (uint8_t)n}},
	    .at_ms = 1000 + (int64_t)n,
	    .actor = STR("command:test"),
	    .kind = STR("activity.added"),
	    .subject_kind = STR("activity"),
	    .subject = STR("A-1"),
	    .before = n % 2 ? STR_NONE : STR("{}"),
	    .after = STR("{\"title\":\"\xc3\xa9\"}")};
}

static struct db *writer(struct testdb *t)
{
	struct err e = {0};
	struct db *c = NULL;
	assert_ok(db_pool_writer(t->pool, &c, &e), &e);
	return c;
}

static void fill(struct db *c, int64_t programme, uint32_t from, uint32_t n, bool many)
{
	struct err e = {0};
	AUTO_TX tx = {0};
	struct chain *ch = NULL;
	assert_ok(db_begin(c, &tx, &e), &e);
	if (many)
		assert_ok(chain_begin(c, programme, &ch, &e), &e);
	for (uint32_t i = from; i < from + n; i++) {
		struct chain_event ev = event(i);
		if (many)
			assert_ok(chain_put(ch, &ev, &e), &e);
		else
			assert_ok(chain_add(c, programme, &ev, &e), &e);
	}
	if (many)
		assert_ok(chain_end(ch, &e), &e);
	assert_ok(db_commit(&tx, &e), &e);
}

static struct chain_report verify(struct db *c)
{
	struct err e = {0};
	struct chain_report r;
	assert_ok(chain_verify(c, &r, &e), &e);
	return r;
}

static void links_single_and_many(void **state)
{
	TESTDB_OR_SKIP(state, t);
	struct err e = {0};
	struct db *c = writer(&t);
	struct chain_head one, many;
	assert_true(verify(c).whole);
	fill(c, PROGRAMME, 0, EVENTS, false);
	fill(c, PROGRAMME + 1, 0, EVENTS / 2, true);
	fill(c, PROGRAMME + 1, EVENTS / 2, EVENTS / 2, true);
	struct chain_report r = verify(c);
	assert_true(r.whole);
	assert_int_equal(r.events, 2 * EVENTS);
	assert_int_equal(r.programmes, 2);
	assert_ok(chain_head(c, PROGRAMME, &one, &e), &e);
	assert_ok(chain_head(c, PROGRAMME + 1, &many, &e), &e);
	assert_int_equal(one.seq, EVENTS);
	assert_int_equal(many.seq, EVENTS);
	assert_false(sha256_eq(one.hash, many.hash)); /* the programme is part of the hash */
	db_return(c);
	testdb_drop(&t);
}

/* The definition in chain.h, written out a second time. */
static void field(struct buf *b, str s)
{
	uint64_t n = s.p ? s.n : UINT64_MAX;
	for (int i = 7; i >= 0; i--)
		buf_addc(b, (char)(n >> (8 * i)));
	buf_add(b, s.p ? s : STR(""));
}

static void number(struct buf *b, uint64_t v)
{
	char be[8];
	for (int i = 0; i < 8; i++)
		be[7 - i] = (char)(v >> (8 * i));
	field(b, (str){be, 8});
}

static void hashes_as_defined(void **state)
{
	(void)state;
	static const sha256 zero = {{0}};
	struct err e = {0};
	struct chain_event ev = event(3);
	AUTO_BUF b = BUF_INIT(4096);
	field(&b, STR("grutto-event-1"));
	field(&b, (str){(const char *)zero.b, 32});
	number(&b, (uint64_t)-5);
	number(&b, 1);
	number(&b, 1003);
	field(&b, (str){(const char *)ev.id.b, 16});
	field(&b, STR("command:test"));
	field(&b, STR("activity.added"));
	field(&b, STR("activity"));
	field(&b, STR("A-1"));
	field(&b, STR_NONE);
	field(&b, STR("{\"title\":\"\xc3\xa9\"}"));
	assert_ok(buf_check(&b, &e), &e);
	assert_true(sha256_eq(chain_hash(zero, -5, 1, &ev), sha256_of(buf_str(&b))));
	ev.before = STR("");
	assert_false(
	    sha256_eq(chain_hash(zero, -5, 1, &ev), sha256_of(buf_str(&b)))); /* absent is not "" */
}

static void keeps_time_in_order(void **state)
{
	TESTDB_OR_SKIP(state, t);
	struct err e = {0};
	struct db *c = writer(&t);
	fill(c, PROGRAMME, 10, 1, false);
	fill(c, PROGRAMME, 2, 1, false); /* the clock was set back */
	struct chain_head head;
	assert_ok(chain_head(c, PROGRAMME, &head, &e), &e);
	assert_int_equal(head.at_ms, 1010);
	assert_true(verify(c).whole);
	db_return(c);
	testdb_drop(&t);
}

static void is_undone_with_its_transaction(void **state)
{
	TESTDB_OR_SKIP(state, t);
	struct err e = {0};
	struct db *c = writer(&t);
	const struct chain_event ev = event(1);
	fill(c, PROGRAMME, 0, 3, true);
	assert_int_equal(chain_add(c, PROGRAMME, &ev, &e), ERR_BUG); /* outside a transaction */
	{
		AUTO_TX tx = {0};
		AUTO_CHAIN ch = NULL;
		assert_ok(db_begin(c, &tx, &e), &e);
		assert_ok(chain_begin(c, PROGRAMME, &ch, &e), &e);
		assert_ok(chain_put(ch, &ev, &e), &e);
	}
	struct chain_report r = verify(c);
	assert_true(r.whole);
	assert_int_equal(r.events, 3);
	db_return(c);
	testdb_drop(&t);
}

static void refuses_changes(void **state)
{
	TESTDB_OR_SKIP(state, t);
	static const char *const attempts[] = {
	    "UPDATE event SET actor = 'x' WHERE seq = 2",
	    "DELETE FROM event WHERE seq = 2",
	    "DELETE FROM event",
	    "UPDATE chain_head SET seq = 2",
	    "DELETE FROM chain_head",
	    "UPDATE event SET seq = seq + 100",
	};
	struct err e = {0};
	struct db *c = writer(&t);
	fill(c, PROGRAMME, 0, 5, true);
	for (size_t i = 0; i < sizeof attempts / sizeof *attempts; i++) {
		assert_int_equal(db_script(c, attempts[i], &e), ERR_FORBIDDEN);
		assert_string_equal(e.id, "db.refused");
	}
	if (TESTDB_ENGINE(state) == DB_POSTGRES)
		assert_int_equal(db_script(c, "TRUNCATE event", &e), ERR_FORBIDDEN);
	else
		assert_int_equal(
		    db_script(
		        c, "INSERT OR REPLACE INTO event SELECT * FROM event WHERE seq = 2", &e),
		    ERR_FORBIDDEN);
	assert_true(verify(c).whole);
	db_return(c);
	testdb_drop(&t);
}

/* What somebody with the file in hands can do: the triggers are gone. */
static void disarm(struct db *c)
{
	struct err e = {0};
	const char *sql =
	    db_engine_of(c) == DB_POSTGRES
	        ? "ALTER TABLE event DISABLE TRIGGER ALL; ALTER TABLE chain_head DISABLE TRIGGER "
	          "ALL"
	        : "DROP TRIGGER event_not_updated; DROP TRIGGER event_not_deleted; DROP TRIGGER "
	          "event_not_replaced; DROP TRIGGER chain_head_grows; DROP TRIGGER "
	          "chain_head_not_deleted";
	assert_ok(db_script(c, sql, &e), &e);
}

static void names_the_first_break(void **state)
{
	static const struct {
		const char *what, *sql[2];
		int64_t seq;
		const char *says;
	} cases[] = {
	    {"field", {"UPDATE event SET after = '{}' WHERE seq = 17", NULL}, 17, "content"},
	    {"actor", {"UPDATE event SET actor = 'someone' WHERE seq = 1", NULL}, 1, "content"},
	    {"absent", {"UPDATE event SET before = NULL WHERE seq = 39", NULL}, 39, "content"},
	    {"emptied", {"UPDATE event SET before = '' WHERE seq = 38", NULL}, 38, "content"},
	    {"time", {"UPDATE event SET at_ms = 0 WHERE seq = 20", NULL}, 20, "content"},
	    {"prev", {"UPDATE event SET prev = hash WHERE seq = 5", NULL}, 5, "prev"},
	    {"hash", {"UPDATE event SET hash = prev WHERE seq = 6", NULL}, 6, "content"},
	    {"row gone", {"DELETE FROM event WHERE seq = 12", NULL}, 12, "missing"},
	    {"first gone", {"DELETE FROM event WHERE seq = 1", NULL}, 1, "missing"},
	    {"closed up",
	        {"DELETE FROM event WHERE seq = 12",
	            "UPDATE event SET seq = seq - 1 WHERE seq = 13"},
	        12, "prev"},
	    {"swapped",
	        {"UPDATE event SET seq = 1000 WHERE seq = 8; UPDATE event SET seq = 8 WHERE seq = "
	         "9",
	            "UPDATE event SET seq = 9 WHERE seq = 1000"},
	        8, "prev"},
	    {"tail", {"DELETE FROM event WHERE seq > 30", NULL}, 31, "end"},
	    {"all", {"DELETE FROM event", NULL}, 1, "all events"},
	    {"head back", {"UPDATE chain_head SET seq = 30", NULL}, 31, "behind"},
	    {"head hash",
	        {"UPDATE chain_head SET hash = (SELECT hash FROM event WHERE seq = 3)", NULL}, 40,
	        "head"},
	    {"head gone", {"DELETE FROM chain_head", NULL}, 40, "no stored head"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		TESTDB_OR_SKIP(state, t);
		struct err e = {0};
		struct db *c = writer(&t);
		fill(c, PROGRAMME, 0, EVENTS, true);
		disarm(c);
		for (int k = 0; k < 2 && cases[i].sql[k]; k++)
			assert_ok(db_script(c, cases[i].sql[k], &e), &e);
		struct chain_report r = verify(c);
		if (r.whole || r.seq != cases[i].seq || r.programme != PROGRAMME ||
		    !strstr(r.what, cases[i].says))
			fail_msg("%s: whole %d seq %lld: %s", cases[i].what, r.whole,
			    (long long)r.seq, r.what);
		db_return(c);
		testdb_drop(&t);
	}
}

/* A forger who recomputes every hash and the head makes a chain that fits in itself: the head
 * written down elsewhere then differs. This is why reports print it. */
static void shows_another_head_after_a_forgery(void **state)
{
	TESTDB_OR_SKIP(state, t);
	struct err e = {0};
	struct db *c = writer(&t);
	struct chain_head before, after;
	fill(c, PROGRAMME, 0, EVENTS, true);
	assert_ok(chain_head(c, PROGRAMME, &before, &e), &e);
	disarm(c);
	assert_ok(db_script(c, "DELETE FROM event; DELETE FROM chain_head", &e), &e);
	fill(c, PROGRAMME, 1, EVENTS, true);
	assert_true(verify(c).whole);
	assert_ok(chain_head(c, PROGRAMME, &after, &e), &e);
	assert_int_equal(after.seq, before.seq);
	assert_false(sha256_eq(after.hash, before.hash));
	db_return(c);
	testdb_drop(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(hashes_as_defined),
	    TESTDB_BOTH(links_single_and_many),
	    TESTDB_BOTH(keeps_time_in_order),
	    TESTDB_BOTH(is_undone_with_its_transaction),
	    TESTDB_BOTH(refuses_changes),
	    TESTDB_BOTH(names_the_first_break),
	    TESTDB_BOTH(shows_another_head_after_a_forgery),
	};
	return test_run(tests);
}
