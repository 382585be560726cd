/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fleet/fleetevents.h"

#include "base/array.h"
#include "base/hashtable.h"

#include <stdlib.h>
#include <string.h>

/* Pairs of a loss and what it may share; 64 MB of them. */
#define MAX_PAIRS ((size_t)1 << 22)

/* Each pass takes the largest events whose losses are still free. */
#define MAX_PASSES 16

/* Losses that are held against each other one by one. */
#define FEW 24

/* What losses may share: a cause or a program, by its number. */
#define CAUSE_KEY (UINT64_C(1) << 32)

struct pair {
	uint64_t key;
	uint32_t loss;
};

/* Pairs of one key that follow each other. */
struct cluster {
	size_t first, n;
	size_t n_machines;
};

struct finding_events {
	const struct fleetdata *data;
	struct {
		struct pair *items;
		size_t n, cap;
	} pairs;
	struct {
		struct cluster *items;
		size_t n, cap;
	} clusters;
	uint32_t *identity; /* of each machine: the first that it may be */
	bool *used;	    /* losses that are in an event */
	uint32_t *parent;   /* for counting machines: room for all losses */
	struct fleetevents *events;
};

static const struct fleetdata_loss *loss_of(const struct finding_events *f, uint32_t loss)
{
	return &f->data->losses.items[loss];
}

static bool is_placed(const struct fleetdata_loss *loss)
{
	return loss->from_ft > 0 && loss->to_ft >= loss->from_ft &&
	       loss->to_ft - loss->from_ft <= FLEETEVENTS_WINDOW;
}

/* ---- which machines may be one ---- */

static enum status find_identities(struct finding_events *f)
{
	const struct fleetdata *data = f->data;
	struct hashtable names = { 0 };
	enum status status = STATUS_OK;

	for (size_t i = 0; status == STATUS_OK && i < data->machines.n; i++) {
		const char *name = data->machines.items[i].computer_name;
		size_t number = i;
		uint64_t hash = 1;
		bool known = false;
		f->identity[i] = (uint32_t)i;
		if (!name || !*name)
			continue;
		for (const char *c = name; *c; c++) {
			char folded =
				*c >= 'A' && *c <= 'Z' ? (char)(*c - 'A' + 'a') : *c;
			hash = hashtable_hash(hash, span_of(&folded, 1));
		}
		status = hashtable_add(&names, hash, &number, &known);
		f->identity[i] = (uint32_t)number;
	}
	hashtable_clear(&names);
	return status;
}

static uint32_t root_of(uint32_t *parent, uint32_t i)
{
	while (parent[i] != i) {
		parent[i] = parent[parent[i]];
		i = parent[i];
	}
	return i;
}

static uint32_t machine_of(const struct finding_events *f, uint32_t loss)
{
	return f->identity[f->data->reports.items[loss_of(f, loss)->report].machine];
}

/* The machine, or the hive, of a loss of the cluster; 0: it is like no other. */
static uint64_t value_of(const struct finding_events *f, const struct cluster *cluster,
			 uint32_t i, bool by_evidence)
{
	uint32_t loss = f->pairs.items[cluster->first + i].loss;

	return by_evidence ? loss_of(f, loss)->evidence
			   : machine_of(f, loss) + UINT64_C(1);
}

static void join(const struct finding_events *f, uint32_t a, uint32_t b)
{
	f->parent[root_of(f->parent, a)] = root_of(f->parent, b);
}

/* Of few, each with each: most clusters are small, and there may be very many of them. */
static void join_few(const struct finding_events *f, const struct cluster *cluster,
		     bool by_evidence)
{
	for (uint32_t i = 1; i < cluster->n; i++) {
		uint64_t value = value_of(f, cluster, i, by_evidence);
		for (uint32_t k = 0; value && k < i; k++)
			if (value_of(f, cluster, k, by_evidence) == value)
				join(f, i, k);
	}
}

static enum status join_many(const struct finding_events *f,
			     const struct cluster *cluster, bool by_evidence)
{
	struct hashtable seen = { 0 };
	enum status status = STATUS_OK;

	for (uint32_t i = 0; status == STATUS_OK && i < cluster->n; i++) {
		uint64_t value = value_of(f, cluster, i, by_evidence);
		size_t number = i;
		bool known = false;
		if (value == 0)
			continue;
		status = hashtable_add(&seen,
				       hashtable_hash(1, span_of(&value, sizeof(value))),
				       &number, &known);
		if (status == STATUS_OK && known)
			join(f, i, (uint32_t)number);
	}
	hashtable_clear(&seen);
	return status;
}

static enum status count_machines(const struct finding_events *f, struct cluster *cluster)
{
	cluster->n_machines = 0;
	for (uint32_t i = 0; i < cluster->n; i++)
		f->parent[i] = i;
	for (int by_evidence = 0; by_evidence < 2; by_evidence++) {
		if (cluster->n <= FEW)
			join_few(f, cluster, by_evidence);
		else
			RETURN_IF_FAILED(join_many(f, cluster, by_evidence));
	}
	for (uint32_t i = 0; i < cluster->n; i++)
		cluster->n_machines += f->parent[i] == i;
	return STATUS_OK;
}

