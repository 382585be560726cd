/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What became of each profile that could be brought back: whether it was written, why
 * not, and what its file does not carry; with the words and sentences for that.
 */
#ifndef REPORT_RESTORE_RESTORED_H
#define REPORT_RESTORE_RESTORED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/status.h"
#include "base/sum/digest.h"
#include "compare/finding.h"
#include "mapi/servicename.h"
#include "recovery/recovery.h"
#include "report/restore/regfiletext.h"
#include "snapshot/snapshot.h"

/*
 * Files of one user's hives.  Real hives lost some tens of profiles; made-up ones can hold a
 * deleted profile in each hundred bytes, and a folder with millions of files would be their
 * work, not anybody's wish.  So many are still written in some minutes.
 */
#define RESTORE_MAX_FILES 50000

enum restore_outcome {
	RESTORE_WRITTEN,
	RESTORE_LEFT_OUT, /* nothing has to be done, or it was not asked for */
	RESTORE_REFUSED,  /* it cannot be rebuilt as things are */
};

/* Why a profile was not written: word in the report; why; what can be done, or "". */
#define RESTORE_REASONS(X)                                                               \
	X(RESTORE_NO_REASON, "", "", "")                                                 \
	X(RESTORE_MADE_ANEW, "made_anew", "its service remakes it (inferred)",           \
	  "ask for it with --restore-profile")                                           \
	X(RESTORE_IS_BACK, "is_back", "a later hive has it again", "")                   \
	X(RESTORE_OTHER_STATE, "other_state",                                            \
	  "another state of the same profile is the one to bring back", "")              \
	X(RESTORE_INCOMPLETE, "incomplete",                                              \
	  "parts of it are lost or cannot stand in a .reg file",                         \
	  "--restore-partial writes the rest")                                           \
	X(RESTORE_NAME_TAKEN, "name_taken", "another profile has its name now",          \
	  "choose one with --restore-as")                                                \
	X(RESTORE_NAME_LOST, "name_lost", "its name is lost",                            \
	  "choose one with --restore-as")                                                \
	X(RESTORE_NAME_UNFIT, "name_unfit", "its name cannot stand in a .reg file",      \
	  "choose one with --restore-as")                                                \
	X(RESTORE_LIST_LOST, "list_lost", "it is not known in which list it was", "")    \
	X(RESTORE_CODE_PAGE, "code_page",                                                \
	  "it holds text that a file of version 4 cannot carry", "")                     \
	X(RESTORE_MIXED, "mixed", "remnants of more than one profile may be in it", "")  \
	X(RESTORE_MAY_BE_ALIVE, "may_be_alive", "it may still be there",                 \
	  "choose another name with --restore-as")                                       \
	X(RESTORE_LIST_IS_LINK, "list_is_link",                                          \
	  "its list is a link to another place now", "")                                 \
	X(RESTORE_ELSEWHERE, "elsewhere",                                                \
	  "the last hive has it under another name or in another list",                  \
	  "--restore-as makes a second one")                                             \
	X(RESTORE_LOSS_UNSURE, "loss_unsure",                                            \
	  "it is not sure that it is gone or damaged",                                   \
	  "choose another name with --restore-as")                                       \
	X(RESTORE_CONTENT_UNSURE, "content_unsure",                                      \
	  "it is not certain that it was a profile of that name",                        \
	  "--restore-partial writes it all the same")                                    \
	X(RESTORE_TOO_MANY, "too_many",                                                  \
	  "as many .reg files as one run writes are written already",                    \
	  "ask for it with --restore-profile")

enum restore_reason {
#define X(constant, word, why, remedy) constant,
	RESTORE_REASONS(X)
#undef X
};

#define RESTORE_N_REASONS (RESTORE_TOO_MANY + 1)

