#include "feat/decisions/words.h"

#include "engine/feel/time.h"
#include "feat/programme/programme.h"
#include "feat/rules/labels.h"

enum { CELL_BYTES = 64 * 1024, VALUE_BYTES = 64 * 1024 };

str words_label(const struct words *w, const char *kind, str name)
{
	const struct decision_label *l = programme_decision_label(w->programme, w->model, kind, name);
	return l ? text3_in(&l->label, w->lang) : STR_NONE;
}

str words_help(const struct words *w, const char *kind, str name)
{
	const struct decision_label *l = programme_decision_label(w->programme, w->model, kind, name);
	str s = l ? text3_in(&l->help, w->lang) : STR_NONE;
	return s.n ? s : STR_NONE;
}

struct words_text words_text(const struct words *w, str s)
{
	str label = words_label(w, "text", s);
	return label.n ? (struct words_text){label, false} : (struct words_text){s, w->lang != LANG_EN && rules_has_words(s)};
}

str words_asked(const struct words *w, str label)
{
	AUTO_BUF b = BUF_INIT(4096);
	if (str_ends(label, STR("?")))
		return label;
	i18n_add_filled(&b, i18n_text(w->lang, MSG("{0}:")), &label, 1);
	str s = b.failed ? STR_NONE : arena_str(w->arena, buf_str(&b));
	return s.p ? s : label;
}

/* "days_waited" is read as "Days waited". */
str words_name(const struct words *w, const char *kind, str name)
{
	str s = words_label(w, kind, name);
	if (s.n || !name.n)
		return s.n ? s : name;
	char *p = arena_alloc(w->arena, name.n + 1);
	if (!p)
		return name;
	for (size_t i = 0; i < name.n; i++)
		p[i] = name.p[i] == '_' ? ' ' : name.p[i];
	if (p[0] >= 'a' && p[0] <= 'z')
		p[0] = (char)(p[0] - 'a' + 'A');
	return (str){p, name.n};
}

str words_column(const struct words *w, str expression, str label)
{
	str s = words_label(w, "input", expression);
	if (!s.n)
		s = words_label(w, "decision", expression);
	return s.n ? s : label.n ? label : words_name(w, "input", expression);
}

const char *words_policy(enum dmn_policy p)
{
	static const char *const names[] = {
	    [DMN_UNIQUE] = MSG("Unique"), [DMN_ANY] = MSG("Any"), [DMN_PRIORITY] = MSG("Priority"), [DMN_FIRST] = MSG("First"),
	    [DMN_RULE_ORDER] = MSG("All, in order of the rows"), [DMN_OUTPUT_ORDER] = MSG("All, in order of the outcomes"),
	    [DMN_COLLECT] = MSG("Collect"), [DMN_SUM] = MSG("Sum"), [DMN_COUNT] = MSG("Count"), [DMN_MIN] = MSG("Lowest"),
	    [DMN_MAX] = MSG("Highest")};
	return names[p];
}

const char *words_policy_meaning(enum dmn_policy p)
{
	static const char *const texts[] = {
	    [DMN_UNIQUE] = MSG("At most one row fits a situation; that row decides."),
	    [DMN_ANY] = MSG("Several rows may fit, but then they say the same."),
	    [DMN_PRIORITY] = MSG("Of the rows that fit, the one with the most important outcome decides."),
	    [DMN_FIRST] = MSG("The rows are read from top to bottom; the first one that fits decides."),
	    [DMN_RULE_ORDER] = MSG("Every row that fits counts; the outcomes are listed in the order of the rows."),
	    [DMN_OUTPUT_ORDER] = MSG("Every row that fits counts; the outcomes are listed by importance."),
	    [DMN_COLLECT] = MSG("Every row that fits counts; their outcomes are listed."),
	    [DMN_SUM] = MSG("Every row that fits counts; their outcomes are added up."),
	    [DMN_COUNT] = MSG("Every row that fits counts; the outcome is how many they are."),
	    [DMN_MIN] = MSG("Of the rows that fit, the lowest outcome counts."),
	    [DMN_MAX] = MSG("Of the rows that fit, the highest outcome counts.")};
	return texts[p];
}

