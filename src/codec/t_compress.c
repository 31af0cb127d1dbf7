#include "base/env.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/test.h"
#include "codec/compress.h"

static const enum compress_kind kinds[] = {COMPRESS_GZIP, COMPRESS_ZSTD};

/* Made by gzip 1.12 and zstd 1.5.4: printf 'Grutto\n' | gzip -n9, | zstd -3. */
static const char gzip_grutto[] = "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\x73\x2f\x2a\x2d\x29\xc9"
                                  "\xe7\x02\x00\xcd\x3e\x0d\xde\x07\x00\x00\x00";
static const char zstd_grutto[] =
    "\x28\xb5\x2f\xfd\x04\x58\x39\x00\x00\x47\x72\x75\x74\x74\x6f\x0a\x79\x77\x5d\x84";

static void reads_what_the_tools_write(void **state)
{
	(void)state;
	struct err e;
	AUTO_BUF out = BUF_INIT(100);
	assert_ok(
	    decompress_str(COMPRESS_GZIP, (str){gzip_grutto, sizeof gzip_grutto - 1}, &out, &e),
	    &e);
	assert_ok(
	    decompress_str(COMPRESS_ZSTD, (str){zstd_grutto, sizeof zstd_grutto - 1}, &out, &e),
	    &e);
	assert_str(buf_str(&out), "Grutto\nGrutto\n");
}

/* Text with some repetition, so that compression has something to do. */
static void make_text(struct buf *b, struct rng *rng, size_t n)
{
	assert_non_null(
	    buf_reserve(b, n + 100)); /* it then stays in place while it is copied from */
	while (b->n < n) {
		if (rng_next_u64(rng) % 2 && b->n > 100)
			buf_add(b, (str){b->p + rng_next_u64(rng) % (b->n - 60), 50});
		else
			buf_addf(b, "%08x ", (unsigned)rng_next_u64(rng));
	}
}

static void gives_back_what_it_took(void **state)
{
	(void)state;
	uint64_t seed = 11;
	struct rng rng = rng_seeded(&seed);
	for (size_t i = 0; i < 60; i++) {
		struct err e;
		AUTO_BUF text = BUF_INIT(4 << 20);
		AUTO_BUF packed = BUF_INIT(4 << 20);
		AUTO_BUF back = BUF_INIT(4 << 20);
		make_text(&text, &rng, i < 58 ? rng_next_u64(&rng) % 5000 : 1 << 20);
		str in = i ? buf_str(&text) : STR("");
		enum compress_kind kind = kinds[i % 2];
		assert_ok(compress_str(kind, 0, in, &packed, &e), &e);
		assert_ok(decompress_str(kind, buf_str(&packed), &back, &e), &e);
		if (!str_eq(buf_str(&back), in))
			fail_msg("seed 11, round %zu", i);
		if (in.n > 2000)
			assert_true(packed.n < in.n);
	}
}

static void streams_and_flushes(void **state)
{
	(void)state;
	for (size_t k = 0; k < 2; k++) {
		struct err e;
		struct compressor *c;
		AUTO_BUF packed = BUF_INIT(1 << 20);
		AUTO_BUF back = BUF_INIT(1 << 20);
		assert_ok(compressor_new(kinds[k], 1, sink_buf(&packed), &c, &e), &e);
		struct sink s = compressor_sink(c);
		assert_ok(s.write(s.ctx, STR("first "), &e), &e);
		assert_ok(compressor_flush(c, &e), &e);
		/* what is flushed can be read before the end is there */
		struct decompressor *d;
		str rest = buf_str(&packed);
		char text[20];
		size_t n = 0;
		assert_ok(decompressor_new(kinds[k], source_str(&rest), &d, &e), &e);
		struct source from = decompressor_source(d);
		assert_ok(from.read(from.ctx, text, sizeof text, &n, &e), &e);
		assert_str(((str){text, n}), "first ");
		assert_int_equal(from.read(from.ctx, text, sizeof text, &n, &e), ERR_INVALID);
		decompressor_free(d);
		assert_ok(compressor_write(c, STR("second"), &e), &e);
		assert_ok(compressor_finish(c, &e), &e);
		compressor_free(c);
		/* two members, one behind the other, are one text: RFC 1952 2.2, RFC 8878 3.1 */
		assert_ok(compress_str(kinds[k], 0, STR(" third"), &packed, &e), &e);
		assert_ok(decompress_str(kinds[k], buf_str(&packed), &back, &e), &e);
		assert_str(buf_str(&back), "first second third");
	}
	compressor_free(NULL);
	decompressor_free(NULL);
}

