/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is gone, by how sure that is.  No cause is weighed on an unresolved change: it is
 * no loss, and is kept apart.  A possible one is a loss that nothing rests on alone.  A
 * moment counts where the loss is sure and the times do not contradict each other.
 */
#include "cause/incident/loss.h"

#include "mapi/profilename.h"

#include <stdlib.h>

static void add(struct losses *losses, const struct servicenames *names, struct loss loss)
{
	profilename_read(loss.name, &loss.generated);
	loss.pattern = servicenames_find(names, loss.name);
	losses->items[losses->n++] = loss;
}

/* A moment that contradicts what else is known of the time is none. */
static bool times_conflict(const struct finding *finding)
{
	for (size_t i = 0; i < finding->n_reasons; i++)
		if (finding->reasons[i] == FINDING_BOUNDS_CONFLICT)
			return true;
	return false;
}

static struct loss of_finding(const struct finding *finding,
			      const struct snapshot *before)
{
	/* By a clock that was set back, what came later can be told as earlier. */
	bool bounded = !finding_is_out_of_order(finding);

	return (struct loss){
		.finding = finding,
		.where = before,
		.store = finding->store,
		.profile = &finding->before->profile,
		.name = key_name(finding->before->profile.key),
		.sure = finding->certainty <= FINDING_PROBABLE &&
			finding->kind != FINDING_OTHER_HIVE,
		.at_ft = times_conflict(finding) ? 0 : finding->at_ft,
		.earliest_ft = bounded ? finding->earliest_ft : 0,
		.latest_ft = bounded ? finding->latest_ft : 0,
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
		.sure = recovered->certainty <= RECOVERED_PROBABLE,
		.at_ft = recovered->deleted_ft,
		.earliest_ft = recovered->profile.newest_ft,
		.latest_ft = recovered->not_after_ft,
	};
}

/* From the first that can have gone to the last that can have, of those with a time. */
static void span_time(struct losses *losses)
{
	losses->some_untimed = losses->n_open > 0;
	for (size_t i = 0; i < losses->n; i++) {
		const struct loss *loss = &losses->items[i];
		uint64_t from = loss->at_ft ? loss->at_ft : loss->earliest_ft;
		uint64_t to = loss->at_ft ? loss->at_ft : loss->latest_ft;
		losses->some_untimed |= !from || !to || !loss->sure;
		if (!from || !to)
			continue;
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
		if (losses->items[i].at_ft && losses->items[i].sure)
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
	struct losses losses = { .unread = before && !snapshot_is_complete(before) };

	losses.items = calloc(comparison->n_findings + 1, sizeof(*losses.items));
	losses.open = calloc(comparison->n_findings + 1, sizeof(*losses.open));
	if (!losses.items || !losses.open) {
		loss_clear(&losses);
		return STATUS_NOMEM;
	}
	for (size_t i = 0; i < comparison->n_findings; i++) {
		const struct finding *finding = &comparison->findings[i];
		if (!finding_is_loss(finding))
			continue;
		if (finding->certainty == FINDING_UNRESOLVED)
			losses.open[losses.n_open++] = of_finding(finding, before);
		else
			add(&losses, names, of_finding(finding, before));
	}
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
		if (!recovery_is_left_behind(&recovery->profiles[i]) &&
		    !recovery->profiles[i].may_be_alive)
			add(&losses, names,
			    of_recovered(&recovery->profiles[i], snapshot));
	return finish(&losses, out);
}

void loss_clear(struct losses *losses)
{
	free(losses->items);
	free(losses->open);
	free(losses->moments);
	*losses = (struct losses){ 0 };
}

bool loss_is_from(const struct loss *loss, enum store_list list)
{
	return loss->store && loss->store->list == list;
}

size_t loss_count_sure(const struct losses *losses)
{
	size_t n = 0;

	for (size_t i = 0; i < losses->n; i++)
		n += losses->items[i].sure;
	return n;
}

bool loss_is_in_doubt(const struct losses *losses)
{
	return losses->n_open > 0 || losses->unread ||
	       loss_count_sure(losses) < losses->n;
}
