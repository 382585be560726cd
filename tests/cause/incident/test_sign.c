/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Events near a loss: the window and its limits, which event is a sign and
 * which only looks like one, and when a log covers the time.  What the events
 * mean is told by the articles that the table names.
 */
#define UNIT_OOM
#include "help/unit.h"

#include "cause/incident/sign.h"

#include <stdlib.h>
#include <string.h>

#define SECOND UINT64_C(10000000)
#define MINUTE (60 * SECOND)
#define DAY (86400 * SECOND)
/* 2003-03-18 09:14:07 UTC */
#define LOSS ((UINT64_C(1047978847) + UINT64_C(11644473600)) * SECOND)

/* A log of the test's own events; complete from a day before to two days behind. */
struct log {
	struct eventlog log;
	struct eventlog_event events[8];
	char *strings[8];
	struct companions companions;
};

static int set_up(void **state)
{
	struct log *log = calloc(1, sizeof(*log));

	assert_non_null(log);
	log->log.diags = diag_list_new();
	assert_non_null(log->log.diags);
	log->log.events = log->events;
	log->log.first_ft = LOSS - DAY;
	log->log.last_ft = LOSS + 2 * DAY;
	log->companions.events[log->companions.n_events++] = &log->log;
	*state = log;
	return 0;
}

static int tear_down(void **state)
{
	struct log *log = *state;

	diag_list_free(log->log.diags);
	for (size_t i = 0; i < log->log.n_events; i++)
		free(log->events[i].source);
	for (size_t i = 0; i < ARRAY_LEN(log->strings); i++)
		free(log->strings[i]);
	free(log);
	return 0;
}

static void add(struct log *log, uint64_t ft, const char *source, uint32_t id,
		const char *string)
{
	size_t i = log->log.n_events++;

	assert_true(i < ARRAY_LEN(log->events));
	log->events[i] = (struct eventlog_event){ .time_ft = ft, .id = id };
	log->events[i].source = strdup(source);
	assert_non_null(log->events[i].source);
	if (!string)
		return;
	log->strings[i] = strdup(string);
	assert_non_null(log->strings[i]);
	log->events[i].strings = &log->strings[i];
	log->events[i].n_strings = 1;
}

static struct signs find(const struct log *log, uint64_t from_ft, uint64_t to_ft)
{
	struct signs signs = { 0 };

	assert_int_equal(signs_find(&log->companions, "", from_ft, to_ft, &signs),
			 STATUS_OK);
	return signs;
}

static size_t count(const struct log *log, uint64_t from_ft, uint64_t to_ft)
{
	struct signs signs = find(log, from_ft, to_ft);
	size_t n = signs.n;

	signs_clear(&signs);
	return n;
}

/* ---- the window ---- */

static void test_window(void **state)
{
	static const struct {
		uint64_t ft;
		size_t n;
	} rows[] = {
		{ LOSS - 10 * MINUTE - 1, 0 },
		{ LOSS - 10 * MINUTE, 1 },
		{ LOSS, 1 },
		{ LOSS + 5 * SECOND, 1 }, /* between the bounds */
		{ LOSS + 9 * SECOND, 1 },
		{ LOSS + 9 * SECOND + DAY, 1 },
		{ LOSS + 9 * SECOND + DAY + 1, 0 },
		{ 0, 0 },
	};
	struct log *log = *state;

	add(log, 0, "MSExchangeSA", 9202, NULL);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		log->events[0].time_ft = rows[i].ft;
		assert_int_equal(count(log, LOSS, LOSS + 9 * SECOND), rows[i].n);
	}
}

