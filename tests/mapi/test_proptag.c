/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Tags: value names, types, and the names of ids by owner. */
#include "help/unit.h"

#include "mapi/proptag.h"

#include <string.h>

static void test_parse_takes_type_first(void **state)
{
	struct proptag tag;

	(void)state;
	assert_true(proptag_parse(text_of("001f6700"), &tag));
	assert_int_equal(tag.type, PROPTAG_UNICODE);
	assert_int_equal(tag.id, 0x6700);
	assert_false(tag.secure);
	assert_true(proptag_parse(text_of("101E3D0F"), &tag));
	assert_int_equal(tag.type, PROPTAG_MV_STRING8);
	assert_int_equal(tag.id, 0x3d0f);
	assert_true(proptag_parse(text_of("FFFFffff"), &tag));
	assert_int_equal(tag.type, 0xffff);
	assert_int_equal(tag.id, 0xffff);
}

static void test_parse_secure_tag(void **state)
{
	struct proptag tag;

	(void)state;
	assert_true(proptag_parse(text_of("S001e67f1"), &tag));
	assert_int_equal(tag.type, PROPTAG_STRING8);
	assert_int_equal(tag.id, 0x67f1);
	assert_true(tag.secure);
	assert_true(proptag_parse(text_of("s001e67f1"), &tag));
	assert_false(proptag_parse(text_of("T001e67f1"), &tag));
	assert_false(proptag_parse(text_of("S001e67f"), &tag));
	assert_false(proptag_parse(text_of("S001e67f10"), &tag));
}

static void test_parse_refuses_other_names(void **state)
{
	static const char *const names[] = {
		"",	    "Email",	"001f670",  "001f67000", "001f670g",
		"001f 700", "0x1f6700", "/01f6700", ":01f6700",	 "@01f6700",
		"G01f6700", "`01f6700", "g01f6700",
	};
	struct proptag tag;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		assert_false(proptag_parse(text_of(names[i]), &tag));
}

static void test_parse_utf16_name(void **state)
{
	static const uint8_t tag_name[16] = "0\0000\0001\000f\0006\0007\0000\0000";
	/* U+0130 ends in the byte '0', but is no digit. */
	static const uint8_t odd_name[16] = "0\0010\0001\000f\0006\0007\0000\0000";
	struct text name = { .bytes = span_of(tag_name, 16), .encoding = TEXT_UTF16LE };
	struct proptag tag;

	(void)state;
	assert_true(proptag_parse(name, &tag));
	assert_int_equal(tag.id, 0x6700);
	name.bytes = span_of(odd_name, 16);
	assert_false(proptag_parse(name, &tag));
	/* Eight bytes are but four units. */
	name.bytes = span_of(tag_name, 8);
	assert_false(proptag_parse(name, &tag));
}

static void check_name(uint16_t id, enum proptag_owner owner, const char *name)
{
	struct proptag tag = { .type = PROPTAG_UNICODE, .id = id };
	const char *found = proptag_name(tag, owner);

	if (!name)
		assert_null(found);
	else {
		assert_non_null(found);
		assert_string_equal(found, name);
	}
}

static void test_name_is_that_of_the_owner(void **state)
{
	(void)state;
	check_name(0x6602, PROPTAG_OWNER_MSEMS, "PR_PROFILE_HOME_SERVER");
	check_name(0x6602, PROPTAG_OWNER_CONTAB, "PR_CONTAB_SORT_FLAG");
	check_name(0x6602, PROPTAG_OWNER_EMABLT, "LDAP user");
	check_name(0x6602, PROPTAG_OWNER_STORE, NULL);
	check_name(0x6602, PROPTAG_OWNER_ANY, NULL);
	check_name(0x6600, PROPTAG_OWNER_MSPST_AB, "PAB path");
	check_name(0x6600, PROPTAG_OWNER_MSFS, "MS Mail path");
	check_name(0x6700, PROPTAG_OWNER_STORE, "PR_PST_PATH");
	check_name(0x6700, PROPTAG_OWNER_OUTLOOK, NULL);
	check_name(0x6710, PROPTAG_OWNER_DIALUP, "RAS connection");
	check_name(0x0418, PROPTAG_OWNER_OUTLOOK, "PR_SPAM_TRUSTED_SENDERS");
	check_name(0x0418, PROPTAG_OWNER_MSEMS, NULL);
}

static void test_name_common_to_all_owners(void **state)
{
	(void)state;
	check_name(0x3001, PROPTAG_OWNER_ANY, "PR_DISPLAY_NAME");
	check_name(0x3001, PROPTAG_OWNER_EMABLT, "PR_DISPLAY_NAME");
	check_name(0x3d0e, PROPTAG_OWNER_ANY, "PR_SERVICES");
	check_name(0x7cff, PROPTAG_OWNER_MSEMS, "PR_PROFILE_MDB_DN");
}

static void test_name_exchange_sections_share_ids(void **state)
{
	(void)state;
	check_name(0x660b, PROPTAG_OWNER_MSEMS_PROVIDER, "PR_PROFILE_MAILBOX");
	check_name(0x660b, PROPTAG_OWNER_MSEMS, "PR_PROFILE_MAILBOX");
	check_name(0x6602, PROPTAG_OWNER_MUIDEMSAB, "PR_PROFILE_HOME_SERVER");
	/* The same id twice: the section's own meaning wins. */
	check_name(0x6609, PROPTAG_OWNER_MSEMS, "PR_PROFILE_BINDING_ORDER");
	check_name(0x6609, PROPTAG_OWNER_MSEMS_PROVIDER, "PR_PROFILE_OPEN_FLAGS");
}

