/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What caused the loss of profiles: every known cause is weighed by conditions,
 * each met, not met or unknown, with its evidence.  The grade follows from
 * them by one rule, which wmsdiff(1), CAUSES prints.  Facts and where they
 * come from: the tables in src/case and the comments beside them.
 */
#ifndef CAUSE_INCIDENT_H
#define CAUSE_INCIDENT_H

#include <stddef.h>
#include <stdint.h>

#include "base/basis.h"
#include "base/status.h"
#include "cause/holder.h"
#include "cause/sign.h"
#include "compare/series.h"
#include "machine/companions.h"

enum cause {
	CAUSE_KB_817375, /* the fault of Mapi32.dll on Exchange 2000 */
	CAUSE_KB_818861, /* its sibling of Exchange 5.5 on a terminal server */
	CAUSE_KB_303221, /* the same class with Outlook or Exchange 2000 there */
	CAUSE_USER_DELETION,
	CAUSE_REMOVE_ALL,     /* a script or set-up that removes all profiles */
	CAUSE_OFFICE_UPGRADE, /* profiles copied to the place of a newer Outlook */
	CAUSE_FIRST_RUN,      /* a roaming profile replaced: "BACKUP OF ..." */
	CAUSE_SESSION_END,    /* a service's session ended: expected */
	CAUSE_ROLLED_BACK,    /* the later hive is an older state */
	CAUSE_WRONG_PAIR,     /* the hives are not one subject's */
};

enum grade {
	GRADE_SUPPORTED,    /* all necessary and telling conditions are met */
	GRADE_POSSIBLE,	    /* more telling conditions are met than not met */
	GRADE_UNDETERMINED, /* none of the telling ones is known */
	GRADE_UNLIKELY,	    /* as many are not met as are met, or more */
	GRADE_RULED_OUT,    /* a necessary condition is not met */
};

enum condition_state { CONDITION_UNKNOWN, CONDITION_MET, CONDITION_NOT_MET };

enum condition_weight {
	CONDITION_NECESSARY, /* not met: the cause is ruled out */
	CONDITION_TELLING,   /* speaks for the cause or against it */
	CONDITION_HINT,	     /* shown, never counted */
};

/*
 * Word in the report, what it rests on at best, what it says, and what would
 * decide it where it is unknown.
 */
