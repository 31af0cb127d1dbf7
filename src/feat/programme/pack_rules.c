/* Duplicate keys, rules across columns, and what the rows and programme.yaml say of each other. */
#include "feat/programme/pack.h"

#include "base/decimal.h"

/* ---- keys ---- */

static str join_cells(struct arena *a, const struct pack *p, enum pack_table_id t, size_t row,
    const uint8_t *cols, size_t n)
{
	size_t bytes = 0;
	for (size_t i = 0; i < n; i++)
		bytes += pack_at(p, t, row, cols[i])->text.n + 1;
	char *key = arena_alloc(a, bytes + 1);
	if (!key)
		return STR_NONE;
	size_t at = 0;
	for (size_t i = 0; i < n; i++) {
		str v = pack_at(p, t, row, cols[i])->text;
		if (v.n)
			memcpy(key + at, v.p, v.n);
		at += v.n;
		key[at++] = '\x1f'; /* no cell holds this between its parts by chance: it is a
		                       control character */
	}
	return (str){key, at};
}

/* Report rows whose columns cols were there before; only rows where want (NULL: all) is in column
 * want_col. */
static enum err_code check_once(struct pack_reader *r, enum pack_table_id t, const uint8_t *cols,
    size_t n, int want_col, const char *want, struct err *e)
{
	struct map *seen = map_new(r->a, 0xd1b54a32d192ed03u);
	if (!seen)
		return arena_fail(r->a, e);
	for (size_t i = 0; i < r->p->rows[t].n; i++) {
		if (want && !str_is(pack_at(r->p, t, i, (size_t)want_col)->text, want))
			continue;
		str key = join_cells(r->a, r->p, t, i, cols, n);
		const struct pack_cell *c = pack_at(r->p, t, i, cols[0]), *before;
		if (!key.p)
			return arena_fail(r->a, e);
		if ((before = map_get(seen, key))) {
			if (want)
				pack_fault_cell(r, "pack.once", t, i, (size_t)want_col,
				    "Leave it with one of the two rows.",
				    "\"%.*s\" has %s \"%s\" in line %u already",
				    STR_ARG(pack_show(c->text)),
				    pack_tables[t].columns[want_col].name, want, before->line);
			else
				pack_fault_cell(r, "pack.duplicate", t, i, cols[0],
				    "Remove one of the two rows, or tell them apart.",
				    "the same key stands in line %u already", before->line);
			continue;
		}
		if (!map_set(seen, key, (void *)(uintptr_t)c, NULL))
			return arena_fail(r->a, e);
	}
	return ERR_OK;
}

/* ---- rules ---- */

struct rule_row {
	struct pack_reader *r;
	const struct pack_rule *rule;
	size_t row, a_col, b_col;
	str a, b;
};

#define RULE_FAULT(x, id, cure, ...)                                                               \
	pack_fault_cell((x)->r, id, (x)->rule->table, (x)->row, (x)->a_col, cure, __VA_ARGS__)

static void rule_order(const struct rule_row *x)
{
	pdate a, b;
	if (!pdate_parse(x->a, &a) || !pdate_parse(x->b, &b))
		return; /* empty, or a fault of its own */
	if (pdate_first(a).day > pdate_last(b).day)
		pack_fault_cell(x->r, "pack.order", x->rule->table, x->row, x->b_col,
		    "Correct one of the two dates.", "%s %.*s is before %s %.*s", x->rule->b,
		    STR_ARG(x->b), x->rule->a, STR_ARG(x->a));
}

static void rule_not_above(const struct rule_row *x)
{
	decimal a, b;
	if (!pack_is_number(x->a) || !pack_is_number(x->b) || !decimal_parse(x->a, &a) ||
	    !decimal_parse(x->b, &b))
		return;
	if (decimal_cmp(a, b) > 0)
		RULE_FAULT(x, "pack.above", "Correct one of the two amounts.",
		    "%s %.*s is above %s %.*s", x->rule->a, STR_ARG(x->a), x->rule->b,
		    STR_ARG(x->b));
}

static void rule_ref_by(const struct rule_row *x)
{
	struct str_split it = str_split_on(str_of(x->rule->words), '|');
	str part;
	while (str_next(&it, &part)) {
		ptrdiff_t eq = str_find_char(part, '=');
		if (eq < 0 || !str_eq(str_sub(part, 0, (size_t)eq), x->b))
			continue;
		str file = str_sub(part, (size_t)eq + 1, part.n);
		const struct pack_rows *to = &x->r->p->rows[pack_table_of(file)];
		if (to->read && !map_get(to->keys, x->a))
			RULE_FAULT(x, "pack.reference", "Add it to that file, or correct it here.",
			    "\"%.*s\" is not in data/%.*s", STR_ARG(pack_show(x->a)),
			    STR_ARG(file));
	}
}

