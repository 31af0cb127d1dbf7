/* /data/iati.xml: the portfolio, or a selection of it, as IATI 2.03; /data/comparison.xml the imported ones. */
#include "feat/opendata/opendata.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "db/db.h"
#include "feat/iati/iati.h"
#include "feat/programme/programme.h"
#include "feat/register/register.h"
#include "feat/site/public.h"

static void close_fd(int *fd)
{
	if (*fd >= 0)
		(void)close(*fd);
}

/* A file without a name, which is gone with its last descriptor. */
static enum err_code open_nameless(int *ret_fd, struct err *e)
{
	const char *dir = getenv("TMPDIR");
	int fd = open(dir && dir[0] ? dir : "/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	if (fd < 0)
		return fail(e, ERR_IO, "data.temp", "no temporary file can be made: %s", strerror(errno));
	*ret_fd = fd;
	return ERR_OK;
}

/* The keys of the chosen activities; no filter means all, and then the programme leads the file. */
static enum err_code chosen(struct http_request *req, bool own, struct iati_selection *ret_s, struct err *e)
{
	struct activity_filter f;
	struct selection s;
	*ret_s = (struct iati_selection){.own = own};
	if (req->canonical_query.n == 0)
		return ERR_OK;
	register_filter_read(req, &f);
	if (!http_has(req, "page") && !http_has(req, "rows")) {
		f.offset = 0;
		f.limit = SIZE_MAX;
	}
	TRY(register_find(req, own, &f, req->arena, &s, e));
	str *keys = ARENA_ARRAY(req->arena, s.n, str);
	if (!keys)
		return arena_fail(req->arena, e);
	for (size_t i = 0; i < s.n; i++)
		keys[i] = s.rows[i]->key;
	ret_s->keys = keys;
	ret_s->n = s.n;
	return ERR_OK;
}

static enum err_code send_iati(struct http_request *req, struct http_response *res, const struct iati_selection *s,
    const char *name, struct err *e)
{
	const struct site_app *app = site_app_of(req);
	uint64_t n;
	__attribute__((cleanup(close_fd))) int fd = -1;
	AUTO_DB c = NULL;
	TRY(open_nameless(&fd, e));
	TRY(db_pool_reader(app->pool, &c, e));
	TRY(iati_export(c, public_view_of(req)->programme->programme, s, &app->clock, sink_fd(&fd), &n, e));
	off_t end = lseek(fd, 0, SEEK_END);
	if (end < 0 || lseek(fd, 0, SEEK_SET) != 0)
		return fail(e, ERR_IO, "data.file", "the file could not be read back: %s", strerror(errno));
	res->type = "application/xml";
	res->file_name = str_of(name);
	res->modified_ms = public_view_of(req)->made_ms;
	res->fd = fd;
	res->fd_bytes = (uint64_t)end;
	fd = -1; /* the response closes it */
	return ERR_OK;
}

static enum err_code own_iati(struct http_request *req, struct http_response *res, struct err *e)
{
	struct iati_selection s;
	TRY(chosen(req, true, &s, e));
	return send_iati(req, res, &s, "grutto-iati.xml", e);
}

static enum err_code comparison_iati(struct http_request *req, struct http_response *res, struct err *e)
{
	struct iati_selection s;
	TRY(chosen(req, false, &s, e));
	return send_iati(req, res, &s, "grutto-comparison.xml", e);
}

static enum err_code one_iati(struct http_request *req, struct http_response *res, struct err *e)
{
	str key = http_param(req, 0)->text;
	const struct activity *x = register_activity(public_view_of(req)->activities, key);
	if (!x)
		return fail(e, ERR_NOT_FOUND, "activity", "there is no such activity");
	return send_iati(req, res, &(struct iati_selection){.own = true, .keys = &x->key, .n = 1}, "grutto-activity.xml", e);
}

static const struct http_route routes[] = {
    {HTTP_GET, "/data/iati.xml", own_iati, .lane = HTTP_BULK, .cache = HTTP_CACHE_VALIDATE,
	.fields = register_filter_fields, .summary = "The programme and its activities, or a selection, as IATI 2.03",
	.produces = "application/xml"},
    {HTTP_GET, "/data/activities/{key:slug}.xml", one_iati, .lane = HTTP_SLOW, .cache = HTTP_CACHE_VALIDATE,
	.summary = "One activity of the programme as IATI 2.03", .produces = "application/xml",
	.example = "/data/activities/18261.xml"},
    {HTTP_GET, "/data/comparison.xml", comparison_iati, .lane = HTTP_BULK, .cache = HTTP_CACHE_VALIDATE,
	.fields = register_filter_fields, .summary = "A selection of comparison activities as IATI 2.03",
	.produces = "application/xml"},
};

struct http_routes opendata_iati_routes(void)
{
	return HTTP_ROUTES(routes);
}
