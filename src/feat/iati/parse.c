#include "feat/iati/parse_builder.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>

/* Set by builder_full when the activity is given up: the rest of the handler is skipped, reading goes on. */
#define GIVEN_UP "iati.given_up"

static const char *const list_names[LIST_COUNT] = {
    [LIST_STATUS] = "ActivityStatus",
    [LIST_DATE_TYPE] = "ActivityDateType",
    [LIST_ROLE] = "OrganisationRole",
    [LIST_ORG_TYPE] = "OrganisationType",
    [LIST_COUNTRY] = "Country",
    [LIST_REGION] = "Region",
    [LIST_SECTOR] = "Sector",
    [LIST_SECTOR_CATEGORY] = "SectorCategory",
    [LIST_CURRENCY] = "Currency",
    [LIST_BUDGET_TYPE] = "BudgetType",
    [LIST_BUDGET_STATUS] = "BudgetStatus",
    [LIST_TX_TYPE] = "TransactionType",
    [LIST_RELATED] = "RelatedActivityType",
    [LIST_RESULT_TYPE] = "ResultType",
    [LIST_MEASURE] = "IndicatorMeasure",
    [LIST_AID_TYPE] = "AidType",
    [LIST_FINANCE_TYPE] = "FinanceType",
    [LIST_FLOW_TYPE] = "FlowType",
    [LIST_TIED] = "TiedStatus",
    [LIST_SCOPE] = "ActivityScope",
    [LIST_COLLABORATION] = "CollaborationType",
    [LIST_DESCRIPTION] = "DescriptionType",
    [LIST_MARKER] = "PolicyMarker",
};

const char *iati_level_word(enum iati_level level)
{
	static const char *const words[] = {"note", "element", "activity", "file"};
	return words[level];
}

/* ---- notes ---- */

PRINTF_LIKE(3, 0)
static enum err_code note(struct builder *b, struct ia_note n, const char *fmt, va_list args, struct err *e)
{
	char detail[400];
	int len = vsnprintf(detail, sizeof detail, fmt, args);
	size_t size = len < 0 ? 0 : (size_t)len < sizeof detail ? (size_t)len : sizeof detail - 1;
	n.detail = arena_str(b->out->notes, (str){detail, size});
	n.activity = b->in_activity ? arena_str(b->out->notes, b->key) : STR("");
	if (!n.detail.p || !n.activity.p)
		return arena_fail(b->out->notes, e);
	return b->out->note(b->out->ctx, &n, e);
}

enum err_code builder_note(struct builder *b, enum iati_level level, uint32_t line, const char *id, const char *done,
    struct err *e, const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	enum err_code code =
	    note(b, (struct ia_note){.level = level, .line = line, .id = id, .done = done}, fmt, args, e);
	va_end(args);
	return code;
}

enum err_code builder_reject(struct builder *b, const char *id, struct err *e, const char *fmt, ...)
{
	if (b->bad)
		return ERR_OK;
	b->bad = true;
	va_list args;
	va_start(args, fmt);
	enum err_code code = note(b,
	    (struct ia_note){.level = IATI_ACTIVITY, .line = b->line, .id = id, .done = "the activity was left out"},
	    fmt, args, e);
	va_end(args);
	return code;
}

enum err_code builder_full(struct builder *b, struct err *e)
{
	struct err why = {0};
	if (arena_fail(b->out->arena, &why) != ERR_LIMIT) {
		if (e)
			*e = why;
		return why.code;
	}
	TRY(builder_reject(b, "activity.size", e, "The activity takes more than %d MB of memory.",
	    IATI_ACTIVITY_BYTES >> 20));
	return fail(e, ERR_LIMIT, GIVEN_UP, "The activity is too large.");
}

/* ---- values ---- */

enum state builder_above(const struct builder *b, uint32_t up)
{
	return b->depth > up ? (enum state)b->stack[b->depth - 1 - up] : S_DOCUMENT;
}

