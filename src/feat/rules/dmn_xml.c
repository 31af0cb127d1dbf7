#include "feat/rules/dmn_xml.h"

#include "base/vec.h"

/* An expression or item still to be filled from its XML; a list of work, so that nesting costs no recursion. */
struct work {
	const struct tree *from;
	struct dmn_expr *expr;
	struct dmn_item *item;
};

struct reader {
	struct arena *a;
	const char *file;
	VEC(struct work) work;
	bool full; /* out of memory */
};

static const struct {
	const char *name;
	enum dmn_box kind;
} boxes[] = {{"literalExpression", DMN_LITERAL}, {"context", DMN_CONTEXT}, {"list", DMN_LIST},
    {"relation", DMN_RELATION}, {"invocation", DMN_INVOCATION}, {"functionDefinition", DMN_FUNCTION},
    {"decisionTable", DMN_TABLE}, {"conditional", DMN_CONDITIONAL}, {"filter", DMN_FILTER}, {"for", DMN_FOR},
    {"some", DMN_SOME}, {"every", DMN_EVERY}};

static enum dmn_box box_of(const struct tree *t)
{
	for (size_t i = 0; i < sizeof boxes / sizeof *boxes; i++)
		if (tree_is(t, boxes[i].name))
			return boxes[i].kind;
	return DMN_NOTHING;
}

/* The first child that is an expression. */
static const struct tree *expression_in(const struct tree *t)
{
	for (const struct tree *c = t ? t->first : NULL; c; c = c->next)
		if (box_of(c) != DMN_NOTHING)
			return c;
	return NULL;
}

static void *zeroed(struct reader *r, size_t n, size_t size)
{
	void *p = arena_array(r->a, n, size);
	if (!p)
		r->full = true;
	return p;
}
#define ARRAY(r, n, type) ((type *)zeroed((r), (n), sizeof(type)))

/* An expression to be filled later; NULL for none. */
static const struct dmn_expr *later(struct reader *r, const struct tree *from)
{
	if (!from)
		return NULL;
	struct dmn_expr *x = ARRAY(r, 1, struct dmn_expr);
	struct work *w = x ? VEC_ADD(&r->work, r->a) : NULL;
	if (!w) {
		r->full = true;
		return NULL;
	}
	*w = (struct work){.from = from, .expr = x};
	return x;
}

static struct dmn_text text_of(const struct tree *t)
{
	const struct tree *text = tree_child(t, "text");
	if (!text)
		return (struct dmn_text){STR(""), t ? t->line : 0, 1};
	return (struct dmn_text){text->text.p ? text->text : STR(""), text->text_line ? text->text_line : text->line,
	    text->text_col};
}

static struct dmn_text child_text(const struct tree *t, const char *name)
{
	return text_of(tree_child(t, name));
}

/* An attribute, or in older versions a child element. */
static str type_of(const struct tree *t)
{
	str s = tree_attr(t, "typeRef");
	const struct tree *child = tree_child(t, "typeRef");
	return s.p ? s : child ? str_trim(child->text) : STR("");
}

static str or_empty(str s)
{
	s.p = s.p ? s.p : "";
	return s;
}

static void fill_parts(struct reader *r, struct dmn_expr *x, const struct tree *from, const char *const *names, size_t n)
{
	struct dmn_part *parts = ARRAY(r, n, struct dmn_part);
	if (!parts)
		return;
	for (size_t i = 0; i < n; i++)
		parts[i].expr = later(r, expression_in(tree_child(from, names[i])));
	x->parts = parts;
	x->n_parts = n;
}

/* Parts that are children called `part` (context entries, bindings) with a name and an expression; first: what stands
 * directly inside goes before them. */
static void fill_named(struct reader *r, struct dmn_expr *x, const struct tree *from, const char *part, const char *label,
    bool first)
{
	size_t at = 0;
	struct dmn_part *parts = ARRAY(r, tree_count(from, part) + 1, struct dmn_part);
	if (!parts)
		return;
	if (first)
		parts[at++].expr = later(r, expression_in(from));
	for (const struct tree *c = from->first; c; c = c->next) {
		if (!tree_is(c, part))
			continue;
		const struct tree *name = tree_child(c, label);
		parts[at++] = (struct dmn_part){.name = or_empty(tree_attr(name, "name")),
		    .type = name ? type_of(name) : STR(""), .expr = later(r, expression_in(c))};
	}
	x->parts = parts;
	x->n_parts = at;
}

