/* grutto check FILE.xml: form, schema, codelists, rules. The schemas, the mapping of paths to codelists and the
 * ruleset are files of the standard, built into the program. */
#include "base/embed.h"
#include "codec/xdoc.h"
#include "codec/xsd.h"
#include "feat/iati/iati_standard.h"
#include "feat/iati/keyset.h"
#include "feat/iati/rules.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

enum {
	LASTING_BYTES = 32 << 20,
	SCRATCH_BYTES = 512 << 20, /* for one activity */
	FAULTS_MAX = 1000,
	MAPPINGS_MAX = 1000,
};

struct mapping {
	const char *path, *condition; /* condition NULL: always; it is about the element of an attribute */
	const struct codelist *list;
	const char *list_name;
};

struct checker {
	const char *path;
	date today;
	iati_finding_fn on_finding;
	void *ctx;
	struct iati_check_result result;
	struct arena *lasting, *a;
	const struct ruleset *rules;
	VEC(struct mapping) mappings;
	struct keyset *seen;
	str activity; /* identifier of the one at hand */
	struct xdoc *d;
};

static void say(struct checker *k, enum iati_severity severity, const char *rule, uint32_t line, const char *detail)
{
	struct iati_finding f = {.severity = severity, .rule = rule, .line = line, .activity = k->activity, .detail = detail};
	k->result.errors += severity == IATI_ERROR;
	k->result.warnings += severity == IATI_WARNING;
	if (k->on_finding)
		k->on_finding(k->ctx, &f);
}

static str standard_file(const char *name)
{
	const struct embed_file *f = embed_find(iati_standard, iati_standard_n, str_of(name));
	return f ? f->bytes : STR_NONE;
}

/* ---- schema ---- */

static const char *const schema_files[] = {
    "xsd/iati-activities-schema.xsd", "xsd/iati-organisations-schema.xsd", "xsd/iati-common.xsd", "xsd/xml.xsd"};
#define SCHEMA_FILES (sizeof schema_files / sizeof *schema_files)

static enum err_code write_file(const char *path, str bytes, struct err *e)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return fail(e, ERR_IO, "io.open", "%s cannot be written: %s.", path, strerror(errno));
	struct sink to = sink_fd(&fd);
	enum err_code code = to.write(to.ctx, bytes, e);
	if (close(fd) != 0 && code == ERR_OK)
		code = fail(e, ERR_IO, "io.write", "%s cannot be written: %s.", path, strerror(errno));
	return code;
}

static void schema_path(char dst[256], const char *folder, const char *file)
{
	snprintf(dst, 256, "%s/%s", folder, file + strlen("xsd/"));
}

/* The library wants schemas that include one another as files: they are there while they are read. */
static enum err_code load_schema(bool organisations, struct xsd **ret_x, struct err *e)
{
	char folder[] = "/tmp/grutto-xsd-XXXXXX", path[256];
	if (!mkdtemp(folder))
		return fail(e, ERR_IO, "io.open", "A temporary folder cannot be made: %s.", strerror(errno));
	enum err_code code = ERR_OK;
	for (size_t i = 0; i < SCHEMA_FILES && code == ERR_OK; i++) {
		schema_path(path, folder, schema_files[i]);
		code = write_file(path, standard_file(schema_files[i]), e);
	}
	schema_path(path, folder, schema_files[organisations]);
	if (code == ERR_OK)
		code = xsd_load(path, ret_x, e);
	for (size_t i = 0; i < SCHEMA_FILES; i++) {
		schema_path(path, folder, schema_files[i]);
		(void)unlink(path);
	}
	(void)rmdir(folder);
	return code;
}

static enum err_code check_schema(struct checker *k, bool organisations, struct err *e)
{
	struct xsd *x;
	struct xsd_result result = {0};
	int fd;
	TRY(load_schema(organisations, &x, e));
	enum err_code code = file_open_read(k->path, &fd, e);
	if (code == ERR_OK) {
		code = xsd_check(x, source_fd(&fd), k->path, k->lasting, FAULTS_MAX, &result, e);
		(void)close(fd);
	}
	xsd_free(x);
	TRY(code);
	for (size_t i = 0; i < result.n; i++)
		say(k, IATI_ERROR, "schema", result.faults[i].line, arena_cstr(k->lasting, result.faults[i].message));
	k->result.errors += result.total - result.n;
	return ERR_OK;
}

/* ---- the standard's own data ---- */

/* The text of the first node, or absent. */
static enum err_code first_text(struct xdoc *d, const char *xpath, struct arena *a, str *ret_text, struct err *e)
{
	struct xnodes nodes;
	*ret_text = STR_NONE;
	TRY(xdoc_nodes(d, NULL, xpath, a, &nodes, e));
	return nodes.n ? xdoc_text(nodes.p[0], a, ret_text, e) : ERR_OK;
}

static enum err_code add_mapping(struct checker *k, struct xdoc *d, struct err *e)
{
	str path, list, condition;
	TRY(first_text(d, "/mappings/mapping/path", k->lasting, &path, e));
	TRY(first_text(d, "/mappings/mapping/codelist/@ref", k->lasting, &list, e));
	TRY(first_text(d, "/mappings/mapping/condition", k->lasting, &condition, e));
	const struct codelist *known = list.p ? codelist(list.p) : NULL;
	if (!path.p || !known)
		return ERR_OK; /* a list that we do not have cannot be checked */
	struct mapping *m = k->mappings.n < MAPPINGS_MAX ? VEC_ADD(&k->mappings, k->lasting) : NULL;
	if (!m)
		return fail(e, ERR_LIMIT, "iati.mappings", "More than %d mappings.", MAPPINGS_MAX);
	*m = (struct mapping){.path = path.p, .condition = condition.p, .list = known, .list_name = list.p};
	return ERR_OK;
}

