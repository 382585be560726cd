/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An export that is being read: what its lines and values have in common. */
#ifndef REGTEXT_REGREADING_H
#define REGTEXT_REGREADING_H

#include "base/diag.h"
#include "base/failure.h"
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

#endif
