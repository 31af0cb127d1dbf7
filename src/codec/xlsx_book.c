/* A workbook: its relations, and the list of its sheets. */
#include "codec/xlsx_book.h"

#include <assert.h>

#include "base/mem.h"
#include "base/vec.h"

enum {
	BOOK_ARENA_BYTES = 16 << 20,
	RELATIONS_MOST = 20000,
	PATH_BYTES = 1024, /* of the name of a part */
};

struct relation {
	str id, type, target;
};

struct relations {
	struct arena *arena;
	VEC(struct relation) list;
};

/* ---- relations ---- */

static str copy_or_empty(struct arena *a, str s)
{
	return arena_str(a, s.p ? s : STR(""));
}

static enum err_code relations_start(void *ctx, const struct xml_element *x, struct err *e)
{
	struct relations *r = ctx;
	if (x->depth == 1 && !str_is(x->name, "Relationships"))
		return fail(e, ERR_INVALID, "xlsx.part", "these are no relations: the root is <%.*s>", STR_ARG(x->name));
	if (x->depth != 2 || !str_is(x->name, "Relationship") || str_is(xml_attribute(x, "TargetMode"), "External"))
		return ERR_OK;
	if (r->list.n == RELATIONS_MOST)
		return fail(e, ERR_LIMIT, "xlsx.relations", "there are more than %d relations", RELATIONS_MOST);
	struct relation *slot = VEC_ADD(&r->list, r->arena);
	if (!slot)
		return arena_fail(r->arena, e);
	*slot = (struct relation){copy_or_empty(r->arena, xml_attribute(x, "Id")),
	    copy_or_empty(r->arena, xml_attribute(x, "Type")), copy_or_empty(r->arena, xml_attribute(x, "Target"))};
	return slot->id.p && slot->type.p && slot->target.p ? ERR_OK : arena_fail(r->arena, e);
}

static enum err_code read_relations(struct xlsx_book *b, const char *part, struct relations *r, struct err *e)
{
	const struct xml_handler handler = {.start = relations_start, .ctx = r};
	return xlsx_zip_xml(b->zip, part, XLSX_READ_SMALL_BYTES, &handler, NULL, e);
}

/* The last word of the type: what stands before it differs between the transitional and the strict form. */
static bool is_type(const struct relation *r, const char *word)
{
	str end = str_of(word);
	return str_ends(r->type, end) && r->type.n > end.n && r->type.p[r->type.n - end.n - 1] == '/';
}

/* The folder of a part, with its slash. */
static str folder_of(str part)
{
	for (size_t n = part.n; n; n--)
		if (part.p[n - 1] == '/')
			return str_sub(part, 0, n);
	return STR("");
}

/* Name of the part that target means from a folder: "/xl/a.xml", "../a.xml", "a.xml". *ret NULL: none, or too long. */
static enum err_code resolve(struct arena *a, str folder, str target, const char **ret, struct err *e)
{
	AUTO_BUF b = BUF_INIT(PATH_BYTES);
	str part = STR("");
	if (str_starts(target, STR("/")))
		target = str_sub(target, 1, target.n);
	else
		buf_add(&b, folder);
	struct str_split it = str_split_on(target, '/');
	while (str_next(&it, &part)) {
		if (part.n == 0 || str_is(part, "."))
			continue;
		if (str_is(part, "..")) {
			str up = buf_str(&b);
			b.n = folder_of(str_sub(up, 0, up.n ? up.n - 1 : 0)).n;
			continue;
		}
		if (b.n && b.p[b.n - 1] != '/')
			buf_addc(&b, '/');
		buf_add(&b, part);
	}
	*ret = NULL;
	if (b.failed == ERR_LIMIT || (!b.failed && !b.n))
		return ERR_OK;
	TRY(buf_check(&b, e));
	*ret = arena_cstr(a, buf_str(&b));
	return *ret ? ERR_OK : arena_fail(a, e);
}

/* "xl/workbook.xml" to "xl/_rels/workbook.xml.rels". */
static const char *relations_of(struct arena *a, str part)
{
	str folder = folder_of(part), name = str_sub(part, folder.n, part.n);
	return arena_fmt(a, "%.*s_rels/%.*s.rels", STR_ARG(folder), STR_ARG(name)).p;
}

