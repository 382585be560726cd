/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is to be explained, and the texts that are made about it. */
#define UNIT_OOM
#include "help/unit.h"

#include "cause/incident/incident.h"

#include "help/incidents.h"

/* What only came or changed needs no cause. */
static void test_which_findings_are_due(void **state)
{
	static const struct {
		enum finding_kind kind;
		bool due;
	} rows[] = {
		{ FINDING_DELETED, true },	    { FINDING_MOVED, true },
		{ FINDING_RENAMED, true },	    { FINDING_RECREATED, true },
		{ FINDING_DAMAGED, true },	    { FINDING_STORE_REMOVED, true },
		{ FINDING_ADDED, false },	    { FINDING_MODIFIED, false },
		{ FINDING_DEFAULT_CHANGED, false },
	};
	struct diag_list *diags = diag_list_new();

	(void)state;
	assert_non_null(diags);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct finding findings[] = { { .kind = FINDING_ADDED },
					      { .kind = rows[i].kind } };
		struct comparison comparison = { .diags = diags,
						 .findings = findings,
						 .n_findings = 2 };
		assert_int_equal(incident_is_due(&comparison), rows[i].due);
		assert_false(incident_is_unresolved(&comparison));
		/* Nothing is weighed on what is unresolved. */
		findings[1].certainty = FINDING_UNRESOLVED;
		assert_false(incident_is_due(&comparison));
		assert_int_equal(incident_is_unresolved(&comparison), rows[i].due);
		comparison.n_findings = 1;
		assert_false(incident_is_due(&comparison));
		assert_false(incident_is_unresolved(&comparison));
	}
	diag_list_free(diags);
}

/* A pair in doubt is explained although nothing is gone. */
static void test_pairs_in_doubt_are_due(void **state)
{
	struct pair *pair = *state;
	struct builder_options options = pair_options();

	pair_fork(pair);
	pair_compare(pair);
	assert_false(incident_is_due(pair->found));
	pair_restart(pair, &options);
	options.user_sid = "S-1-5-21-1085031214-1563985344-725345543-1002";
	pair->after = builder_new(&options);
	pair_compare(pair);
	assert_int_equal(pair->found->n_findings, 0);
	assert_true(incident_is_due(pair->found));
}

static void test_single_hives(void **state)
{
	struct recovery recovery = { .n_gone = 0 };

	(void)state;
	assert_false(incident_is_due_alone(NULL));
	assert_false(incident_is_due_alone(&recovery));
	recovery.n_gone = 1;
	assert_true(incident_is_due_alone(&recovery));
}

static void test_texts(void **state)
{
	struct incidents t;

	(void)state;
	incidents_start(&t);
	assert_string_equal(incident_print(&t.incident, "%d %s", 7, "of them"),
			    "7 of them");
	assert_string_equal(incident_utf8(&t.incident, text_of("Outlook")), "Outlook");
	/* Cut, never rounded. */
	assert_string_equal(
		incident_time(&t.incident, builder_filetime(2003, 3, 18, 9, 14, 7) +
						   UINT64_C(9999999)),
		"2003-03-18 09:14:07 UTC");
	incidents_end(&t);
}

/* A text that cannot be made is empty, and noted. */
static void test_texts_without_memory(void **state)
{
	struct incidents t;
	struct unit_oom oom;

	(void)state;
	incidents_start(&t);
	UNIT_FAIL_EACH (oom) {
		t.incident.nomem = false;
		const char *text =
			UNIT_FAILING(oom, incident_utf8(&t.incident, text_of("Outlook")));
		if (!t.incident.nomem)
			break;
		assert_string_equal(text, "");
	}
	assert_true(oom.n >= 1);
	incidents_end(&t);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_which_findings_are_due),
		TEST(test_pairs_in_doubt_are_due),
		cmocka_unit_test(test_single_hives),
		cmocka_unit_test(test_texts),
		cmocka_unit_test(test_texts_without_memory),
	};
	return UNIT_RUN(tests);
}
