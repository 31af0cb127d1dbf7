/* XPath's regular expressions in the syntax of PCRE2. What XPath has not (look-around, possessive quantifiers, \b …) is
 * refused, what PCRE2 has not (class subtraction, Unicode blocks, \i and \c) is rewritten. */
#include "base/utf8.h"
#include "engine/feel/regex.h"

enum { CLASSES_DEEP = 10, OPEN_GROUPS_MOST = 100 };

struct translator {
	str s;
	size_t at;
	bool dot_all;
	struct buf *out;
	struct err *e;
	size_t groups;                  /* opened so far */
	size_t open[OPEN_GROUPS_MOST];  /* numbers of the groups open; 0: not counted */
	size_t n_open;
	bool closed[OPEN_GROUPS_MOST];
};

static const struct {
	const char *name, *range;
} blocks[] = {
    {"BasicLatin", "\\x{0}-\\x{7F}"}, {"Latin-1Supplement", "\\x{80}-\\x{FF}"},
    {"LatinExtended-A", "\\x{100}-\\x{17F}"}, {"LatinExtended-B", "\\x{180}-\\x{24F}"},
    {"IPAExtensions", "\\x{250}-\\x{2AF}"}, {"SpacingModifierLetters", "\\x{2B0}-\\x{2FF}"},
    {"CombiningDiacriticalMarks", "\\x{300}-\\x{36F}"}, {"Greek", "\\x{370}-\\x{3FF}"},
    {"GreekandCoptic", "\\x{370}-\\x{3FF}"}, {"Cyrillic", "\\x{400}-\\x{4FF}"},
    {"CyrillicSupplement", "\\x{500}-\\x{52F}"}, {"Armenian", "\\x{530}-\\x{58F}"},
    {"Hebrew", "\\x{590}-\\x{5FF}"}, {"Arabic", "\\x{600}-\\x{6FF}"}, {"Syriac", "\\x{700}-\\x{74F}"},
    {"Devanagari", "\\x{900}-\\x{97F}"}, {"Bengali", "\\x{980}-\\x{9FF}"}, {"Tamil", "\\x{B80}-\\x{BFF}"},
    {"Thai", "\\x{E00}-\\x{E7F}"}, {"Tibetan", "\\x{F00}-\\x{FFF}"}, {"Georgian", "\\x{10A0}-\\x{10FF}"},
    {"Ethiopic", "\\x{1200}-\\x{137F}"}, {"LatinExtendedAdditional", "\\x{1E00}-\\x{1EFF}"},
    {"GreekExtended", "\\x{1F00}-\\x{1FFF}"}, {"GeneralPunctuation", "\\x{2000}-\\x{206F}"},
    {"SuperscriptsandSubscripts", "\\x{2070}-\\x{209F}"}, {"CurrencySymbols", "\\x{20A0}-\\x{20CF}"},
    {"LetterlikeSymbols", "\\x{2100}-\\x{214F}"}, {"NumberForms", "\\x{2150}-\\x{218F}"},
    {"Arrows", "\\x{2190}-\\x{21FF}"}, {"MathematicalOperators", "\\x{2200}-\\x{22FF}"},
    {"BoxDrawing", "\\x{2500}-\\x{257F}"}, {"GeometricShapes", "\\x{25A0}-\\x{25FF}"},
    {"MiscellaneousSymbols", "\\x{2600}-\\x{26FF}"}, {"Dingbats", "\\x{2700}-\\x{27BF}"},
    {"CJKSymbolsandPunctuation", "\\x{3000}-\\x{303F}"}, {"Hiragana", "\\x{3040}-\\x{309F}"},
    {"Katakana", "\\x{30A0}-\\x{30FF}"}, {"CJKUnifiedIdeographs", "\\x{4E00}-\\x{9FFF}"},
    {"HangulSyllables", "\\x{AC00}-\\x{D7AF}"}, {"PrivateUse", "\\x{E000}-\\x{F8FF}"},
    {"AlphabeticPresentationForms", "\\x{FB00}-\\x{FB4F}"},
    {"HalfwidthandFullwidthForms", "\\x{FF00}-\\x{FFEF}"}};

#define NAME_START ":A-Z_a-z\\x{C0}-\\x{D6}\\x{D8}-\\x{F6}\\x{F8}-\\x{2FF}\\x{370}-\\x{37D}\\x{37F}-\\x{1FFF}" \
	"\\x{200C}-\\x{200D}\\x{2070}-\\x{218F}\\x{2C00}-\\x{2FEF}\\x{3001}-\\x{D7FF}\\x{F900}-\\x{FDCF}" \
	"\\x{FDF0}-\\x{FFFD}\\x{10000}-\\x{EFFFF}"
#define NAME_CHAR NAME_START "\\-.0-9\\x{B7}\\x{300}-\\x{36F}\\x{203F}-\\x{2040}"

