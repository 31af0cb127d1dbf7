#include "feat/decisions/form.h"

#include "base/vec.h"
#include "engine/feel/time.h"

struct making {
	const struct words *w;
	const struct decisions_view *all;
	VEC(struct ask) asks;
};

/* ---- questions ---- */

static const struct dmn_model *model_of(const struct decisions_view *all, const struct dmn_element *x)
{
	for (size_t i = 0; i < all->n; i++) {
		const struct dmn_model *m = all->versions[i].model;
		if (m && x >= m->elements && x < m->elements + m->n_elements)
			return m;
	}
	return NULL;
}

static const struct dmn_item *item_of(const struct dmn_model *m, str name)
{
	for (size_t i = 0; m && i < m->n_items; i++)
		if (str_eq(m->items[i].name, name))
			return &m->items[i];
	return NULL;
}

static const struct dmn_item *component_of(const struct dmn_item *item, str name)
{
	for (size_t i = 0; item && i < item->n_components; i++)
		if (str_eq(item->components[i].name, name))
			return &item->components[i];
	return NULL;
}

/* The allowed values of an item or of what it refers to; "" when there are none. */
static str allowed_of(const struct dmn_model *m, const struct dmn_item *item)
{
	for (int hops = 0; item && hops < 10; hops++) {
		str s = str_trim(item->allowed.text);
		if (s.n)
			return s;
		item = item_of(m, item->type);
	}
	return STR("");
}

/* The next text of a list of texts; false at its end, *ret_bad when there is something else. */
static bool next_text(str *rest, str *ret, bool *ret_bad)
{
	str s = str_trim(*rest);
	if (!s.n)
		return false;
	ptrdiff_t end = s.p[0] == '"' ? str_find_char(str_sub(s, 1, s.n), '"') : -1;
	if (end < 0) {
		*ret_bad = true;
		return false;
	}
	*ret = str_sub(s, 1, (size_t)end + 1);
	s = str_trim(str_sub(s, (size_t)end + 2, s.n));
	*ret_bad = s.n && s.p[0] != ',';
	*rest = s.n ? str_sub(s, 1, s.n) : s;
	return !*ret_bad;
}

static enum err_code add_option(struct making *m, struct ask *q, str value, str label, struct err *e)
{
	if (!q->options)
		q->options = ARENA_ARRAY(m->w->arena, FORM_OPTIONS_MOST, struct ask_option);
	if (!q->options)
		return arena_fail(m->w->arena, e);
	if (q->n_options < FORM_OPTIONS_MOST)
		q->options[q->n_options++] = (struct ask_option){.value = value, .label = label};
	return ERR_OK;
}

static enum err_code add_texts(struct making *m, struct ask *q, str allowed, struct err *e)
{
	str rest = allowed, text, of = q->field;
	bool bad = false;
	if (q->repeat) /* a label is for each of them */
		of = arena_fmt(m->w->arena, "%.*s.%.*s", STR_ARG(q->input), STR_ARG(q->component));
	while (next_text(&rest, &text, &bad)) {
		struct words_cell c = words_cell(m->w, of, arena_fmt(m->w->arena, "\"%.*s\"", STR_ARG(text)), false);
		TRY(add_option(m, q, text, c.text, e));
	}
	if (bad) {
		q->n_options = 0;
		return ERR_OK;
	}
	if (q->n_options)
		q->kind = q->kind == ASK_MANY ? ASK_MANY : ASK_CHOICE;
	return ERR_OK;
}

static int by_label(const void *x, const void *y)
{
	const struct ask_option *a = x, *b = y;
	return i18n_compare(a->label, b->label);
}

static enum err_code add_countries(struct making *m, struct ask *q, struct err *e)
{
	str code;
	for (size_t i = 0; (code = i18n_country_code(i)).n; i++)
		TRY(add_option(m, q, code, i18n_country(m->w->lang, code), e));
	qsort(q->options, q->n_options, sizeof *q->options, by_label);
	q->kind = q->kind == ASK_MANY ? ASK_MANY : ASK_CHOICE;
	return ERR_OK;
}

