/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cause/incident/loss.h"

#include "mapi/profilename.h"

#include <stdlib.h>

static void add(struct losses *losses, const struct servicenames *names, struct loss loss)
{
	profilename_read(loss.name, &loss.generated);
	loss.pattern = servicenames_find(names, loss.name);
	losses->items[losses->n++] = loss;
}

static struct loss of_finding(const struct finding *finding,
			      const struct snapshot *before)
{
	return (struct loss){
		.finding = finding,
		.where = before,
		.store = finding->store,
		.profile = &finding->before->profile,
		.name = key_name(finding->before->profile.key),
		.at_ft = finding->at_ft,
		.earliest_ft = finding->earliest_ft,
		.latest_ft = finding->latest_ft,
	};
}

static struct loss of_recovered(const struct recovered_profile *recovered,
				const struct snapshot *snapshot)
{
	return (struct loss){
		.recovered = recovered,
		.where = snapshot,
		.store = recovered->store,
		.profile = &recovered->profile,
		.name = recovered->name,
		.at_ft = recovered->deleted_ft,
		.earliest_ft = recovered->profile.newest_ft,
		.latest_ft = recovered->not_after_ft,
	};
}

/* From the first that can have gone to the last that can have, of those with a time. */
static void span_time(struct losses *losses)
{
	for (size_t i = 0; i < losses->n; i++) {
		const struct loss *loss = &losses->items[i];
		uint64_t from = loss->at_ft ? loss->at_ft : loss->earliest_ft;
		uint64_t to = loss->at_ft ? loss->at_ft : loss->latest_ft;
		if (!from || !to) {
			losses->some_untimed = true;
			continue;
		}
		if (!losses->from_ft || from < losses->from_ft)
			losses->from_ft = from;
		if (to > losses->to_ft)
			losses->to_ft = to;
	}
}

static int by_time(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

/* The moments in order, so that those of one instant stand together. */
static enum status sort_moments(struct losses *losses)
{
	losses->moments = calloc(losses->n + 1, sizeof(*losses->moments));
	if (!losses->moments)
		return STATUS_NOMEM;
	for (size_t i = 0; i < losses->n; i++)
		if (losses->items[i].at_ft)
			losses->moments[losses->n_moments++] = losses->items[i].at_ft;
	qsort(losses->moments, losses->n_moments, sizeof(*losses->moments), by_time);
	return STATUS_OK;
}

/* The end of both ways.  Nothing is left to be cleared if it fails. */
static enum status finish(struct losses *losses, struct losses *out)
{
	span_time(losses);
	if (sort_moments(losses) != STATUS_OK) {
		loss_clear(losses);
		return STATUS_NOMEM;
	}
	*out = *losses;
	return STATUS_OK;
}

enum status loss_find(const struct comparison *comparison, const struct snapshot *before,
		      const struct servicenames *names, struct losses *out)
{
	struct losses losses = { 0 };

	losses.items = calloc(comparison->n_findings + 1, sizeof(*losses.items));
	if (!losses.items)
		return STATUS_NOMEM;
	for (size_t i = 0; i < comparison->n_findings; i++)
		if (finding_is_loss(&comparison->findings[i]))
			add(&losses, names, of_finding(&comparison->findings[i], before));
	return finish(&losses, out);
}

enum status loss_find_recovered(const struct recovery *recovery,
				const struct snapshot *snapshot,
				const struct servicenames *names, struct losses *out)
{
	struct losses losses = { 0 };

	losses.items = calloc(recovery->n_profiles + 1, sizeof(*losses.items));
	if (!losses.items)
		return STATUS_NOMEM;
	for (size_t i = 0; i < recovery->n_profiles; i++)
		if (!recovery->profiles[i].lives_on &&
		    !recovery->profiles[i].may_be_alive)
			add(&losses, names,
			    of_recovered(&recovery->profiles[i], snapshot));
	return finish(&losses, out);
}

void loss_clear(struct losses *losses)
{
	free(losses->items);
	free(losses->moments);
	*losses = (struct losses){ 0 };
}

bool loss_is_from(const struct loss *loss, enum store_list list)
{
	return loss->store && loss->store->list == list;
}
