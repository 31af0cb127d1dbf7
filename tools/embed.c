/* embed: files in, C arrays out, each with a brotli-11 and a gzip-9 variant made now, so that the
 * server only chooses. Writes NAME[] and NAME_n (struct embed_file, base/embed.h), sorted by path.
 *
 *   embed NAME FOLDER OUT.c OUT.h FILE…      paths in the table are relative to FOLDER
 *
 * Exit: 0 written, 1 a file cannot be read or written, 2 wrong use. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/hash.h"
#include "base/vec.h"

#include <brotli/encode.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

#define EMBED_FILE_MAX (32U << 20)
#define EMBED_OUT_MAX (512U << 20)
/* A variant must save this share of the bytes, in percent, to be worth its place. */
#define EMBED_SAVING_MIN 5

struct entry {
	str path, name, bytes, br, gz;
	const char *type;
	char sha256[65];
};

static _Noreturn void die(const char *file, const char *what)
{
	(void)fprintf(stderr, "embed: %s: %s\n", file, what);
	exit(1);
}

static const char *media_type(str path)
{
	static const struct {
		const char *ending, *type;
	} types[] = {
	    {".css", "text/css; charset=utf-8"},
	    {".js", "text/javascript; charset=utf-8"},
	    {".mjs", "text/javascript; charset=utf-8"},
	    {".json", "application/json"},
	    {".svg", "image/svg+xml"},
	    {".html", "text/html; charset=utf-8"},
	    {".txt", "text/plain; charset=utf-8"},
	    {".md", "text/markdown; charset=utf-8"},
	    {".csv", "text/csv; charset=utf-8"},
	    {".yaml", "application/yaml"},
	    {".xml", "application/xml"},
	    {".webmanifest", "application/manifest+json"},
	    {".png", "image/png"},
	    {".jpg", "image/jpeg"},
	    {".ico", "image/x-icon"},
	    {".woff2", "font/woff2"},
	};
	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (str_ends(path, str_of(types[i].ending)))
			return types[i].type;
	return "application/octet-stream";
}

static str keep(struct arena *a, const char *file, str s)
{
	str copy = arena_str(a, s);
	if (!copy.p)
		die(file, "out of memory");
	return copy;
}

static str read_file(struct arena *a, const char *file)
{
	FILE *f = fopen(file, "rb");
	if (!f)
		die(file, strerror(errno));
	AUTO_BUF b = BUF_INIT(EMBED_FILE_MAX);
	char piece[16384];
	size_t n;
	while ((n = fread(piece, 1, sizeof piece, f)) > 0)
		buf_add(&b, (str){piece, n});
	bool bad = ferror(f) != 0;
	(void)fclose(f);
	struct err e = {0};
	if (bad || buf_check(&b, &e) != ERR_OK)
		die(file, bad ? "cannot be read" : e.detail);
	return keep(a, file, buf_str(&b));
}

static str worth_it(str original, str packed)
{
	return packed.n * 100 <= original.n * (100 - EMBED_SAVING_MIN) ? packed : STR_NONE;
}

static str brotli(struct arena *a, const char *file, str bytes)
{
	size_t n = BrotliEncoderMaxCompressedSize(bytes.n);
	uint8_t *out = arena_alloc(a, n ? n : 1);
	if (!out)
		die(file, "out of memory");
	if (!BrotliEncoderCompress(BROTLI_MAX_QUALITY, BROTLI_MAX_WINDOW_BITS, BROTLI_DEFAULT_MODE,
	        bytes.n, (const uint8_t *)bytes.p, &n, out))
		die(file, "brotli failed");
	return worth_it(bytes, (str){(const char *)out, n});
}

/* The gzip header carries neither time nor name: the same input gives the same output. */
static str gzip(struct arena *a, const char *file, str bytes)
{
	enum { GZIP_WINDOW = 15 + 16, MEM_LEVEL = 9 };
	z_stream z = {0};
	if (deflateInit2(&z, Z_BEST_COMPRESSION, Z_DEFLATED, GZIP_WINDOW, MEM_LEVEL,
	        Z_DEFAULT_STRATEGY) != Z_OK)
		die(file, "gzip failed");
	size_t cap = deflateBound(&z, bytes.n);
	char *in = arena_cstr(a, bytes), *out = arena_alloc(a, cap);
	if (!in || !out)
		die(file, "out of memory");
	z.next_in = (Bytef *)in;
	z.avail_in = (uInt)bytes.n;
	z.next_out = (Bytef *)out;
	z.avail_out = (uInt)cap;
	if (deflate(&z, Z_FINISH) != Z_STREAM_END)
		die(file, "gzip failed");
	str packed = {out, z.total_out};
	(void)deflateEnd(&z);
	return worth_it(bytes, packed);
}

/* "style/site.css" -> "style/site.0123456789abcdef.css" */
static str fingerprinted(struct arena *a, const char *file, const struct entry *x)
{
	size_t dot = x->path.n;
	for (size_t i = 0; i < x->path.n; i++) {
		if (x->path.p[i] == '/')
			dot = x->path.n;
		else if (x->path.p[i] == '.')
			dot = i;
	}
	str stem = str_sub(x->path, 0, dot), ending = str_sub(x->path, dot, x->path.n);
	str name = arena_fmt(a, "%.*s.%.16s%.*s", STR_ARG(stem), x->sha256, STR_ARG(ending));
	if (!name.p)
		die(file, "out of memory");
	return name;
}

