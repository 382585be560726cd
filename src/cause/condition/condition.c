/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cause/condition/condition.h"

const char *condition_state_word(enum condition_state state)
{
	switch (state) {
	case CONDITION_UNKNOWN:
		return "unknown";
	case CONDITION_MET:
		return "met";
	case CONDITION_NOT_MET:
		return "not_met";
	}
	return "unknown";
}

const char *condition_weight_word(enum condition_weight weight)
{
	switch (weight) {
	case CONDITION_NECESSARY:
		return "necessary";
	case CONDITION_TELLING:
		return "telling";
	case CONDITION_EXPECTED:
		return "expected";
	case CONDITION_HINT:
		return "hint";
	}
	return "hint";
}

bool condition_counts(const struct condition *condition)
{
	if (condition->weight == CONDITION_EXPECTED)
		return condition->state == CONDITION_NOT_MET;
	return condition->weight != CONDITION_HINT;
}

size_t condition_count(const struct condition *conditions, size_t n,
		       enum condition_state state)
{
	size_t count = 0;

	for (size_t i = 0; i < n; i++)
		count += conditions[i].state == state && condition_counts(&conditions[i]);
	return count;
}
