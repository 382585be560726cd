/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is gone, and in which time it went. */
#define UNIT_OOM
#include "help/unit.h"

#include "cause/incident/loss.h"

#include "help/keys.h"

#include <string.h>

static const struct servicenames names;

struct hand {
	struct keys *keys;
	struct store store;
	struct snapshot_profile profile;
	struct finding findings[6];
	struct comparison comparison;
};

/* A comparison with these findings about one profile, "Outlook". */
static void start(struct hand *hand, const struct finding *findings, size_t n)
{
	memset(hand, 0, sizeof(*hand));
	hand->keys = keys_new("Outlook");
	hand->profile.profile.key = keys_root(hand->keys);
	hand->store.list = STORE_DELETED_PROFILES;
	for (size_t i = 0; i < n; i++) {
		hand->findings[i] = findings[i];
		hand->findings[i].before = &hand->profile;
		hand->findings[i].store = &hand->store;
	}
	hand->comparison.findings = hand->findings;
	hand->comparison.n_findings = n;
}

static const struct finding several[] = {
	{ .kind = FINDING_DELETED, .at_ft = 50 },
	{ .kind = FINDING_MOVED, .at_ft = 7 },
	{ .kind = FINDING_DELETED, .earliest_ft = 20, .latest_ft = 90 },
	{ .kind = FINDING_MODIFIED },
	{ .kind = FINDING_DELETED, .at_ft = 40, .earliest_ft = 1, .latest_ft = 99 },
};

static void test_what_is_gone(void **state)
{
	struct hand hand;
	struct losses losses;

	(void)state;
	start(&hand, several, ARRAY_LEN(several));
	assert_int_equal(loss_find(&hand.comparison, NULL, &names, &losses), STATUS_OK);
	/* Moved and modified is not gone. */
	assert_int_equal(losses.n, 3);
	for (size_t i = 0; i < 3; i++) {
		assert_ptr_equal(losses.items[i].finding, &hand.findings[2 * i]);
		assert_true(text_equal(losses.items[i].name, text_of("Outlook")));
		assert_true(loss_is_from(&losses.items[i], STORE_DELETED_PROFILES));
		assert_false(loss_is_from(&losses.items[i], STORE_PROFILES));
	}
	/* The moments in order; a moment is narrower than its bounds. */
	assert_int_equal(losses.n_moments, 2);
	assert_int_equal(losses.moments[0], 40);
	assert_int_equal(losses.moments[1], 50);
	assert_int_equal(losses.from_ft, 20);
	assert_int_equal(losses.to_ft, 90);
	assert_false(losses.some_untimed);
	loss_clear(&losses);
	assert_int_equal(losses.n, 0);
	keys_free(hand.keys);
}

/* No unresolved change is a loss, and nothing is timed by one that is only possible. */
static void test_not_sure(void **state)
{
	static const struct finding doubtful[] = {
		{ .kind = FINDING_DELETED, .at_ft = 50, .certainty = FINDING_PROBABLE },
		{ .kind = FINDING_DELETED, .at_ft = 60, .certainty = FINDING_POSSIBLE },
		{ .kind = FINDING_DELETED, .at_ft = 70, .certainty = FINDING_UNRESOLVED },
	};
	static const struct finding conflict[] = {
		{ .kind = FINDING_DELETED,
		  .at_ft = 50,
		  .reasons = { FINDING_BOUNDS_CONFLICT },
		  .n_reasons = 1 },
	};
	struct hand hand;
	struct losses losses;

	(void)state;
	start(&hand, doubtful, 3);
	assert_int_equal(loss_find(&hand.comparison, NULL, &names, &losses), STATUS_OK);
	assert_int_equal(losses.n, 2);
	assert_true(losses.items[0].sure);
	assert_false(losses.items[1].sure);
	assert_int_equal(losses.n_open, 1);
	assert_ptr_equal(losses.open[0].finding, &hand.findings[2]);
	assert_int_equal(losses.n_moments, 1);
	assert_int_equal(losses.moments[0], 50);
	assert_true(losses.some_untimed);
	assert_int_equal(loss_count_sure(&losses), 1);
	assert_true(loss_is_in_doubt(&losses));
	loss_clear(&losses);
	keys_free(hand.keys);
	start(&hand, doubtful, 1);
	assert_int_equal(loss_find(&hand.comparison, NULL, &names, &losses), STATUS_OK);
	assert_false(loss_is_in_doubt(&losses));
	loss_clear(&losses);
	keys_free(hand.keys);
	/* A moment that contradicts its bounds is none. */
	start(&hand, conflict, 1);
	assert_int_equal(loss_find(&hand.comparison, NULL, &names, &losses), STATUS_OK);
	assert_int_equal(losses.items[0].at_ft, 0);
	assert_int_equal(losses.n_moments, 0);
	loss_clear(&losses);
	keys_free(hand.keys);
}