static void rule_date_if(const struct rule_row *x)
{
	pdate d;
	bool dated = pack_word_in(x->b, x->rule->words);
	if (dated && !pdate_parse(x->a, &d))
		RULE_FAULT(x, "pack.date",
		    "Write a date that exists, as 2010-03-19, 2010-03 or 2010.",
		    "\"%.*s\" is not a date", STR_ARG(pack_show(x->a)));
	if (!dated && x->a.n && !pack_is_number(x->a))
		RULE_FAULT(x, "pack.number",
		    "Write plain digits with a point, such as 1250 or 1250.50.",
		    "\"%.*s\" is not a number", STR_ARG(pack_show(x->a)));
}

static void rule_value(const struct rule_row *x)
{
	if (x->a.n == 0 || pack_word_in(x->a, x->rule->words) || (pack_is_number(x->a) && x->b.n))
		return;
	RULE_FAULT(x, "pack.number", "Write a number and its unit, or leave both cells empty.",
	    "\"%.*s\" is neither a number with a unit nor one of: %s", STR_ARG(pack_show(x->a)),
	    x->rule->words);
}

static void rule_filled(const struct rule_row *x, str c)
{
	const struct pack_rule *u = x->rule;
	switch (u->kind) {
	case PACK_RULE_ONE_OF:
		if ((x->a.n > 0) == (x->b.n > 0))
			RULE_FAULT(x, "pack.one_of", "Fill exactly one of the two.",
			    "%s of %s and %s is filled", x->a.n ? "each" : "none", u->a, u->b);
		break;
	case PACK_RULE_TOGETHER:
		if ((x->a.n > 0) != (x->b.n > 0))
			RULE_FAULT(x, "pack.together", "Fill both or none.",
			    "%s and %s go together", u->a, u->b);
		break;
	case PACK_RULE_SOME:
		if (!x->a.n && !x->b.n && !c.n)
			RULE_FAULT(x, "pack.some", "Fill at least one of them, or remove the row.",
			    "%s, %s and %s are empty", u->a, u->b, u->c);
		break;
	case PACK_RULE_EMPTY_IF:
		if (x->a.n && x->b.n && pack_word_in(x->b, u->words))
			RULE_FAULT(x, "pack.empty_if", "Empty the cell, or correct the other one.",
			    "%s is filled, but %s is %.*s", u->a, u->b, STR_ARG(x->b));
		break;
	default:
		if (!x->a.n && x->b.n && pack_word_in(x->b, u->words))
			RULE_FAULT(x, "pack.required", "Fill the cell, or correct the other one.",
			    "%s is empty, but %s is %.*s", u->a, u->b, STR_ARG(x->b));
	}
}

static void check_rule_row(const struct rule_row *x, str c)
{
	switch (x->rule->kind) {
	case PACK_RULE_ORDER:
		rule_order(x);
		break;
	case PACK_RULE_NOT_ABOVE:
		rule_not_above(x);
		break;
	case PACK_RULE_REF_BY:
		rule_ref_by(x);
		break;
	case PACK_RULE_DATE_IF:
		rule_date_if(x);
		break;
	case PACK_RULE_VALUE:
		rule_value(x);
		break;
	case PACK_RULE_ONCE:
		break; /* needs all rows: see check_once */
	case PACK_RULE_ONE_OF:
	case PACK_RULE_TOGETHER:
	case PACK_RULE_SOME:
	case PACK_RULE_EMPTY_IF:
	case PACK_RULE_FILLED_IF:
		rule_filled(x, c);
		break;
	}
}

enum err_code pack_check_rules(struct pack_reader *r, struct err *e)
{
	for (int t = 0; t < PACK_TABLES; t++)
		TRY(check_once(r, (enum pack_table_id)t, pack_tables[t].key, pack_tables[t].n_key,
		    -1, NULL, e));
	for (size_t k = 0; k < pack_rules_n; k++) {
		const struct pack_rule *u = &pack_rules[k];
		int a = pack_column_of(u->table, str_of(u->a)),
		    b = pack_column_of(u->table, str_of(u->b));
		int c = u->c ? pack_column_of(u->table, str_of(u->c)) : a;
		if (u->kind == PACK_RULE_ONCE) {
			uint8_t col = (uint8_t)a;
			TRY(check_once(r, u->table, &col, 1, b, u->words, e));
			continue;
		}
		for (size_t i = 0; i < r->p->rows[u->table].n; i++) {
			struct rule_row x = {r, u, i, (size_t)a, (size_t)b,
			    pack_at(r->p, u->table, i, (size_t)a)->text,
			    pack_at(r->p, u->table, i, (size_t)b)->text};
			check_rule_row(&x, pack_at(r->p, u->table, i, (size_t)c)->text);
		}
	}
	return ERR_OK;
}

/* ---- programme.yaml against the rows ---- */

static const struct priority *yaml_priority(const struct pack *p, str code)
{
	int64_t n = 0;
	for (size_t i = 0; i < p->n_priorities; i++)
		if (str_to_i64(code, &n) && p->priorities[i].code == n)
			return &p->priorities[i];
	return NULL;
}

