/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Processes of the listings joined to services.  tlist -m names processes, and
 * the article wants services stopped: tlist -s and tasklist /svc tell the
 * services of a process id; where no such listing was saved, the SYSTEM hive
 * tells which services have that program.
 */
#include "cause/incident/holder.h"

#include "base/arena.h"
#include "base/array.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct program_row {
	const char *name, *whose, *basis, *what;
};

static const struct program_row programs[] = {
#include "cause/incident/programs.inc"
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

/* ---- rows ---- */

static int order_pids(uint32_t a, uint32_t b)
{
	return (a > b) - (a < b);
}

static int by_pid(const void *left, const void *right)
{
	const struct holder_row *a = left, *b = right;
	int order = order_pids(a->process->pid, b->process->pid);

	if (order == 0)
		order = (a->number > b->number) - (a->number < b->number);
	return order != 0 ? order : (a->process > b->process) - (a->process < b->process);
}

static size_t first_row(const struct holders *holders, uint32_t pid)
{
	return ARRAY_COUNT_BEFORE(holders->rows.items, holders->rows.n, item,
				  item->process->pid < pid);
}

const struct holder_row *holders_process(const struct holders *holders, uint32_t pid)
{
	size_t i = first_row(holders, pid);

	return i < holders->rows.n && holders->rows.items[i].process->pid == pid
		       ? &holders->rows.items[i]
		       : NULL;
}

const struct holder *holders_of_process(const struct holders *holders, uint32_t pid)
{
	size_t i = ARRAY_COUNT_BEFORE(holders->items, holders->n, item,
				      item->process->pid < pid);

	return i < holders->n && holders->items[i].process->pid == pid
		       ? &holders->items[i]
		       : NULL;
}

/* True if the two rows can be of one process: same id, and names that fit. */
static bool same_process(const struct listing_process *a, const struct listing_process *b)
{
	struct text x = latin(a->image), y = latin(b->image);

	if (a->pid != b->pid)
		return false;
	if (a->image_cut && text_length(x) <= text_length(y))
		return text_starts_with(y, a->image);
	if (b->image_cut && text_length(y) <= text_length(x))
		return text_starts_with(x, b->image);
	return text_equal(x, y);
}

/* ---- services ---- */

static char *keep(struct holders *holders, char *owned)
{
	char *copy = arena_strdup(holders->arena, owned);

	free(owned);
	return copy;
}

static enum status name_service(struct holders *holders, const char *name,
				const struct machine_service *service,
				struct holder_service *out)
{
	*out = (struct holder_service){ name, "", service };
	if (!name)
		out->name = keep(holders, text_to_utf8(service->name, NULL));
	if (service && text_length(service->display_name) > 0)
		out->display_name =
			keep(holders, text_to_utf8(service->display_name, NULL));
	return out->name && out->display_name ? STATUS_OK : STATUS_NOMEM;
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
	*out = machinesystem_service_named(system, wanted);
	if (!*out)
		*out = machinesystem_service_shown(system, wanted);
	text_free(wanted);
	return STATUS_OK;
}

static enum status take_services(struct holders *holders, const struct companions *all,
				 struct holder *holder, const struct listing_names *names)
{
	holder->services =
		arena_calloc(holders->arena, names->n, sizeof(*holder->services));
	if (!holder->services)
		return STATUS_NOMEM;
	for (; holder->n_services < names->n; holder->n_services++) {
		const char *name = names->items[holder->n_services];
		const struct machine_service *service;
		RETURN_IF_FAILED(find_service(all->system, name, &service));
		RETURN_IF_FAILED(name_service(holders, name, service,
					      &holder->services[holder->n_services]));
	}
	holder->join = HOLDER_BY_PID;
	return STATUS_OK;
}

/*
 * Rows of one process id that are looked at.  Each listing has one, some two;
 * what was made up to have thousands would take thousands of times as long.
 */
#define ROWS_OF_A_PROCESS 64

/* Said once of each process id. */
static void tell_rows(const struct holders *holders, const struct holder *holder,
		      const struct holder_row *row)
{
	if (holder != holders_of_process(holders, row->process->pid))
		return;
	diag_at(row->listing->diags, DIAG_COUNT_LIMIT, row->process->offset,
		"process id %" PRIu32 " stands on more than %d rows of the listings; its "
		"services are looked for in no more",
		row->process->pid, ROWS_OF_A_PROCESS);
}

/* The first row that tells services of this process. */
static enum status join_by_pid(struct holders *holders, const struct companions *all,
			       struct holder *holder)
{
	size_t first = first_row(holders, holder->process->pid);

	for (size_t i = first; i < holders->rows.n; i++) {
		const struct holder_row *row = &holders->rows.items[i];
		if (row->process->pid != holder->process->pid)
			break;
		if (i - first == ROWS_OF_A_PROCESS) {
			tell_rows(holders, holder, row);
			break;
		}
		if (row->process->services.n > 0 &&
		    same_process(row->process, holder->process))
			return take_services(holders, all, holder,
					     &row->process->services);
	}
	return STATUS_OK;
}

/* ---- services by the name of their program ---- */

static int by_image(const void *left, const void *right)
{
	const struct listing_process *a = (*(struct holder *const *)left)->process;
	const struct listing_process *b = (*(struct holder *const *)right)->process;
	int order = text_compare(latin(a->image), latin(b->image));

	return order != 0 ? order : (int)a->image_cut - (int)b->image_cut;
}

/* All services of that program's name. */
static enum status find_program(struct holders *holders,
				const struct machine_system *system, struct text image,
				struct holder *holder)
{
	const struct machine_service *service = NULL;
	bool cut = holder->process->image_cut;
	size_t n = 0;

	while ((service = machinesystem_service_of_image(system, image, cut, service)))
		n += service->is_process;
	if (n == 0)
		return STATUS_OK;
	holder->services = arena_calloc(holders->arena, n, sizeof(*holder->services));
	if (!holder->services)
		return STATUS_NOMEM;
	while ((service = machinesystem_service_of_image(system, image, cut, service))) {
		if (!service->is_process)
			continue;
		RETURN_IF_FAILED(name_service(holders, NULL, service,
					      &holder->services[holder->n_services]));
		holder->n_services++;
	}
	holder->join = HOLDER_BY_IMAGE;
	return STATUS_OK;
}

/* Processes of one program share what is found. */
static enum status join_sorted(struct holders *holders,
			       const struct machine_system *system,
			       struct holder **sorted, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const char *image = sorted[i]->process->image;
		struct text name;
		if (i > 0 && by_image(&sorted[i - 1], &sorted[i]) == 0) {
			sorted[i]->services = sorted[i - 1]->services;
			sorted[i]->n_services = sorted[i - 1]->n_services;
			sorted[i]->join = sorted[i - 1]->join;
			continue;
		}
		if (!text_from_utf8(image, strlen(image), &name))
			return STATUS_NOMEM;
		enum status status = find_program(holders, system, name, sorted[i]);
		text_free(name);
		RETURN_IF_FAILED(status);
	}
	return STATUS_OK;
}

