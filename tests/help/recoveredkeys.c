/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "help/unit.h"

#include "help/recoveredkeys.h"

#include "mapi/recognize.h"
#include "regf/record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- what must always hold ---- */

struct check {
	const struct image *image;
	const struct recovered_keys *found;
	uint8_t *taken; /* by byte of the file: who has it */
	uint8_t *seen;	/* by node */
	size_t n_keys, n_values;
};

static void take(struct check *check, struct record_run run)
{
	size_t len = check->image->bytes.len;

	if (run.len > len || run.file_off > len - run.len)
		fail_msg("0x%x and %u bytes are not in the file", run.file_off, run.len);
	for (uint32_t i = 0; i < run.len; i++) {
		if (check->taken[run.file_off + i])
			fail_msg("byte 0x%x is shown twice", run.file_off + i);
		check->taken[run.file_off + i] = 1;
	}
}

static void take_live(struct check *check, const struct value *value)
{
	size_t n = record_data_runs(check->image, value, NULL, 0);
	struct record_run *runs = calloc(n + 1, sizeof(*runs));

	assert_non_null(runs);
	assert_int_equal(record_data_runs(check->image, value, runs, n), n);
	for (size_t i = 0; i < n; i++)
		take(check, runs[i]);
	free(runs);
}

static void take_all_live(struct check *check, const struct key *root)
{
	for (const struct key *key = root; key; key = key_next(root, key)) {
		if (key->record_off)
			take(check, record_key_run(key));
		for (uint32_t i = 0; i < key->n_values; i++) {
			take(check, record_value_run(&key->values[i]));
			if (!(key->values[i].flags & VALUE_FLAG_INLINE))
				take_live(check, &key->values[i]);
		}
	}
}

static void check_place(const struct check *check, const struct recovered_place *places,
			size_t n, uint32_t record_off)
{
	assert_true(n >= 1);
	assert_true(places[0].origin <= RECOVERED_TAIL ||
		    places[0].origin == RECOVERED_UNMAPPED);
	assert_int_equal(places[0].log, SIZE_MAX);
	assert_int_equal(places[0].offset, record_off);
	assert_int_equal(places[0].origin == RECOVERED_TAIL,
			 record_off > IMAGE_BASE_SIZE + check->image->bins.len);
}

/* The runs tell where all data stand that are told, but for a head that is hidden. */
static void check_runs(struct check *check, const struct value *value,
		       const struct recovered_value *info)
{
	uint32_t done = 0;
	struct span there;

	for (size_t i = 0; i < info->n_runs; i++) {
		uint32_t skip = i == 0 ? info->n_head_lost + info->n_head_inferred : 0;
		assert_int_equal(info->runs[i].log, SIZE_MAX);
		take(check,
		     (struct record_run){ info->runs[i].offset, info->runs[i].len });
		assert_true(info->runs[i].len <= value->data_len - done);
		assert_true(skip <= info->runs[i].len);
		assert_true(span_sub(check->image->bytes, info->runs[i].offset + skip,
				     info->runs[i].len - skip, &there));
		assert_memory_equal(value->data + done + skip, there.ptr, there.len);
		done += info->runs[i].len;
	}
	assert_int_equal(done, value->data_len);
}

static void check_value(struct check *check, const struct value *value,
			const struct recovered_value *info)
{
	bool is_inline = value->flags & VALUE_FLAG_INLINE;

	check_place(check, info->places, info->n_places, value->record_off);
	take(check, record_value_run(value));
	assert_true(value->data_len <= value->declared_len);
	assert_int_equal(!!(value->flags & VALUE_FLAG_SHORT),
			 value->data_len < value->declared_len);
	if (info->data_lost)
		assert_int_equal(value->data_len, 0);
	assert_true(info->n_head_lost <= 4 && info->n_head_lost <= value->data_len);
	assert_int_equal(!!(value->flags & VALUE_FLAG_HEAD_LOST), info->n_head_lost > 0);
	if (is_inline)
		assert_true(value->data_len <= 4 && info->n_runs == 0);
	else
		check_runs(check, value, info);
}

