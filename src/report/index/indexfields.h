/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A row of the table as the texts of its columns. */
#ifndef REPORT_INDEX_INDEXFIELDS_H
#define REPORT_INDEX_INDEXFIELDS_H

#include "base/filetime.h"
#include "report/index/indexdata.h"

/* The columns in their order: constant, name in the files. */
#define INDEX_FIELDS(X)                                                                  \
	X(INDEX_FIELD_SUBJECT, "subject")                                                \
	X(INDEX_FIELD_SID, "sid")                                                        \
	X(INDEX_FIELD_PROFILE, "profile")                                                \
	X(INDEX_FIELD_KIND, "kind")                                                      \
	X(INDEX_FIELD_FROM, "from")                                                      \
	X(INDEX_FIELD_TO, "to")                                                          \
	X(INDEX_FIELD_MOMENT, "moment")                                                  \
	X(INDEX_FIELD_CERTAINTY, "certainty")                                            \
	X(INDEX_FIELD_TIME_CERTAINTY, "time_certainty")                                  \
	X(INDEX_FIELD_FATE, "fate")                                                      \
	X(INDEX_FIELD_CAUSE, "cause")                                                    \
	X(INDEX_FIELD_GRADE, "grade")                                                    \
	X(INDEX_FIELD_RESTORE, "restore")                                                \
	X(INDEX_FIELD_RESTORE_REASON, "restore_reason")                                  \
	X(INDEX_FIELD_RESTORE_FILE, "restore_file")                                      \
	X(INDEX_FIELD_REPORT, "report")                                                  \
	X(INDEX_FIELD_CHANGE, "change")                                                  \
	X(INDEX_FIELD_ROLE, "role")                                                      \
	X(INDEX_FIELD_PROFILE_UTF16, "profile_utf16")                                    \
	X(INDEX_FIELD_STORE_PATH, "store_path")                                          \
	X(INDEX_FIELD_NEW_NAME, "new_name")                                              \
	X(INDEX_FIELD_NEW_STORE_PATH, "new_store_path")                                  \
	X(INDEX_FIELD_BEFORE_FILE, "before_file")                                        \
	X(INDEX_FIELD_AFTER_FILE, "after_file")                                          \
	X(INDEX_FIELD_NOTE, "note")

enum index_field {
#define X(constant, name) constant,
	INDEX_FIELDS(X)
#undef X
};

#define INDEX_N_FIELDS (INDEX_FIELD_NOTE + 1)

/* A row; the texts point into it, the index or static storage. */
struct index_cells {
	/* Any bytes; NULL: there is nothing. */
	const char *items[INDEX_N_FIELDS];
	char from[FILETIME_TEXT_SIZE], to[FILETIME_TEXT_SIZE], moment[FILETIME_TEXT_SIZE];
	char change[24];
};

/* The name of a column; static storage. */
const char *indexfields_name(enum index_field field);

/* Fills *out, which must not be moved. */
void indexfields_row(const struct index_subject *subject, const struct index_row *row,
		     struct index_cells *out);

#endif
