/* The reading of published files against the counts that were made of them by other programs
 * (real.tsv beside the files), and of faulty ones. */
#include "base/test.h"
#include "feat/iati/read.h"

#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

struct counts {
	uint64_t activities, transactions, budgets, results, indicators, periods, documents, locations, bad, faults;
	bool whole;
	char version[8];
	struct err err;
};

static const char *shared(void)
{
	const char *s = getenv("GRUTTO_SHARED");
	return s ? s : "../shared";
}

static struct counts count_file(const char *path)
{
	struct err e = {0};
	struct queue *q = NULL;
	struct reader *r = NULL;
	struct counts c = {0};
	assert_ok(queue_new(&q, &e), &e);
	assert_ok(reader_start(q, path, DB_SQLITE, &r, &e), &e);
	for (bool last = false; !last;) {
		struct ia_batch *b = queue_take(q);
		assert_non_null(b);
		last = b->last;
		c.bad += b->bad;
		c.faults += b->faults;
		c.activities += b->activities.n;
		for (size_t i = 0; i < b->activities.n; i++) {
			const struct ia_activity *a = b->activities.p[i];
			c.transactions += a->transactions.n;
			for (size_t k = 0; k < a->budgets.n; k++)
				c.budgets += !a->budgets.p[k].planned_disbursement;
			c.results += a->results;
			c.indicators += a->indicators.n;
			c.periods += a->periods;
			c.documents += a->documents.n;
			c.locations += a->locations.n;
		}
		if (last) {
			c.whole = b->whole;
			c.err = b->err;
			memcpy(c.version, b->version, sizeof c.version);
		}
		batch_free(b);
	}
	reader_join(r);
	queue_free(q);
	return c;
}

static str whole_file(const char *path, struct buf *b)
{
	struct err e = {0};
	assert_ok(file_read(path, b, &e), &e);
	return buf_str(b);
}

/* One line of real.tsv: a file and what is in it. */
static void check_line(const char *folder, str line)
{
	str columns[16];
	size_t n = 0;
	struct str_split it = str_split_on(line, '\t');
	while (n < 16 && str_next(&it, &columns[n]))
		n++;
	assert_true(n >= 13);
	char path[512];
	snprintf(path, sizeof path, "%s/data/iati/%.*s", folder, STR_ARG(columns[0]));
	struct counts c = count_file(path);
	bool activities = str_starts(columns[1], STR("2.")) && !str_is(columns[4], "0");
	if (!activities) {
		assert_int_equal(c.activities, 0); /* version 1.0, or an organisation file: refused */
		assert_int_equal(c.faults, 1);
		return;
	}
	assert_true(c.whole);
	assert_int_equal(c.bad, 0);
	const uint64_t got[] = {c.activities, c.transactions, c.budgets, c.results, c.indicators, c.periods, c.locations};
	const size_t column[] = {4, 6, 7, 8, 9, 10, 12};
	for (size_t i = 0; i < sizeof got / sizeof *got; i++) {
		int64_t want;
		assert_true(str_to_i64(columns[column[i]], &want));
		if ((int64_t)got[i] != want)
			fail_msg("%s column %zu: got %" PRIu64 ", want %" PRId64, path, column[i], got[i], want);
	}
}

static void published_files(void **state)
{
	(void)state;
	char path[512];
	snprintf(path, sizeof path, "%s/data/iati/real.tsv", shared());
	if (access(path, R_OK) != 0) {
		print_message("# skipped: %s is not there (GRUTTO_SHARED)\n", path);
		skip();
	}
	AUTO_BUF text = BUF_INIT(1 << 20);
	struct str_split it = str_split_on(str_trim(whole_file(path, &text)), '\n');
	str line;
	size_t files = 0;
	assert_true(str_next(&it, &line)); /* the header */
	for (; str_next(&it, &line); files++)
		check_line(shared(), line);
	assert_int_equal(files, 72);
}

