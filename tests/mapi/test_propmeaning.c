/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Bits and numbers of properties in words. */
#include "help/unit.h"

#include "mapi/propmeaning.h"

#include "help/keys.h"

#include <stdlib.h>
#include <string.h>

static void check(const char *name, const char *hex, enum proptag_owner owner,
		  enum propmeaning_place place, const char *expected)
{
	struct keys *keys = keys_new("x");
	struct value value = keys_hex_value(keys, name, hex);
	char *meaning = NULL;
	struct proptag tag;

	assert_true(proptag_parse(text_of(name), &tag));
	assert_true(propmeaning_of(&value, tag, owner, place, &meaning));
	if (expected) {
		assert_non_null(meaning);
		assert_string_equal(meaning, expected);
	} else {
		assert_null(meaning);
	}
	free(meaning);
	keys_free(keys);
}

/* One id, and what it means depends on what the section is. */
static void test_resource_flags(void **state)
{
	(void)state;
	check("00033009", "22000000", PROPTAG_OWNER_ANY, PROPMEANING_SERVICE,
	      "only one of its kind; never primary identity");
	check("00033009", "02000000", PROPTAG_OWNER_STORE, PROPMEANING_PROVIDER,
	      "default store");
	check("00033009", "06100000", PROPTAG_OWNER_MSEMS_PROVIDER, PROPMEANING_PROVIDER,
	      "default store; primary identity; primary store");
	check("00033009", "02000000", PROPTAG_OWNER_ANY, PROPMEANING_ANY, NULL);
	check("00033009", "00000000", PROPTAG_OWNER_ANY, PROPMEANING_SERVICE,
	      "nothing set");
	check("00033009", "00000040", PROPTAG_OWNER_ANY, PROPMEANING_SERVICE,
	      "0x40000000 not known");
}

/* Cached mode is two bits; one of them alone is not known. */
static void test_config_flags(void **state)
{
	(void)state;
	check("00036601", "80010000", PROPTAG_OWNER_MSEMS, PROPMEANING_ANY,
	      "cached mode");
	check("00036601", "84090000", PROPTAG_OWNER_MSEMS, PROPMEANING_ANY,
	      "shows connect dialogs; cached mode; cached shared folders");
	check("00036601", "80000000", PROPTAG_OWNER_MSEMS, PROPMEANING_ANY,
	      "0x80 not known");
	check("00036601", "04000000", PROPTAG_OWNER_MSEMS_PROVIDER, PROPMEANING_PROVIDER,
	      "shows connect dialogs");
	/* In an address book the id is another property. */
	check("00036601", "04000000", PROPTAG_OWNER_CONTAB, PROPMEANING_ANY, NULL);
}

static void test_numbers(void **state)
{
	(void)state;
	check("00036627", "02000000", PROPTAG_OWNER_MSEMS, PROPMEANING_ANY,
	      "NTLM authentication");
	check("00036627", "10000000", PROPTAG_OWNER_MSEMS, PROPMEANING_ANY, "not known");
	check("00033e03", "21000000", PROPTAG_OWNER_ANY, PROPMEANING_PROVIDER,
	      "message store");
	check("00036702", "00000010", PROPTAG_OWNER_STORE, PROPMEANING_PROVIDER,
	      "not known");
	check("00036770", "00000080", PROPTAG_OWNER_STORE, PROPMEANING_PROVIDER,
	      "Unicode file");
	check("000b665e", "0100", PROPTAG_OWNER_MSEMS, PROPMEANING_ANY,
	      "an Outlook.com account");
	check("00036623", "07000000", PROPTAG_OWNER_MSEMS, PROPMEANING_ANY,
	      "HTTP; SSL only; mutual authentication");
}

/* What is no number of its type, and an id without known numbers. */
static void test_none(void **state)
{
	(void)state;
	check("00036601", "8001", PROPTAG_OWNER_MSEMS, PROPMEANING_ANY, NULL);
	check("001e6601", "31363100", PROPTAG_OWNER_MSEMS, PROPMEANING_ANY, NULL);
	check("01026601", "80010000", PROPTAG_OWNER_MSEMS, PROPMEANING_ANY, NULL);
	check("00036600", "01050000", PROPTAG_OWNER_MSEMS, PROPMEANING_ANY, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_resource_flags),
		cmocka_unit_test(test_config_flags),
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_none),
	};

	return UNIT_RUN(tests);
}