/* Keys may carry any number as their time. */
static void test_window_at_the_ends_of_time(void **state)
{
	struct log *log = *state;

	add(log, LOSS, "MSExchangeSA", 9202, NULL);
	assert_int_equal(count(log, 1, UINT64_MAX), 1);
	assert_int_equal(count(log, LOSS, UINT64_MAX), 1);
	assert_int_equal(count(log, UINT64_MAX, UINT64_MAX), 0);
	assert_int_equal(count(log, 1, 2), 0);
	/* Not known. */
	assert_int_equal(count(log, 0, 0), 0);
	assert_int_equal(count(log, 0, LOSS), 0);
	assert_int_equal(count(log, LOSS, 0), 0);
}

/* An event of another computer than the SYSTEM hive names is none of the machine's. */
static void test_computer(void **state)
{
	static const struct {
		const char *name;
		char computer[20];
		size_t n;
	} rows[] = {
		{ "EXCH01", "EXCH01", 1 }, { "EXCH01", "exch01", 1 },
		{ "EXCH01", "EXCH02", 0 }, { "EXCH01", "EXCH01.example.com", 1 },
		{ "EXCH01", "EXCH0", 0 },  { "EXCH01", "EXCH010", 0 },
		{ "", "EXCH02", 1 },	   { "EXCH01", "", 1 },
	};
	struct log *log = *state;
	static struct machine_system system;
	static char computer[20];

	add(log, LOSS, "MSExchangeSA", 9202, NULL);
	log->companions.system = &system;
	log->events[0].computer = computer;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		system.computer_name = text_of(rows[i].name);
		memcpy(computer, rows[i].computer, sizeof(computer));
		struct signs signs = find(log, LOSS, LOSS);
		assert_int_equal(signs.n, rows[i].n);
		assert_int_equal(signs.n_of_others, 1 - rows[i].n);
		/* Nor does a log of another machine cover anything. */
		assert_int_equal(signs.covered, rows[i].n);
		signs_clear(&signs);
	}
}

/* Where numbers are missing near the loss, the log does not cover it. */
static void test_gaps(void **state)
{
	static const struct {
		uint64_t from, to;
		bool covered;
	} rows[] = {
		{ LOSS - DAY, LOSS - 10 * MINUTE - 1, true },
		{ LOSS - DAY, LOSS - 10 * MINUTE, false },
		{ LOSS, LOSS, false },
		{ LOSS + DAY, LOSS + 2 * DAY, false },
		{ LOSS + DAY + 1, LOSS + 2 * DAY, true },
		{ LOSS + DAY + 1, 0, true }, /* behind the newest event */
		{ 0, LOSS - DAY, true },
		{ 0, LOSS, false },
	};
	struct log *log = *state;

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		log->log.n_gaps = 1;
		log->log.gaps[0] =
			(struct eventlog_gap){ 7, 8, rows[i].from, rows[i].to };
		struct signs signs = find(log, LOSS, LOSS);
		assert_int_equal(signs.covered, rows[i].covered);
		assert_int_equal(signs.gap, !rows[i].covered);
		signs_clear(&signs);
	}
	log->log.n_gaps = 0;
	log->log.clock_set_back = true;
	struct signs signs = find(log, LOSS, LOSS);
	assert_false(signs.covered);
	signs_clear(&signs);
}

/* ---- what is a sign ---- */

static void check(struct log *log, const char *source, uint32_t id, const char *string,
		  const char *word, enum sign_strength strength)
{
	size_t i = log->log.n_events;

	add(log, LOSS, source, id, string);
	struct signs signs = find(log, LOSS, LOSS);
	if (!word) {
		assert_int_equal(signs.n, 0);
	} else {
		assert_int_equal(signs.n, 1);
		assert_string_equal(signs.items[0].kind.word, word);
		assert_int_equal(signs.items[0].kind.strength, strength);
		assert_ptr_equal(signs.items[0].event, &log->events[i]);
		assert_ptr_equal(signs.items[0].log, &log->log);
		assert_true(strlen(signs.items[0].kind.reading) > 0);
	}
	signs_clear(&signs);
	free(log->events[i].source);
	free(log->strings[i]);
	log->strings[i] = NULL;
	log->log.n_events = i;
}

