/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Diagnostics: what was observed about the evidence itself.  They go into the
 * report, so that a reviewer sees there what could not be read and where.
 * Codes are stable words (DIAG_CODES below, documented in the manual of the
 * report); sentences may change.
 *
 * Severity decides the exit status: an error means that something that should
 * be there could not be read whole (status 2); a warning, that something is
 * odd but nothing is known to be lost; info, something worth knowing.
 */
#ifndef BASE_DIAG_H
#define BASE_DIAG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

enum diag_severity { DIAG_INFO, DIAG_WARNING, DIAG_ERROR };

/* One line per code: constant, word in the report, severity. */
#define DIAG_CODES(X)                                                                    \
	X(DIAG_BASE_LOST, "base_lost", DIAG_ERROR)                                       \
	X(DIAG_BASE_CHECKSUM, "base_checksum", DIAG_ERROR)                               \
	X(DIAG_BASE_FIELD, "base_field", DIAG_WARNING)                                   \
	X(DIAG_BASE_VERSION, "base_version", DIAG_WARNING)                               \
	X(DIAG_BASE_DATA_SIZE, "base_data_size", DIAG_ERROR)                             \
	X(DIAG_DIRTY_HIVE, "dirty_hive", DIAG_WARNING)                                   \
	X(DIAG_LOG_REFUSED, "log_refused", DIAG_ERROR)                                   \
	X(DIAG_LOG_CUT, "log_cut", DIAG_ERROR)                                           \
	X(DIAG_LOG_NEWER, "log_newer", DIAG_WARNING)                                     \
	X(DIAG_LOG_LONE, "log_lone", DIAG_WARNING)                                       \
	X(DIAG_LOG_NAME, "log_name", DIAG_WARNING)                                       \
	X(DIAG_STATE_UNWALKABLE, "state_unwalkable", DIAG_INFO)                          \
	X(DIAG_STATES_LEFT_OUT, "states_left_out", DIAG_WARNING)                         \
	X(DIAG_FILE_SHORT, "file_short", DIAG_ERROR)                                     \
	X(DIAG_FILE_TAIL, "file_tail", DIAG_INFO)                                        \
	X(DIAG_BIN_DAMAGED, "bin_damaged", DIAG_ERROR)                                   \
	X(DIAG_BIN_FOREIGN, "bin_foreign", DIAG_ERROR)                                   \
	X(DIAG_BIN_SIGNATURE, "bin_signature", DIAG_WARNING)                             \
	X(DIAG_CELL_DAMAGED, "cell_damaged", DIAG_ERROR)                                 \
	X(DIAG_ROOT_LOST, "root_lost", DIAG_ERROR)                                       \
	X(DIAG_KEY_DAMAGED, "key_damaged", DIAG_ERROR)                                   \
	X(DIAG_KEY_NAME, "key_name", DIAG_WARNING)                                       \
	X(DIAG_KEY_HINT, "key_hint", DIAG_ERROR)                                         \
	X(DIAG_KEY_PARENT, "key_parent", DIAG_WARNING)                                   \
	X(DIAG_KEY_ELSEWHERE, "key_elsewhere", DIAG_WARNING)                             \
	X(DIAG_KEY_REPEATED, "key_repeated", DIAG_ERROR)                                 \
	X(DIAG_KEY_DUPLICATE, "key_duplicate", DIAG_WARNING)                             \
	X(DIAG_KEY_SALVAGED, "key_salvaged", DIAG_WARNING)                               \
	X(DIAG_KEY_TOMBSTONE, "key_tombstone", DIAG_WARNING)                             \
	X(DIAG_LIST_DAMAGED, "list_damaged", DIAG_ERROR)                                 \
	X(DIAG_LIST_COUNT, "list_count", DIAG_WARNING)                                   \
	X(DIAG_LIST_ORDER, "list_order", DIAG_WARNING)                                   \
	X(DIAG_VALUE_LIST, "value_list", DIAG_ERROR)                                     \
	X(DIAG_VALUE_DAMAGED, "value_damaged", DIAG_ERROR)                               \
	X(DIAG_VALUE_DUPLICATE, "value_duplicate", DIAG_WARNING)                         \
	X(DIAG_VALUE_TOMBSTONE, "value_tombstone", DIAG_WARNING)                         \
	X(DIAG_DATA_LOST, "data_lost", DIAG_ERROR)                                       \
	X(DIAG_DATA_SHORT, "data_short", DIAG_ERROR)                                     \
	X(DIAG_DEPTH_LIMIT, "depth_limit", DIAG_ERROR)                                   \
	X(DIAG_COUNT_LIMIT, "count_limit", DIAG_ERROR)                                   \
	X(DIAG_READER_REFUSED, "reader_refused", DIAG_WARNING)                           \
	X(DIAG_READER_DIFFERS, "reader_differs", DIAG_WARNING)                           \
	X(DIAG_READER_NOT_ASKED, "reader_not_asked", DIAG_WARNING)                       \
	X(DIAG_TIME_IMPOSSIBLE, "time_impossible", DIAG_WARNING)                         \
	X(DIAG_ROOT_IS_SUBKEY, "root_is_subkey", DIAG_INFO)                              \
	X(DIAG_STORE_AMBIGUOUS, "store_ambiguous", DIAG_WARNING)                         \
	X(DIAG_KEY_ABSENT, "key_absent", DIAG_WARNING)                                   \
	X(DIAG_SAME_FILE, "same_file", DIAG_WARNING)                                     \
	X(DIAG_AFTER_OLDER, "after_older", DIAG_WARNING)                                 \
	X(DIAG_SUBJECTS_DIFFER, "subjects_differ", DIAG_WARNING)                         \
	X(DIAG_BOUNDS_CONFLICT, "bounds_conflict", DIAG_WARNING)                         \
	X(DIAG_EXPORT_LINE, "export_line", DIAG_ERROR)                                   \
	X(DIAG_EXPORT_KEY, "export_key", DIAG_ERROR)                                     \
	X(DIAG_EXPORT_CUT, "export_cut", DIAG_ERROR)                                     \
	X(DIAG_EXPORT_FOREIGN, "export_foreign", DIAG_WARNING)                           \
	X(DIAG_EXPORT_REPEATED, "export_repeated", DIAG_WARNING)                         \
	X(DIAG_EXPORT_ENCODING, "export_encoding", DIAG_WARNING)                         \
	X(DIAG_EXPORT_JOINED, "export_joined", DIAG_INFO)                                \
	X(DIAG_EXPORT_PART, "export_part", DIAG_INFO)                                    \
	X(DIAG_EXPORT_UNDATED, "export_undated", DIAG_WARNING)                           \
	X(DIAG_ORDER_UNKNOWN, "order_unknown", DIAG_WARNING)                             \
	X(DIAG_WRONG_KIND, "wrong_kind", DIAG_ERROR)                                     \
	X(DIAG_PE_DAMAGED, "pe_damaged", DIAG_ERROR)                                     \
	X(DIAG_PE_NO_VERSION, "pe_no_version", DIAG_WARNING)                             \
	X(DIAG_PE_SIZE_DIFFERS, "pe_size_differs", DIAG_WARNING)                         \
	X(DIAG_LISTING_LINE, "listing_line", DIAG_ERROR)                                 \
	X(DIAG_LISTING_ENCODING, "listing_encoding", DIAG_WARNING)                       \
	X(DIAG_EVENTLOG_DIRTY, "eventlog_dirty", DIAG_INFO)                              \
	X(DIAG_EVENTLOG_WRAPPED, "eventlog_wrapped", DIAG_INFO)                          \
	X(DIAG_EVENTLOG_RECORD, "eventlog_record", DIAG_ERROR)                           \
	X(DIAG_EVENTLOG_GAP, "eventlog_gap", DIAG_ERROR)                                 \
	X(DIAG_EVENTLOG_CLOCK, "eventlog_clock", DIAG_WARNING)                           \
	X(DIAG_EVENTLOG_CHANNEL, "eventlog_channel", DIAG_WARNING)                       \
	X(DIAG_EVENTLOG_UNREAD, "eventlog_unread", DIAG_ERROR)                           \
	X(DIAG_MACHINE_KEY, "machine_key", DIAG_WARNING)                                 \
	X(DIAG_PROFILE_LIST, "profile_list", DIAG_ERROR)                                 \
	X(DIAG_MACHINES_DIFFER, "machines_differ", DIAG_WARNING)                         \
	X(DIAG_OPERAND_UNUSABLE, "operand_unusable", DIAG_ERROR)                         \
	X(DIAG_FOLDER_UNREADABLE, "folder_unreadable", DIAG_ERROR)                       \
	X(DIAG_FOLDER_LOOP, "folder_loop", DIAG_WARNING)                                 \
	X(DIAG_FILE_UNREADABLE, "file_unreadable", DIAG_ERROR)                           \
	X(DIAG_NOT_FOLLOWED, "not_followed", DIAG_INFO)                                  \
	X(DIAG_LEFT_OUT, "left_out", DIAG_WARNING)                                       \
	X(DIAG_ARCHIVE_DAMAGED, "archive_damaged", DIAG_ERROR)                           \
	X(DIAG_ARCHIVE_LIMIT, "archive_limit", DIAG_ERROR)                               \
	X(DIAG_MEMBER_DAMAGED, "member_damaged", DIAG_ERROR)                             \
	X(DIAG_MEMBER_ENCRYPTED, "member_encrypted", DIAG_ERROR)                         \
	X(DIAG_MEMBER_NAME, "member_name", DIAG_WARNING)                                 \
	X(DIAG_MEMBER_REPEATED, "member_repeated", DIAG_WARNING)                         \
	X(DIAG_SUPPRESSED, "suppressed", DIAG_WARNING)

