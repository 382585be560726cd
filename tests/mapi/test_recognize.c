/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What profiles look like from outside: names below each other, sections. */
#include "help/unit.h"

#include "mapi/recognize.h"

#include "help/keys.h"

#include <stdio.h>
#include <string.h>

#define ROOT_SECTION "9207f3e0a3b11019908b08002b2a56c2"
#define INSTANCE "8503020000000000c000000000000046"
#define ACCOUNTS "9375cff0413111d3b88a00104b2a6676"
#define OWN "00112233445566778899aabbccddeeff"
#define OTHER "ffeeddccbbaa99887766554433221100"
#define SUMMARY "{D9734F19-8CFB-411D-BC59-833E334FCB5E}"
#define WMS "Windows Messaging Subsystem"

/* ---- names below each other ---- */

struct step {
	const char *name, *parent, *above;
	enum recovered_fit fit;
};

static const struct step steps[] = {
	/* A section of a profile of a list. */
	{ ROOT_SECTION, "Outlook", "Profiles", RECOVERED_MAY_FIT },
	{ OWN, "Outlook", "Profiles", RECOVERED_MAY_FIT },
	{ OWN, "Outlook", "Deleted Profiles", RECOVERED_MAY_FIT },
	{ "9207F3E0A3B11019908B08002B2A56C2", "x", "PROFILES", RECOVERED_MAY_FIT },
	{ SUMMARY, "Outlook", "Profiles", RECOVERED_MAY_FIT },
	{ "{00000000-0000-0000-0000-000000000000}", "x", "Profiles", RECOVERED_MAY_FIT },
	/* A profile may hold other keys. */
	{ "Something", "Outlook", "Profiles", RECOVERED_MAY_FIT },
	{ "", "Outlook", "Profiles", RECOVERED_MAY_FIT },
	{ "00112233445566778899aabbccddeef", "Outlook", "Profiles", RECOVERED_MAY_FIT },
	{ "00112233445566778899aabbccddeeff0", "Outlook", "Profiles", RECOVERED_MAY_FIT },
	{ "00112233445566778899aabbccddeefg", "Outlook", "Profiles", RECOVERED_MAY_FIT },
	{ "{D9734F19-8CFB-411D-BC59-833E334FCB5E", "x", "Profiles", RECOVERED_MAY_FIT },

	/* What every profile has below what is no profile. */
	{ ROOT_SECTION, "Profiles", WMS, RECOVERED_FITS_NOT },
	{ ROOT_SECTION, "Profiles", "", RECOVERED_FITS_NOT },
	{ INSTANCE, "Deleted Profiles", "", RECOVERED_FITS_NOT },
	{ ACCOUNTS, "Run", "CurrentVersion", RECOVERED_FITS_NOT },
	{ "8503020000000000C000000000000046", "Run", "CurrentVersion",
	  RECOVERED_FITS_NOT },
	/* As long as it is not known what is above, it may be one. */
	{ ROOT_SECTION, "Outlook", "", RECOVERED_MAY_FIT },
	{ ROOT_SECTION, "", "", RECOVERED_MAY_FIT },
	/* Other programs use such names too. */
	{ OWN, "Run", "CurrentVersion", RECOVERED_MAY_FIT },

	/* Accounts. */
	{ "00000001", ACCOUNTS, "Outlook", RECOVERED_FITS },
	{ "0000abCD", "9375CFF0413111d3B88A00104B2A6676", "Outlook", RECOVERED_FITS },
	{ "0000001", ACCOUNTS, "Outlook", RECOVERED_MAY_FIT },
	{ "000000001", ACCOUNTS, "Outlook", RECOVERED_MAY_FIT },
	{ "0000000g", ACCOUNTS, "Outlook", RECOVERED_MAY_FIT },
	{ "00000001", OWN, "Outlook", RECOVERED_MAY_FIT },

	/* A profile in its list. */
	{ "My profile", "Profiles", WMS, RECOVERED_FITS },
	{ "My profile", "Deleted Profiles", WMS, RECOVERED_FITS },
	{ "My profile", "profiles", "windows messaging subsystem", RECOVERED_FITS },
	{ "My profile", "Profiles", "Outlook", RECOVERED_FITS },
	{ "My profile", "Profiles", "Something else", RECOVERED_MAY_FIT },
	{ "My profile", "Profiles", "", RECOVERED_MAY_FIT },
	{ "My profile", "Something", WMS, RECOVERED_MAY_FIT },
	/* It would be an odd name for one. */
	{ OWN, "Profiles", WMS, RECOVERED_MAY_FIT },

	{ "", "", "", RECOVERED_MAY_FIT },
	{ "Run", "CurrentVersion", "Windows", RECOVERED_MAY_FIT },
};