static void test_signs_and_look_alikes(void **state)
{
	struct log *log = *state;

	check(log, "MSExchangeSA", 9202, NULL, "event_9202", SIGN_STRONG);
	/* With severity and customer bit, and in other letters. */
	check(log, "msexchangesa", 0xc00423f2, NULL, "event_9202", SIGN_STRONG);
	check(log, "MSExchangeES", 11, "... 0x80004005 ...", "event_es_11", SIGN_STRONG);
	check(log, "MSExchangeES", 11, "0X80004005", "event_es_11", SIGN_STRONG);
	check(log, "MSExchangeMCA", 721, NULL, "event_mca_721", SIGN_STRONG);
	check(log, "Fax Service", 32, "no MAPI profile", "event_logon_failed",
	      SIGN_STRONG);
	check(log, "MsiInstaller", 11707, NULL, "event_installer", SIGN_STRONG);
	/* One number, three readings. */
	check(log, "MSExchangeES", 11, "0x80040111", "look_alike", SIGN_WEAK);
	check(log, "MSExchangeES", 11, NULL, "look_alike", SIGN_WEAK);
	check(log, "MSExchangeES", 5, "0x80004005", "look_alike", SIGN_WEAK);
	check(log, "MSExchangeSA", 9175, NULL, "look_alike", SIGN_WEAK);
	check(log, "MSExchangeSA", 5004, NULL, "look_alike", SIGN_WEAK);
	check(log, "MSExchangeSA", 1005, NULL, "look_alike", SIGN_WEAK);
	check(log, "MSExchangeMCA", 728, NULL, "look_alike", SIGN_WEAK);
	/* The numbers of Windows Installer that are documented, and others. */
	check(log, "MsiInstaller", 1036, NULL, "event_installer", SIGN_STRONG);
	check(log, "MsiInstaller", 1, NULL, "event_installer", SIGN_STRONG);
	check(log, "Outlook", 45, NULL, "outlook_at_work", SIGN_WEAK);
	check(log, "Microsoft Office 16", 2011, NULL, "office_at_work", SIGN_WEAK);
	/* None at all. */
	check(log, "MSExchangeSA", 9203, NULL, NULL, SIGN_WEAK);
	check(log, "MSExchangeSAx", 9202, NULL, NULL, SIGN_WEAK);
	check(log, "MSExchangeS", 9202, NULL, NULL, SIGN_WEAK);
	check(log, "Other", 9202, NULL, NULL, SIGN_WEAK);
	check(log, "", 9202, NULL, NULL, SIGN_WEAK);
	check(log, "Fax Service", 32, "no dial tone", NULL, SIGN_WEAK);
}

/* What tells of a user tells of the one whose SID the event has. */
static void test_users(void **state)
{
	static const char own[] = "S-1-5-21-1-2-3-1001";
	static const struct {
		const char *subject, *event;
		size_t n, n_unknown;
	} rows[] = {
		{ own, own, 1, 0 },
		{ own, "S-1-5-21-1-2-3-1002", 0, 0 },
		{ own, "S-1-5-21-1-2-3-100", 0, 0 },
		{ own, "S-1-5-18", 1, 1 }, /* logged by the system for somebody */
		{ own, NULL, 1, 1 },
		{ "", own, 1, 1 },
		{ "", NULL, 1, 1 },
	};
	static const uint32_t ids[] = { 1500, 1502, 1508, 1509, 1511, 1515, 1530, 1 };
	struct log *log = *state;

	for (size_t k = 0; k < ARRAY_LEN(ids); k++) {
		add(log, LOSS, "Microsoft-Windows-User Profiles Service", ids[k], NULL);
		for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
			struct signs signs = { 0 };
			log->events[log->log.n_events - 1].sid = rows[i].event;
			assert_int_equal(signs_find(&log->companions, rows[i].subject,
						    LOSS, LOSS, &signs),
					 STATUS_OK);
			assert_int_equal(signs.n, rows[i].n);
			assert_int_equal(signs.n_of_others, 0);
			if (signs.n > 0) {
				assert_int_equal(signs.items[0].of_unknown,
						 rows[i].n_unknown);
				assert_int_equal(signs.items[0].kind.strength,
						 ids[k] < 1530 && ids[k] > 1 ? SIGN_STRONG
									     : SIGN_WEAK);
				assert_true(signs.items[0].kind.basis !=
					    BASIS_DOCUMENTED);
			}
			signs_clear(&signs);
		}
		log->events[log->log.n_events - 1].time_ft = 0;
	}
}

