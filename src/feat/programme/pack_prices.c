/* The files of the folder prices. What stands in them is checked by the slice that reads them. */
#include "feat/programme/pack.h"

#include <stdlib.h>

static int by_name(const void *a, const void *b)
{
	return str_cmp(((const struct pack_file *)a)->name, ((const struct pack_file *)b)->name);
}

static bool is_data(str name)
{
	return name.n && name.p[0] != '.' && (str_ends(name, STR(".csv")) || str_ends(name, STR(".json")) || str_ends(name, STR(".xml")));
}

static enum err_code read_one(struct pack_reader *r, struct pack_file *f, bool *ret_there, struct err *e)
{
	char path[PACK_PATH_MAX * 4];
	AUTO_BUF text = BUF_INIT(PACK_FILE_BYTES);
	(void)snprintf(path, sizeof path, "prices/%.*s", STR_ARG(pack_show(f->name)));
	TRY(pack_read_file(r, path, &text, ret_there, e));
	if (*ret_there)
		f->text = arena_str(r->a, buf_str(&text));
	return !*ret_there || f->text.p ? ERR_OK : arena_fail(r->a, e);
}

enum err_code pack_read_prices(struct pack_reader *r, struct err *e)
{
	str *names = NULL;
	size_t n = 0, kept = 0;
	if (!r->files.list)
		return ERR_OK;
	TRY(r->files.list(r->files.ctx, "prices", r->a, &names, &n, e));
	struct pack_file *files = ARENA_ARRAY(r->a, n, struct pack_file);
	if (!files)
		return arena_fail(r->a, e);
	for (size_t i = 0; i < n; i++)
		if (is_data(names[i]))
			files[kept++] = (struct pack_file){.name = names[i]};
	if (kept)
		qsort(files, kept, sizeof *files, by_name); /* so that the hash of the pack does not depend on the disk */
	size_t read = 0;
	for (size_t i = 0; i < kept; i++) {
		bool there = false;
		TRY(read_one(r, &files[i], &there, e));
		if (there)
			files[read++] = files[i];
	}
	r->p->prices = files;
	r->p->n_prices = read;
	return ERR_OK;
}

const struct pack_file *pack_price_files(const struct pack *p, size_t *ret_n)
{
	*ret_n = p->n_prices;
	return p->prices;
}
