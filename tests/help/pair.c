/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "help/unit.h"

#include "help/pair.h"

#include "help/hives.h"

#include "recovery/recover.h"
#include "snapshot/snapshotread.h"

#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- recipes ---- */

uint64_t pair_made(void)
{
	return builder_filetime(2015, 4, 7, 8, 30, 0) + 1234567;
}

uint64_t pair_saved(void)
{
	return builder_filetime(2016, 2, 1, 17, 0, 0) + 7654321;
}

uint64_t pair_changed(void)
{
	return builder_filetime(2016, 2, 2, 9, 14, 7) + 2468013;
}

uint64_t pair_saved_again(void)
{
	return builder_filetime(2016, 2, 2, 18, 45, 30) + 1357924;
}

struct builder_options pair_options(void)
{
	return (struct builder_options){
		.minor = 5,
		.embedded_name = "\\??\\C:\\Users\\tester\\ntuser.dat",
		.user_sid = PAIR_SID,
		.last_written = pair_made(),
		.sequence = 10,
	};
}

static void free_results(struct pair *pair)
{
	comparison_free(pair->found);
	pair_drop_new(pair);
	snapshot_free(pair->old);
	pair->found = NULL;
	pair->new = pair->old = NULL;
}

static void free_recipes(struct pair *pair)
{
	builder_free(pair->after);
	builder_free(pair->before);
	pair->after = pair->before = NULL;
}

void pair_restart(struct pair *pair, const struct builder_options *options)
{
	free_results(pair);
	free_recipes(pair);
	pair->spoilt_before = pair->spoilt_after = false;
	pair->before = builder_new(options);
}

int pair_set_up(void **state)
{
	struct builder_options options = pair_options();
	struct pair *pair = calloc(1, sizeof(*pair));

	if (!pair)
		return -1;
	pair_restart(pair, &options);
	*state = pair;
	return 0;
}

void pair_recover(struct pair *pair, const struct snapshot *const *earlier, size_t n)
{
	struct failure failure;

	assert_int_equal(recover_profiles(pair->new, earlier, n, 1, &pair->recoveries[1],
					  &failure),
			 STATUS_OK);
}

void pair_drop_new(struct pair *pair)
{
	recovery_free(pair->recoveries[1]);
	snapshot_free(pair->new);
	pair->recoveries[1] = NULL;
	pair->new = NULL;
}

int pair_tear_down(void **state)
{
	struct pair *pair = *state;

	free_results(pair);
	free_recipes(pair);
	free(pair);
	return 0;
}

struct mapi_profile pair_add_at(struct builder *b, builder_key list, const char *name,
				uint64_t seed, uint64_t filetime)
{
	struct mapi_profile p =
		mapi_profile_new(b, list, name, MAPI_UNICODE_64, filetime, seed);
	struct mapi_pst pst =
		mapi_pst_add(&p, "Personal", "C:\\mail\\personal.pst", true);

	mapi_contab_add(&p, &pst);
	mapi_instance(&p);
	return p;
}

builder_key pair_add(struct builder *b, const char *list, const char *name, uint64_t seed)
{
	builder_key key = builder_path(b, list, pair_made());

	return pair_add_at(b, key, name, seed, pair_made()).key;
}

builder_key pair_add_2000(struct builder *b, const char *list, const char *name,
			  uint64_t seed)
{
	builder_key key = builder_path(b, list, pair_made());
	struct mapi_profile p =
		mapi_profile_new(b, key, name, MAPI_ANSI_32, pair_made(), seed);

	mapi_exchange2000(&p, &(struct mapi_mailbox){ .server = "EXCH01",
						      .domain = "example.com",
						      .organization = "Example",
						      .site = "Site",
						      .user = "someone",
						      .display = "Someone" });
	return p.key;
}

builder_key pair_key(struct builder *b, const char *path)
{
	builder_key key = builder_key_find(b, builder_root(b), path);

	assert_int_not_equal(key, BUILDER_NO_KEY);
	return key;
}

void pair_delete(struct builder *b, const char *path)
{
	builder_key_delete(b, pair_key(b, path), pair_changed());
}

void pair_fork(struct pair *pair)
{
	builder_stamp(pair->before, pair_saved(), 20);
	pair->after = builder_clone(pair->before);
	builder_stamp(pair->after, pair_saved_again(), 30);
}

