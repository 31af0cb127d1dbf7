/* What each cell may hold, keys, references, and the rules across columns. One checker for all
 * tables. */
#include "feat/programme/pack.h"

#include "base/decimal.h"
#include "base/utf8.h"

#include <sys/stat.h>

/* ISO 3166-1 alpha-2, officially assigned, sorted. */
static const char iso_countries[] =
    "ADAEAFAGAIALAMAOAQARASATAUAWAXAZBABBBDBEBFBGBHBIBJBLBMBNBOBQBRBSBTBVBWBYBZCACCCDCFCGCHCICKCLCM"
    "CNCOCRCUCVCWCXCYCZ"
    "DEDJDKDMDODZECEEEGEHERESETFIFJFKFMFOFRGAGBGDGEGFGGGHGIGLGMGNGPGQGRGSGTGUGWGYHKHMHNHRHTHUIDIEIL"
    "IMINIOIQIRISIT"
    "JEJMJOJPKEKGKHKIKMKNKPKRKWKYKZLALBLCLILKLRLSLTLULVLYMAMCMDMEMFMGMHMKMLMMMNMOMPMQMRMSMTMUMVMWMX"
    "MYMZ"
    "NANCNENFNGNINLNONPNRNUNZOMPAPEPFPGPHPKPLPMPNPRPSPTPWPYQARERORSRURWSASBSCSDSESGSHSISJSKSLSMSNSO"
    "SRSSSTSVSXSYSZ"
    "TCTDTFTGTHTJTKTLTMTNTOTRTTTVTWTZUAUGUMUSUYUZVAVCVEVGVIVNVUWFWSYEYTZAZMZW";

bool pack_is_country(str s)
{
	if (s.n != 2)
		return false;
	if (str_is(s, "XK")) /* Kosovo: user-assigned */
		return true;
	for (size_t i = 0; i + 1 < sizeof iso_countries - 1; i += 2)
		if (memcmp(iso_countries + i, s.p, 2) == 0)
			return true;
	return false;
}

bool pack_word_in(str w, const char *words)
{
	struct str_split it = str_split_on(str_of(words), '|');
	str part;
	while (str_next(&it, &part))
		if (str_eq(part, w))
			return true;
	return false;
}

static bool four_digits(str s, int *ret_year)
{
	int64_t y = 0;
	if (s.n != 4 || s.p[0] == '-' || !str_to_i64(s, &y) || y < 1)
		return false;
	*ret_year = (int)y;
	return true;
}

bool pack_years(str s, int *ret_first, int *ret_last)
{
	int first = 0, last = 0;
	if (!four_digits(str_sub(s, 0, 4), &first))
		return false;
	last = first;
	if (s.n > 4 && (s.n != 9 || s.p[4] != '/' || !four_digits(str_sub(s, 5, 9), &last)))
		return false;
	*ret_first = first;
	*ret_last = last;
	return true;
}

bool pack_is_number(str s)
{
	size_t dots = 0;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '.')
			dots++;
		else if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	}
	return s.n > 0 && s.n <= DECIMAL_DIGITS && dots <= 1 && s.p[0] != '.' &&
	       s.p[s.n - 1] != '.';
}

str pack_show(str s)
{
	return utf8_head(s, 60);
}

enum err_code pack_check_folder(const char *dir, struct err *e)
{
	struct stat st;
	if (stat(dir, &st) != 0)
		return fail(e, ERR_NOT_FOUND, "pack.folder",
		    "there is no folder \"%s\": name the folder of a programme pack", dir);
	if (!S_ISDIR(st.st_mode))
		return fail(e, ERR_INVALID, "pack.folder",
		    "\"%s\" is not a folder: name the folder of a programme pack", dir);
	return ERR_OK;
}

/* A cell under check. */
struct cell {
	struct pack_reader *r;
	enum pack_table_id t;
	size_t row, col;
	const struct pack_column *c;
	str v;
};

#define CELL_FAULT(x, id, cure, ...)                                                               \
	pack_fault_cell((x)->r, id, (x)->t, (x)->row, (x)->col, cure, __VA_ARGS__)

static void check_number(const struct cell *x)
{
	if (x->v.p[0] == '-' && pack_is_number(str_sub(x->v, 1, x->v.n))) {
		CELL_FAULT(x, "pack.negative",
		    "Write an amount or number that is not negative, or leave the cell empty.",
		    "\"%.*s\" is negative", STR_ARG(pack_show(x->v)));
		return;
	}
	bool whole = x->c->type == PACK_INT;
	int64_t i = 0;
	if (!pack_is_number(x->v) ||
	    (whole && (str_find_char(x->v, '.') >= 0 || !str_to_i64(x->v, &i)))) {
		CELL_FAULT(x, "pack.number",
		    "Write plain digits with a point, such as 1250 or 1250.50, without separators.",
		    "\"%.*s\" is not a %snumber", STR_ARG(pack_show(x->v)), whole ? "whole " : "");
		return;
	}
	if (x->c->type == PACK_AMOUNT) {
		money m;
		bool rounded = false;
		str currency = x->r->p->currency.n ? x->r->p->currency : STR("EUR");
		if (!money_parse(x->v, currency, &m, &rounded) || rounded)
			CELL_FAULT(x, "pack.amount",
			    "Write an amount with at most as many decimals as the currency has.",
			    "\"%.*s\" is no amount in %.*s", STR_ARG(pack_show(x->v)),
			    STR_ARG(currency));
	}
}

