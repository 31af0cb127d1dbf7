#pragma once
/* Inside of the slice: how transfers went. */
#include "feat/prices/prices.h"

enum {
	PRICES_STARS_MAX = 5,
	PRICES_PROMISED = 4, /* stars from which something went as promised */
};

/* What must not stand in a text that is published. */
enum prices_private { PRICES_PRIVATE_NOTHING, PRICES_PRIVATE_NUMBER, PRICES_PRIVATE_ADDRESS, PRICES_PRIVATE_ACCOUNT };

/* The first of these that a text holds: a telephone number (nine digits with blanks, hyphens, points and brackets between, eight behind + or 00),
 * which finds numbers of transfers and customers too, an e-mail address, or a bank account (IBAN whose check digits are right). Names are for the
 * person who reads it. Pure. */
enum prices_private prices_private_in(str text);

/* Words of the format, in the order of enum prices_verification; end with NULL. */
extern const char *const prices_verifications[];