str words_annotation(const struct words *w, str name)
{
	static const struct {
		const char *name, *label;
	} names[] = {{"source_line", MSG("Source")}, {"source", MSG("Source")}, {"note", MSG("Remark")}, {"article", MSG("Article")},
	    {"", MSG("Remark")}};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (str_eq_nocase(name, str_of(names[i].name)))
			return i18n_text(w->lang, names[i].label);
	return words_name(w, "input", name);
}

const char *words_type(str type)
{
	static const struct {
		const char *type, *name;
	} types[] = {{"string", MSG("text")}, {"number", MSG("number")}, {"boolean", MSG("yes or no")}, {"date", MSG("date")},
	    {"time", MSG("time")}, {"dateTime", MSG("date and time")}, {"date and time", MSG("date and time")},
	    {"dayTimeDuration", MSG("number of days")}, {"days and time duration", MSG("number of days")},
	    {"yearMonthDuration", MSG("number of months")}, {"years and months duration", MSG("number of months")}};
	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (str_is(type, types[i].type))
			return types[i].name;
	return NULL;
}

/* ---- cells ---- */

static void say(struct buf *b, enum lang l, const char *message, str a, str c)
{
	const str args[] = {a, c};
	i18n_add_filled(b, i18n_text(l, message), args, 2);
}

/* "text" without anything escaped in it. */
static bool is_string(str s, str *ret)
{
	if (s.n < 2 || s.p[0] != '"' || s.p[s.n - 1] != '"')
		return false;
	*ret = str_sub(s, 1, s.n - 1);
	return str_find_char(*ret, '"') < 0 && str_find_char(*ret, '\\') < 0;
}

/* @"2008-07-01" or date("2008-07-01"). */
static bool is_date(str s, date *ret)
{
	str inside = s;
	if (str_starts(s, STR("@")))
		inside = str_sub(s, 1, s.n);
	else if (str_starts(s, STR("date(")) && str_ends(s, STR(")")))
		inside = str_trim(str_sub(s, 5, s.n - 1));
	else
		return false;
	return is_string(inside, &inside) && date_parse(inside, ret);
}

/* undetermined("the source is silent") */
static bool is_undetermined(str s, str *ret)
{
	return str_starts(s, STR("undetermined(")) && str_ends(s, STR(")")) && is_string(str_trim(str_sub(s, 13, s.n - 1)), ret);
}

static bool is_duration(str s, fval *ret)
{
	str inside = s;
	if (str_starts(s, STR("@")))
		inside = str_sub(s, 1, s.n);
	else if (str_starts(s, STR("duration(")) && str_ends(s, STR(")")))
		inside = str_trim(str_sub(s, 9, s.n - 1));
	else
		return false;
	return is_string(inside, &inside) && feel_parse_duration(inside, ret);
}

static void add_duration(struct buf *b, enum lang l, fval v)
{
	bool months = v.kind == FEEL_MONTHS;
	int64_t n = months ? v.months : v.seconds / 86400;
	AUTO_BUF digits = BUF_INIT(32);
	i18n_add_num(&digits, l, n);
	str arg = buf_str(&digits);
	i18n_add_filled(b, i18n_plural(l, months ? MSGN("{0} month", "{0} months") : MSGN("{0} day", "{0} days"),
	    n < 0 ? 2 : (uint64_t)n), &arg, 1);
}

static str value_label(const struct words *w, str input, str value)
{
	str of_input = arena_fmt(w->arena, "%.*s=%.*s", STR_ARG(input), STR_ARG(value));
	str s = of_input.p ? words_label(w, "value", of_input) : STR_NONE;
	return s.n ? s : words_label(w, "value", value);
}

/* Two capital letters that are the code of a country are read as its name. */
static str country_or(const struct words *w, str s)
{
	bool code = s.n == 2 && s.p[0] >= 'A' && s.p[0] <= 'Z' && i18n_country_known(s);
	return code ? i18n_country(w->lang, s) : s;
}

