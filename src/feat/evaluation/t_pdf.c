/* Programs that set no PDF: absent, failing, killed, printing something else; by a command and by the helper. What comes out
 * when all is well is looked at in tests/pdf.sh. */
#include "base/test.h"

#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "feat/evaluation/pdf.h"
#include "feat/evaluation/printer.h"

static char folder[] = "/tmp/grutto-pdf-XXXXXX";

/* A program that does what the shell is told. */
static const char *program(const char *name, const char *does)
{
	static char path[200];
	(void)snprintf(path, sizeof path, "%s/%s", folder, name);
	FILE *f = fopen(path, "w");
	assert_non_null(f);
	(void)fprintf(f, "#!/bin/sh\n%s\n", does);
	assert_int_equal(fclose(f), 0);
	assert_int_equal(chmod(path, 0700), 0);
	return path;
}

static void refuse(const char *with, const char *id)
{
	AUTO_BUF out = BUF_INIT(1000);
	struct err e;
	buf_addz(&out, "before");
	assert_int_equal(pdf_make_with(with, STR("<p>Words"), &out, &e), ERR_IO);
	assert_string_equal(e.id, id);
	assert_str(buf_str(&out), "before");
}

static void bad_programs(void **state)
{
	struct err e;
	AUTO_BUF out = BUF_INIT(1000);
	(void)state;
	refuse("grutto-no-such-program", "pdf.absent");
	refuse(program("fails", "echo one >&2; echo last words >&2; exit 3"), "pdf.failed");
	assert_int_equal(pdf_make_with(program("fails", "echo last words >&2; exit 3"), STR("x"), &out, &e), ERR_IO);
	assert_non_null(strstr(e.detail, "last words"));
	refuse(program("dies", "kill -9 $$"), "pdf.failed");
	refuse(program("junk", "echo no PDF"), "pdf.result");
	refuse(program("silent", "exit 0"), "pdf.result");
	refuse(program("half", "printf %%PDF-1.7; exit 1"), "pdf.failed");
}

static void takes_what_it_made(void **state)
{
	AUTO_BUF out = BUF_INIT(1000);
	struct err e;
	(void)state;
	assert_ok(pdf_make_with(program("echoes", "printf %%PDF-1.7; cat"), STR("<p>Words"), &out, &e), &e);
	assert_str(buf_str(&out), "%PDF-1.7<p>Words");
}

static void has_limits(void **state)
{
	AUTO_BUF out = BUF_INIT(1000);
	struct err e;
	(void)state;
	assert_ok(pdf_make_with(program("limits", "printf %%PDF-; ulimit -t; ulimit -v; env | grep -c PGPASSWORD; true"), STR("x"), &out, &e), &e);
	assert_str(buf_str(&out), "%PDF-90\n1572864\n0\n");
}

static void no_network(void **state)
{
	AUTO_BUF out = BUF_INIT(1000);
	struct err e;
	(void)state;
	if (access("/usr/bin/python3", X_OK) != 0)
		skip();
	assert_ok(pdf_make_with(program("net",
	    "printf %%PDF-; python3 -c 'import socket\ntry:\n socket.socket()\nexcept PermissionError: print(\"refused\")'"), STR("x"), &out, &e), &e);
	assert_str(buf_str(&out), "%PDF-refused\n");
}

static void helper(void **state)
{
	AUTO_BUF out = BUF_INIT(1000);
	struct pdf_helper *h = NULL;
	struct err e;
	(void)state;
	assert_ok(pdf_helper_start(program("echoes", "printf %%PDF-1.7; cat"), &h, &e), &e);
	for (int i = 0; i < 2; i++) {
		buf_clear(&out);
		assert_ok(pdf_helper_make(h, STR("<p>Words"), &out, &e), &e);
		assert_str(buf_str(&out), "%PDF-1.7<p>Words");
	}
	(void)program("echoes", "exit 5"); /* a failure leaves the helper as it was */
	assert_int_equal(pdf_helper_make(h, STR("x"), &out, &e), ERR_IO);
	assert_string_equal(e.id, "pdf.failed");
	(void)program("echoes", "printf %%PDF-1.7; cat");
	assert_ok(pdf_helper_make(h, STR("x"), &out, &e), &e);
	assert_int_equal(kill(pdf_helper_pid(h), SIGKILL), 0);
	assert_int_equal(pdf_helper_make(h, STR("x"), &out, &e), ERR_IO);
	assert_string_equal(e.id, "pdf.helper");
	pdf_helper_stop(h);
}

