/* programme.yaml: names, priorities, country lists, legal bases, the policy time line, and the sums
 * that must hold. */
#include "feat/programme/pack.h"

#include "base/utf8.h"

#define YAML_FILE "programme.yaml"

static void fault(struct pack_reader *r, const char *id, const struct yaml *y, const char *cure,
    const char *what, str shown)
{
	pack_fault(r, id, YAML_FILE, y ? y->line : 0, y ? y->col : 0, cure, "%s: \"%.*s\"", what,
	    STR_ARG(pack_show(shown)));
}

static void missing(struct pack_reader *r, const struct yaml *map, const char *key)
{
	pack_fault(r, "pack.missing_key", YAML_FILE, map ? map->line : 0, map ? map->col : 0,
	    "Add the key.", "%s is missing", key);
}

/* Keys that a map may have, '|' between: a misspelt key would otherwise be ignored. */
static void check_keys(struct pack_reader *r, const struct yaml *map, const char *keys)
{
	for (size_t i = 0; map && map->kind == YAML_MAP && i < map->n; i++)
		if (!pack_word_in(map->keys[i].text, keys))
			fault(r, "pack.unknown_key", &map->keys[i],
			    "Remove the key, or correct its name.", "unknown key",
			    map->keys[i].text);
}

static str text_of(
    struct pack_reader *r, const struct yaml *map, const char *key, size_t max, bool required)
{
	const struct yaml *y = yaml_get(map, key);
	str s = yaml_text(y);
	if (y && y->kind != YAML_SCALAR)
		fault(r, "pack.kind", y, "Write one value.", "a text is wanted", str_of(key));
	else if (!s.n && required)
		missing(r, map, key);
	else if (utf8_length(s) > max)
		fault(r, "pack.long", y, "Shorten the text.", "too long", s);
	return s;
}

static struct text3 text3_of(
    struct pack_reader *r, const struct yaml *map, const char *key, size_t max)
{
	const struct yaml *y = yaml_get(map, key);
	if (!y || y->kind != YAML_MAP) {
		missing(r, y ? y : map, key);
		return (struct text3){STR_NONE, STR_NONE, STR_NONE};
	}
	check_keys(r, y, "en|nl|fr");
	return (struct text3){text_of(r, y, "en", max, true), text_of(r, y, "nl", max, true),
	    text_of(r, y, "fr", max, true)};
}

static int64_t int_of(struct pack_reader *r, const struct yaml *map, const char *key, int64_t min,
    int64_t max, bool required)
{
	const struct yaml *y = yaml_get(map, key);
	int64_t v = 0;
	if (!y) {
		if (required)
			missing(r, map, key);
		return 0;
	}
	if (!yaml_to_i64(y, &v) || v < min || v > max) {
		fault(r, "pack.number", y, "Write a whole number in the range that the key allows.",
		    "not a number that fits", yaml_text(y));
		return 0;
	}
	return v;
}

static pdate date_of(struct pack_reader *r, const struct yaml *map, const char *key, bool required)
{
	const struct yaml *y = yaml_get(map, key);
	pdate d = PDATE_NONE;
	if (!y) {
		if (required)
			missing(r, map, key);
	} else if (!pdate_parse(yaml_text(y), &d)) {
		fault(r, "pack.date", y,
		    "Write a date that exists, as 2010-03-19, 2010-03 or 2010.", "not a date",
		    yaml_text(y));
		d = PDATE_NONE;
	}
	return d;
}

static str lines_of(struct pack_reader *r, const struct yaml *map)
{
	str s = text_of(r, map, "source_line", 400, true), part;
	struct str_split it = str_split_on(s, ';');
	while (s.n && str_next(&it, &part)) {
		int64_t n = 0;
		if (!str_to_i64(part, &n) || n < 1 || n > r->p->last_source_line)
			fault(r, "pack.source_line", yaml_get(map, "source_line"),
			    "Give line numbers of the source, separated by ';'.",
			    "not a line of the source", part);
	}
	return s;
}

static void check_slug(struct pack_reader *r, const struct yaml *y, str s)
{
	bool good = s.n > 0 && s.n <= 80;
	for (size_t i = 0; i < s.n; i++)
		good &= (s.p[i] >= 'a' && s.p[i] <= 'z') || (s.p[i] >= '0' && s.p[i] <= '9') ||
		        (s.p[i] == '-' && i && i + 1 < s.n);
	if (y && !good)
		fault(r, "pack.slug", y, "Use lower-case letters, digits and hyphens.",
		    "not a short name", s);
}

/* The list under key; items that are no map are reported and left out by the caller's test of kind.
 */
static const struct yaml *list_of(
    struct pack_reader *r, const struct yaml *map, const char *key, bool required)
{
	const struct yaml *y = yaml_get(map, key);
	if (!y) {
		if (required)
			missing(r, map, key);
		return NULL;
	}
	if (y->kind != YAML_LIST) {
		fault(r, "pack.kind", y, "Write a list, each item after a '-'.", "a list is wanted",
		    str_of(key));
		return NULL;
	}
	for (size_t i = 0; i < y->n; i++)
		if (y->items[i].kind != YAML_MAP)
			fault(r, "pack.kind", &y->items[i], "Write keys and values.",
			    "an item of this list has keys", str_of(key));
	return y;
}

