/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The profile elements of live profiles, and what a profile held, spelled out. */
#ifndef REPORT_DOCUMENT_PROFILES_H
#define REPORT_DOCUMENT_PROFILES_H

#include <stdbool.h>

#include "report/document/cell.h"
#include "report/document/writer/parts.h"

/*
 * The profile element: attributes, and with whole everything it holds.  Cells
 * get the given state.
 */
void profiles_write(struct parts *parts, const struct snapshot *snapshot,
		    const struct snapshot_profile *profile, bool whole,
		    enum cell_state state);

/* What a profile holds, spelled out: the content of a profile element. */
void profiles_spell_out(struct parts *parts, const struct snapshot *snapshot,
			const struct key *key, enum cell_state state);

#endif
