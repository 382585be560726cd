/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the parts share: how far the writing is. */
#include "help/unit.h"

#include "help/written.h"

#include "report/document/writer/parts.h"

struct told {
	struct stage_watch watch;
	uint64_t done, total;
	size_t n;
};

static void take(struct stage_watch *watch, const struct stage *stage)
{
	struct told *told = (struct told *)watch;

	if (stage->event == STAGE_BEGINS)
		return;
	told->done = stage->done;
	told->total = stage->total;
	told->n++;
}

/* Few of the calls are told, but never more than there is, and never less than before. */
static void test_steps(void **state)
{
	struct told told = { .watch.tell = take };
	struct stage stage;
	struct report_options options = { .stage = &stage };
	struct parts parts = { .options = &options, .n_items = 3 };

	(void)state;
	stage_begin(&stage, &told.watch, STAGE_REPORT, NULL, STAGE_NO_HIVE);
	for (size_t i = 1; i <= 3; i++) {
		parts_step(&parts);
		assert_int_equal(parts.n_written, i);
		assert_true(told.done <= i);
	}
	stage_end(&stage, 0);
	assert_true(told.n >= 1);
	assert_int_equal(told.done, 3);
	assert_int_equal(told.total, 3);
}

/* What was numbered before this series is counted on. */
static void test_ids(void **state)
{
	struct written w;

	(void)state;
	written_start(&w);
	w.parts.first_snapshot = 4;
	w.parts.first_comparison = 3;
	parts_snapshot_id(&w.parts, "snapshot", 0);
	parts_comparison_id(&w.parts, "comparison", 1);
	written_end(&w);
	written_is(&w, "string(/w:report/@snapshot)", "s5");
	written_is(&w, "string(/w:report/@comparison)", "d5");
	written_free(&w);
}

static void test_nobody_listens(void **state)
{
	struct report_options options = { .stage = NULL };
	struct parts parts = { .options = &options, .n_items = 1 };

	(void)state;
	parts_step(&parts);
	assert_int_equal(parts.n_written, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_steps),
		cmocka_unit_test(test_ids),
		cmocka_unit_test(test_nobody_listens),
	};

	return UNIT_RUN(tests);
}