static void test_name_absent(void **state)
{
	(void)state;
	check_name(0x0000, PROPTAG_OWNER_ANY, NULL);
	check_name(0x000c, PROPTAG_OWNER_OUTLOOK, NULL);
	check_name(0xffff, PROPTAG_OWNER_ANY, NULL);
	/* Known, but nobody published a name. */
	check_name(0x0445, PROPTAG_OWNER_OUTLOOK, NULL);
}

static const char *const table_ids[][5] = {
#include "mapi/proptags.inc"
};

static void test_table_is_sorted_and_sound(void **state)
{
	uint32_t last = 0;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(table_ids); i++) {
		const char *const *row = table_ids[i];
		struct proptag tag;
		char name[9] = "0000";
		memcpy(name + 4, row[0], strlen(row[0]) == 4 ? 5 : 0);
		assert_true(proptag_parse(text_of(name), &tag));
		assert_true(tag.id >= last);
		last = tag.id;
		if (strcmp(row[1], "any") != 0)
			assert_int_not_equal(proptag_owner(row[1]), PROPTAG_OWNER_ANY);
		/* A name, and only a name, can be unpublished. */
		assert_true(strcmp(row[3], "") == 0 ||
			    (strcmp(row[3], "yes") == 0 && row[2][0]));
		/* No two rows for one id and owner. */
		for (size_t k = 0; k < i; k++)
			assert_false(strcmp(table_ids[k][0], row[0]) == 0 &&
				     strcmp(table_ids[k][1], row[1]) == 0);
		if (row[2][0])
			check_name(tag.id, proptag_owner(row[1]), row[2]);
	}
}

static void test_owner_words(void **state)
{
	(void)state;
	assert_int_equal(proptag_owner("any"), PROPTAG_OWNER_ANY);
	assert_int_equal(proptag_owner("msems"), PROPTAG_OWNER_MSEMS);
	assert_int_equal(proptag_owner("mspst_ab"), PROPTAG_OWNER_MSPST_AB);
	assert_int_equal(proptag_owner("outlook"), PROPTAG_OWNER_OUTLOOK);
	assert_int_equal(proptag_owner("nobody"), PROPTAG_OWNER_ANY);
}

static void test_types(void **state)
{
	(void)state;
	assert_string_equal(proptag_type_word(0x001f), "PT_UNICODE");
	assert_string_equal(proptag_type_word(0x1102), "PT_MV_BINARY");
	assert_string_equal(proptag_type_word(0x0002), "PT_I2");
	assert_null(proptag_type_word(0x0000));
	assert_null(proptag_type_word(0x1020));
	assert_int_equal(proptag_type_size(PROPTAG_I2), 2);
	assert_int_equal(proptag_type_size(PROPTAG_LONG), 4);
	assert_int_equal(proptag_type_size(PROPTAG_BOOLEAN), 2);
	assert_int_equal(proptag_type_size(PROPTAG_I8), 8);
	assert_int_equal(proptag_type_size(PROPTAG_SYSTIME), 8);
	assert_int_equal(proptag_type_size(PROPTAG_CLSID), 16);
	assert_int_equal(proptag_type_size(PROPTAG_UNICODE), 0);
	assert_int_equal(proptag_type_size(PROPTAG_MV_LONG), 0);
	assert_int_equal(proptag_type_size(0x4444), 0);
}

static bool is_unpublished(uint16_t id, enum proptag_owner owner)
{
	return proptag_is_unpublished(
		(struct proptag){ .type = PROPTAG_UNICODE, .id = id }, owner);
}

/* 6629 stands in MFCMAPI's table, 6627 and 6628 beside it do not. */
static void test_unpublished_names(void **state)
{
	(void)state;
	assert_true(is_unpublished(0x6627, PROPTAG_OWNER_CONTAB));
	assert_true(is_unpublished(0x6628, PROPTAG_OWNER_CONTAB));
	assert_false(is_unpublished(0x6629, PROPTAG_OWNER_CONTAB));
	assert_false(is_unpublished(0x6627, PROPTAG_OWNER_MSEMS));
	for (uint16_t id = 0x6652; id <= 0x6655; id++)
		assert_true(is_unpublished(id, PROPTAG_OWNER_MSEMS));
	assert_true(is_unpublished(0x662b, PROPTAG_OWNER_MSEMS_PROVIDER));
	/* PidTagProfileHomeServerFQDN of Microsoft's reference. */
	assert_false(is_unpublished(0x662a, PROPTAG_OWNER_MSEMS));
	/* Plain words, and no name at all. */
	assert_true(is_unpublished(0x6600, PROPTAG_OWNER_EMABLT));
	assert_false(is_unpublished(0x6600, PROPTAG_OWNER_MSEMS));
	assert_false(is_unpublished(0x0442, PROPTAG_OWNER_OUTLOOK));
	assert_false(is_unpublished(0x7777, PROPTAG_OWNER_ANY));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parse_takes_type_first),
		cmocka_unit_test(test_parse_secure_tag),
		cmocka_unit_test(test_parse_refuses_other_names),
		cmocka_unit_test(test_parse_utf16_name),
		cmocka_unit_test(test_name_is_that_of_the_owner),
		cmocka_unit_test(test_name_common_to_all_owners),
		cmocka_unit_test(test_name_exchange_sections_share_ids),
		cmocka_unit_test(test_name_absent),
		cmocka_unit_test(test_table_is_sorted_and_sound),
		cmocka_unit_test(test_owner_words),
		cmocka_unit_test(test_types),
		cmocka_unit_test(test_unpublished_names),
	};

	return UNIT_RUN(tests);
}
