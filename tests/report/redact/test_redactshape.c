/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What looks like personal data, and numbers that do not. */
#include "help/unit.h"

#include "report/redact/redactshape.h"

#include <string.h>

static void looks(const char *text, enum redact_kind kind)
{
	enum redact_kind got = REDACT_TEXT;

	assert_true(redactshape_read(text, strlen(text), &got));
	assert_int_equal(got, kind);
}

static void looks_like_nothing(const char *text)
{
	enum redact_kind got;

	assert_false(redactshape_read(text, strlen(text), &got));
}

static void test_kinds(void **state)
{
	(void)state;
	looks("S-1-5-21-1-2-3-1001", REDACT_SID);
	looks("anna@example.com", REDACT_ADDRESS);
	looks("SMTP:Anna@example.com", REDACT_ADDRESS);
	looks("/o=First/ou=Group/cn=Recipients/cn=anna", REDACT_DN);
	looks("CN=anna,OU=People", REDACT_DN);
	looks("C:\\Users\\anna", REDACT_PATH);
	looks("c:/users", REDACT_PATH);
	looks("\\\\server\\share", REDACT_PATH);
	looks("/evidence/anna@example.com.pst", REDACT_PATH);
	looks("\\??\\C:\\Users\\anna\\ntuser.dat", REDACT_PATH);
	looks("%USERPROFILE%\\x", REDACT_PATH);
	looks("../x", REDACT_PATH);
	looks("192.168.1.10", REDACT_SERVER);
	looks("https://mail.example.com/", REDACT_SERVER);
	looks_like_nothing("S-1-");
	looks_like_nothing("S-1-5-x");
	looks_like_nothing("anna");
	looks_like_nothing("@home");
	looks_like_nothing("anna @ home");
	looks_like_nothing("/");
	looks_like_nothing("1.2.3.256");
	looks_like_nothing("16.0.4266.1001");
	looks_like_nothing("");
}

static void test_stays(void **state)
{
	(void)state;
	assert_true(redactshape_stays(REDACT_PROFILE, "outlook"));
	assert_true(redactshape_stays(REDACT_PROFILE, "0000051c01c2e6cb0341c82c"));
	assert_false(redactshape_stays(REDACT_PROFILE, "Anna 0000051c01c2e6cb0341c82c"));
	assert_false(redactshape_stays(REDACT_PROFILE, "Anna"));
	assert_true(redactshape_stays(REDACT_USER, "LocalSystem"));
	assert_false(redactshape_stays(REDACT_USER, "Administrator"));
	assert_true(redactshape_stays(REDACT_SID, "S-1-5-18"));
	assert_false(redactshape_stays(REDACT_SID, "S-1-5-21-1-2-3-500"));
	assert_false(redactshape_stays(REDACT_TEXT, "Outlook"));
}

static void number(const char *text, bool is)
{
	assert_int_equal(redactshape_is_number(text, strlen(text)), is);
}

static void test_numbers(void **state)
{
	(void)state;
	number("12345", true);
	number("123456", false);
	number("16.0", true);
	number("16.0.12527.20442", true);
	number("10.0.0.1", false);
	number("555.123.4567", false);
	number("0x80004005", true);
	number("0x123456789", false);
	number("001f6001", true);
	number("6001001F", true);
	number("03012345", false);
	number("00000003", true);
	number("KB817375", true);
	number("KB", false);
	number("4096 (0x1000)", true);
	number("2147483648 (0x80000000)", true);
	number("4096 (0x)", false);
	number("030 123456", false);
	number("", false);
}

static void test_times(void **state)
{
	static const char with[] = "2016-03-11T16:58:20.1234567Z, and";

	(void)state;
	assert_int_equal(redactshape_time(with, strlen(with)), 28);
	assert_int_equal(redactshape_time("2016-03-11 16:58:20 UTC", 23), 19);
	assert_int_equal(redactshape_time("2016-03-11T16:58:20x", 20), 0);
	assert_int_equal(redactshape_time("2016-03-11", 10), 0);
}

static void test_ids(void **state)
{
	(void)state;
	assert_true(redactshape_is_id("5e68e918610e0e53969f4d30eaf9bf28", 32));
	assert_true(redactshape_is_id("{6485D266-C2AC-11D1-AD3E-10A0C911C9C0}", 38));
	assert_false(redactshape_is_id("5e68e918610e0e53969f4d30eaf9bf2g", 32));
	assert_false(redactshape_is_id("5e68e918", 8));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_kinds),	cmocka_unit_test(test_stays),
		cmocka_unit_test(test_numbers), cmocka_unit_test(test_times),
		cmocka_unit_test(test_ids),
	};

	return UNIT_RUN(tests);
}
