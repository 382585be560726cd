/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The elements of a report that are looked at, and what of the others is not checked. */
#ifndef VERIFY_VERIFYELEMENT_H
#define VERIFY_VERIFYELEMENT_H

#include <stdbool.h>

#include "verify/verifytally.h"

/* Constant, name, whether its text is wanted. */
#define VERIFYELEMENTS(X)                                                                \
	X(VERIFYELEMENT_ALLOC, "alloc", true)                                            \
	X(VERIFYELEMENT_BASENAME, "basename", true)                                      \
	X(VERIFYELEMENT_BOUND, "bound", false)                                           \
	X(VERIFYELEMENT_BYTE_RUN, "byte_run", false)                                     \
	X(VERIFYELEMENT_CELL, "cellobject", false)                                       \
	X(VERIFYELEMENT_CELLPATH, "cellpath", true)                                      \
	X(VERIFYELEMENT_CHANGE, "change", false)                                         \
	X(VERIFYELEMENT_COMPARISON, "comparison", false)                                 \
	X(VERIFYELEMENT_DATA, "data", true)                                              \
	X(VERIFYELEMENT_DATA_TYPE, "data_type", true)                                    \
	X(VERIFYELEMENT_DELETION, "deletion", false)                                     \
	X(VERIFYELEMENT_EVENT, "event", false)                                           \
	X(VERIFYELEMENT_EVENT_LOG, "event_log", false)                                   \
	X(VERIFYELEMENT_FILENAME, "filename", true)                                      \
	X(VERIFYELEMENT_FILEOBJECT, "fileobject", false)                                 \
	X(VERIFYELEMENT_FILESIZE, "filesize", true)                                      \
	X(VERIFYELEMENT_HASHDIGEST, "hashdigest", true)                                  \
	X(VERIFYELEMENT_HIVE, "hive", false)                                             \
	X(VERIFYELEMENT_HOLDER, "holder", false)                                         \
	X(VERIFYELEMENT_INPUT, "input", false)                                           \
	X(VERIFYELEMENT_LISTING, "listing", false)                                       \
	X(VERIFYELEMENT_LOG, "log", false)                                               \
	X(VERIFYELEMENT_MAPI32, "mapi32", false)                                         \
	X(VERIFYELEMENT_MTIME, "mtime", true)                                            \
	X(VERIFYELEMENT_NAME_TYPE, "name_type", true)                                    \
	X(VERIFYELEMENT_NO_PLACE, "no_place", false)                                     \
	X(VERIFYELEMENT_ORIGINAL, "original_cellobject", false)                          \
	X(VERIFYELEMENT_OTHER_HIVE, "other_hive", false)                                 \
	X(VERIFYELEMENT_PROFILE, "profile", false)                                       \
	X(VERIFYELEMENT_SNAPSHOT, "snapshot", false)                                     \
	X(VERIFYELEMENT_STORE, "store", false)                                           \
	X(VERIFYELEMENT_USER_FOLDER, "user_folder", false)

enum verifyelement {
#define X(constant, name, text) constant,
	VERIFYELEMENTS(X)
#undef X
		VERIFYELEMENT_OTHER
};

/* The one of that name; VERIFYELEMENT_OTHER. */
enum verifyelement verifyelement_of(const char *name);

bool verifyelement_has_text(enum verifyelement element);

/* Counts one of that name as not checked, if it is one of which something is not. */
void verifyelement_leave(struct verifytally *tally, const char *name);

#endif
