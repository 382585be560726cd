/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names of outputs: safe on any system, one for each subject, the same in any order. */
#include "help/unit.h"

#include "collection/subjects/pairingname.h"

#include <stdlib.h>
#include <string.h>

#define DOMAIN "S-1-5-21-1-2-3-"

static struct pairing_subject user(const char *name, const char *sid)
{
	return (struct pairing_subject){ .name = name, .sid = sid, .role = SUBJECT_USER };
}

static void name_all(struct pairing_subject *items, size_t n)
{
	struct pairing pairing = { .items = items, .n = n };

	assert_int_equal(pairingname_set(&pairing), STATUS_OK);
}

/* The name of a subject that is alone. */
static void check(const char *name, const char *expected)
{
	struct pairing_subject subject = user(name, "");

	name_all(&subject, 1);
	assert_string_equal(subject.file_name, expected);
	free(subject.file_name);
}

/* Hashes: sha256sum of the name, its first eight digits. */
static void test_safe(void **state)
{
	(void)state;
	check("jdoe", "jdoe");
	check("jdoe.CORP", "jdoe.CORP");
	check("Zo\xc3\xab", "Zo\xc3\xab");
	check("a b", "a_b-c8687a08");
	check("../x", "_._x-d6b96a97");
	check("index", "index-1bc04b52");
	check("con.dat", "con.dat-cbe4966d");
	check(".x", "_x-bb42e4c6");
}

static void test_long(void **state)
{
	char name[301];

	(void)state;
	memset(name, 'a', 300);
	name[300] = '\0';
	struct pairing_subject subject = user(name, "");
	name_all(&subject, 1);
	assert_int_equal(strlen(subject.file_name), 100 + 1 + 8);
	free(subject.file_name);
}

/* Names that differ in case only are one on some systems. */
static void test_same_names(void **state)
{
	struct pairing_subject all[] = { user("jdoe", DOMAIN "1001"),
					 user("other", DOMAIN "1002"),
					 user("JDoe", DOMAIN "1003") };
	struct pairing_subject back[] = { all[2], all[1], all[0] };

	(void)state;
	name_all(all, 3);
	assert_string_equal(all[0].file_name, "jdoe-" DOMAIN "1001");
	assert_string_equal(all[1].file_name, "other");
	assert_string_equal(all[2].file_name, "JDoe-" DOMAIN "1003");
	name_all(back, 3);
	for (size_t i = 0; i < 3; i++) {
		assert_string_equal(back[i].file_name, all[2 - i].file_name);
		free(back[i].file_name);
	}
	for (size_t i = 0; i < 3; i++)
		free(all[i].file_name);
}

/* Who is called as another one's name becomes has another name all the same. */
static void test_taken_by_another(void **state)
{
	struct pairing_subject all[] = { user("a", DOMAIN "1"), user("a", DOMAIN "2"),
					 user("a-" DOMAIN "1", "") };

	(void)state;
	name_all(all, 3);
	for (size_t i = 0; i < 3; i++)
		for (size_t k = i + 1; k < 3; k++)
			assert_string_not_equal(all[i].file_name, all[k].file_name);
	for (size_t i = 0; i < 3; i++)
		free(all[i].file_name);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_safe),
		cmocka_unit_test(test_long),
		cmocka_unit_test(test_same_names),
		cmocka_unit_test(test_taken_by_another),
	};

	return UNIT_RUN(tests);
}