/* The code of an item, which occurs once in its list. */
static str code_of(struct pack_reader *r, const struct yaml *list, size_t i)
{
	str code = text_of(r, &list->items[i], "code", 80, true);
	for (size_t k = 0; k < i && code.n; k++)
		if (str_eq(yaml_text(yaml_get(&list->items[k], "code")), code)) {
			fault(r, "pack.duplicate", yaml_get(&list->items[i], "code"),
			    "Give each item a code of its own.", "the code is there twice", code);
			break;
		}
	return code;
}

static enum err_code read_priorities(struct pack_reader *r, const struct yaml *root, struct err *e)
{
	enum { CODE_MAX = 31 }; /* a bit of a 32-bit set each: see activity_row.priorities */
	const struct yaml *l = list_of(r, root, "priorities", true);
	if (!l)
		return ERR_OK;
	r->p->priorities = ARENA_ARRAY(r->a, l->n + 1, struct priority);
	if (!r->p->priorities)
		return arena_fail(r->a, e);
	for (size_t i = 0; i < l->n; i++) {
		const struct yaml *y = &l->items[i];
		if (y->kind != YAML_MAP)
			continue;
		check_keys(r, y, "code|name|short_name|purpose");
		(void)code_of(r, l, i);
		r->p->priorities[r->p->n_priorities++] =
		    (struct priority){.code = (int)int_of(r, y, "code", 1, CODE_MAX, true),
		        .name = text3_of(r, y, "name", 200),
		        .short_name = text3_of(r, y, "short_name", 60),
		        .purpose = text3_of(r, y, "purpose", 800)};
	}
	return ERR_OK;
}

static enum err_code read_lists(struct pack_reader *r, const struct yaml *root, struct err *e)
{
	const struct yaml *l = list_of(r, root, "country_lists", false);
	if (!l)
		return ERR_OK;
	r->p->lists = ARENA_ARRAY(r->a, l->n + 1, struct country_list);
	r->p->list_nodes = ARENA_ARRAY(r->a, l->n + 1, const struct yaml *);
	if (!r->p->lists || !r->p->list_nodes)
		return arena_fail(r->a, e);
	for (size_t i = 0; i < l->n; i++) {
		const struct yaml *y = &l->items[i];
		if (y->kind != YAML_MAP)
			continue;
		check_keys(r, y, "code|from|to|name");
		struct country_list c = {.code = code_of(r, l, i),
		    .name = text3_of(r, y, "name", 200),
		    .valid_from = date_of(r, y, "from", true),
		    .valid_to = date_of(r, y, "to", false)};
		if (c.valid_from.precision && c.valid_to.precision &&
		    pdate_first(c.valid_from).day > pdate_last(c.valid_to).day)
			fault(r, "pack.order", yaml_get(y, "to"), "Correct one of the two dates.",
			    "the end is before the start", c.code);
		r->p->list_nodes[r->p->n_lists] = y;
		r->p->lists[r->p->n_lists++] = c;
	}
	return ERR_OK;
}

static enum err_code read_legal(struct pack_reader *r, const struct yaml *root, struct err *e)
{
	const struct yaml *l = list_of(r, root, "legal_bases", false);
	if (!l)
		return ERR_OK;
	r->p->legal = ARENA_ARRAY(r->a, l->n + 1, struct legal_basis);
	if (!r->p->legal)
		return arena_fail(r->a, e);
	for (size_t i = 0; i < l->n; i++) {
		const struct yaml *y = &l->items[i];
		if (y->kind != YAML_MAP)
			continue;
		check_keys(r, y, "code|in_force|source_line|name|text");
		r->p->legal[r->p->n_legal++] = (struct legal_basis){.code = code_of(r, l, i),
		    .name = text3_of(r, y, "name", 200),
		    .text = text3_of(r, y, "text", 800),
		    .in_force = date_of(r, y, "in_force", false),
		    .source_line = lines_of(r, y)};
	}
	return ERR_OK;
}

static enum err_code read_timeline(struct pack_reader *r, const struct yaml *root, struct err *e)
{
	const struct yaml *l = list_of(r, root, "timeline", false);
	if (!l)
		return ERR_OK;
	r->p->timeline = ARENA_ARRAY(r->a, l->n + 1, struct timeline_item);
	if (!r->p->timeline)
		return arena_fail(r->a, e);
	for (size_t i = 0; i < l->n; i++) {
		const struct yaml *y = &l->items[i];
		if (y->kind != YAML_MAP)
			continue;
		check_keys(r, y, "code|date|kind|priority|source_line|title|text");
		struct timeline_item t = {.code = code_of(r, l, i),
		    .day = date_of(r, y, "date", true),
		    .kind = text_of(r, y, "kind", 40, true),
		    .priority = (int)int_of(r, y, "priority", 1, 31, false),
		    .title = text3_of(r, y, "title", 200),
		    .text = text3_of(r, y, "text", 800),
		    .source_line = lines_of(r, y)};
		bool known = t.priority == 0;
		for (size_t k = 0; k < r->p->n_priorities; k++)
			known |= r->p->priorities[k].code == t.priority;
		if (!known)
			fault(r, "pack.reference", yaml_get(y, "priority"),
			    "Name a priority of this file.", "unknown priority",
			    yaml_text(yaml_get(y, "priority")));
		if (t.kind.n && !pack_word_in(t.kind, "memorandum|letter|debate|framework|scheme|"
		                                      "international|advice|budget|rule|cabinet|"
		                                      "decision|evaluation"))
			fault(r, "pack.word", yaml_get(y, "kind"),
			    "Use one of the kinds that docs/packs.md lists.", "unknown kind",
			    t.kind);
		r->p->timeline[r->p->n_timeline++] = t;
	}
	return ERR_OK;
}

