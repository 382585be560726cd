/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is recovered does not depend on how many threads share the work. */
#include "help/unit.h"

#include "help/recoveredhive.h"

#include "recovery/recover.h"
#include "samples/mapi.h"

#include <stdio.h>
#include <string.h>

enum { PROFILES = 40, KEYS = 9000, VALUES = 7 };

/* Deleted profiles, and more than a MB of other keys whose sizes shift all that follow. */
static struct builder *recipe(void)
{
	struct builder *b = hives_new(5);
	builder_key list = builder_path(b, MAPI_WMS "\\Profiles", HIVES_TIME);
	builder_key other = builder_path(b, "other", HIVES_TIME);
	char name[64], data[256] = { 0 };

	for (unsigned i = 0; i < PROFILES; i++) {
		(void)snprintf(name, sizeof(name), "Profile %u", i);
		struct mapi_profile p = mapi_profile_new(b, list, name, MAPI_UNICODE_64,
							 HIVES_TIME + i, i);
		(void)mapi_pst_add(&p, name, "C:\\mail.pst", true);
	}
	for (unsigned i = 0; i < KEYS; i++) {
		(void)snprintf(name, sizeof(name), "%0*u", (int)(1 + i % 40), i);
		builder_key key = builder_key_add(b, other, name, HIVES_TIME + i);
		for (unsigned k = 0; k < i % VALUES; k++) {
			(void)snprintf(name, sizeof(name), "%u value %u", k, i);
			builder_value_set(b, key, name, BUILDER_BINARY, data,
					  (i * 7 + k * 31) % sizeof(data));
		}
	}
	builder_key_delete(b, other, LATER(2));
	for (unsigned i = 0; i < PROFILES; i++) {
		(void)snprintf(name, sizeof(name), "Profile %u", i);
		builder_key_delete(b, builder_key_find(b, list, name), LATER(3));
	}
	builder_finish(b);
	return b;
}

/* Of one image: what is borrowed from it is the same bytes. */
static void assert_same_value(const struct recovered_keys *a, const struct key *of_a,
			      const struct recovered_keys *b, const struct key *of_b,
			      uint32_t i)
{
	const struct value *x = &of_a->values[i], *y = &of_b->values[i];
	const struct recovered_value *info_x = recovered_of_value(a, of_a, x);
	const struct recovered_value *info_y = recovered_of_value(b, of_b, y);

	assert_ptr_equal(x->name, y->name);
	assert_ptr_equal(x->data, y->data);
	assert_int_equal(x->data_len, y->data_len);
	assert_int_equal(x->record_off, y->record_off);
	assert_int_equal(x->flags, y->flags);
	assert_int_equal(info_x->certainty, info_y->certainty);
	assert_int_equal(info_x->data_lost, info_y->data_lost);
	assert_int_equal(info_x->n_runs, info_y->n_runs);
}

static size_t assert_same_keys(const struct recovered_keys *a, const struct key *top_a,
			       const struct recovered_keys *b, const struct key *top_b)
{
	const struct key *x = top_a, *y = top_b;
	size_t n = 0;

	for (; x && y; x = key_next(top_a, x), y = key_next(top_b, y), n++) {
		assert_ptr_equal(x->name, y->name);
		assert_int_equal(x->record_off, y->record_off);
		assert_int_equal(x->n_children, y->n_children);
		assert_int_equal(x->n_values, y->n_values);
		assert_int_equal(recovered_of(a, x)->certainty,
				 recovered_of(b, y)->certainty);
		for (uint32_t i = 0; i < x->n_values; i++)
			assert_same_value(a, x, b, y, i);
	}
	assert_ptr_equal(x, NULL);
	assert_ptr_equal(y, NULL);
	return n;
}

static void assert_same_profiles(const struct recovery *a, const struct recovery *b)
{
	assert_int_equal(a->n_profiles, b->n_profiles);
	for (size_t i = 0; i < a->n_profiles; i++) {
		const struct recovered_profile *x = &a->profiles[i];
		const struct recovered_profile *y = &b->profiles[i];
		assert_true(text_same(x->name, y->name));
		assert_true(profile_same_content(&x->profile, &y->profile));
		assert_int_equal(x->rel, y->rel);
		assert_int_equal(x->n_keys, y->n_keys);
		assert_int_equal(x->n_values, y->n_values);
		assert_int_equal(x->certainty, y->certainty);
		assert_int_equal(x->has_no_gaps, y->has_no_gaps);
		assert_int_equal(x->deleted_ft, y->deleted_ft);
	}
}

static void test_any_number_of_threads(void **state)
{
	static const unsigned n_threads[] = { 2, 3, 8 };
	struct recoveredhive_hive h = recoveredhive_hive_of(hives_open(recipe()));
	const struct recovered_keys *one = h.recovery->recovered;

	(void)state;
	assert_int_equal(h.recovery->n_profiles, PROFILES);
	/* Less is not shared. */
	assert_true(one->n_searched > 1 << 20);
	for (size_t i = 0; i < ARRAY_LEN(n_threads); i++) {
		struct recovery *recovery = NULL;
		struct failure failure;
		assert_int_equal(recover_profiles(&h.snapshot, NULL, 0, n_threads[i],
						  &recovery, &failure),
				 STATUS_OK);
		const struct recovered_keys *many = recovery->recovered;
		size_t n = assert_same_keys(one, one->tree->root, many, many->tree->root);
		assert_true(n > KEYS);
		(void)assert_same_keys(one, one->adrift, many, many->adrift);
		assert_int_equal(many->n_keys, one->n_keys);
		assert_int_equal(many->n_values, one->n_values);
		assert_int_equal(many->n_lone, one->n_lone);
		assert_same_profiles(h.recovery, recovery);
		recovery_free(recovery);
	}
	recoveredhive_hive_close(&h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_any_number_of_threads),
	};

	return UNIT_RUN(tests);
}