/* A type or a question whose name speaks of a country is asked for with the list of countries. */
static bool is_country(str name)
{
	static const char *const words[] = {"countr", "nationality"}; /* country, countries */
	for (size_t w = 0; w < 2; w++) {
		size_t n = strlen(words[w]);
		for (size_t i = 0; i + n <= name.n; i++)
			if (str_eq_nocase(str_sub(name, i, i + n), str_of(words[w])))
				return true;
	}
	return false;
}

static enum ask_kind kind_of(const struct feel_type *t)
{
	if (!t || t->kind == FEEL_TYPE_DURATION)
		return t ? ASK_DAYS : ASK_TEXT;
	if (t->kind != FEEL_TYPE_PLAIN)
		return ASK_TEXT;
	switch (t->plain) {
	case FEEL_NUMBER:
		return ASK_NUMBER;
	case FEEL_BOOL:
		return ASK_YES_NO;
	case FEEL_DATE:
		return ASK_DATE;
	case FEEL_DAYS:
		return ASK_DAYS;
	case FEEL_MONTHS:
		return ASK_MONTHS;
	default:
		return ASK_TEXT;
	}
}

/* What a question is about. */
struct about {
	const struct dmn_model *model;
	str input, component;
	size_t repeat;
	const struct feel_type *type;
	const struct dmn_item *item;
	str type_name, description;
};

static str plain_field(struct arena *a, const struct about *x)
{
	return x->component.p ? arena_fmt(a, "%.*s.%.*s", STR_ARG(x->input), STR_ARG(x->component)) : x->input;
}

static void name_ask(const struct words *w, struct ask *q, const struct about *x)
{
	str plain = plain_field(w->arena, x);
	q->label = words_name(w, "input", plain);
	if (!words_label(w, "input", plain).n && x->component.p)
		q->label = words_name(w, "input", x->component);
	if (x->repeat)
		q->label = arena_fmt(w->arena, "%.*s (%zu)", STR_ARG(q->label), x->repeat);
	q->help = words_help(w, "input", plain);
	if (!q->help.n && !words_label(w, "input", plain).n)
		q->help = x->description;
}

static enum err_code add_ask(struct making *m, const struct about *x, struct err *e)
{
	bool known = false;
	const struct feel_type *type = x->type;
	str plain = plain_field(m->w->arena, x), field = plain;
	if (x->repeat)
		field = arena_fmt(m->w->arena, "%.*s.%zu.%.*s", STR_ARG(x->input), x->repeat, STR_ARG(x->component));
	for (size_t i = 0; i < m->asks.n; i++)
		known |= str_eq(m->asks.p[i].field, field);
	if (known)
		return ERR_OK;
	if (m->asks.n == FORM_ASKS_MOST)
		return fail(e, ERR_LIMIT, "form.questions", "the decision needs more than %d answers", FORM_ASKS_MOST);
	struct ask *q = VEC_ADD(&m->asks, m->w->arena);
	if (!q || !field.p)
		return arena_fail(m->w->arena, e);
	bool list = type && type->kind == FEEL_TYPE_LIST;
	*q = (struct ask){.field = field, .input = x->input, .component = x->component, .repeat = x->repeat, .type = type,
	    .kind = list ? ASK_MANY : kind_of(type), .id = arena_fmt(m->w->arena, "q%zu", m->asks.n)};
	name_ask(m->w, q, x);
	if (q->kind == ASK_YES_NO) {
		TRY(add_option(m, q, STR("true"), words_cell(m->w, plain, STR("true"), false).text, e));
		return add_option(m, q, STR("false"), words_cell(m->w, plain, STR("false"), false).text, e);
	}
	if (q->kind == ASK_TEXT || q->kind == ASK_MANY)
		TRY(add_texts(m, q, allowed_of(x->model, x->item), e));
	if (!q->n_options && (is_country(x->type_name) || is_country(field)) && (q->kind == ASK_TEXT || q->kind == ASK_MANY))
		TRY(add_countries(m, q, e));
	if (q->kind == ASK_MANY && !q->n_options)
		q->kind = ASK_TEXT;
	return ERR_OK;
}