/* An installer's event is the machine's, whoever it was installed by. */
static void test_machine_events_of_users(void **state)
{
	struct log *log = *state;
	struct signs signs = { 0 };

	add(log, LOSS, "MsiInstaller", 1033, NULL);
	log->events[0].sid = "S-1-5-21-1-2-3-1002";
	assert_int_equal(
		signs_find(&log->companions, "S-1-5-21-1-2-3-1001", LOSS, LOSS, &signs),
		STATUS_OK);
	assert_int_equal(signs.n, 1);
	assert_false(signs.items[0].of_unknown);
	signs_clear(&signs);
}

/* Two channels are searched; what is not found is not logged in that of Application only. */
static void test_channels(void **state)
{
	static const struct {
		const char *channel;
		bool searched, covers;
	} rows[] = {
		{ NULL, true, true },
		{ "", true, true },
		{ "Application", true, true },
		{ "Microsoft-Windows-User Profile Service/Operational", true, false },
		{ "System", false, false },
	};
	struct log *log = *state;

	add(log, LOSS, "MSExchangeSA", 9202, NULL);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		log->events[0].channel = rows[i].channel;
		struct signs signs = find(log, LOSS, LOSS);
		assert_int_equal(signs.n, rows[i].searched);
		assert_int_equal(signs.covered, rows[i].covers);
		assert_int_equal(signs.exchange, rows[i].covers);
		signs_clear(&signs);
	}
	log->events[0].channel = NULL;
	log->log.other_channel = true;
	struct signs signs = find(log, LOSS, LOSS);
	assert_false(signs.covered);
	signs_clear(&signs);
}

static void test_words(void **state)
{
	(void)state;
	assert_string_equal(sign_strength_word(SIGN_STRONG), "strong");
	assert_string_equal(sign_strength_word(SIGN_WEAK), "weak");
}

/* ---- what a log covers ---- */

static void check_cover(const struct log *log, bool covered, bool exchange)
{
	struct signs signs = find(log, LOSS, LOSS + SECOND);

	assert_int_equal(signs.covered, covered);
	assert_int_equal(signs.exchange, exchange);
	signs_clear(&signs);
}

static void test_cover(void **state)
{
	struct log *log = *state;

	check_cover(log, true, false);
	add(log, LOSS - DAY, "msexchangeis mailbox", 1206, NULL);
	check_cover(log, true, true);
	log->log.first_ft = LOSS;
	/* What failed is logged within a day. */
	log->log.last_ft = LOSS + SECOND + DAY;
	check_cover(log, true, true);
	log->log.last_ft--;
	check_cover(log, false, false);
	log->log.last_ft++;
	log->log.first_ft++;
	check_cover(log, false, false);
	/* Of a log without events nothing is known. */
	log->log.first_ft = log->log.last_ft = 0;
	check_cover(log, false, false);
}

/* What may have been in the log and is not readable is not "not found". */
static void test_cover_of_a_torn_log(void **state)
{
	struct log *log = *state;

	log->log.dirty = true;
	check_cover(log, false, false);
	log->log.dirty = false;
	log->log.wrapped = true;
	check_cover(log, true, false);
	diag_at(log->log.diags, DIAG_EVENTLOG_RECORD, 0x30, "torn");
	check_cover(log, false, false);
}

