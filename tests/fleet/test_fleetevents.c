/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Events: what is put together, and above all what is not. */
#include "help/fleets.h"

#include "fleet/fleetevents.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define AT(time) .at = "2003-03-18T" time ".0000000Z"
#define BETWEEN(a, b)                                                                    \
	.from = "2003-03-18T" a ".0000000Z", .to = "2003-03-18T" b ".0000000Z"
#define BY(word) .cause = word, .grade = "possible"

struct found {
	struct fleetdata *data;
	struct fleetevents *events;
};

static struct found find(const struct fleets_loss *losses, size_t n)
{
	struct found found = { .data = fleets_data(losses, n) };

	assert_int_equal(fleetevents_find(found.data, &found.events), STATUS_OK);
	return found;
}

static void end(struct found *found)
{
	fleetevents_free(found->events);
	fleetdata_free(found->data);
}

/* How many events there are of the losses; and of how many machines the first is. */
static void expect(const struct fleets_loss *losses, size_t n, size_t n_events,
		   size_t n_machines)
{
	struct found found = find(losses, n);

	assert_int_equal(found.events->n, n_events);
	if (n_events > 0)
		assert_int_equal(found.events->items[0].n_machines, n_machines);
	end(&found);
}

#define EXPECT(n_events, n_machines, ...)                                                \
	do {                                                                             \
		const struct fleets_loss losses_[] = { __VA_ARGS__ };                    \
		expect(losses_, ARRAY_LEN(losses_), (n_events), (n_machines));           \
	} while (0)

static void test_one_event(void **state)
{
	const struct fleets_loss losses[] = {
		{ .machine = "a", AT("09:16:00"), BY("remove_all") },
		{ .machine = "b",
		  AT("09:14:00"),
		  .cause = "remove_all",
		  .grade = "supported" },
		{ .machine = "c",
		  BETWEEN("09:10:30", "09:15:00"),
		  BY("remove_all"),
		  .certainty = "probable" },
	};
	struct found found = find(losses, 3);
	const struct fleetevent *event = found.events->items;

	(void)state;
	assert_int_equal(found.events->n, 1);
	assert_int_equal(event->n_machines, 3);
	assert_int_equal(event->n_losses, 3);
	/* All of all bounds: from 09:10:30 to 09:16:00. */
	assert_int_equal(event->to_ft - event->from_ft, UINT64_C(330) * 10000000);
	assert_int_equal(event->cause, CAUSE_REMOVE_ALL);
	assert_int_equal(event->n_supported, 1);
	assert_int_equal(event->n_processes, 0);
	assert_string_equal(fleetdata_certainty_word(event->certainty), "probable");
	assert_int_equal(event->losses[0], 2);
	assert_false(found.events->incomplete);
	end(&found);
}

/* A program that held Mapi32.dll on all of them, whatever the case of its name. */
static void test_by_process(void **state)
{
	const struct fleets_loss losses[] = {
		{ .machine = "a", AT("09:14:00"), .process = "BkAgent.exe" },
		{ .machine = "b",
		  AT("09:15:00"),
		  .process = "bkagent.EXE",
		  BY("user_deletion") },
	};
	struct found found = find(losses, 2);
	const struct fleetevent *event = found.events->items;

	(void)state;
	assert_int_equal(found.events->n, 1);
	assert_true(event->cause == FLEETDATA_NONE);
	assert_int_equal(event->n_supported, 0);
	/* svchost.exe, which both have too, hosts others. */
	assert_int_equal(event->n_processes, 1);
	assert_string_equal(found.data->process_names.items[event->processes[0]],
			    "bkagent.exe");
	end(&found);
}

static void test_nothing_shared(void **state)
{
	(void)state;
	EXPECT(0, 0, { .machine = "a", AT("09:14:00"), BY("user_deletion") },
	       { .machine = "b", AT("09:14:00"), BY("remove_all") });
	EXPECT(0, 0, { .machine = "a", AT("09:14:00") },
	       { .machine = "b", AT("09:14:00") });
	EXPECT(0, 0, { .machine = "a", AT("09:14:00"), .process = "x.exe" },
	       { .machine = "b", AT("09:14:00"), .process = "y.exe" });
	/* What is unlikely is no answer, and shares nothing. */
	EXPECT(0, 0,
	       { .machine = "a",
		 AT("09:14:00"),
		 .cause = "remove_all",
		 .grade = "unlikely" },
	       { .machine = "b",
		 AT("09:14:00"),
		 .cause = "remove_all",
		 .grade = "unlikely" });
}