static void check_key(struct check *check, const struct key *key, bool adrift)
{
	const struct recovered_key *info = recovered_of(check->found, key);
	bool recovered = key->flags & KEY_FLAG_RECOVERED;

	uint32_t node = key->recovered - check->found->first;

	assert_true(node < check->found->n_nodes);
	assert_false(check->seen[node]);
	check->seen[node] = 1;
	assert_true(recovered != recovered_is_placeholder(key));
	for (uint32_t i = 0; i < key->n_children; i++) {
		assert_ptr_equal(key->children[i].parent, key);
		assert_int_equal(key->children[i].depth, key->depth + 1);
		assert_true(i == 0 || text_compare(key_name(&key->children[i - 1]),
						   key_name(&key->children[i])) <= 0);
	}
	for (uint32_t i = 0; i < key->n_values; i++)
		check_value(check, &key->values[i],
			    recovered_of_value(check->found, key, &key->values[i]));
	check->n_values += key->n_values;
	if (!recovered) {
		assert_int_equal(info->n_places, 0);
		return;
	}
	check->n_keys++;
	check_place(check, info->places, info->n_places, key->record_off);
	take(check, record_key_run(key));
	assert_int_equal(info->rel,
			 key->record_off - IMAGE_BASE_SIZE - check->image->cell_header);
	assert_true(info->n_values_recorded >= key->n_values);
	/* A path is no surer than its beginning, and certain only from the root on. */
	assert_int_equal(info->certainty == RECOVERED_PARTIAL, adrift);
	if (key->parent->flags & KEY_FLAG_RECOVERED)
		assert_true(info->certainty >=
			    recovered_of(check->found, key->parent)->certainty);
}

void recoveredkeys_check(const struct image *image, const struct key_tree *live,
			 const struct recovered_keys *found)
{
	struct check check = { .image = image, .found = found };

	check.taken = calloc(image->bytes.len, 1);
	check.seen = calloc(found->n_nodes, 1);
	assert_non_null(check.taken);
	assert_non_null(check.seen);
	if (live)
		take_all_live(&check, live->root);
	for (const struct key *key = found->tree->root; key;
	     key = key_next(found->tree->root, key))
		check_key(&check, key, false);
	for (const struct key *key = found->adrift; key;
	     key = key_next(found->adrift, key))
		check_key(&check, key, true);
	for (size_t i = 0; i < found->n_lone; i++)
		check_value(&check, &found->lone[i],
			    &found->lone_info[found->lone[i].position]);
	assert_int_equal(check.n_keys, found->n_keys);
	assert_int_equal(check.n_values, found->n_values);
	free(check.taken);
	free(check.seen);
}

/* ---- opening ---- */

static bool has_rival(const struct key *live)
{
	return text_is(key_name(live), "rival");
}

static bool is_common(struct text name)
{
	return text_is(name, "common");
}

static struct recoveredkeys recover(struct hive hive,
				    const struct recovered_witness *witnesses, size_t n,
				    recoveredkeys_fit *fit)
{
	struct recoveredkeys l = { .hive = hive };
	struct diag_list *again = diag_list_new();

	assert_non_null(again);
	assert_int_equal(hive.opened, STATUS_OK);
	/* The same once more, with its usage. */
	assert_int_equal(record_read(hive.image, again, &l.usage, &l.keys), hive.read);
	diag_list_free(again);
	struct recovered_source source = {
		.image = hive.image,
		.free_cells = freecells_of(hive.image),
		.keys = l.keys,
		.usage = &l.usage,
		.witnesses = witnesses,
		.n_witnesses = n,
		.fit = fit,
		.has_rival = has_rival,
		.is_common = is_common,
		.value_fit = recognize_value_fit,
		.data_fits = recognize_data_fits,
		.name_end = recognize_name_end,
		.diags = hive.diags,
	};
	assert_int_equal(recoverkeys_find(&source, &l.found), STATUS_OK);
	recoveredkeys_check(hive.image, l.keys, l.found);
	return l;
}

struct recoveredkeys recoveredkeys_of(struct builder *b)
{
	return recover(hives_open(b), NULL, 0, NULL);
}

