// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The profile recipes held against what was read from real profiles: sizes, tables, the
 * chain from the root section to services and providers.
 */
#include "help/unit.h"

#include "samples/mapi.h"

#include <stdio.h>
#include <string.h>

#define NOON 129782011451468083u /* a FILETIME from a real hive */

static struct builder *hive(void)
{
	return builder_new(&(struct builder_options){ .minor = 3, .root_name = "ROOT" });
}

static struct mapi_profile profile(struct builder *b, const char *name,
				   enum mapi_writer writer)
{
	return mapi_profile_new(b, builder_root(b), name, writer, NOON, 1);
}

/* The key that a uid in a list of them names. */
static builder_key section(const struct mapi_profile *p, const uint8_t *uid)
{
	char digits[33];

	for (size_t i = 0; i < 16; i++)
		snprintf(digits + 2 * i, 3, "%02x", uid[i]);
	return builder_key_find(p->b, p->key, digits);
}

static void assert_data(const struct mapi_profile *p, builder_key key, const char *name,
			const void *expected, size_t expected_len)
{
	size_t len;
	const uint8_t *data = builder_value_data(p->b, key, name, &len);

	assert_non_null(data);
	assert_int_equal(len, expected_len);
	assert_memory_equal(data, expected, len);
}

static void test_property_forms_match_real_profiles(void **state)
{
	struct builder *b = hive();
	struct mapi_profile p = profile(b, "p", MAPI_UNICODE_64);

	(void)state;
	mapi_long(&p, p.key, 0x3009, 2);
	assert_data(&p, p.key, "00033009", "\2\0\0\0", 4);
	mapi_boolean(&p, p.key, 0x0413, true);
	assert_data(&p, p.key, "000b0413", "\1\0", 2);
	mapi_unicode(&p, p.key, 0x3d09, "OMSAB");
	assert_data(&p, p.key, "001f3d09", "O\0M\0S\0A\0B\0\0\0", 12);
	mapi_string8(&p, p.key, 0x3d13, "");
	assert_data(&p, p.key, "001e3d13", "\0\0", 2);
	mapi_systime(&p, p.key, 0x0032, 0x01cd13f7c0f0dacb);
	assert_data(&p, p.key, "00400032", "\xcb\xda\xf0\xc0\xf7\x13\xcd\x01", 8);
	builder_free(b);
}

static void test_string_table_follows_bitness(void **state)
{
	static const char narrow[] = "\1\0\0\0\x08\0\0\0contab.dll";
	static const char wide[] = "\1\0\0\0\x0c\0\0\0\0\0\0\0contab.dll";
	const char *dll = "contab.dll";
	struct builder *b = hive();
	struct mapi_profile p = profile(b, "32", MAPI_ANSI_32);

	(void)state;
	mapi_mv_string8(&p, p.key, 0x3d0f, &dll, 1);
	assert_data(&p, p.key, "101e3d0f", narrow, sizeof(narrow));
	p = profile(b, "64", MAPI_UNICODE_64);
	mapi_mv_string8(&p, p.key, 0x3d0f, &dll, 1);
	assert_data(&p, p.key, "101e3d0f", wide, sizeof(wide));
	builder_free(b);
}

/* Two elements of 68 bytes: 156 bytes from a 32-bit writer, 172 from a 64-bit one. */
static void test_search_path_has_real_size(void **state)
{
	struct builder *b = hive();
	size_t len;

	(void)state;
	for (int w = MAPI_UNICODE_32; w <= MAPI_UNICODE_64; w++) {
		struct mapi_profile p = profile(b, w == MAPI_UNICODE_32 ? "32" : "64",
						(enum mapi_writer)w);
		struct mapi_pst pst = mapi_pst_add(&p, "Mail", "C:\\m.pst", true);

		mapi_contab_add(&p, &pst);
		builder_value_data(b, builder_key_find(b, p.key, MAPI_ROOT), "11023d05",
				   &len);
		assert_int_equal(len, w == MAPI_UNICODE_32 ? 156 : 172);
	}
	builder_free(b);
}

static void test_account_values_have_real_sizes(void **state)
{
	struct builder *b = hive();
	struct mapi_profile p = profile(b, "Outlook", MAPI_UNICODE_64);
	struct mapi_pst pst = mapi_pst_add(&p, "Mail", "C:\\m.pst", true);
	builder_key account =
		mapi_account_pop3(&p, &(struct mapi_pop3){ "a", "b", "c", "d" }, &pst);
	size_t len;

	(void)state;
	builder_value_data(b, account, "POP3 Password", &len);
	assert_int_equal(len, 189);
	builder_value_data(b, account, "Delivery Store EntryID", &len);
	assert_int_equal(len, 54 + 2 * sizeof("C:\\m.pst"));
	builder_value_data(b, account, "Delivery Folder EntryID", &len);
	assert_int_equal(len, 24);
	builder_free(b);
}

