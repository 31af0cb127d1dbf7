#pragma once
/* An activity as a file states it, on its way into the store: rows as the tables of the register have
 * them, all in the arena of a batch. Absent text has .p NULL, absent numbers are INT_NONE. */
#include "base/date.h"
#include "base/hash.h"
#include "base/uid.h"
#include "base/vec.h"
#include "feat/iati/iati.h"
#include "feat/register/register.h"

#define INT_NONE INT64_MIN

/* An organisation as it is named in one place; equal ones become one row. */
struct ia_org {
	str ref, name, type;
};

struct ia_text {
	str field; /* "title", "description", "transaction" …, static */
	str type;  /* DescriptionType, or the seq of the row that it belongs to */
	str lang, text;
};

/* A country, region or sector: of the activity (tx 0) or of a transaction. */
struct ia_share {
	uint32_t tx;
	str vocabulary, code, percentage;
};

struct ia_marker {
	str kind, vocabulary, code, significance, type, name;
};

struct ia_participant {
	struct ia_org org;
	int64_t role;
	str activity_ref;
};

/* Minor units and a currency of three letters, "" when neither the value nor the activity names one. */
struct ia_value {
	int64_t minor;
	char currency[4];
	date day;
};

struct ia_budget {
	bool planned_disbursement;
	int64_t type, status;
	date start, end;
	struct ia_value value;
};

struct ia_transaction {
	str ref, description, provider_activity, receiver_activity, aid_type, finance_type;
	int64_t type;
	date day;
	struct ia_value value;
	struct ia_org provider, receiver;
	bool has_provider, has_receiver;
};

struct ia_location {
	str ref, name;
	double latitude, longitude;
	bool has_point;
};

struct ia_document {
	str url, format, title, category, lang;
	date day;
};

struct ia_related {
	int64_t type;
	str ref;
};

struct ia_identifier {
	str ref, type;
};

struct ia_indicator {
	uint32_t result_no;
	int64_t result_type, measure, ascending;
	str result_title, title, ref_vocabulary, ref_code;
};

struct ia_indicator_value {
	uint32_t indicator_no; /* from 1 */
	str dimension, baseline, target, actual;
	int64_t baseline_year;
	date start, end;
};

struct ia_activity {
	uint32_t line;
	str key, lang, title, title_lang, description;
	char currency[4];
	sha256 hash; /* of all that is read of it */
	int64_t status, hierarchy, humanitarian, last_updated_ms;
	str collaboration_type, flow_type, finance_type, aid_type, tied_status, scope;
	date planned_start, actual_start, planned_end, actual_end;
	struct ia_org reporting;
	uint64_t bytes_hint; /* memory it takes */
	VEC(struct ia_text) texts;
	VEC(struct ia_participant) participants;
	VEC(struct ia_share) countries;
	VEC(struct ia_share) regions;
	VEC(struct ia_share) sectors;
	VEC(struct ia_marker) markers;
	VEC(struct ia_budget) budgets;
	VEC(struct ia_transaction) transactions;
	VEC(struct ia_location) locations;
	VEC(struct ia_document) documents;
	VEC(struct ia_related) related;
	VEC(struct ia_identifier) identifiers;
	VEC(struct ia_indicator) indicators;
	VEC(struct ia_indicator_value) values;
	uint32_t results;
	uint32_t periods;
	struct register_words words; /* for the full-text index; in the batch's arena of notes */
};

/* A fault on its way to the caller; activity and detail are in the batch's arena of notes. */
struct ia_note {
	enum iati_level level;
	uint32_t line;
	str activity;
	const char *id, *done;
	str detail;
};

/* What travels from the reading thread to the storing one. */
struct ia_batch {
	struct arena *arena; /* activities */
	struct arena *notes_arena; /* what is not bounded by the size of one activity */
	VEC(struct ia_activity *) activities;
	VEC(struct ia_note) notes;
	uint64_t read, bad, elements, faults; /* since the batch before */
	bool last;
	bool whole;	 /* with last: the file was read to its end */
	sha256 file_hash; /* with last */
	uint64_t bytes;	  /* with last: of the file */
	char version[8];  /* with last: of the standard, "" when it got that far not */
	struct err err;	  /* with last: a failure that is not the file's fault */
};
