/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whether recovered keys are the earlier profile's own: namesakes, copies, cut-off keys. */
#include "help/unit.h"

#include "help/outlookgone.h"
#include "help/recoveredhive.h"

#include "compare/ownrecord.h"
#include "mapi/section.h"
#include "regf/evidence.h"
#include "regf/log/replay.h"

#include "samples/builder_log.h"

#include <string.h>

enum { SECOND = 10000000 };

/* A namesake was made in its place and deleted as well: its record is not the profile's. */
static void test_namesake_in_between(void **state)
{
	struct pair *pair = *state;

	outlookgone_make(pair);
	pair_add_at(pair->after, pair_key(pair->after, PAIR_PROFILES), "Outlook", 99,
		    pair_changed() + SECOND);
	builder_key_delete(pair->after, pair_key(pair->after, OUTLOOK),
			   pair_changed() + 2 * (uint64_t)SECOND);
	(void)recovered(pair, true);
	assert_int_equal(compare_snapshots(pair->old, pair->new, pair->recoveries[1], 0,
					   NULL, 0, &pair->found),
			 STATUS_OK);
	const struct finding *finding = pair_only(pair);
	assert_int_equal(finding->kind, FINDING_DELETED);
	assert_int_equal(finding->at_ft, 0);
	for (size_t i = 0; i < finding->n_bounds; i++)
		assert_int_not_equal(finding->bounds[i].source,
				     FINDING_RECOVERED_KEY_TIME);
	assert_int_equal(finding->latest_ft, pair_changed() + 2 * (uint64_t)SECOND);
}

/* True if the only recovered profile is that of the earlier hive of that name. */
static bool is_own(const struct pair *pair, const struct recovery *recovery,
		   const char *name)
{
	const struct snapshot_profile *before = pair_profile(pair->old, name);

	return ownrecord_is(&(struct snapshot_pair){ .before = pair->old,
						     .after = pair->new,
						     .recovery = recovery },
			    snapshot_store(pair->old, before), &before->profile,
			    recoveredhive_only(recovery));
}

static void test_own_record(void **state)
{
	struct pair *pair = *state;

	outlookgone_make(pair);
	const struct recovery *recovery = recovered(pair, true);
	const struct recovered_profile *found = recoveredhive_only(recovery);
	assert_true(is_own(pair, recovery, "Outlook"));
	assert_true(ownrecord_is_freed(pair->new, recovery, found->profile.key));
	assert_false(ownrecord_was_cut_off(pair->new, recovery, found));
}

/* The copy has the same sections and the same instance key, but not its place. */
static void test_copy_is_not_the_original(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	builder_key_copy(pair->before, pair_key(pair->before, OUTLOOK),
			 pair_key(pair->before, PAIR_PROFILES), "Copy", pair_made());
	pair_fork(pair);
	builder_key_delete(pair->after, pair_key(pair->after, OUTLOOK), pair_changed());
	const struct recovery *recovery = recovered(pair, true);
	assert_true(is_own(pair, recovery, "Outlook"));
	assert_false(is_own(pair, recovery, "Copy"));
}

/* Windows deletes a key only when it is empty: its record tells of no subkeys then. */
static void test_cut_off(void **state)
{
	struct pair *pair = *state;

	outlookgone_make(pair);
	size_t record = builder_key_offset(pair->before, pair_key(pair->before, OUTLOOK));
	builder_finish(pair->after);
	pair->spoilt_after = true;
	builder_poke32(pair->after, record + 20, 3); /* number of subkeys */
	builder_poke32(pair->after, record + 28,
		       0x20); /* their list, where a cell can be */
	const struct recovery *recovery = recovered(pair, true);
	const struct recovered_profile *found = recoveredhive_only(recovery);
	assert_true(ownrecord_was_cut_off(pair->new, recovery, found));
	assert_int_equal(compare_snapshots(pair->old, pair->new, recovery, 0, NULL, 0,
					   &pair->found),
			 STATUS_OK);
	assert_int_equal(pair_only(pair)->at_ft, 0);
	/* And whoever cut it off stamped nothing. */
	assert_int_equal(pair_only(pair)->latest_ft, 0);
}

/*
 * "Outlook" is deleted; a key without anything that was made beside it has its name now.
 * Only the name is common to both.
 */
