#include "feat/rules/tck.h"

#include <dirent.h>
#include <sys/stat.h>

#include "feat/rules/dmn_xml.h"
#include "feat/rules/tck_value.h"
#include "feat/rules/zones.h"

enum { FOLDERS_MOST = 5000, MODELS_MOST = 200, RESULTS_MOST = 1000, CASE_BYTES = 256 << 20 };

struct runner {
	struct arena *a;
	struct feel_zones *zones;
	struct tck_report *report;
	VEC(str) folders;
};

struct suite {
	struct runner *r;
	str folder;
	struct tck_suite *out;
	const struct dmn_model *models[MODELS_MOST];
	str model_files[MODELS_MOST];
	size_t n_models;
	struct arena *a; /* of one file of cases */
};

static int by_name(const void *a, const void *b)
{
	return str_cmp(*(const str *)a, *(const str *)b);
}

/* Names in a folder, sorted. */
static enum err_code list_folder(struct arena *a, str folder, str **ret_names, size_t *ret_n, struct err *e)
{
	VEC(str) names = {0};
	DIR *d = opendir(folder.p);
	if (!d)
		return fail(e, ERR_NOT_FOUND, "tck.folder", "there is no folder %.*s", STR_ARG(folder));
	for (struct dirent *x; (x = readdir(d));) {
		str *slot = x->d_name[0] == '.' ? NULL : VEC_ADD(&names, a);
		if (slot)
			*slot = arena_str(a, str_of(x->d_name));
	}
	(void)closedir(d);
	if (names.n)
		qsort(names.p, names.n, sizeof *names.p, by_name);
	*ret_names = names.p;
	*ret_n = names.n;
	return ERR_OK;
}

static bool is_cases(str name)
{
	return str_ends(name, STR(".xml")) && str_find(name, STR("-test-")) >= 0;
}

static void add_case(struct suite *s, const struct tree *t, enum tck_result result, bool non_null, str why)
{
	struct arena *a = s->r->a;
	struct tck_case *c = VEC_ADD(&s->out->cases, a);
	if (!c)
		return;
	str id = tree_attr(t, "id");
	*c = (struct tck_case){.id = arena_str(a, id.p ? id : STR("?")), .result = result, .non_null = non_null,
	    .null_passes = !non_null, .why = arena_str(a, why)};
}

static bool any_non_null(const struct tree *t, const struct feel_zones *zones, struct arena *a)
{
	for (const struct tree *c = t->first; c; c = c->next) {
		const struct tree *expected = tree_is(c, "resultNode") ? tree_child(c, "expected") : NULL;
		if (expected && !str_is(tree_attr(c, "errorResult"), "true") &&
		    tck_value(expected, zones, a).kind != FEEL_NULL)
			return true;
	}
	return false;
}

struct compiled {
	const struct dmn_model *model;
	struct dmn_set *set;
	struct dmn_run *run;
};

/* The model and all that it imports, themselves or by others. */
static enum err_code compile(struct suite *s, const struct dmn_model *m, struct compiled *ret, struct err *e)
{
	const struct dmn_model **all = ARENA_ARRAY(s->a, MODELS_MOST, const struct dmn_model *);
	size_t n = 1;
	if (!all)
		return arena_fail(s->a, e);
	all[0] = m;
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < all[i]->n_imports; k++)
			for (size_t x = 0; x < s->n_models; x++) {
				size_t known = 0;
				while (known < n && all[known] != s->models[x])
					known++;
				if (known == n && n < MODELS_MOST && str_eq(s->models[x]->ns, all[i]->imports[k].ns))
					all[n++] = s->models[x];
			}
	ret->model = m;
	TRY(dmn_compile(s->a, s->r->zones, all, n, &ret->set, e));
	ret->run = dmn_run_new(s->a, ret->set);
	return ret->run ? ERR_OK : arena_fail(s->a, e);
}

static str describe(struct arena *a, const struct feel_zones *zones, str node, fval expected, fval actual)
{
	AUTO_BUF b = BUF_INIT(1 << 20);
	buf_addf(&b, "%.*s: expected ", STR_ARG(node));
	feel_write(&b, zones, expected);
	buf_addz(&b, ", got ");
	feel_write(&b, zones, actual);
	if (actual.kind == FEEL_NULL && actual.cause)
		buf_addf(&b, " (%.*s)", STR_ARG(actual.cause->text));
	return arena_str(a, str_sub(buf_str(&b), 0, 600));
}

