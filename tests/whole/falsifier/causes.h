/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is asked of the truth for causes and their conditions. */
#ifndef FALSIFIER_CAUSES_H
#define FALSIFIER_CAUSES_H

#include "whole/falsifier/check.h"
#include "whole/falsifier/losses.h"

/* It is false that one is met unless `perhaps`, and that it is not met if `surely`. */
struct causes_row {
	const char *id;
	losses_test *perhaps;
	losses_test *surely;
};

#define CAUSES_BACKUP "BACKUP OF "

losses_test causes_always, causes_never;

/* A profile was set aside as a backup, and another one has its name. */
losses_test causes_is_replaced;

/* Conditions that the hives decide; and those that evidence beside them does. */
const struct causes_row *conditions_rows(size_t *n);
const struct causes_row *beside_rows(size_t *n);

#endif
