/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Open addressing, never more than half full, so that a search comes to an end.
 */
#include "base/hashtable.h"

#include <stdlib.h>

#define FIRST_SLOTS 1024

struct hashtable_slot {
	uint64_t hash; /* 0: empty */
	size_t number;
};

uint64_t hashtable_hash(uint64_t before, struct span bytes)
{
	uint64_t hash = before * UINT64_C(0x9e3779b97f4a7c15);
	uint8_t byte = 0;

	for (size_t i = 0; span_u8(bytes, i, &byte); i++)
		hash = (hash ^ byte) * UINT64_C(0x100000001b3);
	return hash;
}

/* Where the hash is, or is to be put. */
static struct hashtable_slot *slot_of(const struct hashtable *table, uint64_t hash)
{
	/* The upper bits: those below depend on the last bytes alone. */
	size_t at = (size_t)(hash >> 17) & (table->n_slots - 1);

	while (table->slots[at].hash && table->slots[at].hash != hash)
		at = (at + 1) & (table->n_slots - 1);
	return &table->slots[at];
}

static enum status grow(struct hashtable *table)
{
	struct hashtable larger = {
		.n_slots = table->n_slots ? 2 * table->n_slots : FIRST_SLOTS,
		.n = table->n,
	};

	if (2 * table->n < table->n_slots)
		return STATUS_OK;
	larger.slots = calloc(larger.n_slots, sizeof(*larger.slots));
	if (!larger.slots)
		return STATUS_NOMEM;
	for (size_t i = 0; i < table->n_slots; i++)
		if (table->slots[i].hash)
			*slot_of(&larger, table->slots[i].hash) = table->slots[i];
	free(table->slots);
	*table = larger;
	return STATUS_OK;
}

enum status hashtable_add(struct hashtable *table, uint64_t hash, size_t *number,
			  bool *known)
{
	struct hashtable_slot *slot;

	hash = hash ? hash : 1;
	RETURN_IF_FAILED(grow(table));
	slot = slot_of(table, hash);
	*known = slot->hash != 0;
	if (*known) {
		*number = slot->number;
		return STATUS_OK;
	}
	*slot = (struct hashtable_slot){ hash, *number };
	table->n++;
	return STATUS_OK;
}

void hashtable_clear(struct hashtable *table)
{
	free(table->slots);
	*table = (struct hashtable){ 0 };
}