static void test_steps(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(steps); i++) {
		enum recovered_fit fit =
			recognize_fit(text_of(steps[i].name), text_of(steps[i].parent),
				      text_of(steps[i].above));
		if (fit != steps[i].fit)
			fail_msg("'%s' below '%s' below '%s': %d", steps[i].name,
				 steps[i].parent, steps[i].above, (int)fit);
	}
}

/* Names are the same whatever their encoding. */
static void test_encoding_does_not_count(void **state)
{
	uint8_t wide[64];

	(void)state;
	for (size_t i = 0; i < 32; i++) {
		wide[2 * i] = (uint8_t)ROOT_SECTION[i];
		wide[2 * i + 1] = 0;
	}
	struct text name = { span_of(wide, 64), TEXT_UTF16LE };
	assert_int_equal(recognize_fit(name, text_of("Outlook"), text_of("Profiles")),
			 RECOVERED_MAY_FIT);
	assert_int_equal(recognize_fit(name, text_of("Profiles"), text_of(WMS)),
			 RECOVERED_FITS_NOT);
	wide[1] = 1;
	assert_int_equal(recognize_fit(name, text_of("Profiles"), text_of(WMS)),
			 RECOVERED_FITS);
}

/* A list of deleted profiles alone may have the cell of the list that was beside it. */
static void test_lists_that_may_have_had_one_cell(void **state)
{
	static const struct {
		const char *list, *beside;
		bool rival;
	} rows[] = {
		{ "Deleted Profiles", "Other", true },
		{ "DELETED PROFILES", "Profile", true },
		{ "Deleted Profiles", "profiles", false },
		{ "Profiles", "Other", false },
		{ "Profiles", "Deleted Profiles", false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct keys *keys = keys_new(WMS);
		keys_add(keys, rows[i].list);
		keys_add(keys, rows[i].beside);
		const struct key *list =
			key_child(keys_root(keys), text_of(rows[i].list));
		assert_int_equal(recognize_has_rival_list(list), rows[i].rival);
		assert_false(recognize_has_rival_list(keys_root(keys)));
		keys_free(keys);
	}
}

/* ---- values ---- */

struct held {
	const char *value, *key;
	enum recovered_fit fit;
};

static const struct held helds[] = {
	{ "001f3001", OWN, RECOVERED_FITS },
	{ "S001f3001", OWN, RECOVERED_FITS },
	{ "01023d0e", ROOT_SECTION, RECOVERED_FITS },
	{ "Email", OWN, RECOVERED_FITS_NOT },
	{ "", OWN, RECOVERED_FITS_NOT },
	{ "NextAccountID", ACCOUNTS, RECOVERED_FITS },
	{ "nextaccountid", ACCOUNTS, RECOVERED_FITS },
	{ "001f3001", ACCOUNTS, RECOVERED_FITS_NOT },
	{ "Email", ACCOUNTS, RECOVERED_FITS_NOT },
	{ "Email", "00000001", RECOVERED_FITS },
	{ "POP3 Password", "0000abcd", RECOVERED_FITS },
	{ "001f3001", "00000001", RECOVERED_FITS_NOT },
	{ "NextAccountID", "00000001", RECOVERED_FITS_NOT },
	{ "Emails", "00000001", RECOVERED_FITS_NOT },
	{ "001f3001", "Outlook", RECOVERED_MAY_FIT },
	{ "Email", "0000001", RECOVERED_MAY_FIT },
	{ "Email", "", RECOVERED_MAY_FIT },
};

static void test_values(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(helds); i++) {
		enum recovered_fit fit = recognize_value_fit(text_of(helds[i].value),
							     text_of(helds[i].key));
		if (fit != helds[i].fit)
			fail_msg("'%s' in '%s': %d", helds[i].value, helds[i].key,
				 (int)fit);
	}
}

