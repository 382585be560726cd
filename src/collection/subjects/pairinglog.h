/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The transaction logs that lie beside a hive in a collection. */
#ifndef COLLECTION_SUBJECTS_PAIRINGLOG_H
#define COLLECTION_SUBJECTS_PAIRINGLOG_H

#include "base/status.h"
#include "collection/found.h"
#include "collection/subjects/paired.h"

/* All logs of the finds by their paths without case. */
struct pairinglog {
	const struct found **items;
	size_t n;
};

/* Return: STATUS_OK; STATUS_NOMEM.  To be cleared by pairinglog_clear(). */
MUST_CHECK enum status pairinglog_read(const struct finds *finds, struct pairinglog *out);
void pairinglog_clear(struct pairinglog *logs);

/*
 * Gives a source the logs of its hive: in the same folder, of the same name and .LOG,
 * .LOG1 or .LOG2, whatever the case of the name.  Past REPLAY_MAX_LOGS none is taken.
 */
void pairinglog_add(const struct pairinglog *logs, struct pairing_source *source);

#endif
