#pragma once
/* Charts of the programme's money, shared by the home page, the priorities and the figures. */
#include "feat/programme/programme.h"
#include "feat/site/site.h"

/* Expenditure of single years by priority, stacked; ready for site_chart_make. priority 0: all of them,
 * else that one alone. In the page's arena. */
enum err_code programme_spending_chart(const struct site_page *page, int priority, str id, str title,
    struct chart *ret_c, struct err *e) WARN_UNUSED;
/* Expenditure of a year, summed over the priorities' lines (0), or of one; absent where there is none. */
money programme_spent(const struct programme_view *v, int priority, int year);
/* First and last year with expenditure lines of a single year; false when there is none. */
bool programme_years(const struct programme_view *v, int *ret_first, int *ret_last);
/* Budget available in a year, absent when not stated. */
money programme_budget(const struct programme_view *v, int year);
/* Sum over all years; absent when there is none. */
money programme_spent_total(const struct programme_view *v, int priority);
