#pragma once
/* The SQL compiler's parts: reading .sql files, checking them against the schema, writing C. */
#include "base/arena.h"
#include "base/hash.h"
#include "base/vec.h"

enum { SQLC_BOTH = -1, SQLC_SQLITE = 0, SQLC_POSTGRES = 1, SQLC_ENGINES = 2 };

#define SQLC_FILE_MAX (1U << 20)  /* bytes of one .sql file */
#define SQLC_SLOTS_MAX 96         /* as DB_COLUMNS_MAX in db/db.h */
#define SQLC_TEXT_MAX (64U << 20) /* bytes of one output */
#define SQLC_MIGRATIONS_MAX 9999

enum sqlc_kind { SQLC_ONE, SQLC_MANY, SQLC_EXEC };

/* A type of the annotations; see the table in sqlc_read.c. */
struct sqlc_type {
	const char *name, *constant, *ctype, *copt, *bind, *bind_opt, *read, *read_opt;
	const char *storage; /* SQLite's column type */
	bool text;           /* to be copied into the arena */
};

struct sqlc_slot {
	const char *name;
	const struct sqlc_type *type;
	bool nullable;
};

struct sqlc_slots {
	struct sqlc_slot p[SQLC_SLOTS_MAX];
	uint32_t n;
};

struct sqlc_stmt {
	const char *name;
	enum sqlc_kind kind;
	const char *file; /* as given, for messages */
	const char *path; /* below the root */
	uint32_t line;
	struct sqlc_slots in, out;
	str text[SQLC_ENGINES]; /* in each engine's words; .p NULL: none */
	uint32_t text_line[SQLC_ENGINES];
	str common; /* of both engines, while the file is read */
	uint32_t common_line;
};

struct sqlc_migration {
	uint32_t version;
	const char *name;
	str sql[SQLC_ENGINES];
	const char *file[SQLC_ENGINES];
	char sha256[65];
};

struct sqlc {
	struct arena *a;
	const char *root;
	uint32_t faults;
	/* "-- schema: NAME": tables for the statements of a test, beside those of the migrations.
	 */
	const char *schema_name;
	str schema[SQLC_ENGINES];
	uint32_t schema_line;
	VEC(struct sqlc_stmt) stmts;
	VEC(struct sqlc_migration) migrations;
	VEC(const char *) deps; /* files and folders looked at */
};

/* Print "file:line: what" to standard error and count it. */
void sqlc_fault(struct sqlc *q, const char *file, uint32_t line, const char *fmt, ...)
    PRINTF_LIKE(4, 5);
/* Without memory: say so and end the compiler. */
_Noreturn void sqlc_out_of_memory(void);

/* ---- sqlc_token.c ---- */
enum sqlc_token_kind {
	TOKEN_END,
	TOKEN_SPACE,
	TOKEN_WORD,
	TOKEN_STRING,
	TOKEN_BLOB,
	TOKEN_PARAM,
	TOKEN_OTHER
};
struct sqlc_token {
	enum sqlc_token_kind kind;
	str s;
};
/* Take one token off *rest; a comment is TOKEN_SPACE. */
struct sqlc_token sqlc_next_token(str *rest);
/* White space to single blanks, comments and the last semicolon dropped. */
str sqlc_squeeze(struct sqlc *q, str sql);
/* A statement, or with migration a schema text, in PostgreSQL's words. */
str sqlc_to_postgres(struct sqlc *q, str sql, bool migration);

/* ---- sqlc_read.c ---- */
str sqlc_read_file(struct sqlc *q, const char *path);
void sqlc_read_statements(struct sqlc *q, const char *path);
/* Every *.sql below root/db and root/feat/X outside migrate folders, sorted by path. */
void sqlc_read_all_statements(struct sqlc *q);
/* Every migration below root/db/migrate and root/feat/X/migrate, sorted, without gaps. */
void sqlc_read_migrations(struct sqlc *q);

/* ---- sqlc_check.c ---- */
/* Apply the migrations to an empty database and prepare every statement against it. */
void sqlc_check(struct sqlc *q);

/* ---- sqlc_write.c ---- */
void sqlc_write_header(struct sqlc *q, const char *path);
void sqlc_write_source(struct sqlc *q, const char *path, const char *header);
void sqlc_write_migrations(struct sqlc *q, const char *path);
void sqlc_write_registry(struct sqlc *q, const char *path);
void sqlc_write_deps(struct sqlc *q, const char *path, const char *target);
