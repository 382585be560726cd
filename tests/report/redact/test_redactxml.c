/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a redacted report shows of attributes and elements, by the table and without. */
#include "help/unit.h"

#include "report/redact/redactxml.h"

#include <stdlib.h>

static void shows(struct redact *redact, const char *element, const char *attribute,
		  enum redactxml_from from, const char *text, const char *expected)
{
	char *got = redactxml_text(redact, element, attribute, from, text);

	assert_non_null(got);
	assert_string_equal(got, expected);
	free(got);
}

static void test_texts(void **state)
{
	struct redact *redact = redact_new();

	(void)state;
	assert_non_null(redact);
	shows(redact, "series", "user", REDACTXML_OWN, "anna", "user-1");
	shows(redact, "profile", "name", REDACTXML_EVIDENCE, "Home", "profile-1");
	shows(redact, "diagnostic", NULL, REDACTXML_OWN, "the hive of Anna",
	      "the hive of user-1");
	shows(redact, "report", "xmlns", REDACTXML_OWN, "urn:x", "urn:x");
	shows(redact, "dfxml:filename", NULL, REDACTXML_PATH, "x", "path-1");
	shows(redact, "store", "path", REDACTXML_OWN, "Software\\Acme",
	      "Software\\text-1");
	shows(redact, "profile", "digest", REDACTXML_OWN, "00ff", "left_out");
	/* Whatever the table does not name is redacted all the same. */
	shows(redact, "new", "one", REDACTXML_OWN, "deleted", "deleted");
	shows(redact, "new", "one", REDACTXML_OWN, "Berta", "text-2");
	shows(redact, "new", NULL, REDACTXML_OWN, "Berta", "text-2");
	shows(redact, "new", "one", REDACTXML_EVIDENCE, "Carl", "text-3");
	shows(redact, "new", NULL, REDACTXML_PATH, "Carl.dat", "path-2");
	redact_free(redact);
}

static void test_left_out(void **state)
{
	(void)state;
	assert_true(redactxml_leaves_out("regxml:cellobject"));
	assert_false(redactxml_leaves_out("profile"));
	assert_true(redactxml_names("case", "examiner"));
	assert_true(redactxml_names("diagnostic", NULL));
	assert_false(redactxml_names("diagnostic", "code"));
	assert_false(redactxml_names("case", NULL));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_texts),
		cmocka_unit_test(test_left_out),
	};

	return UNIT_RUN(tests);
}
