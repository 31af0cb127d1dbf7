#pragma once
/* Reading an activity file: SAX events of codec/xml.h become struct ia_activity, one after the other. */
#include "codec/xml.h"
#include "feat/iati/model.h"

/* Where what is read goes. Both are called on the reading thread. */
struct parse_out {
	/* The arena for the next activity (its limit bounds the activity) and the one for notes. */
	struct arena *arena;
	struct arena *notes;
	/* A complete, faultless enough activity, in out->arena. */
	enum err_code (*activity)(void *ctx, struct ia_activity *a, struct err *e);
	/* A fault; in out->notes. */
	enum err_code (*note)(void *ctx, const struct ia_note *n, struct err *e);
	/* After each activity, good or bad: the callee may exchange the arenas. */
	enum err_code (*step)(void *ctx, struct err *e);
	void *ctx;
};

struct parse_result {
	uint64_t read, bad;
	bool whole;	 /* read to the end */
	char version[8]; /* as stated, "" when the root was not reached */
};

/* Read a file. What is wrong with it becomes notes, the last of level IATI_FILE when it could not be read to
 * its end; only failures of the source, the callbacks and memory are errors. */
enum err_code iati_parse(struct source from, const char *file, struct parse_out *out,
    struct parse_result *ret_result, struct err *e) WARN_UNUSED;
