/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a subject is called, and whether it is the one that is asked for. */
#include "help/unit.h"

#include "collection/subjects/paired.h"

#define SID "S-1-5-21-1085031214-1563985344-725345543-1001"

struct one {
	struct whose_hive hives[2];
	struct found found[2];
	struct pairing_source sources[2];
	struct pairing_subject subject;
};

/* jdoe, whose hive lay in the folder jdoe.CORP later. */
static void make(struct one *one)
{
	*one = (struct one){
		.hives = { { .name = (char *)"jdoe" }, { .name = (char *)"jdoe" } },
		.found = { { .path = (char *)"a/x", .inside = "x" },
			   { .path = (char *)"b/x", .inside = "x" } },
	};
	one->found[1].place.user = (char *)"jdoe.CORP";
	for (size_t i = 0; i < 2; i++) {
		one->sources[i].hive = &one->hives[i];
		one->sources[i].found = &one->found[i];
	}
	one->subject = (struct pairing_subject){
		.sid = SID,
		.name = "jdoe",
		.file_name = (char *)"jdoe-1",
		.role = SUBJECT_USER,
		.sources = one->sources,
		.n = 2,
	};
}

static void test_asked_for(void **state)
{
	struct one one;

	(void)state;
	make(&one);
	assert_true(paired_is(&one.subject, "JDOE"));
	assert_true(paired_is(&one.subject, "jdoe.corp"));
	assert_true(paired_is(&one.subject, "jdoe-1"));
	assert_true(paired_is(&one.subject, SID));
	assert_false(
		paired_is(&one.subject, "S-1-5-21-1085031214-1563985344-725345543-100"));
	assert_false(paired_is(&one.subject, "jdo"));
	assert_false(paired_is(&one.subject, ""));
}

static void test_no_id(void **state)
{
	struct one one;

	(void)state;
	make(&one);
	one.subject.sid = "";
	assert_false(paired_is(&one.subject, ""));
	assert_true(paired_is(&one.subject, "jdoe"));
}

static void test_name(void **state)
{
	struct one one;

	(void)state;
	make(&one);
	assert_string_equal(paired_name(&one.subject), "jdoe");
	one.subject.name = NULL;
	assert_string_equal(paired_name(&one.subject), SID);
	one.subject.sid = "";
	assert_string_equal(paired_name(&one.subject), "x");
	one.found[0].inside = "";
	assert_string_equal(paired_name(&one.subject), "a/x");
	one.subject.role = SUBJECT_TEMPLATE;
	assert_string_equal(paired_name(&one.subject), "template");
	one.subject.role = SUBJECT_LOCAL_SYSTEM;
	assert_string_equal(paired_name(&one.subject), "LocalSystem");
	assert_true(paired_is(&one.subject, ".DEFAULT"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_asked_for),
		cmocka_unit_test(test_no_id),
		cmocka_unit_test(test_name),
	};

	return UNIT_RUN(tests);
}
