/* What a model's page shows: tables in words, their trees, what is needed for what. */
#include "engine/chart/diagram.h"
#include "feat/decisions/parts.h"
#include "feat/programme/programme.h"

enum { SVG_BYTES = 1 << 20, LINES_MOST = 400, DEEP_MOST = DMN_BOXES_DEEP, PATH_BYTES = 4096 };

#define LIST_ADD(list, slot, a)                                                                    \
	__typeof__((list)->p) slot = VEC_ADD((list), (a));                                         \
	if (!slot)                                                                                 \
	return arena_fail((a), e)

struct showing {
	const struct site_page *page;
	struct arena *a;
	const struct words *w;
	const struct decision_version *v;
};

str decisions_name(const struct words *w, const struct decision_version *v)
{
	return words_name(w, "model", v->model && v->model->name.n ? v->model->name : v->source.key);
}

str decisions_title(const struct programme_view *p, const struct decision_version *v, enum lang l, struct arena *a)
{
	const struct words w = {.programme = p, .model = v->source.key, .lang = l, .arena = a};
	return decisions_name(&w, v);
}

/* Anchors as show_elements and model.tpl make them. */
str decisions_path(const struct decisions_view *view, str key, str element, uint32_t row, struct arena *a)
{
	AUTO_BUF b = BUF_INIT(PATH_BYTES);
	const struct decision_version *v = decisions_newest(view, key);
	if (!v)
		return STR_NONE;
	buf_addz(&b, "/rules/decisions/");
	tpl_add_path(&b, key);
	for (size_t i = 0; element.n && v->model && i < v->model->n_elements; i++) {
		if (!str_eq(v->model->elements[i].name, element))
			continue;
		buf_addf(&b, "#d-%zu", i);
		if (row)
			buf_addf(&b, "-r-%u", row);
		break;
	}
	return b.failed ? STR_NONE : arena_str(a, buf_str(&b));
}

/* ---- annotations and sources ---- */

static bool is_address(str s)
{
	return str_starts(s, STR("https://")) || str_starts(s, STR("http://"));
}

/* "2395;2396": lines of the report. */
static bool is_lines(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!((s.p[i] >= '0' && s.p[i] <= '9') || (s.p[i] == ';' && i)))
			return false;
	return s.n > 0;
}

struct shown_note decisions_note(const struct words *w, str s)
{
	str t = str_trim(s);
	struct words_text said = words_text(w, t);
	if (is_lines(t) || is_address(t))
		return (struct shown_note){.text = t, .lines = is_lines(t), .link = is_address(t) ? url_external(t) : (struct url){STR("")}};
	return (struct shown_note){.text = said.text, .english = said.english, .link = {STR("")}};
}

static const struct dmn_element *by_href(const struct dmn_model *m, str href)
{
	ptrdiff_t hash = str_find_char(href, '#');
	str id = hash >= 0 ? str_sub(href, (size_t)hash + 1, href.n) : href;
	for (size_t i = 0; i < m->n_elements; i++)
		if (str_eq(m->elements[i].id, id))
			return &m->elements[i];
	return NULL;
}

enum err_code decisions_sources(const struct words *w, const struct dmn_model *m, const struct dmn_element *x,
    const struct shown_source **ret, size_t *ret_n, struct err *e)
{
	VEC(struct shown_source) list = {0};
	for (size_t i = 0; i < x->n_links; i++) {
		const struct dmn_element *source = x->links[i].need == DMN_NEEDS_AUTHORITY ? by_href(m, x->links[i].href) : NULL;
		if (!source)
			continue;
		struct words_text said = words_text(w, source->name);
		LIST_ADD(&list, slot, w->arena);
		*slot = (struct shown_source){said.text, said.english,
		    is_address(source->location) ? url_external(source->location) : (struct url){STR("")}};
	}
	*ret = list.p;
	*ret_n = list.n;
	return ERR_OK;
}

/* ---- tables ---- */

static const struct dmn_item *item_named(const struct dmn_model *m, str name)
{
	for (size_t i = 0; i < m->n_items; i++)
		if (str_eq(m->items[i].name, name))
			return &m->items[i];
	return NULL;
}