/* ---- faulty files ---- */

struct outcome {
	uint64_t kept, bad, faults;
	char ids[512]; /* level:id@line of each note, a blank between */
};

static struct outcome read_text(str text)
{
	char path[] = "/tmp/t_iati_read.XXXXXX";
	int fd = mkstemp(path);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, text.p, text.n), (ssize_t)text.n);
	(void)close(fd);
	struct err e = {0};
	struct queue *q = NULL;
	struct reader *r = NULL;
	struct outcome o = {0};
	assert_ok(queue_new(&q, &e), &e);
	assert_ok(reader_start(q, path, DB_SQLITE, &r, &e), &e);
	for (bool last = false; !last;) {
		struct ia_batch *b = queue_take(q);
		last = b->last;
		o.kept += b->activities.n;
		o.bad += b->bad;
		o.faults += b->faults;
		for (size_t i = 0; i < b->notes.n; i++) {
			size_t n = strlen(o.ids);
			snprintf(o.ids + n, sizeof o.ids - n, "%s%s:%s@%u", n ? " " : "",
			    iati_level_word(b->notes.p[i].level), b->notes.p[i].id, b->notes.p[i].line);
		}
		assert_int_equal(b->err.code, ERR_OK);
		batch_free(b);
	}
	reader_join(r);
	queue_free(q);
	(void)unlink(path);
	return o;
}

#define ROOT "<?xml version=\"1.0\"?>\n<iati-activities version=\"2.03\">\n"
#define GOOD(id) "<iati-activity default-currency=\"EUR\"><iati-identifier>" id "</iati-identifier>" \
	"<reporting-org ref=\"NL-1\" type=\"10\"><narrative>N</narrative></reporting-org>" \
	"<title><narrative>T</narrative></title><activity-status code=\"2\"/>" \
	"<activity-date type=\"1\" iso-date=\"2010-01-01\"/>"
#define END "</iati-activity>\n"

struct faulty {
	const char *name, *text, *ids;
	uint64_t kept, bad;
};

/* What must be said of each, and where, follows from the text. */
static const struct faulty faulty[] = {
    {"nothing wrong", ROOT GOOD("A") END "</iati-activities>", "", 1, 0},
    {"not closed", ROOT GOOD("A") END GOOD("B") END "<iati-activity>", "file:xml.syntax@5", 2, 0},
    {"text after a broken tag", ROOT GOOD("A") END "<iati-activity <<", "file:xml.syntax@4", 1, 0},
    {"empty", "", "file:xml.empty@1", 0, 0},
    {"version 1.05", "<iati-activities version=\"1.05\"/>", "file:iati.version@1", 0, 0},
    {"version 2.04", "<iati-activities version=\"2.04\"/>", "file:iati.version@1", 0, 0},
    {"no version", "<iati-activities/>", "file:iati.version@1", 0, 0},
    {"organisations", "<iati-organisations version=\"2.03\"/>", "file:iati.organisation@1", 0, 0},
    {"another root", "<rss/>", "file:iati.root@1", 0, 0},
    {"a web page", "<!DOCTYPE html><html><p>404</html>", "file:iati.kind@1", 0, 0},
    {"a zip file", "PK\3\4abc", "file:iati.kind@1", 0, 0},
    {"external entity", "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>\n" ROOT, "file:xml.doctype@1", 0, 0},
    {"no identifier", ROOT "<iati-activity/>\n" GOOD("B") END "</iati-activities>", "activity:identifier@3", 1, 1},
    {"status off the list",
	ROOT "<iati-activity><iati-identifier>A</iati-identifier><reporting-org ref=\"X\"/><title><narrative>T</narrative></title>"
	     "<activity-status code=\"77\"/><activity-date type=\"1\" iso-date=\"2010-01-01\"/></iati-activity></iati-activities>",
	"element:code@3 activity:activity-status@3", 0, 1},
    {"impossible date",
	ROOT GOOD("A") "<activity-date type=\"3\" iso-date=\"2011-02-29\"/>" END "</iati-activities>", "element:date@3", 1, 0},
    {"end before start", ROOT GOOD("A") "<activity-date type=\"3\" iso-date=\"2009-12-31\"/>" END "</iati-activities>",
	"note:date-order@3", 1, 0},
    {"unreadable amount",
	ROOT GOOD("A") "\n<transaction><transaction-type code=\"3\"/><value>12,000</value></transaction>" END "</iati-activities>",
	"element:amount@4", 1, 0},
    {"amount beyond 64 bits",
	ROOT GOOD("A") "\n<budget><value>99999999999999999999</value></budget>" END "</iati-activities>", "element:amount@4", 1,
	0},
    {"currency off the list",
	ROOT GOOD("A") "\n<budget><value currency=\"EU\">1</value></budget>" END "</iati-activities>", "element:code@4", 1, 0},
    {"sector off the list", ROOT GOOD("A") "<sector code=\"99999\"/>" END "</iati-activities>", "element:code@3", 1, 0},
    {"country off an open list", ROOT GOOD("A") "<recipient-country code=\"QQ\"/>" END "</iati-activities>", "note:code@3", 1,
	0},
    {"percentage", ROOT GOOD("A") "<recipient-country code=\"NL\" percentage=\"120\"/>" END "</iati-activities>",
	"element:percentage@3", 1, 0},
};

