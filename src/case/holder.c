/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Processes of the listings joined to services.  tlist -m names processes, and
 * the article wants services stopped: tlist -s and tasklist /svc tell the
 * services of a process id; where no such listing was saved, the SYSTEM hive
 * tells which services have that program.
 */
#include "case/holder.h"

#include "base/arena.h"
#include "base/array.h"

#include <stdlib.h>
#include <string.h>

struct program_row {
	const char *name, *whose, *basis, *what;
};

static const struct program_row programs[] = {
#include "programs.inc"
};

/* A module listing has a row per process, and a run a few listings. */
#define HOLDERS_MAX (COMPANIONS_MAX_LISTINGS * (size_t)LISTING_MAX_PROCESSES)

/* Only ASCII names are compared without case; any other byte equals itself. */
static struct text latin(const char *utf8)
{
	return text_of(utf8);
}

enum holder_class holder_class_of(const char *image, enum basis *basis)
{
	*basis = BASIS_INFERRED; /* from its name being none of these */
	for (size_t i = 0; i < ARRAY_LEN(programs); i++) {
		if (!text_is(latin(image), programs[i].name))
			continue;
		*basis = basis_of(programs[i].basis);
		if (strcmp(programs[i].whose, "exchange") == 0)
			return HOLDER_EXCHANGE;
		return strcmp(programs[i].whose, "shared") == 0 ? HOLDER_SHARED
								: HOLDER_WINDOWS;
	}
	return HOLDER_THIRD_PARTY;
}

const struct listing_process *holder_process(const struct companions *companions,
					     uint32_t pid, const struct listing **listing)
{
	for (size_t i = 0; i < companions->n_listings; i++)
		for (size_t k = 0; k < companions->listings[i]->n_processes; k++)
			if (companions->listings[i]->processes[k].pid == pid) {
				*listing = companions->listings[i];
				return &companions->listings[i]->processes[k];
			}
	return NULL;
}

/* True if the two rows can be of one process: same id, and names that fit. */
static bool same_process(const struct listing_process *a, const struct listing_process *b)
{
	const struct listing_process *cut = a->image_cut ? a : b;
	const struct listing_process *whole = a->image_cut ? b : a;

	if (a->pid != b->pid)
		return false;
	return cut->image_cut ? text_starts_with(latin(whole->image), cut->image)
			      : text_is(latin(a->image), b->image);
}

/* ---- services ---- */

static char *keep(struct holders *holders, char *owned)
{
	size_t size = owned ? strlen(owned) + 1 : 0;
	char *copy = owned ? arena_calloc(holders->arena, size, 1) : NULL;

	if (copy)
		memcpy(copy, owned, size);
	free(owned);
	return copy;
}

static enum status add_service(struct holders *holders, struct holder *holder, size_t max,
			       const char *name, const struct machine_service *service)
{
	if (!holder->services)
		holder->services =
			arena_calloc(holders->arena, max, sizeof(*holder->services));
	if (!holder->services)
		return STATUS_NOMEM;
	struct holder_service *out = &holder->services[holder->n_services];
	out->name = name;
	out->service = service;
	out->display_name = "";
	if (!name)
		out->name = keep(holders, text_to_utf8(service->name, NULL));
	if (service && text_length(service->display_name) > 0)
		out->display_name =
			keep(holders, text_to_utf8(service->display_name, NULL));
	if (!out->name || !out->display_name)
		return STATUS_NOMEM;
	holder->n_services++;
	return STATUS_OK;
}

/* In the SYSTEM hive by key name, or by the name that people see. */
static enum status find_service(const struct machine_system *system, const char *name,
				const struct machine_service **out)
{
	struct text wanted;

	*out = NULL;
	if (!system)
		return STATUS_OK;
	if (!text_from_utf8(name, strlen(name), &wanted))
		return STATUS_NOMEM;
	*out = machine_service_named(system, wanted);
	for (size_t i = 0; !*out && i < system->n_services; i++)
		if (text_equal(system->services[i].display_name, wanted))
			*out = &system->services[i];
	text_free(wanted);
	return STATUS_OK;
}

