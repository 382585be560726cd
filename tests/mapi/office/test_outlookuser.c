/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The id of the machine that Outlook notes for rules. */
#include "help/unit.h"

#include "mapi/office/outlookuser.h"

#include "help/office_keys.h"

static void test_machine_id(void **state)
{
	struct span id;

	(void)state;
	keys_hex(keys, OFFICE_14 "\\Outlook\\UserInfo", "RulesMachineID",
		 "b4f5d26f8cdbee47b323cf4b4066c8b4");
	keys_hex(keys, OFFICE "\\15.0\\Outlook\\UserInfo", "RulesMachineID",
		 "b4f5d26f8cdbee47b323cf4b4066c8");
	keys_sz(keys, OFFICE_16 "\\Outlook\\UserInfo", "RulesMachineID", "0123456");
	keys_add(keys, OFFICE "\\17.0\\Common");
	/* An id that was never set would be that of every machine. */
	keys_hex(keys, OFFICE "\\18.0\\Outlook\\UserInfo", "RulesMachineID",
		 "00000000000000000000000000000000");
	find_offices("");
	assert_int_equal(offices.n, 5);
	assert_true(outlookuser_machine_id(&offices.items[0], &id));
	assert_int_equal(id.len, 16);
	assert_true(span_starts(id, 0, "\xb4\xf5\xd2", 3));
	for (size_t i = 1; i < offices.n; i++)
		assert_false(outlookuser_machine_id(&offices.items[i], &id));
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_machine_id),
	};

	return UNIT_RUN(tests);
}