enum diag_code {
#define X(constant, word, severity) constant,
	DIAG_CODES(X)
#undef X
};

/* diag_at(): the observation belongs to no single place in the input. */
#define DIAG_NOWHERE UINT64_MAX

/*
 * A hive of junk could yield a diagnostic per cell; past this number they are
 * only counted, per code, in one item each at the end of the list.
 */
#define DIAG_MAX 1000

struct diag {
	enum diag_code code;
	uint64_t offset; /* bytes from the first byte of the file, or DIAG_NOWHERE */
	char *sentence;	 /* UTF-8, no trailing newline or full stop */
};

/* What was observed of one input (or of a comparison). */
struct diag_list;

/* Gives an empty list, or NULL when out of memory. */
struct diag_list *diag_list_new(void) MUST_CHECK;
void diag_list_free(struct diag_list *list);
void diag_list_freep(struct diag_list **list);

/*
 * Appends an observation.  The sentence may hold any bytes; what is not
 * well-formed UTF-8 or acts on a terminal is made visible.  Never fails: out
 * of memory, the item is counted as suppressed.
 */
void diag_at(struct diag_list *list, enum diag_code code, uint64_t offset,
	     const char *format, ...) PRINTF_LIKE(4, 5);

/* Appends all that the other list has, as if it had been observed again. */
void diag_list_append(struct diag_list *list, const struct diag_list *from);

size_t diag_count(const struct diag_list *list);
/* Item i in the order of observation; borrowed. */
const struct diag *diag_item(const struct diag_list *list, size_t i);

/*
 * Ends the adding: from now on several threads may read the list.  Without it what stands
 * for suppressed ones is made when it is asked for.
 */
void diag_list_share(const struct diag_list *list);

/* The number of observations with this severity or worse, suppressed ones included. */
size_t diag_count_from(const struct diag_list *list, enum diag_severity severity);
/* The number of observations of this code, suppressed ones included. */
size_t diag_count_of(const struct diag_list *list, enum diag_code code);

const char *diag_word(enum diag_code code);
enum diag_severity diag_severity(enum diag_code code);
const char *diag_severity_word(enum diag_severity severity);

#endif
