/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What it means that the last collection, or all before it, lack a subject. */
#ifndef COLLECTION_SUBJECTS_PAIRINGGAP_H
#define COLLECTION_SUBJECTS_PAIRINGGAP_H

#include "base/status.h"
#include "collection/subjects/paired.h"

/*
 * Decides gap and why of a subject whose sources are complete.  by_time: the last
 * collection is not the one given last, but that with the newest hive of a user.
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status pairinggap_decide(const struct finds *finds,
					 const struct whose *whose, bool by_time,
					 struct pairing_subject *subject);

#endif
