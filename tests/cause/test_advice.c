/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What to do: how much there is room for, in which order, and what is said in brief. */
#include "help/unit.h"

#include "cause/advice.h"
#include "cause/incident/incident.h"

#include "help/weighing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static size_t count_advice(const struct diagnosis *diagnosis, const char *code)
{
	size_t n = 0;

	for (size_t i = 0; i < diagnosis->advice.n; i++)
		n += strcmp(diagnosis->advice.items[i].code, code) == 0;
	return n;
}

/* However many hold the file, the fix itself has its place. */
static void test_advice_about_very_many_processes(void **state)
{
	static const char *const classes[] = { "agent", "mad", "svchost", "mmc" };
	struct world *world = *state;
	char *text[2] = { NULL, NULL };
	size_t size;
	FILE *modules = open_memstream(&text[0], &size);
	FILE *services = open_memstream(&text[1], &size);

	assert_non_null(modules);
	assert_non_null(services);
	fputs("C:\\>tlist -s\n", services);
	for (unsigned i = 0; i < 1000; i++) {
		unsigned pid = 4000 + 4 * i;
		fprintf(modules, "MAPI32.DLL - %u %s.exe\n", pid, classes[i / 2 % 4]);
		if (i % 2)
			fprintf(services, "%u %s.exe       Svcs:  S%u\n", pid,
				classes[i / 2 % 4], i);
	}
	assert_int_equal(fclose(modules), 0);
	assert_int_equal(fclose(services), 0);
	world_give_all(world);
	char *paths[] = { world_text_file(text[0]), world_text_file(text[1]) };
	world->source.listings[0] = paths[0];
	world->source.listings[1] = paths[1];
	const struct diagnosis *diagnosis = weighing_weigh(world);
	assert_int_equal(world->diagnoses.holders.n, 1000);
	assert_in_range(diagnosis->advice.n, 50, ADVICE_MAX - 1);
	assert_int_equal(count_advice(diagnosis, "install_fix"), 1);
	assert_int_equal(count_advice(diagnosis, "check_version"), 1);
	assert_int_equal(count_advice(diagnosis, "check_events"), 1);
	assert_int_equal(count_advice(diagnosis, "check_profiles"), 1);
	assert_true(count_advice(diagnosis, "exchange_service") > 1);
	assert_true(count_advice(diagnosis, "shared_host") > 1);
	/* What is stopped is started again, and nobody closes Exchange by hand. */
	assert_int_equal(count_advice(diagnosis, "stop_service"),
			 count_advice(diagnosis, "restart_service"));
	for (size_t i = 0; i < diagnosis->advice.n; i++)
		if (strcmp(diagnosis->advice.items[i].code, "stop_program") == 0)
			assert_null(strstr(diagnosis->advice.items[i].text, "mad.exe"));
	for (size_t i = 0; i < 2; i++) {
		(void)remove(paths[i]);
		free(paths[i]);
		free(text[i]);
	}
}

/* ---- made by hand ---- */

struct hand {
	struct companions companions;
	struct listing_process processes[20];
	struct holder_service services[20];
	struct holder items[20];
	struct holders holders;
	struct incident incident;
};

/* n third parties' processes, each with a service of its own. */
static void hold(struct hand *hand, size_t n)
{
	static char images[20][16], names[20][8];

	memset(hand, 0, sizeof(*hand));
	for (size_t i = 0; i < n; i++) {
		(void)snprintf(images[i], sizeof(images[i]), "p%zu.exe", i);
		(void)snprintf(names[i], sizeof(names[i]), "s%zu", i);
		hand->processes[i].image = images[i];
		hand->processes[i].pid = (uint32_t)i + 8;
		hand->services[i] =
			(struct holder_service){ .name = names[i], .display_name = "" };
		hand->items[i] = (struct holder){ .process = &hand->processes[i],
						  .class = HOLDER_THIRD_PARTY,
						  .join = HOLDER_BY_PID,
						  .services = &hand->services[i],
						  .n_services = 1 };
	}
	hand->holders =
		(struct holders){ .items = hand->items, .n = n, .answered = true };
	hand->incident = (struct incident){ .arena = arena_new(),
					    .companions = &hand->companions,
					    .holders = &hand->holders };
	assert_non_null(hand->incident.arena);
}

