/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The profiles that are gone, from a comparison or, for a single hive, from
 * what was recovered of it.
 */
#include "cause/incident_private.h"

#include "mapi/profilename.h"

#include <stdlib.h>

static void add(struct incident *incident, struct loss loss)
{
	profilename_read(loss.name, &loss.generated);
	loss.pattern = servicenames_find(&incident->companions->names, loss.name);
	incident->losses[incident->n++] = loss;
}

static void add_finding(struct incident *incident, const struct finding *finding)
{
	add(incident, (struct loss){
			      .finding = finding,
			      .where = incident->before,
			      .store = finding->store,
			      .profile = &finding->before->profile,
			      .name = key_name(finding->before->profile.key),
			      .at_ft = finding->at_ft,
			      .earliest_ft = finding->earliest_ft,
			      .latest_ft = finding->latest_ft,
		      });
}

static void add_recovered(struct incident *incident,
			  const struct recovered_profile *recovered)
{
	add(incident, (struct loss){
			      .recovered = recovered,
			      .where = incident->after,
			      .store = recovered->store,
			      .profile = &recovered->profile,
			      .name = recovered->name,
			      .at_ft = recovered->deleted_ft,
			      .earliest_ft = recovered->profile.newest_ft,
			      .latest_ft = recovered->not_after_ft,
		      });
}

/* From the first that can have gone to the last that can have, of those with a time. */
static void span_time(struct incident *incident)
{
	for (size_t i = 0; i < incident->n; i++) {
		const struct loss *loss = &incident->losses[i];
		uint64_t from = loss->at_ft ? loss->at_ft : loss->earliest_ft;
		uint64_t to = loss->at_ft ? loss->at_ft : loss->latest_ft;
		if (!from || !to) {
			incident->some_untimed = true;
			continue;
		}
		if (!incident->from_ft || from < incident->from_ft)
			incident->from_ft = from;
		if (to > incident->to_ft)
			incident->to_ft = to;
	}
}

static int by_time(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

/* The moments in order, so that those of one instant stand together. */
static enum status sort_moments(struct incident *incident)
{
	incident->moments = calloc(incident->n + 1, sizeof(*incident->moments));
	if (!incident->moments)
		return STATUS_NOMEM;
	for (size_t i = 0; i < incident->n; i++)
		if (incident->losses[i].at_ft)
			incident->moments[incident->n_moments++] =
				incident->losses[i].at_ft;
	qsort(incident->moments, incident->n_moments, sizeof(*incident->moments),
	      by_time);
	return STATUS_OK;
}

enum status loss_find(struct incident *incident)
{
	const struct comparison *comparison = incident->comparison;
	const struct recovery *recovery =
		comparison ? NULL : incident->series->recoveries[0];
	size_t max = comparison ? comparison->n_findings
		     : recovery ? recovery->n_profiles
				: 0;

	incident->losses = calloc(max + 1, sizeof(*incident->losses));
	if (!incident->losses)
		return STATUS_NOMEM;
	for (size_t i = 0; comparison && i < max; i++)
		if (finding_is_loss(&comparison->findings[i]))
			add_finding(incident, &comparison->findings[i]);
	for (size_t i = 0; recovery && i < max; i++)
		if (!recovery->profiles[i].lives_on)
			add_recovered(incident, &recovery->profiles[i]);
	span_time(incident);
	return sort_moments(incident);
}

void loss_clear(struct incident *incident)
{
	free(incident->losses);
	free(incident->moments);
	free(incident->copies);
}

bool loss_is_from(const struct loss *loss, enum store_list list)
{
	return loss->store && loss->store->list == list;
}
