/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names that programs give their own profiles. */
#include "help/unit.h"

#include "mapi/content/content.h"

#include "mapi/profile.h"
#include "mapi/profilename.h"

#include "help/keys.h"
#include "help/texts.h"

#include <string.h>

static struct profile_generated_name generated(const char *name)
{
	struct profile_generated_name out;

	profilename_read(text_of(name), &out);
	return out;
}

static void test_generated_name(void **state)
{
	struct profile_generated_name name =
		generated("Gateway 00000abc01c3a95d00112233");

	(void)state;
	assert_true(name.present);
	assert_text(name.prefix, "Gateway");
	assert_int_equal(name.pid, 0xabc);
	assert_true(name.created_ft == UINT64_C(0x01c3a95d00112233));
	name = generated("00000abc01c3a95d00112233");
	assert_true(name.present);
	assert_text(name.prefix, "");
	name = generated(" 00000abc01c3a95d00112233");
	assert_true(name.present);
	name = generated("two words 00000abc01c3a95d00112233");
	assert_text(name.prefix, "two words");
}

static void test_generated_name_of_another_form(void **state)
{
	static const char *const names[] = {
		"",
		"Outlook",
		"Gateway 0000abc01c3a95d00112233",
		"Gateway00000abc01c3a95d00112233",
		"Gateway 00000ABC01c3a95d00112233",
		"Gateway 00000abc01c3a95d0011223g",
		"Gateway 00000abc01c3a95d00112233 ",
		"Gateway 000000abc01c3a95d00112233",
		"0000abc01c3a95d00112233",
		"0123456700000abc01c3a95d00112233",
		"Gateway\t00000abc01c3a95d00112233",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		assert_false(generated(names[i]).present);
}

static void test_generated_name_time_at_both_sides(void **state)
{
	(void)state;
	/* 1993-01-01 and one tick before; one tick before 2100-01-01, and that */
	assert_true(generated("x 0000000101b77b67ad944000").present);
	assert_false(generated("x 0000000101b77b67ad943fff").present);
	assert_true(generated("x 00000001022f71637763ffff").present);
	assert_false(generated("x 00000001022f716377640000").present);
}

static void test_generated_name_of_the_profile(void **state)
{
	struct keys *other = keys_new("MSExchangeSA 000004d201c3a95d00112233");
	struct content *found;

	(void)state;
	assert_int_equal(content_read(keys_root(other), &found), STATUS_OK);
	assert_true(found->generated.present);
	assert_int_equal(found->generated.pid, 1234);
	assert_text(found->generated.prefix, "MSExchangeSA");
	content_free(found);
	keys_free(other);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_generated_name),
		cmocka_unit_test(test_generated_name_of_another_form),
		cmocka_unit_test(test_generated_name_time_at_both_sides),
		cmocka_unit_test(test_generated_name_of_the_profile),
	};

	return UNIT_RUN(tests);
}
