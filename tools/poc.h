#pragma once
/* Parts of poc, the message compiler: sources (poc_source.c), .po files (poc_po.c), checks and
 * tables (poc.c). */
#include "base/arena.h"
#include "base/buf.h"
#include "base/map.h"
#include "base/vec.h"

enum {
	POC_LANGS = 5, /* languages but English, in the order of enum lang */
	POC_FORMS_MAX = 6,
	POC_FILE_MAX_BYTES = 4 << 20,
	POC_ARENA_MAX_BYTES = 256 << 20,
	POC_FAULTS_SHOWN = 200,
};

struct poc_lang {
	const char *code, *name;
	size_t plurals;
	bool senders; /* only what those who send money home see must be translated; else everything */
};
extern const struct poc_lang poc_langs[POC_LANGS];

struct poc_place {
	const char *file;
	uint32_t line;
};

/* A message as a source uses it. */
struct poc_use {
	str one, many; /* many.p NULL: no plural */
	struct poc_place at;
};

/* An entry of a .po file. */
struct poc_entry {
	str id, id_plural; /* id_plural.p NULL: none */
	str text[POC_FORMS_MAX];
	size_t n_texts;
	bool fuzzy, used;
	struct poc_place at;
	int lang;
};

struct poc {
	struct arena *a;
	VEC(struct poc_use) uses;
	VEC(struct poc_entry) entries;
	size_t faults;
};

/* Print "file:line: …" on standard error and count it. */
void poc_fault(struct poc *p, struct poc_place at, const char *fmt, ...) PRINTF_LIKE(3, 4);
/* Collect the messages of a .tpl (template) or C source. */
enum err_code poc_read_source(
    struct poc *p, const char *file, str text, bool template, struct err *e) WARN_UNUSED;
/* Read a .po file. */
enum err_code poc_read_po(
    struct poc *p, const char *file, int lang, str text, struct err *e) WARN_UNUSED;
/* Read one or more adjacent C string literals at *at, which moves behind them; STR_NONE when there
 * is none or it is malformed. Escapes: \" \\ \n \t \ooo. */
str poc_literals(struct poc *p, str s, size_t *at, uint32_t *line);