static void test_one_of_two_logs_covers(void **state)
{
	struct log *log = *state;
	struct eventlog old = { .diags = log->log.diags, .first_ft = 1, .last_ft = 2 };

	log->companions.events[log->companions.n_events++] = &old;
	check_cover(log, true, false);
	log->companions.n_events = 0;
	check_cover(log, false, false);
}

/*
 * A log that was put together, or a machine that was renamed: what others logged before
 * the loss or behind it shows nothing of what this machine's log had then.
 */
static void test_cover_by_others(void **state)
{
	static const struct {
		uint64_t ft[2];
		const char *computer[2], *channel[2];
		bool covered;
	} rows[] = {
		{ { LOSS - DAY, LOSS + 2 * DAY }, { "PC01", "PC01" }, { NULL }, true },
		{ { LOSS - DAY, LOSS + 2 * DAY }, { "WIN-7", "PC01" }, { NULL }, false },
		{ { LOSS - DAY, LOSS + 2 * DAY }, { "PC01", "PC02" }, { NULL }, false },
		{ { LOSS - DAY, LOSS + 2 * DAY },
		  { "PC01", "PC01" },
		  { "Application", "System" },
		  false },
	};
	struct log *log = *state;
	static struct machine_system system;
	static char computer[2][20];

	log->companions.system = &system;
	system.computer_name = text_of("PC01");
	for (size_t i = 0; i < 2; i++)
		add(log, 0, "Other", 1, NULL);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		for (size_t k = 0; k < 2; k++) {
			strcpy(computer[k], rows[i].computer[k]);
			log->events[k].computer = computer[k];
			log->events[k].channel = rows[i].channel[k];
			log->events[k].time_ft = rows[i].ft[k];
		}
		check_cover(log, rows[i].covered, false);
	}
	/* What was recovered is none of the log's events. */
	log->events[1].recovered = true;
	check_cover(log, true, false);
}

/* ---- many ---- */

static void test_most(void **state)
{
	struct log *log = *state;
	static char source[] = "MSExchangeSA";
	struct eventlog_event *many = calloc(SIGNS_MAX + 2, sizeof(*many));

	assert_non_null(many);
	for (size_t i = 0; i < SIGNS_MAX + 2; i++)
		many[i] = (struct eventlog_event){ .time_ft = LOSS + i * SECOND,
						   .id = 9202,
						   .source = source };
	struct eventlog full = { .diags = log->log.diags,
				 .events = many,
				 .n_events = SIGNS_MAX };
	log->companions.events[0] = &full;
	struct signs signs = find(log, LOSS, LOSS);
	assert_int_equal(signs.n, SIGNS_MAX);
	assert_int_equal(signs.n_left_out, 0);
	signs_clear(&signs);
	full.n_events = SIGNS_MAX + 2;
	signs = find(log, LOSS, LOSS);
	assert_int_equal(signs.n, SIGNS_MAX);
	assert_int_equal(signs.n_left_out, 2);
	assert_ptr_equal(signs.items[0].event, many);
	signs_clear(&signs);
	assert_int_equal(
		UNIT_FAIL_AT(0, signs_find(&log->companions, "", LOSS, LOSS, &signs)),
		STATUS_NOMEM);
	assert_null(signs.items);
	free(many);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_window),
		TEST(test_window_at_the_ends_of_time),
		TEST(test_computer),
		TEST(test_gaps),
		TEST(test_signs_and_look_alikes),
		TEST(test_users),
		TEST(test_machine_events_of_users),
		TEST(test_channels),
		cmocka_unit_test(test_words),
		TEST(test_cover),
		TEST(test_cover_of_a_torn_log),
		TEST(test_one_of_two_logs_covers),
		TEST(test_cover_by_others),
		TEST(test_most),
	};
	return UNIT_RUN(tests);
}
