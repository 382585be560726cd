/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cause/grade.h"

enum grade grade_of(const struct condition *conditions, size_t n)
{
	size_t met = 0, not_met = 0, unknown = 0;
	bool own = false;

	for (size_t i = 0; i < n; i++) {
		const struct condition *condition = &conditions[i];
		if (!condition_counts(condition))
			continue;
		own |= condition->peculiar && condition->state == CONDITION_MET;
		if (condition->state == CONDITION_UNKNOWN)
			unknown++;
		else if (condition->weight == CONDITION_NECESSARY) {
			if (condition->state == CONDITION_NOT_MET)
				return GRADE_RULED_OUT;
		} else if (condition->state == CONDITION_MET)
			met++;
		else
			not_met++;
	}
	if (unknown == 0 && not_met == 0 && own)
		return GRADE_SUPPORTED;
	if (met + not_met == 0)
		return GRADE_UNDETERMINED;
	return not_met >= met ? GRADE_UNLIKELY : GRADE_POSSIBLE;
}

enum grade grade_under_contradiction(enum grade grade)
{
	if (grade == GRADE_SUPPORTED)
		return GRADE_POSSIBLE;
	return grade == GRADE_RULED_OUT ? GRADE_UNLIKELY : grade;
}

bool grade_is_an_answer(enum grade grade)
{
	return grade <= GRADE_POSSIBLE;
}

const char *grade_word(enum grade grade)
{
	static const char *const words[] = {
		[GRADE_SUPPORTED] = "supported",       [GRADE_POSSIBLE] = "possible",
		[GRADE_UNDETERMINED] = "undetermined", [GRADE_UNLIKELY] = "unlikely",
		[GRADE_RULED_OUT] = "ruled_out",
	};

	return words[grade];
}