/* ---- pairs ---- */

static enum status add_pair(struct finding_events *f, uint64_t key, uint32_t loss)
{
	enum status status = ARRAY_RESERVE(&f->pairs, MAX_PAIRS);

	if (status == STATUS_LIMIT) {
		f->events->incomplete = true;
		return STATUS_OK;
	}
	RETURN_IF_FAILED(status);
	f->pairs.items[f->pairs.n++] = (struct pair){ key, loss };
	return STATUS_OK;
}

static enum status add_pairs(struct finding_events *f)
{
	const struct fleetdata *data = f->data;

	f->events->incomplete = data->n_losses_left_out > 0;
	for (size_t i = 0; i < data->losses.n; i++) {
		const struct fleetdata_loss *loss = &data->losses.items[i];
		const struct fleetdata_report *report =
			&data->reports.items[loss->report];
		if (!is_placed(loss))
			continue;
		if (loss->cause != FLEETDATA_NONE)
			RETURN_IF_FAILED(
				add_pair(f, CAUSE_KEY | loss->cause, (uint32_t)i));
		for (uint32_t k = 0; k < report->n_processes; k++)
			RETURN_IF_FAILED(add_pair(
				f, data->processes.items[report->first_process + k],
				(uint32_t)i));
	}
	return STATUS_OK;
}

static int compare(uint64_t a, uint64_t b)
{
	return (a > b) - (a < b);
}

static int by_key(const void *one, const void *other, void *context)
{
	const struct finding_events *f = context;
	const struct pair *a = one, *b = other;
	const struct fleetdata_loss *x = loss_of(f, a->loss), *y = loss_of(f, b->loss);
	int order = compare(a->key, b->key);

	if (order == 0)
		order = compare(x->from_ft, y->from_ft);
	if (order == 0)
		order = compare(x->to_ft, y->to_ft);
	return order != 0 ? order : compare(a->loss, b->loss);
}

/* ---- clusters ---- */

static enum status add_cluster(struct finding_events *f, size_t first, size_t end)
{
	struct cluster cluster = { .first = first, .n = end - first };

	if (cluster.n < 2)
		return STATUS_OK;
	RETURN_IF_FAILED(count_machines(f, &cluster));
	if (cluster.n_machines < 2)
		return STATUS_OK;
	RETURN_IF_FAILED(ARRAY_RESERVE(&f->clusters, MAX_PAIRS));
	f->clusters.items[f->clusters.n++] = cluster;
	return STATUS_OK;
}

/* Pairs of free losses stand in front; those that are taken are left out of all passes. */
static void drop_used(struct finding_events *f)
{
	size_t n = 0;

	for (size_t i = 0; i < f->pairs.n; i++)
		if (!f->used[f->pairs.items[i].loss])
			f->pairs.items[n++] = f->pairs.items[i];
	f->pairs.n = n;
}

static enum status find_clusters(struct finding_events *f)
{
	size_t first = 0;
	uint64_t begin = 0, end = 0;

	f->clusters.n = 0;
	for (size_t i = 0; i < f->pairs.n; i++) {
		const struct pair *pair = &f->pairs.items[i];
		const struct fleetdata_loss *loss = loss_of(f, pair->loss);
		bool goes_on = i > first && pair->key == f->pairs.items[first].key &&
			       (loss->from_ft <= end ||
				loss->from_ft - end <= FLEETEVENTS_GAP) &&
			       loss->to_ft - begin <= FLEETEVENTS_SPAN;
		if (!goes_on) {
			RETURN_IF_FAILED(add_cluster(f, first, i));
			first = i;
			begin = loss->from_ft;
			end = 0;
		}
		end = loss->to_ft > end ? loss->to_ft : end;
	}
	return add_cluster(f, first, f->pairs.n);
}

static int by_size(const void *one, const void *other)
{
	const struct cluster *a = one, *b = other;

	if (a->n_machines != b->n_machines)
		return a->n_machines > b->n_machines ? -1 : 1;
	if (a->n != b->n)
		return a->n > b->n ? -1 : 1;
	return compare(a->first, b->first);
}

/* ---- events ---- */

static bool has_process(const struct fleetdata *data, const struct fleetdata_loss *loss,
			uint32_t process)
{
	const struct fleetdata_report *report = &data->reports.items[loss->report];

	for (uint32_t i = 0; i < report->n_processes; i++)
		if (data->processes.items[report->first_process + i] == process)
			return true;
	return false;
}