static void faulty_files(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof faulty / sizeof *faulty; i++) {
		struct outcome o = read_text(str_of(faulty[i].text));
		if (strcmp(o.ids, faulty[i].ids) != 0 || o.kept != faulty[i].kept || o.bad != faulty[i].bad)
			fail_msg("%s: got \"%s\" kept %" PRIu64 " bad %" PRIu64 ", want \"%s\" kept %" PRIu64 " bad %" PRIu64,
			    faulty[i].name, o.ids, o.kept, o.bad, faulty[i].ids, faulty[i].kept, faulty[i].bad);
	}
}

/* The same file in other dress: byte order mark, CRLF, UTF-16, Latin-1. */
static void encodings(void **state)
{
	(void)state;
	struct outcome o = read_text(STR("\xef\xbb\xbf" ROOT GOOD("A") END "</iati-activities>"));
	assert_int_equal(o.kept, 1);
	assert_int_equal(o.faults, 0);
	o = read_text(STR("<iati-activities version=\"2.03\">\r\n" GOOD("A") "\r\n" END "\r\n</iati-activities>\r\n"));
	assert_int_equal(o.kept, 1);
	assert_int_equal(o.faults, 0);
	static const char plain[] = "<?xml version=\"1.0\" encoding=\"UTF-16\"?><iati-activities version=\"2.03\">" GOOD("A") END
				    "</iati-activities>";
	char wide[2 * sizeof plain];
	wide[0] = '\xff';
	wide[1] = '\xfe';
	for (size_t i = 0; i + 1 < sizeof plain; i++) {
		wide[2 + 2 * i] = plain[i];
		wide[3 + 2 * i] = 0;
	}
	o = read_text((str){wide, 2 * sizeof plain});
	assert_string_equal(o.ids, "");
	assert_int_equal(o.kept, 1);
	o = read_text(STR("<?xml version=\"1.0\" encoding=\"UTF-8\"?>" ROOT "caf\xe9"));
	assert_int_equal(o.kept, 0);
	assert_int_equal(o.faults, 1);
	o = read_text(STR("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<iati-activities version=\"2.03\">" GOOD("A") END
			  GOOD("caf\xe9") END "</iati-activities>"));
	assert_int_equal(o.kept, 1);
	assert_string_equal(o.ids, "file:xml.encoding@3");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(published_files), cmocka_unit_test(faulty_files), cmocka_unit_test(encodings)};
	return test_run(tests);
}
