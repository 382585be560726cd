/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Sources: KB 817375, 818861, 303221, 268996, 183904, 175786, 947215, the description
 * of IProfAdmin::DeleteProfile, and what the field reports of "BACKUP OF", of profiles
 * that Windows sets aside as .bak, and of scripts that roam the lists.
 */
#include "cause/cause.h"

#include "base/compiler.h"

#include <assert.h>

/* What one would expect under many causes supports none: each has something of its own. */
#define CONDITION_OF(id, weight, peculiar)                                               \
	{                                                                                \
		CONDITION_##id, CONDITION_##weight, peculiar                             \
	}
#define NECESSARY(id) CONDITION_OF(id, NECESSARY, false)
#define TELLING(id) CONDITION_OF(id, TELLING, false)
#define EXPECTED(id) CONDITION_OF(id, EXPECTED, false)
#define HINT(id) CONDITION_OF(id, HINT, false)
/* Necessary or telling, and peculiar to the cause. */
#define NECESSARY_OWN(id) CONDITION_OF(id, NECESSARY, true)
#define TELLING_OWN(id) CONDITION_OF(id, TELLING, true)

struct cause_kind {
	const char *word, *name, *sentence;
	bool needs_pair;
	struct cause_condition conditions[CAUSE_MAX_CONDITIONS];
	size_t n;
};

/* What the cause is; and how it works, which makes a sentence of it. */
#define NAMED(name) name, name
#define EXPLAINED(name, how) name, name ": " how

#define CONDITIONS_OF(...)                                                               \
	.conditions = { __VA_ARGS__ },                                                   \
	.n = sizeof((struct cause_condition[]){ __VA_ARGS__ }) /                         \
	     sizeof(struct cause_condition)