/* The plain type behind a name, and the values that are allowed: an item may refer to another. */
static void resolve(const struct dmn_model *m, str type, str *ret_base, str *ret_allowed)
{
	*ret_base = type;
	for (int hops = 0; hops < 10; hops++) {
		const struct dmn_item *item = item_named(m, *ret_base);
		if (!item || !item->type.n)
			return;
		if (!ret_allowed->n)
			*ret_allowed = str_trim(item->allowed.text);
		*ret_base = item->type;
	}
}

static struct shown_column column_of(const struct showing *s, str label, str expression, str type, str values)
{
	str base, allowed = str_trim(values);
	struct shown_column c = {.expression = expression};
	resolve(s->v->model, type, &base, &allowed);
	c.label = words_column(s->w, expression, label);
	c.type = words_type(base);
	c.type_name = base;
	if (allowed.n)
		c.allowed = words_cell(s->w, expression, allowed, true);
	return c;
}

static enum err_code show_columns(const struct showing *s, struct shown_table *x, struct err *e)
{
	const struct dmn_table *t = x->table;
	struct shown_column *in = ARENA_ARRAY(s->a, t->n_inputs, struct shown_column),
			    *out = ARENA_ARRAY(s->a, t->n_outputs, struct shown_column);
	str *notes = ARENA_ARRAY(s->a, t->n_annotations, str);
	if (!in || !out || !notes)
		return arena_fail(s->a, e);
	for (size_t i = 0; i < t->n_inputs; i++)
		in[i] = column_of(s, t->inputs[i].label, str_trim(t->inputs[i].expression.text), t->inputs[i].type,
		    t->inputs[i].values.text);
	for (size_t i = 0; i < t->n_outputs; i++) {
		str name = t->outputs[i].name.n ? t->outputs[i].name : x->name;
		out[i] = column_of(s, t->outputs[i].label, name, t->outputs[i].type, t->outputs[i].values.text);
		if (!str_trim(t->outputs[i].fallback.text).n)
			continue;
		out[i].fallback = words_cell(s->w, name, t->outputs[i].fallback.text, false).text;
		x->has_fallback = true;
	}
	x->inputs = in;
	x->outputs = out;
	for (size_t i = 0; i < t->n_annotations; i++)
		notes[i] = words_annotation(s->w, t->annotations[i]);
	x->annotations = notes;
	return ERR_OK;
}

static enum err_code show_rows(const struct showing *s, struct shown_table *x, struct err *e)
{
	const struct dmn_table *t = x->table;
	struct shown_row *rows = ARENA_ARRAY(s->a, t->n_rules, struct shown_row);
	if (!rows)
		return arena_fail(s->a, e);
	for (size_t r = 0; r < t->n_rules; r++) {
		const struct dmn_rule *rule = &t->rules[r];
		struct words_cell *tests = ARENA_ARRAY(s->a, t->n_inputs, struct words_cell),
				  *outputs = ARENA_ARRAY(s->a, t->n_outputs, struct words_cell);
		struct shown_note *notes = ARENA_ARRAY(s->a, t->n_annotations, struct shown_note);
		if (!tests || !outputs || !notes)
			return arena_fail(s->a, e);
		for (size_t i = 0; i < t->n_inputs; i++)
			tests[i] = words_cell(s->w, x->inputs[i].expression, rule->tests[i].text, true);
		for (size_t i = 0; i < t->n_outputs; i++)
			outputs[i] = words_cell(s->w, x->outputs[i].expression, rule->outputs[i].text, false);
		for (size_t i = 0; i < t->n_annotations; i++)
			notes[i] = decisions_note(s->w, rule->annotations[i]);
		rows[r] = (struct shown_row){rule->id, tests, outputs, notes};
	}
	x->rows = rows;
	return ERR_OK;
}

/* ---- a table as a tree ---- */

