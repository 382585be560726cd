/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A small hive cut off at every 512 bytes, and with every byte spoilt in turn,
 * held against the intact one.  Nothing may crash or hang, and no claim may go
 * further than the bytes do: a profile that damage hides is missing, never
 * certainly deleted, and where nothing is hidden nothing is found.
 */
#include "help/unit.h"

#include "help/pair.h"

#include "snapshot/snapshotread.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A hive as bytes in a file that is changed in place. */
struct target {
	uint8_t *bytes;
	size_t len;
	int fd;
	char path[32];
	struct snapshot *intact;
	/* Where the instance keys stand: data that nothing else vouches for. */
	size_t instance[2];
	/* Nor for names past their fourth byte, in hives up to version 1.4. */
	bool hints_only;
	size_t n_claims, last_claim; /* the last offset that was told */
	size_t n_no_base;	     /* times it was read without its base block */
};

/* Offsets told of those where too much was claimed. */
enum { MAX_TOLD = 200 };

/* ---- the hive ---- */

static void make_hive(struct target *target, unsigned minor)
{
	struct builder_options options = pair_options();
	struct builder *b;
	builder_key section;
	const uint8_t *bytes;

	options.minor = minor;
	b = builder_new(&options);
	pair_add(b, PAIR_PROFILES, "Outlook", 1);
	pair_add_2000(b, PAIR_PROFILES, "Service", 2);
	pair_add(b, PAIR_DELETED, "Old", 3);
	builder_value_string(b, pair_key(b, PAIR_PROFILES), "DefaultProfile", "Outlook");
	builder_stamp(b, pair_saved(), 20);
	builder_finish(b);
	section = pair_key(b, PAIR_PROFILES "\\Outlook\\" MAPI_INSTANCE);
	target->instance[0] = builder_value_data_offset(b, section, "0102300b");
	section = pair_key(b, PAIR_DELETED "\\Old\\" MAPI_INSTANCE);
	target->instance[1] = builder_value_data_offset(b, section, "0102300b");
	bytes = builder_bytes(b, &target->len);
	target->bytes = malloc(target->len);
	assert_non_null(target->bytes);
	memcpy(target->bytes, bytes, target->len);
	builder_free(b);
}

static void write_all(const struct target *target)
{
	assert_int_equal(pwrite(target->fd, target->bytes, target->len, 0),
			 (ssize_t)target->len);
	assert_int_equal(ftruncate(target->fd, (off_t)target->len), 0);
}

static void open_target(struct target *target, unsigned minor)
{
	struct failure failure;

	char name[] = "/tmp/wmsdiff-damage-XXXXXX";

	*target = (struct target){ .hints_only = minor < 5 };
	make_hive(target, minor);
	/* Without a name: then the reader need not wait until a change has another time. */
	target->fd = mkstemp(name);
	assert_true(target->fd >= 0);
	assert_int_equal(unlink(name), 0);
	(void)snprintf(target->path, sizeof(target->path), "/proc/self/fd/%d",
		       target->fd);
	write_all(target);
	assert_int_equal(snapshotread_file(target->path, &target->intact, &failure),
			 STATUS_OK);
	assert_int_equal(diag_count(target->intact->diags), 0);
	assert_int_equal(target->intact->n_profiles, 3);
}

static void close_target(struct target *target)
{
	close(target->fd);
	snapshot_free(target->intact);
	free(target->bytes);
}

/* ---- what no checksum of the format covers ---- */

static bool is_instance(const struct target *target, size_t offset)
{
	for (size_t i = 0; i < 2; i++)
		if (offset >= target->instance[i] && offset < target->instance[i] + 16)
			return true;
	return false;
}

/* True if a key's name beyond what lf lists repeat of it was spoilt, or its length. */
static bool is_unseen_name(const struct target *target, size_t offset)
{
	const struct key *root = target->intact->keys->root;

	if (!target->hints_only)
		return false;
	for (const struct key *key = root; key; key = key_next(root, key)) {
		size_t name = image_file_offset(target->intact->image, key->name);
		if ((offset >= name + 4 && offset < name + key->name_len) ||
		    (offset >= name - 4 && offset < name))
			return true;
	}
	return false;
}

/* ---- the rule ---- */

/* Damage of the profile itself: something that was there must be missing. */
static const char *overclaim_damaged(const struct finding *finding)
{
	if (pair_differences(finding, DIFFERENCE_KEY_REMOVED) == 0)
		return "sections are gone though all are there";
	return finding->certainty == FINDING_CERTAIN ? "sections are gone for sure"
						     : NULL;
}

/* What must not be said of the damaged hive as the later one. */
static const char *overclaim(const struct target *target, const struct finding *finding,
			     size_t offset)
{
	switch (finding->kind) {
	case FINDING_DELETED:
	case FINDING_STORE_REMOVED:
		return finding->certainty == FINDING_UNRESOLVED ? NULL : "gone";
	case FINDING_DAMAGED:
		return overclaim_damaged(finding);
	case FINDING_RECREATED:
		return is_instance(target, offset) ? NULL : "recreated";
	case FINDING_OTHER_HIVE:
		return "another hive";
	case FINDING_MOVED:
		return "moved";
	case FINDING_ADDED:
		return "added";
	case FINDING_RENAMED:
	case FINDING_MODIFIED:
	case FINDING_DEFAULT_CHANGED:
		return NULL;
	}
	return "what";
}

