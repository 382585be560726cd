/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Lack of memory at each single allocation while deleted profiles are recovered:
 * it is said, nothing is given and nothing leaks.
 */
#define UNIT_OOM
#include "help/unit.h"

#include "help/dirty.h"
#include "help/recoveredhive.h"

#include "recovery/recover.h"

static void assert_none_is_needed(struct snapshot *snapshot,
				  const struct snapshot *const *earlier, size_t n)
{
	struct recovery *recovery = NULL;
	struct failure failure;

	assert_int_equal(recover_profiles(snapshot, earlier, n, 1, &recovery, &failure),
			 STATUS_OK);
	size_t n_profiles = recovery->n_profiles;
	recovery_free(recovery);
	struct unit_oom oom;
	UNIT_FAIL_EACH (oom) {
		recovery = NULL;
		enum status status =
			UNIT_FAILING(oom, recover_profiles(snapshot, earlier, n, 1,
							   &recovery, &failure));
		if (status == STATUS_OK && !oom.failed) {
			assert_true(oom.n > 0);
			break;
		}
		/* What fails must be told: nothing is found without it. */
		assert_int_equal(status, STATUS_NOMEM);
		assert_null(recovery);
	}
	assert_int_equal(recovery->n_profiles, n_profiles);
	recovery_free(recovery);
}

/* Whole, torn, moved, of an Office list; a value behind a list, and a lone one. */
static void recipe(struct pair *pair)
{
	static const uint8_t big[40000];

	recoveredhive_add_two(pair);
	pair_add(pair->before, PAIR_PROFILES, "Torn", 3);
	pair_add(pair->before, PAIR_PROFILES, "Moved", 4);
	pair_add(pair->before, MAPI_OFFICE("16.0") "\\Profiles", "Office", 5);
	builder_value_set(pair->before, pair_key(pair->before, WORK), "big",
			  BUILDER_BINARY, big, sizeof(big));
	builder_key other = builder_path(pair->before, "Software\\Other", pair_made());
	builder_value_dword(pair->before, other, "first", 1);
	builder_value_dword(pair->before, other, "second", 2);
	builder_value_dword(pair->before, other, "third", 3);
	pair_fork(pair);
	builder_value_delete(pair->after, pair_key(pair->after, "Software\\Other"),
			     "third");
	builder_value_delete(pair->after, pair_key(pair->after, "Software\\Other"),
			     "first");
	size_t torn = builder_key_offset(pair->after,
					 pair_key(pair->after, PAIR_PROFILES "\\Torn"));
	recoveredhive_delete(pair, WORK);
	recoveredhive_delete(pair, PAIR_PROFILES "\\Torn");
	recoveredhive_delete(pair, MAPI_OFFICE("16.0") "\\Profiles\\Office");
	mapi_profile_move(pair->after, pair_key(pair->after, PAIR_PROFILES "\\Moved"),
			  builder_path(pair->after, PAIR_DELETED, pair_changed()),
			  "Moved", pair_changed());
	recoveredhive_wipe(pair, torn);
}

static void check(struct pair *pair)
{
	recipe(pair);
	builder_finish(pair->before);
	pair->old = pair_read(pair->before);
	pair->new = pair_read(pair->after);
	const struct snapshot *const earlier[] = { pair->old };
	assert_none_is_needed(pair->new, earlier, 1);
	assert_none_is_needed(pair->new, NULL, 0);
}

static void test_plain_hive(void **state)
{
	check(*state);
}

static void test_windows_2000(void **state)
{
	struct builder_options options = pair_options();

	options.minor = 3;
	options.windows_2000 = true;
	pair_restart(*state, &options);
	check(*state);
}

static void test_saved_subtree(void **state)
{
	struct pair *pair = *state;
	struct builder_options options = pair_options();

	options.root_name = "Windows Messaging Subsystem";
	pair_restart(pair, &options);
	pair_add(pair->before, "Profiles", "Home", 1);
	pair_add(pair->before, "Profiles", "Work", 2);
	pair_fork(pair);
	recoveredhive_delete(pair, "Profiles\\Work");
	builder_finish(pair->before);
	builder_finish(pair->after);
	pair->old = pair_read(pair->before);
	pair->new = pair_read(pair->after);
	assert_none_is_needed(pair->new, NULL, 0);
}

/* With a log, whose states are searched too. */
static void test_replayed_hive(void **state)
{
	struct pair *pair = *state;
	struct failure failure;

	recoveredhive_add_two(pair);
	pair_fork(pair);
	recoveredhive_delete(pair, WORK);
	struct dirty_files files = dirty_files_of(pair->before, pair->after);
	pair->new = dirty_files_read(&files);
	dirty_files_remove(&files);
	struct unit_oom oom;
	UNIT_FAIL_EACH (oom) {
		enum status status = UNIT_FAILING(
			oom, recover_profiles(pair->new, NULL, 0, 1, &pair->recoveries[1],
					      &failure));
		/* Only the sentence of a diagnostic may be missing. */
		if (status == STATUS_OK)
			assert_int_equal(pair->recoveries[1]->n_profiles, 1);
		else
			assert_int_equal(status, STATUS_NOMEM);
		assert_int_equal(pair->recoveries[1] == NULL, status != STATUS_OK);
		if (!oom.failed)
			break;
		recovery_free(pair->recoveries[1]);
		pair->recoveries[1] = NULL;
	}
}

#define PAIR_TEST(test) cmocka_unit_test_setup_teardown(test, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		PAIR_TEST(test_plain_hive),
		PAIR_TEST(test_windows_2000),
		PAIR_TEST(test_saved_subtree),
		PAIR_TEST(test_replayed_hive),
	};

	return UNIT_RUN(tests);
}
