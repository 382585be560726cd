/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table of conditions, conditions.def, with the check of each. */
#ifndef CAUSE_CONDITION_CONDITIONTABLE_H
#define CAUSE_CONDITION_CONDITIONTABLE_H

#include "cause/condition/condition.h"

/* The row of that condition: every one has its own, and each a check. */
const struct condition_kind *conditiontable_kind(enum condition_id id);

#endif
