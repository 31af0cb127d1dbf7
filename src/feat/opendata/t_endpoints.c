/* The API as the page shows it, from a small route table whose answers are plain to see. */
#include "base/test.h"
#include "feat/opendata/page_parts.h"

static const struct http_field filter[] = {
    {.name = "q", .summary = "Words"},
    {.name = "hidden"},
    {.name = "year", .type = HTTP_INT, .repeats = true, .summary = "Year"},
    {0},
};

static const struct http_route table[] = {
    {HTTP_GET, "/data/{name:slug}.csv", NULL, .summary = "A list", .example = "/data/a.csv"},
    {HTTP_GET, "/pages", NULL, .localized = true},
    {HTTP_GET, "/data/all.csv", NULL, .fields = filter, .summary = "All"},
    {HTTP_GET, "/api/v1/all", NULL, .fields = filter, .summary = "All"},
    {HTTP_GET, "/api/v1/secret", NULL, .lane = HTTP_FAST},
    {HTTP_GET, "/api/v1/c/{code:country}/{key}", NULL, .summary = "One"},
};

static const struct data_endpoint *endpoints(struct arena *a, size_t wanted)
{
	struct http_routes routes = HTTP_ROUTES(table);
	const struct data_endpoint *list = NULL;
	size_t n = 0;
	struct err e = {0};
	assert_int_equal(data_endpoints(&routes, 1, a, &list, &n, &e), ERR_OK);
	assert_int_equal(n, wanted);
	return list;
}

static void documented_routes_the_api_first(void **state)
{
	(void)state;
	struct arena *a = arena_new(1 << 20);
	const struct data_endpoint *p = endpoints(a, 4);
	assert_true(str_is(p[0].path, "/api/v1/all"));
	assert_true(str_is(p[1].path, "/api/v1/c/{code}/{key}"));
	assert_true(str_is(p[2].path, "/data/{name}.csv"));
	assert_true(str_is(p[3].path, "/data/all.csv"));
	arena_free(a);
}

static void examples_are_only_addresses_that_can_be_opened(void **state)
{
	(void)state;
	struct arena *a = arena_new(1 << 20);
	const struct data_endpoint *p = endpoints(a, 4);
	assert_true(str_is(p[0].example, "/api/v1/all"));
	assert_int_equal(p[1].example.n, 0);
	assert_true(str_is(p[2].example, "/data/a.csv"));
	arena_free(a);
}

static void parameters_come_from_path_and_fields(void **state)
{
	(void)state;
	struct arena *a = arena_new(1 << 20);
	const struct data_endpoint *p = endpoints(a, 4);
	assert_int_equal(p[0].n_params, 2); /* a field without a summary is not documented */
	assert_true(str_is(p[0].params[0].name, "q") && !p[0].params[0].in_path);
	assert_true(str_is(p[0].params[1].name, "year") && p[0].params[1].repeats);
	assert_string_equal(p[0].params[1].type, "whole number");
	assert_int_equal(p[1].n_params, 2);
	assert_true(str_is(p[1].params[0].name, "code") && p[1].params[0].in_path);
	assert_string_equal(p[1].params[0].type, "country code of two letters");
	assert_string_equal(p[1].params[1].type, "text");
	assert_int_equal(p[3].same_as, 1); /* the same fields are told once */
	assert_int_equal(p[3].n_params, 0);
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(documented_routes_the_api_first),
	    cmocka_unit_test(examples_are_only_addresses_that_can_be_opened),
	    cmocka_unit_test(parameters_come_from_path_and_fields),
	};
	return test_run(tests);
}