static void find_shared(const struct finding_events *f, struct fleetevent *event)
{
	const struct fleetdata *data = f->data;
	const struct fleetdata_loss *one = loss_of(f, event->losses[0]);
	const struct fleetdata_report *report = &data->reports.items[one->report];

	event->cause = one->cause;
	for (size_t i = 0; i < event->n_losses; i++) {
		const struct fleetdata_loss *loss = loss_of(f, event->losses[i]);
		if (loss->cause != one->cause)
			event->cause = FLEETDATA_NONE;
		event->n_supported += loss->grade == GRADE_SUPPORTED;
	}
	if (event->cause == FLEETDATA_NONE)
		event->n_supported = 0;
	for (uint32_t k = 0; k < report->n_processes; k++) {
		uint32_t process = data->processes.items[report->first_process + k];
		bool all = true;
		for (size_t i = 0; all && i < event->n_losses; i++)
			all = has_process(data, loss_of(f, event->losses[i]), process);
		if (all)
			event->processes[event->n_processes++] = process;
	}
}

static enum status add_event(struct finding_events *f, const struct cluster *cluster)
{
	struct fleetevent event = { .n_machines = cluster->n_machines,
				    .n_losses = cluster->n };

	RETURN_IF_FAILED(ARRAY_RESERVE(f->events, MAX_PAIRS));
	event.losses = calloc(cluster->n, sizeof(*event.losses));
	if (!event.losses)
		return STATUS_NOMEM;
	event.from_ft = UINT64_MAX;
	for (size_t i = 0; i < cluster->n; i++) {
		uint32_t number = f->pairs.items[cluster->first + i].loss;
		const struct fleetdata_loss *loss = loss_of(f, number);
		event.losses[i] = number;
		f->used[number] = true;
		if (loss->from_ft < event.from_ft)
			event.from_ft = loss->from_ft;
		if (loss->to_ft > event.to_ft)
			event.to_ft = loss->to_ft;
		if (loss->certainty > event.certainty)
			event.certainty = loss->certainty;
	}
	find_shared(f, &event);
	f->events->items[f->events->n++] = event;
	return STATUS_OK;
}

static bool is_free(const struct finding_events *f, const struct cluster *cluster)
{
	for (size_t i = 0; i < cluster->n; i++)
		if (f->used[f->pairs.items[cluster->first + i].loss])
			return false;
	return true;
}

static enum status take_pass(struct finding_events *f)
{
	drop_used(f);
	RETURN_IF_FAILED(find_clusters(f));
	if (f->clusters.n > 0)
		qsort(f->clusters.items, f->clusters.n, sizeof(*f->clusters.items),
		      by_size);
	for (size_t i = 0; i < f->clusters.n; i++)
		if (is_free(f, &f->clusters.items[i]))
			RETURN_IF_FAILED(add_event(f, &f->clusters.items[i]));
	return STATUS_OK;
}

static int by_time(const void *one, const void *other)
{
	const struct fleetevent *a = one, *b = other;
	int order = compare(a->from_ft, b->from_ft);

	if (order == 0)
		order = compare(a->to_ft, b->to_ft);
	return order != 0 ? order : compare(a->losses[0], b->losses[0]);
}

static enum status find_all(struct finding_events *f)
{
	size_t before;

	f->identity = calloc(f->data->machines.n + 1, sizeof(*f->identity));
	f->used = calloc(f->data->losses.n + 1, sizeof(*f->used));
	f->parent = calloc(f->data->losses.n + 1, sizeof(*f->parent));
	if (!f->identity || !f->used || !f->parent)
		return STATUS_NOMEM;
	RETURN_IF_FAILED(find_identities(f));
	RETURN_IF_FAILED(add_pairs(f));
	if (f->pairs.n > 0)
		qsort_r(f->pairs.items, f->pairs.n, sizeof(*f->pairs.items), by_key, f);
	for (unsigned pass = 0; pass < MAX_PASSES; pass++) {
		before = f->events->n;
		RETURN_IF_FAILED(take_pass(f));
		if (f->events->n == before)
			break;
	}
	if (f->events->n > 0)
		qsort(f->events->items, f->events->n, sizeof(*f->events->items), by_time);
	return STATUS_OK;
}

enum status fleetevents_find(const struct fleetdata *data, struct fleetevents **out)
{
	AUTO(fleetevents_freep) struct fleetevents *events = calloc(1, sizeof(*events));
	struct finding_events f = { .data = data, .events = events };
	enum status status;

	if (!events)
		return STATUS_NOMEM;
	status = find_all(&f);
	free(f.pairs.items);
	free(f.clusters.items);
	free(f.identity);
	free(f.used);
	free(f.parent);
	if (status == STATUS_OK)
		*out = STEAL(events);
	return status;
}

void fleetevents_free(struct fleetevents *events)
{
	if (!events)
		return;
	for (size_t i = 0; i < events->n; i++)
		free(events->items[i].losses);
	free(events->items);
	free(events);
}

void fleetevents_freep(struct fleetevents **events)
{
	fleetevents_free(*events);
}