static const struct {
	const char *value, *key, *data;
	size_t len;
	bool fits;
} ends[] = {
	{ "001f3001", OWN, "a\0\0", 4, true },
	{ "001f3001", OWN, "a\0b", 4, false },
	{ "001f3001", OWN, "\0\0\0", 3, false },
	{ "001f3001", OWN, "", 0, true },
	{ "01023001", OWN, "a\0b", 4, true },
	{ "001e3001", OWN, "a\0b", 4, true },
	{ "001f3001", "Outlook", "a\0b", 4, true },
	{ "Account Name", "00000001", "a\0b", 4, false },
	{ "Account Name", "00000001", "a\0\0", 4, true },
	{ "Delivery Store EntryID", "00000001", "a\0b", 4, true },
	{ "LastChangeVer", ACCOUNTS, "\x18\0\0\0\0\0\0", 8, true },
	{ "LastChangeVer", ACCOUNTS, "m\0s\0p\0s", 8, false },
	{ "LastChangeVer", "00000001", "m\0s\0p\0s", 8, true },
};

/* How data end that Outlook writes under a name. */
static void test_ends_of_data(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(ends); i++)
		if (recognize_data_fits(text_of(ends[i].value), text_of(ends[i].key),
					span_of(ends[i].data, ends[i].len)) !=
		    ends[i].fits)
			fail_msg("row %zu: '%s' in '%s'", i, ends[i].value, ends[i].key);
}

static size_t name_end(const char *bytes)
{
	return recognize_name_end(span_of(bytes, strlen(bytes)));
}

static void test_ends_of_names(void **state)
{
	(void)state;
	assert_int_equal(name_end("Email"), 5);
	assert_int_equal(name_end("EmailXYZ"), 5);
	assert_int_equal(name_end("SMTP Use Auth"), 13);
	assert_int_equal(name_end("{ED475420-B0D6-11D2-8C3B-00104B2A6676}A"), 38);
	assert_int_equal(name_end("Emai"), 0);
	assert_int_equal(name_end("email"), 0);
	assert_int_equal(name_end(" Email"), 0);
	assert_int_equal(name_end(""), 0);
	/* Some bytes of a name are none. */
	assert_int_equal(recognize_name_end(span_of("Email", 4)), 0);
}

static void test_list_names(void **state)
{
	static const char *const others[] = {
		"",	   "Profile",	      "Profiles ",
		"Deleted", "DeletedProfiles", "Deleted  Profiles"
	};

	(void)state;
	assert_true(recognize_is_list_name(text_of("Profiles")));
	assert_true(recognize_is_list_name(text_of("Deleted Profiles")));
	assert_true(recognize_is_list_name(text_of("PROFILES")));
	assert_true(recognize_is_list_name(text_of("deleted profiles")));
	for (size_t i = 0; i < ARRAY_LEN(others); i++)
		assert_false(recognize_is_list_name(text_of(others[i])));
}

/* ---- sections ---- */

static bool is_profile(struct keys *keys)
{
	bool is = recognize_is_profile(keys_root(keys));

	keys_free(keys);
	return is;
}

static struct keys *with(const char *section)
{
	struct keys *keys = keys_new("Outlook");

	keys_add(keys, section);
	return keys;
}

