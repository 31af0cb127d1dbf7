/* Hosts that may stand in a site map: letters, digits, dots, hyphens, a port, an IPv6 address (RFC 3986). */
#include "base/str.h"
#include "base/test.h"
#include "feat/front/sitemap.h"

static void hosts_that_are_fine(void **state)
{
	(void)state;
	assert_true(sitemap_host_ok(STR("example.org")));
	assert_true(sitemap_host_ok(STR("xn--exmple-cua.org:8080")));
	assert_true(sitemap_host_ok(STR("[::1]:8080")));
}

static void hosts_that_would_change_the_page(void **state)
{
	(void)state;
	assert_false(sitemap_host_ok(STR_NONE));
	assert_false(sitemap_host_ok(STR("")));
	assert_false(sitemap_host_ok(STR("a\"><script>")));
	assert_false(sitemap_host_ok(STR("example.org/evil")));
	assert_false(sitemap_host_ok(STR("user@example.org")));
	assert_false(sitemap_host_ok(STR("example.org\nDisallow: /")));
	char longest[256];
	memset(longest, 'a', sizeof longest);
	assert_true(sitemap_host_ok((str){longest, 255}));
	assert_false(sitemap_host_ok((str){longest, 256}));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(hosts_that_are_fine),
	    cmocka_unit_test(hosts_that_would_change_the_page),
	};
	return test_run(tests);
}