static size_t count_outputs(const struct dmn_element *x)
{
	size_t n = 0;
	for (size_t i = 0; i < x->n_links; i++)
		n += x->links[i].need == DMN_SERVICE_OUTPUT;
	return n;
}

/* The outcome of one resultNode. */
static enum err_code outcome(const struct compiled *c, struct arena *a, const struct tree *test, str node,
    const struct dmn_given *given, size_t n, fval *ret, struct err *e)
{
	str invocable = tree_attr(test, "invocableName"), type = tree_attr(test, "type");
	bool call = invocable.n && (str_is(type, "decisionService") || str_is(type, "bkm"));
	int32_t element = dmn_find(c->set, c->model, call ? invocable : node);
	struct dmn_outcome out;
	const struct dmn_options options = {.mode = DMN_LENIENT, .now = {.kind = FEEL_DATE_TIME, .day = 20000, .zone = 0}};
	if (element < 0)
		return fail(e, ERR_NOT_FOUND, "tck.element", "the model has no \"%.*s\"", STR_ARG(call ? invocable : node));
	TRY(dmn_decide(c->run, a, element, given, n, &options, &out, e));
	*ret = out.value;
	if (call && count_outputs(dmn_element(c->set, element)) > 1) {
		const fval *entry = out.value.kind == FEEL_CONTEXT ? feel_context_get(out.value.context, node) : NULL;
		*ret = entry ? *entry : FEEL_NULL_VALUE;
	}
	return ERR_OK;
}

static void run_case(struct suite *s, const struct compiled *c, const struct tree *test)
{
	AUTO_ARENA a = arena_new(CASE_BYTES);
	struct err e;
	struct dmn_given *given = a ? ARENA_ARRAY(a, tree_count(test, "inputNode"), struct dmn_given) : NULL;
	size_t n = 0;
	if (!given)
		return;
	bool non_null = any_non_null(test, s->r->zones, a);
	for (const struct tree *t = test->first; t; t = t->next)
		if (tree_is(t, "inputNode"))
			given[n++] = (struct dmn_given){.name = tree_attr(t, "name"), .value = tck_value(t, s->r->zones, a)};
	for (const struct tree *t = test->first; t; t = t->next) {
		const struct tree *expected = tree_is(t, "resultNode") ? tree_child(t, "expected") : NULL;
		str node = tree_attr(t, "name");
		fval actual = FEEL_NULL_VALUE;
		if (!expected)
			continue;
		if (outcome(c, a, test, node, given, n, &actual, &e) != ERR_OK) {
			add_case(s, test, TCK_ERROR, non_null, str_of(e.detail));
			return;
		}
		fval want = tck_value(expected, s->r->zones, a);
		if (str_is(tree_attr(t, "errorResult"), "true"))
			want = FEEL_NULL_VALUE;
		if (!tck_same(s->r->zones, want, actual)) {
			add_case(s, test, TCK_FAILED, non_null, describe(a, s->r->zones, node, want, actual));
			return;
		}
	}
	add_case(s, test, TCK_PASSED, non_null, STR(""));
}

static const struct dmn_model *find_model(const struct suite *s, str name)
{
	for (size_t i = 0; i < s->n_models; i++)
		if (str_eq(s->model_files[i], name) || str_eq(s->models[i]->name, name))
			return s->models[i];
	return s->n_models == 1 ? s->models[0] : NULL;
}

static enum err_code run_file(struct suite *s, str file, struct err *e)
{
	struct tree *root;
	char path[1200];
	(void)snprintf(path, sizeof path, "%.*s/%.*s", STR_ARG(s->folder), STR_ARG(file));
	TRY(tree_read(path, s->a, &root, e));
	const struct tree *name = tree_child(root, "modelName");
	const struct dmn_model *m = find_model(s, name ? str_trim(name->text) : STR(""));
	struct compiled c = {0};
	enum err_code code = m ? compile(s, m, &c, e)
			       : fail(e, ERR_NOT_FOUND, "tck.model", "the model that the cases name does not exist");
	if (code == ERR_NOMEM || code == ERR_BUG)
		return code;
	for (const struct tree *t = root->first; t; t = t->next) {
		if (!tree_is(t, "testCase"))
			continue;
		if (code == ERR_OK)
			run_case(s, &c, t);
		else
			add_case(s, t, TCK_ERROR, any_non_null(t, s->r->zones, s->a), str_of(e->detail));
	}
	return ERR_OK;
}