/* And as the earlier one: the later holds all profiles, so none is gone. */
static const char *overclaim_back(const struct target *target,
				  const struct finding *finding, size_t offset)
{
	switch (finding->kind) {
	case FINDING_DELETED:
	case FINDING_STORE_REMOVED:
		return "gone though it is there";
	case FINDING_ADDED:
		return finding->certainty == FINDING_CERTAIN ? "added for sure" : NULL;
	case FINDING_RECREATED:
		return is_instance(target, offset) ? NULL : "recreated";
	case FINDING_OTHER_HIVE:
		return "another hive";
	case FINDING_MOVED:
		return "moved";
	case FINDING_DAMAGED:
	case FINDING_RENAMED:
	case FINDING_MODIFIED:
	case FINDING_DEFAULT_CHANGED:
		return NULL;
	}
	return "what";
}

/* True if the hive still holds every profile as it was, in its place. */
static bool holds_all(const struct snapshot *intact, const struct snapshot *damaged)
{
	if (damaged->n_profiles != intact->n_profiles)
		return false;
	for (size_t i = 0; i < intact->n_profiles; i++) {
		const struct snapshot_profile *a = &intact->profiles[i];
		const struct snapshot_profile *b = &damaged->profiles[i];
		struct differences differences;
		assert_int_equal(
			differences_find(a->profile.key, b->profile.key, &differences),
			STATUS_OK);
		size_t n = differences.n;
		differences_clear(&differences);
		if (n > 0 || a->is_default != b->is_default ||
		    !text_same(key_name(a->profile.key), key_name(b->profile.key)) ||
		    !store_is_same(snapshot_store(intact, a), snapshot_store(damaged, b)))
			return false;
	}
	return true;
}

static void claim(struct target *target, size_t offset, const char *what,
		  const struct finding *finding)
{
	if (target->last_claim == offset || is_unseen_name(target, offset))
		return;
	target->last_claim = offset;
	if (target->n_claims++ < MAX_TOLD)
		print_message("# offset %zu: %s (%s, %s)\n", offset, what,
			      finding ? finding_kind_word(finding->kind) : "nothing",
			      finding ? finding_certainty_word(finding->certainty) : "");
}

static void check_comparison(struct target *target, const struct snapshot *damaged,
			     size_t offset, bool back)
{
	struct comparison *comparison = NULL;
	enum status status = back ? compare_snapshots(damaged, target->intact, NULL, 0,
						      NULL, 0, &comparison)
				  : compare_snapshots(target->intact, damaged, NULL, 0,
						      NULL, 0, &comparison);

	assert_int_equal(status, STATUS_OK);
	if (comparison->n_findings > 0 && holds_all(target->intact, damaged))
		claim(target, offset, "nothing is hidden", &comparison->findings[0]);
	for (size_t i = 0; i < comparison->n_findings; i++) {
		const struct finding *finding = &comparison->findings[i];
		const char *what = back ? overclaim_back(target, finding, offset)
					: overclaim(target, finding, offset);
		if (what)
			claim(target, offset, what, finding);
	}
	comparison_free(comparison);
}

/* Return: false if the file cannot serve as a snapshot at all. */
static bool check(struct target *target, size_t offset)
{
	struct snapshot *damaged = NULL;
	struct failure failure;
	enum status status = snapshotread_file(target->path, &damaged, &failure);

	if (status != STATUS_OK) {
		assert_int_equal(status, STATUS_UNSUPPORTED);
		return false;
	}
	target->n_no_base += damaged->image->state == IMAGE_NO_BASE;
	/* A profile cannot be missing from a hive that is said to be whole. */
	if (damaged->n_profiles < target->intact->n_profiles &&
	    snapshot_is_complete(damaged))
		claim(target, offset, "profiles are missing from a whole hive", NULL);
	check_comparison(target, damaged, offset, false);
	check_comparison(target, damaged, offset, true);
	snapshot_free(damaged);
	return true;
}

/* ---- the loops ---- */

static void flip_every_byte(unsigned minor, uint8_t mask)
{
	struct target target;
	size_t refused = 0;

	open_target(&target, minor);
	for (size_t i = 0; i < target.len; i++) {
		uint8_t spoilt = target.bytes[i] ^ mask;
		assert_int_equal(pwrite(target.fd, &spoilt, 1, (off_t)i), 1);
		refused += !check(&target, i);
		assert_int_equal(pwrite(target.fd, &target.bytes[i], 1, (off_t)i), 1);
	}
	close_target(&target);
	assert_int_equal(target.n_claims, 0);
	assert_int_equal(refused, 0);
	/* Without "regf" the bins still show a hive: it is read without its base block. */
	assert_int_equal(target.n_no_base, 4);
}

static void test_every_byte_inverted(void **state)
{
	(void)state;
	flip_every_byte(5, 0xff);
}

static void test_lowest_bit_of_every_byte(void **state)
{
	(void)state;
	flip_every_byte(5, 0x01);
}

static void test_every_byte_inverted_in_an_older_hive(void **state)
{
	(void)state;
	flip_every_byte(3, 0xff);
}

static void test_cut_off_everywhere(void **state)
{
	struct target target;

	(void)state;
	open_target(&target, 5);
	for (size_t len = target.len - 1; len > 0; len = (len - 1) / 512 * 512) {
		assert_int_equal(ftruncate(target.fd, (off_t)len), 0);
		assert_int_equal(check(&target, len), len >= IMAGE_MIN_SIZE);
	}
	size_t n_claims = target.n_claims;
	close_target(&target);
	assert_int_equal(n_claims, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cut_off_everywhere),
		cmocka_unit_test(test_every_byte_inverted),
		cmocka_unit_test(test_lowest_bit_of_every_byte),
		cmocka_unit_test(test_every_byte_inverted_in_an_older_hive),
	};

	return UNIT_RUN(tests);
}
