/* Sums that must hold, as programme.yaml declares them: each pack says what its source adds up to.
 */
#include "feat/programme/pack.h"

#include "base/decimal.h"

#define YAML_FILE "programme.yaml"

/* ---- reading the declarations ---- */

static void bad(struct pack_reader *r, const struct yaml *y, const char *what, str shown)
{
	pack_fault(r, "pack.sum_declared", YAML_FILE, y->line, y->col,
	    "Correct the declaration of this sum; docs/packs.md explains it.", "%s \"%.*s\"", what,
	    STR_ARG(pack_show(shown)));
}

static int column_named(
    struct pack_reader *r, const struct yaml *at, enum pack_table_id t, str name)
{
	int c = pack_column_of(t, name);
	if (c < 0)
		bad(r, at, "unknown column", name);
	return c;
}

static bool parse_where(struct pack_reader *r, const struct yaml *y, struct pack_selection *s)
{
	if (y->kind != YAML_MAP || y->n > PACK_SUM_WHERE_MAX) {
		bad(r, y, "where has columns and patterns, few of them", STR(""));
		return false;
	}
	for (size_t i = 0; i < y->n; i++) {
		int c = column_named(r, &y->keys[i], s->table, y->keys[i].text);
		if (c < 0)
			return false;
		if (y->items[i].kind != YAML_SCALAR) {
			bad(r, &y->items[i], "a pattern is one text, not a",
			    str_of(yaml_kind_name(y->items[i].kind)));
			return false;
		}
		s->where[s->n_where++] = (struct pack_where){(uint8_t)c, y->items[i].text};
	}
	return true;
}

/* "dimension[country]": the value of country= in the pairs of the column. */
static bool parse_group(struct pack_reader *r, const struct yaml *y, struct pack_selection *s)
{
	str g = yaml_text(y), name = g;
	ptrdiff_t open = str_find_char(g, '[');
	if (open >= 0 && str_ends(g, STR("]"))) {
		name = str_sub(g, 0, (size_t)open);
		s->group_key = str_sub(g, (size_t)open + 1, g.n - 1);
	}
	s->group_column = column_named(r, y, s->table, name);
	return s->group_column >= 0;
}

static bool parse_selection(struct pack_reader *r, const struct yaml *y, struct pack_selection *ret)
{
	struct pack_selection s = {.column = -1, .group_column = -1, .times = 1};
	for (size_t i = 0; y->kind == YAML_MAP && i < y->n; i++)
		if (!pack_word_in(y->keys[i].text, "file|column|where|group_by|times")) {
			bad(r, &y->keys[i], "unknown key", y->keys[i].text);
			return false;
		}
	str file = yaml_text(yaml_get(y, "file")), column = yaml_text(yaml_get(y, "column"));
	s.table = pack_table_of(file);
	if (s.table == PACK_TABLES || !column.n) {
		bad(r, y, "a selection needs a file of the pack and a column; file", file);
		return false;
	}
	if (!str_is(column, "#") &&
	    (s.column = column_named(r, yaml_get(y, "column"), s.table, column)) < 0)
		return false;
	const struct yaml *where = yaml_get(y, "where"), *group = yaml_get(y, "group_by"),
	                  *times = yaml_get(y, "times");
	if (times && (!yaml_to_i64(times, &s.times) || s.times < 1 || s.times > 1000000000)) {
		bad(r, times, "times is a whole number, not", yaml_text(times));
		return false;
	}
	if ((where && !parse_where(r, where, &s)) || (group && !parse_group(r, group, &s)))
		return false;
	*ret = s;
	return true;
}

