/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Names of services' profiles: how patterns fit, what the table tells, and a
 * user's file, sound and not, which overrules it.
 */
#define UNIT_OOM
#include "help/unit.h"

#include "mapi/servicename.h"

#include "help/texts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A name as the Exchange SDK makes it: process 1704, 2003-03-10 (profilename.c). */
#define GENERATED "000006a801c2e6cadf9b1e64"

static enum status try_read(const void *bytes, size_t len, struct servicenames *out,
			    struct failure *failure)
{
	/* An exact copy, so that a sanitizer sees a byte read too far. */
	uint8_t *copy = malloc(len + 1);

	assert_non_null(copy);
	memcpy(copy, bytes, len);
	copy = realloc(copy, len ? len : 1);
	assert_non_null(copy);
	enum status status =
		servicenames_read(span_of(copy, len), "dir/rows\n.tsv", out, failure);
	free(copy);
	return status;
}

/* The table behind the rows of a file. */
static struct servicenames given(const char *rows)
{
	struct servicenames names = { 0 };
	struct failure failure = { 0 };

	if (try_read(rows, strlen(rows), &names, &failure) != STATUS_OK)
		fail_msg("%s", failure.sentence);
	return names;
}

static const struct servicename *find(const struct servicenames *names, const char *name)
{
	return servicenames_find(names, text_of(name));
}

/* Whether a name, both in UTF-8, fits a pattern of a user's file. */
static bool fits(const char *pattern, const char *name)
{
	char *row = NULL;
	struct text units;

	assert_true(asprintf(&row, "%s\to\tno\n", pattern) > 0);
	struct servicenames names = given(row);
	assert_true(text_from_utf8(name, strlen(name), &units));
	const struct servicename *found = servicenames_find(&names, units);
	bool result = found && found->given;
	text_free(units);
	servicenames_clear(&names);
	free(row);
	return result;
}

/* ---- patterns ---- */

