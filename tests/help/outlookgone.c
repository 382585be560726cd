/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "help/unit.h"

#include "help/outlookgone.h"

void outlookgone_make(struct pair *pair)
{
	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_fork(pair);
	pair_delete(pair->after, OUTLOOK);
}

const struct finding *outlookgone_found(struct pair *pair)
{
	const struct finding *finding;

	pair_compare(pair);
	finding = pair_only(pair);
	assert_int_equal(finding->kind, FINDING_DELETED);
	return finding;
}