/* One bound is no time. */
static void test_untimed(void **state)
{
	static const struct finding half[] = {
		{ .kind = FINDING_DELETED, .at_ft = 50 },
		{ .kind = FINDING_DELETED, .earliest_ft = 20 },
	};
	static const struct finding other[] = {
		{ .kind = FINDING_DELETED, .latest_ft = 20 },
	};
	struct hand hand;
	struct losses losses;

	(void)state;
	start(&hand, half, 2);
	assert_int_equal(loss_find(&hand.comparison, NULL, &names, &losses), STATUS_OK);
	assert_true(losses.some_untimed);
	assert_int_equal(losses.from_ft, 50);
	assert_int_equal(losses.to_ft, 50);
	loss_clear(&losses);
	keys_free(hand.keys);
	start(&hand, other, 1);
	assert_int_equal(loss_find(&hand.comparison, NULL, &names, &losses), STATUS_OK);
	assert_true(losses.some_untimed);
	assert_int_equal(losses.from_ft, 0);
	assert_int_equal(losses.to_ft, 0);
	loss_clear(&losses);
	keys_free(hand.keys);
}

/* What lives on under another name is not gone; a list may be unknown. */
/* Where times run backwards, or contradict each other, bounds order nothing. */
static void test_out_of_order(void **state)
{
	static const struct finding backwards[] = {
		{ .kind = FINDING_DELETED,
		  .at_ft = 50,
		  .reasons = { FINDING_ABSENT_AFTER, FINDING_TIMES_BACKWARDS },
		  .n_reasons = 2 },
		{ .kind = FINDING_DELETED,
		  .earliest_ft = 70,
		  .latest_ft = 90,
		  .reasons = { FINDING_TIMES_BACKWARDS },
		  .n_reasons = 1 },
		{ .kind = FINDING_DELETED,
		  .earliest_ft = 70,
		  .latest_ft = 60,
		  .reasons = { FINDING_BOUNDS_CONFLICT },
		  .n_reasons = 1 },
		{ .kind = FINDING_DELETED, .earliest_ft = 70, .latest_ft = 90 },
	};
	struct hand hand;
	struct losses losses;

	(void)state;
	start(&hand, backwards, ARRAY_LEN(backwards));
	assert_int_equal(loss_find(&hand.comparison, NULL, &names, &losses), STATUS_OK);
	assert_int_equal(losses.n, 4);
	assert_int_equal(losses.items[0].at_ft, 50);
	for (size_t i = 1; i < 3; i++) {
		assert_int_equal(losses.items[i].earliest_ft, 0);
		assert_int_equal(losses.items[i].latest_ft, 0);
	}
	assert_int_equal(losses.items[3].earliest_ft, 70);
	assert_int_equal(losses.items[3].latest_ft, 90);
	loss_clear(&losses);
	keys_free(hand.keys);
}

static void test_recovered(void **state)
{
	struct keys *keys = keys_new("key");
	struct store store = { .list = STORE_PROFILES };
	struct recovered_profile profiles[] = {
		{ .store = &store, .deleted_ft = 30 },
		{ .store = &store, .lives_on = keys_root(keys) },
		{ .profile = { .newest_ft = 10 }, .not_after_ft = 60 },
	};
	struct recovery recovery = { .profiles = profiles, .n_profiles = 3 };
	struct losses losses;

	(void)state;
	assert_int_equal(loss_find_recovered(&recovery, NULL, &names, &losses),
			 STATUS_OK);
	assert_int_equal(losses.n, 2);
	assert_ptr_equal(losses.items[0].recovered, &profiles[0]);
	assert_ptr_equal(losses.items[1].recovered, &profiles[2]);
	assert_true(loss_is_from(&losses.items[0], STORE_PROFILES));
	assert_false(loss_is_from(&losses.items[1], STORE_PROFILES));
	assert_int_equal(losses.from_ft, 10);
	assert_int_equal(losses.to_ft, 60);
	loss_clear(&losses);
	keys_free(keys);
}

static void test_without_memory(void **state)
{
	struct hand hand;
	struct losses losses = { 0 };
	struct unit_oom oom;

	(void)state;
	start(&hand, several, ARRAY_LEN(several));
	UNIT_FAIL_EACH (oom) {
		enum status status = UNIT_FAILING(
			oom, loss_find(&hand.comparison, NULL, &names, &losses));
		if (status == STATUS_OK && !oom.failed)
			break;
		assert_int_equal(status, STATUS_NOMEM);
		assert_null(losses.items);
	}
	assert_true(oom.n >= 2);
	loss_clear(&losses);
	keys_free(hand.keys);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_is_gone),
		cmocka_unit_test(test_not_sure),
		cmocka_unit_test(test_untimed),
		cmocka_unit_test(test_out_of_order),
		cmocka_unit_test(test_recovered),
		cmocka_unit_test(test_without_memory),
	};
	return UNIT_RUN(tests);
}