enum state builder_parent(const struct builder *b)
{
	return builder_above(b, 1);
}

str builder_peek(const struct builder *b, const char *name)
{
	return str_trim(xml_attribute(b->el, name));
}

enum err_code builder_keep(struct builder *b, str s, str *ret_v, struct err *e)
{
	if (s.n == 0) {
		*ret_v = STR_NONE;
		return ERR_OK;
	}
	*ret_v = arena_str(b->out->arena, s);
	return ret_v->p ? ERR_OK : builder_full(b, e);
}

enum err_code builder_attr(struct builder *b, const char *name, str *ret_v, struct err *e)
{
	return builder_keep(b, builder_peek(b, name), ret_v, e);
}

/* *ret_v is the code when it may be kept, else absent. */
static enum err_code known_code(struct builder *b, const char *name, enum known_list list, str *ret_v, struct err *e)
{
	str code = builder_peek(b, name);
	*ret_v = STR_NONE;
	if (code.n == 0)
		return ERR_OK;
	if (codelist_has(b->lists[list], code)) {
		*ret_v = code;
		return ERR_OK;
	}
	if (!codelist_complete(b->lists[list])) {
		*ret_v = code;
		return builder_note(b, IATI_NOTE, b->line, "code", "kept as it is", e,
		    "%.*s/@%s is \"%.*s\", which the list %s does not have.", STR_ARG(b->el->name), name,
		    STR_ARG(str_sub(code, 0, 60)), list_names[list]);
	}
	return builder_note(b, IATI_ELEMENT, b->line, "code", "the value was left out", e,
	    "%.*s/@%s is \"%.*s\", which is not a code of the list %s.", STR_ARG(b->el->name), name,
	    STR_ARG(str_sub(code, 0, 60)), list_names[list]);
}

enum err_code builder_code(struct builder *b, const char *name, enum known_list list, int64_t *ret_v, struct err *e)
{
	str code;
	TRY(known_code(b, name, list, &code, e));
	if (!code.p || !str_to_i64(code, ret_v))
		*ret_v = INT_NONE;
	return ERR_OK;
}

enum err_code builder_code_str(struct builder *b, const char *name, enum known_list list, str *ret_v, struct err *e)
{
	str code;
	TRY(known_code(b, name, list, &code, e));
	return builder_keep(b, code, ret_v, e);
}

enum err_code builder_date(struct builder *b, const char *name, date *ret_d, struct err *e)
{
	str s = builder_peek(b, name);
	*ret_d = DATE_NONE;
	if (s.n == 0 || date_parse_xsd(s, ret_d))
		return ERR_OK;
	return builder_note(b, IATI_ELEMENT, b->line, "date", "the date was left out", e,
	    "%.*s/@%s is \"%.*s\", which is not a date (expected: 2020-12-31).", STR_ARG(b->el->name), name,
	    STR_ARG(str_sub(s, 0, 60)));
}

/* ---- events ---- */

static const struct tag *find_tag(const struct builder *b, uint8_t parent, str name)
{
	for (size_t i = b->first[parent]; i < b->first[parent + 1]; i++) {
		const struct tag *t = &iati_tags[i];
		if (t->name[0] == name.p[0] && strlen(t->name) == name.n && memcmp(t->name, name.p, name.n) == 0)
			return t;
	}
	return NULL;
}

/* The tags stand in the order of their parents. */
static void index_tags(struct builder *b)
{
	size_t i = 0;
	for (size_t parent = 0; parent <= S_COUNT; parent++) {
		for (; i < iati_tags_n && iati_tags[i].parent < parent; i++)
			;
		b->first[parent] = (uint16_t)i;
	}
	assert(i == iati_tags_n);
}

static void hash_str(struct sha256_state *h, str s)
{
	uint32_t n = (uint32_t)s.n;
	sha256_add(h, (str){(const char *)&n, sizeof n});
	sha256_add(h, s);
}

