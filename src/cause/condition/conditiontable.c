/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cause/condition/conditiontable.h"

#include "cause/condition/backupfacts.h"
#include "cause/condition/eventfacts.h"
#include "cause/condition/hivefacts.h"
#include "cause/condition/importfacts.h"
#include "cause/condition/listfacts.h"
#include "cause/condition/machinefacts.h"
#include "cause/condition/makerfacts.h"
#include "cause/condition/originfacts.h"
#include "cause/condition/pairfacts.h"
#include "cause/condition/timefacts.h"
#include "cause/condition/usertrace.h"

/* The address is taken of the function by name: NULL in its place does not compile. */
#define CONDITION(id, word, scope, basis, check, statement, wanted, decided_by)          \
	[CONDITION_##id] = { CONDITION_##id, word,   CONDITION_##scope, basis,           \
			     statement,	     wanted, decided_by,	&(check) },
static const struct condition_kind kinds[] = {
#include "cause/condition/conditions.def"
};
#undef CONDITION

const struct condition_kind *conditiontable_kind(enum condition_id id)
{
	return &kinds[id];
}
