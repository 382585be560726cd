/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A report is taken whole or not at all. */
#include "help/fleets.h"

#include "fleet/fleetread.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void test_whole(void **state)
{
	struct fleetreport *report = fleets_read(FLEETS_BEGIN FLEETS_NOTHING FLEETS_END);

	(void)state;
	assert_string_equal(report->user, "amy");
	assert_string_equal(report->verdict, "no profile is gone");
	assert_int_equal(report->exit_status, 0);
	fleetreport_free(report);
}

/* Every beginning of one is refused. */
static void test_cut_short(void **state)
{
	const struct fleets_loss loss = { .machine = "pc1",
					  .at = "2016-03-14T13:31:52.6200811Z" };
	char *text = fleets_text(&loss);
	size_t n = strlen(text);

	(void)state;
	for (size_t i = 0; i + 1 < n; i++) {
		struct failure failure;
		struct fleetreport *report = NULL;
		if (fleets_try(text, i, &report, &failure) != STATUS_MALFORMED)
			fail_msg("%zu of %zu bytes were taken", i, n);
		assert_null(report);
	}
	free(text);
}

static void test_series_and_summary(void **state)
{
	(void)state;
	assert_non_null(strstr(fleets_refused(FLEETS_BEGIN FLEETS_END, STATUS_MALFORMED),
			       "0 series"));
	assert_non_null(strstr(
		fleets_refused(FLEETS_BEGIN FLEETS_NOTHING FLEETS_NOTHING FLEETS_END,
			       STATUS_MALFORMED),
		"2 series and 2 summaries"));
	assert_non_null(strstr(
		fleets_refused(FLEETS_BEGIN "<summary/>" FLEETS_END, STATUS_MALFORMED),
		"0 series and 1 summaries"));
}

static void test_unreadable(void **state)
{
	struct failure failure = { "" };
	struct fleetreport *report = NULL;
	int fd = open("/", O_RDONLY | O_CLOEXEC);

	(void)state;
	assert_true(fd >= 0);
	assert_int_equal(fleetread_report(fd, &report, &failure), STATUS_IO);
	assert_string_equal(failure.sentence, "Is a directory");
	close(fd);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_whole),
		cmocka_unit_test(test_cut_short),
		cmocka_unit_test(test_series_and_summary),
		cmocka_unit_test(test_unreadable),
	};
	return UNIT_RUN(tests);
}