/* Those that no listing told the services of. */
static enum status join_by_image(struct holders *holders,
				 const struct machine_system *system)
{
	struct holder **sorted = calloc(holders->n + 1, sizeof(struct holder *));
	size_t n = 0;

	if (!sorted)
		return STATUS_NOMEM;
	for (size_t i = 0; i < holders->n; i++)
		if (holders->items[i].join == HOLDER_NOT_JOINED)
			sorted[n++] = &holders->items[i];
	if (n > 1)
		qsort(sorted, n, sizeof(*sorted), by_image);
	enum status status = join_sorted(holders, system, sorted, n);
	free(sorted);
	return status;
}

/* ---- processes ---- */

/* A cut name stands right before what it may be the beginning of. */
static int by_process(const void *left, const void *right)
{
	const struct holder *a = left, *b = right;
	int order = order_pids(a->process->pid, b->process->pid);

	if (order == 0)
		order = text_compare(latin(a->process->image), latin(b->process->image));
	return order != 0 ? order : (a->number > b->number) - (a->number < b->number);
}

/* Of rows that are one process the first stays; a whole name is better than a cut one. */
static void merge(struct holders *holders)
{
	size_t n = 0;

	for (size_t i = 0; i < holders->n; i++) {
		const struct holder *next = &holders->items[i];
		struct holder *last = n > 0 ? &holders->items[n - 1] : NULL;
		if (!last || !same_process(last->process, next->process))
			holders->items[n++] = *next;
		else if (last->process->image_cut && !next->process->image_cut)
			*last = *next;
	}
	holders->n = n;
}

static enum status collect_listing(struct holders *holders, const struct listing *listing,
				   size_t number)
{
	bool whole = diag_count_from(listing->diags, DIAG_ERROR) == 0;
	bool all = listing->kind == LISTING_TLIST_SERVICES ||
		   listing->kind == LISTING_TASKLIST_SERVICES;

	holders->answered |= listing->answers_mapi32;
	holders->answered_whole |= listing->answers_mapi32 && whole;
	holders->listed |= all && whole;
	for (size_t i = 0; i < listing->n_processes; i++) {
		const struct listing_process *process = &listing->processes[i];
		RETURN_IF_FAILED(ARRAY_RESERVE(&holders->rows, HOLDERS_MAX));
		holders->rows.items[holders->rows.n++] =
			(struct holder_row){ number, listing, process };
		if (!process->holds_mapi32)
			continue;
		RETURN_IF_FAILED(ARRAY_RESERVE(holders, HOLDERS_MAX));
		struct holder *holder = &holders->items[holders->n];
		*holder = (struct holder){
			.number = holders->n++,
			.listing = listing,
			.process = process,
		};
		holder->class = holder_class_of(process->image, &holder->class_basis);
	}
	return STATUS_OK;
}

static enum status collect(struct holders *holders, const struct companions *companions)
{
	for (size_t i = 0; i < companions->n_listings; i++)
		if (!companions->listings[i]->foreign)
			RETURN_IF_FAILED(
				collect_listing(holders, companions->listings[i], i));
	if (holders->rows.n > 1)
		qsort(holders->rows.items, holders->rows.n, sizeof(*holders->rows.items),
		      by_pid);
	if (holders->n > 1)
		qsort(holders->items, holders->n, sizeof(*holders->items), by_process);
	merge(holders);
	return STATUS_OK;
}

enum status holders_find(const struct companions *companions, struct holders *out)
{
	struct holders holders = { .arena = arena_new() };
	enum status status = holders.arena ? collect(&holders, companions) : STATUS_NOMEM;

	for (size_t i = 0; i < holders.n && status == STATUS_OK; i++)
		status = join_by_pid(&holders, companions, &holders.items[i]);
	if (status == STATUS_OK && companions->system)
		status = join_by_image(&holders, companions->system);
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
	free(holders->rows.items);
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
