/* The immutable view of the programme that pages, figures and exports read. */
#include "feat/programme/programme.h"

#include "base/map.h"
#include "db/stmt.h"
#include "feat/programme/programme.sql.h"

/* One note about one subject, sorted as programme_subjects says. */
struct note {
	str kind, subject, field;
	const struct inconsistency *about;
};

struct inconsistency_index {
	const struct note *notes;
	size_t n;
};

struct loading {
	struct db *db;
	struct arena *a;
	struct map *texts; /* kind, subject and field -> struct text3 */
	struct programme_view *v;
};

static enum err_code keep(struct loading *l, str *s, struct err *e)
{
	return db_keep(l->a, s, e);
}

#define KEEP(l, s) TRY(keep((l), &(s), e))

static pdate pdate_at(date day, int64_t precision)
{
	return precision && date_is(day) ? (pdate){day.day, (uint8_t)precision} : PDATE_NONE;
}

/* STR_NONE from the database reads as "" for those who only print it. */
static str or_empty(str s)
{
	return s.p ? s : STR("");
}

static money amount_at(int64_t minor, str currency)
{
	money m = {.minor = minor};
	if (currency.n == 3)
		memcpy(m.currency, currency.p, 3);
	return m;
}

/* ---- texts ---- */

static str text_key(struct arena *a, str kind, str subject, str field)
{
	return arena_fmt(
	    a, "%.*s\x1f%.*s\x1f%.*s", STR_ARG(kind), STR_ARG(subject), STR_ARG(field));
}

static enum err_code load_texts(struct loading *l, struct err *e)
{
	AUTO_ROWS rows = NULL;
	TRY(programme_texts_open(l->db, l->v->programme, &rows, e));
	for (;;) {
		struct programme_texts_row r;
		bool more = false;
		TRY(programme_texts_next(rows, &r, &more, e));
		if (!more)
			return ERR_OK;
		str key = text_key(l->a, r.subject_kind, r.subject, r.field),
		    text = arena_str(l->a, r.text);
		if (!key.p || !text.p)
			return arena_fail(l->a, e);
		struct text3 *t = map_get(l->texts, key);
		if (!t &&
		    (!(t = ARENA_NEW(l->a, struct text3)) || !map_set(l->texts, key, t, NULL)))
			return arena_fail(l->a, e);
		*(str_is(r.lang, "nl") ? &t->nl : str_is(r.lang, "fr") ? &t->fr : &t->en) = text;
	}
}

/* English fills gaps; nothing at all reads as "". */
static struct text3 text_of(
    const struct loading *l, const char *kind, str subject, const char *field)
{
	AUTO_BUF key = BUF_INIT(4096);
	buf_addf(&key, "%s\x1f%.*s\x1f%s", kind, STR_ARG(subject), field);
	const struct text3 *t = map_get(l->texts, buf_str(&key));
	struct text3 r = t ? *t : (struct text3){STR(""), STR(""), STR("")};
	r.en = or_empty(r.en);
	r.nl = r.nl.n ? r.nl : r.en;
	r.fr = r.fr.n ? r.fr : r.en;
	return r;
}

