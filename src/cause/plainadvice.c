/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cause/plainadvice.h"

#include "base/compiler.h"

static const struct plainadvice rows[] = {
	{ CAUSE_KB_818861, "install_fix",
	  "Install the Mapi32.dll of KB 818861 for Exchange 5.5" },
	{ CAUSE_KB_818861, "restart_services",
	  "Restart the services whose sessions were purged; they make their profiles "
	  "anew" },
	{ CAUSE_KB_303221, "install_fix",
	  "Follow KB 303221; sessions that still run have to log on again" },
	{ CAUSE_USER_DELETION, "ask_user",
	  "Ask the user whether the profile was deleted on purpose" },
	{ CAUSE_USER_DELETION, "restore",
	  "Bring it back with --restore; secrets work only for the same user on the "
	  "same machine" },
	{ CAUSE_REMOVE_ALL, "find_script",
	  "Look for a logon script, a set-up or a .prf file that ran at that time" },
	{ CAUSE_REMOVE_ALL, "restore", "Bring the profiles back with --restore" },
	{ CAUSE_OFFICE_UPGRADE, "use_copies",
	  "What has its copy there needs no restoring: use it at its new place" },
	{ CAUSE_FIRST_RUN, "use_backup",
	  "The old profile is there under its new name: rename it back, or bring it "
	  "back with --restore and --restore-as" },
	{ CAUSE_FIRST_RUN, "check_roaming",
	  "Keep the first-run state with the roaming profile, so that it does not "
	  "happen again" },
	{ CAUSE_OFFICE_REMOVED, "install_office",
	  "Install Office again first, if it is to be used: it makes the keys anew" },
	{ CAUSE_OFFICE_REMOVED, "restore", "Bring the profiles back with --restore" },
	{ CAUSE_LIST_IMPORTED, "find_script",
	  "Look for a logon script or a program that imports the list, and for its file" },
	{ CAUSE_LIST_IMPORTED, "restore",
	  "Bring back with --restore what the imported copy lacks" },
	{ CAUSE_NEW_HIVE, "check_shadow_copies",
	  "Where the folder is gone, look for its hive in shadow copies and backups" },
	{ CAUSE_NEW_HIVE, "restore",
	  "Only if the old hive cannot be used again, bring its profiles into the new one "
	  "with --restore" },
	{ CAUSE_HIVE_RESET, "find_old_hive",
	  "Look for the newer hive first: in the other container, on the other machine, in "
	  "shadow copies of the share" },
	{ CAUSE_HIVE_RESET, "check_roaming",
	  "Find out why an older or another copy won: sessions on two machines at once, a "
	  "container that could not be attached, a logoff that failed" },
	{ CAUSE_HIVE_RESET, "restore",
	  "What is only in the hive that is gone is brought back with --restore" },
	{ CAUSE_SESSION_END, "nothing",
	  "If so, nothing has to be done: by its name it is a service's profile, "
	  "which the service makes anew when it starts" },
	{ CAUSE_ROLLED_BACK, "check_order",
	  "Check the order of the hives; if it is right, find out what restored the "
	  "older one" },
	{ CAUSE_WRONG_PAIR, "find_pair",
	  "Find the other hive of the same subject; rely on nothing of this "
	  "comparison" },
};

const struct plainadvice *plainadvice_rows(size_t *n)
{
	*n = ARRAY_LEN(rows);
	return rows;
}
