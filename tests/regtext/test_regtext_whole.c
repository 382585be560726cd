/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Whole hives, written as the program writes .reg files, and read again: the same keys,
 * names, types and data.  A recipe, and the real hives where they are there.
 */
#include "help/unit.h"

#include "help/exports.h"
#include "help/hives.h"
#include "help/pair.h"
#include "help/samekeys.h"

#include "report/restore/regfile.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Return: false if the format cannot hold all of it. */
static bool write_tree(struct regfile *file, enum regfile_format format,
		       const struct key *root)
{
	bool all = true;

	for (const struct key *key = root; key; key = key_next(root, key)) {
		struct text path;
		assert_true(key_path(key, root,
				     key == root ? "HKEY_CURRENT_USER"
						 : "HKEY_CURRENT_USER\\",
				     NULL, &path));
		if (!regfiletext_can_name(format, path)) {
			text_free(path);
			return false;
		}
		regfile_key(file, path);
		text_free(path);
		for (uint32_t i = 0; i < key->n_values; i++) {
			const struct value *value = &key->values[i];
			if (regfiletext_can_name(format, value_name(value)))
				regfile_value(file, value_name(value), value->type,
					      value_data(value));
			else
				all = false;
		}
	}
	return all;
}

static void check_form(const struct key *root, enum regfile_format format,
		       const char *name)
{
	char path[] = "/tmp/wmsdiff-test-XXXXXX", sentence[4096];
	int fd = mkstemp(path);
	struct output *output = NULL;
	struct regfile *file = NULL;

	assert_true(fd >= 0);
	assert_int_equal(output_open(path, NULL, &output, NULL), STATUS_OK);
	assert_int_equal(regfile_start(output, format, &file), STATUS_OK);
	bool all = write_tree(file, format, root);
	assert_int_equal(regfile_finish(file), STATUS_OK);
	assert_int_equal(output_commit(output, NULL), STATUS_OK);
	FILE *stream = fopen(path, "rb");
	assert_non_null(stream);
	assert_int_equal(fseek(stream, 0, SEEK_END), 0);
	size_t len = (size_t)ftell(stream);
	char *bytes = malloc(len);
	rewind(stream);
	assert_int_equal(fread(bytes, 1, len, stream), len);
	fclose(stream);
	close(fd);
	unlink(path);
	if (all) {
		struct export export = exports_bytes(bytes, len);
		const char *difference = samekeys_difference(
			root, exports_key(&export, 0, ""), sentence, sizeof(sentence));
		if (difference)
			fail_msg("%s: %s", name, difference);
		assert_int_equal(diag_count(export.diags), 0);
		assert_true(exports_is_whole(&export, 0, ""));
		exports_close(&export);
	}
	/* UTF-16 holds any name. */
	assert_true(all || format != REGFILE_5_UTF16);
	free(bytes);
}

static void check(const struct key *root, const char *name)
{
	check_form(root, REGFILE_5_UTF16, name);
	check_form(root, REGFILE_5_UTF8, name);
}

static void test_recipe(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Work", 2);
	pair_add(pair->before, PAIR_DELETED, "\xce\x95\xce\xbb", 3);
	builder_finish(pair->before);
	pair->old = pair_read(pair->before);
	check(pair->old->keys->root, "the recipe");
}

static void test_real(void **state)
{
	static const char *const names[] = { "DEFAULT-WIN8",
					     "NTUSER-WIN10.DAT",
					     "NTUSER-WIN7.DAT",
					     "NTUSER-XP.DAT",
					     "TEMPLATE-WIN7.NTUSER.DAT",
					     "clean-with-log.NTUSER.DAT",
					     "pair-after.NTUSER.DAT",
					     "pair-before.NTUSER.DAT" };
	const char *hives = getenv("HIVES");

	(void)state;
	if (!hives || !*hives)
		UNIT_SKIP("no test hives");
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		char name[64];
		(void)snprintf(name, sizeof(name), "real/%s", names[i]);
		struct hive hive = hives_open_real(name);
		assert_int_equal(hive.read, STATUS_OK);
		check(hive.tree->root, name);
		hives_close(&hive);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_recipe, pair_set_up, pair_tear_down),
		cmocka_unit_test(test_real),
	};
	return UNIT_RUN(tests);
}