/* The only brief form of that code; NULL if there is none. */
static const char *brief_of(const struct advices *advice, const char *code)
{
	const char *brief = NULL;

	for (size_t i = 0; i < advice->n; i++)
		if (strcmp(advice->items[i].code, code) == 0 && advice->items[i].brief) {
			assert_null(brief);
			brief = advice->items[i].brief;
		}
	return brief;
}

/* Six names are told, and how many more there are. */
static void test_names_in_brief(void **state)
{
	static const struct {
		size_t n;
		const char *brief;
	} rows[] = {
		{ 1, "Stop s0" },
		{ 6, "Stop s0, s1, s2, s3, s4, s5" },
		{ 7, "Stop s0, s1, s2, s3, s4, s5 and 1 more" },
		/* Of very many not all are spelled out. */
		{ 16, "Stop s0, s1, s2, s3, s4, s5 and 10 more" },
		{ 17, "Stop s0, s1, s2, s3, s4, s5 and 10 more" },
	};
	struct hand hand;
	struct advices advice;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		hold(&hand, rows[i].n);
		assert_int_equal(advice_give(&hand.incident, CAUSE_KB_817375,
					     GRADE_SUPPORTED, &advice),
				 STATUS_OK);
		assert_string_equal(brief_of(&advice, "stop_service"), rows[i].brief);
		assert_string_equal(brief_of(&advice, "restart_service"),
				    "Start again what was stopped");
		assert_false(hand.incident.nomem);
		arena_free(hand.incident.arena);
	}
}

/* Nothing is stopped or installed for a cause that is only possible. */
static void test_what_waits(void **state)
{
	struct hand hand;
	struct advices sure, unsure, none;

	(void)state;
	hold(&hand, 2);
	assert_int_equal(
		advice_give(&hand.incident, CAUSE_KB_817375, GRADE_SUPPORTED, &sure),
		STATUS_OK);
	assert_int_equal(
		advice_give(&hand.incident, CAUSE_KB_817375, GRADE_POSSIBLE, &unsure),
		STATUS_OK);
	assert_int_equal(
		advice_give(&hand.incident, CAUSE_KB_817375, GRADE_UNDETERMINED, &none),
		STATUS_OK);
	assert_int_equal(none.n, 0);
	/* The steps are the same, behind the word of warning. */
	assert_int_equal(unsure.n, sure.n + 1);
	assert_string_equal(unsure.items[0].code, "confirm_first");
	for (size_t i = 0; i < sure.n; i++)
		assert_string_equal(unsure.items[i + 1].text, sure.items[i].text);
	assert_non_null(brief_of(&sure, "install_fix"));
	assert_null(brief_of(&unsure, "install_fix"));
	assert_null(brief_of(&unsure, "stop_service"));
	assert_null(brief_of(&unsure, "restart_service"));
	assert_non_null(brief_of(&unsure, "confirm_first"));
	assert_non_null(brief_of(&unsure, "check_profiles"));
	for (size_t i = 0; i < sure.n; i++)
		assert_int_equal(sure.items[i].brings_back,
				 strcmp(sure.items[i].code, "check_profiles") == 0);
	arena_free(hand.incident.arena);
}

/* For each cause there is something to do, and the other causes say all of it in brief. */
static void test_every_cause(void **state)
{
	struct hand hand;
	struct advices advice;

	(void)state;
	hold(&hand, 0);
	for (int cause = 0; cause < CAUSE_N_CAUSES; cause++) {
		assert_int_equal(advice_give(&hand.incident, (enum cause)cause,
					     GRADE_SUPPORTED, &advice),
				 STATUS_OK);
		assert_true(advice.n > 0);
		for (size_t i = 0; i < advice.n && cause != CAUSE_KB_817375; i++) {
			/* Where the old hive may be is told at length, too. */
			if (strcmp(advice.items[i].code, "find_old_hive") != 0 ||
			    cause != CAUSE_NEW_HIVE)
				assert_string_equal(advice.items[i].brief,
						    advice.items[i].text);
			assert_non_null(advice.items[i].brief);
			/* No use once it is done. */
			assert_int_equal(advice.items[i].brings_back,
					 strcmp(advice.items[i].code, "restore") == 0);
		}
	}
	arena_free(hand.incident.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD_TEST(test_advice_about_very_many_processes),
		cmocka_unit_test(test_names_in_brief),
		cmocka_unit_test(test_what_waits),
		cmocka_unit_test(test_every_cause),
	};
	return UNIT_RUN(tests);
}
