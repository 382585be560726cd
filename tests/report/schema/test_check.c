/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reports held against the schema: what is no report, and what is none that is valid. */
#include "help/unit.h"

#include "help/smallreport.h"

#include "report/page/pagedoc.h"
#include "report/schema/check.h"

#include <string.h>

/* How many faults the check tells of. */
static size_t faults(const char *text)
{
	static struct check check;

	assert_int_equal(check_report(span_of(text, strlen(text)), NULL, &check, NULL),
			 STATUS_OK);
	return check.n_faults;
}

static void test_checked(void **state)
{
	(void)state;
	assert_true(faults(smallreport) > 0);
	assert_int_equal(
		faults("<!DOCTYPE report><report xmlns=\"urn:wmsdiff:report:1\"/>"), 1);
	assert_int_equal(faults(""), 1);
}

/* ---- what is told ---- */

static const struct check *checked(const char *text, struct stage *stage)
{
	static struct check check;

	assert_int_equal(check_report(span_of(text, strlen(text)), stage, &check, NULL),
			 STATUS_OK);
	return &check;
}

/* Faults past the limit are counted; each says its line, and names without their space. */
static void test_many_faults(void **state)
{
	const struct check *check = checked(
		"<report xmlns=\"urn:wmsdiff:report:1\" version=\"1.0\"\n"
		" a=\"\" b=\"\" c=\"\" d=\"\" e=\"\" f=\"\" g=\"\" h=\"\" i=\"\" j=\"\" k=\"\""
		" l=\"\"/>",
		NULL);

	(void)state;
	assert_true(check->n_faults >= 12);
	for (size_t i = 0; i < CHECK_MAX_TOLD; i++) {
		assert_int_equal(strncmp(check->faults[i], "line ", 5), 0);
		assert_non_null(strstr(check->faults[i], "report"));
		assert_null(strstr(check->faults[i], "{urn:"));
	}
}

/* Nothing in a sentence acts on a terminal. */
static void test_hostile_names(void **state)
{
	const struct check *check = checked(
		"<report xmlns=\"urn:wmsdiff:report:1\" version=\"a&#x9B;31m\"/>", NULL);

	(void)state;
	assert_true(check->n_faults > 0);
	for (size_t i = 0; i < check->n_faults && i < CHECK_MAX_TOLD; i++)
		for (const char *c = check->faults[i]; *c; c++)
			assert_true((unsigned char)*c >= 0x20 &&
				    !((unsigned char)c[0] == 0xC2 &&
				      (unsigned char)c[1] == 0x9B));
}

static void test_ids(void **state)
{
	const struct check *check = checked(
		"<report xmlns=\"urn:wmsdiff:report:1\"><input id=\"i1\"/><input id=\"i1\"/>"
		"</report>",
		NULL);

	(void)state;
	assert_int_equal(check->n_faults, 1);
	assert_string_equal(check->faults[0], "an id stands there twice, or is none: i1");
}

/* What was read is given away, whether it is valid or not; of what is no report, too. */
static void test_gives_what_was_read(void **state)
{
	static struct check check;
	const char *const texts[] = { smallreport, "<report", "" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		struct failure failure;
		struct pagedoc *doc = NULL;
		assert_int_equal(check_report(span_of(texts[i], strlen(texts[i])), NULL,
					      &check, &doc),
				 STATUS_OK);
		assert_non_null(doc);
		assert_int_equal(pagedoc_finish(doc, &failure),
				 i == 0 ? STATUS_OK : STATUS_MALFORMED);
		if (i > 0)
			assert_string_equal(failure.sentence, check.faults[0]);
		pagedoc_free(doc);
	}
}

/* ---- how far it is ---- */

struct told {
	struct stage_watch watch;
	uint64_t done, total;
};

static void take(struct stage_watch *watch, const struct stage *stage)
{
	struct told *told = (struct told *)watch;

	assert_true(stage->done >= told->done || stage->event == STAGE_BEGINS);
	/* How much is to be done is known from the beginning on. */
	assert_true(told->total == 0 || stage->total == told->total);
	told->done = stage->done;
	told->total = stage->total;
}

/* It is read a second time where there is a fault. */
static void test_stage(void **state)
{
	struct told told = { .watch.tell = take };
	struct stage stage;

	(void)state;
	stage_begin(&stage, &told.watch, STAGE_CHECK, NULL, STAGE_NO_HIVE);
	assert_true(checked(smallreport, &stage)->n_faults > 0);
	stage_end(&stage, 0);
	assert_int_equal(told.total, 2 * strlen(smallreport));
	assert_int_equal(told.done, told.total);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_checked),
		cmocka_unit_test(test_many_faults),
		cmocka_unit_test(test_hostile_names),
		cmocka_unit_test(test_ids),
		cmocka_unit_test(test_stage),
		cmocka_unit_test(test_gives_what_was_read),
	};

	return UNIT_RUN(tests);
}
