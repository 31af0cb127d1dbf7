#pragma once
/* The parser's inside: operator precedence with an explicit stack of what is still open; code is written as parts
 * complete. Shared by parse.c, parse_operand.c, parse_operator.c and lex.c. */
#include "engine/feel/emit.h"

enum {
	FEEL_TEXT_MOST = 1 << 20,  /* bytes of one expression */
	FEEL_OPEN_MOST = 20000,    /* brackets, operators and phrases open at once */
};

enum open_kind {
	OPEN_TEXT,       /* the whole expression */
	OPEN_TESTS,      /* the whole, as unary tests */
	OPEN_NOT_TESTS,  /* not( … ) around unary tests */
	OPEN_BINARY,     /* left operand done, operator read */
	OPEN_NEGATE,
	OPEN_COMPARE,    /* "< 5" without a left side: flags of the range */
	OPEN_PAREN,
	OPEN_LIST,
	OPEN_RANGE_LOW,  /* behind "]" that opens a range */
	OPEN_RANGE_HIGH,
	OPEN_CONTEXT,
	OPEN_CALL,
	OPEN_FILTER,
	OPEN_IF, OPEN_THEN, OPEN_ELSE,
	OPEN_FOR, OPEN_FOR_TO, OPEN_RETURN,
	OPEN_QUANTIFIED, OPEN_QUANTIFIED_TO, OPEN_SATISFIES,
	OPEN_FUNCTION, OPEN_EXTERNAL,
	OPEN_BETWEEN, OPEN_BETWEEN_AND,
	OPEN_IN, OPEN_IN_PAREN,
};

/* Precedence: a higher one binds tighter. */
enum { PREC_PHRASE = 0, PREC_OR = 10, PREC_AND = 20, PREC_COMPARE = 30, PREC_UNARY_COMPARE = 35,
	PREC_ADD = 40, PREC_MUL = 50, PREC_POW = 60, PREC_NEG = 70, PREC_BRACKET = -1 };

struct open {
	enum open_kind kind;
	int32_t prec;
	int32_t op;        /* OPEN_BINARY: enum feel_op; OPEN_COMPARE: range flags */
	int32_t slot;      /* builder, accumulator, list filtered, value tested */
	size_t n;          /* items, arguments, entries, loops so far */
	size_t names;      /* first of its names in the parser's list */
	size_t scope;      /* to restore */
	size_t jump;       /* instruction to patch */
	size_t start;      /* first instruction */
	int32_t builtin;   /* OPEN_CALL: -1 for a value */
	bool named, flag, asks;
	uint32_t pos;
	str name;          /* variable whose domain is read */
	const struct feel_param *params;
};

struct parser {
	struct emit *e;
	str s;
	size_t at;
	uint32_t line, col; /* of s[counted] */
	size_t counted;
	VEC(struct open) open;
	VEC(str) names;
	VEC(size_t) loops; /* OP_NEXT instructions of the loops open */
	bool operand;      /* an operand is wanted here, not an operator */
	bool done;
	bool asks;         /* "?" used in the current test */
};

/* lex.c */
void parse_mark(struct parser *p); /* e->pos becomes the place of p->at */
bool parse_fail(struct parser *p, const char *fmt, ...) PRINTF_LIKE(2, 3);
void parse_skip(struct parser *p); /* white space and comments */
bool parse_take(struct parser *p, const char *text);
/* A whole word at p->at. */
bool parse_is_word(const struct parser *p, const char *word);
bool parse_take_word(struct parser *p, const char *word);
bool parse_number(struct parser *p, decimal *ret);
bool parse_string(struct parser *p, str *ret);
/* A name or string before ':' (which is taken). False without an error when there is none. */
bool parse_key(struct parser *p, str *ret);
/* A name up to the word given. */
bool parse_name_until(struct parser *p, const char *word, str *ret);

/* parse.c */
struct open *parse_push(struct parser *p, enum open_kind kind, int32_t prec);
static inline struct open *parse_top(struct parser *p)
{
	return &p->open.p[p->open.n - 1];
}
void parse_reduce(struct parser *p, int32_t prec);
void parse_loop(struct parser *p, struct open *o, bool to);
void parse_test_end(struct parser *p, struct open *o);
bool parse_entry_begin(struct parser *p);

bool parse_operand(struct parser *p);  /* parse_operand.c */
bool parse_operator(struct parser *p); /* parse_operator.c */
