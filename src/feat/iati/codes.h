#pragma once
/* The tables behind codelist(): written by tools/codelists.py at build time. */
#include "base/str.h"

struct code {
	const char *code, *name_en, *name_fr; /* "" when the list has no name */
	uint16_t n;			      /* bytes of code */
	uint8_t withdrawn;		      /* still legal, no longer to be used */
};

struct codelist {
	const char *name;
	const struct code *codes; /* by code, in byte order */
	size_t n;
	bool complete; /* a code that is not here is an error, not a warning */
};

extern const struct codelist codelists[]; /* by name, in byte order */
extern const size_t codelists_n;