#define INCIDENT_CONDITIONS(X)                                                           \
	X(CONDITION_LATER_STATE, "later_state", BASIS_INFERRED,                          \
	  "the later hive is a later state of the same subject's hive",                  \
	  "hives whose keys can be read, with the times of their last writes")           \
	X(CONDITION_LOCAL_SYSTEM_HIVE, "local_system_hive", BASIS_DOCUMENTED,            \
	  "the hive is that of LocalSystem (HKU\\.DEFAULT)",                             \
	  "the file's original path: System32\\config\\DEFAULT or a user's folder")      \
	X(CONDITION_ACCOUNT_HIVE, "account_hive", BASIS_DOCUMENTED,                      \
	  "the hive is that of a user or service account",                               \
	  "the file's original path, or the owner's security id")                        \
	X(CONDITION_USER_HIVE, "user_hive", BASIS_INFERRED,                              \
	  "the hive is that of a user",                                                  \
	  "the file's original path, or the owner's security id")                        \
	X(CONDITION_WMS_LIST, "wms_list", BASIS_DOCUMENTED,                              \
	  "a profile is gone from Windows Messaging Subsystem",                          \
	  "an earlier hive that tells the list")                                         \
	X(CONDITION_EXCHANGE_2000, "exchange_2000", BASIS_DOCUMENTED,                    \
	  "the machine is an Exchange 2000 server",                                      \
	  "the SOFTWARE hive of the machine (--software)")                               \
	X(CONDITION_EXCHANGE_55, "exchange_55", BASIS_DOCUMENTED,                        \
	  "the machine is an Exchange 5.5 server",                                       \
	  "the SOFTWARE hive of the machine (--software), or its Mapi32.dll (--mapi32)") \
	X(CONDITION_MAPI32_AFFECTED, "mapi32_affected", BASIS_DOCUMENTED,                \
	  "Mapi32.dll is of the affected builds: 6.0 before 6.0.6448.0",                 \
	  "the Mapi32.dll of the machine, or its version (--mapi32)")                    \
	X(CONDITION_SEVERAL_AT_ONCE, "several_at_once", BASIS_INFERRED,                  \
	  "several profiles went at one instant",                                        \
	  "a later hive in which the profiles' own keys can still be recovered")         \
	X(CONDITION_ONE_AT_A_TIME, "one_at_a_time", BASIS_INFERRED,                      \
	  "no two profiles went at the same instant",                                    \
	  "a later hive in which the profiles' own keys can still be recovered")         \
	X(CONDITION_DEFAULT_UNTOUCHED, "default_untouched", BASIS_INFERRED,              \
	  "DefaultProfile is as it was", "an earlier hive that has DefaultProfile")      \
	X(CONDITION_DEFAULT_CHANGED, "default_changed", BASIS_INFERRED,                  \
	  "DefaultProfile no longer names the profile that is gone",                     \
	  "an earlier hive in which the profile is the default one")                     \
	X(CONDITION_PROCESS_RUNS, "process_runs", BASIS_INFERRED,                        \
	  "a process whose profile is gone still ran: its session was purged early",     \
	  "a listing of processes from that time (--modules: tlist -s, tasklist /svc)")  \
	X(CONDITION_PROCESS_GONE, "process_gone", BASIS_INFERRED,                        \
	  "the processes that made the profiles ran no more",                            \
	  "a listing of all processes from after the loss (--modules: tlist -s, "        \
	  "tasklist /svc)")                                                              \
	X(CONDITION_THIRD_PARTY_HOLDER, "third_party_holder", BASIS_INFERRED,            \
	  "a third party's program holds Mapi32.dll",                                    \
	  "the output of tlist -m mapi32.dll (--modules)")                               \
	X(CONDITION_LOCAL_SYSTEM_SERVICE, "local_system_service", BASIS_DOCUMENTED,      \
	  "a third party's service that holds Mapi32.dll runs as LocalSystem",           \
	  "the SYSTEM hive of the machine (--system) and the output of tlist -m "        \
	  "mapi32.dll (--modules)")                                                      \
	X(CONDITION_OTHER_IDENTITY, "other_identity", BASIS_INFERRED,                    \
	  "such a program opens the mailbox of another account than the one it runs as", \
	  "a listing of processes (--modules) from the time of the profiles in the "     \
	  "hive; the impersonation itself leaves no trace in a hive")                    \
	X(CONDITION_FIX_ABSENT, "fix_absent", BASIS_DOCUMENTED,                          \
	  "neither rollup 824282 nor the hotfix was installed",                          \
	  "the SOFTWARE hive of the machine (--software)")                               \
	X(CONDITION_EVENT_9202, "event_9202", BASIS_DOCUMENTED,                          \
	  "MSExchangeSA logged event 9202 near the loss",                                \
	  "the Application event log of that time (--events)")                           \
	X(CONDITION_EVENT_ES_11, "event_es_11", BASIS_DOCUMENTED,                        \
	  "MSExchangeES logged event 11 with 0x80004005 near the loss",                  \
	  "the Application event log of that time (--events)")                           \
	X(CONDITION_EVENT_MCA_721, "event_mca_721", BASIS_DOCUMENTED,                    \
	  "MSExchangeMCA logged event 721 near the loss: Mailbox Manager was "           \
	  "interrupted",                                                                 \
	  "the Application event log of that time (--events)")                           \
	X(CONDITION_EVENT_LOGON_FAILED, "event_logon_failed", BASIS_UNCONFIRMED,         \
	  "the fax service could not log on to its profile near the loss",               \
	  "the Application event log of that time (--events)")                           \
	X(CONDITION_EVENT_INSTALLER, "event_installer", BASIS_INFERRED,                  \
	  "MsiInstaller was at work near the change",                                    \
	  "the Application event log of that time (--events)")                           \
	X(CONDITION_TERMINAL_SERVER, "terminal_server", BASIS_UNCONFIRMED,               \
	  "the machine is a terminal server in application mode",                        \
	  "the SYSTEM hive of the machine (--system)")                                   \
	X(CONDITION_DYNAMIC_PROFILES, "dynamic_profiles", BASIS_DOCUMENTED,              \
	  "the profiles that are gone are of the kind that programs make for "           \
	  "themselves",                                                                  \
	  "an earlier hive that tells their names")                                      \
	X(CONDITION_FROM_DELETED, "from_deleted", BASIS_DOCUMENTED,                      \
	  "a profile went from Deleted Profiles, where sessions keep what they use",     \
	  "an earlier hive that tells the list")                                         \
	X(CONDITION_ONLY_FROM_DELETED, "only_from_deleted", BASIS_INFERRED,              \
	  "all that is gone was in Deleted Profiles",                                    \
	  "an earlier hive that tells the list")                                         \
	X(CONDITION_DELETED_EMPTIED, "deleted_emptied", BASIS_DOCUMENTED,                \
	  "Deleted Profiles is empty now", "a later hive that can be read whole")        \
	X(CONDITION_FROM_PROFILES, "from_profiles", BASIS_INFERRED,                      \
	  "a profile was taken from Profiles", "an earlier hive that tells the list")    \
	X(CONDITION_MOVED_IN_USE, "moved_in_use", BASIS_DOCUMENTED,                      \
	  "a profile was moved to Deleted Profiles: deleted while a program used it",    \
	  "an earlier hive")                                                             \
	X(CONDITION_LIST_KEPT, "list_kept", BASIS_INFERRED,                              \
	  "the list of profiles itself was left in place", "an earlier hive")            \
	X(CONDITION_PANEL_USED, "panel_used", BASIS_UNCONFIRMED,                         \
	  "the same user ran Outlook or the Mail control panel shortly before",          \
	  "the UserAssist key of the same hive, if it is kept there")                    \
	X(CONDITION_ALL_LOST, "all_lost", BASIS_INFERRED,                                \
	  "every profile of a list is gone", "an earlier hive")                          \
	X(CONDITION_MORE_THAN_ONE, "more_than_one", BASIS_INFERRED,                      \
	  "that list held more than one", "an earlier hive")                             \
	X(CONDITION_LIST_MADE_ANEW, "list_made_anew", BASIS_INFERRED,                    \
	  "the list itself is gone or was made anew", "an earlier hive")                 \
	X(CONDITION_COPY_IN_OFFICE, "copy_in_office", BASIS_INFERRED,                    \
	  "the same profile stands below a newer Outlook's key now",                     \
	  "a later hive that holds Software\\Microsoft\\Office")                         \
	X(CONDITION_NEWER_OFFICE, "newer_office", BASIS_INFERRED,                        \
	  "that list of profiles was not there before", "an earlier whole hive")         \
	X(CONDITION_NOTHING_LOST, "nothing_lost", BASIS_INFERRED,                        \
	  "every profile that is gone from its old place has its copy",                  \
	  "a later hive that can be read whole")                                         \
	X(CONDITION_OUTLOOK_INSTALLED, "outlook_installed", BASIS_INFERRED,              \
	  "that version of Outlook is installed",                                        \
	  "the SOFTWARE hive of the machine (--software)")                               \
	X(CONDITION_BACKUP_OF, "backup_of", BASIS_DOCUMENTED,                            \
	  "there is a new profile with a name of the form \"BACKUP OF ...\"",            \
	  "an earlier and a later hive")                                                 \
	X(CONDITION_ORIGINAL_REPLACED, "original_replaced", BASIS_INFERRED,              \
	  "a profile of that name was there before, and another one has its name now",   \
	  "an earlier hive")                                                             \
	X(CONDITION_FIRST_RUN_STATE, "first_run_state", BASIS_INFERRED,                  \
	  "Outlook's Setup key holds the state of a first run",                          \
	  "a whole later hive: Software\\Microsoft\\Office\\NN.0\\Outlook\\Setup")       \
	X(CONDITION_AFTER_OLDER, "after_older", BASIS_INFERRED,                          \
	  "the later hive is the older state",                                           \
	  "hives whose times and sequence numbers can be trusted")                       \
	X(CONDITION_SEQUENCE_BACK, "sequence_back", BASIS_INFERRED,                      \
	  "its sequence number is lower", "hives whose base blocks are sound")           \
	X(CONDITION_KEYS_BACK, "keys_back", BASIS_INFERRED,                              \
	  "its newest key was last written earlier", "hives that can be read whole")     \
	X(CONDITION_LOST_ARE_NEWER, "lost_are_newer", BASIS_INFERRED,                    \
	  "the profiles that are gone were written after the later hive's newest key",   \
	  "hives that can be read whole")                                                \
	X(CONDITION_SAME_SUBJECT, "same_subject", BASIS_INFERRED,                        \
	  "nothing tells that the hives belong to two subjects",                         \
	  "the files' original paths")                                                   \
	X(CONDITION_SUBJECTS_DIFFER, "subjects_differ", BASIS_INFERRED,                  \
	  "the hives belong to two subjects", "the files' original paths")               \
	X(CONDITION_NOTHING_SHARED, "nothing_shared", BASIS_INFERRED,                    \
	  "no profile of the earlier hive is in the later one in any form",              \
	  "an earlier hive with profiles")                                               \
	X(CONDITION_ROOTS_DIFFER, "roots_differ", BASIS_UNCONFIRMED,                     \
	  "their root keys carry two different names made by Windows",                   \
	  "whole hives of Windows Vista or later")