static str outcome_of(const struct showing *s, const struct shown_table *x, uint32_t rule)
{
	AUTO_BUF b = BUF_INIT(PATH_BYTES);
	for (size_t i = 0; i < x->table->n_outputs; i++) {
		if (x->table->n_outputs > 1)
			buf_addf(&b, "%s%.*s: ", i ? "; " : "", STR_ARG(x->outputs[i].label));
		buf_add(&b, x->rows[rule].outputs[i].text);
	}
	str text = b.failed ? STR_NONE : arena_str(s->a, buf_str(&b));
	return text.p ? text : STR("…");
}

static str branch_of(const struct showing *s, const struct shown_table *x, const struct decision_tree *t, size_t at)
{
	const struct decision_tree_node *n = &t->nodes[at];
	if (n->parent == SIZE_MAX)
		return STR_NONE;
	if (!n->test.n)
		return i18n_text(s->w->lang, MSG("otherwise"));
	return words_cell(s->w, x->inputs[t->nodes[n->parent].column].expression, n->test, true).text;
}

static enum err_code draw_tree(const struct showing *s, struct shown_table *x, const struct decision_tree *t, struct err *e)
{
	AUTO_BUF svg = BUF_INIT(SVG_BYTES);
	struct diagram_node *nodes = ARENA_ARRAY(s->a, t->n, struct diagram_node);
	struct diagram_edge *edges = ARENA_ARRAY(s->a, t->n, struct diagram_edge);
	struct tree_line *lines = ARENA_ARRAY(s->a, t->n, struct tree_line);
	struct diagram d = {.tree = true, .nodes = nodes, .n_nodes = t->n, .edges = edges};
	if (!nodes || !edges || !lines)
		return arena_fail(s->a, e);
	d.id = arena_fmt(s->a, "tree-%zu", (size_t)x->table->line);
	d.title = arena_fmt(s->a, "%.*s: %.*s", STR_ARG(x->title), STR_ARG(i18n_text(s->w->lang, MSG("as a tree"))));
	for (size_t i = 0; i < t->n; i++) {
		const struct decision_tree_node *n = &t->nodes[i];
		bool end = n->column < 0;
		str text = end ? outcome_of(s, x, n->rule) : x->inputs[n->column].label, condition = branch_of(s, x, t, i);
		nodes[i] = (struct diagram_node){.shape = end ? DIAGRAM_END : DIAGRAM_BOX, .label = text, .note = condition};
		if (n->parent != SIZE_MAX)
			edges[d.n_edges++] = (struct diagram_edge){.from = (uint32_t)n->parent, .to = (uint32_t)i};
		size_t next = i + 1 < t->n ? t->nodes[i + 1].depth : 0;
		lines[i] = (struct tree_line){.condition = condition, .text = text, .end = end, .rule = n->rule + 1,
		    .opens = next > n->depth, .closes = next < n->depth ? n->depth - next : 0};
	}
	TRY(diagram_svg(&d, s->a, &svg, e));
	x->tree_svg.s = arena_str(s->a, buf_str(&svg));
	x->tree = lines;
	x->n_tree = t->n;
	return x->tree_svg.s.p ? ERR_OK : arena_fail(s->a, e);
}

static enum err_code show_table(const struct showing *s, struct shown_table *x, struct err *e)
{
	struct decision_tree tree;
	bool is;
	TRY(show_columns(s, x, e));
	TRY(show_rows(s, x, e));
	TRY(decision_tree_make(x->table, s->a, &tree, &is, e));
	return is ? draw_tree(s, x, &tree, e) : ERR_OK;
}

/* ---- expressions of other kinds ---- */

struct open_box {
	const struct dmn_expr *x;
	size_t next;
};

typedef VEC(struct shown_line) line_list;
typedef VEC(struct shown_table) table_list;

static enum err_code add_line(const struct showing *s, line_list *lines, size_t depth, str name, str text, struct err *e)
{
	LIST_ADD(lines, line, s->a);
	*line = (struct shown_line){depth, name, text};
	return ERR_OK;
}

