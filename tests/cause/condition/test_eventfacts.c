/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Events near a loss: how near they are said to be, and what their absence tells. */
#include "help/unit.h"

#include "cause/condition/eventfacts.h"

#include "help/incidents.h"

enum { SECOND = 10000000 };
#define FROM UINT64_C(126924624000000000)
#define TO (FROM + UINT64_C(3600) * SECOND)

/* An incident from FROM to TO, with a log that covers it. */
static void start(struct incidents *t)
{
	incidents_start(t);
	t->companions.n_events = 1;
	t->incident.losses.from_ft = FROM;
	t->incident.losses.to_ft = TO;
	t->incident.signs.covered = true;
	t->incident.signs.exchange = true;
}

static void end(struct incidents *t)
{
	t->incident.signs = (struct signs){ 0 };
	incidents_end(t);
}

static void test_how_near(void **state)
{
	static const struct {
		uint64_t at;
		const char *detail;
	} rows[] = {
		{ FROM, "once, within the time of the loss" },
		{ TO, "once, within the time of the loss" },
		{ TO + 1 * SECOND, "once, 1 second after it" },
		{ TO + UINT64_C(119) * SECOND, "once, 119 seconds after it" },
		{ TO + UINT64_C(120) * SECOND, "once, 2 minutes after it" },
		{ FROM - 2 * SECOND, "once, 2 seconds before it" },
		{ FROM - UINT64_C(599) * SECOND, "once, 9 minutes before it" },
	};
	struct eventlog log = { 0 };
	char source[] = "MSExchangeSA";

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct eventlog_event event = { .time_ft = rows[i].at,
						.source = source,
						.id = 9202,
						.offset = 0x230 };
		struct sign items[] = {
			{ .log = &log, .event = &event, .kind = { .word = "event_9202" } }
		};
		struct incidents t;
		start(&t);
		t.incident.signs.items = items;
		t.incident.signs.n = 1;
		incidents_assert(&t, CONDITION_EVENT_9202, CONDITION_MET, rows[i].detail);
		struct condition condition = incidents_check(&t, CONDITION_EVENT_9202);
		assert_int_equal(condition.n_evidence, 1);
		assert_int_equal(condition.evidence[0].offset, 0x230);
		/* It is a sign of this condition alone. */
		incidents_assert(&t, CONDITION_EVENT_ES_11, CONDITION_NOT_MET, NULL);
		end(&t);
	}
}

/* A loss of which only the week is known is near to nothing; a moment in it is. */
static void test_loss_of_some_day(void **state)
{
	const uint64_t day = UINT64_C(86400) * SECOND;
	struct eventlog log = { 0 };
	char source[] = "MSExchangeSA";
	struct eventlog_event event = { .time_ft = FROM, .source = source, .id = 9202 };
	struct sign items[] = {
		{ .log = &log, .event = &event, .kind = { .word = "event_9202" } }
	};
	struct loss loss = { .sure = true, .earliest_ft = FROM, .latest_ft = FROM + day };
	struct incidents t;

	(void)state;
	start(&t);
	t.incident.signs.items = items;
	t.incident.signs.n = 1;
	t.incident.losses.items = &loss;
	t.incident.losses.n = 1;
	incidents_assert(&t, CONDITION_EVENT_9202, CONDITION_MET, NULL);
	loss.latest_ft++;
	incidents_assert(&t, CONDITION_EVENT_9202, CONDITION_UNKNOWN,
			 "logged, but the time of the loss is not known to a day");
	loss.at_ft = FROM + UINT64_C(600) * SECOND;
	incidents_assert(&t, CONDITION_EVENT_9202, CONDITION_MET, NULL);
	loss.at_ft++;
	incidents_assert(&t, CONDITION_EVENT_9202, CONDITION_UNKNOWN, NULL);
	loss.at_ft = FROM - day;
	incidents_assert(&t, CONDITION_EVENT_9202, CONDITION_MET, NULL);
	loss.at_ft--;
	incidents_assert(&t, CONDITION_EVENT_9202, CONDITION_UNKNOWN, NULL);
	t.incident.losses.items = NULL;
	t.incident.losses.n = 0;
	end(&t);
}