void builder_hash(struct builder *b, uint8_t state)
{
	sha256_add(&b->hash, (str){(const char *)&state, 1});
	for (size_t i = 0; i < b->el->n_attributes; i++) {
		hash_str(&b->hash, b->el->attributes[i].name);
		hash_str(&b->hash, b->el->attributes[i].value);
	}
}

/* A handler that gave the activity up is no failure of the reading. */
static enum err_code settle(struct builder *b, enum err_code code, struct err *e)
{
	if (code == ERR_LIMIT && e && strcmp(e->id, GIVEN_UP) == 0 && b->bad) {
		err_clear(e);
		return ERR_OK;
	}
	return code;
}

static enum err_code on_start(void *ctx, const struct xml_element *el, struct err *e)
{
	struct builder *b = ctx;
	if (b->skip) {
		b->skip++;
		return ERR_OK;
	}
	uint8_t parent = b->depth ? b->stack[b->depth - 1] : S_DOCUMENT;
	b->el = el;
	b->line = el->line;
	if (parent == S_DOCUMENT) {
		b->stack[b->depth++] = S_ROOT;
		return builder_root(b, e);
	}
	const struct tag *t = el->ns.n ? NULL : find_tag(b, parent, el->name);
	if (!t || (b->bad && t->state != S_ACTIVITY)) {
		b->skip = 1;
		return ERR_OK;
	}
	assert(b->depth < STACK_MAX);
	b->tags[b->depth] = t;
	b->stack[b->depth++] = t->state;
	if (t->text)
		buf_clear(&b->text);
	if (t->state != S_ACTIVITY && b->in_activity)
		builder_hash(b, t->state);
	return t->start ? settle(b, t->start(b, e), e) : ERR_OK;
}

static enum err_code on_text(void *ctx, str text, uint32_t line, struct err *e)
{
	struct builder *b = ctx;
	(void)line;
	if (b->skip || b->depth < 2)
		return ERR_OK;
	switch (b->stack[b->depth - 1]) {
	case S_IDENTIFIER:
	case S_POS:
	case S_VALUE:
	case S_NARRATIVE:
		buf_add(&b->text, text);
		return buf_check(&b->text, e);
	default:
		return ERR_OK;
	}
}

static enum err_code on_end(void *ctx, str ns, str name, uint32_t line, struct err *e)
{
	struct builder *b = ctx;
	(void)ns;
	(void)name;
	if (b->skip) {
		b->skip--;
		return ERR_OK;
	}
	const struct tag *t = b->depth > 1 ? b->tags[b->depth - 1] : NULL;
	b->line = line;
	enum err_code code = ERR_OK;
	if (t && (!b->bad || t->state == S_ACTIVITY)) {
		if (t->text)
			hash_str(&b->hash, buf_str(&b->text));
		if (t->end)
			code = settle(b, t->end(b, e), e);
	}
	b->depth--;
	return code;
}

/* ---- the file ---- */

/* What is not XML at all, by its first bytes. */
static const char *other_kind(str head)
{
	if (str_starts(head, STR("PK\3\4")))
		return "This is a ZIP archive or a spreadsheet (XLSX), not XML: save or unpack it as XML first.";
	if (str_starts(head, STR("\x1f\x8b")))
		return "This is a gzip archive, not XML: unpack it first.";
	if (str_starts(head, STR("%PDF")))
		return "This is a PDF document, not XML.";
	if (str_starts(head, STR("\xd0\xcf\x11\xe0")))
		return "This is an old Excel or Word document, not XML.";
	str text = str_trim(str_starts(head, STR("\xef\xbb\xbf")) ? str_sub(head, 3, head.n) : head);
	if (str_eq_nocase(str_sub(text, 0, 14), STR("<!doctype html")) || str_eq_nocase(str_sub(text, 0, 5), STR("<html")))
		return "This is a web page (HTML), not an IATI file: the address may have answered with an error page.";
	if (text.n && (text.p[0] == '{' || text.p[0] == '['))
		return "This is JSON, not XML.";
	return NULL;
}

