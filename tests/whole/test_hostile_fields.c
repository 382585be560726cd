/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Every count, size and offset of a hive that holds all kinds of records, set to each
 * number at a limit: nothing crashes, nothing is taken twice, no loss goes untold.
 */
#include "help/unit.h"

#include "help/hives.h"
#include "help/hostile.h"

#include <string.h>

#define SEGMENT 16344 /* bytes of data from which on they stand in segments */

struct field {
	size_t offset, size;
	bool may_be_less; /* a smaller count has no other witness in the format */
};

static void numbered(struct builder *b, builder_key parent, unsigned number)
{
	const char name[] = { (char)('0' + number), '\0' };

	builder_key_add(b, parent, name, HIVES_TIME);
}

static struct builder *all_kinds(struct field *fields, size_t *n)
{
	struct builder *b = hives_new(5);
	builder_key p = builder_key_add(b, builder_root(b), "p", HIVES_TIME);
	uint8_t data[SEGMENT + 1] = { 1 };

	for (unsigned i = 0; i < 3; i++)
		numbered(b, p, i);
	builder_key_class(b, p, "class");
	builder_value_set(b, p, "cell", BUILDER_BINARY, data, 100);
	builder_value_set(b, p, "big", BUILDER_BINARY, data, sizeof(data));
	builder_value_dword(b, p, "inline", 1);
	builder_finish(b);
	size_t key = builder_key_offset(b, p), list = builder_key_list_offset(b, p);
	size_t values = builder_key_values_offset(b, p);
	size_t cell = builder_value_offset(b, p, "cell");
	size_t in = builder_value_offset(b, p, "inline");
	size_t big = builder_value_offset(b, p, "big");
	size_t db = hives_data(hives_get(b, big + VK_DATA, 4));
	const struct field all[] = {
		{ key - 4, 4, 0 },
		{ key + NK_SUBKEYS, 4, 0 },
		{ key + 24, 4, 0 },
		{ key + NK_LIST, 4, 0 },
		{ key + NK_VALUES, 4, 1 },
		{ key + NK_VALUE_LIST, 4, 0 },
		{ key + NK_SECURITY, 4, 0 },
		{ key + 48, 4, 0 },
		{ key + NK_NAME_LEN, 2, 0 },
		{ key + 74, 2, 0 },
		{ list - 4, 4, 0 },
		{ list + LIST_COUNT, 2, 0 },
		{ list + LIST_ITEMS, 4, 0 },
		{ values - 4, 4, 0 },
		{ values, 4, 0 },
		{ cell - 4, 4, 0 },
		{ cell + VK_NAME_LEN, 2, 0 },
		{ cell + VK_SIZE, 4, 0 },
		{ cell + VK_DATA, 4, 0 },
		{ in + VK_SIZE, 4, 0 },
		{ in + VK_DATA, 4, 0 },
		{ big + VK_SIZE, 4, 0 },
		{ big + VK_DATA, 4, 0 },
		{ db - 4, 4, 0 },
		{ db + 2, 2, 0 },
		{ db + 4, 4, 0 },
		{ hives_data(hives_get(b, db + 4, 4)), 4, 0 },
		{ FIRST_BIN + 4, 4, 0 },
		{ FIRST_BIN + 8, 4, 0 },
		{ BASE_ROOT, 4, 0 },
		{ BASE_DATA_SIZE, 4, 0 },
		{ BASE_MINOR, 4, 0 },
	};
	*n = sizeof(all) / sizeof(all[0]);
	if (fields)
		memcpy(fields, all, sizeof(all));
	return b;
}

/* Every such field at every such number: whatever is lost by it, something is said. */
static void test_fields_at_their_limits(void **state)
{
	struct field fields[64];
	size_t n;
	struct hive intact = hives_open(all_kinds(fields, &n));
	const uint32_t end = intact.image->base.data_size;
	const uint32_t numbers[] = { 0,		 1,	     2,		 3,
				     4,		 0x20,	     0x7fff,	 0xffff,
				     0x7fffffff, 0x7ffffff8, 0x80000000, 0x80000005,
				     0xfffffff8, 0xffffffff, end,	 end - 8,
				     end + 8 };

	(void)state;
	assert_true(hives_are_silent(&intact));
	for (size_t i = 0; i < n * (sizeof(numbers) / sizeof(numbers[0])); i++) {
		const struct field *field = &fields[i % n];
		struct builder *b = all_kinds(NULL, &n);
		if (field->size == 2)
			builder_poke16(b, field->offset, (uint16_t)numbers[i / n]);
		else
			builder_poke32(b, field->offset, numbers[i / n]);
		builder_checksum(b);
		struct hive hive = hives_open(b);
		if (hive.read == STATUS_OK)
			hostile_check_disjoint(&hive);
		bool less = hive.read != STATUS_OK ||
			    hive.tree->n_keys < intact.tree->n_keys ||
			    (hive.tree->n_values < intact.tree->n_values &&
			     !field->may_be_less);
		if (less && diag_count_from(hive.diags, DIAG_ERROR) == 0)
			fail_msg("0x%x at 0x%zx: no error told", numbers[i / n],
				 field->offset);
		hives_close(&hive);
	}
	hives_close(&intact);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fields_at_their_limits),
	};

	return UNIT_RUN(tests);
}
