#pragma once
/* Decision tables, compiled. The constants of a column, sorted, cut its values into positions: 0 below the first, 1 the
 * first itself, 2 between the first and the second … A test is a span of positions, so that a row costs two
 * comparisons of small numbers for a column, whatever the kind of its values. Where one column tells rows apart well, it
 * lists the rows for each position. */
#include "engine/dmn/set.h"

/* Positions from … to, both included. */
struct span {
	uint32_t from, to;
};

#define SPAN_ANY ((struct span){0, UINT32_MAX})
#define SPAN_OTHER ((struct span){1, 0}) /* look into the cell */

enum cell_kind {
	CELL_ANY,   /* "-" */
	CELL_TESTS, /* constants and ranges of constants */
	CELL_CODE,  /* anything else: to be run */
};

struct cell {
	enum cell_kind kind;
	bool negated;
	const fval *tests; /* CELL_TESTS */
	uint32_t n_tests;
	const struct span *spans; /* of the tests, when the column has positions and the tests all are spans */
	uint32_t n_spans;
	const struct feel_chunk *chunk; /* CELL_CODE at the top level */
	int32_t argument;               /* CELL_CODE elsewhere: which argument is its function; else -1 */
};

struct column {
	bool placed;         /* the values of kind `kind` have positions */
	enum feel_kind kind;
	const fval *bounds;
	size_t n_bounds;
	struct cell *cells;  /* by rule */
};

struct output {
	bool constant;
	fval value;
	const struct feel_chunk *chunk;
	int32_t argument;
};

struct table {
	const struct dmn_table *source;
	const struct feel_zones *zones;
	size_t n_inputs, n_outputs, n_rules;
	struct column *columns;
	struct span *spans;      /* rule by rule */
	bool *codes;             /* by rule: it has a cell that must be run */
	struct output *outputs;  /* rule by rule */
	struct output *fallback; /* by output; NULL: no defaults */
	const struct feel_chunk **allowed; /* by input: tests of the values that may be given; NULL: any */
	const fval **values;     /* by output: the values allowed, by falling priority */
	size_t *n_values;
	const str *names;        /* of the outputs */
	/* rows by position of one column */
	int32_t index_column;    /* -1: none */
	const uint32_t *offsets; /* of each position's rows in rows; one more than positions */
	const uint32_t *rows;
};

enum {
	TABLE_INDEX_RULES = 64,        /* smaller tables are looked through */
	TABLE_INDEX_MOST = 64,         /* rows listed for each rule, on average, at most */
};

/* The position of v in a column; false when it has none (another kind). */
bool table_position(const struct table *t, const struct column *c, fval v, uint32_t *ret);
#define NO_POSITION UINT32_MAX
/* The outcome of a constant cell for a value and its position in the column (NO_POSITION: none). */
enum dmn_cell table_constant_cell(const struct table *t, const struct cell *c, uint32_t position, fval v);
enum feel_step table_step(struct feel_vm *vm, const void *self, void **state, const fval *args, size_t n, fval *ret);
