/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Data to deleted values. */
#ifndef REGF_RECOVER_ASSIGNDATA_H
#define REGF_RECOVER_ASSIGNDATA_H

#include "regf/recover/search.h"

/*
 * Gives each value the data that its record names, as far as they are there, and
 * takes their bytes.  Runs when values have their keys: they decide the order.
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status assigndata_to_values(struct search *search);

#endif
