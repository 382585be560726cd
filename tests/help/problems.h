/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The problems of the content that help/profile_keys.h has read. */
#ifndef TESTS_HELP_PROBLEMS_H
#define TESTS_HELP_PROBLEMS_H

#include "help/profile_keys.h"
#include "mapi/content/content.h"

/* How many there are of that code. */
static inline size_t count_problems(enum profile_problem_code code)
{
	size_t n = 0;

	for (size_t i = 0; i < content->problems.n; i++)
		n += content->problems.items[i].code == code;
	return n;
}

/* The only one, which is of that code. */
static inline const struct profile_problem *only_problem(enum profile_problem_code code)
{
	assert_int_equal(content->problems.n, 1);
	assert_int_equal(content->problems.items[0].code, code);
	return &content->problems.items[0];
}

#endif