static enum err_code wrong(struct translator *t, const char *what)
{
	return fail(t->e, ERR_INVALID, "regex.pattern", "the pattern is wrong: %s", what);
}

static char peek(const struct translator *t)
{
	return t->at < t->s.n ? t->s.p[t->at] : '\0';
}

/* \p{…} or \P{…}, at 'p'. In a class the negation of a block cannot be written as a range: it becomes a class item only
 * for Unicode properties. */
static enum err_code property(struct translator *t, struct buf *out, bool in_class)
{
	bool negated = t->s.p[t->at++] == 'P';
	char name[60];
	size_t n = 0;
	if (peek(t) != '{')
		return wrong(t, "'{' was expected behind \\p");
	for (t->at++; t->at < t->s.n && t->s.p[t->at] != '}'; t->at++) {
		char c = t->s.p[t->at];
		if (n == sizeof name - 1)
			return wrong(t, "no such property");
		name[n++] = c;
	}
	name[n] = '\0';
	if (peek(t) != '}' || !n)
		return wrong(t, "'}' was expected");
	t->at++;
	if (n < 3 || name[0] != 'I' || name[1] != 's') {
		static const char majors[] = "LMNPZSC";
		if (n > 2 || !strchr(majors, name[0]))
			return wrong(t, "no such property");
		buf_addf(out, "\\%c{%s}", negated ? 'P' : 'p', name);
		return ERR_OK;
	}
	for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++)
		if (str_is(str_of(blocks[i].name), name + 2)) {
			if (negated && in_class)
				return wrong(t, "a block that is excluded cannot stand in a class");
			buf_addf(out, in_class ? "%s%s" : negated ? "[^%s%s]" : "[%s%s]", "", blocks[i].range);
			return ERR_OK;
		}
	return wrong(t, "no such block");
}

/* What follows a backslash, outside or inside a class. */
static enum err_code escape(struct translator *t, struct buf *out, bool in_class)
{
	char c = peek(t);
	if (!c)
		return wrong(t, "nothing follows the last backslash");
	if (c == 'p' || c == 'P')
		return property(t, out, in_class);
	t->at++;
	switch (c) {
	case 'n':
	case 'r':
	case 't':
	case 'd':
	case 'D':
		buf_addf(out, "\\%c", c);
		return ERR_OK;
	case 's':
		buf_addz(out, in_class ? " \\t\\n\\r" : "[ \\t\\n\\r]");
		return ERR_OK;
	case 'S':
		buf_addz(out, in_class ? "\\S" : "[^ \\t\\n\\r]");
		return ERR_OK;
	case 'w':
		buf_addz(out, in_class ? "\\p{L}\\p{M}\\p{N}\\p{S}" : "[\\p{L}\\p{M}\\p{N}\\p{S}]");
		return ERR_OK;
	case 'W':
		buf_addz(out, in_class ? "\\p{P}\\p{Z}\\p{C}" : "[\\p{P}\\p{Z}\\p{C}]");
		return ERR_OK;
	case 'i':
		buf_addz(out, in_class ? NAME_START : "[" NAME_START "]");
		return ERR_OK;
	case 'c':
		buf_addz(out, in_class ? NAME_CHAR : "[" NAME_CHAR "]");
		return ERR_OK;
	case 'I':
	case 'C':
		if (in_class)
			return wrong(t, "\\I and \\C stand outside of classes only");
		buf_addz(out, c == 'I' ? "[^" NAME_START "]" : "[^" NAME_CHAR "]");
		return ERR_OK;
	default:
		if (!strchr("\\|.-^?*+{}()[]$", c))
			return wrong(t, "no such escape");
		buf_addf(out, "\\%c", c);
		return ERR_OK;
	}
}

/* A reference to a group that is complete before it. As many digits as make a group opened so far. */
static enum err_code reference(struct translator *t)
{
	size_t n = 0;
	while (peek(t) >= '0' && peek(t) <= '9' && (n == 0 || n * 10 + (size_t)(peek(t) - '0') <= t->groups))
		n = n * 10 + (size_t)(t->s.p[t->at++] - '0');
	if (!n || n > t->groups || n >= OPEN_GROUPS_MOST || !t->closed[n])
		return wrong(t, "a reference to a group that is not complete before it");
	buf_addf(t->out, "(?:\\g{%zu})", n);
	return ERR_OK;
}

/* The inside of one class up to "-[" or "]", into out. */
static enum err_code class_part(struct translator *t, struct buf *out)
{
	size_t from = t->at;
	for (;;) {
		char c = peek(t);
		if (!c)
			return wrong(t, "']' was expected");
		if ((c == ']' && t->at > from) || (c == '-' && t->at + 1 < t->s.n && t->s.p[t->at + 1] == '['))
			return ERR_OK;
		if (c == ']' || c == '[')
			return wrong(t, "brackets in a class need a backslash");
		t->at++;
		if (c == '\\')
			TRY(escape(t, out, true));
		else if (c == '-' && t->at > from + 1 && peek(t) != ']')
			buf_addc(out, '-'); /* between the ends of a range */
		else if (c == '-')
			buf_addz(out, "\\-");
		else if (c == ':' || c == '^')
			buf_addf(out, "\\%c", c);
		else
			buf_addc(out, c);
	}
}