/* One bound, none, bounds that contradict each other, bounds too wide: no event. */
static void test_time_not_known(void **state)
{
	static const struct fleets_loss others[] = {
		{ .machine = "b",
		  .to = "2003-03-18T09:14:00.0000000Z",
		  BY("remove_all") },
		{ .machine = "b",
		  .from = "2003-03-18T09:14:00.0000000Z",
		  BY("remove_all") },
		{ .machine = "b", BY("remove_all") },
		{ .machine = "b", BETWEEN("09:15:00", "09:14:00"), BY("remove_all") },
		{ .machine = "b", AT("09:14:00"), BY("remove_all"), .conflict = true },
		{ .machine = "b", BETWEEN("09:10:00", "09:20:01"), BY("remove_all") },
	};
	struct fleets_loss losses[2] = {
		{ .machine = "a", AT("09:14:00"), BY("remove_all") },
		{ .machine = "b", BETWEEN("09:10:00", "09:20:00"), BY("remove_all") },
	};

	(void)state;
	expect(losses, 2, 1, 2);
	for (size_t i = 0; i < ARRAY_LEN(others); i++) {
		losses[1] = others[i];
		expect(losses, 2, 0, 0);
	}
}

/* What is back, or whether it is lost nobody knows, is no loss. */
static void test_no_loss(void **state)
{
	(void)state;
	EXPECT(0, 0, { .machine = "a", AT("09:14:00"), BY("remove_all") },
	       { .machine = "b", AT("09:14:00"), BY("remove_all"), .fate = "back" });
	EXPECT(0, 0, { .machine = "a", AT("09:14:00"), BY("remove_all") },
	       { .machine = "b",
		 AT("09:14:00"),
		 BY("remove_all"),
		 .certainty = "unresolved" });
}

/* Five minutes from one to the next, and not one tick more. */
static void test_gap(void **state)
{
	(void)state;
	EXPECT(1, 2, { .machine = "a", AT("09:14:00"), BY("remove_all") },
	       { .machine = "b", AT("09:19:00"), BY("remove_all") });
	EXPECT(0, 0, { .machine = "a", AT("09:14:00"), BY("remove_all") },
	       { .machine = "b",
		 .at = "2003-03-18T09:19:00.0000001Z",
		 BY("remove_all") });
	/* Two events, each of two machines. */
	EXPECT(2, 2, { .machine = "a", AT("09:14:00"), BY("remove_all") },
	       { .machine = "b", AT("09:15:00"), BY("remove_all") },
	       { .machine = "c", AT("11:14:00"), BY("remove_all") },
	       { .machine = "d", AT("11:15:00"), BY("remove_all") });
}

/* Machines one behind the other through a day are not one event of a day. */
static void test_span(void **state)
{
	struct fleets_loss losses[30];
	char names[30][8], times[30][40];
	struct found found;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(losses); i++) {
		size_t minute = 4 * i;
		(void)snprintf(names[i], sizeof(names[i]), "m%02zu", i);
		(void)snprintf(times[i], sizeof(times[i]),
			       "2003-03-18T%02zu:%02zu:00.0000000Z", 9 + minute / 60,
			       minute % 60);
		losses[i] = (struct fleets_loss){ .machine = names[i],
						  .at = times[i],
						  BY("remove_all") };
	}
	found = find(losses, ARRAY_LEN(losses));
	/* 09:00 to 10:00 are 16 machines; the rest begins at 10:04. */
	assert_int_equal(found.events->n, 2);
	assert_int_equal(found.events->items[0].n_machines, 16);
	assert_int_equal(found.events->items[1].n_machines, 14);
	for (size_t i = 0; i < 2; i++)
		assert_true(found.events->items[i].to_ft -
				    found.events->items[i].from_ft <=
			    FLEETEVENTS_SPAN);
	end(&found);
}

