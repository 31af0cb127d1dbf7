/* What a text says of people: a telephone number, an e-mail address, a bank account. */
#include "base/utf8.h"
#include "feat/prices/experience.h"

enum { PHONE_DIGITS = 9, PHONE_DIGITS_ABROAD = 8, IBAN_MIN = 15, IBAN_MAX = 34 };

/* Digits of the Latin, Arabic, and Persian scripts; -1: none. */
static int digit_of(int32_t c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 0x660 && c <= 0x669)
		return c - 0x660;
	return c >= 0x6F0 && c <= 0x6F9 ? c - 0x6F0 : -1;
}

static bool is_letter(int32_t c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool joins_digits(int32_t c)
{
	return c == ' ' || c == '-' || c == '.' || c == '(' || c == ')' || c == '/' || c == 0xA0;
}

/* Digits in a row, with what people put between the groups of a number. One that begins with + or 00 is foreign and may be shorter. */
static bool has_phone(str text)
{
	size_t at = 0, digits = 0;
	bool plus = false, zeros = false;
	for (int32_t c, before = 0; at < text.n; before = c) {
		c = utf8_next(text, &at);
		int d = digit_of(c);
		if (d >= 0) {
			plus = digits ? plus : before == '+';
			zeros = digits == 0 ? d == 0 : zeros && (digits > 1 || d == 0);
			digits++;
			if (digits >= PHONE_DIGITS || (digits >= PHONE_DIGITS_ABROAD && (plus || zeros)))
				return true;
		} else if (!digits || !joins_digits(c)) {
			digits = 0;
		}
	}
	return false;
}

/* An @ with a letter or digit right before and behind it. */
static bool has_address(str text)
{
	size_t at = 0;
	bool word = false, mark = false;
	while (at < text.n) {
		int32_t c = utf8_next(text, &at);
		bool now = is_letter(c) || digit_of(c) >= 0;
		if (mark && now)
			return true;
		mark = c == '@' && word;
		word = now;
	}
	return false;
}

/* ISO 13616: the check digits of a number that begins at p, in letters and digits without blanks. */
static bool iban_checks(const char *p, size_t n)
{
	unsigned rest = 0;
	for (size_t i = 0; i < n; i++) {
		char c = p[(i + 4) % n];
		unsigned v = c <= '9' ? (unsigned)(c - '0') : (unsigned)(c - 'A') + 10;
		rest = (rest * (v > 9 ? 100 : 10) + v) % 97;
	}
	return rest == 1;
}

static char as_iban(char c)
{
	if (c >= 'a' && c <= 'z')
		return (char)(c - 'a' + 'A');
	return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ? c : '\0';
}

static bool is_number(char c)
{
	return c >= '0' && c <= '9';
}

/* Two letters, two digits, and letters and digits, blanks between; any length that an account number may have. */
static bool has_account(str text)
{
	for (size_t from = 0; from + IBAN_MIN <= text.n; from++) {
		char joined[IBAN_MAX];
		size_t n = 0;
		if (from && as_iban(text.p[from - 1]))
			continue; /* within a word */
		for (size_t i = from; i < text.n && n < IBAN_MAX; i++) {
			char c = as_iban(text.p[i]);
			if (!c && (text.p[i] != ' ' || n == 0))
				break;
			if (!c)
				continue;
			joined[n++] = c;
			if (n == 4 && (is_number(joined[0]) || is_number(joined[1]) || !is_number(joined[2]) || !is_number(joined[3])))
				break;
			if (n >= IBAN_MIN && iban_checks(joined, n))
				return true;
		}
	}
	return false;
}

enum prices_private prices_private_in(str text)
{
	if (has_address(text))
		return PRICES_PRIVATE_ADDRESS;
	if (has_account(text))
		return PRICES_PRIVATE_ACCOUNT;
	return has_phone(text) ? PRICES_PRIVATE_NUMBER : PRICES_PRIVATE_NOTHING;
}