static const struct finding *with_namesake(struct pair *pair, bool emptied)
{
	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	builder_key other =
		builder_path(pair->before, PAIR_PROFILES "\\Oytlook", pair_made());
	size_t record = builder_key_offset(pair->before, other);
	pair_fork(pair);
	size_t own = builder_key_offset(pair->after, pair_key(pair->after, OUTLOOK));
	builder_key_delete(pair->after, pair_key(pair->after, OUTLOOK), pair_changed());
	pair_rename_record(pair, PAIR_PROFILES, record, "Outlook");
	if (!emptied) {
		builder_poke32(pair->after, own + 20, 3);
		builder_poke32(pair->after, own + 28, 0x20);
	}
	(void)recovered(pair, true);
	assert_int_equal(compare_snapshots(pair->old, pair->new, pair->recoveries[1], 0,
					   NULL, 0, &pair->found),
			 STATUS_OK);
	for (size_t i = 0; i < pair->found->n_findings; i++) {
		const struct finding *finding = &pair->found->findings[i];
		if (finding->before && finding->after &&
		    text_is(key_name(finding->before->profile.key), "Outlook"))
			return finding;
	}
	fail_msg("nothing is told of Outlook");
	return &pair->found->findings[0];
}

/* Its own record is freed, so the namesake was made since. */
static void test_replaced_by_a_namesake(void **state)
{
	const struct finding *finding = with_namesake(*state, true);

	assert_int_equal(finding->kind, FINDING_RECREATED);
	assert_true(finding->certainty >= FINDING_PROBABLE);
	assert_true(pair_has_reason(finding, FINDING_RECORD_FREED));
}

/* One that still tells of subkeys was not deleted as Windows does: nothing is shown. */
static void test_record_with_subkeys(void **state)
{
	const struct finding *finding = with_namesake(*state, false);

	assert_int_not_equal(finding->kind, FINDING_RECREATED);
	assert_false(pair_has_reason(finding, FINDING_RECORD_FREED));
}

/* "Outlook" is copied to "Mail", written to at that time, and deleted a second later. */
static const struct finding *renamed_and_written(struct pair *pair, uint64_t written)
{
	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_fork(pair);
	builder_key outlook = pair_key(pair->after, OUTLOOK);
	builder_key_copy(pair->after, outlook, pair_key(pair->after, PAIR_PROFILES),
			 "Mail", pair_changed());
	builder_key_touch(pair->after,
			  builder_key_find(pair->after, outlook, MAPI_INSTANCE), written);
	builder_key_delete(pair->after, outlook, pair_changed() + 2 * (uint64_t)SECOND);
	(void)recovered(pair, true);
	assert_int_equal(compare_snapshots(pair->old, pair->new, pair->recoveries[1], 0,
					   NULL, 0, &pair->found),
			 STATUS_OK);
	assert_int_equal(pair_only(pair)->kind, FINDING_RENAMED);
	return pair_only(pair);
}

static void test_original_written_since(void **state)
{
	const struct finding *finding =
		renamed_and_written(*state, pair_changed() + SECOND);

	assert_int_equal(finding->certainty, FINDING_POSSIBLE);
	assert_true(pair_has_reason(finding, FINDING_ORIGINAL_WRITTEN));
}

static void test_original_written_before(void **state)
{
	const struct finding *finding = renamed_and_written(*state, pair_changed());

	assert_int_equal(finding->certainty, FINDING_CERTAIN);
	assert_false(pair_has_reason(finding, FINDING_ORIGINAL_WRITTEN));
}

/* ---- one thing at a time is another ---- */

/* "Outlook" deleted and recovered; copies of what is known of it, to be changed. */
struct own {
	struct pair *pair;
	struct recovery *recovery;
	struct recovered_profile found;
	struct profile before;
	struct key key; /* the earlier profile's, for `before` */
	const struct store *store;
	struct recovered_key *info; /* of the recovered record */
};

static struct recovered_key *info_of(struct own *own, const struct key *key)
{
	struct recovered_keys *keys = own->recovery->parts[0].recovered;

	return &keys->keys[key->recovered - keys->first];
}

static void begin(struct own *own, struct pair *pair)
{
	*own = (struct own){ .pair = pair };
	outlookgone_make(pair);
	(void)recovered(pair, true);
	own->recovery = pair->recoveries[1];
	own->found = *recoveredhive_only(own->recovery);
	const struct snapshot_profile *before = pair_profile(pair->old, "Outlook");
	own->before = before->profile;
	own->key = *before->profile.key;
	own->before.key = &own->key;
	own->store = snapshot_store(pair->old, before);
	own->info = info_of(own, own->found.profile.key);
}

static bool is_it(const struct own *own)
{
	return ownrecord_is(&(struct snapshot_pair){ .before = own->pair->old,
						     .after = own->pair->new,
						     .recovery = own->recovery },
			    own->store, &own->before, &own->found);
}

