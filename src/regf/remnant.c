/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Recovery from beginning to end; carve.h tells its stages. */
#include "regf/remnant.h"

#include "regf/carve.h"

#include <stdlib.h>

/* A last write before Windows NT was sold (1993) is no last write of its registry. */
#define OLDEST_FT UINT64_C(123703200000000000) /* 1993-01-01 */
/* What a hive may hold later than its newest key: the clock is set, a header comes late. */
#define SLACK_FT (UINT64_C(864000000000))     /* a day */
#define NEVER_FT UINT64_C(157469184000000000) /* 2100-01-01: no time limit is known */

const char *remnant_origin_word(enum remnant_origin origin)
{
	static const char *const words[] = {
		[REMNANT_FREE] = "free",   [REMNANT_LOST] = "lost",
		[REMNANT_SLACK] = "slack", [REMNANT_TAIL] = "tail",
		[REMNANT_LOG] = "log",
	};

	return words[origin];
}

const char *remnant_certainty_word(enum remnant_certainty certainty)
{
	static const char *const words[] = {
		[REMNANT_CERTAIN] = "certain",
		[REMNANT_PROBABLE] = "probable",
		[REMNANT_POSSIBLE] = "possible",
		[REMNANT_PARTIAL] = "partial",
	};

	return words[certainty];
}

const char *remnant_since_word(enum remnant_since since)
{
	static const char *const words[] = {
		[REMNANT_SINCE_UNKNOWN] = "unknown",
		[REMNANT_SINCE_EARLIER] = "earlier",
		[REMNANT_SINCE_BETWEEN] = "between",
	};

	return words[since];
}

void remnants_free(struct remnants *remnants)
{
	if (!remnants)
		return;
	key_tree_free(remnants->tree);
	free(remnants);
}

void remnants_freep(struct remnants **remnants)
{
	remnants_free(*remnants);
}

enum status remnant_mend(struct remnants *remnants, const struct key *key,
			 const struct value *value, const uint8_t *head)
{
	/* The tree is ours; only its readers may not change it. */
	struct value *own = (struct value *)(uintptr_t)value;
	struct remnant_value *info =
		(struct remnant_value *)(uintptr_t)remnant_of_value(remnants, key, value);
	uint8_t *copy = arena_calloc(remnants->tree->arena, value->data_len, 1);

	if (!copy || !span_copy(value_data(value), 0, copy, value->data_len))
		return STATUS_NOMEM;
	memcpy(copy, head, info->n_head_lost);
	own->data = copy;
	own->flags &= (uint16_t)~VALUE_FLAG_HEAD_LOST;
	info->inferred |= REMNANT_INFERRED_DATA;
	info->n_head_mended = info->n_head_lost;
	info->n_head_lost = 0;
	return STATUS_OK;
}

enum status remnant_add_place(struct remnants *remnants, const struct key *key,
			      const struct remnant_place *place)
{
	struct remnant_key *info =
		(struct remnant_key *)(uintptr_t)remnant_of(remnants, key);
	struct remnant_place *places =
		arena_calloc(remnants->tree->arena, info->n_places + 1, sizeof(*places));

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
	const struct remnant_source *source = carve->source;
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

static enum status recover(struct carve *carve, struct remnants *out)
{
	find_times(carve);
	RETURN_IF_FAILED(region_find_all(carve));
	RETURN_IF_FAILED(carve_records(carve));
	RETURN_IF_FAILED(reattach_values(carve));
	RETURN_IF_FAILED(lineage_trace(carve));
	RETURN_IF_FAILED(regrow_tree(carve, out));
	out->n_searched = carve->n_searched;
	return STATUS_OK;
}

enum status remnants_find(const struct remnant_source *source, struct remnants **out)
{
	AUTO(remnants_freep) struct remnants *remnants = calloc(1, sizeof(*remnants));
	const struct image *image = source->image;
	struct carve carve = {
		.source = source,
		.image = image,
		.space = source->overlay ? source->overlaid
					 : span_from(image->bytes, IMAGE_BASE_SIZE),
		.cell_header = image->cell_header,
	};

	if (!remnants || !(remnants->tree = calloc(1, sizeof(*remnants->tree))) ||
	    !(remnants->tree->arena = arena_new()))
		return STATUS_NOMEM;
	carve.arena = remnants->tree->arena;
	remnants->style = image_free_cells(image);
	carve.windows_2000 = remnants->style == IMAGE_FREE_WINDOWS_2000;
	enum status status = cellmap_init(&carve.taken, (uint32_t)carve.space.len)
				     ? recover(&carve, remnants)
				     : STATUS_NOMEM;
	cellmap_clear(&carve.taken);
	free(carve.regions.items);
	free(carve.keys.items);
	free(carve.values.items);
	if (status == STATUS_OK)
		*out = STEAL(remnants);
	return status;
}
