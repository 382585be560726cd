/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What it means that the last collection, or all before it, lack a subject. */
#ifndef COLLECTION_SUBJECTS_PAIRINGGAP_H
#define COLLECTION_SUBJECTS_PAIRINGGAP_H

#include "base/status.h"
#include "collection/subjects/paired.h"

/*
 * Decides gap and why of a subject whose sources are complete.
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status pairinggap_decide(const struct finds *finds,
					 const struct whose *whose,
					 struct pairing_subject *subject);

#endif