/* Every listing that tells services of this process. */
static enum status join_by_pid(struct holders *holders,
			       const struct companions *companions, struct holder *holder)
{
	for (size_t i = 0; i < companions->n_listings; i++) {
		const struct listing *listing = companions->listings[i];
		for (size_t k = 0; k < listing->n_processes; k++) {
			const struct listing_process *row = &listing->processes[k];
			if (row->services.n == 0 || !same_process(row, holder->process))
				continue;
			for (size_t s = 0; s < row->services.n; s++) {
				const struct machine_service *service;
				RETURN_IF_FAILED(find_service(companions->system,
							      row->services.items[s],
							      &service));
				RETURN_IF_FAILED(
					add_service(holders, holder, row->services.n,
						    row->services.items[s], service));
			}
			holder->join = HOLDER_BY_PID;
			return STATUS_OK;
		}
	}
	return STATUS_OK;
}

static enum status join_by_image(struct holders *holders,
				 const struct companions *companions,
				 struct holder *holder)
{
	const struct machine_system *system = companions->system;
	const struct machine_service *service = NULL;
	struct text image;
	enum status status = STATUS_OK;

	if (!system)
		return STATUS_OK;
	if (!text_from_utf8(holder->process->image, strlen(holder->process->image),
			    &image))
		return STATUS_NOMEM;
	while (status == STATUS_OK &&
	       (service = machine_service_of_image(
			system, image, holder->process->image_cut, service))) {
		if (!service->is_process)
			continue;
		status = add_service(holders, holder, system->n_services, NULL, service);
		holder->join = HOLDER_BY_IMAGE;
	}
	text_free(image);
	return status;
}

/* ---- processes ---- */

static int by_pid(const void *a, const void *b)
{
	const struct holder *x = a, *y = b;

	if (x->process->pid != y->process->pid)
		return x->process->pid < y->process->pid ? -1 : 1;
	return strcmp(x->process->image, y->process->image);
}

/* All rows, sorted; the first of those that are one process stays. */
static enum status collect(struct holders *holders, const struct companions *companions)
{
	size_t n = 0;

	for (size_t i = 0; i < companions->n_listings; i++) {
		const struct listing *listing = companions->listings[i];
		holders->answered = holders->answered || listing->answers_mapi32;
		holders->listed = holders->listed ||
				  listing->kind == LISTING_TLIST_SERVICES ||
				  listing->kind == LISTING_TASKLIST_SERVICES;
		for (size_t k = 0; k < listing->n_processes; k++) {
			if (!listing->processes[k].holds_mapi32)
				continue;
			RETURN_IF_FAILED(ARRAY_RESERVE(holders, HOLDERS_MAX));
			struct holder *holder = &holders->items[holders->n++];
			*holder = (struct holder){
				.listing = listing,
				.process = &listing->processes[k],
			};
			holder->class = holder_class_of(holder->process->image,
							&holder->class_basis);
		}
	}
	if (holders->n > 1)
		qsort(holders->items, holders->n, sizeof(*holders->items), by_pid);
	for (size_t i = 0; i < holders->n; i++)
		if (n == 0 || !same_process(holders->items[n - 1].process,
					    holders->items[i].process))
			holders->items[n++] = holders->items[i];
	holders->n = n;
	return STATUS_OK;
}

enum status holders_find(const struct companions *companions, struct holders *out)
{
	struct holders holders = { .arena = arena_new() };
	enum status status = holders.arena ? collect(&holders, companions) : STATUS_NOMEM;

	for (size_t i = 0; i < holders.n && status == STATUS_OK; i++) {
		status = join_by_pid(&holders, companions, &holders.items[i]);
		if (status == STATUS_OK && holders.items[i].join == HOLDER_NOT_JOINED)
			status = join_by_image(&holders, companions, &holders.items[i]);
	}
	if (status != STATUS_OK)
		holders_clear(&holders);
	else
		*out = holders;
	return status;
}

void holders_clear(struct holders *holders)
{
	arena_free(holders->arena);
	free(holders->items);
	*holders = (struct holders){ 0 };
}

const char *holder_class_word(enum holder_class class)
{
	switch (class) {
	case HOLDER_THIRD_PARTY:
		return "third_party";
	case HOLDER_EXCHANGE:
		return "exchange";
	case HOLDER_SHARED:
		return "shared_host";
	case HOLDER_WINDOWS:
		return "windows";
	}
	return "third_party";
}

const char *holder_join_word(enum holder_join join)
{
	switch (join) {
	case HOLDER_NOT_JOINED:
		return NULL;
	case HOLDER_BY_PID:
		return "pid";
	case HOLDER_BY_IMAGE:
		return "image";
	}
	return NULL;
}
