/* Writing an answer: blocks in reading order, each statement checked for what its kind demands, and the JSON of it all. */
#include "feat/evaluation/parts.h"

#include <math.h>


enum { WORDS_BYTES = 16384, SUMMARY_BYTES = 65536 };

const char *statement_kind_slug(enum statement_kind k)
{
	static const char *const slugs[STATEMENT_KINDS] = {"counted", "judged", "evidence", "cannot be said"};
	return slugs[k];
}

/* ---- failures, kept until answer_end ---- */

static bool going(const struct answer *w)
{
	return w->failed.code == ERR_OK;
}

static void no_room(struct answer *w)
{
	(void)arena_fail(w->arena, &w->failed);
}

static void refuse(struct answer *w, const char *id, const char *what, str which)
{
	(void)fail(&w->failed, ERR_INVALID, id, "%s: %s: \"%.*s\"", w->slug, what, STR_ARG(str_sub(which, 0, 120)));
}

static struct block *add(struct answer *w, enum block_kind kind)
{
	struct block *b = VEC_ADD(&w->blocks, w->arena);
	if (b)
		b->kind = kind;
	else
		no_room(w);
	return b;
}

/* ---- what a statement must have ---- */

/* Nothing counted has no rows; a share of nothing is known by its inputs. */
static bool may_lack_rows(const struct figure *f)
{
	return f->type != FIGURE_TEXT && f->type != FIGURE_DATE && decimal_is_zero(f->value) &&
	    (f->type == FIGURE_COUNT || f->n_inputs);
}

static const char *figure_fault(const struct figure *f)
{
	if (!f->id.n || !f->definition.n)
		return "a figure without name or definition";
	if (!f->known)
		return f->why.n ? NULL : "a figure that is not known, without the reason";
	if ((f->type == FIGURE_TEXT || f->type == FIGURE_DATE) ? !f->text.n : decimal_is_none(f->value))
		return "a figure said to be known, without a value";
	if ((f->type == FIGURE_MONEY || f->type == FIGURE_NUMBER) && !f->unit.n)
		return "a figure without its unit";
	if ((f->type == FIGURE_SHARE || f->type == FIGURE_RATIO) && !f->n_inputs)
		return "a share or ratio without what it is made of";
	return f->n_rows || may_lack_rows(f) ? NULL : "a figure without the rows behind it";
}

static bool has_rows(const struct statement *s)
{
	bool any = s->n_rows != 0;
	for (size_t i = 0; i < s->n_figures; i++)
		any |= s->figures[i].n_rows != 0;
	return any;
}

static const char *statement_fault(const struct statement *s)
{
	if (!s->text.n)
		return "a statement without words";
	switch (s->kind) {
	case STATEMENT_COUNTED:
		return s->n_figures ? NULL : "a count without a figure";
	case STATEMENT_JUDGED:
		return s->rule.n ? NULL : "a judgement without its rule";
	case STATEMENT_EVIDENCE:
		if (!s->strength.n || !s->place.n)
			return "evidence without strength or place";
		return has_rows(s) ? NULL : "evidence without its source";
	case STATEMENT_UNSAID:
		return s->missing.n ? NULL : "\"cannot be said\" without what is missing";
	case STATEMENT_KINDS:
		break;
	}
	return "a statement of no kind";
}

/* ---- writing ---- */

void answer_begin(struct answer *w, struct arena *a, enum lang l, const struct facts *f, int question, const char *slug,
    str title)
{
	*w = (struct answer){.arena = a, .lang = l, .facts = f, .question = question, .slug = slug, .title = title,
	    .question_text = STR(""), .how = {.arena = a, .lang = l}};
}

static bool anchor_ok(str id)
{
	for (size_t i = 0; i < id.n; i++) {
		char c = id.p[i];
		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'))
			return false;
	}
	return id.n != 0;
}