/* What the file does not bring back, or not as it was. */
#define RESTORE_LOSSES(X)                                                                \
	X(RESTORE_TIMES, "times",                                                        \
	  "last write times: all keys get the time of the import")                       \
	X(RESTORE_SECURITY, "security",                                                  \
	  "security: all keys inherit that of the list they are put into")               \
	X(RESTORE_CLASS_NAMES, "class_names", "class names, where keys have one")        \
	X(RESTORE_SECRETS, "secrets",                                                    \
	  "secrets are protected by the old account on the old machine, and work only "  \
	  "there")                                                                       \
	X(RESTORE_OST_KEY, "ost_key",                                                    \
	  "an offline file (.ost) opens only with the key kept here, at the same path; " \
	  "where mailbox and key do not agree the client starts a new file")             \
	X(RESTORE_DATA, "data",                                                          \
	  "keys, values and data that are lost: what is known only in part is left "     \
	  "out")                                                                         \
	X(RESTORE_NAMES, "names",                                                        \
	  "keys and values with names that a .reg file cannot carry are left out")       \
	X(RESTORE_NUL, "nul",                                                            \
	  "strings stored without a NUL at the end: Windows Vista and later add one")    \
	X(RESTORE_CONCLUDED, "concluded",                                                \
	  "some overwritten bytes were concluded from the rest of the profile")          \
	X(RESTORE_DOUBTFUL, "doubtful",                                                  \
	  "keys and values of which it is only possible that they were the profile's")

enum restore_loss {
#define X(constant, word, sentence) constant,
	RESTORE_LOSSES(X)
#undef X
};

#define RESTORE_N_LOSSES (RESTORE_DOUBTFUL + 1)

struct restored {
	/* One of both: what it was rebuilt from. */
	const struct finding *finding;
	const struct recovered_profile *recovered;
	const struct snapshot *source; /* in which its keys stand */
	enum restore_outcome outcome;
	enum restore_reason reason;
	const struct servicename *pattern; /* RESTORE_MADE_ANEW: whose it is */
	char *path;			   /* of the file; NULL if none was written */
	struct digest sha256;
	uint64_t n_bytes;	 /* of the file */
	size_t n_keys, n_values; /* in the file, of the profile itself */
	size_t n_left_out;	 /* values and keys that are not, as far as is known */
	bool incomplete;	 /* those, or more than can be counted */
	bool unsure;		 /* all of it may be another profile's */
	bool in_place;		 /* it is there, damaged, and is set back */
	bool replaces;		 /* a file that an earlier run wrote */
	unsigned losses;	 /* bits 1 << enum restore_loss */
};

struct restores {
	struct restored *items; /* in the order of the report */
	size_t n, cap;
	const struct restored **sorted; /* see restored_sort(); NULL before */
	enum regfile_format format;
	size_t n_over; /* not written since RESTORE_MAX_FILES others are */
	/* Those, version 4, or what was asked for by name, cannot be written: exit status 2. */
	bool failed;
};

/* Frees what it holds, not itself; it is empty then. */
void restored_clear(struct restores *restores);

/*
 * Makes restored_of() take steps that do not grow with their number; to be done when
 * there are no more to come.  Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status restored_sort(struct restores *restores);

/*
 * What became of the profile of a finding, or of a recovered one (the other is NULL).
 * Return: borrowed; NULL if nothing, or if restores is NULL.
 */
const struct restored *restored_of(const struct restores *restores,
				   const struct finding *finding,
				   const struct recovered_profile *recovered);

/* Words and sentences of the report; static storage.  That of RESTORE_NO_REASON is NULL. */
const char *restored_outcome_word(enum restore_outcome outcome);
const char *restored_reason_word(enum restore_reason reason);
/* Why it was not written, and what can be done about that; NULL where there is nothing. */
const char *restored_reason_why(enum restore_reason reason);
const char *restored_reason_remedy(enum restore_reason reason);
const char *restored_loss_word(enum restore_loss loss);
const char *restored_loss_sentence(enum restore_loss loss);

#endif
