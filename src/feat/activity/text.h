#pragma once
/* Short texts of the activity page, made from how the register stores them. Pure. */
#include "engine/i18n/i18n.h"

enum { TEXT_LINES_MAX = 1000 }; /* numbers of one source that are shown; what follows is left out */

/* "9503;9504;9505;9510" as "9503–9505, 9510": neighbouring lines become a range. A part that is no number
 * is written as it stands. */
void text_add_lines(struct buf *b, str lines);
/* "country=AF;sector=health" as "country: Afghanistan, sector: health". */
void text_add_dimension(struct buf *b, enum lang l, str dimension);
/* A word of the pack, "migration-data-platform", as it is read: "migration data platform". */
void text_add_slug(struct buf *b, str slug);