/* Walk the rows of statement `name`: for each, the body adds one element `it` of the list. */
#define LOAD(l, name, type, field, ...)                                                            \
	do {                                                                                       \
		AUTO_ROWS found = NULL;                                                            \
		VEC(type) list = {0};                                                              \
		TRY(name##_open((l)->db, (l)->v->programme, &found, e));                           \
		for (;;) {                                                                         \
			struct name##_row r;                                                       \
			bool more = false;                                                         \
			TRY(name##_next(found, &r, &more, e));                                     \
			if (!more)                                                                 \
				break;                                                             \
			type *it = VEC_ADD(&list, (l)->a);                                         \
			if (!it)                                                                   \
				return arena_fail((l)->a, e);                                      \
			__VA_ARGS__                                                                \
		}                                                                                  \
		(l)->v->field = list.p;                                                            \
		(l)->v->n_##field = list.n;                                                        \
	} while (0)

static enum err_code load_priorities(struct loading *l, struct err *e)
{
	LOAD(l, programme_priorities, struct priority, priorities, {
		KEEP(l, r.source_line);
		char code[16];
		(void)snprintf(code, sizeof code, "%d", (int)r.code);
		*it = (struct priority){.code = (int)r.code,
		    .source_line = r.source_line,
		    .name = text_of(l, "priority", str_of(code), "name"),
		    .purpose = text_of(l, "priority", str_of(code), "purpose"),
		    .short_name = text_of(l, "priority", str_of(code), "short_name")};
	});
	return ERR_OK;
}

static enum err_code load_budget(struct loading *l, struct err *e)
{
	LOAD(l, programme_budget, struct budget_line, budget, {
		KEEP(l, r.source_line);
		KEEP(l, r.note);
		*it = (struct budget_line){.year = (int)r.year,
		    .year_last = (int)r.year_last,
		    .priority = (int)r.priority,
		    .kind = str_is(r.kind, "budget") ? BUDGET_KIND_BUDGET : BUDGET_KIND_EXPENDITURE,
		    .amount =
		        r.amount_minor.has ? amount_at(r.amount_minor.v, r.currency) : MONEY_NONE,
		    .source_line = r.source_line,
		    .note = or_empty(r.note)};
	});
	return ERR_OK;
}

static enum err_code load_lists(struct loading *l, struct err *e)
{
	AUTO_ROWS rows = NULL;
	VEC(struct country_list_entry) entries = {0};
	VEC(str) of = {0};
	TRY(programme_list_entries_open(l->db, l->v->programme, &rows, e));
	for (;;) {
		struct programme_list_entries_row r;
		bool more = false;
		TRY(programme_list_entries_next(rows, &r, &more, e));
		if (!more)
			break;
		KEEP(l, r.list);
		KEEP(l, r.country);
		KEEP(l, r.partner_country);
		KEEP(l, r.source_line);
		KEEP(l, r.note);
		struct country_list_entry *it = VEC_ADD(&entries, l->a);
		str *list = VEC_ADD(&of, l->a);
		if (!it || !list)
			return arena_fail(l->a, e);
		*it = (struct country_list_entry){
		    r.country, r.partner_country, r.source_line, or_empty(r.note)};
		*list = r.list;
	}
	LOAD(l, programme_lists, struct country_list, country_lists, {
		KEEP(l, r.code);
		*it = (struct country_list){.code = r.code,
		    .name = text_of(l, "country_list", r.code, "name"),
		    .valid_from = pdate_at(r.valid_from_day, r.valid_from_precision),
		    .valid_to = pdate_at(r.valid_to_day, r.valid_to_precision)};
		for (size_t i = 0; i < of.n; i++) /* the entries are in the order of their lists */
			if (str_eq(of.p[i], r.code) && it->n_entries++ == 0)
				it->entries = entries.p + i;
	});
	return ERR_OK;
}

static enum err_code load_history(struct loading *l, struct err *e)
{
	LOAD(l, programme_legal, struct legal_basis, legal_bases, {
		KEEP(l, r.code);
		KEEP(l, r.source_line);
		*it = (struct legal_basis){.code = r.code,
		    .name = text_of(l, "legal_basis", r.code, "name"),
		    .text = text_of(l, "legal_basis", r.code, "text"),
		    .in_force = pdate_at(r.in_force_day, r.in_force_precision),
		    .source_line = r.source_line};
	});
	LOAD(l, programme_timeline, struct timeline_item, timeline, {
		KEEP(l, r.code);
		KEEP(l, r.kind);
		KEEP(l, r.source_line);
		*it = (struct timeline_item){.code = r.code,
		    .day = pdate_at(r.day, r.day_precision),
		    .kind = r.kind,
		    .priority = r.priority.has ? (int)r.priority.v : 0,
		    .title = text_of(l, "timeline", r.code, "title"),
		    .text = text_of(l, "timeline", r.code, "text"),
		    .source_line = r.source_line};
	});
	return ERR_OK;
}

static enum err_code load_rules(struct loading *l, struct err *e)
{
	LOAD(l, programme_rules, struct scheme_rule, rules, {
		str *texts[] = {&r.rule_id, &r.scheme, &r.activity_key, &r.rule_type, &r.country,
		    &r.description, &r.value, &r.unit, &r.partner_country, &r.source_line};
		for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
			KEEP(l, *texts[i]);
		*it =
		    (struct scheme_rule){r.rule_id, r.scheme, or_empty(r.activity_key), r.rule_type,
		        or_empty(r.country), r.description, or_empty(r.value), or_empty(r.unit),
		        r.partner_country, pdate_at(r.valid_from_day, r.valid_from_precision),
		        pdate_at(r.valid_to_day, r.valid_to_precision), r.source_line};
	});
	return ERR_OK;
}

static enum err_code load_refusals(struct loading *l, struct err *e)
{
	LOAD(l, programme_rejected, struct rejected_proposal, rejected, {
		KEEP(l, r.proposal_id);
		KEEP(l, r.subject);
		KEEP(l, r.countries);
		KEEP(l, r.themes);
		KEEP(l, r.source_line);
		*it = (struct rejected_proposal){
		    r.proposal_id, r.subject, r.countries, r.themes, r.source_line};
	});
	LOAD(l, programme_grounds, struct rejection_ground, grounds, {
		KEEP(l, r.ground_id);
		KEEP(l, r.description);
		KEEP(l, r.source_line);
		*it = (struct rejection_ground){
		    r.ground_id, {r.description, r.description, r.description}, r.source_line};
		const struct text3 *known = programme_word(l->v, "ground", r.ground_id);
		if (known)
			it->description = *known;
	});
	return ERR_OK;
}

static enum err_code load_figures(struct loading *l, struct err *e)
{
	LOAD(l, programme_costs, struct unit_cost, unit_costs, {
		KEEP(l, r.item);
		KEEP(l, r.unit);
		KEEP(l, r.activity_key);
		KEEP(l, r.source_line);
		KEEP(l, r.note);
		*it = (struct unit_cost){.item = r.item,
		    .unit = r.unit,
		    .amount = amount_at(r.amount_minor, r.currency),
		    .activity_key = or_empty(r.activity_key),
		    .valid_from = pdate_at(r.valid_from_day, r.valid_from_precision),
		    .valid_to = pdate_at(r.valid_to_day, r.valid_to_precision),
		    .source_line = r.source_line,
		    .note = or_empty(r.note)};
	});
	LOAD(l, programme_site_figures, struct site_figure, site_figures, {
		KEEP(l, r.key);
		KEEP(l, r.value);
		KEEP(l, r.unit);
		KEEP(l, r.source_line);
		KEEP(l, r.note);
		*it = (struct site_figure){r.key, r.value, (int)r.year, (int)r.year_last, r.unit,
		    r.source_line, or_empty(r.note)};
	});
	return ERR_OK;
}

static enum err_code load_labels(struct loading *l, struct err *e)
{
	LOAD(l, programme_decision_labels, struct decision_label, decision_labels, {
		str *texts[] = {&r.model, &r.kind, &r.name, &r.label_en, &r.label_nl, &r.label_fr, &r.help_en,
		    &r.help_nl, &r.help_fr};
		for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
			KEEP(l, *texts[i]);
		*it = (struct decision_label){r.model, r.kind, r.name, {r.label_en, r.label_nl, r.label_fr},
		    {or_empty(r.help_en), or_empty(r.help_nl), or_empty(r.help_fr)}};
	});
	return ERR_OK;
}

static enum indicator_kind indicator_kind_of(str word)
{
	static const char *const words[] = {[INDICATOR_INPUT] = "input", [INDICATOR_OUTPUT] = "output", [INDICATOR_OUTCOME] = "outcome"};
	for (int i = INDICATOR_INPUT; i <= INDICATOR_OUTCOME; i++)
		if (str_is(word, words[i]))
			return (enum indicator_kind)i;
	return INDICATOR_CONTEXT;
}

static enum err_code load_roles(struct loading *l, struct err *e)
{
	LOAD(l, programme_indicator_roles, struct indicator_role, indicator_roles, {
		str *texts[] = {&r.activity_key, &r.indicator, &r.dimension, &r.why, &r.source_line};
		for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
			KEEP(l, *texts[i]);
		*it = (struct indicator_role){.activity_key = r.activity_key, .indicator = r.indicator, .kind = indicator_kind_of(r.kind),
		    .ascending = str_is(r.better, "higher") ? 1 : str_is(r.better, "lower") ? 0 : -1, .is_main = r.is_main,
		    .dimension = r.dimension, .why = or_empty(r.why), .source_line = r.source_line};
	});
	return ERR_OK;
}

static enum err_code load_notes(struct loading *l, struct err *e)
{
	LOAD(l, programme_inconsistencies, struct inconsistency, inconsistencies, {
		KEEP(l, r.section);
		KEEP(l, r.lines);
		char number[24];
		(void)snprintf(number, sizeof number, "%d", (int)r.number);
		*it = (struct inconsistency){(int)r.number, r.section,
		    text_of(l, "inconsistency", str_of(number), "text"), r.lines};
	});
	AUTO_ROWS rows = NULL;
	VEC(struct note) notes = {0};
	TRY(programme_subjects_open(l->db, l->v->programme, &rows, e));
	for (;;) {
		struct programme_subjects_row r;
		bool more = false;
		TRY(programme_subjects_next(rows, &r, &more, e));
		if (!more)
			break;
		struct note *it = VEC_ADD(&notes, l->a);
		if (!it)
			return arena_fail(l->a, e);
		KEEP(l, r.subject_kind);
		KEEP(l, r.subject);
		KEEP(l, r.field);
		*it = (struct note){r.subject_kind, r.subject, r.field, NULL};
		for (size_t i = 0; i < l->v->n_inconsistencies; i++)
			if (l->v->inconsistencies[i].number == r.number)
				it->about = &l->v->inconsistencies[i];
	}
	struct inconsistency_index *x = ARENA_NEW(l->a, struct inconsistency_index);
	if (!x)
		return arena_fail(l->a, e);
	*x = (struct inconsistency_index){notes.p, notes.n};
	l->v->index = x;
	return ERR_OK;
}

static enum err_code load_head(struct loading *l, struct err *e)
{
	struct programme_one_row r;
	enum err_code code = programme_one(l->db, l->a, &r, e);
	if (code == ERR_NOT_FOUND)
		return fail(e, code, "programme.none",
		    "the database holds no programme: load a pack with grutto init DB --pack DIR");
	TRY(code);
	l->v->programme = r.programme;
	l->v->slug = r.slug;
	l->v->pack_version = r.pack_version;
	l->v->currency = r.currency;
	l->v->facts_as_of = r.facts_as_of_day;
	l->v->loaded_ms = r.loaded_ms;
	l->v->iati =
	    (struct iati_identity){r.reporting_org, (int)r.reporting_org_type, r.identifier_prefix};
	return ERR_OK;
}

enum err_code programme_view_load(
    struct db *db, struct arena *a, const struct programme_view **ret_view, struct err *e)
{
	struct loading l = {
	    .db = db, .a = a, .texts = map_new(a, 4), .v = ARENA_NEW(a, struct programme_view)};
	if (!l.texts || !l.v)
		return arena_fail(a, e);
	TRY(load_head(&l, e));
	TRY(load_texts(&l, e));
	l.v->texts = l.texts;
	l.v->name = text_of(&l, "programme", l.v->slug, "name");
	l.v->description = text_of(&l, "programme", l.v->slug, "description");
	l.v->owner = text_of(&l, "programme", l.v->slug, "owner");
	l.v->source = text_of(&l, "programme", l.v->slug, "source");
	TRY(load_priorities(&l, e));
	TRY(load_budget(&l, e));
	TRY(load_lists(&l, e));
	TRY(load_history(&l, e));
	TRY(load_rules(&l, e));
	TRY(load_refusals(&l, e));
	TRY(load_figures(&l, e));
	TRY(load_labels(&l, e));
	TRY(load_roles(&l, e));
	TRY(load_notes(&l, e));
	*ret_view = l.v;
	return ERR_OK;
}

enum err_code programme_find(struct db *db, struct arena *a, int64_t *ret_programme, str *ret_slug,
    str *ret_version, struct err *e)
{
	struct programme_one_row r;
	TRY(programme_one(db, a, &r, e));
	*ret_programme = r.programme;
	*ret_slug = r.slug;
	*ret_version = r.pack_version;
	return ERR_OK;
}

/* ---- questions to the view ---- */

const struct text3 *programme_word(const struct programme_view *v, const char *kind, str word)
{
	AUTO_BUF key = BUF_INIT(1024);
	buf_addf(&key, "word\x1f%s:%.*s\x1ftext", kind, STR_ARG(word));
	return v->texts && key.failed == ERR_OK ? map_get(v->texts, buf_str(&key)) : NULL;
}

str programme_word_in(const struct programme_view *v, const char *kind, str word, enum lang l)
{
	const struct text3 *t = programme_word(v, kind, word);
	return t ? text3_in(t, l) : word;
}

const struct decision_label *programme_decision_label(const struct programme_view *v, str model, const char *kind, str name)
{
	const struct decision_label *any = NULL;
	for (size_t i = 0; i < v->n_decision_labels; i++) {
		const struct decision_label *l = &v->decision_labels[i];
		if (!str_is(l->kind, kind) || !str_eq(l->name, name))
			continue;
		if (str_eq(l->model, model))
			return l;
		if (str_is(l->model, "*"))
			any = l;
	}
	return any;
}

const struct indicator_role *programme_indicator_role(const struct programme_view *v, str activity_key, str indicator)
{
	size_t low = 0, high = v->n_indicator_roles;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		const struct indicator_role *r = &v->indicator_roles[mid];
		int c = str_cmp(activity_key, r->activity_key);
		c = c ? c : str_cmp(indicator, r->indicator);
		if (!c)
			return r;
		if (c < 0)
			high = mid;
		else
			low = mid + 1;
	}
	return NULL;
}

const struct priority *programme_priority(const struct programme_view *v, int code)
{
	for (size_t i = 0; i < v->n_priorities; i++)
		if (v->priorities[i].code == code)
			return &v->priorities[i];
	return NULL;
}

const struct inconsistency *programme_note_next(const struct programme_view *v, str kind,
    str subject, str field, const struct inconsistency *prev)
{
	bool behind = prev == NULL;
	const struct inconsistency *last = NULL; /* a subject can have several fields of one note */
	for (size_t i = 0; v->index && i < v->index->n; i++) {
		const struct note *x = &v->index->notes[i];
		if (!str_eq(x->kind, kind) || !str_eq(x->subject, subject) ||
		    (field.n && !str_eq(x->field, field)))
			continue;
		if (behind && x->about != prev && x->about != last)
			return x->about;
		last = x->about;
		behind |= x->about == prev;
	}
	return NULL;
}

bool period_includes(pdate valid_from, pdate valid_to, date on)
{
	return date_is(on) && (!valid_from.precision || pdate_first(valid_from).day <= on.day) &&
	       (!valid_to.precision || pdate_last(valid_to).day >= on.day);
}

bool country_list_holds(
    const struct country_list *l, str country, date on, const struct country_list_entry **ret_entry)
{
	if (!period_includes(l->valid_from, l->valid_to, on))
		return false;
	for (size_t i = 0; i < l->n_entries; i++)
		if (str_eq(l->entries[i].country, country)) {
			if (ret_entry)
				*ret_entry = &l->entries[i];
			return true;
		}
	return false;
}
