/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Recovery from beginning to end; carve.h tells its stages. */
#include "regf/recover/recovered.h"

#include "regf/recover/carve.h"

#include <stdlib.h>

/* A last write before Windows NT was sold (1993) is no last write of its registry. */
#define OLDEST_FT UINT64_C(123703200000000000) /* 1993-01-01 */
/* What a hive may hold later than its newest key: the clock is set, a header comes late. */
#define SLACK_FT (UINT64_C(864000000000))     /* a day */
#define NEVER_FT UINT64_C(157469184000000000) /* 2100-01-01: no time limit is known */

const char *recovered_origin_word(enum recovered_origin origin)
{
	static const char *const words[] = {
		[RECOVERED_FREE] = "free",   [RECOVERED_LOST] = "lost",
		[RECOVERED_SLACK] = "slack", [RECOVERED_TAIL] = "tail",
		[RECOVERED_LOG] = "log",
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

enum status recovered_infer_head(struct recovered_keys *recovered, const struct key *key,
				 const struct value *value, const uint8_t *head)
{
	/* The tree is ours; only its readers may not change it. */
	struct value *own = (struct value *)(uintptr_t)value;
	struct recovered_value *info =
		(struct recovered_value *)(uintptr_t)recovered_of_value(recovered, key,
									value);
	uint8_t *copy = arena_calloc(recovered->tree->arena, value->data_len, 1);

	if (!copy || !span_copy(value_data(value), 0, copy, value->data_len))
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
	struct recovered_key *info =
		(struct recovered_key *)(uintptr_t)recovered_of(recovered, key);
	struct recovered_place *places =
		arena_calloc(recovered->tree->arena, info->n_places + 1, sizeof(*places));

	if (!places)
		return STATUS_NOMEM;
	for (size_t i = 0; i < info->n_places; i++)
		places[i] = info->places[i];
	places[info->n_places++] = *place;
	info->places = places;
	return STATUS_OK;
}

/* Between which times a key of this hive can have been written. */
static void find_times(struct carve *carve)
{
	const struct recovered_source *source = carve->source;
	const struct image_base *base = &carve->image->base;
	uint64_t newest = base->checksum_ok ? base->last_written_ft : 0;

	for (const struct key *key = source->keys ? source->keys->root : NULL; key;
	     key = key_next(source->keys->root, key)) {
		if (key->mtime_ft > newest)
			newest = key->mtime_ft;
		carve->zero_times |= key->mtime_ft == 0;
	}
	for (size_t i = 0; i < source->n_witnesses; i++)
		if (source->witnesses[i].newest_ft > newest)
			newest = source->witnesses[i].newest_ft;
	carve->oldest_ft = OLDEST_FT;
	carve->newest_ft =
		newest >= OLDEST_FT && newest < NEVER_FT ? newest + SLACK_FT : NEVER_FT;
}

static enum status recover(struct carve *carve, struct recovered_keys *out)
{
	find_times(carve);
	RETURN_IF_FAILED(region_find_all(carve));
	RETURN_IF_FAILED(carve_records(carve));
	RETURN_IF_FAILED(assignvalues_values(carve));
	RETURN_IF_FAILED(assignparents_trace(carve));
	RETURN_IF_FAILED(buildtree_tree(carve, out));
	out->n_searched = carve->n_searched;
	return STATUS_OK;
}

enum status recovered_keys_find(const struct recovered_source *source,
				struct recovered_keys **out)
{
	AUTO(recovered_keys_freep)
	struct recovered_keys *recovered = calloc(1, sizeof(*recovered));
	const struct image *image = source->image;
	struct carve carve = {
		.source = source,
		.image = image,
		.space = source->overlay ? source->overlaid
					 : span_from(image->bytes, IMAGE_BASE_SIZE),
		.cell_header = image->cell_header,
	};

	if (!recovered || !(recovered->tree = calloc(1, sizeof(*recovered->tree))) ||
	    !(recovered->tree->arena = arena_new()))
		return STATUS_NOMEM;
	carve.arena = recovered->tree->arena;
	recovered->style = image_free_cells(image);
	carve.windows_2000 = recovered->style == IMAGE_FREE_WINDOWS_2000;
	enum status status = cellmap_init(&carve.taken, (uint32_t)carve.space.len)
				     ? recover(&carve, recovered)
				     : STATUS_NOMEM;
	cellmap_clear(&carve.taken);
	free(carve.regions.items);
	free(carve.keys.items);
	free(carve.values.items);
	if (status == STATUS_OK)
		*out = STEAL(recovered);
	return status;
}
