#pragma once
/* A decision table while it is edited: read from a model, changed by form fields and buttons, written back into the
 * model's text, of which everything else stays byte for byte. Nothing is kept between requests: the form carries the
 * whole table. */
#include "base/vec.h"
#include "feat/decisions/form.h"

enum {
	EDIT_ROWS_MOST = 2000,
	EDIT_COLUMNS_MOST = 60, /* inputs, outputs and remarks, each */
	EDIT_FIELDS_MOST = 60000,
	EDIT_FORM_BYTES = 4 << 20,
	EDIT_UPLOAD_BYTES = 12 << 20, /* the same form with a file, each field with its own header */
	EDIT_XML_BYTES = 60 << 20,
};

struct edit_input {
	str label, expression, type, values;
};

struct edit_output {
	str label, name, type, values, fallback;
};

/* Where the text of a cell stands in the model's text as written: set by edit_write. */
struct edit_place {
	uint32_t line, col;
};

struct edit_row {
	str id;
	str *tests, *outputs, *notes; /* as many as columns */
	struct edit_place *at;        /* of tests, then outputs */
	uint32_t line;                /* where it begins, as written */
};

struct edit_table {
	enum dmn_policy policy;
	struct edit_input *inputs;
	struct edit_output *outputs;
	str *annotations;
	struct edit_row *rows;
	size_t n_inputs, n_outputs, n_annotations, n_rows;
	struct edit_place *inputs_at, *outputs_at; /* of the expressions and names: set by edit_write */
	uint32_t line, last_line;                  /* of the table, as written */
};

/* Room for the columns and rows (one more of each than said is possible). In arena. */
enum err_code edit_make(struct edit_table *t, size_t rows, struct arena *a, struct err *e) WARN_UNUSED;
/* As it stands in a model. In arena. */
enum err_code edit_from_model(const struct dmn_table *t, struct arena *a, struct edit_table *ret, struct err *e) WARN_UNUSED;
/* As a form sent it. ERR_INVALID "edit.form" when fields are missing; ERR_LIMIT. In arena. */
enum err_code edit_from_form(const struct form_sent *sent, struct arena *a, struct edit_table *ret, struct err *e) WARN_UNUSED;
/* Rows of CSV with the header that the download has ("input: …", "output: …", "annotation: …") replace the rows and, as
 * far as they differ, the columns. Commas, semicolons or tabs part the cells, as the first line shows. ERR_INVALID names line and column. In arena. */
enum err_code edit_from_csv(str csv, const char *file, const struct edit_table *old, struct arena *a, struct edit_table *ret,
    struct err *e) WARN_UNUSED;
/* The same from the first sheet of a workbook (.xlsx) that has such a header. What a person typed becomes what FEEL calls it: a date cell
 * date("2010-03-19"), in a remark the plain day; true and false; numbers. Error values, and formulas without a stored result, are refused. */
enum err_code edit_from_xlsx(str bytes, const char *file, const struct edit_table *old, struct arena *a, struct edit_table *ret,
    struct err *e) WARN_UNUSED;
/* Either, by content. */
enum err_code edit_from_file(str bytes, const char *file, const struct edit_table *old, struct arena *a, struct edit_table *ret,
    struct err *e) WARN_UNUSED;

/* What a button does: "row-add:3", "row-delete:3", "row-up:3", "row-down:3", the same with in-, out- and note- ("left" and
 * "right" for columns); the number is the place from 0, of add the place behind which; -1: in front. False for anything
 * else. In arena. */
enum err_code edit_act(struct edit_table *t, str action, struct arena *a, bool *ret_done, struct err *e) WARN_UNUSED;

/* The model's text with the table of the element (by id) replaced. In arena; places are set. ERR_NOT_FOUND "edit.table":
 * the element has no table of its own. */
enum err_code edit_write(str xml, str element_id, struct edit_table *t, struct arena *a, str *ret_xml, struct err *e) WARN_UNUSED;