/* Behind '['. "[a-[b]]" becomes "(?:(?![b])[a])". */
static enum err_code class(struct translator *t)
{
	struct buf parts[CLASSES_DEEP];
	size_t n = 0;
	enum err_code code = ERR_OK;
	for (;;) {
		if (n == CLASSES_DEEP) {
			code = wrong(t, "too many classes within each other");
			break;
		}
		parts[n++] = BUF_INIT(REGEX_PATTERN_MOST * 40);
		buf_addc(&parts[n - 1], '[');
		if (peek(t) == '^') {
			buf_addc(&parts[n - 1], '^');
			t->at++;
		}
		code = class_part(t, &parts[n - 1]);
		if (code != ERR_OK || peek(t) == ']')
			break;
		t->at += 2; /* "-[" */
	}
	for (size_t i = 0; code == ERR_OK && i < n; i++) {
		if (peek(t) != ']')
			code = wrong(t, "']' was expected");
		t->at++;
		buf_addc(&parts[i], ']');
	}
	for (size_t i = 0; i + 1 < n; i++)
		buf_addz(t->out, "(?:(?!");
	for (size_t i = n; i-- > 0;) {
		buf_add(t->out, buf_str(&parts[i]));
		if (i > 0)
			buf_addc(t->out, ')');
		if (i + 1 < n)
			buf_addc(t->out, ')');
		buf_free(&parts[i]);
	}
	return code;
}

static enum err_code group_open(struct translator *t)
{
	bool counted = peek(t) != '?';
	if (!counted && (t->at + 1 >= t->s.n || t->s.p[t->at + 1] != ':'))
		return wrong(t, "only \"(?:\" is known behind '('");
	if (t->n_open == OPEN_GROUPS_MOST || t->groups + 2 >= OPEN_GROUPS_MOST)
		return fail(t->e, ERR_LIMIT, "regex.groups", "a pattern has fewer than %d groups", OPEN_GROUPS_MOST);
	t->open[t->n_open++] = counted ? ++t->groups : 0;
	buf_addc(t->out, '(');
	return ERR_OK;
}

/* A quantifier, perhaps reluctant; nothing more may follow it. */
static enum err_code quantifier(struct translator *t, char c)
{
	if (c == '{') {
		size_t from = t->at, digits = 0;
		for (; peek(t) && peek(t) != '}'; t->at++) {
			char d = peek(t);
			if (!(d >= '0' && d <= '9') && d != ',')
				return wrong(t, "'{' without a number");
			digits += d != ',';
		}
		if (!peek(t) || !digits || t->s.p[from] == ',')
			return wrong(t, "'{' without a number");
		t->at++;
		buf_addc(t->out, '{');
		buf_add(t->out, str_sub(t->s, from, t->at));
	} else {
		buf_addc(t->out, c);
	}
	if (peek(t) == '?') {
		buf_addc(t->out, '?');
		t->at++;
	}
	if (peek(t) && strchr("*+?{", peek(t)))
		return wrong(t, "a quantifier behind a quantifier");
	return ERR_OK;
}

static enum err_code one(struct translator *t)
{
	char c = t->s.p[t->at++];
	switch (c) {
	case '\\':
		return peek(t) >= '0' && peek(t) <= '9' ? reference(t) : escape(t, t->out, false);
	case '[':
		return class(t);
	case '(':
		return group_open(t);
	case ')':
		if (!t->n_open)
			return wrong(t, "')' without '('");
		t->closed[t->open[--t->n_open]] = true;
		buf_addc(t->out, ')');
		return ERR_OK;
	case '*':
	case '+':
	case '{':
		return quantifier(t, c);
	case '?':
		if (t->at >= 2 && t->s.p[t->at - 2] == '(') { /* "(?:", looked at when it was opened */
			buf_addz(t->out, "?:");
			t->at++;
			return ERR_OK;
		}
		return quantifier(t, c);
	case ']':
	case '}':
		return wrong(t, "a closing bracket needs a backslash");
	case '.':
		buf_addz(t->out, t->dot_all ? "." : "[^\\n\\r]");
		return ERR_OK;
	default:
		break;
	}
	buf_addc(t->out, c);
	return ERR_OK;
}

enum err_code regex_translate(str pattern, bool dot_all, struct buf *ret, struct err *e)
{
	struct translator t = {.s = pattern, .dot_all = dot_all, .out = ret, .e = e};
	if (pattern.n && memchr(pattern.p, '\0', pattern.n))
		return wrong(&t, "a character that is none");
	while (t.at < t.s.n)
		TRY(one(&t));
	if (t.n_open)
		return wrong(&t, "')' was expected");
	return ERR_OK;
}
