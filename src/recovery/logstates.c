/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Deleted profiles in logs: each state that a log still tells of is put over
 * the hive, and what its pages hold beside the hive's live keys is recovered
 * like any other deleted key.  What several states hold is told once.
 */
#include "recovery/logstates.h"

#include "base/array.h"
#include "base/hashtable.h"
#include "recovery/recoverstate.h"
#include "regf/log/overlay.h"

#include <stdlib.h>
#include <string.h>

/* Keys of all states that may be looked at, times states: some seconds' work. */
#define MAX_WORK UINT64_C(100000000)

/* A key by what it is: cell, time and name. */
struct seen_key {
	const struct key *key;
	struct recovered_keys *recovered; /* that have it */
};

struct seen {
	struct hashtable numbers; /* by what a key is: of its item */
	struct seen_key *items;
	size_t n, cap;
};

/* Places of one key that are listed: a busy one stands in every entry of a log. */
#define MAX_PLACES 16

static uint64_t key_hash(const struct recovered_key *info, const struct key *key)
{
	return hashtable_hash(info->rel + key->mtime_ft,
			      span_of(key->name, key->name_len));
}

/* A key that another part has: the place is added there, and it is not told here. */
static enum status add_place(struct seen_key *known, struct recovery_part *part,
			     const struct key *key)
{
	const struct recovered_key *first = recovered_of(known->recovered, known->key);
	const struct recovered_key *again = recovered_of(part->recovered, key);
	uint8_t *place = &part->places[key->recovered - part->recovered->first];

	if (*place != RECOVERY_IN_PROFILE)
		*place = RECOVERY_FOUND_BEFORE;
	if (known->recovered == part->recovered || first->n_places >= MAX_PLACES)
		return STATUS_OK;
	return recovered_add_place(known->recovered, known->key, again->places);
}

/* Marks the keys of the part's tree that were told of already; *n counts the others. */
static enum status mark_seen(struct seen *seen, struct recovery_part *part,
			     const struct key *top, size_t *n)
{
	for (const struct key *key = top; key; key = key_next(top, key)) {
		if (!(key->flags & KEY_FLAG_RECOVERED))
			continue;
		size_t number = seen->n;
		bool known = false;
		RETURN_IF_FAILED(ARRAY_RESERVE(seen, MAX_WORK));
		RETURN_IF_FAILED(hashtable_add(
			&seen->numbers, key_hash(recovered_of(part->recovered, key), key),
			&number, &known));
		if (known) {
			RETURN_IF_FAILED(add_place(&seen->items[number], part, key));
			continue;
		}
		seen->items[seen->n++] = (struct seen_key){ key, part->recovered };
		++*n;
	}
	return STATUS_OK;
}

static enum status mark_part(struct seen *seen, struct recovery_part *part, size_t *n)
{
	*n = 0;
	RETURN_IF_FAILED(mark_seen(seen, part, part->recovered->tree->root, n));
	return mark_seen(seen, part, part->recovered->adrift, n);
}

/* Copies the overlay's pages over the bytes, or with undo the hive's own back. */
static void put_pages(const struct snapshot *snapshot, const struct overlay *overlay,
		      uint8_t *bytes, bool undo)
{
	struct span own = span_from(snapshot->image->bytes, IMAGE_BASE_SIZE);
	struct span log = snapshot->logs[overlay->log]->bytes;

	for (size_t i = 0; i < overlay->n; i++) {
		const struct overlay_run *run = &overlay->runs[i];
		(void)!span_copy(undo ? own : log, undo ? run->rel : run->log_off,
				 bytes + run->rel, run->len);
	}
}

static enum status search_overlay(struct recovery *recovery,
				  const struct snapshot *snapshot,
				  struct recovered_source *source, struct seen *seen)
{
	const struct recovered_keys *last =
		recovery->parts[recovery->n_parts - 1].recovered;
	size_t n = 0;

	source->first_number = last->first + last->n_nodes;
	RETURN_IF_FAILED(recoverstate_search(recovery, snapshot, source));
	struct recovery_part *part = &recovery->parts[recovery->n_parts - 1];
	RETURN_IF_FAILED(mark_part(seen, part, &n));
	/* What brings nothing new is not kept. */
	if (n == 0 && !part->gives_profile) {
		recovery_part_clear(part);
		recovery->n_parts--;
	}
	return STATUS_OK;
}

static enum status search_all(struct recovery *recovery, const struct snapshot *snapshot,
			      const struct recovered_source *source,
			      const struct overlays *overlays)
{
	struct span own = span_from(snapshot->image->bytes, IMAGE_BASE_SIZE);
	uint8_t *bytes = malloc(own.len + 1);
	struct seen seen = { 0 };
	struct recovered_source state = *source;
	size_t n = 0;
	enum status status = bytes && span_copy(own, 0, bytes, own.len)
				     ? mark_part(&seen, &recovery->parts[0], &n)
				     : STATUS_NOMEM;

	state.overlaid = span_of(bytes, own.len);
	for (size_t i = 0; i < overlays->n && status == STATUS_OK; i++) {
		state.overlay = &overlays->items[i];
		put_pages(snapshot, state.overlay, bytes, false);
		status = search_overlay(recovery, snapshot, &state, &seen);
		put_pages(snapshot, state.overlay, bytes, true);
	}
	hashtable_clear(&seen.numbers);
	free(seen.items);
	free(bytes);
	return status;
}

enum status logstates_search(struct recovery *recovery, const struct snapshot *snapshot,
			     const struct recovered_source *source)
{
	uint64_t n_keys = snapshot->keys ? snapshot->keys->n_keys : 0;
	struct overlays overlays = { 0 };
	enum status status = STATUS_OK;

	for (size_t i = 0; i < snapshot->n_logs && status == STATUS_OK; i++) {
		struct image_base base;
		if (!baseblock_read(snapshot->logs[i]->bytes, &base) ||
		    replay_is_other_hives(&snapshot->found, &base))
			continue;
		status = overlay_read(snapshot->logs[i]->bytes, i,
				      (uint32_t)snapshot->image->bins.len, &overlays);
	}
	if (n_keys * overlays.n > MAX_WORK) {
		overlays.n_left_out += overlays.n - (size_t)(MAX_WORK / n_keys);
		for (size_t i = (size_t)(MAX_WORK / n_keys); i < overlays.n; i++)
			free(overlays.items[i].runs);
		overlays.n = (size_t)(MAX_WORK / n_keys);
	}
	if (overlays.n_left_out > 0)
		diag_at(source->diags, DIAG_STATES_LEFT_OUT, DIAG_NOWHERE,
			"%zu states that logs hold were not searched for deleted keys",
			overlays.n_left_out);
	if (status == STATUS_OK && overlays.n > 0)
		status = search_all(recovery, snapshot, source, &overlays);
	overlays_clear(&overlays);
	return status;
}
