/* Packs: one file of a small pack is the input, the others are sound. Reading ends, each fault has
 * a file, a sentence and a cure, and a pack comes out exactly when there is no fault. */
#include "feat/programme/pack.h"
#include "fuzz.h"

enum { FAULTS_LOOKED_AT = 100000 };

/* The first byte says which file is the input: 0 programme.yaml, else a table. */
struct input {
	unsigned which;
	str bytes;
};

static const char yaml[] =
    "format: 1\nnumber: 1\nslug: p\nversion: 1\ncurrency: EUR\nfacts_as_of: 2012-05-31\n"
    "last_source_line: 100\nname: {en: a, nl: b, fr: c}\ndescription: {en: a, nl: b, fr: c}\n"
    "owner: {en: a, nl: b, fr: c}\nsource: {en: a, nl: b, fr: c}\n"
    "iati: {reporting_org: XM-DAC-7, reporting_org_type: 10, identifier_prefix: X-}\n"
    "priorities:\n  - {code: 1, name: {en: a, nl: b, fr: c}, short_name: {en: a, nl: b, fr: c}, "
    "purpose: {en: a, nl: b, fr: c}}\n"
    "checks:\n  - name: s\n    parts: {file: budget.csv, column: amount_eur_million, group_by: "
    "year, "
    "where: {priority: \"!all\"}}\n"
    "    whole: {file: budget.csv, column: amount_eur_million, group_by: year, where: {priority: "
    "all}}\n";

static void sound_table(enum pack_table_id t, struct buf *b)
{
	for (size_t i = 0; i < pack_tables[t].n; i++)
		buf_addf(b, "%s%s", i ? "," : "", pack_tables[t].columns[i].name);
	buf_addz(b, "\r\n");
	if (t == PACK_PRIORITIES)
		buf_addz(b, "1,a,b,1\r\n");
	if (t == PACK_ACTIVITIES)
		buf_addz(b, "A1,t,,,2008,,,,,,d,1,,assigned,described,\r\nA2,t,,,2009,,,,,,d,1,A1,"
		            "assigned,described,\r\n");
}

/* The sound tables as texts, written once. */
static str sound_text(enum pack_table_id t)
{
	static struct buf texts[PACK_TABLES];
	if (!texts[t].p) {
		texts[t] = BUF_INIT(4096);
		sound_table(t, &texts[t]);
	}
	return buf_str(&texts[t]);
}

static enum err_code open_file(void *ctx, const char *file, struct buf *b, struct err *e)
{
	const struct input *x = ctx;
	unsigned number = 0;
	for (unsigned t = 0; t < PACK_TABLES; t++) {
		char path[PACK_PATH_MAX];
		pack_path((enum pack_table_id)t, path);
		if (strcmp(file, path) == 0)
			number = t + 1;
	}
	if (number == 0 && strcmp(file, "programme.yaml") != 0)
		return fail(e, ERR_NOT_FOUND, "fuzz.file", "there is no such file");
	if (number == x->which % (PACK_TABLES + 1))
		buf_add(b, x->bytes);
	else if (number == 0)
		buf_addz(b, yaml);
	else
		buf_add(b, sound_text((enum pack_table_id)(number - 1)));
	return buf_check(b, e);
}

static void on_fault(void *ctx, const struct pack_fault *f)
{
	size_t *n = ctx;
	FUZZ_CHECK(f->at.file[0] && f->at.detail[0] && f->at.id[0] && f->cure[0]);
	(*n)++;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	if (n == 0)
		return 0;
	struct input x = {data[0], {(const char *)data + 1, n - 1}};
	struct pack_files files = {.open = open_file, .ctx = &x};
	struct err e = {0};
	const struct pack *p = NULL;
	size_t faults = 0;
	static struct arena *a; /* kept, so that a run need not ask for fresh memory */
	if (!a)
		a = arena_new(64 << 20);
	FUZZ_CHECK(a);
	arena_reset(a);
	enum err_code code = pack_read_from(&files, "pack", a, on_fault, &faults, &p, &e);
	FUZZ_CHECK(code == ERR_OK || code == ERR_INVALID || code == ERR_LIMIT);
	FUZZ_CHECK((code == ERR_OK) == (p != NULL));
	FUZZ_CHECK(code != ERR_OK || faults == 0);
	FUZZ_CHECK(code != ERR_INVALID || faults > 0);
	FUZZ_CHECK(faults < FAULTS_LOOKED_AT);
	return 0;
}