static bool parse_sum(struct pack_reader *r, const struct yaml *y, struct pack_sum *ret)
{
	struct pack_sum s = {
	    .name = yaml_text(yaml_get(y, "name")), .line = y->line, .col = y->col};
	const struct yaml *parts = yaml_get(y, "parts"), *whole = yaml_get(y, "whole"),
	                  *relation = yaml_get(y, "relation");
	for (size_t i = 0; i < y->n; i++)
		if (!pack_word_in(y->keys[i].text, "name|parts|whole|relation")) {
			bad(r, &y->keys[i], "unknown key", y->keys[i].text);
			return false;
		}
	if (!s.name.n || !parts || !whole) {
		bad(r, y, "a sum needs name, parts and whole; name", s.name);
		return false;
	}
	str rel = yaml_text(relation);
	if (str_is(rel, "<")) {
		s.relation = PACK_BELOW;
	} else if (str_is(rel, "<=")) {
		s.relation = PACK_NOT_ABOVE;
	} else if (relation && !str_is(rel, "=")) {
		bad(r, relation, "relation is =, < or <=, not", rel);
		return false;
	}
	size_t n = parts->kind == YAML_LIST ? parts->n : 1;
	if (!n || n > PACK_SUM_PARTS_MAX) {
		bad(r, parts, "parts is a selection or a few of them, in", s.name);
		return false;
	}
	for (size_t i = 0; i < n; i++)
		if (!parse_selection(
		        r, parts->kind == YAML_LIST ? &parts->items[i] : parts, &s.parts[i]))
			return false;
	s.n_parts = n;
	if (!parse_selection(r, whole, &s.whole))
		return false;
	*ret = s;
	return true;
}

enum err_code pack_parse_sums(struct pack_reader *r, const struct yaml *list, struct err *e)
{
	if (!list)
		return ERR_OK;
	r->p->sums = ARENA_ARRAY(r->a, list->n + 1, struct pack_sum);
	if (!r->p->sums)
		return arena_fail(r->a, e);
	for (size_t i = 0; i < list->n; i++)
		if (list->items[i].kind == YAML_MAP &&
		    parse_sum(r, &list->items[i], &r->p->sums[r->p->n_sums]))
			r->p->n_sums++;
	return ERR_OK;
}

/* ---- patterns ---- */

/* '*' stands for any text without ';'. The last star is remembered and stretched, so the time is at
 * most the product of the lengths. */
static bool glob(str pattern, str s)
{
	size_t i = 0, k = 0, star = SIZE_MAX, mark = 0;
	while (k < s.n) {
		if (i < pattern.n && pattern.p[i] == '*') {
			star = i++;
			mark = k;
		} else if (i < pattern.n && pattern.p[i] == s.p[k]) {
			i++;
			k++;
		} else if (star != SIZE_MAX && s.p[mark] != ';') {
			i = star + 1;
			k = ++mark;
		} else {
			return false;
		}
	}
	while (i < pattern.n && pattern.p[i] == '*')
		i++;
	return i == pattern.n;
}

static bool matches(str pattern, str s)
{
	bool not = str_starts(pattern, STR("!"));
	str rest = not ? str_sub(pattern, 1, pattern.n) : pattern, part;
	if (!rest.n)
		return not == (s.n > 0);
	struct str_split it = str_split_on(rest, '|');
	while (str_next(&it, &part))
		if (glob(part, s))
			return !not ;
	return not ;
}

static bool selected(const struct pack *p, const struct pack_selection *s, size_t row)
{
	for (size_t i = 0; i < s->n_where; i++)
		if (!matches(
		        s->where[i].pattern, pack_at(p, s->table, row, s->where[i].column)->text))
			return false;
	return true;
}

static str group_of(const struct pack *p, const struct pack_selection *s, size_t row)
{
	if (s->group_column < 0)
		return STR("");
	str v = pack_at(p, s->table, row, (size_t)s->group_column)->text, part;
	if (!s->group_key.n)
		return v;
	struct str_split it = str_split_on(v, ';');
	while (str_next(&it, &part))
		if (str_starts(part, s->group_key) && part.n > s->group_key.n &&
		    part.p[s->group_key.n] == '=')
			return str_sub(part, s->group_key.n + 1, part.n);
	return STR("");
}

/* ---- adding up ---- */

struct group {
	str name;
	decimal parts, whole;
	const struct pack_cell *cell; /* of the whole, else of a part */
	enum pack_table_id table;
	size_t row, column;
	bool has_whole, has_parts, broken;
};

struct sum_run {
	struct pack_reader *r;
	const struct pack_sum *sum;
	struct map *groups;
	VEC(struct group *) order;
};

static enum err_code group_at(struct sum_run *x, str name, struct group **ret, struct err *e)
{
	struct group *g = map_get(x->groups, name);
	if (!g) {
		g = ARENA_NEW(x->r->a, struct group);
		struct group **slot = g ? VEC_ADD(&x->order, x->r->a) : NULL;
		if (!slot || !map_set(x->groups, name, g, NULL))
			return arena_fail(x->r->a, e);
		*slot = g;
		*g = (struct group){.name = name, .parts = DECIMAL_ZERO, .whole = DECIMAL_ZERO};
	}
	*ret = g;
	return ERR_OK;
}

