/* CSV: the same records whether it comes at once, byte by byte or in small chunks; what was read and written again
 * reads the same; every fault has a place. */
#include "base/utf8.h"
#include "codec/csv.h"
#include "fuzz.h"

static enum err_code drip(void *ctx, char *dst, size_t cap, size_t *ret_n, struct err *e)
{
	struct source whole = source_str(ctx);
	return whole.read(whole.ctx, dst, cap > 0 ? 1 : 0, ret_n, e);
}

static void copy_record(struct csv_writer *w, const struct csv_record *rec)
{
	FUZZ_CHECK(rec->n > 0);
	for (size_t i = 0; i < rec->n; i++) {
		const struct csv_field *f = &rec->fields[i];
		FUZZ_CHECK(f->line >= rec->line && f->col >= 1);
		FUZZ_CHECK(utf8_valid(f->text, NULL));
		csv_write_str(w, f->text);
	}
	csv_write_end(w);
}

/* The records written again into out; the faults as text behind them, in order. */
static size_t copy_all(struct source from, size_t chunk, struct buf *out, struct buf *faults)
{
	struct err e;
	struct csv_reader *r;
	struct csv_record rec;
	struct csv_writer w;
	bool more = true;
	const struct csv_options o = {.max_record_bytes = 4096, .max_fields = 20, .chunk_bytes = chunk};
	size_t n = 0;
	if (csv_open(from, &o, &r, &e) != ERR_OK)
		abort();
	csv_begin_buf(&w, out, false);
	while (more) {
		enum err_code code = csv_next(r, &rec, &more, &e);
		if (code == ERR_OK && more)
			copy_record(&w, &rec);
		if (code == ERR_OK)
			continue;
		n++;
		FUZZ_CHECK(e.line >= 1 && e.id[0]);
		buf_addf(faults, "%s:%u:%u\n", e.id, e.line, e.col);
		if (code == ERR_LIMIT)
			break;
		FUZZ_CHECK(code == ERR_INVALID);
	}
	csv_close(r);
	if (csv_finish(&w, &e) != ERR_OK)
		abort();
	return n;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	AUTO_BUF once = BUF_INIT(64 << 20);
	AUTO_BUF pieces = BUF_INIT(64 << 20);
	AUTO_BUF again = BUF_INIT(64 << 20);
	AUTO_BUF faults = BUF_INIT(64 << 20);
	AUTO_BUF faults2 = BUF_INIT(64 << 20);
	str rest = {(const char *)data, n};
	(void)copy_all(source_str(&rest), 0, &once, &faults);
	rest = (str){(const char *)data, n};
	(void)copy_all((struct source){drip, &rest}, 0, &pieces, &faults2);
	FUZZ_CHECK(str_eq(buf_str(&once), buf_str(&pieces)));
	FUZZ_CHECK(str_eq(buf_str(&faults), buf_str(&faults2)));
	buf_clear(&pieces);
	buf_clear(&faults2);
	rest = (str){(const char *)data, n};
	(void)copy_all(source_str(&rest), 1, &pieces, &faults2);
	FUZZ_CHECK(str_eq(buf_str(&once), buf_str(&pieces)));
	FUZZ_CHECK(str_eq(buf_str(&faults), buf_str(&faults2)));
	rest = buf_str(&once);
	buf_clear(&faults);
	FUZZ_CHECK(copy_all(source_str(&rest), 0, &again, &faults) == 0);
	FUZZ_CHECK(str_eq(buf_str(&once), buf_str(&again)));
	return 0;
}