/* One box: a table goes to the tables, the others become a line; true when it has parts to go into. */
static enum err_code show_box(const struct showing *s, const struct dmn_expr *x, str name, str title, size_t depth,
    line_list *lines, table_list *tables, bool *ret_open, struct err *e)
{
	*ret_open = false;
	if (x->kind == DMN_TABLE) {
		LIST_ADD(tables, t, s->a);
		*t = (struct shown_table){.name = name, .title = title, .table = x->table};
		return depth ? add_line(s, lines, depth, title, i18n_text(s->w->lang, MSG("see the table")), e) : ERR_OK;
	}
	if (x->kind == DMN_LITERAL)
		return add_line(s, lines, depth, title, str_trim(x->text.text), e);
	*ret_open = true;
	return depth ? add_line(s, lines, depth, title, STR(""), e) : ERR_OK;
}

static enum err_code show_logic(const struct showing *s, struct shown_element *out, struct err *e)
{
	struct open_box stack[DEEP_MOST + 1];
	size_t deep = 0;
	line_list lines = {0};
	table_list tables = {0};
	bool open;
	const struct dmn_expr *x = out->element->expr;
	if (x && x->kind == DMN_FUNCTION && x->n_parts)
		x = x->parts[0].expr;
	if (!x)
		return ERR_OK;
	TRY(show_box(s, x, out->element->name, out->name, 0, &lines, &tables, &open, e));
	if (open)
		stack[deep++] = (struct open_box){x, 0};
	while (deep && lines.n < LINES_MOST) {
		struct open_box *top = &stack[deep - 1];
		if (top->next == top->x->n_parts) {
			deep--;
			continue;
		}
		const struct dmn_part *p = &top->x->parts[top->next++];
		if (!p->expr)
			continue;
		TRY(show_box(s, p->expr, out->element->name, p->name, deep, &lines, &tables, &open, e));
		if (open && deep < DEEP_MOST)
			stack[deep++] = (struct open_box){p->expr, 0};
	}
	for (size_t i = 0; i < tables.n; i++)
		TRY(show_table(s, &tables.p[i], e));
	out->tables = tables.p;
	out->n_tables = tables.n;
	out->lines = lines.p;
	out->n_lines = lines.n;
	return ERR_OK;
}

/* ---- the model ---- */

static str shown_name(const struct showing *s, const struct dmn_element *x)
{
	return words_name(s->w, x->kind == DMN_INPUT ? "input" : "decision", x->name);
}

static bool is_need(enum dmn_need n)
{
	return n == DMN_NEEDS_INPUT || n == DMN_NEEDS_DECISION || n == DMN_NEEDS_KNOWLEDGE;
}

static enum err_code add_needs(const struct showing *s, struct shown_element *x, struct err *e)
{
	VEC(str) list = {0};
	for (size_t i = 0; i < x->element->n_links; i++) {
		const struct dmn_element *to =
		    is_need(x->element->links[i].need) ? by_href(s->v->model, x->element->links[i].href) : NULL;
		if (!to)
			continue;
		LIST_ADD(&list, slot, s->a);
		*slot = shown_name(s, to);
	}
	x->needs = list.p;
	x->n_needs = list.n;
	return ERR_OK;
}

static enum err_code show_elements(const struct showing *s, enum dmn_kind kind, const struct shown_element **ret, size_t *ret_n,
    struct err *e)
{
	VEC(struct shown_element) list = {0};
	for (size_t i = 0; i < s->v->model->n_elements; i++) {
		const struct dmn_element *x = &s->v->model->elements[i];
		if (x->kind != kind)
			continue;
		LIST_ADD(&list, slot, s->a);
		*slot = (struct shown_element){.element = x, .name = shown_name(s, x), .help = words_help(s->w, "decision", x->name),
		    .anchor = arena_fmt(s->a, "d-%zu", i)};
		if (!slot->help.n && !words_label(s->w, "decision", x->name).n)
			slot->help = x->description;
		TRY(decisions_sources(s->w, s->v->model, x, &slot->sources, &slot->n_sources, e));
		TRY(add_needs(s, slot, e));
		TRY(show_logic(s, slot, e));
	}
	*ret = list.p;
	*ret_n = list.n;
	return ERR_OK;
}