/* ---- sheets ---- */

struct workbook_reading {
	struct xlsx_book *b;
	VEC(struct xlsx_sheet_part) sheets;
};

static bool is_on(str s)
{
	return str_is(s, "1") || str_is(s, "true") || str_is(s, "on");
}

static str relation_id(const struct xml_element *x)
{
	str id = xml_attribute_ns(x, "http://schemas.openxmlformats.org/officeDocument/2006/relationships", "id");
	return id.p ? id : xml_attribute_ns(x, "http://purl.oclc.org/ooxml/officeDocument/relationships", "id");
}

static enum err_code workbook_start(void *ctx, const struct xml_element *x, struct err *e)
{
	struct workbook_reading *r = ctx;
	struct arena *a = r->b->arena;
	if (x->depth == 1 && !(str_is(x->name, "workbook") && xlsx_is_main(x->ns)))
		return fail(e, ERR_INVALID, "xlsx.part", "this is no workbook: the root is <%.*s>", STR_ARG(x->name));
	if (x->depth == 2 && str_is(x->name, "workbookPr"))
		r->b->from_1904 = is_on(xml_attribute(x, "date1904"));
	if (x->depth != 3 || !str_is(x->name, "sheet"))
		return ERR_OK;
	str name = xml_attribute(x, "name"), id = relation_id(x), state = xml_attribute(x, "state");
	if (!name.p || !id.p)
		return fail(e, ERR_INVALID, "xlsx.workbook", "a sheet without name or relation");
	if (r->sheets.n == XLSX_READ_SHEETS)
		return fail(e, ERR_LIMIT, "xlsx.sheets", "there are more than %d sheets", XLSX_READ_SHEETS);
	struct xlsx_sheet_part *slot = VEC_ADD(&r->sheets, a);
	if (!slot)
		return arena_fail(a, e);
	*slot = (struct xlsx_sheet_part){
	    {arena_str(a, name), state.n && !str_is(state, "visible")}, arena_str(a, id), NULL};
	return slot->shown.name.p && slot->relation.p ? ERR_OK : arena_fail(a, e);
}

static enum err_code find_workbook(struct xlsx_book *b, const char **ret_part, struct err *e)
{
	struct relations r = {.arena = b->arena};
	const char *part = NULL;
	if (!xlsx_zip_has(b->zip, "_rels/.rels"))
		return fail(e, ERR_INVALID, "xlsx.part", "this is a zip archive, but no .xlsx workbook: _rels/.rels is missing");
	TRY(read_relations(b, "_rels/.rels", &r, e));
	vec_each(x, &r.list)
		if (is_type(x, "officeDocument"))
			TRY(resolve(b->arena, STR(""), x->target, &part, e));
	if (!part)
		return fail(e, ERR_INVALID, "xlsx.part", "_rels/.rels names no workbook");
	*ret_part = part;
	return ERR_OK;
}

/* Each sheet's part; sheets of charts and macros are left out. */
static enum err_code link_sheets(
    struct xlsx_book *b, struct workbook_reading *w, const struct relations *r, str folder, struct err *e)
{
	size_t n = 0;
	vec_each(s, &w->sheets) {
		const struct relation *found = NULL;
		for (size_t k = 0; k < r->list.n && !found; k++)
			found = str_eq(r->list.p[k].id, s->relation) ? &r->list.p[k] : NULL;
		if (!found)
			return fail(e, ERR_INVALID, "xlsx.workbook", "sheet \"%.*s\": its relation %.*s is missing",
			    STR_ARG(s->shown.name), STR_ARG(s->relation));
		if (is_type(found, "worksheet"))
			TRY(resolve(b->arena, folder, found->target, &s->part, e));
		if (s->part)
			w->sheets.p[n++] = *s;
	}
	b->sheets = w->sheets.p;
	b->n_sheets = n;
	return n ? ERR_OK : fail(e, ERR_INVALID, "xlsx.workbook", "there is no sheet in it");
}

