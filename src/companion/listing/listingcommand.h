/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The prompts and command lines in a saved console session: where the output
 * of one command ends and that of another begins, and what was asked for.
 */
#ifndef COMPANION_LISTING_LISTINGCOMMAND_H
#define COMPANION_LISTING_LISTINGCOMMAND_H

#include <stdbool.h>

#include "base/span.h"

enum listingcommand_tool {
	LISTINGCOMMAND_UNSEEN, /* no command line stands there */
	LISTINGCOMMAND_TLIST,
	LISTINGCOMMAND_TASKLIST,
	LISTINGCOMMAND_OTHER, /* another command, or a bare prompt */
};

enum listingcommand_asked {
	LISTINGCOMMAND_PROCESSES, /* neither */
	LISTINGCOMMAND_MODULES,
	LISTINGCOMMAND_SERVICES,
};

struct listingcommand {
	enum listingcommand_tool tool;
	enum listingcommand_asked asked;
	struct span pattern; /* of modules, in the line; empty: all */
	bool filtered;	     /* only some processes were asked for */
	struct span
		machine; /* another one on which it ran, in the line; empty: none told */
};

/* Return: false if the line is neither a prompt nor a call of tlist or tasklist. */
bool listingcommand_parse(struct span line, struct listingcommand *out);

/* True if Mapi32.dll was asked for among others or alone, of all processes. */
bool listingcommand_asks_mapi32(const struct listingcommand *command);

/* True if the pattern, with * and ?, case ignored, stands for the ASCII name. */
bool listingcommand_matches(struct span pattern, const char *name);

#endif