/* The first one is told, and what the sign rests on. */
static void test_several(void **state)
{
	struct eventlog log = { 0 };
	char source[] = "MsiInstaller";
	struct eventlog_event events[] = {
		{ .time_ft = FROM - SECOND, .source = source, .id = 1 },
		{ .time_ft = TO + SECOND, .source = source, .id = 1 },
	};
	struct sign items[] = {
		{ &log, &events[0], { .word = "look_alike" }, false },
		{ &log,
		  &events[0],
		  { .word = "event_installer", .basis = BASIS_UNCONFIRMED },
		  false },
		{ &log, &events[1], { .word = "event_installer" }, false },
	};
	struct incidents t;

	(void)state;
	start(&t);
	t.incident.signs.items = items;
	t.incident.signs.n = ARRAY_LEN(items);
	incidents_assert(&t, CONDITION_EVENT_INSTALLER, CONDITION_MET,
			 "2 times, the first 1 second before it");
	struct condition condition = incidents_check(&t, CONDITION_EVENT_INSTALLER);
	assert_int_equal(condition.basis, BASIS_UNCONFIRMED);
	assert_int_equal(condition.n_evidence, 2);
	/* Where nothing tells of which user one is, it counts for nothing. */
	items[2].of_unknown = true;
	incidents_assert(&t, CONDITION_EVENT_INSTALLER, CONDITION_MET,
			 "once, 1 second before it");
	items[1].of_unknown = true;
	incidents_assert(&t, CONDITION_EVENT_INSTALLER, CONDITION_UNKNOWN,
			 "logged, but nothing tells of which user");
	end(&t);
}

/* Only a log that covers the time, of the right machine, shows that there was none. */
static void test_absence(void **state)
{
	struct incidents t;

	(void)state;
	start(&t);
	incidents_assert(&t, CONDITION_EVENT_9202, CONDITION_NOT_MET, NULL);
	incidents_assert(&t, CONDITION_EVENT_INSTALLER, CONDITION_NOT_MET, NULL);
	t.incident.signs.exchange = false;
	incidents_assert(&t, CONDITION_EVENT_9202, CONDITION_UNKNOWN, NULL);
	incidents_assert(&t, CONDITION_EVENT_ES_11, CONDITION_UNKNOWN, NULL);
	incidents_assert(&t, CONDITION_EVENT_MCA_721, CONDITION_UNKNOWN, NULL);
	incidents_assert(&t, CONDITION_EVENT_LOGON_FAILED, CONDITION_NOT_MET, NULL);
	incidents_assert(&t, CONDITION_EVENT_INSTALLER, CONDITION_NOT_MET, NULL);
	t.incident.signs.n_of_others = 1;
	incidents_assert(&t, CONDITION_EVENT_INSTALLER, CONDITION_UNKNOWN, NULL);
	t.incident.signs.n_of_others = 0;
	t.incident.signs.covered = false;
	incidents_assert(&t, CONDITION_EVENT_INSTALLER, CONDITION_UNKNOWN, NULL);
	t.incident.signs.covered = true;
	t.incident.losses.some_untimed = true;
	incidents_assert(&t, CONDITION_EVENT_INSTALLER, CONDITION_UNKNOWN,
			 "not found, but of some losses the time is not known");
	t.incident.losses.from_ft = 0;
	incidents_assert(&t, CONDITION_EVENT_INSTALLER, CONDITION_UNKNOWN,
			 "the time of the loss is not known");
	/* Without a log there is nothing to say. */
	t.companions.n_events = 0;
	incidents_assert(&t, CONDITION_EVENT_INSTALLER, CONDITION_UNKNOWN, NULL);
	assert_null(incidents_check(&t, CONDITION_EVENT_INSTALLER).detail);
	end(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_how_near),
		cmocka_unit_test(test_loss_of_some_day),
		cmocka_unit_test(test_several),
		cmocka_unit_test(test_absence),
	};
	return UNIT_RUN(tests);
}