static void test_patterns(void **state)
{
	static const struct {
		const char *pattern, *name;
		bool fits;
	} rows[] = {
		{ "abc", "abc", true },
		{ "abc", "ab", false },
		{ "abc", "abcd", false },
		{ "abc", "ABC", true },
		{ "ABC", "abc", true },
		{ "*", "", true },
		{ "*", "anything", true },
		{ "**", "", true },
		{ "?", "", false },
		{ "?", "x", true },
		{ "?", "xy", false },
		{ "a?c", "abc", true },
		{ "a?c", "ac", false },
		{ "a*c", "ac", true },
		{ "a*c", "abbbc", true },
		{ "a*c", "abbbcd", false },
		{ "*c", "abc", true },
		{ "*bc", "bcabc", true },
		{ "a*", "b", false },
		{ "*-LME-*", "EXCH01-LME-NOTES", true },
		{ "*-LME-*", "EXCH01-LM-E-NOTES", false },
		{ "*ab*ab", "abab", true },
		{ "*ab*ab", "ab", false },
		{ "*?", "", false },
		{ "*?*", "x", true },
		{ "a*b?d*", "axxbbcdx", true },
		{ "a*b?d*", "axxbcx", false },
		{ "\xc3\xa4rger", "\xc3\x84RGER", true },  /* A with diaeresis */
		{ "\xd0\xbf*", "\xd0\x9f\xd1\x80", true }, /* Cyrillic pe */
		{ "[a]", "a", false },
		{ "a\\*", "a\\b", true },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (fits(rows[i].pattern, rows[i].name) != rows[i].fits)
			fail_msg("%s and %s", rows[i].pattern, rows[i].name);
}

/* A matcher that tries all ways would not come to an end before the sun does. */
static void test_many_stars_take_bounded_work(void **state)
{
	char pattern[601], name[256];

	(void)state;
	for (size_t i = 0; i < sizeof(pattern) - 1; i += 2)
		memcpy(pattern + i, "*a", 2);
	pattern[sizeof(pattern) - 1] = '\0';
	memset(name, 'a', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	assert_false(fits(pattern, name)); /* 300 letters do not fit into 255 */
	pattern[2 * (sizeof(name) - 1)] = '\0';
	assert_true(fits(pattern, name));
	name[sizeof(name) - 2] = 'b';
	assert_false(fits(pattern, name));
}

/* Half a character of UTF-16 in a name is a unit like any other. */
static void test_lone_surrogate_in_a_name(void **state)
{
	struct servicenames names = given("x?y\to\tno\n");
	const struct servicename *found =
		servicenames_find(&names, UTF16("x\0\x00\xd8y\0"));

	(void)state;
	assert_non_null(found);
	assert_string_equal(found->pattern, "x?y");
	servicenames_clear(&names);
}

/* ---- the table ---- */

static void test_table(void **state)
{
	/* Articles and names as the column "source" of the table tells them. */
	static const struct {
		const char *name, *pattern;
		bool remade;
		enum basis basis;
	} rows[] = {
		{ "Mailbox Manager " GENERATED, SERVICENAME_GENERATED, true,
		  BASIS_DOCUMENTED },
		{ GENERATED, SERVICENAME_GENERATED, true, BASIS_DOCUMENTED },
		{ "MSExchangeIMC (EXCH01)", "MSExchangeIMC *", false, BASIS_DOCUMENTED },
		{ "msexchangecalcon1", "MSExchangeCalCon*", true, BASIS_DOCUMENTED },
		{ "EXCH01-LME-GWISE V5.5", "*-LME-*", true, BASIS_INFERRED },
		{ "{5F2C8A10-5E0B-4D71-9A3E-0C1B7D4466E2}",
		  "{????????"
		  "-????"
		  "-????"
		  "-????"
		  "-????????????}",
		  true, BASIS_INFERRED },
		{ "SQLServerAgent Profile", "SQLServerAgent Profile", false,
		  BASIS_DOCUMENTED },
		{ "BlackBerryServer", "BlackBerryServer", false, BASIS_UNCONFIRMED },
	};
	struct servicenames names = given("");

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		const struct servicename *found = find(&names, rows[i].name);
		assert_non_null(found);
		assert_string_equal(found->pattern, rows[i].pattern);
		assert_int_equal(found->remade, rows[i].remade);
		assert_int_equal(found->basis, rows[i].basis);
		assert_false(found->given);
		assert_true(strlen(found->owner) > 0 && strlen(found->note) > 0);
	}
	/* People's own names, and what only looks like one of those. */
	assert_null(find(&names, "Outlook"));
	assert_null(find(&names, "MS Exchange Settings"));
	assert_null(find(&names, ""));
	assert_null(find(&names, "x" GENERATED));
	assert_null(find(&names, "Mailbox Manager 000006A801C2E6CADF9B1E64"));
	assert_null(find(&names, "{5F2C8A10-5E0B-4D71-9A3E-0C1B7D4466E}"));
	servicenames_clear(&names);
}

/* ---- a user's file ---- */

static void test_rows_of_a_user(void **state)
{
	struct servicenames names =
		given("\xef\xbb\xbf# pattern\towner\r\n"
		      "\r\n"
		      "Archive *\tan archiver\tyes\r\n"
		      "Fax\ta fax server\tno\tdocumented\tits handbook\tmore\r\n"
		      "BlackBerryServer\tours\tyes\tinferred\n"
		      "last\tone\tno");
	const struct servicename *found = find(&names, "archive 2003");

	(void)state;
	assert_non_null(found);
	assert_true(found->given && found->remade);
	assert_string_equal(found->pattern, "Archive *");
	assert_string_equal(found->owner, "an archiver");
	assert_int_equal(found->basis, BASIS_UNCONFIRMED);
	found = find(&names, "Fax");
	assert_non_null(found);
	assert_false(found->remade);
	assert_int_equal(found->basis, BASIS_DOCUMENTED);
	assert_string_equal(found->note, "its handbook");
	/* Theirs overrules the table. */
	found = find(&names, "BlackBerryServer");
	assert_non_null(found);
	assert_true(found->given && found->remade);
	assert_int_equal(found->basis, BASIS_INFERRED);
	assert_non_null(find(&names, "last"));
	assert_null(find(&names, "# pattern"));
	/* And the table is still there. */
	found = find(&names, "SQLServerAgent Profile");
	assert_non_null(found);
	assert_false(found->given);
	servicenames_clear(&names);
}

static void test_user_overrules_generated_names(void **state)
{
	struct servicenames names = given("Mailbox Manager*\tour own\tno\n"
					  "<generated>\tothers\tno\n");

	(void)state;
	assert_string_equal(find(&names, "Mailbox Manager " GENERATED)->owner, "our own");
	assert_string_equal(find(&names, "Event Script " GENERATED)->owner, "others");
	assert_null(find(&names, "<generated>"));
	servicenames_clear(&names);
}

static void test_files_that_hold_no_row(void **state)
{
	static const char *const files[] = { "", "\n", "\r\n\r\n", "#\n#x",
					     "\xef\xbb\xbf" };
	struct servicenames table = given("");

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(files); i++) {
		struct servicenames names = given(files[i]);
		assert_int_equal(names.n, table.n);
		servicenames_clear(&names);
	}
	servicenames_clear(&table);
}

static void refuse(const void *bytes, size_t len, enum status expected, const char *why)
{
	struct servicenames names = { 0 };
	struct failure failure = { 0 };

	assert_int_equal(try_read(bytes, len, &names, &failure), expected);
	/* The path as it can be shown on one line. */
	assert_null(strchr(failure.sentence, '\n'));
	assert_non_null(strstr(failure.sentence, "dir/rows"));
	if (!strstr(failure.sentence, why))
		fail_msg("no \"%s\" in: %s", why, failure.sentence);
	assert_null(names.items);
	assert_null(names.text);
}
#define REFUSE(literal, why) refuse(literal, sizeof(literal) - 1, STATUS_MALFORMED, why)

