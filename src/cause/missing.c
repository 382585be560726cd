/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cause/missing.h"

#include <string.h>

static void add(struct missing *missing, struct missing_item item)
{
	missing->items[missing->n++] = item;
}

static void add_text(struct missing *missing, const char *text)
{
	for (size_t i = 0; i < missing->n; i++)
		if (strcmp(missing->items[i].text, text) == 0)
			return;
	add(missing, (struct missing_item){ .text = text });
}

void missing_find(const struct condition *conditions, size_t n,
		  const struct companions *companions, struct missing *out)
{
	unsigned given = wanted_given(companions), options = 0;

	out->n = 0;
	for (size_t i = 0; i < n; i++) {
		const struct condition *condition = &conditions[i];
		if (condition->state != CONDITION_UNKNOWN ||
		    condition->weight == CONDITION_HINT)
			continue;
		unsigned asked = wanted_by_option(condition->kind->wanted);
		unsigned fresh = asked & ~given;
		if (asked == 0)
			add_text(out, condition->kind->decided_by);
		options |= fresh ? fresh : asked;
	}
	for (unsigned one = WANTED_FIRST_OPTION; one <= WANTED_LAST_OPTION; one <<= 1)
		if (options & one)
			add(out, (struct missing_item){
					 .option = wanted_option((enum wanted)one) });
}