static void refuses_damaged_data(void **state)
{
	(void)state;
	for (size_t k = 0; k < 2; k++) {
		struct err e;
		AUTO_BUF packed = BUF_INIT(10000);
		AUTO_BUF back = BUF_INIT(10000);
		assert_ok(
		    compress_str(kinds[k], 0, STR("aaaaaaaaaaaaaaaaaaaabcdefghij"), &packed, &e),
		    &e);
		for (size_t n = 0; n < packed.n; n++) {
			buf_clear(&back);
			assert_int_equal(
			    decompress_str(kinds[k], (str){packed.p, n}, &back, &e), ERR_INVALID);
			assert_string_equal(e.id, "compress.data");
		}
		buf_addz(&packed, "tail");
		buf_clear(&back);
		assert_int_equal(
		    decompress_str(kinds[k], buf_str(&packed), &back, &e), ERR_INVALID);
		assert_int_equal(
		    decompress_str(kinds[k], STR("hello, world"), &back, &e), ERR_INVALID);
	}
}

static void stops_bombs(void **state)
{
	(void)state;
	for (size_t k = 0; k < 2; k++) {
		struct err e;
		AUTO_BUF zeros = BUF_INIT(8 << 20);
		AUTO_BUF packed = BUF_INIT(8 << 20);
		AUTO_BUF back = BUF_INIT(100000);
		char *p = buf_reserve(&zeros, 8 << 20);
		assert_non_null(p);
		memset(p, 0, 8 << 20);
		zeros.n = 8 << 20;
		assert_ok(compress_str(kinds[k], 0, buf_str(&zeros), &packed, &e), &e);
		assert_true(packed.n < 20000);
		assert_int_equal(decompress_str(kinds[k], buf_str(&packed), &back, &e), ERR_LIMIT);
		AUTO_BUF small = BUF_INIT(10);
		assert_int_equal(compress_str(kinds[k], 0, buf_str(&zeros), &small, &e), ERR_LIMIT);
	}
}

static void survives_failing_allocations(void **state)
{
	(void)state;
	for (size_t k = 0; k < 2; k++) {
		struct err e;
		AUTO_BUF packed = BUF_INIT(1000);
		AUTO_BUF back = BUF_INIT(1000);
		for (int64_t i = 0; i < 3; i++) {
			mem_fail_after(i);
			buf_free(&packed);
			buf_clear(&packed);
			enum err_code code = compress_str(kinds[k], 0, STR("text"), &packed, &e);
			mem_fail_after(-1);
			assert_int_equal(code, i < 2 ? ERR_NOMEM : ERR_OK);
		}
		for (int64_t i = 0; i < 4; i++) {
			buf_free(&back);
			buf_clear(&back);
			mem_fail_after(i);
			enum err_code code = decompress_str(kinds[k], buf_str(&packed), &back, &e);
			mem_fail_after(-1);
			assert_int_equal(code, i < 3 ? ERR_NOMEM : ERR_OK);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(reads_what_the_tools_write),
	    cmocka_unit_test(gives_back_what_it_took),
	    cmocka_unit_test(streams_and_flushes),
	    cmocka_unit_test(refuses_damaged_data),
	    cmocka_unit_test(stops_bombs),
	    cmocka_unit_test(survives_failing_allocations),
	};
	return test_run(tests);
}
