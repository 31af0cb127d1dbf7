#include "http/problem.h"

#include "base/utf8.h"
#include "codec/json.h"
#include "http/answer.h"

int http_problem_status(const struct err *e)
{
	static const struct {
		const char *id;
		int status;
	} ids[] = {
	    {"target.bytes", 414},
	    {"header.bytes", 431},
	    {"header.count", 431},
	    {"route.method", 405},
	    {"body.bytes", 413},
	    {"body.type", 415},
	    {"server.busy", 503},
	    {"server.stopping", 503},
	    {"arena.limit", 503},
	    {"buf.limit", 503},
	    {"url.bytes", 414},
	    {"url.params", 400},
	    {"field.count", 400},
	};
	for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++)
		if (str_eq(str_of(e->id), str_of(ids[i].id)))
			return ids[i].status;
	return err_http_status(e->code);
}

str http_problem_detail(const struct err *e, int status)
{
	if (status < 500)
		return str_of(e->detail);
	if (status == 503)
		return STR(
		    "The service cannot answer this just now. Please try again in a moment.");
	return STR("Something went wrong on our side. It has been noted.");
}

void http_problem_json(
    const struct http_request *req, const struct err *e, int status, struct buf *out)
{
	struct json_writer w;
	jw_begin_buf(&w, out);
	jw_object(&w);
	jw_key(&w, "type");
	jw_str(&w, STR("about:blank"));
	jw_key(&w, "title");
	jw_str(&w, str_of(http_status_text(status)));
	jw_key(&w, "status");
	jw_i64(&w, status);
	jw_key(&w, "detail");
	jw_str(&w, http_problem_detail(e, status));
	if (req->path.n) {
		jw_key(&w, "instance");
		jw_str(&w, req->path);
	}
	if (status < 500) {
		jw_key(&w, "code");
		jw_str(&w, str_of(e->id));
	}
	if (e->field[0]) {
		jw_key(&w, "parameter");
		jw_str(&w, str_of(e->field));
	}
	jw_object_end(&w);
	struct err ignored;
	(void)!jw_finish(&w, &ignored); /* a failure is kept in out */
	buf_addc(out, '\n');
}

void http_problem_page(const struct err *e, int status, struct buf *out)
{
	const char *title = http_status_text(status);
	buf_addf(out,
	    "<!DOCTYPE html>\n<html lang=\"en\"><head><meta "
	    "charset=\"utf-8\"><title>%s</title></head>"
	    "<body><main><h1>%s</h1><p>",
	    title, title);
	buf_add_markup(out, http_problem_detail(e, status));
	buf_addz(out, "</p></main></body></html>\n");
}
