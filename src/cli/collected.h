/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What was found in collections, sorted by subject, before any subject is read. */
#ifndef CLI_COLLECTED_H
#define CLI_COLLECTED_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "base/failure.h"
#include "base/status.h"
#include "cli/commandline/options.h"
#include "collection/found.h"
#include "collection/foundopener.h"
#include "collection/subjects/pairing.h"
#include "collection/subjects/whose.h"
#include "machine/companions.h"
#include "report/kept.h"

/* Opens what was found, and what was named by an option and need not lie in a collection. */
struct collected_opener {
	struct evidence_opener opener;
	struct foundopener found;
};

/* It owns all but the options and the table of stand-ins; what it holds borrows from finds and hives. */
struct collected {
	const struct options *options;
	struct redact *redact; /* what is told of it is redacted; lent, or NULL */
	struct finds *finds;
	struct collected_opener opener;
	struct whose *whose;
	struct pairing *pairing;
	struct companions_source named;	 /* what options name, with its logs */
	struct companions_source beside; /* the same, and what was found */
	const char **protected; /* operands: no output goes into a folder with one */
	size_t n_protected;
	struct diag_list *diags; /* of what was done with the finds */
	/* By collected_choose(): */
	const struct pairing_subject **asked; /* those that are to be done */
	size_t n;
	bool incomplete; /* something could not be looked at */
};

/*
 * Looks through all operands and sorts what is there.  The options are borrowed; no output
 * may replace what is kept, to which the operands are added.
 * Return: STATUS_OK and *out given; else *failure says why.
 */
MUST_CHECK enum status collected_read(const struct options *options,
				      struct redact *redact, struct spool *spool,
				      struct kept *kept, struct collected **out,
				      struct failure *failure);
void collected_free(struct collected *collected);
void collected_freep(struct collected **collected);

/*
 * Tells on standard error what could not be used, and takes the subjects that --user asks
 * for, or all.
 * Return: STATUS_OK; STATUS_NOMEM; STATUS_UNSUPPORTED with *failure set: nobody is there,
 * or not who was asked for, or several are and the options ask for one report.
 */
MUST_CHECK enum status collected_choose(struct collected *collected,
					struct failure *failure);

#endif
