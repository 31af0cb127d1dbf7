/* Reads .po files: the subset that translators' programs write for messages without context. */
#include "poc.h"

#include "base/utf8.h"

struct reader {
	struct poc *p;
	const char *file;
	int lang;
	struct poc_entry entry;
	bool open;  /* entry has begun */
	bool in_id; /* the last keyword was msgid: a comment or msgid begins the next entry after
	               msgstr */
	str *last;  /* where a continued literal goes */
};

static enum err_code finish(struct reader *r, struct err *e)
{
	if (r->open && r->entry.id.n) {
		struct poc_entry *x = VEC_ADD(&r->p->entries, r->p->a);
		if (!x)
			return arena_fail(r->p->a, e);
		*x = r->entry;
	} else if (r->open && r->entry.n_texts) { /* the header */
		AUTO_BUF want = BUF_INIT(64);
		buf_addf(&want, "nplurals=%zu;", poc_langs[r->lang].plurals);
		if (str_find(r->entry.text[0], buf_str(&want)) < 0)
			poc_fault(
			    r->p, r->entry.at, "the header's Plural-Forms must say %s", want.p);
		if (str_find(r->entry.text[0], STR("charset=UTF-8")) < 0)
			poc_fault(
			    r->p, r->entry.at, "the header's Content-Type must say charset=UTF-8");
	}
	r->entry = (struct poc_entry){.lang = r->lang};
	r->open = r->in_id = false;
	r->last = NULL;
	return ERR_OK;
}

static enum err_code join(struct reader *r, str more, struct err *e)
{
	str both = arena_fmt(r->p->a, "%.*s%.*s", STR_ARG(*r->last), STR_ARG(more));
	if (!both.p)
		return arena_fail(r->p->a, e);
	*r->last = both;
	return ERR_OK;
}

static void wrong(struct reader *r, uint32_t line, const char *what)
{
	poc_fault(r->p, (struct poc_place){r->file, line}, "%s", what);
}

/* The member that keyword names; NULL when there is no such keyword here. */
static str *target(struct reader *r, str word, uint32_t line)
{
	if (str_is(word, "msgid")) {
		r->open = r->in_id = true;
		r->entry.at = (struct poc_place){r->file, line};
		return &r->entry.id;
	}
	if (!r->open)
		return NULL;
	if (str_is(word, "msgid_plural"))
		return &r->entry.id_plural;
	size_t form = 0;
	if (str_starts(word, STR("msgstr[")) && word.n == 9 && word.p[8] == ']' &&
	    word.p[7] >= '0' && word.p[7] <= '9')
		form = (size_t)(word.p[7] - '0');
	else if (!str_is(word, "msgstr"))
		return NULL;
	if (form >= POC_FORMS_MAX || form != r->entry.n_texts)
		return NULL;
	r->in_id = false;
	r->entry.n_texts++;
	return &r->entry.text[form];
}

static enum err_code keyword(struct reader *r, str text, uint32_t line, struct err *e)
{
	size_t n = 0;
	while (n < text.n && text.p[n] != ' ' && text.p[n] != '"')
		n++;
	str word = str_sub(text, 0, n);
	if (str_is(word, "msgctxt")) {
		wrong(r, line, "contexts are not used: choose another English text");
		return ERR_OK;
	}
	if (str_is(word, "msgid") && r->open)
		TRY(finish(r, e));
	str *to = target(r, word, line);
	size_t at = n;
	uint32_t l = line;
	str value = to ? poc_literals(r->p, text, &at, &l) : STR_NONE;
	if (!to || !value.p || str_trim(str_sub(text, at, text.n)).n) {
		wrong(r, line, "a line that cannot be read");
		return ERR_OK;
	}
	*to = value;
	r->last = to;
	return ERR_OK;
}

static enum err_code read_line(struct reader *r, str text, uint32_t line, struct err *e)
{
	if (!text.n)
		return ERR_OK;
	if (str_starts(text, STR("#~"))) {
		wrong(r, line, "an entry that is no longer used: remove it");
		return ERR_OK;
	}
	if (text.p[0] == '#') {
		if (r->open && !r->in_id)
			TRY(finish(r, e));
		if (str_starts(text, STR("#,")) && str_find(text, STR("fuzzy")) >= 0)
			r->entry.fuzzy = true;
		return ERR_OK;
	}
	if (text.p[0] != '"')
		return keyword(r, text, line, e);
	size_t at = 0;
	uint32_t l = line;
	str more = poc_literals(r->p, text, &at, &l);
	if (!r->last || !more.p) {
		wrong(r, line, "a line that cannot be read");
		return ERR_OK;
	}
	return join(r, more, e);
}

enum err_code poc_read_po(struct poc *p, const char *file, int lang, str text, struct err *e)
{
	struct reader r = {.p = p, .file = file, .lang = lang, .entry.lang = lang};
	size_t bad;
	if (!utf8_valid(text, &bad)) {
		poc_fault(p, (struct poc_place){file, 0}, "not UTF-8 at byte %zu", bad);
		return ERR_OK;
	}
	struct str_split it = str_split_on(text, '\n');
	str part;
	for (uint32_t line = 1; str_next(&it, &part); line++)
		TRY(read_line(&r, str_trim(part), line, e));
	return finish(&r, e);
}
