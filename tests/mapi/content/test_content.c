/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The whole content of a profile: values, orphans, limits, lack of memory. */
#define UNIT_OOM
#include "help/unit.h"

#include "mapi/content/content.h"

#include "mapi/profile.h"
#include "mapi/section.h"

#include "help/keys.h"
#include "help/outlook2010.h"
#include "help/problems.h"
#include "help/profile_keys.h"
#include "help/texts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int tear_down_memory(void **state)
{
	unit_fail_after = -1;
	return tear_down(state);
}

static void test_values_are_named_by_their_owner(void **state)
{
	size_t found = 0;

	(void)state;
	outlook2010_add(keys);
	keys_hex(keys, PST_STORE, "S010267f1", "aa");
	read_content();
	assert_int_equal(content->values.n, 21);
	for (size_t i = 0; i < content->values.n; i++) {
		const struct profile_value *value = &content->values.items[i];
		if (value->tag.id == 0x6601) {
			assert_string_equal(value->name, "PR_CONTAB_UID");
			found++;
		}
		if (value->tag.id == 0x6700) {
			assert_string_equal(value->name, "PR_PST_PATH");
			assert_true(text_is(key_name(value->section), PST_STORE));
			found++;
		}
	}
	assert_int_equal(found, 2);
	assert_int_equal(content->secrets.n, 1);
	assert_true(text_is(key_name(content->secrets.items[0].section), PST_STORE));
}

static void test_orphan_section(void **state)
{
	(void)state;
	outlook2010_add(keys);
	keys_add(keys, NOWHERE);
	keys_add(keys, "{D9734F19-8CFB-411D-BC59-833E334FCB5E}");
	keys_add(keys, "f86ed2903a4a11cfb57e524153480001");
	keys_add(keys, "0123");
	read_content();
	assert_true(text_is(key_name(only_problem(PROFILE_ORPHAN_SECTION)->section),
			    NOWHERE));
}

static void test_empty_profile_misses_nothing(void **state)
{
	(void)state;
	keys_sz(keys, "", "some value", "x");
	read_content();
	assert_int_equal(content->problems.n, 0);
	assert_int_equal(content->services.n, 0);
}

static void test_undecodable_values(void **state)
{
	(void)state;
	outlook2010_add(keys);
	keys_hex(keys, PST, "00033e03", "0100");
	keys_hex(keys, PST, "101e3d0f", "01000000");
	keys_hex(keys, PST "\\deeper", "001f0001", "41");
	keys_hex(keys, ROOT, "01023d02", CONTAB "00");
	/* secrets and plain names are not decoded */
	keys_hex(keys, PST, "S00030001", "01");
	keys_hex(keys, PST, "plain", "01");
	read_content();
	assert_int_equal(content->problems.n, 4);
	assert_int_equal(count_problems(PROFILE_UNDECODABLE), 4);
	for (size_t i = 0; i < 4; i++)
		assert_non_null(content->problems.items[i].value);
}

static void read_values(size_t n)
{
	char section[24], name[24];

	for (size_t i = 0; i < n; i++) {
		(void)snprintf(section, sizeof(section), "%zu", i / 0x1000);
		(void)snprintf(name, sizeof(name), "7fff%04zx", i % 0x1000);
		keys_hex(keys, section, name, "00");
	}
	read_content();
}

static void test_values_at_the_limit(void **state)
{
	(void)state;
	read_values(PROFILE_MAX_ITEMS);
	assert_false(content->truncated);
	assert_int_equal(content->values.n, PROFILE_MAX_ITEMS);
}

static void test_values_past_the_limit(void **state)
{
	(void)state;
	read_values(PROFILE_MAX_ITEMS + 1);
	assert_true(content->truncated);
	assert_int_equal(content->values.n, PROFILE_MAX_ITEMS);
}

static void test_out_of_memory_at_every_step(void **state)
{
	const struct key *root;
	struct profile profile;
	enum status status = STATUS_NOMEM;
	struct unit_oom oom;

	(void)state;
	outlook2010_add(keys);
	keys_hex(keys, ROOT, "01023d02", NOWHERE);
	keys_hex(keys, PST_STORE, "S010267f1", "aa");
	keys_sz(keys, "9375CFF0413111d3B88A00104B2A6676\\00000001", "Email", "x");
	keys_sz(keys, SECTION_GLOBAL, "001e6602", "SERVER");
	root = keys_root(keys);
	assert_int_equal(UNIT_FAIL_AT(0, profile_read(root, &profile)), STATUS_NOMEM);
	UNIT_FAIL_EACH (oom) {
		status = UNIT_FAILING(oom, content_read(root, &content));
		assert_true(status == STATUS_NOMEM ? !content : content != NULL);
		if (status != STATUS_NOMEM)
			break;
	}
	assert_int_equal(status, STATUS_OK);
	/* content, sections, stores and nine lists */
	assert_true(oom.n > 11);
}

static void test_words(void **state)
{
	(void)state;
	assert_string_equal(content_problem_word(PROFILE_DANGLING_UID), "dangling_uid");
	assert_string_equal(content_problem_word(PROFILE_ORPHAN_SECTION),
			    "orphan_section");
	assert_string_equal(content_problem_word(PROFILE_MISSING_ROOT_SECTION),
			    "missing_root_section");
	assert_string_equal(content_problem_word(PROFILE_DANGLING_DEFAULT),
			    "dangling_default");
	assert_string_equal(content_problem_word(PROFILE_UNDECODABLE), "undecodable");
	assert_string_equal(content_mailbox_word(PROFILE_MAILBOX_PRIMARY), "primary");
	assert_string_equal(content_mailbox_word(PROFILE_MAILBOX_DELEGATE), "delegate");
	assert_string_equal(content_mailbox_word(PROFILE_MAILBOX_PUBLIC), "public");
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down_memory)
	const struct CMUnitTest tests[] = {
		TEST(test_values_are_named_by_their_owner),
		TEST(test_orphan_section),
		TEST(test_empty_profile_misses_nothing),
		TEST(test_undecodable_values),
		TEST(test_values_at_the_limit),
		TEST(test_values_past_the_limit),
		TEST(test_words),
		TEST(test_out_of_memory_at_every_step),
	};

	return UNIT_RUN(tests);
}
