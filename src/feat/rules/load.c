#include "feat/rules/load.h"

#include <dirent.h>

#include "feat/rules/dmn_xml.h"
#include "feat/rules/zones.h"

struct loading {
	struct arena *a;
	const struct dmn_model *all[LOAD_MODELS_MOST];
	size_t n;
};

static bool wanted(const struct loading *l, str ns)
{
	for (size_t i = 0; i < l->n; i++)
		if (str_eq(l->all[i]->ns, ns))
			return false;
	for (size_t i = 0; i < l->n; i++)
		for (size_t k = 0; k < l->all[i]->n_imports; k++)
			if (str_eq(l->all[i]->imports[k].ns, ns))
				return true;
	return false;
}

/* Models of the folder that are imported by what is loaded; they may import others in turn. */
static enum err_code add_imports(struct loading *l, const char *path, struct err *e)
{
	str whole = str_of(path), folder = STR(".");
	for (size_t i = whole.n; i-- > 0;)
		if (whole.p[i] == '/') {
			folder = str_sub(whole, 0, i ? i : 1);
			break;
		}
	const char *name = arena_cstr(l->a, folder);
	DIR *d = name ? opendir(name) : NULL;
	const struct dmn_model *found[LOAD_MODELS_MOST];
	size_t n = 0, files = 0;
	if (!d)
		return ERR_OK;
	for (struct dirent *x; (x = readdir(d)) && n < LOAD_MODELS_MOST && files < LOAD_FILES_MOST;) {
		if (!str_ends(str_of(x->d_name), STR(".dmn")))
			continue;
		files++;
		str file = arena_fmt(l->a, "%s/%s", name, x->d_name);
		struct err ignored; /* a broken model that is not needed does no harm */
		if (file.p && dmn_xml_read(file.p, l->a, &found[n], &ignored) == ERR_OK)
			n++;
	}
	(void)closedir(d);
	for (bool again = true; again;) {
		again = false;
		for (size_t i = 0; i < n; i++) {
			if (!wanted(l, found[i]->ns))
				continue;
			if (l->n == LOAD_MODELS_MOST)
				return fail(e, ERR_LIMIT, "rules.imports", "more than %d models are imported", LOAD_MODELS_MOST);
			l->all[l->n++] = found[i];
			again = true;
		}
	}
	return ERR_OK;
}

enum err_code rules_load(const char *path, struct arena *a, struct rules_loaded *ret, struct err *e)
{
	struct loading *l = ARENA_NEW(a, struct loading);
	if (!l)
		return arena_fail(a, e);
	l->a = a;
	TRY(zones_load(a, ZONES_DIR, &ret->zones, e));
	TRY(dmn_xml_read(path, a, &l->all[0], e));
	l->n = 1;
	if (l->all[0]->n_imports)
		TRY(add_imports(l, path, e));
	ret->model = l->all[0];
	return dmn_compile(a, ret->zones, l->all, l->n, &ret->set, e);
}

enum err_code rules_first_fault(const struct rules_loaded *l, struct err *e)
{
	size_t n;
	const struct dmn_diag *d = dmn_diags(l->set, &n);
	char file[256];
	for (size_t i = 0; i < n; i++) {
		if (!d[i].error)
			continue;
		(void)snprintf(file, sizeof file, "%.*s", STR_ARG(d[i].file));
		(void)fail(e, ERR_INVALID, d[i].id, "%.*s", STR_ARG(d[i].text));
		return err_at(e, file, d[i].line, d[i].col);
	}
	return ERR_OK;
}
