/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is known of a recovered profile, and what of it is lost. */
#include "help/recoveredhive.h"
#include "help/summaries.h"

#include "report/summary/recoveredlines.h"

static struct summaries_page page;

/* ---- what is lost ---- */

static void expect_lost(bool own_key, size_t n_values, size_t n_data, size_t n_beginnings,
			const char *lines)
{
	summaries_begin(&page);
	recoveredlines_lost(page.summary.screen, own_key, n_values, n_data, n_beginnings);
	summaries_end(&page);
	assert_string_equal(page.text, lines);
}

static void test_lost(void **state)
{
	(void)state;
	expect_lost(false, 0, 0, 0, "");
	expect_lost(true, 0, 0, 0, "    lost      its own key\n");
	expect_lost(false, 1, 0, 0, "    lost      1 value\n");
	expect_lost(false, 2, 0, 0, "    lost      2 values\n");
	expect_lost(false, 0, 1, 0, "    lost      the data of 1 value\n");
	expect_lost(false, 0, 0, 3, "    lost      the first bytes of 3 values\n");
	expect_lost(true, 1, 2, 1,
		    "    lost      its own key, 1 value, the data of 2 values, the first "
		    "bytes of 1\n"
		    "              value\n");
}

/* ---- a whole profile ---- */

static const struct recovered_profile *make(struct pair *pair)
{
	recoveredhive_add_two(pair);
	pair_fork(pair);
	recoveredhive_delete(pair, WORK);
	return recoveredhive_only(recovered(pair, false));
}

static void write(const struct recovered_profile *profile)
{
	summaries_begin(&page);
	recoveredlines_write(page.summary.screen, profile);
	summaries_end(&page);
}

static void test_whole(void **state)
{
	const struct recovered_profile *profile = make(*state);

	assert_true(profile->has_no_gaps);
	write(profile);
	summaries_assert_has(&page,
			     "recovered       Work  [no gaps, path certain]\n"
			     "    in        Profiles of Windows Messaging Subsystem\n"
			     "    deleted   at 2016-02-02 09:14:07 UTC\n"
			     "    held      ");
	summaries_assert_has(&page, "\n    pst       C:\\mail\\personal.pst ");
	summaries_assert_lacks(&page, "    lost ");
	summaries_assert_lacks(&page, "    name ");
	summaries_assert_lacks(&page, "    lives on ");
}

static void test_in_part(void **state)
{
	struct recovered_profile profile = *make(*state);

	profile.has_no_gaps = false;
	profile.torn = true;
	profile.store = NULL;
	profile.certainty = RECOVERED_PROBABLE;
	profile.deleted_ft = 0;
	profile.not_after_ft = pair_saved_again();
	profile.n_values_lost = 2;
	write(&profile);
	summaries_assert_has(&page, "recovered       Work  [in part, path probable]\n"
				    "    deleted   not after 2016-02-02 18:45:30 UTC\n");
	summaries_assert_has(&page, "\n    lost      its own key, 2 values\n");
	summaries_assert_lacks(&page, "    in  ");
	profile.not_after_ft = 0;
	write(&profile);
	summaries_assert_lacks(&page, "    deleted ");
}

/* An earlier snapshot lacks it already. */
static void test_gone_before(void **state)
{
	struct recovered_profile profile = *make(*state);

	profile.since = RECOVERED_SINCE_EARLIER;
	write(&profile);
	summaries_assert_has(&page,
			     "    deleted   at 2016-02-02 09:14:07 UTC, before the "
			     "earlier snapshot was taken\n");
}

/* Where its name is from, unless that is its own record. */
static void test_names(void **state)
{
	static const struct {
		enum recovery_name from;
		const char *line;
	} rows[] = {
		{ RECOVERY_NAME_RECORD, NULL },
		{ RECOVERY_NAME_SNAPSHOT, "    name      from the earlier snapshot\n" },
		{ RECOVERY_NAME_SRS,
		  "    name      probable: its send/receive file is called so\n" },
		{ RECOVERY_NAME_DEFAULT,
		  "    name      possible: DefaultProfile names one that is gone\n" },
		{ RECOVERY_NAME_ACCOUNT,
		  "    name      not known; an account of it is called so\n" },
		{ RECOVERY_NAME_NONE, NULL },
	};
	struct recovered_profile profile = *make(*state);

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		profile.name_from = rows[i].from;
		write(&profile);
		if (rows[i].line)
			summaries_assert_has(&page, rows[i].line);
		else
			summaries_assert_lacks(&page, "    name ");
	}
	profile.name = text_of("");
	write(&profile);
	summaries_assert_has(&page,
			     "recovered       (name lost)  [no gaps, path certain]\n");
	profile.name = text_of("a\x1b[2J");
	write(&profile);
	summaries_assert_has(&page, "recovered       a\\u{1b}[2J  [no gaps, ");
}

static void test_lives_on(void **state)
{
	struct pair *pair = *state;
	struct recovered_profile profile = *make(pair);

	profile.lives_on = pair_profile(pair->new, "Home")->profile.key;
	write(&profile);
	summaries_assert_has(&page, "    lives on  as Home, moved, renamed or copied\n");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_lost),	TEST(test_whole), TEST(test_in_part),
		TEST(test_gone_before), TEST(test_names), TEST(test_lives_on),
	};
	return UNIT_RUN(tests);
}
