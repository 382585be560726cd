/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the readers of a profile share: owners of sections, and uids that are followed. */
#include "help/unit.h"

#include "mapi/content/contentstate.h"

#include "mapi/section.h"

#include "help/keys.h"
#include "help/outlook2010.h"
#include "help/problems.h"
#include "help/profile_keys.h"
#include "help/texts.h"

#include <stdlib.h>

#define NOWHERE_2 "10112233445566778899aabbccddeeff"

static void test_dangling_uid_once_for_each_place(void **state)
{
	(void)state;
	outlook2010_add(keys);
	keys_hex(keys, PST, "01023d02", NOWHERE NOWHERE_2 NOWHERE NOWHERE_2 NOWHERE);
	keys_hex(keys, ROOT, "01023d02", NOWHERE NOWHERE);
	read_content();
	assert_int_equal(content->problems.n, 3);
	assert_int_equal(count_problems(PROFILE_DANGLING_UID), 3);
	assert_string_equal(content->problems.items[0].uid, NOWHERE);
	assert_string_equal(content->problems.items[1].uid, NOWHERE_2);
	assert_true(text_is(key_name(content->problems.items[1].section), PST));
	assert_true(text_is(key_name(content->problems.items[2].section), ROOT));
}

/* A root list of n uids, all different and dangling, or all of one section. */
static void read_uids(size_t n, bool different)
{
	uint8_t *uids = calloc(n, PROPERTY_UID_SIZE);

	assert_non_null(uids);
	for (size_t i = 0; different && i < n; i++)
		for (size_t k = 0; k < 4; k++)
			uids[i * PROPERTY_UID_SIZE + k] = (uint8_t)((i + 1) >> 8 * k);
	keys_data(keys, ROOT, "01023d0e", KEY_TYPE_BINARY, uids, n * PROPERTY_UID_SIZE);
	keys_add(keys, "00000000000000000000000000000000");
	free(uids);
	read_content();
}

static void test_uids_at_the_limit(void **state)
{
	(void)state;
	read_uids(PROFILE_MAX_ITEMS, false);
	assert_false(content->truncated);
	assert_int_equal(content->services.n, 1);
	assert_int_equal(content->problems.n, 0);
}

static void test_uids_past_the_limit(void **state)
{
	(void)state;
	read_uids(PROFILE_MAX_ITEMS + 1, false);
	assert_true(content->truncated);
	assert_int_equal(content->services.n, 1);
}

static void test_dangling_uids_past_the_limit(void **state)
{
	(void)state;
	read_uids(PROFILE_MAX_ITEMS + 1, true);
	assert_true(content->truncated);
	assert_int_equal(content->problems.n, PROFILE_MAX_ITEMS);
}

/* ---- one call at a time ---- */

/* Visits are counted, and which section came last is kept. */
static size_t n_visits;
static const struct key *last_visited;

static enum status count_visit(struct contentstate *c, const struct key *section,
			       size_t arg)
{
	(void)c;
	assert_int_equal(arg, 7);
	n_visits++;
	last_visited = section;
	return STATUS_OK;
}

static enum status refuse_visit(struct contentstate *c, const struct key *section,
				size_t arg)
{
	(void)c;
	(void)section;
	(void)arg;
	return STATUS_NOMEM;
}

static void begin(struct contentstate *c)
{
	content = calloc(1, sizeof(*content));
	assert_non_null(content);
	content->key = keys_root(keys);
	assert_int_equal(contentstate_init(c, content), STATUS_OK);
	n_visits = 0;
	last_visited = NULL;
}

