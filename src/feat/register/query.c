/* The filter of activities as query fields, and back. */
#include "feat/register/register.h"

#include "codec/url.h"
#include "db/db.h"
#include "feat/programme/programme.h"
#include "feat/site/public.h"

enum { SEARCH_HITS_MAX = 1000000 };
_Static_assert((int)FILTER_VALUES_MAX >= (int)HTTP_REPEATS_MAX, "no value of a field may get lost");

static const char *const sort_words[] = {"relevance", "title", "start", "contribution", NULL};
/* The slugs of labels.c; t_query.c compares them. */
static const char *const status_words[] = {
    "pipeline", "implementation", "finalisation", "closed", "cancelled", "suspended", NULL};
static const char *const role_words[] = {"beneficiary", "origin", "destination", "transit", "recipient", NULL};
static const char *const size_words[] = {"unknown", "under-100k", "100k-250k", "250k-1m", "1m-more", NULL};
static const char *const order_words[] = {"ascending", "descending", NULL};

const struct http_field register_filter_fields[] = {
    {.name = "q", .type = HTTP_TEXT, .summary = "Words to find in title, description and names"},
    {.name = "priority", .type = HTTP_INT, .min = 1, .max = 7, .repeats = true,
	.summary = "Priority under which the activity is filed"},
    {.name = "also", .type = HTTP_INT, .min = 1, .max = 7, .repeats = true,
	.summary = "Further priority that the activity serves"},
    {.name = "status", .type = HTTP_CHOICE, .choices = status_words, .repeats = true,
	.summary = "Status (IATI ActivityStatus)"},
    {.name = "implementer", .type = HTTP_TEXT, .repeats = true, .summary = "Organisation that carries it out"},
    {.name = "type", .type = HTTP_TEXT, .repeats = true, .summary = "Type of that organisation"},
    {.name = "country", .type = HTTP_COUNTRY, .repeats = true, .summary = "Country, ISO 3166-1 alpha-2"},
    {.name = "role", .type = HTTP_CHOICE, .choices = role_words, .repeats = true, .summary = "Role of the country"},
    {.name = "year", .type = HTTP_INT, .min = 1900, .max = 2200, .repeats = true,
	.summary = "Year in which the activity ran"},
    {.name = "size", .type = HTTP_CHOICE, .choices = size_words, .repeats = true,
	.summary = "Size class of the contribution"},
    {.name = "sort", .type = HTTP_CHOICE, .choices = sort_words, .summary = "Order of the rows"},
    {.name = "order", .type = HTTP_CHOICE, .choices = order_words, .summary = "Direction of the order"},
    {.name = "page", .type = HTTP_INT, .min = 1, .max = 1000000, .summary = "Page, from 1"},
    {.name = "rows", .type = HTTP_INT, .min = 1, .max = REGISTER_PAGE_ROWS_MAX, .summary = "Rows on a page"},
    {0},
};

struct facet_field {
	const char *name;
	size_t offset;
};

static const struct facet_field facet_fields[] = {
    {"priority", offsetof(struct activity_filter, priority)},
    {"also", offsetof(struct activity_filter, also_priority)},
    {"status", offsetof(struct activity_filter, status)},
    {"implementer", offsetof(struct activity_filter, implementer)},
    {"type", offsetof(struct activity_filter, org_type)},
    {"country", offsetof(struct activity_filter, country)},
    {"role", offsetof(struct activity_filter, role)},
    {"year", offsetof(struct activity_filter, year)},
    {"size", offsetof(struct activity_filter, size)},
};
enum { FACET_FIELDS = sizeof facet_fields / sizeof *facet_fields };

static void read_values(const struct http_request *req, const char *name, struct filter_values *to)
{
	const struct http_values *given = http_field(req, name);
	for (size_t i = 0; i < given->n && to->n < FILTER_VALUES_MAX; i++)
		if (given->v[i].text.n)
			to->v[to->n++] = given->v[i].text;
}

static bool default_descending(enum activity_sort sort)
{
	return sort == ACTIVITY_SORT_START || sort == ACTIVITY_SORT_CONTRIBUTION;
}

static enum activity_sort default_sort(const struct activity_filter *f)
{
	return f->q.n ? ACTIVITY_SORT_RELEVANCE : ACTIVITY_SORT_TITLE;
}

void register_filter_read(const struct http_request *req, struct activity_filter *ret_f)
{
	struct activity_filter f = {.q = str_trim(http_text(req, "q"))};
	for (size_t i = 0; i < FACET_FIELDS; i++)
		read_values(req, facet_fields[i].name,
		    (struct filter_values *)(void *)((char *)&f + facet_fields[i].offset));
	const struct http_values *sort = http_field(req, "sort");
	f.sort = sort->n ? (enum activity_sort)sort->v[0].i : default_sort(&f);
	const struct http_values *order = http_field(req, "order");
	f.descending = order->n ? order->v[0].i == 1 : default_descending(f.sort);
	f.limit = (size_t)http_int(req, "rows", REGISTER_PAGE_ROWS);
	f.offset = (size_t)(http_int(req, "page", 1) - 1) * f.limit;
	*ret_f = f;
}

static void add_pair(struct buf *b, size_t start, const char *name, str value)
{
	if (b->n > start)
		buf_addc(b, '&');
	buf_addz(b, name);
	buf_addc(b, '=');
	url_encode(b, value);
}

static void add_number(struct buf *b, size_t start, const char *name, size_t value)
{
	AUTO_BUF digits = BUF_INIT(24);
	buf_add_i64(&digits, (int64_t)value);
	add_pair(b, start, name, buf_str(&digits));
}

void register_filter_query(struct buf *b, const struct activity_filter *f, size_t page)
{
	size_t start = b->n;
	if (f->q.n)
		add_pair(b, start, "q", f->q);
	for (size_t i = 0; i < FACET_FIELDS; i++) {
		const struct filter_values *values =
		    (const void *)((const char *)f + facet_fields[i].offset);
		for (size_t k = 0; k < values->n; k++)
			add_pair(b, start, facet_fields[i].name, values->v[k]);
	}
	if (f->sort != default_sort(f))
		add_pair(b, start, "sort", str_of(sort_words[f->sort]));
	if (f->descending != default_descending(f->sort))
		add_pair(b, start, "order", str_of(order_words[f->descending]));
	if (f->limit && f->limit != REGISTER_PAGE_ROWS)
		add_number(b, start, "rows", f->limit);
	if (page > 1)
		add_number(b, start, "page", page);
}

enum err_code register_find(const struct http_request *req, bool own, const struct activity_filter *f,
    struct arena *a, struct selection *ret_s, struct err *e)
{
	const struct register_view *v = public_view_of(req)->activities;
	const struct activity_set *set = own ? &v->own : &v->comparison;
	const uint32_t *hits = NULL;
	size_t n_hits = 0;
	if (f->q.n) {
		AUTO_DB c = NULL;
		TRY(db_pool_reader(site_app_of(req)->pool, &c, e));
		TRY(register_search(c, own, f->q, SEARCH_HITS_MAX, a, &hits, &n_hits, e));
	}
	return register_select(set, f, hits, n_hits, a, ret_s, e);
}
