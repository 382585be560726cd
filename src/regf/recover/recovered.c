/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The recovered keys and what is known of them: its words, and what its owner adds later. */
#include "regf/recover/recovered.h"

#include <stdlib.h>

const char *recovered_origin_word(enum recovered_origin origin)
{
	static const char *const words[] = {
		[RECOVERED_FREE] = "free",	   [RECOVERED_LOST] = "lost",
		[RECOVERED_SLACK] = "slack",	   [RECOVERED_TAIL] = "tail",
		[RECOVERED_UNMAPPED] = "unmapped", [RECOVERED_LOG] = "log",
	};

	return words[origin];
}

const char *recovered_certainty_word(enum recovered_certainty certainty)
{
	static const char *const words[] = {
		[RECOVERED_CERTAIN] = "certain",
		[RECOVERED_PROBABLE] = "probable",
		[RECOVERED_POSSIBLE] = "possible",
		[RECOVERED_PARTIAL] = "partial",
	};

	return words[certainty];
}

const char *recovered_since_word(enum recovered_since since)
{
	static const char *const words[] = {
		[RECOVERED_SINCE_UNKNOWN] = "unknown",
		[RECOVERED_SINCE_EARLIER] = "earlier",
		[RECOVERED_SINCE_BETWEEN] = "between",
	};

	return words[since];
}

void recovered_keys_free(struct recovered_keys *recovered)
{
	if (!recovered)
		return;
	key_tree_free(recovered->tree);
	free(recovered);
}

void recovered_keys_freep(struct recovered_keys **recovered)
{
	recovered_keys_free(*recovered);
}

static struct recovered_key *known_of(struct recovered_keys *recovered,
				      const struct key *key)
{
	return &recovered->keys[key->recovered - recovered->first];
}

enum status recovered_infer_head(struct recovered_keys *recovered, const struct key *key,
				 const struct value *value, const uint8_t *head)
{
	struct recovered_key *known = known_of(recovered, key);
	struct value *own = &known->key->values[value - key->values];
	struct recovered_value *info = &known->values[value->position];
	uint8_t *copy = arena_calloc(recovered->tree->arena, own->data_len, 1);

	if (!copy || !span_copy(value_data(own), 0, copy, own->data_len))
		return STATUS_NOMEM;
	memcpy(copy, head, info->n_head_lost);
	own->data = copy;
	own->flags &= (uint16_t)~VALUE_FLAG_HEAD_LOST;
	info->inferred |= RECOVERED_INFERRED_DATA;
	info->n_head_inferred = info->n_head_lost;
	info->n_head_lost = 0;
	return STATUS_OK;
}

enum status recovered_add_place(struct recovered_keys *recovered, const struct key *key,
				const struct recovered_place *place)
{
	struct recovered_key *known = known_of(recovered, key);
	struct recovered_place *places = arena_calloc(
		recovered->tree->arena, known->n_places + 1, sizeof(*places));

	if (!places)
		return STATUS_NOMEM;
	for (size_t i = 0; i < known->n_places; i++)
		places[i] = known->places[i];
	places[known->n_places++] = *place;
	known->places = places;
	return STATUS_OK;
}