struct builder *pair_spoil(struct pair *pair, bool after)
{
	struct builder *b = after ? pair->after : pair->before;
	bool *spoilt = after ? &pair->spoilt_after : &pair->spoilt_before;

	if (!*spoilt)
		builder_finish(b);
	*spoilt = true;
	return b;
}

void pair_spoil_key(struct pair *pair, bool after, const char *path)
{
	struct builder *b = pair_spoil(pair, after);

	builder_poke16(b, builder_key_offset(b, pair_key(b, path)), 0x7878);
}

/* ---- reading and comparing ---- */

struct snapshot *pair_read(struct builder *b)
{
	char path[] = "/tmp/wmsdiff-test-XXXXXX";
	struct snapshot *snapshot = NULL;
	struct failure failure;
	int fd = mkstemp(path);
	size_t len;
	const uint8_t *bytes = builder_bytes(b, &len);

	assert_true(fd >= 0);
	bool written = write(fd, bytes, len) == (ssize_t)len;
	close(fd);
	enum status status =
		written ? snapshotread_file(path, &snapshot, &failure) : STATUS_IO;
	unlink(path);
	assert_true(written);
	assert_int_equal(status, STATUS_OK);
	return snapshot;
}

static struct comparison *compare(const struct snapshot *before,
				  const struct snapshot *after, const char *const *paths,
				  size_t n)
{
	struct comparison *comparison = NULL;

	assert_int_equal(compare_snapshots(before, after, NULL, 0, paths, n, &comparison),
			 STATUS_OK);
	return comparison;
}

static void assert_same_is_same(const struct snapshot *snapshot)
{
	static const char *const whole[] = { "\\" };
	struct comparison *comparison = compare(snapshot, snapshot, whole, 1);

	assert_int_equal(comparison->n_findings, 0);
	assert_int_equal(comparison->keys[0].differences.n, 0);
	assert_int_equal(diag_count_of(comparison->diags, DIAG_SAME_FILE), 1);
	assert_int_equal(diag_count(comparison->diags), 1);
	comparison_free(comparison);
}

/* What is found on the way back for something found on the way there. */
static bool is_mirrored(const struct finding *there, const struct finding *back)
{
	if (there->before != back->after || there->after != back->before)
		return false;
	switch (there->kind) {
	case FINDING_DELETED:
	case FINDING_OTHER_HIVE:
		return back->kind == FINDING_ADDED;
	case FINDING_ADDED:
		return back->kind == FINDING_DELETED || back->kind == FINDING_OTHER_HIVE;
	case FINDING_MODIFIED:
	case FINDING_DAMAGED:
		return back->kind == FINDING_MODIFIED || back->kind == FINDING_DAMAGED;
	case FINDING_DEFAULT_CHANGED:
		return back->kind == there->kind &&
		       text_same(there->old_default, back->new_default) &&
		       text_same(there->new_default, back->old_default);
	case FINDING_MOVED:
	case FINDING_RENAMED:
	case FINDING_RECREATED:
	case FINDING_STORE_REMOVED:
		return back->kind == there->kind;
	}
	return false;
}

static void assert_all_mirrored(const struct comparison *there,
				const struct comparison *back)
{
	for (size_t i = 0; i < there->n_findings; i++) {
		const struct finding *finding = &there->findings[i];
		size_t n = 0;
		/* Nothing is said of a list that comes into being. */
		if (finding->kind == FINDING_STORE_REMOVED)
			continue;
		for (size_t k = 0; k < back->n_findings; k++)
			n += is_mirrored(finding, &back->findings[k]);
		assert_int_equal(n, 1);
	}
}

void pair_compare_keys(struct pair *pair, const char *const *paths, size_t n)
{
	free_results(pair);
	if (!pair->spoilt_before)
		builder_finish(pair->before);
	if (!pair->spoilt_after)
		builder_finish(pair->after);
	pair->old = pair_read(pair->before);
	pair->new = pair_read(pair->after);
	pair->found = compare(pair->old, pair->new, paths, n);
	assert_same_is_same(pair->old);
	assert_same_is_same(pair->new);

	struct comparison *back = compare(pair->new, pair->old, NULL, 0);
	assert_all_mirrored(pair->found, back);
	assert_all_mirrored(back, pair->found);
	comparison_free(back);
}