static str id_of(const struct block *b)
{
	switch (b->kind) {
	case BLOCK_HEADING:
		return b->id;
	case BLOCK_TABLE:
		return b->table->id;
	case BLOCK_CHART:
		return b->chart->id;
	case BLOCK_DIAGRAM:
		return b->diagram->id;
	default:
		return STR_NONE;
	}
}

/* Anchors are unique within the answer; ids of charts and diagrams are checked by those who draw them. */
static bool anchor_new(struct answer *w, str id)
{
	bool ok = anchor_ok(id);
	if (!ok)
		refuse(w, "evaluation.anchor", "an anchor is lower-case letters, digits and dashes", id);
	for (size_t i = 0; ok && i < w->blocks.n; i++)
		if (str_eq(id_of(&w->blocks.p[i]), id)) {
			refuse(w, "evaluation.anchor", "an anchor that is there already", id);
			ok = false;
		}
	return ok;
}

void answer_heading(struct answer *w, int level, str id, str text)
{
	if (!going(w) || !anchor_new(w, id))
		return;
	struct block *b = add(w, BLOCK_HEADING);
	if (!b)
		return;
	b->level = level < 2 ? 2 : level > 4 ? 4 : level;
	b->id = id;
	b->text = text;
}

void answer_text(struct answer *w, str text)
{
	struct block *b = going(w) && text.n ? add(w, BLOCK_TEXT) : NULL;
	if (b)
		b->text = text;
}

/* With its figures and their inputs; NULL without room. */
static const struct statement *copy_of(struct arena *a, const struct statement *s)
{
	struct statement *copy = ARENA_NEW(a, struct statement);
	struct figure *figures = ARENA_ARRAY(a, s->n_figures, struct figure);
	if (!copy || !figures)
		return NULL;
	for (size_t i = 0; i < s->n_figures; i++) {
		const struct figure *f = &s->figures[i];
		struct figure_input *inputs = ARENA_ARRAY(a, f->n_inputs, struct figure_input);
		if (!inputs)
			return NULL;
		if (f->n_inputs)
			memcpy(inputs, f->inputs, f->n_inputs * sizeof *inputs);
		figures[i] = *f;
		figures[i].inputs = inputs;
	}
	*copy = *s;
	copy->figures = figures;
	return copy;
}

void answer_statement(struct answer *w, const struct statement *s)
{
	if (!going(w))
		return;
	const char *fault = statement_fault(s);
	for (size_t i = 0; !fault && i < s->n_figures; i++)
		fault = figure_fault(&s->figures[i]);
	if (fault) {
		refuse(w, "evaluation.statement", fault, s->text);
		return;
	}
	const struct statement *copy = copy_of(w->arena, s);
	struct block *b = copy ? add(w, BLOCK_STATEMENT) : NULL;
	if (b)
		b->statement = copy;
	else
		no_room(w);
}

static bool table_ok(struct answer *w, const struct answer_table *t)
{
	if (t->caption.n && t->n_columns && t->columns && t->numeric && (t->cells || !t->n_rows))
		return true;
	refuse(w, "evaluation.table", "a table without caption or columns", t->id);
	return false;
}

void answer_table(struct answer *w, const struct answer_table *t, bool folded)
{
	if (!going(w) || !table_ok(w, t) || !anchor_new(w, t->id))
		return;
	struct block *b = add(w, BLOCK_TABLE);
	if (!b)
		return;
	b->table = t;
	b->folded = folded;
}

void answer_chart(struct answer *w, const struct chart *c, str about, str note)
{
	AUTO_BUF summary = BUF_INIT(SUMMARY_BYTES);
	if (!going(w) || !anchor_new(w, c->id))
		return;
	struct chart_table *t = ARENA_NEW(w->arena, struct chart_table);
	if (!t || !c->lang || !c->format) {
		no_room(w);
		return;
	}
	if (chart_table(c, w->arena, t, &w->failed) != ERR_OK || chart_summary(c, &summary, &w->failed) != ERR_OK)
		return;
	str words = arena_str(w->arena, buf_str(&summary));
	struct block *b = words.p ? add(w, BLOCK_CHART) : NULL;
	if (!b) {
		no_room(w);
		return;
	}
	b->chart = c;
	b->chart_table = t;
	b->chart_summary = words;
	b->about = about;
	b->note = note;
}

