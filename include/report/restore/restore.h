/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Bringing profiles back: a .reg file for each profile that is gone or
 * damaged, as far as it can be rebuilt.  What such a file cannot carry is
 * declared in it and in the report.
 */
#ifndef REPORT_RESTORE_RESTORE_H
#define REPORT_RESTORE_RESTORE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/digest.h"
#include "base/failure.h"
#include "base/stage.h"
#include "base/status.h"
#include "compare/series.h"
#include "machine/companions.h"
#include "report/restore/regfile.h"

struct restore_options {
	const char *folder; /* made if it is not there */
	enum regfile_format format;
	const char *root;	  /* "HKEY_USERS\\.DEFAULT"; NULL: by whose hive it is */
	const char *as;		  /* another name for the one profile; or NULL */
	const char *const *names; /* only these, those of services too */
	size_t n_names;
	bool partial;	     /* write incomplete ones too */
	uint64_t started_ft; /* FILETIME, for the comment */
	struct stage *stage; /* told how far it is; NULL: nobody */
};

enum restore_outcome {
	RESTORE_WRITTEN,
	RESTORE_LEFT_OUT, /* nothing has to be done, or it was not asked for */
	RESTORE_REFUSED,  /* it cannot be rebuilt as things are */
};

/* Why a profile was not written: word in the report; why; what can be done, or "". */
#define RESTORE_REASONS(X)                                                               \
	X(RESTORE_NO_REASON, "", "", "")                                                 \
	X(RESTORE_MADE_ANEW, "made_anew", "its service makes it anew",                   \
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
	  "it holds text that a file of version 4 cannot carry", "")

enum restore_reason {
#define X(constant, word, why, remedy) constant,
	RESTORE_REASONS(X)
#undef X
};

#define RESTORE_N_REASONS (RESTORE_CODE_PAGE + 1)

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
	  "some overwritten bytes were concluded from the rest of the profile")

enum restore_loss {
#define X(constant, word, sentence) constant,
	RESTORE_LOSSES(X)
#undef X
};

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
	bool in_place;		 /* it is there, damaged, and is set back */
	unsigned losses;	 /* bits 1 << enum restore_loss */
};

struct restores {
	struct restored *items; /* in the order of the report */
	size_t n, cap;
	enum regfile_format format;
	/* Version 4, or what was asked for by name, cannot be written: exit status 2. */
	bool failed;
};

/*
 * Writes the files, all of them or none.  evidence are files beside which nothing
 * is written.
 * Return: STATUS_OK and *out filled (to be cleared); STATUS_NOMEM; STATUS_IO or
 * STATUS_UNSUPPORTED (the options do not fit what was found) with *failure set.
 */
MUST_CHECK enum status restore_write(const struct series *series,
				     const struct servicenames *names,
				     const struct restore_options *options,
				     const char *const *evidence, size_t n_evidence,
				     struct restores *out, struct failure *failure);
void restores_clear(struct restores *restores);

/* What became of the profile of a finding, or of a recovered one; NULL if nothing. */
const struct restored *restore_of(const struct restores *restores,
				  const struct finding *finding,
				  const struct recovered_profile *recovered);

const char *restore_outcome_word(enum restore_outcome outcome);
const char *restore_reason_word(enum restore_reason reason);
/* Why it was not written, and what can be done about that; NULL where there is nothing. */
const char *restore_reason_why(enum restore_reason reason);
const char *restore_reason_remedy(enum restore_reason reason);
const char *restore_loss_word(enum restore_loss loss);
const char *restore_loss_sentence(enum restore_loss loss);
#define RESTORE_N_LOSSES (RESTORE_CONCLUDED + 1)

#endif
