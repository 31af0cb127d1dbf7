/* Slow work: what waits for a worker, who passes whom, who shares an answer, and when a request is
 * refused. */
#include "base/test.h"

#include <stdatomic.h>
#include <time.h>

#include "http/http.h"
#include "http/t_client.h"
#include "http/t_site.h"

static void slow_pages_pass_downloads(void **state)
{
	(void)state;
	struct site s;
	start(&s, &(struct http_config){.access_fd = -1});
	atomic_store(&s.hold, true);
	struct client bulk[16];
	for (int i = 0; i < 16; i++) {
		bulk[i] = client_open(addr(&s));
		client_send(&bulk[i], STR("GET /bulk HTTP/1.1\r\nHost: t\r\n\r\n"));
	}
	wait_running(&s, 2); /* both workers for downloads are taken, fourteen wait */
	int own = getpriority(PRIO_PROCESS, 0); /* 19 is the last: who runs there has nothing to stand back to */
	assert_true(atomic_load(&s.priority) > own || own == 19);
	expect(&s, "GET", "/stream?n=1000", "", 200);
	expect(&s, "GET", "/healthz", "", 200);
	expect(&s, "GET", "/en/page", "", 200);
	assert_int_equal(
	    atomic_load(&s.running), 2); /* none of the downloads had to end for that */
	atomic_store(&s.hold, false);
	for (int i = 0; i < 16; i++) {
		AUTO_REPLY r = client_read(&bulk[i], false);
		assert_int_equal(r.status, 200);
		client_close(&bulk[i]);
	}
	stop(&s);
}

static void refuses_when_the_queue_is_full(void **state)
{
	(void)state;
	struct site s;
	start(&s, &(struct http_config){.access_fd = -1, .workers = 2, .queue_max = 3});
	atomic_store(&s.hold, true);
	struct client c[5];
	for (int i = 0; i < 5; i++) {
		c[i] = client_open(addr(&s));
		client_send(&c[i], STR("GET /slow HTTP/1.1\r\nHost: t\r\n\r\n"));
		if (i < 2)
			wait_running(&s, i + 1);
	}
	/* two run, three wait once they are in; a sixth is one too many */
	int status = 0;
	for (int i = 0; i < 2000 && status != 503; i++) {
		struct client more = client_open(addr(&s));
		client_send(&more, STR("GET /slow HTTP/1.1\r\nHost: t\r\n\r\n"));
		if (client_more(&more, 20)) {
			AUTO_REPLY r = client_read(&more, false);
			status = r.status;
			assert_str(reply_header(&r, "Retry-After"), "2");
		}
		client_close(&more);
	}
	assert_int_equal(status, 503);
	expect(&s, "GET", "/en/page", "", 200); /* fast pages go on */
	atomic_store(&s.hold, false);
	size_t answered = 0;
	for (int i = 0; i < 5; i++) {
		AUTO_REPLY r = client_read(&c[i], false);
		answered += r.status == 200;
		client_close(&c[i]);
	}
	assert_true(answered >= 2);
	stop(&s);
}

/* Requests for an answer that is being made wait for it: it is made once. */
static void makes_an_answer_once(void **state)
{
	(void)state;
	enum { N = 12 };
	struct site s;
	start(&s, NULL);
	atomic_store(&s.hold, true);
	struct client c[N];
	for (int i = 0; i < N; i++) {
		c[i] = client_open(addr(&s));
		client_send(&c[i], i % 2 ? STR("GET /kept-slow HTTP/1.1\r\nHost: t\r\n\r\n")
		                         : STR("GET /kept-slow?ms= HTTP/1.1\r\nHost: t\r\n\r\n"));
	}
	wait_running(&s, 1);
	assert_true(metrics_come_to(&s, "grutto_http_shared_total 11\n"));
	assert_int_equal(atomic_load(&s.slow_calls), 1);
	atomic_store(&s.hold, false);
	for (int i = 0; i < N; i++) {
		AUTO_REPLY r = client_read(&c[i], false);
		assert_int_equal(r.status, 200);
		assert_str(buf_str(&r.body), "slow");
		client_close(&c[i]);
	}
	assert_int_equal(atomic_load(&s.slow_calls), 1);
	stop(&s);
}

/* An answer that is not kept, such as an error, is nobody else's: each makes its own. */
static void shares_no_errors(void **state)
{
	(void)state;
	enum { N = 4 };
	struct site s;
	start(&s, NULL);
	atomic_store(&s.hold, true);
	struct client c[N];
	for (int i = 0; i < N; i++) {
		c[i] = client_open(addr(&s));
		client_send(&c[i], STR("GET /kept-slow?fault=1 HTTP/1.1\r\nHost: t\r\n\r\n"));
	}
	wait_running(&s, 1);
	assert_true(metrics_come_to(&s, "grutto_http_shared_total 3\n"));
	atomic_store(&s.hold, false);
	for (int i = 0; i < N; i++) {
		AUTO_REPLY r = client_read(&c[i], false);
		assert_int_equal(r.status, 503);
		client_close(&c[i]);
	}
	assert_int_equal(atomic_load(&s.slow_calls), N);
	stop(&s);
}

