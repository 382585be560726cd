/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Snapshots, lists, profiles and changes: times and names, held against their places. */
#ifndef VERIFY_VERIFYSTORY_H
#define VERIFY_VERIFYSTORY_H

#include "verify/verifyelement.h"
#include "verify/verifyplace.h"

/* Enough for a time as a report spells it. */
#define VERIFYSTORY_TIME_SIZE 40

/* What was told of the change so far. */
struct verifystory {
	char earliest[VERIFYSTORY_TIME_SIZE], latest[VERIFYSTORY_TIME_SIZE];
	uint64_t earliest_ft, latest_ft; /* the tightest of the bounds; 0: none */
	bool deletion;
};

/* An element begins.  Return: as verifyplace_bytes(); STATUS_MALFORMED; STATUS_LIMIT. */
MUST_CHECK enum status verifystory_begin(struct verifystory *story,
					 struct verifyplace_report *report,
					 enum verifyelement element,
					 struct verifytext_element attributes);

/* It ends. */
void verifystory_end(struct verifystory *story, struct verifyplace_report *report,
		     enum verifyelement element);

#endif