struct recoveredkeys recoveredkeys_of_hive(struct hive hive)
{
	return recover(hive, NULL, 0, NULL);
}

struct recoveredkeys recoveredkeys_fitted(struct builder *b, recoveredkeys_fit *fit)
{
	return recover(hives_open(b), NULL, 0, fit);
}

struct recoveredkeys recoveredkeys_after(struct builder *b,
					 const struct recoveredkeys *earlier,
					 const struct recoveredkeys *still_earlier)
{
	const struct recoveredkeys *const states[] = { earlier, still_earlier };
	struct recovered_witness witnesses[2];
	size_t n = 0;

	for (; n < 2 && states[n]; n++)
		witnesses[n] = (struct recovered_witness){
			.image = states[n]->hive.image,
			.keys = states[n]->keys,
			.usage = &states[n]->usage,
			.newest_ft = key_newest(states[n]->keys->root),
		};
	return recover(hives_open(b), witnesses, n, NULL);
}

void recoveredkeys_close(struct recoveredkeys *l)
{
	recovered_keys_free(l->found);
	usage_clear(&l->usage);
	key_tree_free(l->keys);
	hives_close(&l->hive);
	*l = (struct recoveredkeys){ .hive = { .file = { .fd = -1 } } };
}

/* ---- looking ---- */

const struct key *recoveredkeys_at(const struct recoveredkeys *l, const char *path)
{
	return key_at(l->found->tree->root, path);
}

const struct key *recoveredkeys_key(const struct recoveredkeys *l, const char *path)
{
	const struct key *key = recoveredkeys_at(l, path);

	if (!key || !(key->flags & KEY_FLAG_RECOVERED))
		fail_msg("no key %s was recovered", path);
	return key;
}

const struct value *recoveredkeys_value(const struct recoveredkeys *l, const char *path,
					const char *name)
{
	const struct key *key = recoveredkeys_at(l, path);
	const struct value *value = key ? key_value(key, text_of(name)) : NULL;

	if (!value)
		fail_msg("no value %s of key %s was recovered", name, path);
	return value;
}

const struct recovered_value *recoveredkeys_of_value(const struct recoveredkeys *l,
						     const char *path, const char *name)
{
	return recovered_of_value(l->found, recoveredkeys_at(l, path),
				  recoveredkeys_value(l, path, name));
}

const struct value *recoveredkeys_lone(const struct recoveredkeys *l, const char *name)
{
	for (size_t i = 0; i < l->found->n_lone; i++)
		if (text_same(value_name(&l->found->lone[i]), text_of(name)))
			return &l->found->lone[i];
	return NULL;
}

const struct key *recoveredkeys_adrift(const struct recoveredkeys *l, uint32_t parent_rel)
{
	for (uint32_t i = 0; i < l->found->adrift->n_children; i++) {
		const struct key *place = &l->found->adrift->children[i];
		if (recoveredkeys_of_key(l, place)->rel == parent_rel)
			return place;
	}
	return NULL;
}

static size_t count_below(const struct key *top, const char *name)
{
	size_t n = 0;

	for (const struct key *key = top; key; key = key_next(top, key))
		n += (key->flags & KEY_FLAG_RECOVERED) &&
		     text_same(key_name(key), text_of(name));
	return n;
}

size_t recoveredkeys_count(const struct recoveredkeys *l, const char *name)
{
	return count_below(l->found->tree->root, name) +
	       count_below(l->found->adrift, name);
}

static const struct key *record_below(const struct key *top, size_t record)
{
	for (const struct key *key = top; key; key = key_next(top, key))
		if ((key->flags & KEY_FLAG_RECOVERED) && key->record_off == record)
			return key;
	return NULL;
}

const struct key *recoveredkeys_record(const struct recoveredkeys *l, size_t record)
{
	const struct key *key = record_below(l->found->tree->root, record);

	return key ? key : record_below(l->found->adrift, record);
}

bool recoveredkeys_data_is(const struct value *value, const void *bytes, size_t len)
{
	return value->data_len == len && value->declared_len == len &&
	       (len == 0 || memcmp(value->data, bytes, len) == 0);
}
