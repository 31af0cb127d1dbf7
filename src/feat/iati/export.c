#include "feat/iati/export.h"

#include "db/stmt.h"
#include "feat/iati/export.sql.h"

enum { EXPORT_BYTES = 256 << 20, LASTING_BYTES = 16 << 20 };

static enum err_code each_own(struct exporter *x, const struct iati_selection *s, struct err *e)
{
	TRY(export_own_begin(x, e));
	if (x->left_out.n) {
		str note = arena_fmt(x->lasting,
		    " %zu activities are not in this file: the source gives no status or no start for them. ", x->left_out.n);
		xml_comment(&x->w, note);
	}
	if (!s->keys) {
		arena_reset(x->a);
		TRY(export_programme(x, e));
	}
	const str *keys = s->keys ? s->keys : x->own_keys.p;
	size_t n = s->keys ? s->n : x->own_keys.n;
	for (size_t i = 0; i < n; i++) {
		arena_reset(x->a);
		TRY(export_own(x, keys[i], e));
	}
	return ERR_OK;
}

static enum err_code each_comparison(struct exporter *x, const struct iati_selection *s, struct err *e)
{
	if (s->keys) {
		for (size_t i = 0; i < s->n; i++) {
			arena_reset(x->a);
			TRY(export_other(x, s->keys[i], e));
		}
		return ERR_OK;
	}
	AUTO_ROWS rows = NULL;
	TRY(iati_comparison_keys_open(x->db, x->programme, &rows, e));
	for (;;) {
		struct iati_comparison_keys_row r;
		bool more;
		TRY(iati_comparison_keys_next(rows, &r, &more, e));
		if (!more)
			return ERR_OK;
		arena_reset(x->a);
		str key = arena_str(x->a, r.key);
		if (!key.p)
			return arena_fail(x->a, e);
		TRY(export_other(x, key, e));
	}
}

static enum err_code write_all(struct exporter *x, const struct iati_selection *s, int64_t now_ms, struct err *e)
{
	AUTO_TX tx = {0};
	TRY(db_begin(x->db, &tx, e));
	xml_open(&x->w, "iati-activities");
	xml_attr(&x->w, "version", STR("2.03"));
	put_instant_attr(x, "generated-datetime", now_ms);
	TRY(s->own ? each_own(x, s, e) : each_comparison(x, s, e));
	xml_close(&x->w);
	return db_commit(&tx, e);
}

enum err_code iati_export(struct db *db, int64_t programme, const struct iati_selection *selection,
    const struct clock *clock, struct sink to, uint64_t *ret_activities, struct err *e)
{
	AUTO_ARENA lasting = arena_new(LASTING_BYTES);
	AUTO_ARENA a = arena_new(EXPORT_BYTES);
	if (!lasting || !a)
		return fail(e, ERR_NOMEM, "mem", "The system has no memory left.");
	int64_t now_ms = clock_now_ms(clock);
	struct exporter x = {.db = db,
	    .programme = programme,
	    .lasting = lasting,
	    .a = a,
	    .today = date_of_instant(now_ms),
	    .facts_as_of = DATE_NONE,
	    .first_start = DATE_NONE};
	xml_begin(&x.w, to, 1);
	enum err_code code = write_all(&x, selection, now_ms, e);
	if (code != ERR_OK) {
		struct err late = {0};
		(void)out_fail(&x.w.out, code, "iati.export", "The export was given up."); /* elements are open */
		if (xml_finish(&x.w, &late) == ERR_OK)
			return fail(e, ERR_BUG, "iati.export", "A failed export ended well.");
		return code;
	}
	TRY(xml_finish(&x.w, e));
	if (ret_activities)
		*ret_activities = x.written;
	return ERR_OK;
}