void answer_diagram(struct answer *w, const struct diagram *d, const struct answer_table *t, str about)
{
	if (!going(w) || !table_ok(w, t) || !anchor_new(w, d->id))
		return;
	struct block *b = add(w, BLOCK_DIAGRAM);
	if (!b)
		return;
	b->diagram = d;
	b->diagram_table = t;
	b->about = about;
}

enum err_code answer_end(struct answer *w, struct err *e)
{
	if (!going(w))
		*e = w->failed;
	return w->failed.code;
}

str answer_words(struct answer *w, const char *msg, const str *parts, size_t n)
{
	AUTO_BUF b = BUF_INIT(WORDS_BYTES);
	i18n_add_filled(&b, i18n_text(w->lang, msg), parts, n);
	return answer_keep(w, &b);
}

str answer_keep(struct answer *w, const struct buf *b)
{
	str s = b->failed ? STR_NONE : arena_str(w->arena, buf_str(b));
	if (s.p)
		return s;
	if (going(w) && buf_check(b, &w->failed) == ERR_OK)
		no_room(w);
	return STR("");
}

/* ---- how charts of the answer are written ---- */

const struct chart_lang *answer_chart_lang(struct answer *w)
{
	return site_chart_lang(&w->how);
}

const struct chart_format *answer_chart_euros(struct answer *w)
{
	return site_chart_euros(&w->how);
}

const struct chart_format *answer_chart_whole_euros(struct answer *w)
{
	return site_chart_whole_euros(&w->how);
}

const struct chart_format *answer_chart_counts(struct answer *w)
{
	return site_chart_counts(&w->how);
}

/* ---- JSON ---- */

static void json_rows(struct json_writer *j, const struct source_row *rows, size_t n)
{
	jw_key(j, "rows");
	jw_array(j);
	for (size_t i = 0; i < n; i++) {
		jw_object(j);
		jw_key(j, "table");
		jw_str(j, str_of(rows[i].table));
		jw_key(j, "key");
		jw_str(j, rows[i].key);
		if (rows[i].source_line.n) {
			jw_key(j, "source_line");
			jw_str(j, rows[i].source_line);
		}
		jw_object_end(j);
	}
	jw_array_end(j);
}

void answer_json_decimal(struct json_writer *j, decimal d)
{
	AUTO_BUF b = BUF_INIT(200);
	if (decimal_is_none(d)) {
		jw_null(j);
		return;
	}
	buf_add_decimal(&b, decimal_trim(d));
	jw_decimal(j, buf_str(&b));
}

static void json_double(struct json_writer *j, double v)
{
	AUTO_BUF b = BUF_INIT(64);
	if (!isfinite(v)) {
		jw_null(j);
		return;
	}
	buf_addf(&b, "%.12g", v);
	jw_decimal(j, buf_str(&b));
}

static void json_inputs(struct json_writer *j, const struct figure *f)
{
	jw_key(j, "inputs");
	jw_array(j);
	for (size_t i = 0; i < f->n_inputs; i++) {
		jw_object(j);
		jw_key(j, "name");
		jw_str(j, f->inputs[i].name);
		jw_key(j, "value");
		answer_json_decimal(j, f->inputs[i].value);
		jw_key(j, "unit");
		jw_str(j, f->inputs[i].unit.n ? f->inputs[i].unit : STR_NONE);
		jw_object_end(j);
	}
	jw_array_end(j);
}