static enum err_code add_up(
    struct sum_run *x, const struct pack_selection *s, bool whole, struct err *e)
{
	const struct pack *p = x->r->p;
	for (size_t i = 0; i < p->rows[s->table].n; i++) {
		if (!selected(p, s, i))
			continue;
		size_t column = s->column < 0 ? 0 : (size_t)s->column;
		const struct pack_cell *c = pack_at(p, s->table, i, column);
		struct group *g;
		TRY(group_at(x, group_of(p, s, i), &g, e));
		decimal v = decimal_of(1);
		if (s->column >= 0 && c->text.n == 0)
			v = DECIMAL_ZERO; /* a dash in the source: nothing to add */
		else if (s->column >= 0 &&
		         (!pack_is_number(c->text) || !decimal_parse(c->text, &v)))
			g->broken = true; /* reported for the cell itself */
		decimal *to = whole ? &g->whole : &g->parts;
		if (!decimal_mul(v, decimal_of(s->times), &v) || !decimal_add(*to, v, to))
			g->broken = true;
		if (whole || !g->cell) {
			g->cell = c;
			g->table = s->table;
			g->row = i;
			g->column = column;
		}
		if (whole)
			g->has_whole = true;
		else
			g->has_parts = true;
	}
	return ERR_OK;
}

static bool holds(enum pack_relation relation, decimal parts, decimal whole)
{
	int c = decimal_cmp(parts, whole);
	return relation == PACK_EQUAL ? c == 0 : relation == PACK_BELOW ? c < 0 : c <= 0;
}

static void judge(struct sum_run *x, const struct group *g)
{
	static const char *const words[] = {"must be", "must be below", "must not be above"};
	if (g->broken)
		return;
	if (!g->has_whole) {
		pack_fault_cell(x->r, "pack.sum", g->table, g->row, g->column,
		    "Add the row with the total, or correct this one.",
		    "%.*s%s%.*s: there is no total", STR_ARG(x->sum->name), g->name.n ? ", " : "",
		    STR_ARG(pack_show(g->name)));
		return;
	}
	if (holds(x->sum->relation, g->parts, g->whole))
		return;
	char parts[64], whole[64];
	AUTO_BUF b = BUF_INIT(256);
	buf_add_decimal(&b, decimal_trim(g->parts));
	(void)snprintf(parts, sizeof parts, "%.*s", STR_ARG(buf_str(&b)));
	buf_clear(&b);
	buf_add_decimal(&b, decimal_trim(g->whole));
	(void)snprintf(whole, sizeof whole, "%.*s", STR_ARG(buf_str(&b)));
	pack_fault_cell(x->r, "pack.sum", g->table, g->row, g->column,
	    "Correct the part or the total that differs from the source.",
	    "%.*s%s%.*s: the sum of the parts is %s, which %s %s", STR_ARG(x->sum->name),
	    g->name.n ? ", " : "", STR_ARG(pack_show(g->name)), parts, words[x->sum->relation],
	    whole);
}

static enum err_code check_sum(struct pack_reader *r, const struct pack_sum *s, struct err *e)
{
	struct sum_run x = {.r = r, .sum = s, .groups = map_new(r->a, 3)};
	if (!x.groups)
		return arena_fail(r->a, e);
	bool read = r->p->rows[s->whole.table].read;
	for (size_t i = 0; i < s->n_parts; i++)
		read &= r->p->rows[s->parts[i].table].read;
	if (!read)
		return ERR_OK; /* a file that cannot be read has its own fault */
	TRY(add_up(&x, &s->whole, true, e));
	for (size_t i = 0; i < s->n_parts; i++)
		TRY(add_up(&x, &s->parts[i], false, e));
	if (x.order.n == 0)
		pack_fault(r, "pack.sum", YAML_FILE, s->line, s->col,
		    "Correct the conditions, or remove the sum.", "%.*s: no row fits",
		    STR_ARG(s->name));
	for (size_t i = 0; i < x.order.n; i++)
		judge(&x, x.order.p[i]);
	return ERR_OK;
}

enum err_code pack_check_sums(struct pack_reader *r, struct err *e)
{
	for (size_t i = 0; i < r->p->n_sums; i++)
		TRY(check_sum(r, &r->p->sums[i], e));
	return ERR_OK;
}