static enum err_code read_book(struct xlsx_book *b, struct err *e)
{
	const char *part = NULL;
	struct relations r = {.arena = b->arena};
	struct workbook_reading w = {.b = b};
	const struct xml_handler handler = {.start = workbook_start, .ctx = &w};
	TRY(find_workbook(b, &part, e));
	TRY(xlsx_zip_xml(b->zip, part, XLSX_READ_SMALL_BYTES, &handler, NULL, e));
	str folder = folder_of(str_of(part));
	const char *relations = relations_of(b->arena, str_of(part));
	if (!relations)
		return arena_fail(b->arena, e);
	TRY(read_relations(b, relations, &r, e));
	vec_each(x, &r.list) {
		if (is_type(x, "sharedStrings"))
			TRY(resolve(b->arena, folder, x->target, &b->strings_part, e));
		else if (is_type(x, "styles"))
			TRY(resolve(b->arena, folder, x->target, &b->styles_part, e));
	}
	return link_sheets(b, &w, &r, folder, e);
}

/* ---- opening ---- */

static enum err_code open_book(
    str bytes, int fd, const struct xlsx_read_options *o, struct xlsx_book *b, struct err *e)
{
	struct xlsx_zip_limits limits = {o && o->max_part_bytes ? o->max_part_bytes : XLSX_READ_PART_BYTES,
	    o && o->max_ratio ? o->max_ratio : XLSX_READ_RATIO};
	size_t most = o && o->max_string_bytes ? o->max_string_bytes : XLSX_READ_STRING_BYTES;
	b->file = o ? o->file : NULL;
	b->strings.max_bytes = most < UINT32_MAX ? most : UINT32_MAX;
	b->strings.bytes = BUF_INIT(b->strings.max_bytes);
	b->arena = arena_new(BOOK_ARENA_BYTES);
	if (!b->arena)
		return fail(e, ERR_NOMEM, "mem.none", "the system has no memory left");
	TRY(fd < 0 ? xlsx_zip_open_str(bytes, limits, &b->zip, e) : xlsx_zip_open_fd(fd, limits, &b->zip, e));
	return read_book(b, e);
}

static enum err_code open_any(
    str bytes, int fd, const struct xlsx_read_options *o, struct xlsx_book **ret_book, struct err *e)
{
	struct xlsx_book *b = mem_alloc(sizeof *b);
	if (!b)
		return fail(e, ERR_NOMEM, "mem.none", "the system has no memory left");
	*b = (struct xlsx_book){0};
	enum err_code code = open_book(bytes, fd, o, b, e);
	if (code == ERR_OK) {
		*ret_book = b;
		return ERR_OK;
	}
	if (e)
		(void)err_at(e, b->file, 0, 0);
	xlsx_book_close(b);
	return code;
}

enum err_code xlsx_book_open_str(
    str bytes, const struct xlsx_read_options *o, struct xlsx_book **ret_book, struct err *e)
{
	return open_any(bytes, -1, o, ret_book, e);
}

enum err_code xlsx_book_open_fd(int fd, const struct xlsx_read_options *o, struct xlsx_book **ret_book, struct err *e)
{
	assert(fd >= 0);
	return open_any(STR_NONE, fd, o, ret_book, e);
}

void xlsx_book_close(struct xlsx_book *b)
{
	if (!b)
		return;
	xlsx_strings_free(&b->strings);
	xlsx_zip_close(b->zip);
	arena_free(b->arena);
	mem_free(b);
}

bool xlsx_looks_like(str head)
{
	return str_starts(head, STR("PK\x03\x04"));
}

size_t xlsx_book_sheets(const struct xlsx_book *b)
{
	return b->n_sheets;
}

struct xlsx_sheet xlsx_book_sheet(const struct xlsx_book *b, size_t i)
{
	assert(i < b->n_sheets);
	return b->sheets[i].shown;
}

ptrdiff_t xlsx_book_find(const struct xlsx_book *b, str name)
{
	for (size_t i = 0; i < b->n_sheets; i++)
		if (str_eq_nocase(b->sheets[i].shown.name, name))
			return (ptrdiff_t)i;
	return -1;
}
