/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Deleted keys to their parents. */
#ifndef REGF_RECOVER_ASSIGNPARENTS_H
#define REGF_RECOVER_ASSIGNPARENTS_H

#include "regf/recover/search.h"

/*
 * Finds for each deleted key what its parent is, and how certain its path.
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status assignparents_to_keys(struct search *search);

#endif