/* The parts of a context, or of each of some items of a list of such. */
static enum err_code ask_parts(struct making *m, struct about x, const struct feel_type *t, size_t repeat, struct err *e)
{
	const struct dmn_item *item = x.item;
	for (int hops = 0; item && !item->n_components && hops < 10; hops++)
		item = item_of(x.model, item->type);
	x.repeat = repeat;
	for (size_t i = 0; i < t->n_fields; i++) {
		const struct dmn_item *part = component_of(item, t->fields[i].name);
		x.component = t->fields[i].name;
		x.type = t->fields[i].type;
		x.item = part;
		x.type_name = part ? part->type : STR("");
		x.description = STR("");
		TRY(add_ask(m, &x, e));
	}
	return ERR_OK;
}

static bool has_parts(const struct feel_type *t)
{
	return t && t->kind == FEEL_TYPE_CONTEXT && !t->open;
}

static enum err_code ask_input(struct making *m, const struct decision_version *v, int32_t index, struct err *e)
{
	const struct dmn_element *x = dmn_element(v->set, index);
	const struct dmn_model *model = model_of(m->all, x);
	const struct feel_type *t = dmn_type_of(v->set, index);
	struct about about = {.model = model, .input = dmn_input_name(v->set, v->model, index), .component = STR_NONE, .type = t,
	    .item = item_of(model, x->type), .type_name = x->type, .description = x->description};
	for (size_t i = 0; i < m->asks.n; i++)
		if (str_eq(m->asks.p[i].input, about.input))
			return ERR_OK;
	if (has_parts(t))
		return ask_parts(m, about, t, 0, e);
	if (!t || t->kind != FEEL_TYPE_LIST || !has_parts(t->element))
		return add_ask(m, &about, e);
	for (size_t i = 1; i <= FORM_REPEATS; i++)
		TRY(ask_parts(m, about, t->element, i, e));
	return ERR_OK;
}

enum err_code form_make(const struct words *w, const struct decisions_view *all, const struct decision_version *v,
    const int32_t *decisions, size_t n_decisions, struct form *ret, struct err *e)
{
	struct making m = {.w = w, .all = all};
	for (size_t i = 0; i < n_decisions; i++) {
		size_t n;
		const int32_t *inputs = dmn_inputs_of(v->set, decisions[i], &n);
		for (size_t k = 0; k < n; k++)
			TRY(ask_input(&m, v, inputs[k], e));
	}
	*ret = (struct form){.v = v, .decisions = decisions, .n_decisions = n_decisions, .asks = m.asks.p, .n_asks = m.asks.n};
	return ERR_OK;
}

/* ---- answers ---- */

/* "1.500,50" and "1,500.50" as the language writes them; the plain form works in all. */
static bool read_number(str s, enum lang l, decimal *ret)
{
	char group = l == LANG_EN ? ',' : '.', point = l == LANG_EN ? '.' : ',';
	AUTO_BUF b = BUF_INIT(200);
	for (size_t i = 0; i < s.n; i++) {
		size_t digits = 0;
		while (i + 1 + digits < s.n && s.p[i + 1 + digits] >= '0' && s.p[i + 1 + digits] <= '9')
			digits++;
		if (s.p[i] == ' ' || (s.p[i] == group && digits == 3))
			continue;
		buf_addc(&b, s.p[i] == point ? '.' : s.p[i]);
	}
	return !b.failed && decimal_parse(str_trim(buf_str(&b)), ret);
}

static bool readable(const struct ask *q, str s, enum lang l, fval *ret)
{
	decimal d;
	int64_t n;
	switch (q->kind) {
	case ASK_NUMBER:
		if (!read_number(s, l, &d))
			return false;
		*ret = feel_number(d);
		return true;
	case ASK_DATE:
		return feel_parse_date(s, ret);
	case ASK_DAYS:
	case ASK_MONTHS:
		if (!str_to_i64(s, &n) || n < -1000000 || n > 1000000)
			return false;
		*ret = q->kind == ASK_DAYS ? feel_days(n * 86400, 0) : feel_months(n);
		return true;
	case ASK_YES_NO:
		*ret = feel_bool(str_is(s, "true"));
		return str_is(s, "true") || str_is(s, "false");
	default:
		*ret = feel_string(s);
		return true;
	}
}