static void test_follow(void **state)
{
	AUTO(contentstate_clear) struct contentstate c = { 0 };

	(void)state;
	keys_hex(keys, ROOT, "01023d00", PST NOWHERE PST NOWHERE);
	keys_hex(keys, ROOT, "01023d01", NOWHERE "0011");
	keys_add(keys, PST);
	begin(&c);
	const struct key *pst = key_child(c.profile, text_of(PST));
	assert_ptr_equal(c.root, key_child(c.profile, text_of(ROOT)));
	assert_int_equal(contentstate_follow_id(&c, c.root, 0x3d00, count_visit, 7),
			 STATUS_OK);
	/* Visited each time, but the uid without a section is one problem. */
	assert_int_equal(n_visits, 2);
	assert_ptr_equal(last_visited, pst);
	assert_true(contentstate_section(&c, pst)->is_named);
	assert_false(contentstate_section(&c, c.root)->is_named);
	assert_string_equal(only_problem(PROFILE_DANGLING_UID)->uid, NOWHERE);
	/* A list whose sections may be missing has no problem, nor has one that is not there. */
	assert_int_equal(contentstate_mark_id(&c, c.root, 0x3d01, NULL, 0), STATUS_OK);
	assert_int_equal(contentstate_follow_id(&c, c.root, 0x3d02, NULL, 0), STATUS_OK);
	assert_int_equal(content->problems.n, 1);
	assert_int_equal(contentstate_follow_id(&c, c.root, 0x3d00, refuse_visit, 0),
			 STATUS_NOMEM);
}

static void test_target(void **state)
{
	AUTO(contentstate_clear) struct contentstate c = { 0 };

	(void)state;
	keys_hex(keys, PST, "01023d0c", CONTAB PST);
	keys_hex(keys, CONTAB, "01023d0c", NOWHERE);
	keys_hex(keys, CONTAB, "01023d15", "00112233");
	keys_sz(keys, CONTAB, "001e3001", "name");
	begin(&c);
	const struct key *pst = key_child(c.profile, text_of(PST));
	const struct key *contab = key_child(c.profile, text_of(CONTAB));
	assert_ptr_equal(contentstate_target(&c, pst, 0x3d0c), contab);
	assert_null(contentstate_target(&c, contab, 0x3d0c));
	assert_null(contentstate_target(&c, contab, 0x3d15));
	assert_null(contentstate_target(&c, contab, 0x3d16));
	/* Nothing is marked or reported by that. */
	assert_false(contentstate_section(&c, contab)->is_named);
	assert_int_equal(content->problems.n, 0);
	assert_text(contentstate_string(contab, 0x3001), "name");
	assert_text(contentstate_string(contab, 0x3002), "");
}

static void test_first_owner_stays(void **state)
{
	AUTO(contentstate_clear) struct contentstate c = { 0 };

	(void)state;
	keys_add(keys, PST);
	keys_add(keys, SECTION_SEND_RECEIVE);
	begin(&c);
	const struct key *pst = key_child(c.profile, text_of(PST));
	const struct key *known = key_child(c.profile, text_of(SECTION_SEND_RECEIVE));
	assert_null(c.root);
	assert_int_equal(contentstate_section(&c, pst)->owner, PROPTAG_OWNER_ANY);
	contentstate_own(&c, pst, PROPTAG_OWNER_STORE);
	contentstate_own(&c, pst, PROPTAG_OWNER_MSEMS);
	assert_int_equal(contentstate_section(&c, pst)->owner, PROPTAG_OWNER_STORE);
	contentstate_own(&c, known, PROPTAG_OWNER_MSEMS);
	assert_int_equal(contentstate_section(&c, known)->owner,
			 PROPTAG_OWNER_SEND_RECEIVE);
}

static void test_a_full_list_is_no_failure(void **state)
{
	AUTO(contentstate_clear) struct contentstate c = { 0 };

	(void)state;
	begin(&c);
	assert_int_equal(contentstate_grown(&c, STATUS_OK), STATUS_OK);
	assert_false(content->truncated);
	assert_int_equal(contentstate_grown(&c, STATUS_NOMEM), STATUS_NOMEM);
	assert_false(content->truncated);
	assert_int_equal(contentstate_grown(&c, STATUS_LIMIT), STATUS_OK);
	assert_true(content->truncated);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_dangling_uid_once_for_each_place),
		TEST(test_uids_at_the_limit),
		TEST(test_uids_past_the_limit),
		TEST(test_dangling_uids_past_the_limit),
		TEST(test_follow),
		TEST(test_target),
		TEST(test_first_owner_stays),
		TEST(test_a_full_list_is_no_failure),
	};

	return UNIT_RUN(tests);
}