static void check_priorities(struct pack_reader *r)
{
	enum { EN = 1, NL = 2 };
	for (size_t i = 0; i < r->p->rows[PACK_PRIORITIES].n; i++) {
		const struct priority *y =
		    yaml_priority(r->p, pack_at(r->p, PACK_PRIORITIES, i, 0)->text);
		if (!y) {
			pack_fault_cell(r, "pack.reference", PACK_PRIORITIES, i, 0,
			    "Describe it under priorities in programme.yaml.",
			    "priority %.*s is not in programme.yaml",
			    STR_ARG(pack_at(r->p, PACK_PRIORITIES, i, 0)->text));
			continue;
		}
		if (!str_eq(y->name.en, pack_at(r->p, PACK_PRIORITIES, i, EN)->text))
			pack_fault_cell(r, "pack.differs", PACK_PRIORITIES, i, EN,
			    "Give it the same official name in both places.",
			    "the English name differs from programme.yaml");
		if (!str_eq(y->name.nl, pack_at(r->p, PACK_PRIORITIES, i, NL)->text))
			pack_fault_cell(r, "pack.differs", PACK_PRIORITIES, i, NL,
			    "Give it the same official name in both places.",
			    "the Dutch name differs from programme.yaml");
	}
	const struct pack_rows *rows = &r->p->rows[PACK_PRIORITIES];
	for (size_t i = 0; i < r->p->n_priorities && rows->read; i++) {
		str code = arena_fmt(r->a, "%d", r->p->priorities[i].code);
		if (code.p && !map_get(rows->keys, code))
			pack_fault(r, "pack.reference", "programme.yaml", 0, 0,
			    "Add it to data/priorities.csv, or remove it.",
			    "priority %d is not in data/priorities.csv", r->p->priorities[i].code);
	}
}

static void check_lists(struct pack_reader *r)
{
	for (size_t i = 0; i < r->p->n_lists && r->p->rows[PACK_RULES].read; i++) {
		size_t n = 0;
		for (size_t k = 0; k < r->p->rows[PACK_RULES].n; k++)
			n += str_is(pack_get(r->p, PACK_RULES, k, "value"), "listed") &&
			     str_starts(
			         pack_get(r->p, PACK_RULES, k, "rule_id"), r->p->lists[i].code);
		if (!n)
			pack_fault(r, "pack.reference", "programme.yaml", r->p->list_nodes[i]->line,
			    r->p->list_nodes[i]->col,
			    "Add rows with the value \"listed\" whose rule_id begins with the "
			    "code, or remove the list.",
			    "country list %.*s has no country in data/scheme_rules.csv",
			    STR_ARG(r->p->lists[i].code));
	}
}

/* "2010:all:expenditure" names a budget line, "19892:2011-12-13" an event, the rest a code of
 * programme.yaml. */
static bool subject_there(const struct pack *p, str kind, str subject)
{
	static const uint8_t budget[] = {0, 1, 3}, event[] = {0, 1};
	bool is_budget = str_is(kind, "budget");
	enum pack_table_id t = is_budget ? PACK_BUDGET : PACK_EVENTS;
	const uint8_t *cols = is_budget ? budget : event;
	size_t n = is_budget ? 3 : 2;
	for (size_t i = 0; i < p->rows[t].n; i++) {
		struct str_split it = str_split_on(subject, ':');
		str part;
		size_t k = 0;
		while (
		    str_next(&it, &part) && k < n && str_eq(part, pack_at(p, t, i, cols[k])->text))
			k++;
		if (k == n)
			return true;
	}
	return false;
}

static void check_subjects(struct pack_reader *r)
{
	for (size_t i = 0; i < r->p->rows[PACK_SUBJECTS].n; i++) {
		str kind = pack_get(r->p, PACK_SUBJECTS, i, "subject_kind"),
		    subject = pack_get(r->p, PACK_SUBJECTS, i, "subject");
		bool there = true;
		if (str_is(kind, "budget"))
			there = subject_there(r->p, kind, subject) || !r->p->rows[PACK_BUDGET].read;
		else if (str_is(kind, "event"))
			there = subject_there(r->p, kind, subject) || !r->p->rows[PACK_EVENTS].read;
		else if (str_is(kind, "timeline")) {
			there = false;
			for (size_t k = 0; k < r->p->n_timeline; k++)
				there |= str_eq(r->p->timeline[k].code, subject);
		}
		if (!there)
			pack_fault_cell(r, "pack.reference", PACK_SUBJECTS, i, 2,
			    "Name something that the pack holds.", "there is no %.*s \"%.*s\"",
			    STR_ARG(kind), STR_ARG(pack_show(subject)));
	}
}

void pack_check_names(struct pack_reader *r)
{
	check_priorities(r);
	check_lists(r);
	check_subjects(r);
}
