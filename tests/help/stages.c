/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "help/unit.h"

#include "help/stages.h"

#include "mapi/recognize.h"
#include "regf/record.h"
#include "regf/recover/assigndata.h"
#include "regf/recover/assignparents.h"
#include "regf/recover/assignvalues.h"
#include "regf/recover/carve.h"
#include "regf/recover/region.h"

#include <stdlib.h>

struct stages *stages_run_over(struct builder *b, const struct overlay *overlay,
			       struct span overlaid, enum stages_last last)
{
	enum status (*const stages[])(struct search *) = {
		region_find_all,      carve_records,	     assignvalues_to_keys,
		assigndata_to_values, assignparents_to_keys,
	};
	struct stages *run = calloc(1, sizeof(*run));
	struct diag_list *again = diag_list_new();

	assert_non_null(run);
	assert_non_null(again);
	run->hive = hives_open(b);
	assert_int_equal(run->hive.opened, STATUS_OK);
	/* The same once more, with its usage. */
	assert_int_equal(record_read(run->hive.image, again, &run->usage, &run->keys),
			 STATUS_OK);
	diag_list_free(again);
	run->source = (struct recovered_source){
		.image = run->hive.image,
		.free_cells = freecells_of(run->hive.image),
		.keys = run->keys,
		.usage = &run->usage,
		.value_fit = recognize_value_fit,
		.data_fits = recognize_data_fits,
		.name_end = recognize_name_end,
		.diags = run->hive.diags,
		.overlay = overlay,
		.overlaid = overlaid,
	};
	run->arena = arena_new();
	assert_non_null(run->arena);
	assert_int_equal(search_init(&run->search, &run->source, run->arena), STATUS_OK);
	for (size_t i = 0; i < (size_t)last; i++)
		assert_int_equal(stages[i](&run->search), STATUS_OK);
	return run;
}

struct stages *stages_run(struct builder *b, enum stages_last last)
{
	return stages_run_over(b, NULL, (struct span){ 0 }, last);
}

void stages_close(struct stages *stages)
{
	search_clear(&stages->search);
	arena_free(stages->arena);
	usage_clear(&stages->usage);
	key_tree_free(stages->keys);
	hives_close(&stages->hive);
	free(stages);
}

struct deleted_key *stages_key(struct stages *stages, size_t record)
{
	return search_key_at(&stages->search, hives_cell_at(record));
}

struct deleted_value *stages_value(struct stages *stages, size_t record)
{
	return search_value_at(&stages->search, hives_cell_at(record));
}

const struct key *stages_live(const struct stages *stages, const char *path)
{
	const struct key *key = key_at(stages->keys->root, path);

	if (!key)
		fail_msg("no live key %s", path);
	return key;
}
