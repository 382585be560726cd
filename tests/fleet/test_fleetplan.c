/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which units a plan has, and what is none. */
#include "help/unit.h"

#include "fleet/fleetplan.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define MARK "#wmsdiff-sweep plan 1\n#folder\t/evidence\n"

struct seen {
	char text[1000];
	unsigned most; /* 0: no end */
	unsigned n;
};

static enum status see(void *data, const char *name)
{
	struct seen *seen = data;

	(void)snprintf(seen->text + strlen(seen->text),
		       sizeof(seen->text) - strlen(seen->text), "%s;", name);
	return ++seen->n == seen->most ? STATUS_LIMIT : STATUS_OK;
}

static enum status read_plan(const char *plan, struct seen *seen)
{
	FILE *file = tmpfile();
	enum status status;

	assert_non_null(file);
	assert_int_equal(fwrite(plan, 1, strlen(plan), file), strlen(plan));
	assert_int_equal(fflush(file), 0);
	assert_int_equal(lseek(fileno(file), 0, SEEK_SET), 0);
	status = fleetplan_read(fileno(file), see, seen);
	assert_int_equal(fclose(file), 0);
	return status;
}

static void expect(const char *plan, const char *names)
{
	struct seen seen = { .text = "" };

	assert_int_equal(read_plan(plan, &seen), STATUS_OK);
	assert_string_equal(seen.text, names);
}

static void test_names(void **state)
{
	(void)state;
	expect(MARK "pc1\tbefore/pc1\tafter/pc1\npc%202\tx\n", "pc1;pc%202;");
	expect(MARK "# a note\twith a tab\npc1\tx\npc2\ty", "pc1;pc2;");
	expect(MARK, "");
}

static void test_no_names(void **state)
{
	char plan[2000], name[301];

	(void)state;
	expect(MARK "alone\n../up\tx\n.hidden\tx\na/b\tx\n\tx\na b\tx\n\n", "");
	expect("pc1\tbefore\tafter\n", "");
	expect("#wmsdiff-sweep plan 2\npc1\tbefore\tafter\n", "");
	expect("", "");
	/* Longer than any name of a file. */
	memset(name, 'a', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	(void)snprintf(plan, sizeof(plan), MARK "%s\tx\npc1\tx\n", name);
	expect(plan, "pc1;");
}

static void test_end(void **state)
{
	struct seen seen = { .most = 2 };

	(void)state;
	assert_int_equal(read_plan(MARK "a\tx\nb\tx\nc\tx\n", &seen), STATUS_LIMIT);
	assert_string_equal(seen.text, "a;b;");
	assert_int_equal(fleetplan_read(-1, see, &seen), STATUS_IO);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_no_names),
		cmocka_unit_test(test_end),
	};
	return UNIT_RUN(tests);
}