static enum err_code load_mappings(struct checker *k, struct err *e)
{
	str text = standard_file("codelists/mapping.xml");
	struct xdoc *d;
	bool more = true;
	TRY(xdoc_open(source_str(&text), "mapping.xml", &d, e));
	enum err_code code = ERR_OK;
	while (code == ERR_OK) {
		code = xdoc_next(d, &more, e);
		if (code != ERR_OK || !more)
			break;
		code = add_mapping(k, d, e);
	}
	xdoc_close(d);
	return code;
}

/* ---- one activity ---- */

static enum err_code check_code(struct checker *k, const struct mapping *m, struct xnode *node, struct err *e)
{
	bool applies = true;
	str code;
	char detail[300];
	if (m->condition) {
		/* The condition is about the element that the attribute stands on. */
		const char *about = arena_fmt(k->a, "boolean(parent::*[%s])", m->condition).p;
		if (!about)
			return arena_fail(k->a, e);
		TRY(xdoc_true(k->d, node, about, &applies, e));
	}
	TRY(xdoc_text(node, k->a, &code, e));
	if (!applies || codelist_has(m->list, code))
		return ERR_OK;
	snprintf(detail, sizeof detail, "\"%.*s\" is not on the list %s.", STR_ARG(str_sub(code, 0, 100)), m->list_name);
	say(k, codelist_complete(m->list) ? IATI_ERROR : IATI_WARNING, "codelist", xdoc_line(node), detail);
	return ERR_OK;
}

static enum err_code check_codes(struct checker *k, struct err *e)
{
	for (size_t i = 0; i < k->mappings.n; i++) {
		struct xnodes nodes;
		TRY(xdoc_nodes(k->d, NULL, k->mappings.p[i].path, k->a, &nodes, e));
		for (size_t n = 0; n < nodes.n; n++)
			TRY(check_code(k, &k->mappings.p[i], nodes.p[n], e));
	}
	return ERR_OK;
}

static enum err_code on_breach(void *ctx, const struct rule_breach *b, struct err *e)
{
	struct checker *k = ctx;
	(void)e;
	say(k, b->severity, b->id, b->line, b->message);
	return ERR_OK;
}

static enum err_code check_identifier(struct checker *k, struct err *e)
{
	bool is_new = true;
	struct xnodes nodes;
	TRY(first_text(k->d, "/iati-activities/iati-activity/iati-identifier", k->a, &k->activity, e));
	if (!k->activity.p)
		k->activity = STR("");
	k->activity = str_trim(k->activity);
	if (k->activity.n)
		TRY(keyset_add(k->seen, k->activity, &is_new, e));
	if (is_new)
		return ERR_OK;
	TRY(xdoc_nodes(k->d, NULL, "/iati-activities/iati-activity", k->a, &nodes, e));
	say(k, IATI_ERROR, "1.1.2", nodes.n ? xdoc_line(nodes.p[0]) : 0, "The activity identifier stands in this file before.");
	return ERR_OK;
}

static enum err_code check_children(struct checker *k, struct source from, struct err *e)
{
	TRY(xdoc_open(from, k->path, &k->d, e));
	for (;;) {
		bool more;
		arena_reset(k->a);
		TRY(xdoc_next(k->d, &more, e));
		if (!more)
			return ERR_OK;
		bool is_activity;
		TRY(xdoc_true(k->d, NULL, "/iati-activities/iati-activity", &is_activity, e));
		k->result.activities += is_activity;
		TRY(check_identifier(k, e));
		TRY(check_codes(k, e));
		TRY(ruleset_run(k->rules, k->d, k->today, k->a, on_breach, k, e));
	}
}

/* Which schema: told by the root, whose name stands within the first bytes of any real file. */
static enum err_code is_organisation_file(const char *path, bool *ret_is, struct err *e)
{
	char head[4096];
	int fd;
	size_t n = 0, got = 1;
	TRY(file_open_read(path, &fd, e));
	struct source from = source_fd(&fd);
	enum err_code code = ERR_OK;
	for (; got && n < sizeof head && code == ERR_OK; n += got)
		code = from.read(from.ctx, head + n, sizeof head - n, &got, e);
	(void)close(fd);
	*ret_is = str_find((str){head, n}, STR("<iati-organisations")) >= 0;
	return code;
}

static enum err_code check_all(struct checker *k, struct err *e)
{
	bool organisations;
	int fd;
	TRY(is_organisation_file(k->path, &organisations, e));
	TRY(check_schema(k, organisations, e));
	TRY(ruleset_read(standard_file("rules/standard.json"), "standard.json", k->lasting, &k->rules, e));
	TRY(load_mappings(k, e));
	TRY(file_open_read(k->path, &fd, e));
	enum err_code code = check_children(k, source_fd(&fd), e);
	xdoc_close(k->d);
	(void)close(fd);
	return code;
}

enum err_code iati_check(const char *path, date today, iati_finding_fn on_finding, void *ctx,
    struct iati_check_result *ret_result, struct err *e)
{
	AUTO_ARENA lasting = arena_new(LASTING_BYTES);
	AUTO_ARENA a = arena_new(SCRATCH_BYTES);
	struct rng rng = rng_system();
	struct checker k = {.path = path,
	    .today = today,
	    .on_finding = on_finding,
	    .ctx = ctx,
	    .lasting = lasting,
	    .a = a,
	    .activity = STR(""),
	    .seen = keyset_new(&rng, IATI_ACTIVITIES_MAX)};
	enum err_code code = lasting && a && k.seen ? check_all(&k, e)
						    : fail(e, ERR_NOMEM, "mem", "The system has no memory left.");
	keyset_free(k.seen);
	if (code == ERR_OK)
		*ret_result = k.result;
	return code;
}
