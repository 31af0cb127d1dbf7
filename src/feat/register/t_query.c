/* The filter as query fields. */
#include "base/test.h"

#include "feat/register/register.h"

/* What the pages link to is what the fields take, word for word: all slugs, in order, and no more. */
static void check_words(const char *field, const char *(*slug)(int), int from, int n)
{
	const struct http_field *f = register_filter_fields;
	while (f->name && strcmp(f->name, field) != 0)
		f++;
	assert_non_null(f->choices);
	for (int i = from; i < n; i++)
		assert_string_equal(f->choices[i - from], slug(i));
	assert_null(f->choices[n - from]);
}

static const char *status_slug(int i)
{
	return activity_status_slug((enum activity_status)i);
}

static const char *role_slug(int i)
{
	return country_role_slug((enum country_role)i);
}

static const char *size_slug(int i)
{
	return size_class_slug((enum size_class)i);
}

static void test_words(void **state)
{
	(void)state;
	check_words("status", status_slug, ACTIVITY_STATUS_PIPELINE, ACTIVITY_STATUS_SUSPENDED + 1);
	check_words("role", role_slug, COUNTRY_ROLE_BENEFICIARY, COUNTRY_ROLE_RECIPIENT + 1);
	check_words("size", size_slug, SIZE_CLASS_UNKNOWN, SIZE_CLASS_1M_MORE + 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_words)};
	return test_run(tests);
}