enum condition_id {
#define X(constant, word, basis, statement, wanted) constant,
	INCIDENT_CONDITIONS(X)
#undef X
};

/* A place, and what stands there. */
struct condition_evidence {
	const struct evidence *file; /* NULL: no file, told on the command line */
	uint64_t offset;	     /* bytes in that file; DIAG_NOWHERE if it is none */
	const char *value;	     /* UTF-8; never a secret */
};

/* Pieces of evidence that one condition shows; more are counted in its sentence. */
#define CONDITION_MAX_EVIDENCE 16

struct condition {
	enum condition_id id;
	enum condition_weight weight;
	enum condition_state state;
	enum basis basis;   /* of the weakest rule that the state rests on */
	const char *detail; /* what was seen, UTF-8; NULL if there is nothing to say */
	struct condition_evidence evidence[CONDITION_MAX_EVIDENCE];
	size_t n_evidence;
	const struct finding *changes[CONDITION_MAX_EVIDENCE];
	size_t n_changes;
};

struct advice {
	const char *code; /* "stop_service" and so on */
	const char *text; /* a sentence, UTF-8 */
	const char *name; /* of the service or file it is about, or NULL */
};

/* Conditions of one cause, and steps of one piece of advice. */
#define DIAGNOSIS_MAX_CONDITIONS 16
#define DIAGNOSIS_MAX_ADVICE 128