static void fill_list(struct reader *r, struct dmn_expr *x, const struct tree *from)
{
	size_t n = 0;
	for (const struct tree *c = from->first; c; c = c->next)
		n += box_of(c) != DMN_NOTHING;
	struct dmn_part *parts = ARRAY(r, n, struct dmn_part);
	if (!parts)
		return;
	for (const struct tree *c = from->first; c; c = c->next)
		if (box_of(c) != DMN_NOTHING)
			parts[x->n_parts++].expr = later(r, c);
	x->parts = parts;
}

static void fill_relation(struct reader *r, struct dmn_expr *x, const struct tree *from)
{
	size_t columns = tree_count(from, "column"), at = 0;
	str *names = ARRAY(r, columns, str);
	struct dmn_part *parts = ARRAY(r, columns * tree_count(from, "row"), struct dmn_part);
	if (!names || !parts)
		return;
	for (const struct tree *c = from->first; c; c = c->next)
		if (tree_is(c, "column"))
			names[x->n_columns++] = or_empty(tree_attr(c, "name"));
	for (const struct tree *row = from->first; row; row = row->next) {
		size_t in_row = 0;
		if (!tree_is(row, "row"))
			continue;
		for (const struct tree *c = row->first; c && in_row < columns; c = c->next)
			if (box_of(c) != DMN_NOTHING)
				parts[at + in_row++].expr = later(r, c);
		at += columns;
	}
	x->columns = names;
	x->parts = parts;
	x->n_parts = at;
}

static void fill_function(struct reader *r, struct dmn_expr *x, const struct tree *from)
{
	struct dmn_param *params = ARRAY(r, tree_count(from, "formalParameter"), struct dmn_param);
	struct dmn_part *body = ARRAY(r, 1, struct dmn_part);
	str kind = tree_attr(from, "kind");
	if (!params || !body)
		return;
	for (const struct tree *c = from->first; c; c = c->next)
		if (tree_is(c, "formalParameter"))
			params[x->n_params++] = (struct dmn_param){or_empty(tree_attr(c, "name")), type_of(c)};
	body->expr = later(r, expression_in(from));
	x->params = params;
	x->parts = body;
	x->n_parts = 1;
	x->external = kind.n && !str_is(kind, "FEEL") && !str_is(kind, "F");
}

static enum dmn_policy policy_of(const struct tree *t)
{
	static const struct {
		const char *policy, *aggregation;
		enum dmn_policy value;
	} policies[] = {{"UNIQUE", "", DMN_UNIQUE}, {"ANY", "", DMN_ANY}, {"PRIORITY", "", DMN_PRIORITY},
	    {"FIRST", "", DMN_FIRST}, {"RULE ORDER", "", DMN_RULE_ORDER}, {"OUTPUT ORDER", "", DMN_OUTPUT_ORDER},
	    {"COLLECT", "", DMN_COLLECT}, {"COLLECT", "SUM", DMN_SUM}, {"COLLECT", "COUNT", DMN_COUNT},
	    {"COLLECT", "MIN", DMN_MIN}, {"COLLECT", "MAX", DMN_MAX}};
	str policy = tree_attr(t, "hitPolicy"), aggregation = or_empty(tree_attr(t, "aggregation"));
	for (size_t i = 0; i < sizeof policies / sizeof *policies; i++)
		if (str_is(policy, policies[i].policy) &&
		    (str_is(aggregation, policies[i].aggregation) || !str_is(policy, "COLLECT")))
			return policies[i].value;
	return DMN_UNIQUE;
}

