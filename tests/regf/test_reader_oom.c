/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Lack of memory at each single allocation while a hive is opened, read by
 * either reader, and its subject is told: it is said, and nothing leaks.
 */
#define UNIT_OOM
#include "help/unit.h"

#include "snapshot/subject.h"

#include "help/hives.h"

#include "regf/record.h"
#include "regf/treecheck.h"

#include <stdlib.h>
#include <string.h>

/* Lists, values in all places, big data, and names of both encodings. */
static struct hive sound_hive(void)
{
	static uint8_t data[40000];
	struct builder *b = builder_new(&(struct builder_options){
		.minor = 5,
		.embedded_name = "\\??\\C:\\Users\\nfury\\ntuser.dat",
		.sequence = 1 });
	builder_key key = builder_path(b, "Software\\Microsoft\\Ключ", HIVES_TIME);

	builder_value_set(b, key, "big", BUILDER_BINARY, data, sizeof(data));
	builder_value_string(b, key, "имя", "text");
	builder_value_dword(b, key, "", 1);
	builder_key_add(b, key, "a", HIVES_TIME);
	builder_key_add(b, key, "b", HIVES_TIME);
	builder_finish(b);
	return hives_open(b);
}

static void test_image(void **state)
{
	struct hive hive = sound_hive();
	struct image *image = NULL;

	(void)state;
	struct unit_oom oom;
	UNIT_FAIL_EACH (oom) {
		enum status status =
			UNIT_FAILING(oom, image_open(span_of(hive.bytes, hive.len),
						     hive.diags, &image, &hive.failure));
		if (status == STATUS_OK) {
			assert_true(oom.n > 0);
			break;
		}
		assert_int_equal(status, STATUS_NOMEM);
		assert_null(image);
	}
	image_free(image);
	hives_close(&hive);
}

static void test_record(void **state)
{
	struct hive hive = sound_hive();
	struct key_tree *tree = NULL;

	(void)state;
	struct unit_oom oom;
	UNIT_FAIL_EACH (oom) {
		enum status status = UNIT_FAILING(
			oom, record_read(hive.image, hive.diags, NULL, &tree));
		if (status == STATUS_OK) {
			assert_true(oom.n > 0);
			break;
		}
		assert_int_equal(status, STATUS_NOMEM);
		assert_null(tree);
	}
	assert_int_equal(tree->n_keys, hive.tree->n_keys);
	assert_int_equal(tree->n_values, 3);
	assert_true(hives_are_silent(&hive));
	key_tree_free(tree);
	hives_close(&hive);
}

static void test_tree_open_and_read(void **state)
{
	struct hive hive = sound_hive();
	struct tree *tree = NULL, *again = NULL;
	struct key_tree *keys = NULL;

	(void)state;
	assert_int_equal(hives_hivex(&hive, &tree), STATUS_OK);
	struct unit_oom oom;
	UNIT_FAIL_EACH (oom) {
		enum status status = UNIT_FAILING(
			oom, tree_open(hive.image, &hive.file, hive.diags, &again));
		if (status == STATUS_OK) {
			assert_true(oom.n > 0);
			break;
		}
		assert_int_equal(status, STATUS_NOMEM);
		assert_null(again);
	}
	tree_close(again);
	UNIT_FAIL_EACH (oom) {
		enum status status =
			UNIT_FAILING(oom, tree_read(tree, hive.diags, &keys));
		if (status == STATUS_OK) {
			assert_true(oom.n > 0);
			break;
		}
		assert_int_equal(status, STATUS_NOMEM);
		assert_null(keys);
	}
	assert_int_equal(keys->n_keys, hive.tree->n_keys);
	key_tree_free(keys);
	tree_close(tree);
	hives_close(&hive);
}

/* What could not be looked at for lack of memory is neither agreed nor contradicted. */
static void test_check(void **state)
{
	struct hive hive = sound_hive();
	struct tree *tree = NULL;

	(void)state;
	assert_int_equal(hives_hivex(&hive, &tree), STATUS_OK);
	struct unit_oom oom;
	UNIT_FAIL_EACH (oom) {
		enum treecheck_verdict verdict = TREECHECK_AGREES;
		enum status status =
			UNIT_FAILING(oom, treecheck_key(tree, hive.tree->root, true,
							hive.diags, &verdict));
		assert_int_equal(status, oom.failed ? STATUS_NOMEM : STATUS_OK);
		assert_int_equal(verdict, TREECHECK_AGREES);
	}
	tree_close(tree);
	hives_close(&hive);
}

static void test_subject(void **state)
{
	struct hive hive = sound_hive();
	struct subject subject = { .role = SUBJECT_UNKNOWN };

	(void)state;
	struct unit_oom oom;
	UNIT_FAIL_EACH (oom) {
		enum status status =
			UNIT_FAILING(oom, subject_read(hive.image, hive.tree, &subject));
		if (status == STATUS_OK) {
			assert_true(oom.n > 0);
			break;
		}
		assert_int_equal(status, STATUS_NOMEM);
		assert_null(subject.user);
	}
	assert_string_equal(subject.user, "nfury");
	subject_clear(&subject);
	hives_close(&hive);
}

static void test_key_path(void **state)
{
	struct hive hive = sound_hive();
	const struct key *key = hives_key(&hive, "Software\\Microsoft");
	struct text path = { 0 };

	(void)state;
	assert_false(UNIT_FAIL_AT(0, key_path(key, NULL, "", NULL, &path)));
	assert_true(key_path(key, NULL, "", NULL, &path));
	assert_true(text_same(path, text_of("Software\\Microsoft")));
	text_free(path);
	hives_close(&hive);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_image),
		cmocka_unit_test(test_record),
		cmocka_unit_test(test_tree_open_and_read),
		cmocka_unit_test(test_check),
		cmocka_unit_test(test_subject),
		cmocka_unit_test(test_key_path),
	};

	return UNIT_RUN(tests);
}
