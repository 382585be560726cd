/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ProfileList of a SOFTWARE hive: which folder, and so which hive, Windows loads for a
 * security id.  Where it cannot load a user's profile it renames the row to "<SID>.bak",
 * and a new row leads to a temporary folder.
 */
#ifndef MACHINE_MACHINEPROFILES_H
#define MACHINE_MACHINEPROFILES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/status.h"
#include "base/text.h"
#include "regf/key.h"

/* Bits of State; 0x8000 by Microsoft's description of .bak, 0x800 by public lists. */
#define MACHINEPROFILES_MANDATORY 0x1u
#define MACHINEPROFILES_UPDATE_CENTRAL 0x10u
#define MACHINEPROFILES_TEMPORARY 0x800u
#define MACHINEPROFILES_BACKED_UP 0x8000u

/* A row.  All texts and keys are borrowed from the hive. */
struct machine_owner {
	const struct key *key;
	struct text sid;     /* without ".bak": a slice of the key's name */
	bool backup;	     /* its name ends with ".bak" */
	struct text path;    /* ProfileImagePath */
	struct text user;    /* last component of the path: a slice of it */
	struct text central; /* CentralProfile, of a roaming profile; may be empty */
	uint32_t state;
	bool has_state;
};

struct machine_profiles {
	struct machine_owner *items; /* in the order of the keys' names */
	size_t n, cap;
};

/*
 * Reads the rows that tell a folder, of the key Microsoft of a SOFTWARE hive.  A row of a
 * user whose folder is no path or whose State is no number, and a list that could not be
 * read whole, are told to `diags`.
 * Return: STATUS_OK; STATUS_NOMEM.  Either way *out is to be cleared.
 */
MUST_CHECK enum status machineprofiles_read(const struct key *microsoft,
					    struct diag_list *diags,
					    struct machine_profiles *out);
void machineprofiles_clear(struct machine_profiles *profiles);

/*
 * The row of a security id ("S-1-5-21-..."), borrowed, or the one that was set aside as
 * .bak; NULL if there is none.
 */
const struct machine_owner *machineprofiles_of(const struct machine_profiles *profiles,
					       const char *sid, bool backup);

/*
 * True if Windows gives the user a temporary folder by that row: State says so, or the
 * folder is called TEMP or TEMP.something.
 */
bool machineprofiles_is_temporary(const struct machine_owner *owner);

#endif
