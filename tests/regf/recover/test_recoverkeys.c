/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Recovery from beginning to end: what its owner may change, and lack of memory. */
#define UNIT_OOM
#include "help/unit.h"

#include "help/apart.h"
#include "help/recoveredkeys.h"

#include "regf/record.h"

#include <stdlib.h>
#include <string.h>

/* With a source of its own, so that nothing but the recovery takes memory. */
struct source {
	struct hive hive;
	struct usage usage;
	struct key_tree *keys;
	struct recovered_source source;
};

static struct source *source_of(struct builder *b)
{
	struct source *s = calloc(1, sizeof(*s));
	struct diag_list *again = diag_list_new();

	assert_non_null(s);
	assert_non_null(again);
	s->hive = hives_open(b);
	assert_int_equal(record_read(s->hive.image, again, &s->usage, &s->keys),
			 STATUS_OK);
	diag_list_free(again);
	s->source = (struct recovered_source){ .image = s->hive.image,
					       .free_cells = freecells_of(s->hive.image),
					       .keys = s->keys,
					       .usage = &s->usage,
					       .diags = s->hive.diags };
	return s;
}

static void end(struct source *s)
{
	usage_clear(&s->usage);
	key_tree_free(s->keys);
	hives_close(&s->hive);
	free(s);
}

/* Each allocation fails once: then nothing is given and all is freed. */
static void check_failures(struct builder *b, size_t n_keys)
{
	struct source *s = source_of(b);
	enum status status = STATUS_NOMEM;
	size_t n_failed = 0;

	struct unit_oom oom;
	UNIT_FAIL_EACH (oom) {
		struct recovered_keys *found = NULL;
		status = UNIT_FAILING(oom, recoverkeys_find(&s->source, &found));
		if (status == STATUS_NOMEM) {
			assert_null(found);
			n_failed++;
			continue;
		}
		assert_int_equal(status, STATUS_OK);
		assert_int_equal(found->n_keys, n_keys);
		recoveredkeys_check(s->hive.image, s->keys, found);
		recovered_keys_free(found);
		break;
	}
	assert_int_equal(status, STATUS_OK);
	/* The result, its tree, its arena, the bytes in use and more. */
	assert_true(n_failed > 10);
	end(s);
}

static void test_lack_of_memory(void **state)
{
	struct apart t = apart_plain();

	(void)state;
	apart_delete(&t);
	check_failures(t.b, 1);
	t = apart_2000();
	apart_delete(&t);
	check_failures(t.b, 1);
}

/* What changes one value changes no other, and other keys not at all. */
static void test_owner_infers_bytes(void **state)
{
	struct apart t = apart_2000();

	(void)state;
	apart_delete(&t);
	struct recoveredkeys l = recoveredkeys_of(t.b);
	const struct key *gone = recoveredkeys_key(&l, "parent\\gone");
	const struct value *value = recoveredkeys_value(&l, "parent\\gone", "other");
	const struct value *lone = recoveredkeys_lone(&l, "first");
	const struct key *parent = gone->parent;
	assert_non_null(lone);
	assert_int_equal(recovered_infer_head(l.found, gone, value,
					      (const uint8_t *)APART_SECOND_DATA),
			 STATUS_OK);
	/* In place: whoever had it before has the new bytes. */
	assert_ptr_equal(recoveredkeys_value(&l, "parent\\gone", "other"), value);
	assert_ptr_equal(recoveredkeys_key(&l, "parent\\gone"), gone);
	assert_ptr_equal(gone->parent, parent);
	assert_memory_equal(value->data, APART_SECOND_DATA, APART_SECOND_LEN);
	assert_true(lone->flags & VALUE_FLAG_HEAD_LOST);
	recoveredkeys_close(&l);
}

static void test_lack_of_memory_for_a_change(void **state)
{
	struct apart t = apart_2000();
	size_t n_failed = 0;

	(void)state;
	apart_delete(&t);
	struct recoveredkeys l = recoveredkeys_of(t.b);
	const struct key *gone = recoveredkeys_key(&l, "parent\\gone");
	struct recovered_place place = { RECOVERED_LOG, 2, 512 };
	/* An arena asks for more only now and then. */
	for (size_t i = 0; i < 100000 && n_failed == 0; i++) {
		size_t n = recoveredkeys_of_key(&l, gone)->n_places;
		enum status status =
			UNIT_FAIL_AT(0, recovered_add_place(l.found, gone, &place));
		n_failed += status == STATUS_NOMEM;
		assert_int_equal(recoveredkeys_of_key(&l, gone)->n_places,
				 n + (status == STATUS_OK));
	}
	assert_int_equal(n_failed, 1);
	recoveredkeys_close(&l);
}

static void test_owner_adds_places(void **state)
{
	struct apart t = apart_plain();

	(void)state;
	apart_delete(&t);
	struct recoveredkeys l = recoveredkeys_of(t.b);
	const struct key *gone = recoveredkeys_key(&l, "parent\\gone");
	const struct recovered_key *info = recoveredkeys_of_key(&l, gone);
	assert_int_equal(info->n_places, 1);
	for (uint32_t i = 2; i <= 5; i++) {
		struct recovered_place place = { RECOVERED_LOG, i, 512 * i };
		assert_int_equal(recovered_add_place(l.found, gone, &place), STATUS_OK);
		assert_int_equal(info->n_places, i);
	}
	/* The one that it was read from stays the first. */
	assert_int_equal(info->places[0].origin, RECOVERED_FREE);
	assert_int_equal(info->places[0].offset, t.record);
	for (uint32_t i = 2; i <= 5; i++) {
		assert_int_equal(info->places[i - 1].log, i);
		assert_int_equal(info->places[i - 1].offset, 512 * i);
	}
	recoveredkeys_close(&l);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lack_of_memory),
		cmocka_unit_test(test_owner_infers_bytes),
		cmocka_unit_test(test_lack_of_memory_for_a_change),
		cmocka_unit_test(test_owner_adds_places),
	};

	return UNIT_RUN(tests);
}
