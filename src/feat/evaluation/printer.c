/* A thread that hands documents to the helper, one after the other, and keeps what comes back. */
#include "feat/evaluation/printer.h"

#include <pthread.h>

#include "base/mem.h"

struct print {
	int64_t ready, asked, failed; /* versions; 0: none */
	int64_t asked_ms, failed_ms;
	struct buf html, pdf;
	bool queued, making;
	struct err why;
};

struct evaluation_printer {
	struct pdf_helper *helper;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	pthread_t thread;
	bool running, stop;
	struct print prints[LANG_COUNT];
};

enum err_code printer_new_with(const char *program, struct evaluation_printer **ret_printer, struct err *e)
{
	struct evaluation_printer *p = mem_alloc(sizeof *p);
	if (!p)
		return fail(e, ERR_NOMEM, "mem.none", "the system has no memory left");
	memset(p, 0, sizeof *p);
	enum err_code code = pdf_helper_start(program, &p->helper, e);
	if (code != ERR_OK) {
		mem_free(p);
		return code;
	}
	(void)pthread_mutex_init(&p->lock, NULL);
	(void)pthread_cond_init(&p->changed, NULL);
	*ret_printer = p;
	return ERR_OK;
}

enum err_code evaluation_printer_new(struct evaluation_printer **ret_printer, struct err *e)
{
	return printer_new_with(PDF_PROGRAM, ret_printer, e);
}

/* The next one in the queue; the lock is held. */
static struct print *next(struct evaluation_printer *p)
{
	for (;;) {
		if (p->stop)
			return NULL;
		for (size_t l = 0; l < LANG_COUNT; l++)
			if (p->prints[l].queued)
				return &p->prints[l];
		(void)pthread_cond_wait(&p->changed, &p->lock);
	}
}

/* The lock is held, and let go while the PDF is made. */
static void print_one(struct evaluation_printer *p, struct print *x)
{
	struct err why;
	struct buf html = x->html, pdf = BUF_INIT(PDF_BYTES);
	int64_t version = x->asked, begun_ms = x->asked_ms;
	x->html = (struct buf){0};
	x->queued = false;
	x->making = true;
	(void)pthread_mutex_unlock(&p->lock);
	enum err_code code = pdf_helper_make(p->helper, buf_str(&html), &pdf, &why);
	buf_free(&html);
	(void)pthread_mutex_lock(&p->lock);
	x->making = false;
	if (code == ERR_OK) {
		buf_free(&x->pdf);
		x->pdf = pdf;
		x->ready = version;
	} else {
		buf_free(&pdf);
		x->failed = version;
		x->failed_ms = begun_ms;
		x->why = why;
	}
	if (x->asked == version)
		x->asked = 0;
}

static void *print_all(void *arg)
{
	struct evaluation_printer *p = arg;
	struct print *x;
	(void)pthread_mutex_lock(&p->lock);
	while ((x = next(p)) != NULL)
		print_one(p, x);
	(void)pthread_mutex_unlock(&p->lock);
	return NULL;
}

enum err_code evaluation_printer_run(struct evaluation_printer *p, struct err *e)
{
	if (pthread_create(&p->thread, NULL, print_all, p) != 0)
		return fail(e, ERR_NOMEM, "printer.thread", "the system gives no thread to make PDFs");
	p->running = true;
	return ERR_OK;
}

void evaluation_printer_free(struct evaluation_printer *p)
{
	if (!p)
		return;
	(void)pthread_mutex_lock(&p->lock);
	p->stop = true;
	(void)pthread_cond_broadcast(&p->changed);
	(void)pthread_mutex_unlock(&p->lock);
	pdf_helper_end(p->helper); /* what it is making would keep the thread */
	if (p->running)
		(void)pthread_join(p->thread, NULL);
	pdf_helper_stop(p->helper);
	for (size_t l = 0; l < LANG_COUNT; l++) {
		buf_free(&p->prints[l].html);
		buf_free(&p->prints[l].pdf);
	}
	(void)pthread_cond_destroy(&p->changed);
	(void)pthread_mutex_destroy(&p->lock);
	mem_free(p);
}

enum printing printer_look(struct evaluation_printer *p, enum lang l, int64_t version, int64_t now_ms, struct buf *out,
    struct err *ret_why)
{
	struct print *x = &p->prints[l];
	enum printing state = PRINT_WANTED;
	(void)pthread_mutex_lock(&p->lock);
	if (x->ready == version) {
		buf_add(out, buf_str(&x->pdf));
		state = PRINT_READY;
	} else if (x->asked == version) {
		state = PRINT_MAKING;
	} else if (x->failed == version && now_ms - x->failed_ms < PRINT_REST_MS) {
		*ret_why = x->why;
		state = PRINT_FAILED;
	}
	(void)pthread_mutex_unlock(&p->lock);
	return state;
}

void printer_give(struct evaluation_printer *p, enum lang l, int64_t version, int64_t now_ms, struct buf *html)
{
	struct print *x = &p->prints[l];
	(void)pthread_mutex_lock(&p->lock);
	if (x->asked != version) {
		buf_free(&x->html);
		x->html = *html;
		*html = (struct buf){0};
		x->asked = version;
		x->asked_ms = now_ms;
		x->queued = true;
		(void)pthread_cond_broadcast(&p->changed);
	}
	(void)pthread_mutex_unlock(&p->lock);
	buf_free(html);
}