static void test_another_instance(void **state)
{
	struct own own;

	begin(&own, *state);
	assert_true(own.before.has_instance && own.found.profile.has_instance);
	assert_true(is_it(&own));
	own.before.instance[0] ^= 1;
	assert_false(is_it(&own));
}

/* Its name must be its record's own, and of that list. */
static void test_another_place(void **state)
{
	struct own own;

	begin(&own, *state);
	struct store other = *own.store;
	own.found.name_from = RECOVERY_NAME_SNAPSHOT;
	assert_false(is_it(&own));
	own.found.name_from = RECOVERY_NAME_RECORD;
	assert_true(is_it(&own));
	other.list =
		other.list == STORE_PROFILES ? STORE_DELETED_PROFILES : STORE_PROFILES;
	own.found.store = &other;
	assert_false(is_it(&own));
	own.found.store = NULL;
	assert_false(is_it(&own));
}

/* Of a torn one only a section named at random tells, in its own cell. */
static void test_torn(void **state)
{
	struct own own;

	begin(&own, *state);
	own.found.torn = true;
	assert_true(is_it(&own));
	own.key.n_children = 0;
	assert_false(is_it(&own));
}

/* Sections of its names that stand in other cells are a copy's, or a namesake's. */
static void test_sections_elsewhere(void **state)
{
	struct own own;

	begin(&own, *state);
	const struct key *top = own.found.profile.key;
	for (int torn = 0; torn < 2; torn++) {
		own.found.torn = torn;
		assert_true(is_it(&own));
		info_of(&own, &top->children[0])->rel += 8;
		assert_false(is_it(&own));
		info_of(&own, &top->children[0])->rel -= 8;
	}
}

/* Without anything named at random all sections must be there, each in its cell. */
static void test_common_sections_alone(void **state)
{
	struct own own;
	struct key strange = { .name = (const uint8_t *)"x", .name_len = 1 };

	begin(&own, *state);
	const struct key *root = key_child(own.found.profile.key, text_of(MAPI_ROOT));
	struct key top = *own.found.profile.key, child = *root;
	top.children = &child;
	top.n_children = 1;
	own.found.profile.key = &top;
	own.before.has_instance = false;
	own.key.children = &strange;
	own.key.n_children = 1;
	/* In the same cell nothing of it stands where it stood. */
	assert_false(is_it(&own));
	/* In another cell nothing tells it from any profile. */
	own.key.n_children = 0;
	assert_true(is_it(&own));
	own.key.record_off += 8;
	assert_false(is_it(&own));
}

/* A section that it had not, while some that it had are missing: another one's. */
static void test_strange_section(void **state)
{
	struct own own;
	struct key some[16];

	begin(&own, *state);
	uint32_t n = own.key.n_children, last = 0;
	assert_true(n > 2 && n < ARRAY_LEN(some));
	memcpy(some, own.key.children, n * sizeof(some[0]));
	for (uint32_t i = 0; i < n; i++)
		last = section_is_own(&some[i]) ? i : last;
	own.key.children = some;
	assert_true(is_it(&own));
	/* One named at random is new, all others are there: made since. */
	memmove(&some[last], &some[last + 1], (n - last - 1) * sizeof(some[0]));
	own.key.n_children = n - 1;
	assert_true(is_it(&own));
	/* And one of the old ones is not there. */
	some[n - 1] = (struct key){ .name = (const uint8_t *)"z", .name_len = 1 };
	own.key.n_children = n;
	assert_false(is_it(&own));
}

/* What was read nowhere, or only in a log that was not applied, tells nothing. */
static void test_sections_read_nowhere(void **state)
{
	struct own own;

	begin(&own, *state);
	const struct key *top = own.found.profile.key;
	own.before.has_instance = false;
	assert_true(is_it(&own));
	for (uint32_t i = 0; i < top->n_children; i++)
		info_of(&own, &top->children[i])->n_places = 0;
	assert_false(is_it(&own));
	for (uint32_t i = 0; i < top->n_children; i++)
		info_of(&own, &top->children[i])->n_places = 1;
}

