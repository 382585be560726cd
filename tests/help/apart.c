/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "help/unit.h"

#include "help/apart.h"

#include <stdio.h>
#include <string.h>

enum { KEY_FIXED = 76, VALUE_FIXED = 20 };

#define FILL ((size_t)60) /* values of the keeper */

static size_t cell_for(size_t len)
{
	return (len + 4 + 7) / 8 * 8;
}

/* True if what follows the cell of these data is in use. */
static bool has_neighbour(struct builder *b, size_t data)
{
	return hives_get(b, data - 4 + (0u - hives_get(b, data - 4, 4)), 4) >> 31;
}

/*
 * Data of such a cell for the next of keeper's values, and a cell in use behind it;
 * behind *last too, which becomes their place.  Return: the number of the value.
 */
static size_t fill(struct apart *t, size_t cell_size, size_t *last)
{
	uint8_t zeros[256] = { 0 };
	char name[8];

	for (; t->n_filled + 1 < FILL; t->n_filled++) {
		(void)snprintf(name, sizeof(name), "%02zu", t->n_filled);
		builder_value_set(t->b, t->keeper, name, BUILDER_BINARY, zeros,
				  cell_size - 4);
		size_t data = builder_value_data_offset(t->b, t->keeper, name);
		(void)snprintf(name, sizeof(name), "%02zu", ++t->n_filled);
		builder_value_set(t->b, t->keeper, name, BUILDER_BINARY, zeros, 100);
		/* Else it filled a hole that the recipe does not know: there it stays. */
		if (data > *last && has_neighbour(t->b, data)) {
			*last = data;
			return t->n_filled++ - 1;
		}
	}
	fail_msg("no place for a hole of %zu bytes", cell_size);
	return 0;
}

void apart_holes(struct apart *t, const size_t *sizes, size_t n)
{
	size_t holes[16] = { 0 }, last = 0;
	char name[8];

	assert_true(n <= ARRAY_LEN(holes));
	/* Their list comes to its length before: where it moves it leaves holes, too. */
	for (size_t i = 0; i < FILL; i++) {
		(void)snprintf(name, sizeof(name), "%02zu", i);
		builder_value_dword(t->b, t->keeper, name, 0);
	}
	for (size_t i = 0; i < n; i++)
		holes[i] = fill(t, sizes[i], &last);
	for (size_t i = n; i-- > 0;) {
		(void)snprintf(name, sizeof(name), "%02zu", holes[i]);
		builder_value_dword(t->b, t->keeper, name, 0);
	}
}

struct apart apart_new(const struct builder_options *options, const char *first,
		       const char *second)
{
	return apart_named(options, "gone", first, second);
}

struct apart apart_named(const struct builder_options *options, const char *name,
			 const char *first, const char *second)
{
	struct apart t = {
		.b = builder_new(options), .name = name, .first = first, .second = second
	};
	/* In the order in which they are taken, but the list, which has two sizes. */
	const size_t sizes[] = {
		cell_for(KEY_FIXED + strlen(name)),
		cell_for(VALUE_FIXED + strlen(first)),
		cell_for(APART_FIRST_LEN),
		cell_for(VALUE_FIXED + strlen(second)),
		16,
		16,
		cell_for(APART_SECOND_LEN),
	};

	t.parent = builder_key_add(t.b, builder_root(t.b), "parent", HIVES_TIME);
	t.keeper = builder_key_add(t.b, builder_root(t.b), "keeper", HIVES_TIME);
	/* Something old proves the parent's age; its list has room for one more. */
	builder_key_add(t.b, t.parent, "old", HIVES_TIME);
	builder_key_add(t.b, t.parent, "sister", HIVES_TIME);
	builder_key_delete(t.b, builder_key_add(t.b, t.parent, "room", HIVES_TIME),
			   HIVES_TIME);
	apart_holes(&t, sizes, ARRAY_LEN(sizes));
	t.gone = builder_key_add(t.b, t.parent, name, LATER(1));
	builder_value_set(t.b, t.gone, first, BUILDER_BINARY, APART_FIRST_DATA,
			  APART_FIRST_LEN);
	builder_value_set(t.b, t.gone, second, BUILDER_BINARY, APART_SECOND_DATA,
			  APART_SECOND_LEN);
	t.record = builder_key_offset(t.b, t.gone);
	t.list = builder_key_values_offset(t.b, t.gone);
	t.first_record = builder_value_offset(t.b, t.gone, first);
	t.first_data = builder_value_data_offset(t.b, t.gone, first);
	t.second_record = builder_value_offset(t.b, t.gone, second);
	t.second_data = builder_value_data_offset(t.b, t.gone, second);
	return t;
}

struct apart apart_plain(void)
{
	return apart_new(&(struct builder_options){ .minor = 5,
						    .last_written = LATER(9),
						    .sequence = 7 },
			 "first", "other");
}

struct apart apart_2000(void)
{
	return apart_new(&(struct builder_options){ .minor = 3,
						    .windows_2000 = true,
						    .last_written = LATER(9),
						    .sequence = 7 },
			 "first", "other");
}

/* A free cell of its own: that is what the recipe is for. */
static void assert_apart(struct apart *t, size_t data, size_t len)
{
	uint32_t size = hives_get(t->b, data - 4, 4);

	assert_int_equal(size, cell_for(len));
	/* What follows is in use; what precedes would have taken it over. */
	assert_true(hives_get(t->b, data - 4 + size, 4) >> 31);
}

void apart_delete(struct apart *t)
{
	builder_key_delete(t->b, t->gone, LATER(2));
	builder_finish(t->b);
	assert_apart(t, t->record, KEY_FIXED + strlen(t->name));
	assert_apart(t, t->list, 8);
	assert_apart(t, t->first_record, VALUE_FIXED + strlen(t->first));
	assert_apart(t, t->first_data, APART_FIRST_LEN);
	assert_apart(t, t->second_record, VALUE_FIXED + strlen(t->second));
	assert_apart(t, t->second_data, APART_SECOND_LEN);
	/* As Windows makes them in fresh space. */
	assert_true(t->record < t->first_record && t->first_record < t->first_data &&
		    t->first_data < t->second_record && t->second_record < t->list &&
		    t->list < t->second_data);
}

size_t apart_reuse(struct apart *t, size_t cell_size)
{
	uint8_t bytes[256];
	char name[8];

	/* One of the keeper's values without a cell. */
	(void)snprintf(name, sizeof(name), "%02zu", FILL - 1 - t->n_reused++);
	assert_true(t->n_filled + t->n_reused < FILL);
	memset(bytes, 'X', sizeof(bytes));
	builder_value_set(t->b, t->keeper, name, BUILDER_BINARY, bytes, cell_size - 4);
	builder_finish(t->b);
	return builder_value_data_offset(t->b, t->keeper, name);
}