static void check_country(const struct cell *x, str code)
{
	if (!pack_is_country(code))
		CELL_FAULT(x, "pack.country",
		    "Use the two capital letters of ISO 3166-1, or XK for Kosovo.",
		    "\"%.*s\" is not a known country", STR_ARG(pack_show(code)));
}

static void check_parts(const struct cell *x)
{
	struct str_split it = str_split_on(x->v, ';');
	str part;
	while (str_next(&it, &part)) {
		int64_t n = 0;
		if (x->c->type == PACK_COUNTRIES)
			check_country(x, part);
		else if (x->c->type == PACK_DIMENSION && str_starts(part, STR("country=")))
			check_country(x, str_sub(part, 8, part.n));
		else if (x->c->type == PACK_LINES &&
		         (!str_to_i64(part, &n) || n < 1 || n > x->r->p->last_source_line))
			CELL_FAULT(x, "pack.source_line",
			    "Give line numbers of the source, separated by ';'.",
			    "\"%.*s\" is not a line of the source", STR_ARG(pack_show(part)));
	}
}

static void check_type(const struct cell *x)
{
	pdate d;
	int first = 0, last = 0;
	switch (x->c->type) {
	case PACK_TEXT:
		break;
	case PACK_WORD:
		if (!pack_word_in(x->v, x->c->words))
			CELL_FAULT(x, "pack.word", "Use one of the words that the column allows.",
			    "\"%.*s\" is not one of: %s", STR_ARG(pack_show(x->v)), x->c->words);
		break;
	case PACK_INT:
	case PACK_NUMBER:
	case PACK_AMOUNT:
		check_number(x);
		break;
	case PACK_DATE:
		if (!pdate_parse(x->v, &d))
			CELL_FAULT(x, "pack.date",
			    "Write a date that exists, as 2010-03-19, 2010-03 or 2010.",
			    "\"%.*s\" is not a date", STR_ARG(pack_show(x->v)));
		break;
	case PACK_YEARS:
		if (!pack_years(x->v, &first, &last))
			CELL_FAULT(x, "pack.years",
			    "Write a year as 2009, or several as 2009/2011.",
			    "\"%.*s\" is not a year", STR_ARG(pack_show(x->v)));
		else if (first > last)
			CELL_FAULT(x, "pack.order", "Write the earlier year first.",
			    "%d is after %d", first, last);
		break;
	case PACK_COUNTRY:
		check_country(x, x->v);
		break;
	case PACK_COUNTRIES:
	case PACK_LINES:
	case PACK_DIMENSION:
		check_parts(x);
		break;
	}
}

static void check_reference(const struct cell *x)
{
	const struct pack_rows *to = &x->r->p->rows[pack_table_of(str_of(x->c->ref))];
	/* A file that could not be read is a fault of its own, not one for each row that refers to
	 * it. */
	if (!to->read || map_get(to->keys, x->v) ||
	    (x->c->ref_else && str_is(x->v, x->c->ref_else)))
		return;
	CELL_FAULT(x, "pack.reference", "Add it to that file, or correct it here.",
	    "\"%.*s\" is not in data/%s", STR_ARG(pack_show(x->v)), x->c->ref);
}

static void check_cell(const struct cell *x)
{
	if (x->v.n == 0) {
		if (x->c->required)
			CELL_FAULT(x, "pack.required", "Fill the cell.", "%s is empty", x->c->name);
		return;
	}
	size_t max = x->c->max ? x->c->max : PACK_TEXT_MAX, length = utf8_length(x->v);
	if (length > max)
		CELL_FAULT(x, "pack.long", "Shorten the text.", "%zu characters are more than %zu",
		    length, max);
	if (str_trim(x->v).n != x->v.n)
		CELL_FAULT(x, "pack.spaces", "Remove the white space at the ends.",
		    "\"%.*s\" begins or ends with white space", STR_ARG(pack_show(x->v)));
	check_type(x);
	if (x->c->ref)
		check_reference(x);
}

void pack_check_cells(struct pack_reader *r)
{
	for (int t = 0; t < PACK_TABLES; t++) {
		const struct pack_table *table = &pack_tables[t];
		for (size_t i = 0; i < r->p->rows[t].n; i++)
			for (size_t j = 0; j < table->n; j++) {
				struct cell x = {r, (enum pack_table_id)t, i, j, &table->columns[j],
				    pack_at(r->p, (enum pack_table_id)t, i, j)->text};
				check_cell(&x);
			}
	}
}
