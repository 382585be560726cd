/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The values of each deleted key, and the ids in them. */
#include "regf/recover/namedkeys.h"

#include "base/hex.h"

#include <stdlib.h>
#include <string.h>

/* An id: 16 bytes, and 32 digits as a name. */
#define ID_SIZE 16

/* So many times the length of the hive may be looked through, all together. */
#define WORK_TIMES 64

/* Keys that are made together are written no further apart, likewise: a minute. */
#define TOGETHER_FT (6 * UINT64_C(100000000))

enum status namedkeys_init(struct namedkeys *named, const struct search *search)
{
	size_t n = search->keys.n;
	uint32_t at = 0;

	*named = (struct namedkeys){
		.search = search,
		.order = calloc(search->values.n + 1, sizeof(*named->order)),
		.first = calloc(n + 1, sizeof(*named->first)),
		.work = WORK_TIMES * (uint64_t)search->space.len,
	};
	if (!named->order || !named->first)
		return STATUS_NOMEM;
	for (size_t i = 0; i < search->values.n; i++)
		if (search->values.items[i].owner != DELETED_NONE)
			named->first[search->values.items[i].owner]++;
	for (size_t i = 0; i <= n; i++) {
		at += named->first[i];
		named->first[i] = at;
	}
	/* From the end of each key's part to its beginning. */
	for (uint32_t i = (uint32_t)search->values.n; i-- > 0;)
		if (search->values.items[i].owner != DELETED_NONE)
			named->order[--named->first[search->values.items[i].owner]] = i;
	return STATUS_OK;
}

void namedkeys_clear(struct namedkeys *named)
{
	free(named->order);
	free(named->first);
	*named = (struct namedkeys){ 0 };
}

/* The id that a name tells. */
static bool id_of_name(struct text name, uint8_t id[ID_SIZE])
{
	if (text_length(name) != 2 * ID_SIZE)
		return false;
	for (size_t i = 0; i < ID_SIZE; i++) {
		int high = hex_digit(text_unit(name, 2 * i));
		int low = hex_digit(text_unit(name, 2 * i + 1));
		if (high < 0 || low < 0)
			return false;
		id[i] = (uint8_t)(high << 4 | low);
	}
	return true;
}

static bool id_of(const struct deleted_key *key, uint8_t id[ID_SIZE])
{
	return id_of_name(search_key_name(key), id);
}

bool namedkeys_is_id(struct text name)
{
	uint8_t id[ID_SIZE];

	return id_of_name(name, id);
}

static bool holds(struct namedkeys *named, const uint8_t *bytes, size_t len,
		  const uint8_t id[ID_SIZE])
{
	if (len < ID_SIZE || len > named->work)
		return false;
	named->work -= len;
	return memmem(bytes, len, id, ID_SIZE) != NULL;
}

bool namedkeys_by_deleted(struct namedkeys *named, uint32_t by,
			  const struct deleted_key *key)
{
	uint8_t id[ID_SIZE];

	if (!id_of(key, id))
		return false;
	for (uint32_t i = named->first[by]; i < named->first[by + 1]; i++) {
		const struct deleted_value *value =
			&named->search->values.items[named->order[i]];
		if (holds(named, value->bytes, value->known, id))
			return true;
	}
	return false;
}

bool namedkeys_by_live(struct namedkeys *named, const struct key *by,
		       const struct deleted_key *key)
{
	uint8_t id[ID_SIZE];

	if (!id_of(key, id))
		return false;
	for (uint32_t i = 0; i < by->n_values; i++)
		if (holds(named, by->values[i].data, by->values[i].data_len, id))
			return true;
	return false;
}

bool namedkeys_together(uint64_t a, uint64_t b)
{
	return (a > b ? a - b : b - a) <= TOGETHER_FT;
}