static enum err_code show_inputs(const struct showing *s, struct model_view *m, struct err *e)
{
	VEC(struct shown_input) list = {0};
	for (size_t i = 0; i < s->v->model->n_elements; i++) {
		const struct dmn_element *x = &s->v->model->elements[i];
		if (x->kind != DMN_INPUT)
			continue;
		LIST_ADD(&list, slot, s->a);
		str base, allowed = STR("");
		resolve(s->v->model, x->type, &base, &allowed);
		*slot = (struct shown_input){.name = x->name, .label = shown_name(s, x), .help = words_help(s->w, "input", x->name),
		    .type = words_type(base), .type_name = base};
		if (!slot->help.n && !words_label(s->w, "input", x->name).n)
			slot->help = x->description;
		if (allowed.n)
			slot->allowed = words_cell(s->w, x->name, allowed, true);
	}
	m->inputs = list.p;
	m->n_inputs = list.n;
	return ERR_OK;
}

/* What is needed for what: inputs, functions and sources lead to decisions, and these to others. */
static enum err_code draw_graph(const struct showing *s, struct model_view *view, struct err *e)
{
	static const enum diagram_shape shapes[] = {[DMN_INPUT] = DIAGRAM_ROUND, [DMN_DECISION] = DIAGRAM_BOX,
	    [DMN_KNOWLEDGE] = DIAGRAM_CUT, [DMN_SERVICE] = DIAGRAM_BOX, [DMN_SOURCE] = DIAGRAM_NOTE};
	const struct dmn_model *m = s->v->model;
	AUTO_BUF svg = BUF_INIT(SVG_BYTES);
	VEC(struct diagram_edge) edges = {0};
	struct diagram_node *nodes = ARENA_ARRAY(s->a, m->n_elements, struct diagram_node);
	if (!nodes)
		return arena_fail(s->a, e);
	if (m->n_elements > DIAGRAM_NODES_MAX || !s->v->set)
		return ERR_OK; /* the list below says the same; requirements of a broken model may run in a circle */
	for (size_t i = 0; i < m->n_elements; i++) {
		const struct dmn_element *x = &m->elements[i];
		nodes[i] = (struct diagram_node){.shape = shapes[x->kind],
		    .label = x->kind == DMN_SOURCE ? x->name : shown_name(s, x)};
		for (size_t k = 0; k < x->n_links && x->kind != DMN_SERVICE; k++) {
			const struct dmn_element *from = by_href(m, x->links[k].href);
			if (!from || edges.n == DIAGRAM_EDGES_MAX)
				continue;
			LIST_ADD(&edges, edge, s->a);
			*edge = (struct diagram_edge){.from = (uint32_t)(from - m->elements), .to = (uint32_t)i,
			    .dashed = x->links[k].need == DMN_NEEDS_AUTHORITY || x->links[k].need == DMN_NEEDS_KNOWLEDGE};
		}
	}
	struct diagram d = {.id = STR("needs"), .title = i18n_text(s->w->lang, MSG("What is needed for what")), .nodes = nodes,
	    .n_nodes = m->n_elements, .edges = edges.p, .n_edges = edges.n};
	TRY(diagram_svg(&d, s->a, &svg, e));
	view->graph.s = arena_str(s->a, buf_str(&svg));
	return view->graph.s.p ? ERR_OK : arena_fail(s->a, e);
}

enum err_code decisions_show(const struct site_page *page, const struct decision_version *v, struct model_view *ret, struct err *e)
{
	struct model_view m = {.v = v, .all = page->view->decisions,
	    .words = {page->view->programme, v->source.key, page->lang, page->arena}};
	struct showing s = {page, page->arena, &m.words, v};
	m.name = decisions_name(&m.words, v);
	m.help = words_help(&m.words, "model", v->model ? v->model->name : v->source.key);
	m.can_check = decisions_can_check(page->view->programme, v->source.key);
	m.is_newest = decisions_newest(m.all, v->source.key) == v;
	if (v->model) {
		TRY(show_inputs(&s, &m, e));
		TRY(show_elements(&s, DMN_DECISION, &m.decisions, &m.n_decisions, e));
		TRY(show_elements(&s, DMN_KNOWLEDGE, &m.functions, &m.n_functions, e));
		TRY(draw_graph(&s, &m, e));
	}
	*ret = m;
	return ERR_OK;
}