static void json_figure_value(struct json_writer *j, const struct figure *f)
{
	jw_key(j, "value");
	if (!f->known)
		jw_null(j);
	else if (f->type == FIGURE_TEXT || f->type == FIGURE_DATE)
		jw_str(j, f->text);
	else
		answer_json_decimal(j, f->value);
	if (f->known && isfinite(f->low) && isfinite(f->high) && (f->low != 0 || f->high != 0)) {
		jw_key(j, "low");
		json_double(j, f->low);
		jw_key(j, "high");
		json_double(j, f->high);
	}
}

static const char *figure_type_slug(enum figure_type t)
{
	static const char *const slugs[] = {[FIGURE_COUNT] = "count", [FIGURE_MONEY] = "money", [FIGURE_NUMBER] = "number",
	    [FIGURE_SHARE] = "share", [FIGURE_RATIO] = "ratio", [FIGURE_DATE] = "date", [FIGURE_TEXT] = "text"};
	return slugs[t];
}

static void json_figure(struct json_writer *j, const struct figure *f)
{
	jw_object(j);
	jw_key(j, "id");
	jw_str(j, f->id);
	jw_key(j, "type");
	jw_str(j, str_of(figure_type_slug(f->type)));
	jw_key(j, "known");
	jw_bool(j, f->known);
	json_figure_value(j, f);
	jw_key(j, "unit");
	jw_str(j, f->unit.n ? f->unit : STR_NONE);
	jw_key(j, "definition");
	jw_str(j, f->definition);
	if (!f->known) {
		jw_key(j, "why");
		jw_str(j, f->why);
	}
	json_inputs(j, f);
	json_rows(j, f->rows, f->n_rows);
	jw_object_end(j);
}

static void json_of_kind(struct json_writer *j, const struct statement *s)
{
	if (s->rule.n) {
		jw_key(j, "rule");
		jw_object(j);
		jw_key(j, "model");
		jw_str(j, s->rule);
		jw_key(j, "anchor");
		jw_str(j, s->rule_anchor.n ? s->rule_anchor : STR_NONE);
		jw_object_end(j);
	}
	if (s->strength.n) {
		jw_key(j, "strength");
		jw_str(j, s->strength);
		jw_key(j, "place");
		jw_str(j, s->place);
	}
	if (s->missing.n) {
		jw_key(j, "missing");
		jw_str(j, s->missing);
	}
}

static void json_statement(struct json_writer *j, const struct statement *s, str section)
{
	jw_object(j);
	jw_key(j, "kind");
	jw_str(j, str_of(statement_kind_slug(s->kind)));
	jw_key(j, "section");
	jw_str(j, section.n ? section : STR_NONE);
	jw_key(j, "text");
	jw_str(j, s->text);
	if (s->text_lang.n) {
		jw_key(j, "text_lang");
		jw_str(j, s->text_lang);
	}
	json_of_kind(j, s);
	jw_key(j, "figures");
	jw_array(j);
	for (size_t i = 0; i < s->n_figures; i++)
		json_figure(j, &s->figures[i]);
	jw_array_end(j);
	json_rows(j, s->rows, s->n_rows);
	jw_object_end(j);
}

static void json_columns(struct json_writer *j, const str *names, size_t n)
{
	jw_key(j, "columns");
	jw_array(j);
	for (size_t i = 0; i < n; i++)
		jw_str(j, names[i]);
	jw_array_end(j);
}

/* A cell is its number where it has one, else its words; null when not known, with the reason beside it in "why". */
static void json_cell(struct json_writer *j, const struct answer_cell *c, bool numeric)
{
	if (c->missing)
		jw_null(j);
	else if (numeric && isfinite(c->sort))
		json_double(j, c->sort);
	else
		jw_str(j, c->text);
}