/* Two profiles of one machine are no event, nor is a machine that was given twice. */
static void test_one_machine(void **state)
{
	(void)state;
	EXPECT(0, 0,
	       { .machine = "a", AT("09:14:00"), BY("remove_all"), .computer = "PC1" },
	       { .machine = "b", AT("09:14:00"), BY("remove_all"), .computer = "pc1" });
	EXPECT(0, 0,
	       { .machine = "a", AT("09:14:00"), BY("remove_all"), .sha256 = "same" },
	       { .machine = "b", AT("09:14:00"), BY("remove_all"), .sha256 = "same" });
	/* a is b by its hive, b is c by its name: with d they are two. */
	EXPECT(1, 2,
	       { .machine = "a", AT("09:14:00"), BY("remove_all"), .sha256 = "same" },
	       { .machine = "b",
		 AT("09:14:00"),
		 BY("remove_all"),
		 .sha256 = "same",
		 .computer = "PC1" },
	       { .machine = "c", AT("09:14:00"), BY("remove_all"), .computer = "PC1" },
	       { .machine = "d", AT("09:14:00"), BY("remove_all"), .computer = "PC2" });
}

/* The same of very many: 40 losses of 20 machines, each given twice. */
static void test_many_twice(void **state)
{
	struct fleets_loss losses[40];
	char names[40][8], computers[20][8];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(losses); i++) {
		(void)snprintf(names[i], sizeof(names[i]), "m%02zu", i);
		(void)snprintf(computers[i / 2], sizeof(computers[0]), "pc%02zu", i / 2);
		losses[i] = (struct fleets_loss){ .machine = names[i],
						  AT("09:14:00"),
						  BY("remove_all"),
						  .computer = computers[i / 2] };
	}
	expect(losses, ARRAY_LEN(losses), 1, 20);
	for (size_t i = 0; i < ARRAY_LEN(losses); i++) {
		losses[i].computer = NULL;
		losses[i].sha256 = computers[i / 2];
	}
	expect(losses, ARRAY_LEN(losses), 1, 20);
}

/* A loss is in the larger of two events that it could be in, and in that alone. */
static void test_one_event_each(void **state)
{
	const struct fleets_loss losses[] = {
		{ .machine = "a", AT("09:14:00"), BY("remove_all"), .process = "x.exe" },
		{ .machine = "b", AT("09:14:10"), BY("remove_all"), .process = "x.exe" },
		{ .machine = "c", AT("09:14:20"), BY("remove_all") },
		{ .machine = "d", AT("09:14:30"), .process = "x.exe" },
		{ .machine = "e", AT("09:14:40"), .process = "x.exe" },
	};
	struct found found = find(losses, ARRAY_LEN(losses));
	size_t in[ARRAY_LEN(losses)] = { 0 };

	(void)state;
	for (size_t i = 0; i < found.events->n; i++)
		for (size_t k = 0; k < found.events->items[i].n_losses; k++)
			in[found.events->items[i].losses[k]]++;
	assert_int_equal(found.events->n, 1);
	assert_int_equal(found.events->items[0].n_machines, 4);
	assert_int_equal(found.events->items[0].n_processes, 1);
	for (size_t i = 0; i < ARRAY_LEN(losses); i++)
		assert_int_equal(in[i], i == 2 ? 0 : 1);
	end(&found);
}

/* What is left when the largest is taken can be an event of its own. */
static void test_second_pass(void **state)
{
	EXPECT(2, 3, { .machine = "a", AT("09:14:00"), .process = "x.exe" },
	       { .machine = "b", AT("09:14:00"), .process = "x.exe" },
	       { .machine = "c", AT("09:14:00"), BY("remove_all"), .process = "x.exe" },
	       { .machine = "d", AT("09:16:00"), BY("remove_all") },
	       { .machine = "e", AT("09:16:00"), BY("remove_all") });
	(void)state;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_one_event),
		cmocka_unit_test(test_by_process),
		cmocka_unit_test(test_nothing_shared),
		cmocka_unit_test(test_time_not_known),
		cmocka_unit_test(test_no_loss),
		cmocka_unit_test(test_gap),
		cmocka_unit_test(test_span),
		cmocka_unit_test(test_one_machine),
		cmocka_unit_test(test_many_twice),
		cmocka_unit_test(test_one_event_each),
		cmocka_unit_test(test_second_pass),
	};
	return UNIT_RUN(tests);
}
