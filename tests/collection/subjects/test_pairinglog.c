/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Logs beside a hive: their names without case, their folder as it is. */
#include "help/unit.h"

#include "collection/subjects/pairinglog.h"

#include "help/madefinds.h"

static const char *const one[] = { "x", NULL };

static void check(struct madefinds *all, const char *const *expected, bool lone)
{
	struct pairing_source source = { .found = &all->items[0] };
	struct pairinglog logs;
	size_t n = 0;

	assert_int_equal(pairinglog_read(&all->finds, &logs), STATUS_OK);
	pairinglog_add(&logs, &source);
	for (; expected[n]; n++) {
		assert_true(n < source.n_logs);
		assert_string_equal(source.logs[n], expected[n]);
	}
	assert_int_equal(source.n_logs, n);
	assert_int_equal(source.lone_log, lone);
	pairinglog_clear(&logs);
	madefinds_clear(all);
}

static void test_both(void **state)
{
	struct madefinds all;

	(void)state;
	madefinds_init(&all, one);
	madefinds_add(&all, "x/Users/jdoe/NTUSER.DAT", FILEKIND_HIVE, NULL);
	madefinds_add(&all, "x/Users/jdoe/ntuser.dat.LOG2", FILEKIND_LOG, NULL);
	madefinds_add(&all, "x/Users/jdoe/ntuser.dat.log1", FILEKIND_LOG, NULL);
	madefinds_add(&all, "x/Users/jdoe/NTUSER.DAT.LOG", FILEKIND_LOG, NULL);
	/* of others, or not what the name says */
	madefinds_add(&all, "x/Users/jdoe/NTUSER.DAT.LOG3", FILEKIND_LOG, NULL);
	madefinds_add(&all, "x/Users/jdoe/NTUSER.DA.LOG1", FILEKIND_LOG, NULL);
	madefinds_add(&all, "x/Users/asmith/NTUSER.DAT.LOG1", FILEKIND_LOG, NULL);
	madefinds_add(&all, "x/users/jdoe/NTUSER.DAT.LOG1", FILEKIND_LOG, NULL);
	madefinds_add(&all, "x/Users/jdoe/NTUSER.DAT.LOG1", FILEKIND_OTHER, NULL);
	check(&all,
	      (const char *const[]){ "x/Users/jdoe/NTUSER.DAT.LOG",
				     "x/Users/jdoe/ntuser.dat.log1",
				     "x/Users/jdoe/ntuser.dat.LOG2", NULL },
	      false);
}

static void test_lone(void **state)
{
	struct madefinds all;

	(void)state;
	madefinds_init(&all, one);
	madefinds_add(&all, "x/h", FILEKIND_HIVE, NULL);
	madefinds_add(&all, "x/h.LOG2", FILEKIND_LOG, NULL);
	check(&all, (const char *const[]){ "x/h.LOG2", NULL }, true);
	madefinds_init(&all, one);
	madefinds_add(&all, "x/h", FILEKIND_HIVE, NULL);
	check(&all, (const char *const[]){ NULL }, false);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_both),
		cmocka_unit_test(test_lone),
	};

	return UNIT_RUN(tests);
}