static void fill_columns(struct reader *r, struct dmn_table *t, const struct tree *from)
{
	struct dmn_input_clause *inputs = ARRAY(r, tree_count(from, "input"), struct dmn_input_clause);
	struct dmn_output_clause *outputs = ARRAY(r, tree_count(from, "output"), struct dmn_output_clause);
	str *annotations = ARRAY(r, tree_count(from, "annotation"), str);
	if (!inputs || !outputs || !annotations)
		return;
	for (const struct tree *c = from->first; c; c = c->next) {
		const struct tree *expression = tree_child(c, "inputExpression");
		if (tree_is(c, "input"))
			inputs[t->n_inputs++] = (struct dmn_input_clause){.label = or_empty(tree_attr(c, "label")),
			    .type = expression ? type_of(expression) : STR(""), .expression = text_of(expression),
			    .values = child_text(c, "inputValues")};
		else if (tree_is(c, "output"))
			outputs[t->n_outputs++] = (struct dmn_output_clause){.name = or_empty(tree_attr(c, "name")),
			    .label = or_empty(tree_attr(c, "label")), .type = type_of(c),
			    .values = child_text(c, "outputValues"), .fallback = child_text(c, "defaultOutputEntry")};
		else if (tree_is(c, "annotation"))
			annotations[t->n_annotations++] = or_empty(tree_attr(c, "name"));
	}
	t->inputs = inputs;
	t->outputs = outputs;
	t->annotations = annotations;
}

static void fill_rule(struct reader *r, const struct dmn_table *t, struct dmn_rule *rule, const struct tree *from)
{
	struct dmn_text *tests = ARRAY(r, t->n_inputs, struct dmn_text);
	struct dmn_text *outputs = ARRAY(r, t->n_outputs, struct dmn_text);
	str *notes = ARRAY(r, t->n_annotations, str);
	size_t i = 0, o = 0, a = 0;
	if (!tests || !outputs || !notes)
		return;
	for (size_t k = 0; k < t->n_inputs; k++)
		tests[k] = (struct dmn_text){STR("-"), from->line, 1};
	for (size_t k = 0; k < t->n_outputs; k++)
		outputs[k] = (struct dmn_text){STR(""), from->line, 1};
	for (const struct tree *c = from->first; c; c = c->next) {
		if (tree_is(c, "inputEntry") && i < t->n_inputs)
			tests[i++] = text_of(c);
		else if (tree_is(c, "outputEntry") && o < t->n_outputs)
			outputs[o++] = text_of(c);
		else if (tree_is(c, "annotationEntry") && a < t->n_annotations)
			notes[a++] = text_of(c).text;
	}
	const struct tree *description = tree_child(from, "description");
	if (!a && t->n_annotations && description)
		notes[0] = description->text;
	*rule = (struct dmn_rule){.id = or_empty(tree_attr(from, "id")), .tests = tests, .outputs = outputs,
	    .annotations = notes, .line = from->line};
}

static void fill_table(struct reader *r, struct dmn_expr *x, const struct tree *from)
{
	struct dmn_table *t = ARRAY(r, 1, struct dmn_table);
	struct dmn_rule *rules = ARRAY(r, tree_count(from, "rule"), struct dmn_rule);
	if (!t || !rules)
		return;
	*t = (struct dmn_table){.policy = policy_of(from), .line = from->line, .rules = rules};
	fill_columns(r, t, from);
	for (const struct tree *c = from->first; c && !r->full; c = c->next)
		if (tree_is(c, "rule"))
			fill_rule(r, t, &rules[t->n_rules++], c);
	x->table = t;
}

static void fill_expr(struct reader *r, struct dmn_expr *x, const struct tree *from)
{
	static const char *const conditional[] = {"if", "then", "else"}, *const filter[] = {"in", "match"};
	static const char *const loop[] = {"in", "return"}, *const quantified[] = {"in", "satisfies"};
	*x = (struct dmn_expr){.kind = box_of(from), .type = type_of(from), .line = from->line,
	    .name = or_empty(tree_attr(from, "iteratorVariable"))};
	switch (x->kind) {
	case DMN_LITERAL:
		x->text = text_of(from);
		if (!str_trim(x->text.text).n)
			x->kind = DMN_NOTHING;
		break;
	case DMN_CONTEXT:
		fill_named(r, x, from, "contextEntry", "variable", false);
		break;
	case DMN_INVOCATION:
		fill_named(r, x, from, "binding", "parameter", true);
		break;
	case DMN_LIST:
		fill_list(r, x, from);
		break;
	case DMN_RELATION:
		fill_relation(r, x, from);
		break;
	case DMN_FUNCTION:
		fill_function(r, x, from);
		break;
	case DMN_TABLE:
		fill_table(r, x, from);
		break;
	case DMN_CONDITIONAL:
		fill_parts(r, x, from, conditional, 3);
		break;
	case DMN_FILTER:
		fill_parts(r, x, from, filter, 2);
		break;
	case DMN_FOR:
		fill_parts(r, x, from, loop, 2);
		break;
	case DMN_SOME:
	case DMN_EVERY:
		fill_parts(r, x, from, quantified, 2);
		break;
	case DMN_NOTHING:
		break;
	}
}

