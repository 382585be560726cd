/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rules on files alone: what they allow, and that a second set only takes away. */
#include "help/unit.h"

#include "help/confined.h"
#include "sandbox/landlock.h"

#include <stdio.h>
#include <string.h>

static const char *const read_paths[] = { "/usr", "/nowhere/at/all" };
static const char *const write_paths[] = { "/dev/null" };
static const struct sandbox_paths paths = { read_paths, 2, write_paths, 1 };

static void rules(const void *context)
{
	int reading = landlock_rules(&paths, true),
	    writing = landlock_rules(&paths, false);

	(void)context;
	CONFINED_CHECK(reading >= 0 && writing >= 0);
	/* A set that does not hold yet bounds nothing. */
	CONFINED_CHECK(confined_opens("/etc/passwd", O_RDONLY));
	CONFINED_CHECK(landlock_restrict(reading));
	CONFINED_CHECK(confined_opens("/usr", O_RDONLY | O_DIRECTORY));
	CONFINED_CHECK(confined_opens("/dev/null", O_WRONLY));
	CONFINED_CHECK(!confined_opens("/etc/passwd", O_RDONLY));
	CONFINED_CHECK(!confined_opens("/dev/zero", O_RDONLY));
	CONFINED_CHECK(landlock_restrict(writing));
	CONFINED_CHECK(!confined_opens("/usr", O_RDONLY | O_DIRECTORY));
	CONFINED_CHECK(confined_opens("/dev/null", O_WRONLY));
	/* What was taken away does not come back. */
	CONFINED_CHECK(landlock_restrict(reading));
	CONFINED_CHECK(!confined_opens("/usr", O_RDONLY | O_DIRECTORY));
}

static void test_rules(void **state)
{
	(void)state;
	if (landlock_version() == 0)
		UNIT_SKIP("this kernel has no Landlock");
	assert_int_equal(confined_run(rules, NULL), 0);
}

static void test_no_descriptor(void **state)
{
	(void)state;
	assert_false(landlock_restrict(-1));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rules),
		cmocka_unit_test(test_no_descriptor),
	};

	return UNIT_RUN(tests);
}