static void json_table(struct json_writer *j, const struct answer_table *t)
{
	jw_object(j);
	jw_key(j, "id");
	jw_str(j, t->id);
	jw_key(j, "caption");
	jw_str(j, t->caption);
	json_columns(j, t->columns, t->n_columns);
	jw_key(j, "rows");
	jw_array(j);
	for (size_t r = 0; r < t->n_rows; r++) {
		jw_array(j);
		for (size_t c = 0; c < t->n_columns; c++)
			json_cell(j, &t->cells[r * t->n_columns + c], t->numeric[c]);
		jw_array_end(j);
	}
	jw_array_end(j);
	jw_object_end(j);
}

static void json_chart(struct json_writer *j, const struct block *b)
{
	const struct chart_table *t = b->chart_table;
	jw_object(j);
	jw_key(j, "id");
	jw_str(j, b->chart->id);
	jw_key(j, "title");
	jw_str(j, b->chart->title);
	jw_key(j, "summary");
	jw_str(j, b->chart_summary);
	json_columns(j, t->head, t->n_columns);
	jw_key(j, "rows");
	jw_array(j);
	for (size_t r = 0; r < t->n_rows; r++) {
		jw_array(j);
		for (size_t c = 0; c < t->n_columns; c++) {
			const struct chart_cell *x = &t->cell[r * t->n_columns + c];
			if (x->missing)
				jw_null(j);
			else if (isfinite(x->v) && t->numeric[c])
				json_double(j, x->v);
			else
				jw_str(j, x->text);
		}
		jw_array_end(j);
	}
	jw_array_end(j);
	jw_object_end(j);
}

static void json_int_or_null(struct json_writer *j, const char *key, int v)
{
	jw_key(j, key);
	if (v)
		jw_i64(j, v);
	else
		jw_null(j);
}

void answer_json_scope(struct json_writer *j, const struct evaluation_scope *s)
{
	jw_key(j, "as_of");
	jw_date(j, s->as_of);
	jw_key(j, "scope");
	jw_object(j);
	json_int_or_null(j, "from", s->year_from);
	json_int_or_null(j, "to", s->year_to);
	json_int_or_null(j, "priority", s->priority);
	jw_key(j, "activity");
	jw_str(j, s->activity ? s->activity->key : STR_NONE);
	jw_object_end(j);
}

static void json_statements(struct json_writer *j, const struct answer *w)
{
	str section = STR_NONE;
	jw_key(j, "statements");
	jw_array(j);
	for (size_t i = 0; i < w->blocks.n; i++) {
		const struct block *b = &w->blocks.p[i];
		if (b->kind == BLOCK_HEADING)
			section = b->id;
		else if (b->kind == BLOCK_STATEMENT)
			json_statement(j, b->statement, section);
	}
	jw_array_end(j);
}

static void json_tables(struct json_writer *j, const struct answer *w)
{
	jw_key(j, "tables");
	jw_array(j);
	for (size_t i = 0; i < w->blocks.n; i++) {
		const struct block *b = &w->blocks.p[i];
		if (b->kind == BLOCK_TABLE)
			json_table(j, b->table);
		else if (b->kind == BLOCK_DIAGRAM)
			json_table(j, b->diagram_table);
	}
	jw_array_end(j);
	jw_key(j, "charts");
	jw_array(j);
	for (size_t i = 0; i < w->blocks.n; i++)
		if (w->blocks.p[i].kind == BLOCK_CHART)
			json_chart(j, &w->blocks.p[i]);
	jw_array_end(j);
}

void answer_json(struct json_writer *j, const struct answer *w)
{
	jw_object(j);
	jw_key(j, "question");
	if (w->question)
		jw_i64(j, w->question);
	else
		jw_null(j);
	jw_key(j, "slug");
	jw_str(j, str_of(w->slug));
	jw_key(j, "title");
	jw_str(j, w->title);
	jw_key(j, "lang");
	jw_str(j, str_of(lang_code(w->lang)));
	answer_json_scope(j, &w->facts->scope);
	json_statements(j, w);
	json_tables(j, w);
}
