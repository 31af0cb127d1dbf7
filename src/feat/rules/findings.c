#include "feat/rules/findings.h"

#include "base/vec.h"
#include "engine/dmn/check.h"

enum { SENTENCE_BYTES = 4000 };

static const char *const ids[] = {
    [DMN_FOUND_GAP] = "table.gap", [DMN_FOUND_OVERLAP] = "table.overlap", [DMN_FOUND_CONFLICT] = "table.conflict",
    [DMN_FOUND_UNREACHABLE] = "table.unreachable", [DMN_FOUND_NO_DEFAULT] = "table.default",
    [DMN_FOUND_UNTESTED] = "table.untested", [DMN_FOUND_UNUSED] = "decision.unused", [DMN_FOUND_TYPE] = "table.type", [DMN_FOUND_EXPRESSION] = "feel.type",
    [DMN_FOUND_UNCHECKED] = "table.unchecked"};

/* "Age = 17, Region = any" */
static void write_example(struct buf *b, const struct rules_loaded *l, const struct dmn_finding *f)
{
	for (size_t i = 0; i < f->table->n_inputs; i++) {
		buf_addf(b, "%s%.*s = ", i ? ", " : "", STR_ARG(str_trim(f->table->inputs[i].expression.text)));
		if (f->example[i].kind == FEEL_INTERNAL)
			buf_addz(b, "anything else");
		else
			feel_write(b, l->zones, f->example[i]);
	}
}

static void sentence(struct buf *b, const struct rules_loaded *l, const struct dmn_finding *f)
{
	buf_addf(b, "%.*s: ", STR_ARG(dmn_element(l->set, f->element)->name));
	switch (f->kind) {
	case DMN_FOUND_GAP:
		buf_addz(b, "no rule covers ");
		break;
	case DMN_FOUND_OVERLAP:
		buf_addf(b, "rules %u and %u both match ", f->rule, f->other);
		break;
	case DMN_FOUND_CONFLICT:
		buf_addf(b, "rules %u and %u say different things about ", f->rule, f->other);
		break;
	case DMN_FOUND_UNREACHABLE:
		buf_addf(b, "rule %u never decides: rules before it cover all that it matches", f->rule);
		return;
	case DMN_FOUND_NO_DEFAULT:
		buf_addz(b, "not every input is covered, and there is no default output");
		return;
	case DMN_FOUND_UNTESTED:
		buf_addf(b, "no rule tests the input \"%.*s\"", STR_ARG(f->name));
		return;
	case DMN_FOUND_UNUSED:
		buf_addf(b, "it requires \"%.*s\" but never uses it", STR_ARG(f->name));
		return;
	case DMN_FOUND_TYPE:
		buf_addf(b, "rule %u has a value in the column \"%.*s\" that is not of its type", f->rule, STR_ARG(f->name));
		return;
	case DMN_FOUND_EXPRESSION:
		buf_add(b, f->text);
		return;
	case DMN_FOUND_UNCHECKED:
		buf_addz(b, "gaps and overlaps are not known: cells are computed, or the table is too large");
		return;
	}
	write_example(b, l, f);
}

/* A name that is not in scope gives null when the model runs; whoever writes one has mistyped it or left out quotes. */
static bool is_error(const struct dmn_diag *d)
{
	return d->error || str_is(str_of(d->id), "feel.name");
}

enum err_code rules_findings(const struct rules_loaded *l, bool all, struct arena *a, const struct rules_finding **ret,
    size_t *ret_n, struct err *e)
{
	VEC(struct rules_finding) list = {0};
	size_t n, n_diags;
	const struct dmn_finding *found;
	const struct dmn_diag *diags = dmn_diags(l->set, &n_diags);
	for (size_t i = 0; i < n_diags; i++) {
		if (!all && !str_eq(diags[i].file, l->model->file))
			continue;
		struct rules_finding *f = VEC_ADD(&list, a);
		if (!f)
			return arena_fail(a, e);
		*f = (struct rules_finding){diags[i].id, is_error(&diags[i]), diags[i].file, diags[i].line, diags[i].col,
		    diags[i].text};
	}
	TRY(dmn_check(l->set, a, &found, &n, e));
	for (size_t i = 0; i < n; i++) {
		const struct dmn_model *m = dmn_model_of(l->set, found[i].element);
		if (!all && m != l->model)
			continue;
		AUTO_BUF b = BUF_INIT(SENTENCE_BYTES);
		sentence(&b, l, &found[i]);
		struct rules_finding *f = VEC_ADD(&list, a);
		str text = arena_str(a, b.failed ? STR("the sentence is too long") : buf_str(&b));
		if (!f || !text.p)
			return arena_fail(a, e);
		*f = (struct rules_finding){ids[found[i].kind], found[i].error, m->file, found[i].line, found[i].col ? found[i].col : 1, text};
	}
	*ret = list.p;
	*ret_n = list.n;
	return ERR_OK;
}