static const char *fault_of(enum ask_kind k)
{
	switch (k) {
	case ASK_NUMBER:
		return MSG("Write a number, such as 1500.");
	case ASK_DATE:
		return MSG("Write a date as year, month and day, such as 2010-03-19.");
	case ASK_DAYS:
		return MSG("Write a whole number of days.");
	case ASK_MONTHS:
		return MSG("Write a whole number of months.");
	default:
		return MSG("Choose one of the answers.");
	}
}

static void take(struct ask *q, str value, const struct words *w)
{
	bool offered = false;
	fval v;
	for (size_t i = 0; i < q->n_options; i++)
		if (str_eq(q->options[i].value, value)) {
			q->options[i].chosen = true;
			offered = true;
		}
	q->given = value;
	if ((q->n_options && !offered) || !readable(q, value, w->lang, &v))
		q->fault = fault_of(q->kind);
}

void form_fill(struct form *f, const struct words *w, const struct form_sent *sent)
{
	for (size_t i = 0; i < f->n_asks; i++) {
		struct ask *q = &f->asks[i];
		for (size_t k = 0; k < sent->n; k++) {
			str value = str_trim(sent->p[k].value);
			if (str_eq(sent->p[k].name, q->field) && value.n)
				take(q, value, w);
		}
		f->n_faults += q->fault != NULL;
	}
}

/* The value of a question; false when it was not answered. */
static bool answer(const struct ask *q, enum lang l, struct arena *a, fval *ret)
{
	if (q->kind != ASK_MANY)
		return q->given.n && readable(q, q->given, l, ret);
	fval *items = ARENA_ARRAY(a, q->n_options, fval);
	size_t n = 0;
	for (size_t i = 0; items && i < q->n_options; i++)
		if (q->options[i].chosen)
			items[n++] = feel_string(q->options[i].value);
	*ret = items ? feel_list_of(a, items, n) : FEEL_NULL_VALUE;
	return n > 0;
}

/* The questions from `from` on that make one value (a plain one, or a context); in *ret_end where they end. False when none
 * of them was answered. */
static bool one_value(const struct form *f, size_t from, enum lang l, struct arena *a, fval *ret, size_t *ret_end)
{
	const struct ask *q = &f->asks[from];
	size_t end = from, n = 0;
	bool any = false;
	while (end < f->n_asks && str_eq(f->asks[end].input, q->input) && f->asks[end].repeat == q->repeat)
		end++;
	*ret_end = end;
	if (!q->component.p)
		return answer(q, l, a, ret);
	struct feel_entry *entries = ARENA_ARRAY(a, end - from, struct feel_entry);
	for (size_t k = from; entries && k < end; k++) {
		fval part = FEEL_NULL_VALUE; /* a part that was left out is null, so that the rest counts */
		any |= answer(&f->asks[k], l, a, &part);
		entries[n++] = (struct feel_entry){f->asks[k].component, part};
	}
	*ret = feel_context_of(a, entries, n);
	return any;
}

enum err_code form_values(const struct form *f, enum lang l, struct arena *a, struct dmn_given **ret, size_t *ret_n,
    struct err *e)
{
	struct dmn_given *given = ARENA_ARRAY(a, f->n_asks, struct dmn_given);
	size_t n = 0;
	if (!given)
		return arena_fail(a, e);
	for (size_t i = 0; i < f->n_asks;) {
		const struct ask *q = &f->asks[i];
		fval v, *items = q->repeat ? ARENA_ARRAY(a, FORM_REPEATS, fval) : NULL;
		size_t n_items = 0;
		bool any = false;
		if (q->repeat && !items)
			return arena_fail(a, e);
		while (i < f->n_asks && str_eq(f->asks[i].input, q->input)) {
			bool answered = one_value(f, i, l, a, &v, &i);
			any |= answered;
			if (answered && q->repeat)
				items[n_items++] = v;
		}
		if (any)
			given[n++] = (struct dmn_given){.name = q->input, .source = STR("form"),
			    .value = q->repeat ? feel_list_of(a, items, n_items) : v};
	}
	*ret = given;
	*ret_n = n;
	return ERR_OK;
}