static void test_bad_files(void **state)
{
	char longest[1200];
	(void)state;

	REFUSE("pattern\towner\n", "line 1 has fewer than three columns");
	REFUSE("# x\n\na\tb\tyes\npattern\n", "line 4 has fewer than three columns");
	REFUSE("\towner\tyes\n", "line 1 has no pattern");
	REFUSE("a\tb\tmaybe\n", "line 1 says neither yes nor no");
	REFUSE("a\tb\tYes\n", "line 1 says neither yes nor no");
	REFUSE("a\tb\tyes \r\n", "line 1 says neither yes nor no");
	REFUSE("a\tb\t\n", "line 1 says neither yes nor no");
	REFUSE("a\tb\tyes\n\0", "is no plain text in UTF-8");
	REFUSE("a\0b\to\tyes\n", "is no plain text in UTF-8");
	REFUSE("\xff\xfe"
	       "a\0\t\0b\0",
	       "is no plain text in UTF-8");
	/* Latin-1 would fit no name without a word. */
	REFUSE("M\xfcller\to\tyes\n", "is no plain text in UTF-8");
	REFUSE("M\xc3", "is no plain text in UTF-8");
	REFUSE("\xed\xa0\x80\to\tyes\n", "is no plain text in UTF-8");
	REFUSE("\x01\to\tyes\n", "is no plain text in UTF-8");
	memset(longest, 'a', sizeof(longest));
	memcpy(longest + sizeof(longest) - 7, "\to\tyes\n", 7);
	refuse(longest, sizeof(longest), STATUS_MALFORMED,
	       "line 1 has no pattern, or one");
}

/* Names of keys have 255 characters, in UTF-8 of three bytes at most. */
static void test_longest_name(void **state)
{
	char pattern[3 * 255 + 1];

	(void)state;
	for (size_t i = 0; i + 1 < sizeof(pattern); i += 3)
		memcpy(pattern + i, "\xe6\xbc\xa2", 3);
	pattern[sizeof(pattern) - 1] = '\0';
	assert_true(fits(pattern, pattern));
}

static void test_limit_of_rows(void **state)
{
	static const char row[] = "p\to\tyes\n";
	size_t len = sizeof(row) - 1, n = SERVICENAMES_MAX;
	char *rows = malloc((n + 1) * len + 1);
	struct servicenames table = given("");

	(void)state;
	assert_non_null(rows);
	for (size_t i = 0; i <= n; i++)
		memcpy(rows + i * len, row, len);
	rows[(n + 1) * len] = '\0';
	refuse(rows, (n + 1) * len, STATUS_LIMIT, "line 10001: more than 10000 patterns");
	rows[n * len] = '\0';
	struct servicenames names = given(rows);
	assert_int_equal(names.n, n + table.n);
	assert_false(names.items[n].given);
	servicenames_clear(&names);
	servicenames_clear(&table);
	free(rows);
}

static void test_out_of_memory(void **state)
{
	static const char file[] = "Archive *\tan archiver\tyes\nFax\ta fax server\tno\n";
	struct servicenames names = { 0 };
	struct failure failure = { 0 };

	(void)state;
	struct unit_oom oom;
	UNIT_FAIL_EACH (oom) {
		enum status status = UNIT_FAILING(
			oom, servicenames_read(span_of(file, sizeof(file) - 1),
					       "rows.tsv", &names, &failure));
		if (status == STATUS_OK) {
			assert_true(oom.n > 10);
			break;
		}
		assert_int_equal(status, STATUS_NOMEM);
		assert_string_equal(failure.sentence, "out of memory");
		assert_null(names.items);
	}
	/* Finding one takes no memory: lack of it cannot make a name another's. */
	oom.n = 0;
	assert_non_null(UNIT_FAILING(oom, find(&names, "FAX")));
	assert_false(oom.failed);
	servicenames_clear(&names);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_patterns),
		cmocka_unit_test(test_many_stars_take_bounded_work),
		cmocka_unit_test(test_lone_surrogate_in_a_name),
		cmocka_unit_test(test_table),
		cmocka_unit_test(test_rows_of_a_user),
		cmocka_unit_test(test_user_overrules_generated_names),
		cmocka_unit_test(test_files_that_hold_no_row),
		cmocka_unit_test(test_bad_files),
		cmocka_unit_test(test_longest_name),
		cmocka_unit_test(test_limit_of_rows),
		cmocka_unit_test(test_out_of_memory),
	};
	return UNIT_RUN(tests);
}
