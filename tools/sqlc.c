/* sqlc: SQL in, C out. Applies all migrations to an empty database in memory, prepares every
 * statement against it, and writes typed functions, so that a misspelt column or a wrong type fails
 * the build.
 *
 *   sqlc --root SRC [--depfile D] FILE.sql OUT.h OUT.c     functions of one file
 *   sqlc --root SRC [--depfile D] --migrations OUT.c       table of all migrations (db/migrate.h)
 *   sqlc --root SRC [--depfile D] --registry OUT.c         table of all statements (db/registry.h)
 *
 * Exit: 0 written, 1 faults (each as file:line: sentence), 2 wrong use. */
#include "sqlc.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void sqlc_fault(struct sqlc *q, const char *file, uint32_t line, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	if (line)
		(void)fprintf(stderr, "%s:%u: ", file, line);
	else
		(void)fprintf(stderr, "%s: ", file);
	(void)vfprintf(stderr, fmt, ap);
	(void)fputc('\n', stderr);
	va_end(ap);
	q->faults++;
}

_Noreturn void sqlc_out_of_memory(void)
{
	(void)fputs("sqlc: out of memory\n", stderr);
	exit(1);
}

struct options {
	const char *root, *depfile, *migrations, *registry;
	const char *files[3];
	int n_files;
};

static bool read_options(int argc, char **argv, struct options *o)
{
	for (int i = 1; i < argc; i++) {
		const char **value = NULL;
		if (strcmp(argv[i], "--root") == 0)
			value = &o->root;
		else if (strcmp(argv[i], "--depfile") == 0)
			value = &o->depfile;
		else if (strcmp(argv[i], "--migrations") == 0)
			value = &o->migrations;
		else if (strcmp(argv[i], "--registry") == 0)
			value = &o->registry;
		if (value) {
			if (++i == argc)
				return false;
			*value = argv[i];
		} else if (argv[i][0] == '-' || o->n_files == 3) {
			return false;
		} else {
			o->files[o->n_files++] = argv[i];
		}
	}
	return o->root && o->n_files == (o->migrations || o->registry ? 0 : 3);
}

/* How the source includes its header: its place below the root, as the input's. */
static const char *header_name(struct sqlc *q)
{
	const char *path = q->stmts.n ? q->stmts.p[0].path : "";
	str name = arena_fmt(q->a, "%s.h", path);
	if (!name.p)
		sqlc_out_of_memory();
	return name.p;
}

static void compile(struct sqlc *q, const struct options *o)
{
	sqlc_read_migrations(q);
	if (o->registry)
		sqlc_read_all_statements(q);
	else if (o->n_files)
		sqlc_read_statements(q, o->files[0]);
	if (o->n_files && q->stmts.n == 0 && q->faults == 0)
		sqlc_fault(q, o->files[0], 0, "has no '-- name:'");
	sqlc_check(q);
	if (q->faults)
		return;
	if (o->migrations)
		sqlc_write_migrations(q, o->migrations);
	if (o->registry)
		sqlc_write_registry(q, o->registry);
	if (o->n_files) {
		sqlc_write_header(q, o->files[1]);
		sqlc_write_source(q, o->files[2], header_name(q));
	}
	if (o->depfile)
		sqlc_write_deps(q, o->depfile,
		    o->migrations ? o->migrations
		    : o->registry ? o->registry
		                  : o->files[1]);
}

int main(int argc, char **argv)
{
	struct options o = {0};
	if (!read_options(argc, argv, &o)) {
		(void)fputs("usage: sqlc --root SRC [--depfile D] FILE.sql OUT.h OUT.c | "
		            "--migrations OUT.c | "
		            "--registry OUT.c\n",
		    stderr);
		return 2;
	}
	AUTO_ARENA a = arena_new(ARENA_NO_LIMIT);
	struct sqlc q = {.a = a, .root = o.root};
	if (!a)
		sqlc_out_of_memory();
	compile(&q, &o);
	return q.faults ? 1 : 0;
}