static void test_sections_that_every_profile_has(void **state)
{
	static const char *const names[] = {
		ROOT_SECTION,
		INSTANCE,
		ACCOUNTS,
		"13dbb0c8aa05101a9bb000aa002fc45a",
		"0A0D020000000000C000000000000046",
		SUMMARY,
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		assert_true(is_profile(with(names[i])));
	/* Not one level further down. */
	assert_false(is_profile(with("a\\" ROOT_SECTION)));
}

static void test_sections_of_its_own(void **state)
{
	struct keys *keys = with(OWN);

	(void)state;
	keys_long(keys, OWN, "00033009", 1);
	assert_false(is_profile(keys));
	keys = with(OWN);
	keys_add(keys, OTHER);
	assert_false(is_profile(keys));
	keys = with(OWN);
	keys_long(keys, OWN, "00033009", 1);
	keys_add(keys, OTHER);
	keys_long(keys, OTHER, "Something", 1);
	assert_false(is_profile(keys));
	keys = with(OWN);
	keys_long(keys, OWN, "00033009", 1);
	keys_long(keys, OTHER, "S001e3001", 1);
	assert_true(is_profile(keys));
	keys = with("Run");
	keys_long(keys, "Run", "00033009", 1);
	keys_long(keys, "RunOnce", "00033009", 1);
	assert_false(is_profile(keys));
}

/* Name and place of the key itself do not count. */
static void test_nothing_but_a_name(void **state)
{
	(void)state;
	assert_false(is_profile(keys_new("Outlook")));
	assert_false(is_profile(keys_new(ROOT_SECTION)));
	struct keys *keys = keys_new("");
	keys_add(keys, ROOT_SECTION);
	assert_true(is_profile(keys));
}

static void test_properties(void **state)
{
	static const struct {
		const char *name;
		bool is;
	} names[] = {
		{ "001f3001", true },	   { "001F3D0B", true },   { "S001e6613", true },
		{ "001f300", false },	   { "001f30011", false }, { "S001f300", false },
		{ "Account Name", false }, { "", false },	   { "001g3001", false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		struct keys *keys = keys_new("x");
		keys_long(keys, "", "clsid", 1);
		keys_long(keys, "", names[i].name, 1);
		if (recognize_has_properties(keys_root(keys)) != names[i].is)
			fail_msg("'%s'", names[i].name);
		keys_free(keys);
	}
	struct key none = { 0 };
	assert_false(recognize_has_properties(&none));
}

/* Sections with random uids are in no two profiles but those of one origin. */
static void test_shared_sections(void **state)
{
	struct keys *keys[2] = { with(OWN), with("00112233445566778899AABBCCDDEEFF") };
	struct key *a, *b;

	(void)state;
	keys_add(keys[0], OTHER);
	keys_add(keys[1], "ffeeddccbbaa99887766554433221101");
	for (size_t i = 0; i < 2; i++) {
		keys_add(keys[i], ROOT_SECTION);
		keys_add(keys[i], INSTANCE);
		keys_add(keys[i], "Something");
	}
	a = keys_root(keys[0]);
	b = keys_root(keys[1]);
	assert_int_equal(recognize_shared_sections(a, b), 1);
	assert_int_equal(recognize_shared_sections(b, a), 1);
	assert_int_equal(recognize_shared_sections(a, a), 2);
	keys_free(keys[0]);
	keys_free(keys[1]);
}

/* Names that are made alike in every profile. */
static void test_common_names(void **state)
{
	static const char *const common[] = { ROOT_SECTION, INSTANCE, ACCOUNTS,
					      "00000001" };
	static const char *const own[] = { OWN, OTHER, "Outlook", "0000000", "" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(common); i++)
		assert_true(recognize_is_common(text_of(common[i])));
	for (size_t i = 0; i < ARRAY_LEN(own); i++)
		assert_false(recognize_is_common(text_of(own[i])));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_steps),
		cmocka_unit_test(test_encoding_does_not_count),
		cmocka_unit_test(test_lists_that_may_have_had_one_cell),
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_ends_of_data),
		cmocka_unit_test(test_ends_of_names),
		cmocka_unit_test(test_list_names),
		cmocka_unit_test(test_sections_that_every_profile_has),
		cmocka_unit_test(test_sections_of_its_own),
		cmocka_unit_test(test_nothing_but_a_name),
		cmocka_unit_test(test_properties),
		cmocka_unit_test(test_shared_sections),
		cmocka_unit_test(test_common_names),
	};

	return UNIT_RUN(tests);
}