/* Only a record in a free cell, of a path that is probable at least, was freed. */
static void test_what_is_freed(void **state)
{
	static const struct {
		enum recovered_origin origin;
		enum recovered_certainty certainty;
		bool freed;
	} rows[] = {
		{ RECOVERED_FREE, RECOVERED_CERTAIN, true },
		{ RECOVERED_FREE, RECOVERED_PROBABLE, true },
		{ RECOVERED_FREE, RECOVERED_POSSIBLE, false },
		{ RECOVERED_UNMAPPED, RECOVERED_CERTAIN, false },
		{ RECOVERED_LOST, RECOVERED_CERTAIN, false },
		{ RECOVERED_LOG, RECOVERED_CERTAIN, false }, /* no log was applied */
	};
	struct own own;

	begin(&own, *state);
	const struct recovered_place *places = own.info->places;
	struct recovered_place place = places[0];
	own.info->places = &place;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		place.origin = rows[i].origin;
		own.info->certainty = rows[i].certainty;
		assert_int_equal(ownrecord_is_freed(own.pair->new, own.recovery,
						    own.found.profile.key),
				 rows[i].freed);
	}
	own.info->places = places;
}

/* ---- a record that only an applied entry of a log has ---- */

enum { SUBKEYS_AT = 20, FIELDS = 76, NUMBER = 20 };

/* The deletion as a log's entry, and the own record in it. */
struct logged {
	struct builder_log_state states[3]; /* before, after, and the dirty hive */
	struct builder_log log;
	struct memfile file;
	struct replay *replay;
	struct evidence evidence;
	struct snapshot after; /* a copy, to which the log was applied */
	uint8_t *record;
};

static void log_deletion(struct logged *l, struct own *own)
{
	*l = (struct logged){ .after = *own->pair->new };
	l->states[0] = builder_log_state_take(own->pair->before);
	l->states[1] = builder_log_state_take(own->pair->after);
	l->states[2] =
		builder_log_dirty(&l->states[0], &l->states[0], NUMBER + 1, NUMBER);
	l->log = builder_log_new(&l->states[0], NUMBER);
	builder_log_add(&l->log, &l->states[0], &l->states[1], NULL);
	size_t at = own->found.profile.key->record_off;
	l->record = memmem(l->log.bytes, l->log.len, l->states[1].bytes + at, FIELDS);
	assert_non_null(l->record);
	struct span bytes = span_of(l->log.bytes, l->log.len);
	assert_int_equal(memfile_init(&l->file), STATUS_OK);
	assert_int_equal(
		memfile_append(&l->file, span_of(l->states[2].bytes, l->states[2].len)),
		STATUS_OK);
	assert_int_equal(memfile_seal(&l->file), STATUS_OK);
	assert_int_equal(replay_plan(&l->file, &bytes, 1, &l->replay), STATUS_OK);
	l->evidence.bytes = bytes;
	l->after.replay = l->replay;
	l->after.logs[0] = &l->evidence;
	l->after.n_logs = 1;
}

static void drop_log(struct logged *l)
{
	replay_free(l->replay);
	memfile_clear(&l->file);
	builder_log_free(&l->log);
	for (size_t i = 0; i < 3; i++)
		builder_log_state_free(&l->states[i]);
}

/* Freed it is only if it is empty; and on the way it may have been there still. */
static void test_record_in_a_log(void **state)
{
	struct own own;
	struct logged l;

	begin(&own, *state);
	log_deletion(&l, &own);
	const struct recovered_place *places = own.info->places;
	struct recovered_place place = {
		.origin = RECOVERED_LOG,
		.offset = (uint32_t)(l.record - l.log.bytes),
	};
	own.info->places = &place;
	const struct key *key = own.found.profile.key;
	assert_true(ownrecord_is_freed(&l.after, own.recovery, key));
	l.record[SUBKEYS_AT] = 3;
	assert_false(ownrecord_is_freed(&l.after, own.recovery, key));
	assert_false(ownrecord_was_cut_off(&l.after, own.recovery, &own.found));
	l.record[SUBKEYS_AT] = 0;
	/* Outside of its entries a log has bytes of other times. */
	place.offset = 600000;
	assert_false(ownrecord_is_freed(&l.after, own.recovery, key));
	own.info->places = places;
	drop_log(&l);
}

#define RECIPE(test) cmocka_unit_test_setup_teardown(test, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		RECIPE(test_own_record),
		RECIPE(test_copy_is_not_the_original),
		RECIPE(test_namesake_in_between),
		RECIPE(test_cut_off),
		RECIPE(test_replaced_by_a_namesake),
		RECIPE(test_record_with_subkeys),
		RECIPE(test_original_written_since),
		RECIPE(test_original_written_before),
		RECIPE(test_another_instance),
		RECIPE(test_another_place),
		RECIPE(test_torn),
		RECIPE(test_sections_elsewhere),
		RECIPE(test_common_sections_alone),
		RECIPE(test_strange_section),
		RECIPE(test_sections_read_nowhere),
		RECIPE(test_what_is_freed),
		RECIPE(test_record_in_a_log),
	};

	return UNIT_RUN(tests);
}
