#include "sqlc.h"

#include "base/buf.h"

#include <ctype.h>

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_' || (unsigned char)c >= 0x80;
}

/* Length of a quoted piece that starts at s.p[0]; the quote doubled stands for itself. */
static size_t quoted_length(str s, char quote)
{
	size_t i = 1;
	while (i < s.n) {
		if (s.p[i] == quote) {
			if (i + 1 < s.n && s.p[i + 1] == quote)
				i++;
			else
				return i + 1;
		}
		i++;
	}
	return s.n;
}

static size_t space_length(str s)
{
	size_t i = 0;
	while (i < s.n && isspace((unsigned char)s.p[i]))
		i++;
	return i;
}

static size_t comment_length(str s)
{
	if (str_starts(s, STR("--"))) {
		ptrdiff_t end = str_find_char(s, '\n');
		return end < 0 ? s.n : (size_t)end;
	}
	if (str_starts(s, STR("/*"))) {
		ptrdiff_t end = str_find(s, STR("*/"));
		return end < 0 ? s.n : (size_t)end + 2;
	}
	return 0;
}

static size_t run_length(str s, bool (*in)(char c))
{
	size_t i = 0;
	while (i < s.n && in(s.p[i]))
		i++;
	return i;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static size_t operator_length(str s)
{
	static const char *const longer[] = {"<=", ">=", "<>", "!=", "||", "==", "::", "@@", "->"};
	for (size_t i = 0; i < sizeof longer / sizeof *longer; i++)
		if (str_starts(s, str_of(longer[i])))
			return 2;
	return 1;
}

static struct sqlc_token token_at(str s)
{
	size_t n;
	if ((n = space_length(s)) || (n = comment_length(s)))
		return (struct sqlc_token){TOKEN_SPACE, str_sub(s, 0, n)};
	if (s.p[0] == '\'')
		return (struct sqlc_token){TOKEN_STRING, str_sub(s, 0, quoted_length(s, '\''))};
	if (s.p[0] == '"')
		return (struct sqlc_token){TOKEN_WORD, str_sub(s, 0, quoted_length(s, '"'))};
	if ((s.p[0] == 'x' || s.p[0] == 'X') && s.n > 1 && s.p[1] == '\'')
		return (struct sqlc_token){
		    TOKEN_BLOB, str_sub(s, 0, 1 + quoted_length(str_sub(s, 1, s.n), '\''))};
	if (s.p[0] == '?')
		return (struct sqlc_token){
		    TOKEN_PARAM, str_sub(s, 0, 1 + run_length(str_sub(s, 1, s.n), is_digit))};
	if (is_word(s.p[0]))
		return (struct sqlc_token){TOKEN_WORD, str_sub(s, 0, run_length(s, is_word))};
	return (struct sqlc_token){TOKEN_OTHER, str_sub(s, 0, operator_length(s))};
}

struct sqlc_token sqlc_next_token(str *rest)
{
	if (rest->n == 0)
		return (struct sqlc_token){TOKEN_END, STR_NONE};
	struct sqlc_token t = token_at(*rest);
	*rest = str_sub(*rest, t.s.n, rest->n);
	return t;
}

static str keep(struct sqlc *q, struct buf *b)
{
	struct err e = {0};
	if (buf_check(b, &e) != ERR_OK)
		sqlc_out_of_memory();
	str s = arena_str(q->a, buf_str(b));
	if (!s.p)
		sqlc_out_of_memory();
	return s;
}

str sqlc_squeeze(struct sqlc *q, str sql)
{
	AUTO_BUF b = BUF_INIT(SQLC_FILE_MAX);
	str rest = str_trim(sql);
	for (;;) {
		struct sqlc_token t = sqlc_next_token(&rest);
		if (t.kind == TOKEN_END)
			break;
		if (t.kind != TOKEN_SPACE)
			buf_add(&b, t.s);
		else if (b.n && b.p[b.n - 1] != ' ')
			buf_addc(&b, ' ');
	}
	while (b.n && (b.p[b.n - 1] == ' ' || b.p[b.n - 1] == ';'))
		b.n--;
	return keep(q, &b);
}

static const char *postgres_type(str word)
{
	static const struct {
		const char *ours, *theirs;
	} types[] = {
	    {"INTEGER", "BIGINT"},
	    {"BLOB", "BYTEA"},
	    {"REAL", "DOUBLE PRECISION"},
	};
	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (str_is(word, types[i].ours))
			return types[i].theirs;
	return NULL;
}

/* What the rewriting needs to remember. */
struct rewrite {
	bool migration;
	bool create_table; /* inside CREATE TABLE … ; */
	int depth;         /* of parentheses */
	str last;          /* token that was not a blank */
};

static bool is_table_option(const struct rewrite *w, struct sqlc_token t)
{
	if (!w->migration || !w->create_table || w->depth != 0)
		return false;
	return str_is(t.s, "STRICT") || str_is(t.s, "WITHOUT") || str_is(t.s, "ROWID") ||
	       str_is(t.s, ",");
}

static void add_word(struct buf *b, const struct rewrite *w, str word)
{
	bool cast = str_eq_nocase(w->last, STR("AS"));
	const char *type = postgres_type(word);
	if (type && (w->migration || cast))
		buf_addz(b, type);
	else if (w->migration && !cast && str_is(word, "TEXT"))
		buf_addz(b, "TEXT COLLATE \"C\""); /* bytes decide the order, as in SQLite */
	else
		buf_add(b, word);
}

static void rewrite_token(struct buf *b, struct rewrite *w, struct sqlc_token t)
{
	if (is_table_option(w, t))
		return;
	switch (t.kind) {
	case TOKEN_WORD:
		if (str_is(t.s, "TABLE") && str_is(w->last, "CREATE"))
			w->create_table = true;
		add_word(b, w, t.s);
		break;
	case TOKEN_BLOB:
		buf_addf(b, "'\\x%.*s'::bytea", STR_ARG(str_sub(t.s, 2, t.s.n - 1)));
		break;
	case TOKEN_PARAM:
		buf_addf(b, "$%.*s", STR_ARG(str_sub(t.s, 1, t.s.n)));
		break;
	case TOKEN_OTHER:
		if (t.s.p[0] == '(')
			w->depth++;
		else if (t.s.p[0] == ')')
			w->depth--;
		else if (t.s.p[0] == ';')
			w->create_table = false;
		buf_add(b, t.s);
		break;
	case TOKEN_END:
	case TOKEN_SPACE:
	case TOKEN_STRING:
		buf_add(b, t.s);
		break;
	}
}

str sqlc_to_postgres(struct sqlc *q, str sql, bool migration)
{
	AUTO_BUF b = BUF_INIT(2 * SQLC_FILE_MAX);
	struct rewrite w = {.migration = migration};
	str rest = sql;
	for (;;) {
		struct sqlc_token t = sqlc_next_token(&rest);
		if (t.kind == TOKEN_END)
			break;
		rewrite_token(&b, &w, t);
		if (t.kind != TOKEN_SPACE) {
			w.last = t.s;
		}
	}
	return keep(q, &b);
}
