/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The lines of an export, one after another, into keys and values. */
#ifndef REGTEXT_REGPARSER_H
#define REGTEXT_REGPARSER_H

#include "regtext/regforest.h"
#include "regtext/reglexer.h"
#include "regtext/regsource.h"

struct regparser {
	struct regsource source;
	struct regforest *forest; /* borrowed */
	struct diag_list *diags;  /* likewise */
	struct failure *failure;
	struct reglexer_bytes bytes;
	enum regtext_version version; /* of the part that is being read */
	size_t n_parts;
	size_t other_from, other_to; /* path of the first key of no user; both 0: none */
	struct regsource other_source;
	uint64_t n_doubtful, first_doubtful; /* texts in an unknown code page */
	/* Strings in hex of version 5 in 8 bits: how they look. */
	uint64_t n_look_utf16, n_look_ansi, first_look_ansi;
	/* What the values of a key that is passed over, or could not be read, go to. */
	bool lost;
	bool full; /* a limit was reached and told */
};

/*
 * Reads all that follows the first header, whose line ends at `at`.
 * Return: STATUS_OK; STATUS_NOMEM; STATUS_UNSUPPORTED for a list of changes, *failure set.
 */
MUST_CHECK enum status regparser_read(struct regparser *parser, size_t at);

/* Frees what it holds, not what it borrows. */
void regparser_clear(struct regparser *parser);

#endif
