/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Events beside the hives: signs, and hotfixes that bear on a loss or are near one. */
#include "help/timelines.h"

#include "report/timeline/timelinecompanion.h"

#include <stdlib.h>
#include <string.h>

static struct timeline *collect(const struct companions *companions,
				const struct diagnoses *diagnoses, uint64_t from_ft,
				uint64_t to_ft)
{
	struct timeline *timeline = calloc(1, sizeof(*timeline));

	assert_non_null(timeline);
	timeline->arena = arena_new();
	assert_non_null(timeline->arena);
	struct timeline_draft draft = { .timeline = timeline,
					.companions = companions,
					.diagnoses = diagnoses,
					.from_ft = from_ft,
					.to_ft = to_ft };
	timelinecompanion_collect(&draft);
	assert_int_equal(draft.status, STATUS_OK);
	return timeline;
}

static void test_nothing(void **state)
{
	const struct companions companions = { .software = NULL };
	const struct diagnoses diagnoses = { .n_signs = 0 };
	struct timeline *timeline = collect(NULL, NULL, 0, 0);

	(void)state;
	assert_int_equal(timeline->n, 0);
	timeline_free(timeline);
	timeline = collect(&companions, &diagnoses, 0, 0);
	assert_int_equal(timeline->n, 0);
	timeline_free(timeline);
}

/* ---- signs ---- */

static void test_signs(void **state)
{
	char path[] = "/app.evt", source[] = "MSExchangeSA";
	struct evidence file = { .path = path };
	const struct eventlog log = { .evidence = &file };
	/* The upper bits of an id are no part of the number that people see. */
	struct eventlog_event event = { .time_ft = pair_changed(),
					.source = source,
					.id = 0xC00023F2,
					.type = EVENTLOG_ERROR,
					.offset = 0x130 };
	struct sign sign = { .log = &log,
			     .event = &event,
			     .kind = { .strength = SIGN_STRONG,
				       .basis = BASIS_DOCUMENTED,
				       .reading = "what it says" } };
	const struct diagnoses diagnoses = { .signs = &sign, .n_signs = 1 };

	(void)state;
	struct timeline *timeline = collect(NULL, &diagnoses, 0, 0);
	const struct timeline_event *made =
		timelines_only(timeline, TIMELINE_EVENT, NULL);
	assert_int_equal(made->time_ft, pair_changed());
	assert_string_equal(made->tags, "sign");
	assert_ptr_equal(made->file, &file);
	assert_int_equal(made->offset, 0x130);
	assert_string_equal(made->message,
			    "Event 9202 of MSExchangeSA (error), a strong sign, "
			    "documented: what it says");
	timeline_free(timeline);

	event.recovered = true;
	event.type = 77;
	sign.kind.strength = SIGN_WEAK;
	sign.kind.basis = BASIS_INFERRED;
	timeline = collect(NULL, &diagnoses, 0, 0);
	made = timelines_only(timeline, TIMELINE_EVENT, NULL);
	assert_string_equal(made->tags, "look_alike");
	assert_string_equal(made->message,
			    "Event 9202 of MSExchangeSA (type unknown, left from earlier "
			    "use of the log), a weak sign, inferred: what it says");
	timeline_free(timeline);
}

/* ---- hotfixes ---- */

/* How many events one hotfix makes with a loss between those times. */
static size_t count(struct pair *pair, struct machine_hotfix hotfix, uint64_t from_ft,
		    uint64_t to_ft)
{
	struct machine_software software = { .snapshot = pair->new,
					     .hotfixes = { .items = &hotfix, .n = 1 } };
	const struct companions companions = { .software = &software };

	hotfix.key = pair_profile(pair->new, "Work")->profile.key;
	struct timeline *timeline = collect(&companions, NULL, from_ft, to_ft);
	size_t n = timeline->n;
	if (n > 0) {
		const struct timeline_event *event =
			timelines_only(timeline, TIMELINE_HOTFIX, NULL);
		assert_int_equal(event->time_ft, hotfix.installed_ft);
		assert_string_equal(event->message,
				    "Hotfix or program \"Q1\": key last written");
		assert_ptr_equal(event->file, pair->new->evidence);
		assert_int_equal(event->offset, hotfix.key->record_off);
		assert_null(event->tags);
	}
	timeline_free(timeline);
	return n;
}

static void test_hotfixes(void **state)
{
	struct pair *pair = *state;
	/* The loss took a while; a day before and a day behind it is near. */
	uint64_t from = pair_saved(), to = pair_changed();
	struct machine_hotfix hotfix = { .name = text_of("Q1"), .installed_ft = from };

	pair_add(pair->before, PAIR_PROFILES, "Work", 1);
	pair_fork(pair);
	pair_compare(pair);
	assert_true(from < to);
	assert_int_equal(SIGN_AFTER, UINT64_C(24) * 3600 * 10000000);
	assert_int_equal(count(pair, hotfix, from, to), 1);
	hotfix.installed_ft = from - SIGN_AFTER;
	assert_int_equal(count(pair, hotfix, from, to), 1);
	hotfix.installed_ft--;
	assert_int_equal(count(pair, hotfix, from, to), 0);
	hotfix.installed_ft = to + SIGN_AFTER;
	assert_int_equal(count(pair, hotfix, from, to), 1);
	hotfix.installed_ft++;
	assert_int_equal(count(pair, hotfix, from, to), 0);
	/* Those of Exchange, and those that bring another Mapi32.dll, at any time. */
	hotfix.exchange = true;
	assert_int_equal(count(pair, hotfix, from, to), 1);
	hotfix.exchange = false;
	hotfix.article = 824282;
	assert_int_equal(count(pair, hotfix, 0, 0), 1);
	hotfix.article = 824283;
	assert_int_equal(count(pair, hotfix, 0, 0), 0);
	/* Of a loss at no known time nothing is near. */
	hotfix.installed_ft = from;
	assert_int_equal(count(pair, hotfix, 0, to), 0);
	assert_int_equal(count(pair, hotfix, from, 0), 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_nothing),
		cmocka_unit_test(test_signs),
		TEST(test_hotfixes),
	};
	return UNIT_RUN(tests);
}
