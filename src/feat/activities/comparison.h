#pragma once
/* The page of one imported activity. */
#include "feat/iati/iati.h"
#include "feat/register/register.h"
#include "feat/site/site.h"

enum {
	COMPARISON_ROWS_MAX = 200, /* budgets and transactions that are listed; sums are over all of them */
	COMPARISON_LINKS_MAX = 50, /* related activities that are listed */
};

/* Values of one type in one currency. */
struct comparison_sum {
	int type;
	money sum;
	size_t n, n_without; /* in all; without a value, or one too large to be added */
};

/* A VEC of them. */
struct comparison_sums {
	struct comparison_sum *p;
	size_t n, cap;
};

struct comparison_link {
	const struct related_activity *related;
	const struct activity_row *row; /* NULL: not imported */
};

struct comparison_view {
	const struct activity *x;
	struct comparison_sums transactions, budgets, disbursements; /* by type, then currency */
	const struct comparison_link *links;
	size_t n_links;
	struct target_tally targets;
	size_t n_values;
};

/* The sums of x's transactions by TransactionType, of its budgets by BudgetType and of its planned disbursements,
 * each by currency: never across currencies. In arena. */
enum err_code comparison_add_up(struct arena *a, struct comparison_view *v, struct err *e) WARN_UNUSED;
/* x's related activities, each with its row when it is in the set. In arena. */
enum err_code comparison_related(const struct activity_set *set, struct arena *a, struct comparison_view *v,
    struct err *e) WARN_UNUSED;
/* Name of a code for the page: French where the list has it, else English; the code itself when it is unknown. */
str comparison_code(const struct site_page *page, const char *list, int code);
/* Name of a dataset without the folders that it was imported from. Borrows name. */
str comparison_dataset(str name);
/* Message for IATI's budget, result and relation types: the few that every activity uses. */
const char *comparison_transaction(int type); /* NULL: see the code list */
const char *comparison_budget(int type, int status);
const char *comparison_relation(int type);
const char *comparison_result(int type);

enum err_code page_comparison_activity(struct http_request *req, struct http_response *res, struct err *e);