static void fill_item(struct reader *r, struct dmn_item *item, const struct tree *from)
{
	const struct tree *function = tree_child(from, "functionItem");
	const char *part = function ? "parameters" : "itemComponent";
	const struct tree *within = function ? function : from;
	struct dmn_item *parts = ARRAY(r, tree_count(within, part), struct dmn_item);
	str output = function ? tree_attr(function, "outputTypeRef") : STR_NONE;
	if (!parts)
		return;
	*item = (struct dmn_item){.name = or_empty(tree_attr(from, "name")), .type = output.p ? output : type_of(from),
	    .list = str_is(tree_attr(from, "isCollection"), "true"), .allowed = child_text(from, "allowedValues"),
	    .constraint = child_text(from, "typeConstraint"), .is_function = function != NULL, .line = from->line,
	    .components = parts};
	for (const struct tree *c = within->first; c; c = c->next) {
		if (!tree_is(c, part))
			continue;
		struct work *w = VEC_ADD(&r->work, r->a);
		if (!w) {
			r->full = true;
			return;
		}
		*w = (struct work){.from = c, .item = &parts[item->n_components++]};
	}
}

static enum err_code do_work(struct reader *r, struct err *e)
{
	for (size_t i = 0; i < r->work.n && !r->full; i++) {
		struct work w = r->work.p[i];
		if (w.expr)
			fill_expr(r, w.expr, w.from);
		else
			fill_item(r, w.item, w.from);
	}
	return r->full ? arena_fail(r->a, e) : ERR_OK;
}

static const struct {
	const char *name;
	enum dmn_need need;
} links[] = {{"requiredInput", DMN_NEEDS_INPUT}, {"requiredDecision", DMN_NEEDS_DECISION},
    {"requiredKnowledge", DMN_NEEDS_KNOWLEDGE}, {"requiredAuthority", DMN_NEEDS_AUTHORITY},
    {"outputDecision", DMN_SERVICE_OUTPUT}, {"encapsulatedDecision", DMN_SERVICE_INSIDE},
    {"inputDecision", DMN_SERVICE_INPUT_DECISION}, {"inputData", DMN_SERVICE_INPUT}};

static void add_link(struct dmn_element *x, struct dmn_link *to, const struct tree *t)
{
	str href = tree_attr(t, "href");
	for (size_t i = 0; href.p && i < sizeof links / sizeof *links; i++)
		if (tree_is(t, links[i].name))
			to[x->n_links++] = (struct dmn_link){.need = links[i].need, .href = href, .line = t->line};
}

static void fill_links(struct reader *r, struct dmn_element *x, const struct tree *from)
{
	size_t most = 0;
	for (const struct tree *c = from->first; c; c = c->next)
		for (const struct tree *k = c; k; k = k == c ? c->first : k->next)
			most++;
	struct dmn_link *to = ARRAY(r, most, struct dmn_link);
	if (!to)
		return;
	for (const struct tree *c = from->first; c; c = c->next) {
		if (x->kind == DMN_SERVICE)
			add_link(x, to, c);
		if (!str_ends(c->name, STR("Requirement")))
			continue;
		for (const struct tree *k = c->first; k; k = k->next)
			add_link(x, to, k);
	}
	x->links = to;
}

static const struct {
	const char *name;
	enum dmn_kind kind;
} kinds[] = {{"inputData", DMN_INPUT}, {"decision", DMN_DECISION}, {"businessKnowledgeModel", DMN_KNOWLEDGE},
    {"decisionService", DMN_SERVICE}, {"knowledgeSource", DMN_SOURCE}};

