/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One machine in an operand, or two: by the names in its SYSTEM hives. */
#include "help/unit.h"

#include "collection/subjects/machines.h"

#include "help/hives.h"
#include "help/madefinds.h"

#include <string.h>

static const char *const two[] = { "a", "b", NULL };

/* The SYSTEM hive of a machine of that name; NULL: of none. */
static struct builder *system_of(const char *name)
{
	struct builder *b = builder_new(&(struct builder_options){
		.minor = 5,
		.embedded_name = "\\SystemRoot\\System32\\Config\\SYSTEM",
		.last_written = HIVES_TIME,
		.sequence = 1 });

	builder_value_dword(b, builder_path(b, "Select", HIVES_TIME), "Current", 1);
	builder_path(b, "ControlSet001\\Services", HIVES_TIME);
	if (name)
		builder_value_string(
			b,
			builder_path(b,
				     "ControlSet001\\Control\\ComputerName\\ComputerName",
				     HIVES_TIME),
			"ComputerName", name);
	return b;
}

/* Two SYSTEM hives, and what comes of them; "" for nothing. */
static void check(const char *first, const char *name, const char *second,
		  const char *other, const char *expected)
{
	struct madefinds all;
	struct whose *whose = NULL;
	struct failure failure;

	madefinds_init(&all, two);
	madefinds_add(&all, first, FILEKIND_HIVE, system_of(name));
	madefinds_add(&all, second, FILEKIND_HIVE, system_of(other));
	assert_int_equal(whose_read(&all.finds, &all.opener, &whose, &failure),
			 STATUS_OK);
	assert_int_equal(machines_check(&all.finds, whose, &all.opener, &failure),
			 *expected ? STATUS_UNSUPPORTED : STATUS_OK);
	if (*expected)
		assert_string_equal(failure.sentence, expected);
	whose_free(whose);
	madefinds_clear(&all);
}

#define CONFIG "/C/Windows/System32/config/SYSTEM"

static void test_two_machines(void **state)
{
	(void)state;
	check("a/host1" CONFIG, "HOST1", "a/host2" CONFIG, "HOST2",
	      "a: holds more than one machine, HOST1 and HOST2; give the folder of each by "
	      "itself");
	check("a/x1", "HOST1", "a/x2", "HOST2",
	      "a: holds more than one machine, HOST1 and HOST2; give the folder of each by "
	      "itself");
}

static void test_one_machine(void **state)
{
	(void)state;
	/* of two days, in whatever case; one that does not tell its name */
	check("a/monday" CONFIG, "HOST1", "a/tuesday" CONFIG, "host1", "");
	check("a/monday" CONFIG, "HOST1", "a/tuesday" CONFIG, NULL, "");
	/* of two operands: who gives them says that they are states of one */
	check("a" CONFIG, "HOST1", "b" CONFIG, "HOST2", "");
	/* its name was another one then */
	check("a" CONFIG, "HOST1", "a/VSS1" CONFIG, "HOST2", "");
	check("a" CONFIG, "HOST1", "a/C/Windows.old/Windows/System32/config/SYSTEM",
	      "HOST2", "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_two_machines),
		cmocka_unit_test(test_one_machine),
	};

	return UNIT_RUN(tests);
}
