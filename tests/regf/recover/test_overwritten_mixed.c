/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A hive of Windows 2000 that a later system went on with: some free cells carry a link,
 * others do not.  What can be a link is one, cell by cell; all else is as it was.
 */
#include "help/unit.h"

#include "help/apart.h"
#include "help/recoveredkeys.h"

#include <string.h>

#define INFERRED_KEY (RECOVERED_INFERRED_KIND | RECOVERED_INFERRED_ENCODING)

static const struct builder_options of_2000 = {
	.minor = 3,
	.windows_2000 = true,
	.last_written = HIVES_TIME,
	.sequence = 7,
};

/*
 * Windows 2000 deletes the key "parent, old, the first of both keys", a later system
 * "parent, gone", and so much else that most free cells have no link.
 */
struct upgraded {
	struct apart t;
	size_t first; /* record of the first key */
};

static struct upgraded upgraded(void)
{
	struct upgraded u = { .t = apart_new(&of_2000, "first", "other") };
	builder_key old = builder_key_find(u.t.b, u.t.parent, "old");
	builder_key more = builder_path(u.t.b, "more", HIVES_TIME);
	uint8_t data[64];
	char name[] = "a";

	memset(data, 0x31, sizeof(data));
	for (; name[0] < 'y'; name[0]++)
		builder_value_set(u.t.b, more, name, BUILDER_BINARY, data, sizeof(data));
	builder_key first =
		builder_key_add(u.t.b, old, "the first of both keys", LATER(1));
	u.first = builder_key_offset(u.t.b, first);
	builder_key_delete(u.t.b, first, LATER(1));
	builder_upgrade(u.t.b);
	for (name[0] = 'a'; name[0] < 'y'; name[0]++)
		if (name[0] % 2)
			builder_value_dword(u.t.b, more, name, 0);
	apart_delete(&u.t);
	return u;
}

static void test_both_kinds(void **state)
{
	struct upgraded u = upgraded();

	(void)state;
	struct recoveredkeys l = recoveredkeys_of(u.t.b);
	assert_int_equal(l.found->style, FREECELLS_MIXED);
	const struct key *first = recoveredkeys_record(&l, u.first);
	assert_non_null(first);
	assert_int_equal(recoveredkeys_of_key(&l, first)->inferred, INFERRED_KEY);
	assert_true(text_same(key_name(first), text_of("the first of both keys")));
	const struct key *gone = recoveredkeys_key(&l, "parent\\gone");
	assert_int_equal(recoveredkeys_of_key(&l, gone)->inferred, 0);
	assert_int_equal(gone->n_values, 2);
	/* "0123" and "The " are no links. */
	assert_true(
		recoveredkeys_data_is(recoveredkeys_value(&l, "parent\\gone", "first"),
				      APART_FIRST_DATA, APART_FIRST_LEN));
	assert_true(
		recoveredkeys_data_is(recoveredkeys_value(&l, "parent\\gone", "other"),
				      APART_SECOND_DATA, APART_SECOND_LEN));
	recoveredkeys_close(&l);
}

/* Data of the later system's deletion that begin so.  True if these bytes are shown. */
static bool shows(uint32_t head, enum freecells kind)
{
	struct upgraded u = upgraded();

	if (kind ==
	    FREECELLS_PLAIN) /* The first key is no more: nothing tells of links. */
		builder_poke32(u.t.b, u.first + NK_LIST, 0x20);
	builder_poke32(u.t.b, u.t.second_data, head);
	struct recoveredkeys l = recoveredkeys_of(u.t.b);
	const struct value *value = recoveredkeys_value(&l, "parent\\gone", "other");
	const struct recovered_value *info =
		recoveredkeys_of_value(&l, "parent\\gone", "other");
	bool shown = !(value->flags & VALUE_FLAG_HEAD_LOST);

	assert_int_equal(l.found->style, kind);
	assert_int_equal(value->data_len, APART_SECOND_LEN);
	assert_int_equal(info->n_head_lost, shown ? 0 : VALUE_LOST_HEAD);
	assert_int_equal(memcmp(value->data, "\xfd\xff\xfd\xff", 4) == 0, !shown);
	assert_memory_equal(value->data + 4, &APART_SECOND_DATA[4], APART_SECOND_LEN - 4);
	recoveredkeys_close(&l);
	return shown;
}

static void test_heads_of_data(void **state)
{
	struct upgraded u = upgraded();
	size_t len = 0;
	uint32_t own = hives_cell_at(u.t.second_data), end;

	(void)state;
	builder_bytes(u.t.b, &len);
	end = (uint32_t)len - FIRST_BIN;
	builder_free(u.t.b);
	/* Nowhere, somewhere, to itself, to the end, and far behind it. */
	const uint32_t links[] = { NIL, 0x40, own, end, 0x12345678 };
	for (size_t i = 0; i < ARRAY_LEN(links); i++) {
		assert_false(shows(links[i], FREECELLS_MIXED));
		assert_true(shows(links[i], FREECELLS_PLAIN));
	}
	const uint32_t others[] = { 0, 1, 0x20, own + 4, end - 1, 0x6f004e };
	for (size_t i = 0; i < ARRAY_LEN(others); i++)
		assert_true(shows(others[i], FREECELLS_MIXED));
}

/* An element that leads to a value with its head was no link, whoever freed the list. */
static void test_first_element(void **state)
{
	struct upgraded u = upgraded();

	(void)state;
	/* The value has lost its head: it may be what a link led to. */
	builder_poke32(u.t.b, u.t.first_record, 0x40);
	struct recoveredkeys l = recoveredkeys_of(u.t.b);
	const struct recovered_value *info =
		recoveredkeys_of_value(&l, "parent\\gone", "first");
	assert_true(info->inferred & RECOVERED_INFERRED_FIRST_VALUE);
	assert_int_equal(info->certainty, RECOVERED_POSSIBLE);
	recoveredkeys_close(&l);
}

/*
 * Where most cells are linked one may still be a later system's: of its list the first
 * element is as good as that of any other.
 */
static void test_list_among_links(void **state)
{
	(void)state;
	for (int other = 0; other <= 1; other++) {
		struct apart t = apart_new(&of_2000, "first", "other");
		uint32_t rel = 0, last = 0;
		apart_delete(&t);
		/* Its own head and that of the first value, as a later system leaves them. */
		builder_poke32(t.b, t.list, hives_cell_at(t.first_record));
		builder_poke32(t.b, t.first_record, 0x00056b76);
		struct hive hive = hives_open(builder_clone(t.b));
		for (; cellmap_next(&hive.image->free, rel, &rel); rel += 8)
			last = rel;
		hives_close(&hive);
		if (other) /* A cell that has no link. */
			builder_poke32(t.b, hives_data(last), 0x41);
		else /* The value's could be one: then nothing tells of the later system. */
			builder_poke32(t.b, t.first_record, 0x40);
		struct recoveredkeys l = recoveredkeys_of(t.b);
		assert_int_equal(l.found->style, FREECELLS_WINDOWS_2000);
		assert_int_equal(recoveredkeys_key(&l, "parent\\gone")->n_values,
				 1 + other);
		recoveredkeys_close(&l);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_both_kinds),
		cmocka_unit_test(test_heads_of_data),
		cmocka_unit_test(test_first_element),
		cmocka_unit_test(test_list_among_links),
	};

	return UNIT_RUN(tests);
}
