/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reading all that was given beside the hives, and listing it in one order. */
#include "machine/companions.h"

#include "machine/companionbinding.h"

#include <stdlib.h>

static enum status read_mapi32(const struct evidence_opener *opener, const char *given,
			       struct mapi32 **out, struct failure *failure)
{
	struct mapi32_version version;

	return mapi32_parse_version(given, &version)
		       ? mapi32_from_version(&version, out)
		       : mapi32_read(opener, given, out, failure);
}

static enum status read_lists(const struct companions_source *source,
			      struct companions *out, struct failure *failure)
{
	for (; out->n_listings < source->n_listings; out->n_listings++)
		RETURN_IF_FAILED(listing_read(source->opener,
					      source->listings[out->n_listings],
					      &out->listings[out->n_listings], failure));
	for (; out->n_events < source->n_events; out->n_events++)
		RETURN_IF_FAILED(eventlog_read(source->opener,
					       source->events[out->n_events],
					       &out->events[out->n_events], failure));
	return STATUS_OK;
}

static enum status read_patterns(const char *path, struct companions *out,
				 struct failure *failure)
{
	if (!path)
		return servicenames_read(span_of("", 0), "", &out->names, failure);
	RETURN_IF_FAILED(evidence_read(path, &out->patterns, failure));
	return servicenames_read(out->patterns->bytes, path, &out->names, failure);
}

enum status companions_read(const struct companions_source *source,
			    struct companions **out, struct failure *failure)
{
	AUTO(companions_freep)
	struct companions *companions = calloc(1, sizeof(*companions));

	failure_set(failure, "out of memory");
	if (!companions)
		return STATUS_NOMEM;
	RETURN_IF_FAILED(read_patterns(source->patterns, companions, failure));
	if (source->mapi32)
		RETURN_IF_FAILED(read_mapi32(source->opener, source->mapi32,
					     &companions->mapi32, failure));
	RETURN_IF_FAILED(read_lists(source, companions, failure));
	if (source->system.path)
		RETURN_IF_FAILED(machinesystem_read(&source->system, &companions->system,
						    failure));
	if (source->software.path)
		RETURN_IF_FAILED(machinesoftware_read(&source->software,
						      &companions->software, failure));
	RETURN_IF_FAILED(companionbinding_decide(
		&(struct companionbinding){ .system = companions->system,
					    .listings = companions->listings,
					    .n_listings = companions->n_listings,
					    .events = companions->events,
					    .n_events = companions->n_events }));
	*out = STEAL(companions);
	return STATUS_OK;
}

void companions_free(struct companions *companions)
{
	if (!companions)
		return;
	mapi32_free(companions->mapi32);
	for (size_t i = 0; i < companions->n_listings; i++)
		listing_free(companions->listings[i]);
	for (size_t i = 0; i < companions->n_events; i++)
		eventlog_free(companions->events[i]);
	machinesystem_free(companions->system);
	machinesoftware_free(companions->software);
	servicenames_clear(&companions->names);
	evidence_free(companions->patterns);
	free(companions);
}

void companions_freep(struct companions **companions)
{
	companions_free(*companions);
}

size_t companions_list(const struct companions *companions,
		       struct companion out[COMPANIONS_MAX])
{
	const struct mapi32 *mapi32 = companions->mapi32;
	size_t n = 0;

	if (mapi32 && mapi32->evidence)
		out[n++] = (struct companion){ COMPANION_MAPI32, mapi32->evidence, NULL,
					       mapi32->diags, 0 };
	for (size_t i = 0; i < companions->n_listings; i++)
		out[n++] = (struct companion){ COMPANION_MODULES,
					       companions->listings[i]->evidence, NULL,
					       companions->listings[i]->diags, i };
	if (companions->system) {
		const struct snapshot *snapshot = companions->system->snapshot;
		out[n++] = (struct companion){ COMPANION_SYSTEM, snapshot->evidence,
					       snapshot, snapshot->diags, 0 };
	}
	if (companions->software) {
		const struct snapshot *snapshot = companions->software->snapshot;
		out[n++] = (struct companion){ COMPANION_SOFTWARE, snapshot->evidence,
					       snapshot, snapshot->diags, 0 };
	}
	for (size_t i = 0; i < companions->n_events; i++)
		out[n++] = (struct companion){ COMPANION_EVENTS,
					       companions->events[i]->evidence, NULL,
					       companions->events[i]->diags, i };
	if (companions->patterns)
		out[n++] = (struct companion){ COMPANION_PATTERNS, companions->patterns,
					       NULL, NULL, 0 };
	return n;
}

void companions_share(const struct companions *companions)
{
	struct companion all[COMPANIONS_MAX];
	size_t n = companions_list(companions, all);

	for (size_t i = 0; i < n; i++)
		if (all[i].diags)
			diag_list_share(all[i].diags);
}

uint64_t companions_bytes(const struct companions *companions)
{
	struct companion all[COMPANIONS_MAX];
	size_t n = companions_list(companions, all);
	uint64_t bytes = 0;

	for (size_t i = 0; i < n; i++) {
		bytes += all[i].evidence->bytes.len;
		for (size_t k = 0; all[i].snapshot && k < all[i].snapshot->n_logs; k++)
			bytes += all[i].snapshot->logs[k]->bytes.len;
	}
	return bytes;
}

bool companions_are_complete(const struct companions *companions)
{
	struct companion all[COMPANIONS_MAX];
	size_t n = companions_list(companions, all);

	for (size_t i = 0; i < n; i++)
		if (all[i].diags && diag_count_from(all[i].diags, DIAG_ERROR) > 0)
			return false;
	return true;
}

bool companions_logs_miss(const struct companions *companions, uint64_t first_latest_ft,
			  uint64_t last_earliest_ft)
{
	uint64_t oldest = UINT64_MAX, newest = 0;
	bool full = false, ended = false;

	for (size_t i = 0; i < companions->n_events; i++) {
		const struct eventlog *log = companions->events[i];
		if (!log->first_ft || log->foreign)
			continue;
		oldest = log->first_ft < oldest ? log->first_ft : oldest;
		newest = log->last_ft > newest ? log->last_ft : newest;
		full |= log->wrapped;
		ended |= log->wrapped || log->dirty;
	}
	return (full && first_latest_ft && first_latest_ft < oldest) ||
	       (ended && last_earliest_ft > newest);
}

const char *companions_role_word(enum companion_role role)
{
	switch (role) {
	case COMPANION_MAPI32:
		return "mapi32";
	case COMPANION_MODULES:
		return "modules";
	case COMPANION_SYSTEM:
		return "system";
	case COMPANION_SOFTWARE:
		return "software";
	case COMPANION_EVENTS:
		return "events";
	case COMPANION_PATTERNS:
		return "patterns";
	}
	return "other";
}
