/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cause/conditiontable.h"

#include "cause/eventfacts.h"
#include "cause/hivefacts.h"
#include "cause/listfacts.h"
#include "cause/machinefacts.h"
#include "cause/pairfacts.h"
#include "cause/timefacts.h"
#include "cause/usertrace.h"

/* The address is taken of the function by name: NULL in its place does not compile. */
#define CONDITION(id, word, basis, check, statement, wanted, decided_by)                 \
	[CONDITION_##id] = { CONDITION_##id, word,	 basis,	  statement,             \
			     wanted,	     decided_by, &(check) },
static const struct condition_kind kinds[] = {
#include "cause/conditions.def"
};
#undef CONDITION

const struct condition_kind *conditiontable_kind(enum condition_id id)
{
	return &kinds[id];
}
