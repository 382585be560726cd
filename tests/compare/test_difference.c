/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Two trees, key by key and value by value; how many differences are kept. */
#include "help/unit.h"

#include "compare/difference.h"

#include "help/keys.h"

#include <stdlib.h>
#include <string.h>

static void assert_difference(const struct difference *d, enum difference_kind kind,
			      const char *name)
{
	struct text t;

	assert_int_equal(d->kind, kind);
	if (d->before || d->after)
		t = value_name(d->after ? d->after : d->before);
	else
		t = key_name(d->after_key ? d->after_key : d->before_key);
	assert_int_equal(text_length(t), strlen(name));
	assert_true(text_same(t, text_of(name)));
}

static void test_every_kind_in_order_of_path(void **state)
{
	struct keys *before = keys_new("top"), *after = keys_new("another name");
	struct differences found;

	(void)state;
	keys_dword(before, "", "gone", 1);
	keys_dword(after, "", "new", 1);
	keys_dword(before, "", "other data", 1);
	keys_dword(after, "", "other data", 2);
	keys_long(before, "", "other type", 1);
	keys_dword(after, "", "other type", 1);
	keys_dword(before, "", "Same", 1);
	keys_dword(after, "", "sAME", 1);
	keys_dword(before, "A\\B", "inside", 1);
	keys_add(after, "C");
	keys_add(before, "D");
	keys_add(after, "d");
	assert_int_equal(differences_find(keys_root(before), keys_root(after), &found),
			 STATUS_OK);
	assert_int_equal(found.n, 8);
	assert_int_equal(found.n_left_out, 0);
	assert_difference(&found.items[0], DIFFERENCE_VALUE_REMOVED, "gone");
	assert_difference(&found.items[1], DIFFERENCE_VALUE_ADDED, "new");
	assert_difference(&found.items[2], DIFFERENCE_VALUE_CHANGED, "other data");
	assert_difference(&found.items[3], DIFFERENCE_VALUE_CHANGED, "other type");
	assert_difference(&found.items[4], DIFFERENCE_KEY_REMOVED, "A");
	assert_difference(&found.items[5], DIFFERENCE_KEY_REMOVED, "B");
	assert_difference(&found.items[6], DIFFERENCE_VALUE_REMOVED, "inside");
	assert_difference(&found.items[7], DIFFERENCE_KEY_ADDED, "C");
	differences_clear(&found);
	keys_free(after);
	keys_free(before);
}

/* A key that is gone with this many values: one difference more than these. */
static void check_count(uint32_t n_values, size_t n, size_t n_left_out)
{
	struct value *values = calloc(n_values, sizeof(*values));
	struct key key = { .values = values, .n_values = n_values };
	struct differences found;

	assert_non_null(values);
	assert_int_equal(differences_find(&key, NULL, &found), STATUS_OK);
	assert_int_equal(found.n, n);
	assert_int_equal(found.n_left_out, n_left_out);
	assert_int_equal(found.items[0].kind, DIFFERENCE_KEY_REMOVED);
	assert_ptr_equal(found.items[n - 1].before, &values[n - 2]);
	differences_clear(&found);
	free(values);
}

static void test_as_many_as_are_kept(void **state)
{
	(void)state;
	check_count(DIFFERENCE_MAX - 1, DIFFERENCE_MAX, 0);
}

static void test_one_more_than_are_kept(void **state)
{
	(void)state;
	check_count(DIFFERENCE_MAX, DIFFERENCE_MAX, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_kind_in_order_of_path),
		cmocka_unit_test(test_as_many_as_are_kept),
		cmocka_unit_test(test_one_more_than_are_kept),
	};
	return UNIT_RUN(tests);
}