struct diagnosis {
	enum cause cause;
	enum grade grade;
	const struct comparison *comparison; /* NULL: a single snapshot */
	struct condition conditions[DIAGNOSIS_MAX_CONDITIONS];
	size_t n_conditions;
	struct advice *advice;
	size_t n_advice;
};

struct diagnoses {
	struct arena *arena;	 /* owns all texts */
	struct diagnosis *items; /* by comparison, then cause */
	size_t n, cap;
	struct sign *signs; /* events near the losses, by log, then time */
	size_t n_signs;
	struct holders holders;
};

/*
 * Weighs the causes of each comparison in which something is gone, replaced or
 * in doubt, or of the deleted profiles of a single snapshot; none where there
 * is nothing to explain.  Everything must outlive the diagnoses.
 * Return: STATUS_OK and *out filled (to be cleared); STATUS_NOMEM.
 */
MUST_CHECK enum status diagnoses_read(const struct series *series,
				      const struct companions *companions,
				      struct diagnoses *out);
void diagnoses_clear(struct diagnoses *diagnoses);

/*
 * The grade that the conditions make:
 *   ruled_out     a necessary condition is not met; else
 *   supported     all necessary and all telling conditions are met; else
 *   undetermined  no telling condition is met or not met; else
 *   unlikely      the telling conditions not met are as many as those met, or
 *                 more; else
 *   possible.
 */
enum grade diagnosis_grade(const struct condition *conditions, size_t n);

/* The diagnosis of a comparison (NULL: of a single snapshot) with the best grade, by
 * order of cause; NULL if there is none better than undetermined. */
const struct diagnosis *diagnoses_best(const struct diagnoses *diagnoses,
				       const struct comparison *comparison);

/*
 * What a step says in some words; "" if it goes without saying there, or has to
 * wait until the cause is sure; NULL if its text is as brief.  *names: the names
 * of all steps of that code belong behind it.
 */
const char *advice_brief(const struct diagnosis *diagnosis, const char *code,
			 bool *names);

const char *cause_word(enum cause cause);
const char *cause_sentence(enum cause cause); /* what it says happened */
const char *grade_word(enum grade grade);
const char *condition_word(enum condition_id id);
const char *condition_statement(enum condition_id id);
const char *condition_wanted(enum condition_id id);
enum basis condition_basis(enum condition_id id);
const char *condition_state_word(enum condition_state state);
const char *condition_weight_word(enum condition_weight weight);

#endif