/* ---- in the background ---- */

static enum printing wait_until_made(struct evaluation_printer *p, int64_t version, int64_t now_ms, struct buf *out, struct err *why)
{
	const struct timespec tick = {.tv_nsec = 10 * 1000000L};
	enum printing x = PRINT_MAKING;
	for (int i = 0; i < 2000 && x == PRINT_MAKING; i++) {
		x = printer_look(p, LANG_NL, version, now_ms, out, why);
		(void)nanosleep(&tick, NULL);
	}
	return x;
}

static struct buf words(const char *s)
{
	struct buf b = BUF_INIT(1000);
	buf_addz(&b, s);
	return b;
}

static void printer(void **state)
{
	AUTO_BUF out = BUF_INIT(1000);
	struct evaluation_printer *p = NULL;
	struct err e;
	(void)state;
	assert_ok(printer_new_with(program("echoes", "printf %%PDF-1.7; cat"), &p, &e), &e);
	assert_ok(evaluation_printer_run(p, &e), &e);
	assert_int_equal(printer_look(p, LANG_NL, 7, 1000, &out, &e), PRINT_WANTED);
	struct buf html = words("seven");
	printer_give(p, LANG_NL, 7, 1000, &html);
	assert_int_equal(html.n, 0);
	assert_int_equal(wait_until_made(p, 7, 1000, &out, &e), PRINT_READY);
	assert_str(buf_str(&out), "%PDF-1.7seven");
	assert_int_equal(printer_look(p, LANG_FR, 7, 1000, &out, &e), PRINT_WANTED);
	assert_int_equal(printer_look(p, LANG_NL, 8, 1000, &out, &e), PRINT_WANTED); /* other data: another document */
	(void)program("echoes", "exit 5");
	html = words("eight");
	printer_give(p, LANG_NL, 8, 2000, &html);
	assert_int_equal(wait_until_made(p, 8, 2000, &out, &e), PRINT_FAILED);
	assert_string_equal(e.id, "pdf.failed");
	assert_int_equal(printer_look(p, LANG_NL, 8, 2000 + PRINT_REST_MS, &out, &e), PRINT_WANTED);
	buf_clear(&out);
	assert_int_equal(printer_look(p, LANG_NL, 7, 2000, &out, &e), PRINT_READY);
	evaluation_printer_free(p);
}

/* It stops at once, whatever is being made. */
static void printer_stops(void **state)
{
	struct evaluation_printer *p = NULL;
	struct err e;
	(void)state;
	assert_ok(printer_new_with(program("sleeps", "sleep 60"), &p, &e), &e);
	assert_ok(evaluation_printer_run(p, &e), &e);
	struct buf html = words("long");
	printer_give(p, LANG_EN, 1, 1, &html);
	(void)usleep(100000);
	evaluation_printer_free(p);
	evaluation_printer_free(NULL);
}

static int remove_folder(void)
{
	static const char *const names[] = {"fails", "dies", "junk", "silent", "half", "echoes", "limits", "net", "sleeps"};
	char path[200];
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		(void)snprintf(path, sizeof path, "%s/%s", folder, names[i]);
		(void)unlink(path);
	}
	return rmdir(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(bad_programs),
	    cmocka_unit_test(takes_what_it_made),
	    cmocka_unit_test(has_limits),
	    cmocka_unit_test(no_network),
	    cmocka_unit_test(helper),
	    cmocka_unit_test(printer),
	    cmocka_unit_test(printer_stops),
	};
	if (!mkdtemp(folder))
		return 1;
	int failed = test_run(tests);
	return failed ? failed : remove_folder();
}