/* Nobody is refused for the number of connections alone: the queue has a place for each. */
static void queues_every_connection(void **state)
{
	(void)state;
	enum { N = 150 };
	struct site s;
	start(&s, NULL);
	atomic_store(&s.hold, true);
	static struct client c[N];
	for (int i = 0; i < N; i++) {
		c[i] = client_open(addr(&s));
		client_send(&c[i], STR("GET /slow HTTP/1.1\r\nHost: t\r\n\r\n"));
	}
	wait_running(&s, 4);
	wait_begun(&s, N);
	atomic_store(&s.hold, false);
	for (int i = 0; i < N; i++) {
		AUTO_REPLY r = client_read(&c[i], false);
		assert_int_equal(r.status, 200);
		client_close(&c[i]);
	}
	stop(&s);
}

static void refuses_what_waited_too_long(void **state)
{
	(void)state;
	static const struct timespec pause = {.tv_nsec = 300000000};
	struct site s;
	start(&s, &(struct http_config){.access_fd = -1, .workers = 1, .wait_max_ms = 50});
	atomic_store(&s.hold, true);
	struct client first = client_open(addr(&s)), late = client_open(addr(&s));
	client_send(&first, STR("GET /slow HTTP/1.1\r\nHost: t\r\n\r\n"));
	wait_running(&s, 1);
	client_send(&late, STR("GET /slow HTTP/1.1\r\nHost: t\r\n\r\n"));
	wait_begun(&s, 2);
	(void)nanosleep(&pause, NULL);
	atomic_store(&s.hold, false);
	AUTO_REPLY one = client_read(&first, false);
	AUTO_REPLY two = client_read(&late, false);
	assert_int_equal(one.status, 200);
	assert_int_equal(two.status, 503);
	assert_str(reply_header(&two, "Retry-After"), "2");
	assert_int_equal(atomic_load(&s.slow_calls), 1);
	client_close(&first);
	client_close(&late);
	stop(&s);
}

static void begins_nothing_for_who_left(void **state)
{
	(void)state;
	static const struct timespec pause = {.tv_nsec = 600000000};
	struct site s;
	start(&s, &(struct http_config){.access_fd = -1, .workers = 1});
	atomic_store(&s.hold, true);
	struct client first = client_open(addr(&s)), left = client_open(addr(&s));
	client_send(&first, STR("GET /slow HTTP/1.1\r\nHost: t\r\n\r\n"));
	wait_running(&s, 1);
	client_send(&left, STR("GET /slow HTTP/1.1\r\nHost: t\r\n\r\n"));
	wait_begun(&s, 2);
	client_close(&left);
	(void)nanosleep(&pause, NULL);
	atomic_store(&s.hold, false);
	AUTO_REPLY one = client_read(&first, false);
	assert_int_equal(one.status, 200);
	expect(&s, "GET", "/slow", "", 200); /* behind the one that left */
	assert_int_equal(atomic_load(&s.slow_calls), 2);
	client_close(&first);
	stop(&s);
}

static void fast_pages_pass_slow_ones(void **state)
{
	(void)state;
	struct site s;
	start(&s, NULL);
	atomic_store(&s.hold, true);
	struct client slow_ones[16];
	for (int i = 0; i < 16; i++) {
		slow_ones[i] = client_open(addr(&s));
		client_send(&slow_ones[i], STR("GET /slow HTTP/1.1\r\nHost: t\r\n\r\n"));
	}
	wait_running(&s, 4); /* all workers are taken, twelve wait */
	struct client fast[48];
	for (int i = 0; i < 48; i++)
		fast[i] = client_open(addr(&s));
	for (int round = 0; round < 5; round++) {
		for (int i = 0; i < 48; i++)
			client_send(
			    &fast[i], STR("GET /en/page?page=1 HTTP/1.1\r\nHost: t\r\n\r\n"));
		for (int i = 0; i < 48; i++) {
			AUTO_REPLY r = client_read(&fast[i], false);
			assert_int_equal(r.status, 200);
		}
	}
	assert_int_equal(
	    atomic_load(&s.running), 4); /* none of the slow ones had to end for that */
	atomic_store(&s.hold, false);
	for (int i = 0; i < 16; i++) {
		AUTO_REPLY r = client_read(&slow_ones[i], false);
		assert_str(buf_str(&r.body), "slow");
		client_close(&slow_ones[i]);
	}
	for (int i = 0; i < 48; i++)
		client_close(&fast[i]);
	stop(&s);
}

int main(void)
{
	http_signals_block();
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(slow_pages_pass_downloads),
	    cmocka_unit_test(refuses_when_the_queue_is_full),
	    cmocka_unit_test(makes_an_answer_once),
	    cmocka_unit_test(shares_no_errors),
	    cmocka_unit_test(queues_every_connection),
	    cmocka_unit_test(refuses_what_waited_too_long),
	    cmocka_unit_test(begins_nothing_for_who_left),
	    cmocka_unit_test(fast_pages_pass_slow_ones),
	};
	return test_run(tests);
}