static void load(struct arena *a, const char *folder, const char *file, struct entry *x)
{
	str path = str_of(file), prefix = str_of(folder);
	if (str_starts(path, prefix) && path.n > prefix.n && path.p[prefix.n] == '/')
		path = str_sub(path, prefix.n + 1, path.n);
	else if (prefix.n)
		die(file, "is not below the folder given");
	x->path = keep(a, file, path);
	x->type = media_type(path);
	x->bytes = read_file(a, file);
	sha256_hex(sha256_of(x->bytes), x->sha256);
	x->name = fingerprinted(a, file, x);
	x->br = brotli(a, file, x->bytes);
	x->gz = gzip(a, file, x->bytes);
}

static int by_path(const void *l, const void *r)
{
	return str_cmp(((const struct entry *)l)->path, ((const struct entry *)r)->path);
}

/* As a string literal, which compilers read much faster than lists of numbers; three octal digits
 * always, so that a digit behind them cannot join. The array leaves out the literal's final NUL. */
static void add_array(struct buf *b, size_t index, const char *suffix, str s)
{
	if (!s.p)
		return;
	buf_addf(b, "static const char f%zu_%s[%zu] =\n\"", index, suffix, s.n ? s.n : 1);
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c >= 0x20 && c < 0x7f && c != '"' && c != '\\' && c != '?')
			buf_addc(b, (char)c);
		else
			buf_addf(b, "\\%03o", c);
		if (i % 100 == 99)
			buf_addz(b, "\"\n\"");
	}
	buf_addz(b, "\";\n");
}

static void add_view(struct buf *b, size_t index, const char *suffix, str s)
{
	if (s.p)
		buf_addf(b, "{f%zu_%s, %zu}", index, suffix, s.n);
	else
		buf_addz(b, "{NULL, 0}");
}

static void add_source(struct buf *b, const char *table, const struct entry *x, size_t n)
{
	buf_addz(b, "/* Made by tools/embed. */\n#include \"base/embed.h\"\n"
	            "#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n");
	buf_addf(
	    b, "extern const struct embed_file %s[];\nextern const size_t %s_n;\n", table, table);
	for (size_t i = 0; i < n; i++) {
		add_array(b, i, "raw", x[i].bytes);
		add_array(b, i, "br", x[i].br);
		add_array(b, i, "gz", x[i].gz);
	}
	buf_addf(b, "const struct embed_file %s[] = {\n", table);
	for (size_t i = 0; i < n; i++) {
		buf_addf(b,
		    "\t{\"%.*s\", \"%.*s\", \"%s\", \"\\\"%.32s\\\"\",\n\t    \"%s\",\n\t    ",
		    STR_ARG(x[i].path), STR_ARG(x[i].name), x[i].type, x[i].sha256, x[i].sha256);
		add_view(b, i, "raw", x[i].bytes);
		buf_addz(b, ", ");
		add_view(b, i, "br", x[i].br);
		buf_addz(b, ", ");
		add_view(b, i, "gz", x[i].gz);
		buf_addz(b, "},\n");
	}
	buf_addf(b, "};\nconst size_t %s_n = %zu;\n", table, n);
}

static void add_header(struct buf *b, const char *table)
{
	buf_addf(b,
	    "#pragma once\n/* Made by tools/embed. */\n#include \"base/embed.h\"\n\n"
	    "extern const struct embed_file %s[];\nextern const size_t %s_n;\n",
	    table, table);
}

static void write_file(const char *path, const struct buf *b)
{
	struct err e = {0};
	if (buf_check(b, &e) != ERR_OK)
		die(path, e.detail);
	FILE *f = fopen(path, "wb");
	bool whole = f && fwrite(b->p, 1, b->n, f) == b->n;
	if (f && fclose(f) != 0)
		whole = false;
	if (!whole)
		die(path, strerror(errno));
}

int main(int argc, char **argv)
{
	enum { NAME = 1, FOLDER, SOURCE, HEADER, FILES };
	if (argc <= FILES) {
		(void)fputs("usage: embed NAME FOLDER OUT.c OUT.h FILE...\n", stderr);
		return 2;
	}
	AUTO_ARENA a = arena_new(ARENA_NO_LIMIT);
	size_t n = (size_t)(argc - FILES);
	struct entry *entries = a ? ARENA_ARRAY(a, n, struct entry) : NULL;
	if (!entries)
		die(argv[SOURCE], "out of memory");
	for (size_t i = 0; i < n; i++)
		load(a, argv[FOLDER], argv[FILES + i], &entries[i]);
	qsort(entries, n, sizeof *entries, by_path);
	for (size_t i = 1; i < n; i++)
		if (str_eq(entries[i].path, entries[i - 1].path))
			die(argv[SOURCE], "two files have the same path");
	AUTO_BUF source = BUF_INIT(EMBED_OUT_MAX);
	AUTO_BUF header = BUF_INIT(EMBED_OUT_MAX);
	add_source(&source, argv[NAME], entries, n);
	add_header(&header, argv[NAME]);
	write_file(argv[SOURCE], &source);
	write_file(argv[HEADER], &header);
	return 0;
}
