#pragma once
/* Inside of the slice: currencies that began or ended (ISO 4217 with its list of withdrawn codes, and the ECB's notices of
 * the countries that joined the euro). A rate of 1 million old lira is not one of the new. */
#include "base/date.h"

/* First and last day of a currency; INT32_MIN and INT32_MAX where it is open or not listed. */
void currency_time(str code, int32_t *ret_from, int32_t *ret_to);
/* False when it is one of the list and the day lies outside of its time. Codes that are not listed are taken as they are. */
bool currency_in_use(str code, date on);