/* A literal in words; false when it is none. *ret_date: it is a day. */
static bool literal(const struct words *w, str input, str s, struct buf *b, bool *ret_date)
{
	str text;
	date d;
	decimal n;
	fval duration;
	*ret_date = false;
	if (is_string(s, &text)) {
		str label = value_label(w, input, text);
		buf_add(b, label.n ? label : country_or(w, text));
	} else if (is_date(s, &d)) {
		*ret_date = true;
		i18n_add_date(b, w->lang, d);
	} else if (is_duration(s, &duration)) {
		add_duration(b, w->lang, duration);
	} else if (str_is(s, "true") || str_is(s, "false")) {
		str label = value_label(w, input, s);
		buf_add(b, label.n ? label : i18n_text(w->lang, s.n == 4 ? MSG("yes") : MSG("no")));
	} else if (is_undetermined(s, &text)) {
		say(b, w->lang, MSG("cannot be told: {0}"), words_text(w, text).text, STR_NONE);
	} else if (str_is(s, "null")) {
		buf_add(b, i18n_text(w->lang, MSG("not known")));
	} else if (decimal_parse(s, &n)) {
		i18n_add_decimal(b, w->lang, n, 0, 6);
	} else {
		return false;
	}
	return true;
}

static bool comparison(const struct words *w, str input, str s, struct buf *b)
{
	static const struct {
		const char *op, *number, *day;
	} ops[] = {{"<=", MSG("at most {0}"), MSG("on or before {0}")}, {">=", MSG("at least {0}"), MSG("on or after {0}")},
	    {"<", MSG("less than {0}"), MSG("before {0}")}, {">", MSG("more than {0}"), MSG("after {0}")}};
	for (size_t i = 0; i < sizeof ops / sizeof *ops; i++) {
		AUTO_BUF value = BUF_INIT(CELL_BYTES);
		bool day;
		if (!str_starts(s, str_of(ops[i].op)))
			continue;
		if (!literal(w, input, str_trim(str_sub(s, strlen(ops[i].op), s.n)), &value, &day))
			return false;
		say(b, w->lang, day ? ops[i].day : ops[i].number, buf_str(&value), STR_NONE);
		return true;
	}
	return false;
}

static bool interval(const struct words *w, str input, str s, struct buf *b)
{
	ptrdiff_t dots = str_find(s, STR(".."));
	bool day, open_low, open_high;
	AUTO_BUF low = BUF_INIT(CELL_BYTES), high = BUF_INIT(CELL_BYTES);
	if (dots < 1 || s.n < 5 || !memchr("[(]", s.p[0], 3) || !memchr("])[", s.p[s.n - 1], 3))
		return false;
	if (!literal(w, input, str_trim(str_sub(s, 1, (size_t)dots)), &low, &day) ||
	    !literal(w, input, str_trim(str_sub(s, (size_t)dots + 2, s.n - 1)), &high, &day))
		return false;
	open_low = s.p[0] != '[';
	open_high = s.p[s.n - 1] != ']';
	static const char *const numbers[] = {MSG("{0} up to and including {1}"), MSG("{0} up to, but not including, {1}"),
	    MSG("more than {0}, up to and including {1}"), MSG("more than {0} and less than {1}")};
	static const char *const days[] = {MSG("from {0} up to and including {1}"), MSG("from {0} until the day before {1}"),
	    MSG("after {0}, up to and including {1}"), MSG("after {0} and before {1}")};
	int which = (open_low ? 2 : 0) + (open_high ? 1 : 0);
	say(b, w->lang, (day ? days : numbers)[which], buf_str(&low), buf_str(&high));
	return true;
}

/* The next part of a list, cut at a comma that stands in no text and no bracket. */
static bool next_part(str *rest, str *ret_part)
{
	size_t deep = 0, i = 0;
	bool quoted = false;
	if (!rest->p)
		return false;
	for (; i < rest->n; i++) {
		char c = rest->p[i];
		if (c == '\\' && quoted)
			i++;
		else if (c == '"')
			quoted = !quoted;
		else if (!quoted && (c == '(' || c == '['))
			deep++;
		else if (!quoted && (c == ')' || c == ']') && deep)
			deep--;
		else if (c == ',' && !quoted && !deep)
			break;
	}
	size_t end = i < rest->n ? i : rest->n;
	*ret_part = str_trim(str_sub(*rest, 0, end));
	*rest = end < rest->n ? str_sub(*rest, end + 1, rest->n) : STR_NONE;
	return true;
}