static enum err_code load_models(struct suite *s, const str *names, size_t n, struct err *e)
{
	for (size_t i = 0; i < n && s->n_models < MODELS_MOST; i++) {
		char path[1200];
		if (!str_ends(names[i], STR(".dmn")))
			continue;
		(void)snprintf(path, sizeof path, "%.*s/%.*s", STR_ARG(s->folder), STR_ARG(names[i]));
		TRY(dmn_xml_read(path, s->a, &s->models[s->n_models], e));
		s->model_files[s->n_models++] = names[i];
	}
	return ERR_OK;
}

static enum err_code run_suite(struct runner *r, str folder, str name, const str *names, size_t n, struct err *e)
{
	AUTO_ARENA a = arena_new(CASE_BYTES * 4UL);
	struct suite *s = a ? ARENA_NEW(a, struct suite) : NULL;
	struct tck_suite *out = VEC_ADD(&r->report->suites, r->a);
	if (!s || !out)
		return arena_fail(r->a, e);
	out->name = arena_str(r->a, name);
	*s = (struct suite){.r = r, .folder = folder, .out = out, .a = a};
	TRY(load_models(s, names, n, e));
	for (size_t i = 0; i < n; i++)
		if (is_cases(names[i]))
			TRY(run_file(s, names[i], e));
	return ERR_OK;
}

static void add_up(struct tck_report *r)
{
	struct tck_totals *t = &r->totals;
	vec_each(s, &r->suites) {
		size_t passed = 0, nulls = 0;
		vec_each(c, &s->cases) {
			passed += c->result == TCK_PASSED;
			nulls += c->null_passes;
			t->non_null += c->non_null;
			t->non_null_passed += c->non_null && c->result == TCK_PASSED;
		}
		t->suites++;
		t->cases += s->cases.n;
		t->passed += passed;
		t->null_passed += nulls;
		if (s->cases.n) {
			t->macro += (double)passed / (double)s->cases.n;
			t->null_macro += (double)nulls / (double)s->cases.n;
		}
	}
	if (t->suites) {
		t->macro /= (double)t->suites;
		t->null_macro /= (double)t->suites;
	}
}

enum err_code tck_run(const char *dir, struct arena *a, struct tck_report *ret, struct err *e)
{
	struct runner r = {.a = a, .report = ret};
	*ret = (struct tck_report){0};
	TRY(zones_load(a, ZONES_DIR, &r.zones, e));
	str *first = VEC_ADD(&r.folders, a);
	if (!first)
		return arena_fail(a, e);
	*first = arena_str(a, str_of(dir));
	while (first->n > 1 && first->p[first->n - 1] == '/')
		first->n--;
	size_t prefix = first->n + 1;
	for (size_t i = 0; i < r.folders.n && i < FOLDERS_MOST; i++) {
		str folder = arena_str(a, r.folders.p[i]);
		str *names = NULL;
		size_t n = 0, cases = 0;
		TRY(list_folder(a, folder, &names, &n, e));
		for (size_t k = 0; k < n; k++) {
			struct stat st;
			str path = arena_fmt(a, "%.*s/%.*s", STR_ARG(folder), STR_ARG(names[k]));
			cases += is_cases(names[k]);
			if (path.p && stat(path.p, &st) == 0 && S_ISDIR(st.st_mode)) {
				str *slot = VEC_ADD(&r.folders, a);
				if (slot)
					*slot = path;
			}
		}
		if (cases)
			TRY(run_suite(&r, folder, folder.n > prefix ? str_sub(folder, prefix, folder.n) : folder, names, n, e));
	}
	add_up(ret);
	if (!ret->suites.n)
		return fail(e, ERR_NOT_FOUND, "tck.folder", "there are no conformance cases in %s", dir);
	return ERR_OK;
}
