/* The zip archive of a workbook. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <unistd.h>
#include <zip.h>

#include "base/mem.h"
#include "codec/xlsx_book.h"

enum { OLE_BYTES = 8 };

/* Workbooks before 2007, and those with a password, are compound files. */
static const char ole_mark[] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

struct xlsx_zip {
	zip_t *archive;
	struct xlsx_zip_limits limits;
};

/* A part while it is read. */
struct part {
	zip_file_t *file;
	uint64_t packed, read, most;
	uint32_t max_ratio;
};

static enum err_code no_memory(struct err *e)
{
	return fail(e, ERR_NOMEM, "mem.none", "the system has no memory left");
}

static enum err_code fail_zip(zip_error_t *error, struct err *e)
{
	switch (zip_error_code_zip(error)) {
	case ZIP_ER_MEMORY:
		return no_memory(e);
	case ZIP_ER_NOZIP:
		return fail(e, ERR_INVALID, "xlsx.zip", "this is no .xlsx workbook, or it was cut off (no zip archive)");
	case ZIP_ER_READ:
	case ZIP_ER_SEEK:
	case ZIP_ER_TELL:
		return fail(e, ERR_IO, "io.read", "the workbook cannot be read: %s", zip_error_strerror(error));
	case ZIP_ER_ENCRNOTSUPP:
	case ZIP_ER_NOPASSWD:
		return fail(e, ERR_INVALID, "xlsx.protected", "it is protected with a password: save the workbook without one");
	default:
		return fail(e, ERR_INVALID, "xlsx.zip", "the workbook is damaged: %s", zip_error_strerror(error));
	}
}

/* Takes the source, also on failure. */
static enum err_code open_source(zip_source_t *source, zip_error_t *error, struct xlsx_zip_limits limits,
    struct xlsx_zip **ret_zip, struct err *e)
{
	zip_t *archive = zip_open_from_source(source, ZIP_RDONLY, error);
	if (!archive) {
		zip_source_free(source);
		return fail_zip(error, e);
	}
	struct xlsx_zip *z = mem_alloc(sizeof *z);
	zip_int64_t n = zip_get_num_entries(archive, 0);
	enum err_code code = z ? ERR_OK : no_memory(e);
	if (z && n == 0) /* an empty file is an empty archive to the library */
		code = fail(e, ERR_INVALID, "xlsx.zip", "this is no .xlsx workbook: there is nothing in it");
	else if (z && n > XLSX_READ_PARTS)
		code = fail(e, ERR_LIMIT, "xlsx.parts", "the archive holds more than %d files", XLSX_READ_PARTS);
	if (code != ERR_OK) {
		mem_free(z);
		zip_discard(archive);
		return code;
	}
	*z = (struct xlsx_zip){archive, limits};
	*ret_zip = z;
	return ERR_OK;
}

static enum err_code refuse_ole(str head, struct err *e)
{
	if (head.n >= OLE_BYTES && memcmp(head.p, ole_mark, OLE_BYTES) == 0)
		return fail(e, ERR_INVALID, "xlsx.protected",
		    "the workbook is protected with a password, or in the format before 2007: save it as .xlsx without a password");
	return ERR_OK;
}

enum err_code xlsx_zip_open_str(str bytes, struct xlsx_zip_limits limits, struct xlsx_zip **ret_zip, struct err *e)
{
	zip_error_t error;
	TRY(refuse_ole(bytes, e));
	zip_error_init(&error);
	zip_source_t *source = zip_source_buffer_create(bytes.p, bytes.n, 0, &error);
	enum err_code code = source ? open_source(source, &error, limits, ret_zip, e) : fail_zip(&error, e);
	zip_error_fini(&error);
	return code;
}

