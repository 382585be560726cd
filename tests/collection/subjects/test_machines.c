/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One machine in an operand, or two: by what its hives and collections tell. */
#include "help/unit.h"

#include "collection/subjects/machines.h"

#include "help/hives.h"
#include "help/madefinds.h"

#include <stdio.h>
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

/* The SOFTWARE hive of a Windows installed then, with accounts; NULL ends them. */
static struct builder *software_of(uint32_t installed, const char *const *sids)
{
	struct builder *b = builder_new(&(struct builder_options){
		.minor = 5,
		.embedded_name = "\\SystemRoot\\System32\\Config\\SOFTWARE",
		.last_written = HIVES_TIME,
		.sequence = 1 });
	char path[200];

	if (installed)
		builder_value_dword(b,
				    builder_path(b,
						 "Microsoft\\Windows NT\\CurrentVersion",
						 HIVES_TIME),
				    "InstallDate", installed);
	for (; *sids; sids++) {
		(void)snprintf(path, sizeof(path),
			       "Microsoft\\Windows NT\\CurrentVersion\\ProfileList\\%s",
			       *sids);
		builder_value_string(b, builder_path(b, path, HIVES_TIME),
				     "ProfileImagePath", "C:\\Users\\x");
	}
	return b;
}

/* Two hives, and what comes of them; "" for nothing. */
static void check_hives(const char *first, struct builder *a, const char *second,
			struct builder *b, const char *expected)
{
	struct madefinds all;
	struct whose *whose = NULL;
	struct failure failure;

	madefinds_init(&all, two);
	madefinds_add(&all, first, FILEKIND_HIVE, a);
	madefinds_add(&all, second, FILEKIND_HIVE, b);
	assert_int_equal(whose_read(&all.finds, &all.opener, &whose, &failure),
			 STATUS_OK);
	assert_int_equal(machines_check(&all.finds, whose, &all.opener, &failure),
			 *expected ? STATUS_UNSUPPORTED : STATUS_OK);
	if (*expected)
		assert_string_equal(failure.sentence, expected);
	whose_free(whose);
	madefinds_clear(&all);
}

static void check(const char *first, const char *name, const char *second,
		  const char *other, const char *expected)
{
	check_hives(first, system_of(name), second, system_of(other), expected);
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

#define DOMAIN "S-1-5-21-1-2-3-"
#define PC1 "S-1-5-21-11-12-13-"
#define PC2 "S-1-5-21-21-22-23-"
#define SIDS(...) ((const char *const[]){ __VA_ARGS__, NULL })
#define SOFTWARE "/C/Windows/System32/config/SOFTWARE"

static void test_accounts(void **state)
{
	static const char refused[] =
		"a: holds more than one machine, by the accounts in two SOFTWARE hives, a/1" SOFTWARE
		" and a/2" SOFTWARE "; give the folder of each by itself";
	const char *const *one = SIDS(PC1 "500", DOMAIN "1104", "S-1-5-18");
	const char *const *other = SIDS(PC2 "500", DOMAIN "1104", "S-1-5-18");

	(void)state;
	check_hives("a/1" SOFTWARE, software_of(1, one), "a/2" SOFTWARE,
		    software_of(2, other), refused);
	check_hives("a/1" SOFTWARE, software_of(0, one), "a/2" SOFTWARE,
		    software_of(0, other), refused);
	/* it went to another domain */
	check_hives("a/1" SOFTWARE, software_of(1, one), "a/2" SOFTWARE,
		    software_of(1, other), "");
	/* accounts that came or went */
	check_hives("a/1" SOFTWARE, software_of(1, one), "a/2" SOFTWARE,
		    software_of(2, SIDS(PC1 "500")), "");
	check_hives("a/1" SOFTWARE, software_of(1, SIDS("S-1-5-18")), "a/2" SOFTWARE,
		    software_of(2, other), "");
	/* another number, the same machine */
	check_hives("a/1" SOFTWARE, software_of(1, SIDS(PC1 "500")), "a/2" SOFTWARE,
		    software_of(2, SIDS(PC1 "1001")), "");
	/* of another operand, or another time */
	check_hives("a/1" SOFTWARE, software_of(1, one), "b/2" SOFTWARE,
		    software_of(2, other), "");
	check_hives("a/1" SOFTWARE, software_of(1, one), "a/VSS1" SOFTWARE,
		    software_of(2, other), "");
}

static void test_collections(void **state)
{
	static const char at[] = "-2022-03-11T05_47_38Z.zip/uploads/auto/C%3A/x";
	char first[100], second[100];

	(void)state;
	(void)snprintf(first, sizeof(first), "a/Collection-PC1%s", at);
	(void)snprintf(second, sizeof(second), "a/Collection-PC2%s", at);
	check(first, NULL, second, NULL,
	      "a: holds more than one machine, by the names of collections, PC1 and PC2; give "
	      "the folder of each by itself");
	(void)snprintf(second, sizeof(second), "a/Collection-pc1.example.com%s", at);
	check(first, NULL, second, NULL, "");
	(void)snprintf(second, sizeof(second), "b/Collection-PC2%s", at);
	check(first, NULL, second, NULL, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_two_machines),
		cmocka_unit_test(test_one_machine),
		cmocka_unit_test(test_accounts),
		cmocka_unit_test(test_collections),
	};

	return UNIT_RUN(tests);
}