static bool parts(const struct words *w, str input, str text, bool is_test, struct buf *b)
{
	str rest = text, part;
	bool day;
	for (size_t n = 0; next_part(&rest, &part); n++) {
		if (n && is_test && rest.p) {
			buf_addz(b, ", ");
		} else if (n && is_test) {
			buf_addc(b, ' ');
			buf_add(b, i18n_text(w->lang, MSG("or")));
			buf_addc(b, ' ');
		} else if (n) {
			buf_addz(b, ", ");
		}
		if (literal(w, input, part, b, &day))
			continue;
		if (!is_test || (!comparison(w, input, part, b) && !interval(w, input, part, b)))
			return false;
	}
	return true;
}

struct words_cell words_cell(const struct words *w, str input, str text, bool is_test)
{
	AUTO_BUF b = BUF_INIT(CELL_BYTES), inner = BUF_INIT(CELL_BYTES);
	str s = str_trim(text);
	bool good;
	if (is_test && (!s.n || str_is(s, "-")))
		return (struct words_cell){.text = i18n_text(w->lang, MSG("any")), .any = true};
	if (is_test && str_starts(s, STR("not(")) && str_ends(s, STR(")"))) {
		good = parts(w, input, str_sub(s, 4, s.n - 1), true, &inner);
		say(&b, w->lang, MSG("not {0}"), buf_str(&inner), STR_NONE);
	} else if (!is_test && s.n > 2 && s.p[0] == '[' && s.p[s.n - 1] == ']' && str_find(s, STR("..")) < 0) {
		good = parts(w, input, str_sub(s, 1, s.n - 1), false, &b);
	} else {
		str rest = s, first;
		good = (is_test || (next_part(&rest, &first) && !rest.p)) && parts(w, input, s, is_test, &b);
	}
	str words = good && !b.failed ? arena_str(w->arena, buf_str(&b)) : STR_NONE;
	return words.p ? (struct words_cell){.text = words} : (struct words_cell){.text = s, .raw = true};
}

static void add_value(const struct words *w, const struct feel_zones *zones, str name, fval v, struct buf *b)
{
	str label;
	switch (v.kind) {
	case FEEL_STRING:
		label = value_label(w, name, v.string);
		buf_add(b, label.n ? label : country_or(w, v.string));
		return;
	case FEEL_BOOL:
		label = value_label(w, name, v.truth ? STR("true") : STR("false"));
		buf_add(b, label.n ? label : i18n_text(w->lang, v.truth ? MSG("yes") : MSG("no")));
		return;
	case FEEL_NUMBER:
		i18n_add_decimal(b, w->lang, v.number, 0, 6);
		return;
	case FEEL_DATE:
		i18n_add_date(b, w->lang, (date){(int32_t)v.day});
		return;
	case FEEL_DAYS:
	case FEEL_MONTHS:
		add_duration(b, w->lang, v);
		return;
	case FEEL_NULL:
		buf_add(b, i18n_text(w->lang, MSG("not known")));
		return;
	default:
		feel_write(b, zones, v);
	}
}

/* A list of plain values item by item, a context entry by entry; what is deeper as FEEL writes it. */
str words_value(const struct words *w, const struct feel_zones *zones, str name, fval v)
{
	AUTO_BUF b = BUF_INIT(VALUE_BYTES);
	if (v.kind == FEEL_LIST) {
		for (size_t i = 0; i < v.list->n; i++) {
			buf_addz(&b, i ? ", " : "");
			add_value(w, zones, name, v.list->items[i], &b);
		}
		if (!v.list->n)
			buf_add(&b, i18n_text(w->lang, MSG("none")));
	} else if (v.kind == FEEL_CONTEXT) {
		for (size_t i = 0; i < v.context->n; i++) {
			const struct feel_entry *x = &v.context->entries[i];
			buf_addz(&b, i ? "; " : "");
			buf_add(&b, words_name(w, "input", x->key));
			buf_addz(&b, ": ");
			add_value(w, zones, x->key, x->value, &b);
		}
	} else {
		add_value(w, zones, name, v, &b);
	}
	str s = b.failed ? STR_NONE : arena_str(w->arena, buf_str(&b));
	return s.p ? s : STR("…");
}