static bool fill_element(struct reader *r, struct dmn_element *x, const struct tree *from)
{
	size_t k = 0;
	while (k < sizeof kinds / sizeof *kinds && !tree_is(from, kinds[k].name))
		k++;
	if (k == sizeof kinds / sizeof *kinds)
		return false;
	const struct tree *variable = tree_child(from, "variable"), *description = tree_child(from, "description");
	const struct tree *body = kinds[k].kind == DMN_KNOWLEDGE ? tree_child(from, "encapsulatedLogic") : expression_in(from);
	*x = (struct dmn_element){.kind = kinds[k].kind, .id = or_empty(tree_attr(from, "id")),
	    .name = or_empty(tree_attr(from, "name")), .variable = or_empty(tree_attr(variable, "name")),
	    .type = variable ? type_of(variable) : STR(""), .line = from->line,
	    .description = description ? or_empty(description->text) : STR(""),
	    .location = or_empty(tree_attr(from, "locationURI"))};
	if (!x->id.n)
		x->id = x->name;
	if (kinds[k].kind == DMN_KNOWLEDGE && body) {
		struct dmn_expr *function = ARRAY(r, 1, struct dmn_expr);
		if (function) {
			*function = (struct dmn_expr){.kind = DMN_FUNCTION, .line = body->line};
			fill_function(r, function, body);
		}
		x->expr = function;
	} else {
		x->expr = later(r, body);
	}
	fill_links(r, x, from);
	return true;
}

static enum err_code fill_model(struct reader *r, struct dmn_model *m, const struct tree *root, struct err *e)
{
	size_t n = 0;
	for (const struct tree *c = root->first; c; c = c->next)
		n++;
	struct dmn_import *imports = ARRAY(r, tree_count(root, "import"), struct dmn_import);
	struct dmn_item *items = ARRAY(r, tree_count(root, "itemDefinition"), struct dmn_item);
	struct dmn_element *elements = ARRAY(r, n, struct dmn_element);
	if (r->full)
		return arena_fail(r->a, e);
	*m = (struct dmn_model){.file = arena_str(r->a, str_of(r->file)), .ns = or_empty(tree_attr(root, "namespace")),
	    .name = or_empty(tree_attr(root, "name")), .imports = imports, .items = items, .elements = elements};
	for (const struct tree *c = root->first; c; c = c->next) {
		if (tree_is(c, "import")) {
			imports[m->n_imports++] = (struct dmn_import){or_empty(tree_attr(c, "name")),
			    or_empty(tree_attr(c, "namespace"))};
		} else if (tree_is(c, "itemDefinition")) {
			struct work *w = VEC_ADD(&r->work, r->a);
			if (!w)
				return arena_fail(r->a, e);
			*w = (struct work){.from = c, .item = &items[m->n_items++]};
		} else if (fill_element(r, &elements[m->n_elements], c)) {
			m->n_elements++;
		}
	}
	return do_work(r, e);
}

static enum err_code convert(const struct tree *root, const char *file, struct arena *a, const struct dmn_model **ret_model,
    struct err *e)
{
	struct reader r = {.a = a, .file = file};
	struct dmn_model *m = ARENA_NEW(a, struct dmn_model);
	if (!m)
		return arena_fail(a, e);
	if (!tree_is(root, "definitions") || str_find(root->ns, STR("omg.org/spec/DMN/")) < 0) {
		(void)fail(e, ERR_INVALID, "dmn.root", "a DMN model begins with <definitions> in a namespace of DMN 1.1 to 1.5, "
		    "not with <%.*s>", STR_ARG(root->name));
		return err_at(e, file, root->line, 1);
	}
	TRY(fill_model(&r, m, root, e));
	*ret_model = m;
	return ERR_OK;
}

enum err_code dmn_xml_read(const char *path, struct arena *a, const struct dmn_model **ret_model, struct err *e)
{
	struct tree *root;
	TRY(tree_read(path, a, &root, e));
	return convert(root, path, a, ret_model, e);
}

enum err_code dmn_xml_parse(str text, const char *file, struct arena *a, const struct dmn_model **ret_model, struct err *e)
{
	struct tree *root;
	TRY(tree_parse(text, file, a, &root, e));
	return convert(root, file, a, ret_model, e);
}