/* Gives the first bytes back before the rest. */
struct peeked {
	struct source from;
	char head[512];
	size_t n, at;
};

static enum err_code peeked_read(void *ctx, char *dst, size_t cap, size_t *ret_n, struct err *e)
{
	struct peeked *p = ctx;
	if (p->at == p->n)
		return p->from.read(p->from.ctx, dst, cap, ret_n, e);
	size_t n = p->n - p->at < cap ? p->n - p->at : cap;
	memcpy(dst, p->head + p->at, n);
	p->at += n;
	*ret_n = n;
	return ERR_OK;
}

static enum err_code peek(struct peeked *p, struct err *e)
{
	for (size_t n = 1; n && p->n < sizeof p->head; p->n += n)
		TRY(p->from.read(p->from.ctx, p->head + p->n, sizeof p->head - p->n, &n, e));
	return ERR_OK;
}

/* Faults of the file are those of the XML reader and ours on the root; the rest is failure. */
static bool is_file_fault(const struct err *why)
{
	return strncmp(why->id, "xml.", 4) == 0 || strncmp(why->id, "iati.", 5) == 0;
}

static enum err_code report_file(struct builder *b, const struct err *why, struct err *e)
{
	b->in_activity = b->in_activity && b->key.n;
	bool some = b->result->read > 0;
	const char *id = "file";
	static const char *const ids[] = {"xml.syntax", "xml.namespace", "xml.encoding", "xml.doctype", "xml.empty",
	    "xml.depth", "xml.attributes", "xml.attribute", "xml.text", "iati.version", "iati.organisation", "iati.root"};
	for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
		if (strcmp(ids[i], why->id) == 0)
			id = ids[i];
	char place[32] = "";
	if (why->col)
		snprintf(place, sizeof place, " (column %u)", why->col);
	return builder_note(b, IATI_FILE, why->line, id,
	    some ? "the activities before this place were read, the rest was left out" : "the file was left out", e,
	    "%s%s", why->detail, place);
}

static enum err_code parse(struct builder *b, struct source from, struct err *e)
{
	struct peeked p = {.from = from};
	TRY(peek(&p, e));
	const char *other = other_kind((str){p.head, p.n});
	if (other)
		return builder_note(b, IATI_FILE, 1, "iati.kind", "the file was left out", e, "%s", other);
	struct xml_options options = {.file = b->file, .skip_blank = true};
	struct xml_handler handler = {.start = on_start, .text = on_text, .end = on_end, .ctx = b};
	struct err why = {0};
	enum err_code code = xml_read((struct source){peeked_read, &p}, &options, &handler, &why);
	if (code == ERR_OK) {
		b->result->whole = true;
		return ERR_OK;
	}
	if (!is_file_fault(&why)) {
		if (e)
			*e = why;
		return code;
	}
	return report_file(b, &why, e);
}

enum err_code iati_parse(struct source from, const char *file, struct parse_out *out, struct parse_result *ret_result,
    struct err *e)
{
	struct parse_result result = {0};
	struct arena *own = arena_new(sizeof(struct builder) + 4096);
	struct builder *b = own ? ARENA_NEW(own, struct builder) : NULL;
	if (!b) {
		arena_free(own);
		return fail(e, ERR_NOMEM, "mem", "The system has no memory left.");
	}
	*b = (struct builder){
	    .out = out, .result = &result, .file = file, .text = BUF_INIT(XML_TEXT_BYTES + 1), .dimension = BUF_INIT(1 << 16)};
	for (size_t i = 0; i < LIST_COUNT; i++)
		b->lists[i] = codelist(list_names[i]);
	index_tags(b);
	enum err_code code = parse(b, from, e);
	buf_free(&b->text);
	buf_free(&b->dimension);
	arena_free(own);
	if (code == ERR_OK)
		*ret_result = result;
	return code;
}