static void test_account_texts_have_both_encodings(void **state)
{
	struct builder *b = hive();
	struct mapi_profile p = profile(b, "Outlook", MAPI_UNICODE_64);
	struct mapi_uid service = mapi_uid_next(&p);
	size_t len;

	(void)state;
	builder_key old =
		mapi_account_service(&p, MAPI_LIST_STORE, "a", "MSUPST MS", &service);
	p.text_accounts = true;
	builder_key new =
		mapi_account_service(&p, MAPI_LIST_STORE, "a", "MSUPST MS", &service);
	builder_finish(b);
	const uint8_t *image = builder_bytes(b, &len);
	assert_int_equal(image[builder_value_offset(b, old, "Service Name") + 12], 3);
	assert_int_equal(image[builder_value_offset(b, new, "Service Name") + 12], 1);
	builder_free(b);
}

/* Every uid leads to a key, every provider back to its service. */
static void test_exchange_chain_has_no_loose_end(void **state)
{
	struct builder *b = hive();
	struct mapi_profile p = profile(b, "SERVER01-LME-GWISE V5.5", MAPI_ANSI_32);
	size_t n;
	size_t len;

	(void)state;
	struct mapi_uid service =
		mapi_exchange2000(&p, &(struct mapi_mailbox){ .server = "SERVER01",
							      .domain = "example.com",
							      .organization = "O",
							      .site = "S",
							      .user = "u",
							      .display = "U",
							      .public_store = true,
							      .config_flags = 1 });
	builder_key root = builder_key_find(b, p.key, MAPI_ROOT);
	assert_data(&p, root, "01023d0e", service.bytes, 16);
	const uint8_t *stores = builder_value_data(b, root, "01023d00", &n);
	assert_int_equal(n, 2 * 16);
	for (size_t i = 0; i < n; i += 16) {
		builder_key provider = section(&p, stores + i);

		assert_int_not_equal(provider, BUILDER_NO_KEY);
		assert_data(&p, provider, "01023d0c", service.bytes, 16);
	}
	assert_data(&p, section(&p, service.bytes), "01023d00", stores, n);
	builder_key global = builder_key_find(b, p.key, MAPI_EXCHANGE);
	assert_data(&p, global, "001e6602", "S\0E\0R\0V\0E\0R\0000\0001\0\0", 18);
	/* Six bindings: the first offset is the end of a table of 32-bit offsets. */
	const uint8_t *bindings = builder_value_data(b, global, "101e6613", &len);
	assert_memory_equal(bindings, "\6\0\0\0\x1c\0\0\0", 8);
	builder_free(b);
}

static void test_generated_name_spells_pid_and_time(void **state)
{
	char name[64];

	(void)state;
	mapi_generated_name(name, sizeof(name), "Agent", 0x974, 0x01cd13f7c0f0dacb);
	assert_string_equal(name, "Agent 0000097401cd13f7c0f0dacb");
}

static void test_uids_repeat_for_the_same_seed(void **state)
{
	struct builder *b = hive();
	struct mapi_profile first = profile(b, "1", MAPI_ANSI_32);
	struct mapi_profile second = profile(b, "2", MAPI_ANSI_32);
	struct mapi_uid one = mapi_uid_next(&first);
	struct mapi_uid two = mapi_uid_next(&second);

	(void)state;
	assert_memory_equal(one.bytes, two.bytes, 16);
	two = mapi_uid_next(&second);
	assert_memory_not_equal(one.bytes, two.bytes, 16);
	builder_free(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_property_forms_match_real_profiles),
		cmocka_unit_test(test_string_table_follows_bitness),
		cmocka_unit_test(test_search_path_has_real_size),
		cmocka_unit_test(test_account_values_have_real_sizes),
		cmocka_unit_test(test_account_texts_have_both_encodings),
		cmocka_unit_test(test_exchange_chain_has_no_loose_end),
		cmocka_unit_test(test_generated_name_spells_pid_and_time),
		cmocka_unit_test(test_uids_repeat_for_the_same_seed),
	};

	return UNIT_RUN(tests);
}
