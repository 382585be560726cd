/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the outputs of subjects are called. */
#ifndef COLLECTION_SUBJECTS_PAIRINGNAME_H
#define COLLECTION_SUBJECTS_PAIRINGNAME_H

#include "base/status.h"
#include "collection/subjects/paired.h"

/*
 * Gives each subject a file_name: its name where that is a safe one for a file on any
 * system and no other subject's, else with its security id or a hash behind it.  The same
 * subjects get the same names whatever their order.
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status pairingname_set(struct pairing *pairing);

#endif
