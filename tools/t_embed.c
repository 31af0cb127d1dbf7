#include "base/test.h"

#include "t_embed_files.h"

#include "base/hash.h"

#include <brotli/decode.h>
#include <stdio.h>
#include <zlib.h>

enum { BIG = 1 << 20 };

static const char *folder; /* of the sources, from the command line */

/* What the file on disk says, read apart from the tool. */
static str on_disk(char *dst, const char *name)
{
	char path[512];
	(void)snprintf(path, sizeof path, "%s/%s", folder, name);
	FILE *f = fopen(path, "rb");
	assert_non_null(f);
	size_t n = fread(dst, 1, BIG, f);
	(void)fclose(f);
	return (str){dst, n};
}

static void keeps_every_byte(void **state)
{
	(void)state;
	char *want = malloc(BIG), *got = malloc(BIG);
	assert_true(want && got);
	assert_int_equal(t_embed_files_n, 3);
	for (size_t i = 0; i < t_embed_files_n; i++) {
		const struct embed_file *f = &t_embed_files[i];
		str disk = on_disk(want, f->path);
		assert_true(str_eq(f->bytes, disk));
		size_t n = BIG;
		assert_int_equal(
		    BrotliDecoderDecompress(f->br.n, (const uint8_t *)f->br.p, &n, (uint8_t *)got),
		    BROTLI_DECODER_RESULT_SUCCESS);
		assert_true(str_eq((str){got, n}, disk));
		z_stream z = {
		    .avail_in = (uInt)f->gz.n, .next_out = (Bytef *)got, .avail_out = BIG};
		z.next_in = (z_const Bytef *)(uintptr_t)f->gz.p;
		assert_int_equal(inflateInit2(&z, 15 + 16), Z_OK);
		assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
		assert_true(str_eq((str){got, z.total_out}, disk));
		assert_int_equal(inflateEnd(&z), Z_OK);
		assert_true(f->br.n < f->bytes.n && f->gz.n < f->bytes.n);
	}
	free(want);
	free(got);
}

static void finds_by_path_and_by_name(void **state)
{
	(void)state;
	for (size_t i = 0; i < t_embed_files_n; i++) {
		const struct embed_file *f = &t_embed_files[i];
		assert_ptr_equal(embed_find(t_embed_files, t_embed_files_n, str_of(f->path)), f);
		assert_ptr_equal(
		    embed_find_name(t_embed_files, t_embed_files_n, str_of(f->name)), f);
		char hex[65];
		sha256_hex(sha256_of(f->bytes), hex);
		assert_string_equal(hex, f->sha256);
		assert_true(str_find(str_of(f->name), (str){hex, 16}) > 0);
		assert_true(str_find(str_of(f->etag), (str){hex, 32}) == 1);
	}
	assert_null(embed_find(t_embed_files, t_embed_files_n, STR("embed.h")));
	assert_null(embed_find_name(t_embed_files, t_embed_files_n, STR("embed.c")));
}

int main(int argc, char **argv)
{
	folder = argc > 1 ? argv[1] : ".";
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(keeps_every_byte),
	    cmocka_unit_test(finds_by_path_and_by_name),
	};
	return test_run(tests);
}
