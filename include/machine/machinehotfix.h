/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The hotfixes and rollups that a SOFTWARE hive tells. */
#ifndef MACHINE_MACHINEHOTFIX_H
#define MACHINE_MACHINEHOTFIX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/status.h"
#include "base/text.h"
#include "regf/key.h"

/* A hotfix, a rollup or an installed program, by any key that tells it. */
struct machine_hotfix {
	const struct key *key;
	struct text name;      /* key name or DisplayName */
	uint32_t article;      /* number of the KB article in its name; 0 if none */
	uint64_t installed_ft; /* last write of the key, FILETIME */
	bool exchange;	       /* below a key of Exchange, or its name says Exchange */
};

/* In the order of the places they stand in; keys and names are borrowed from the hive. */
struct machine_hotfixes {
	struct machine_hotfix *items;
	size_t n, cap;
};

/*
 * Adds the hotfixes that the key Microsoft of a SOFTWARE hive tells, and the
 * programs below `wow` (that key of 32-bit programs, or NULL).  Of a list that is
 * too long the rest is left out, which `diags` are told.
 * Return: STATUS_OK; STATUS_NOMEM.  Either way *out is to be cleared.
 */
MUST_CHECK enum status machinehotfix_read(const struct key *microsoft,
					  const struct key *wow, struct diag_list *diags,
					  struct machine_hotfixes *out);
void machinehotfix_clear(struct machine_hotfixes *hotfixes);

/* The first hotfix of that KB article, borrowed; NULL if none is listed, and for 0. */
const struct machine_hotfix *machinehotfix_of(const struct machine_hotfixes *hotfixes,
					      uint32_t article);

/*
 * Articles that bring a Mapi32.dll without the fault of KB 817375: the hotfix
 * itself, the rollup of September 2003, and that of August 2004, which every
 * later one asks for.
 */
#define MACHINEHOTFIX_MAPI32_FIXES 3
uint32_t machinehotfix_mapi32_fix(size_t i); /* i below that number */
bool machinehotfix_is_mapi32_fix(uint32_t article);

#endif
