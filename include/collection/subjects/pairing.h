/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The hives of a collection by whose they are: for each subject its snapshots, each with
 * its logs, and what it means that one of the collections lacks it.
 */
#ifndef COLLECTION_SUBJECTS_PAIRING_H
#define COLLECTION_SUBJECTS_PAIRING_H

#include <stdbool.h>

#include "base/status.h"
#include "collection/found.h"
#include "collection/subjects/paired.h"
#include "collection/subjects/whose.h"

/* Snapshots of one subject: series_read() takes no more. */
#define PAIRING_MOST 64

/*
 * Groups users' hives by subject, all as one if one_subject says so.  by_time: the
 * collections follow one another by their times, not as given.  It borrows finds and
 * hives, which must outlive it.
 * Return: STATUS_OK and *out given; STATUS_NOMEM.
 */
MUST_CHECK enum status pairing_read(const struct finds *finds, const struct whose *whose,
				    bool one_subject, bool by_time, struct pairing **out);
void pairing_free(struct pairing *pairing);
void pairing_freep(struct pairing **pairing);

#endif
