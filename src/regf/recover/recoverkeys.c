/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Recovery from beginning to end: one stage after the other. */
#include "regf/recover/recoverkeys.h"

#include "regf/recover/assigndata.h"
#include "regf/recover/assignparents.h"
#include "regf/recover/assignvalues.h"
#include "regf/recover/buildtree.h"
#include "regf/recover/carve.h"
#include "regf/recover/doubtvalues.h"
#include "regf/recover/region.h"
#include "regf/recover/search.h"

#include <stdlib.h>

static enum status run_stages(struct search *search, struct recovered_keys *out)
{
	RETURN_IF_FAILED(region_find_all(search));
	RETURN_IF_FAILED(carve_records(search));
	RETURN_IF_FAILED(assignvalues_to_keys(search));
	RETURN_IF_FAILED(assigndata_to_values(search));
	RETURN_IF_FAILED(assignparents_to_keys(search));
	RETURN_IF_FAILED(doubtvalues_all(search));
	RETURN_IF_FAILED(buildtree_make(search, out));
	out->n_searched = search->n_searched;
	return STATUS_OK;
}

enum status recoverkeys_find(const struct recovered_source *source,
			     struct recovered_keys **out)
{
	AUTO(recovered_keys_freep)
	struct recovered_keys *recovered = calloc(1, sizeof(*recovered));
	struct search search;

	if (!recovered || !(recovered->tree = calloc(1, sizeof(*recovered->tree))) ||
	    !(recovered->tree->arena = arena_new()))
		return STATUS_NOMEM;
	recovered->style = source->free_cells;
	enum status status = search_init(&search, source, recovered->tree->arena);
	if (status == STATUS_OK)
		status = run_stages(&search, recovered);
	search_clear(&search);
	if (status == STATUS_OK)
		*out = STEAL(recovered);
	return status;
}
