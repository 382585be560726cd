/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Hives with deleted profiles, damaged byte by byte and cut off everywhere: the
 * search ends, and what must hold for every recovery holds.
 */
#include "help/unit.h"

#include "help/recoveredhive.h"

#include <stdlib.h>
#include <string.h>

/* How far apart the bytes are that are spoilt one at a time: a prime. */
enum { STEP = 3, SECTOR = 512 };

/* A whole deleted profile, a torn one, a moved one, a deleted value. */
static struct builder *recipe(bool windows_2000)
{
	struct builder *b =
		builder_new(&(struct builder_options){ .minor = windows_2000 ? 3 : 5,
						       .windows_2000 = windows_2000,
						       .last_written = pair_made(),
						       .sequence = 1 });
	static const char *const names[] = { "Home", "Work", "Torn", "Moved" };

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		builder_key list = builder_path(b, PAIR_PROFILES, pair_made());
		struct mapi_profile p = mapi_profile_new(b, list, names[i], MAPI_ANSI_32,
							 pair_made(), i + 1);
		mapi_mv_string8(&p, mapi_section(&p, MAPI_EXCHANGE), 0x6613, names, 4);
		mapi_service_add(&p, &(struct mapi_service){ .name = "MSEMS",
							     .display = "Exchange",
							     .dll = "EMSUI.DLL",
							     .entry = "EMSCfg" });
		mapi_instance(&p);
	}
	size_t torn = builder_key_offset(b, pair_key(b, PAIR_PROFILES "\\Torn"));
	builder_key_delete(b, pair_key(b, WORK), pair_changed());
	builder_key_delete(b, pair_key(b, PAIR_PROFILES "\\Torn"), pair_changed());
	mapi_profile_move(b, pair_key(b, PAIR_PROFILES "\\Moved"),
			  builder_path(b, PAIR_DELETED, pair_changed()), "Moved",
			  pair_changed());
	builder_value_delete(b, builder_key_find(b, pair_key(b, HOME), MAPI_INSTANCE),
			     "0102300b");
	builder_finish(b);
	builder_poke32(b, torn + 4, 0);
	return b;
}

/* An exact copy for one hive. */
static struct hive copy_of(const uint8_t *bytes, size_t len)
{
	uint8_t *copy = malloc(len ? len : 1);

	assert_non_null(copy);
	memcpy(copy, bytes, len);
	return hives_open_bytes(copy, len);
}

static void test_recipe(void **state)
{
	(void)state;
	for (int i = 0; i < 2; i++) {
		struct recoveredhive_hive h =
			recoveredhive_hive_of(hives_open(recipe(i)));
		assert_int_equal(h.recovery->n_profiles, 3);
		recoveredhive_hive_close(&h);
	}
}

static void flip(bool windows_2000, uint8_t mask)
{
	struct builder *b = recipe(windows_2000);
	size_t len = 0;
	const uint8_t *bytes = builder_bytes(b, &len);
	uint8_t *spoilt = malloc(len);

	assert_non_null(spoilt);
	memcpy(spoilt, bytes, len);
	for (size_t i = mask % STEP; i < len; i += STEP) {
		spoilt[i] ^= mask;
		struct recoveredhive_hive h = recoveredhive_hive_of(copy_of(spoilt, len));
		recoveredhive_hive_close(&h);
		spoilt[i] ^= mask;
	}
	free(spoilt);
	builder_free(b);
}

static void test_flipped_bytes(void **state)
{
	(void)state;
	flip(false, 0xff);
	flip(false, 0x80);
	flip(false, 0x09);
}

static void test_flipped_bytes_of_windows_2000(void **state)
{
	(void)state;
	flip(true, 0xff);
	flip(true, 0x82);
	flip(true, 0x0b);
}

static void test_cut_off(void **state)
{
	(void)state;
	for (int i = 0; i < 2; i++) {
		struct builder *b = recipe(i);
		size_t len = 0;
		const uint8_t *bytes = builder_bytes(b, &len);
		for (size_t n = 0; n <= len; n += SECTOR) {
			struct recoveredhive_hive h =
				recoveredhive_hive_of(copy_of(bytes, n));
			recoveredhive_hive_close(&h);
		}
		builder_free(b);
	}
}

/* A sector of something else: zeros, or what stood elsewhere in the hive. */
static void test_foreign_sectors(void **state)
{
	(void)state;
	struct builder *b = recipe(false);
	size_t len = 0;
	const uint8_t *bytes = builder_bytes(b, &len);
	uint8_t *spoilt = malloc(len);

	assert_non_null(spoilt);
	for (size_t n = FIRST_BIN; n + SECTOR <= len; n += SECTOR)
		for (int i = 0; i < 2; i++) {
			memcpy(spoilt, bytes, len);
			if (i == 0)
				memset(spoilt + n, 0, SECTOR);
			else
				memcpy(spoilt + n,
				       bytes + FIRST_BIN +
					       (n * 7) % (len - FIRST_BIN - SECTOR),
				       SECTOR);
			struct recoveredhive_hive h =
				recoveredhive_hive_of(copy_of(spoilt, len));
			recoveredhive_hive_close(&h);
		}
	free(spoilt);
	builder_free(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_recipe),
		cmocka_unit_test(test_flipped_bytes),
		cmocka_unit_test(test_flipped_bytes_of_windows_2000),
		cmocka_unit_test(test_cut_off),
		cmocka_unit_test(test_foreign_sectors),
	};

	return UNIT_RUN(tests);
}
