/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "help/unit.h"

#include "help/steps.h"

static uint64_t steps;

/* Called at the beginning of each block of counted code. */
void __sanitizer_cov_trace_pc(void);

void __sanitizer_cov_trace_pc(void)
{
	steps++;
}

uint64_t steps_now(void)
{
	return steps;
}

void steps_assert_few(const char *what, uint64_t taken, uint64_t bytes, uint64_t most)
{
	print_message("# %s: %llu steps, %llu bytes\n", what, (unsigned long long)taken,
		      (unsigned long long)bytes);
	assert_true(taken > 0);
	if (taken / most > bytes)
		fail_msg("%s: more than %llu steps for each byte", what,
			 (unsigned long long)most);
}