static void read_head(struct pack_reader *r, const struct yaml *y)
{
	struct pack *p = r->p;
	check_keys(r, y,
	    "format|number|slug|version|currency|facts_as_of|last_source_line|name|description|"
	    "owner|source|iati|priorities|"
	    "country_lists|legal_bases|timeline|checks");
	if (int_of(r, y, "format", 1, INT32_MAX, true) > PACK_FORMAT)
		fault(r, "pack.format", yaml_get(y, "format"),
		    "Use a newer Grutto, or a pack of an older format.",
		    "this program reads format 1", yaml_text(yaml_get(y, "format")));
	p->number = int_of(r, y, "number", 1, INT32_MAX, true);
	p->slug = text_of(r, y, "slug", 80, true);
	check_slug(r, yaml_get(y, "slug"), p->slug);
	p->version = text_of(r, y, "version", 40, true);
	p->currency = text_of(r, y, "currency", 3, true);
	if (p->currency.n && !currency_valid(p->currency)) {
		fault(r, "pack.currency", yaml_get(y, "currency"),
		    "Use the three letters of ISO 4217.", "not a currency", p->currency);
		p->currency = STR_NONE;
	}
	p->facts_as_of = pdate_last(date_of(r, y, "facts_as_of", true));
	p->last_source_line = int_of(r, y, "last_source_line", 1, INT32_MAX, true);
	if (!p->last_source_line)
		p->last_source_line = INT32_MAX; /* reported once; not again for each line */
	p->name = text3_of(r, y, "name", 200);
	p->description = text3_of(r, y, "description", 2000);
	p->owner = text3_of(r, y, "owner", 200);
	p->source = text3_of(r, y, "source", 800);
	const struct yaml *iati = yaml_get(y, "iati");
	if (!iati || iati->kind != YAML_MAP) {
		missing(r, y, "iati");
		return;
	}
	check_keys(r, iati, "reporting_org|reporting_org_type|identifier_prefix");
	p->iati = (struct iati_identity){text_of(r, iati, "reporting_org", 80, true),
	    (int)int_of(r, iati, "reporting_org_type", 10, 99, true),
	    text_of(r, iati, "identifier_prefix", 80, true)};
}

static const char *yaml_cure(const struct err *e)
{
	if (strcmp(e->id, "yaml.utf8") == 0)
		return "Save the file as UTF-8.";
	if (strcmp(e->id, "yaml.duplicate") == 0)
		return "Keep one of the two keys.";
	if (strcmp(e->id, "yaml.alias") == 0 || strcmp(e->id, "yaml.anchor") == 0 ||
	    strcmp(e->id, "yaml.tag") == 0)
		return "Write the value out.";
	return "Correct the indentation, quotes or colons at this place.";
}

enum err_code pack_read_yaml(struct pack_reader *r, struct err *e)
{
	AUTO_BUF text = BUF_INIT(PACK_FILE_BYTES);
	bool there = false;
	r->p->last_source_line = INT32_MAX;
	TRY(pack_read_file(r, YAML_FILE, &text, &there, e));
	if (!there)
		return ERR_OK;
	str name = arena_fmt(r->a, "%s/%s", r->dir, YAML_FILE),
	    kept = arena_str(r->a, buf_str(&text));
	if (!name.p || !kept.p)
		return arena_fail(r->a, e);
	const struct yaml *y = NULL;
	struct err local = {0};
	enum err_code code = yaml_read(kept, name.p, NULL, r->a, &y, &local);
	if (code == ERR_INVALID) {
		pack_fault_err(r, &local, yaml_cure(&local));
		return ERR_OK;
	}
	if (code != ERR_OK)
		return fail(e, code, local.id, "%s: %s", YAML_FILE, local.detail);
	if (y->kind != YAML_MAP) {
		fault(r, "pack.kind", y, "Write keys and values.", "keys are wanted", yaml_text(y));
		return ERR_OK;
	}
	read_head(r, y);
	TRY(read_priorities(r, y, e));
	TRY(read_lists(r, y, e));
	TRY(read_legal(r, y, e));
	TRY(read_timeline(r, y, e));
	return pack_parse_sums(r, list_of(r, y, "checks", false), e);
}
