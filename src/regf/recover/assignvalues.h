/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Deleted values to their keys, by the lists that name them. */
#ifndef REGF_RECOVER_ASSIGNVALUES_H
#define REGF_RECOVER_ASSIGNVALUES_H

#include "regf/recover/search.h"

/*
 * Gives each value that a list of a deleted key names to that key (its owner),
 * and each behind the end of a live key's list to that one (owner_live).  Takes
 * the bytes of the lists and of the records that are believed.
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status assignvalues_to_keys(struct search *search);

#endif