enum err_code xlsx_zip_open_fd(int fd, struct xlsx_zip_limits limits, struct xlsx_zip **ret_zip, struct err *e)
{
	zip_error_t error;
	char head[OLE_BYTES];
	ssize_t n = pread(fd, head, sizeof head, 0);
	if (n < 0)
		return fail(e, ERR_IO, "io.read", "a workbook must be a file that can be positioned: %s", strerror(errno));
	TRY(refuse_ole((str){head, (size_t)n}, e));
	int own = fcntl(fd, F_DUPFD_CLOEXEC, 0);
	FILE *f = own >= 0 ? fdopen(own, "rb") : NULL;
	if (!f) {
		(void)fail(e, ERR_IO, "io.open", "the workbook cannot be opened: %s", strerror(errno));
		if (own >= 0)
			(void)close(own);
		return ERR_IO;
	}
	zip_error_init(&error);
	zip_source_t *source = zip_source_filep_create(f, 0, -1, &error);
	enum err_code code = source ? open_source(source, &error, limits, ret_zip, e) : fail_zip(&error, e);
	if (!source)
		(void)fclose(f);
	zip_error_fini(&error);
	return code;
}

void xlsx_zip_close(struct xlsx_zip *z)
{
	if (!z)
		return;
	zip_discard(z->archive);
	mem_free(z);
}

static zip_int64_t locate(struct xlsx_zip *z, const char *name)
{
	return zip_name_locate(z->archive, name, ZIP_FL_NOCASE);
}

bool xlsx_zip_has(struct xlsx_zip *z, const char *name)
{
	return locate(z, name) >= 0;
}

static enum err_code open_part(struct xlsx_zip *z, const char *name, uint64_t most, struct part *ret, struct err *e)
{
	zip_stat_t about;
	zip_int64_t at = locate(z, name);
	if (at < 0)
		return fail(e, ERR_INVALID, "xlsx.part", "it is not in the workbook");
	if (zip_stat_index(z->archive, (zip_uint64_t)at, 0, &about) != 0)
		return fail_zip(zip_get_error(z->archive), e);
	if ((about.valid & ZIP_STAT_ENCRYPTION_METHOD) && about.encryption_method != ZIP_EM_NONE)
		return fail(e, ERR_INVALID, "xlsx.protected", "it is protected with a password: save the workbook without one");
	zip_file_t *file = zip_fopen_index(z->archive, (zip_uint64_t)at, 0);
	if (!file)
		return fail_zip(zip_get_error(z->archive), e);
	*ret = (struct part){
	    .file = file,
	    .packed = (about.valid & ZIP_STAT_COMP_SIZE) ? about.comp_size : 0,
	    .most = most < z->limits.max_part_bytes ? most : z->limits.max_part_bytes,
	    .max_ratio = z->limits.max_ratio,
	};
	return ERR_OK;
}

static enum err_code read_part(void *ctx, char *dst, size_t cap, size_t *ret_n, struct err *e)
{
	struct part *p = ctx;
	zip_int64_t n = zip_fread(p->file, dst, cap);
	if (n < 0)
		return fail_zip(zip_file_get_error(p->file), e);
	p->read += (uint64_t)n;
	if (p->read > p->most)
		return fail(e, ERR_LIMIT, "xlsx.size", "it is larger than %" PRIu64 " bytes unpacked", p->most);
	if (p->read > XLSX_READ_RATIO_FROM && p->read / p->max_ratio > p->packed)
		return fail(e, ERR_LIMIT, "xlsx.ratio", "it unpacks to more than %u times its size", p->max_ratio);
	*ret_n = (size_t)n;
	return ERR_OK;
}

enum err_code xlsx_zip_xml(struct xlsx_zip *z, const char *name, uint64_t most, const struct xml_handler *handler,
    const bool *placed, struct err *e)
{
	struct part part;
	struct err why = {0};
	const struct xml_options options = {.max_text_bytes = XLSX_READ_TEXT_BYTES};
	enum err_code code = open_part(z, name, most, &part, &why);
	if (code == ERR_OK) {
		code = xml_read((struct source){read_part, &part}, &options, handler, &why);
		(void)zip_fclose(part.file);
	}
	if (code == ERR_OK)
		return ERR_OK;
	if (placed && *placed) {
		if (e)
			*e = why;
	} else if (why.line) {
		(void)fail(e, code, why.id, "%s, line %u: %s", name, why.line, why.detail);
	} else {
		(void)fail(e, code, why.id, "%s: %s", name, why.detail);
	}
	return code;
}
