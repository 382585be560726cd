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
		if (condition->state != CONDITION_UNKNOWN || !condition_counts(condition))
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
					 .option = wanted_option((enum wanted)one),
					 .given = given & one });
}

/* How much it would tell: without a necessary or peculiar one nothing is supported. */
static unsigned importance(const struct condition *condition)
{
	if (condition->state != CONDITION_UNKNOWN || !condition_counts(condition))
		return 0;
	return condition->weight == CONDITION_NECESSARY || condition->peculiar ? 3 : 1;
}

static unsigned weight_of(const struct condition *conditions, size_t n, unsigned option)
{
	unsigned sum = 0;

	for (size_t i = 0; i < n; i++)
		if (conditions[i].kind->wanted & option)
			sum += importance(&conditions[i]);
	return sum;
}

/* What the most important of the conditions asks for; of one option, if it is not 0. */
static const char *sentence_of(const struct condition *conditions, size_t n,
			       unsigned option)
{
	const struct condition *best = NULL;

	for (size_t i = 0; i < n; i++) {
		unsigned weight = importance(&conditions[i]);
		if (weight > (best ? importance(best) : 0) &&
		    (!option || (conditions[i].kind->wanted & option)))
			best = &conditions[i];
	}
	return best ? best->kind->decided_by : NULL;
}

struct missing_item missing_decisive(const struct condition *conditions, size_t n,
				     const struct companions *companions)
{
	unsigned given = wanted_given(companions), best = 0, most = 0;

	for (unsigned one = WANTED_FIRST_OPTION; one <= WANTED_LAST_OPTION; one <<= 1) {
		unsigned weight = weight_of(conditions, n, one);
		if ((given & one) || weight <= most)
			continue;
		best = one;
		most = weight;
	}
	return (struct missing_item){
		.option = best ? wanted_option((enum wanted)best) : NULL,
		.text = sentence_of(conditions, n, best),
	};
}