void pair_compare(struct pair *pair)
{
	pair_compare_keys(pair, NULL, 0);
}

/* ---- what was found ---- */

size_t pair_count(const struct pair *pair, enum finding_kind kind)
{
	size_t n = 0;

	for (size_t i = 0; i < pair->found->n_findings; i++)
		n += pair->found->findings[i].kind == kind;
	return n;
}

const struct finding *pair_one(const struct pair *pair, enum finding_kind kind)
{
	assert_int_equal(pair_count(pair, kind), 1);
	for (size_t i = 0; i < pair->found->n_findings; i++)
		if (pair->found->findings[i].kind == kind)
			return &pair->found->findings[i];
	return NULL;
}

const struct finding *pair_only(const struct pair *pair)
{
	assert_int_equal(pair->found->n_findings, 1);
	return &pair->found->findings[0];
}

void pair_assert_nothing(const struct pair *pair)
{
	assert_int_equal(pair->found->n_findings, 0);
}

static void assert_name(const struct snapshot_profile *profile, const char *name)
{
	if (!name) {
		assert_null(profile);
		return;
	}
	assert_non_null(profile);
	char *utf8 = text_to_utf8(key_name(profile->profile.key), NULL);
	assert_non_null(utf8);
	assert_string_equal(utf8, name);
	free(utf8);
}

void pair_assert_names(const struct finding *finding, const char *before,
		       const char *after)
{
	assert_name(finding->before, before);
	assert_name(finding->after, after);
}

bool pair_has_reason(const struct finding *finding, enum finding_reason reason)
{
	for (size_t i = 0; i < finding->n_reasons; i++)
		if (finding->reasons[i] == reason)
			return true;
	return false;
}

size_t pair_differences(const struct finding *finding, enum difference_kind kind)
{
	size_t n = 0;

	for (size_t i = 0; i < finding->differences.n; i++)
		n += finding->differences.items[i].kind == kind;
	return n;
}

const struct difference *pair_difference(const struct finding *finding,
					 enum difference_kind kind, const char *name)
{
	const struct difference *found = NULL;

	for (size_t i = 0; i < finding->differences.n; i++) {
		const struct difference *difference = &finding->differences.items[i];
		const struct value *value =
			difference->before ? difference->before : difference->after;
		if (difference->kind == kind && value && text_is(value_name(value), name))
			found = difference;
	}
	assert_non_null(found);
	return found;
}

const struct snapshot_profile *pair_profile(const struct snapshot *snapshot,
					    const char *name)
{
	for (size_t i = 0; i < snapshot->n_profiles; i++)
		if (text_same(key_name(snapshot->profiles[i].profile.key), text_of(name)))
			return &snapshot->profiles[i];
	fail_msg("no profile %s", name);
	return NULL;
}

/* As a list "lh" has it (regf specification, "Hash leaf"). */
static uint32_t hash_of(const char *name)
{
	uint32_t hash = 0;

	for (; *name; name++)
		hash = hash * 37 +
		       (uint8_t)(*name >= 'a' && *name <= 'z' ? *name - 32 : *name);
	return hash;
}

void pair_rename_record(struct pair *pair, const char *list, size_t record,
			const char *name)
{
	enum { BINS = 0x1000, CELL_HEADER = 4, NAME_AT = 0x4c, FIRST = 4, ELEMENT = 8 };
	size_t at = builder_key_list_offset(pair->after, pair_key(pair->after, list));
	uint32_t cell = (uint32_t)(record - CELL_HEADER - BINS), number = 0;
	size_t len;

	builder_finish(pair->after);
	pair->spoilt_after = true;
	for (size_t i = 0; name[i]; i++)
		builder_poke8(pair->after, record + NAME_AT + i, (uint8_t)name[i]);
	(void)builder_bytes(pair->after, &len);
	size_t element = at + FIRST;
	for (; element + ELEMENT <= len; element += ELEMENT) {
		number = (uint32_t)hives_get(pair->after, element, sizeof(number));
		if (number == cell)
			break;
	}
	assert_int_equal(number, cell);
	builder_poke32(pair->after, element + FIRST, hash_of(name));
}