static const struct cause_kind causes[] = {
	[CAUSE_KB_817375] = {
		"kb_817375",
		EXPLAINED("the fault of Mapi32.dll on Exchange 2000 (KB 817375)", "a MAPI program that impersonates another account made it take live profiles for stale ones"),
		false,
		CONDITIONS_OF(NECESSARY(LATER_STATE), NECESSARY(LOCAL_SYSTEM_HIVE), NECESSARY(WMS_LIST),
			      NECESSARY(EXCHANGE_2000), NECESSARY(MAPI32_AFFECTED),
			      TELLING(SEVERAL_AT_ONCE), TELLING(DEFAULT_UNTOUCHED),
			      TELLING_OWN(PROCESS_RUNS), TELLING(THIRD_PARTY_HOLDER),
			      TELLING(LOCAL_SYSTEM_SERVICE), TELLING(OTHER_IDENTITY),
			      TELLING(FIX_ABSENT), TELLING(EVENT_9202),
			      HINT(EVENT_ES_11)),
	},
	[CAUSE_KB_818861] = {
		"kb_818861",
		EXPLAINED("its sibling of Exchange 5.5 (KB 818861)", "one terminal session purged the profiles that the same account used in another"),
		false,
		CONDITIONS_OF(NECESSARY(LATER_STATE), NECESSARY(ACCOUNT_HIVE), NECESSARY(WMS_LIST),
			      NECESSARY(EXCHANGE_55), TELLING(DYNAMIC_PROFILES),
			      TELLING(SEVERAL_AT_ONCE), TELLING(TERMINAL_SERVER),
			      TELLING_OWN(PROCESS_RUNS), TELLING(EVENT_MCA_721),
			      HINT(EVENT_ES_11)),
	},
	[CAUSE_KB_303221] = {
		"kb_303221",
		EXPLAINED("the same class of fault on a terminal server (KB 303221)", "one session purged what another still used in Deleted Profiles"),
		false,
		CONDITIONS_OF(NECESSARY(LATER_STATE), NECESSARY(ACCOUNT_HIVE), NECESSARY(FROM_DELETED),
			      TELLING(DELETED_EMPTIED), TELLING(SEVERAL_AT_ONCE),
			      TELLING(TERMINAL_SERVER), TELLING_OWN(PROCESS_RUNS),
			      HINT(EVENT_ES_11)),
	},
	[CAUSE_USER_DELETION] = {
		"user_deletion",
		NAMED("a user, or a program at a user's wish, deleted the profile"),
		false,
		CONDITIONS_OF(NECESSARY(LATER_STATE), NECESSARY(FROM_PROFILES), TELLING(USER_HIVE),
			      TELLING(ONE_AT_A_TIME), TELLING(LIST_KEPT),
			      TELLING_OWN(PANEL_USED), EXPECTED(DEFAULT_CHANGED),
			      HINT(MOVED_IN_USE)),
	},
	[CAUSE_REMOVE_ALL] = {
		"remove_all",
		NAMED("a script or a set-up removed all profiles"),
		true,
		CONDITIONS_OF(NECESSARY(LATER_STATE), NECESSARY(ALL_LOST), TELLING(MORE_THAN_ONE),
			      TELLING_OWN(LIST_MADE_ANEW), TELLING(SEVERAL_AT_ONCE),
			      EXPECTED(SETTINGS_KEPT), HINT(EVENT_LOGON_FAILED),
			      HINT(PRF_NAMED)),
	},
	[CAUSE_OFFICE_UPGRADE] = {
		"office_upgrade",
		NAMED("an upgrade of Office took the profiles to another place"),
		true,
		CONDITIONS_OF(NECESSARY(LATER_STATE), NECESSARY_OWN(COPY_IN_OFFICE), TELLING(NEWER_OFFICE),
			      TELLING(NOTHING_LOST), EXPECTED(OUTLOOK_INSTALLED),
			      HINT(EVENT_INSTALLER)),
	},
	[CAUSE_FIRST_RUN] = {
		"first_run",
		NAMED("Outlook's first run met a roaming profile and set it aside as \"BACKUP OF ...\""),
		true,
		CONDITIONS_OF(NECESSARY(LATER_STATE), NECESSARY(BACKUP_OF), TELLING(SET_ASIDE),
			      TELLING_OWN(ORIGINAL_REPLACED),
			      HINT(FIRST_RUN_STATE), HINT(PRF_NAMED)),
	},
	[CAUSE_OFFICE_REMOVED] = {
		"office_removed",
		NAMED("Office was removed with the settings of its users, by a set-up or a program that scrubs it"),
		true,
		CONDITIONS_OF(NECESSARY(LATER_STATE), NECESSARY(ALL_LOST), NECESSARY_OWN(OFFICE_KEY_GONE),
			      TELLING(OUTLOOK_REMOVED), HINT(EVENT_INSTALLER)),
	},
	[CAUSE_LIST_IMPORTED] = {
		"list_imported",
		NAMED("an older copy of the list was imported, by a script or by hand"),
		true,
		CONDITIONS_OF(NECESSARY(LATER_STATE), NECESSARY(FROM_PROFILES), NECESSARY_OWN(WRITTEN_AT_ONCE),
			      TELLING(WRITTEN_WHOLE), HINT(LIST_MADE_ANEW)),
	},
	[CAUSE_SESSION_END] = {
		"session_end",
		EXPLAINED("the session of a service ended, and MAPI removed what it had kept in Deleted Profiles", "to be expected"),
		false,
		CONDITIONS_OF(NECESSARY(LATER_STATE), NECESSARY(ONLY_FROM_DELETED), TELLING(ONE_AT_A_TIME),
			      TELLING(DEFAULT_UNTOUCHED), TELLING_OWN(PROCESS_GONE)),
	},
	[CAUSE_NEW_HIVE] = {
		"new_hive",
		EXPLAINED("another hive stands in place of the earlier one", "Windows gave the user a new or a temporary profile, and what is missing may be in the old hive"),
		true,
		CONDITIONS_OF(NECESSARY(SAME_SUBJECT), NECESSARY_OWN(OTHER_HIVE), TELLING(BEGUN_SINCE),
			      TELLING(REPLACEMENT_TOLD), HINT(SEQUENCE_BACK), HINT(OUTLOOK_UNUSED)),
	},
	[CAUSE_HIVE_RESET] = {
		"hive_reset",
		EXPLAINED("an older copy of the hive, or one used beside it, took its place", "from a profile disk, a container, a roaming profile or a backup"),
		true,
		CONDITIONS_OF(NECESSARY(SAME_SUBJECT), NECESSARY_OWN(OWN_PAST), TELLING(USED_SINCE),
			      TELLING(PROFILE_ROAMS), HINT(SEQUENCE_BACK)),
	},
	[CAUSE_ROLLED_BACK] = {
		"rolled_back",
		EXPLAINED("the later hive is an older state", "restored from a backup, or given in the wrong order"),
		true,
		CONDITIONS_OF(NECESSARY(AFTER_OLDER), NECESSARY(SAME_SUBJECT),
			      TELLING_OWN(SEQUENCE_BACK), TELLING(KEYS_BACK),
			      TELLING(LOST_ARE_NEWER)),
	},
	[CAUSE_WRONG_PAIR] = {
		"wrong_pair",
		NAMED("the two hives do not belong to one subject"),
		true,
		CONDITIONS_OF(NECESSARY_OWN(SUBJECTS_DIFFER), TELLING(NOTHING_SHARED),
			      HINT(ROOTS_DIFFER)),
	},
};

static_assert(ARRAY_LEN(causes) == CAUSE_N_CAUSES, "each cause has its row");

const char *cause_word(enum cause cause)
{
	return causes[cause].word;
}

const char *cause_name(enum cause cause)
{
	return causes[cause].name;
}

const char *cause_sentence(enum cause cause)
{
	return causes[cause].sentence;
}

bool cause_needs_pair(enum cause cause)
{
	return causes[cause].needs_pair;
}

const struct cause_condition *cause_conditions(enum cause cause, size_t *n)
{
	*n = causes[cause].n;
	return causes[cause].conditions;
}
