/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rows, and the names in them. */
#include "companion/listing/listingrow.h"

#include "base/array.h"
#include "base/text.h"
#include "companion/listing/listingcut.h"

#include <stdlib.h>

/* As much of a line that is no row as tells a reader what it is. */
#define SHOWN_LENGTH 200

static char *copy_of(struct span s)
{
	char *copy = malloc(s.len + 1);

	if (!copy)
		return NULL;
	if (!span_copy(s, 0, copy, s.len))
		copy[0] = '\0';
	copy[s.len] = '\0';
	return copy;
}

enum status listingrow_begin(struct listingrow_reader *reader,
			     const struct listingtext_line *line, struct span image,
			     uint32_t pid)
{
	struct listing *listing = reader->listing;
	size_t n = listing->n_processes;
	void *items = listing->processes;

	reader->open = NULL;
	enum status status =
		array_reserve(&items, n, &listing->cap_processes,
			      sizeof(*listing->processes), LISTING_MAX_PROCESSES);
	listing->processes = items;
	RETURN_IF_FAILED(status);

	char *copy = copy_of(listingcut_trim(image));
	if (!copy)
		return STATUS_NOMEM;
	listing->processes[n] = (struct listing_process){
		.image = copy,
		.pid = pid,
		.line = line->number,
		.offset = line->offset,
	};
	listing->n_processes++;
	reader->open = &listing->processes[n];
	reader->names = NULL;
	reader->comma = false;
	reader->filled = false;
	return STATUS_OK;
}

static enum status add_name(struct listingrow_reader *reader, struct span name)
{
	struct listing_names *names = reader->names;

	name = listingcut_trim(name);
	if (name.len == 0)
		return STATUS_OK;
	if (reader->n_names >= LISTINGROW_MAX_NAMES)
		return STATUS_LIMIT;
	RETURN_IF_FAILED(ARRAY_RESERVE(names, LISTINGROW_MAX_NAMES));
	names->items[names->n] = copy_of(name);
	if (!names->items[names->n])
		return STATUS_NOMEM;
	names->n++;
	reader->n_names++;
	return STATUS_OK;
}

static struct span before_comma(struct span s)
{
	return span_clip(s, listingcut_find(s, ","));
}

enum status listingrow_names(struct listingrow_reader *reader,
			     struct listing_names *names, struct span list)
{
	reader->names = names;
	while (list.len > 0) {
		struct span name = before_comma(list);

		reader->comma = name.len < list.len;
		RETURN_IF_FAILED(add_name(reader, name));
		list = span_from(list, name.len + 1);
	}
	return STATUS_OK;
}

/* Puts s behind the last name, with a blank between unless it was cut there. */
static enum status lengthen(struct listingrow_reader *reader, struct span s)
{
	char **name = &reader->names->items[reader->names->n - 1];
	size_t len = strlen(*name);
	size_t blank = !reader->filled && s.len > 0;

	if (len + s.len > LISTINGROW_MAX_NAME)
		return STATUS_ABSENT;
	char *longer = realloc(*name, len + blank + s.len + 1);
	if (!longer)
		return STATUS_NOMEM;
	*name = longer;
	if (blank)
		longer[len] = ' ';
	if (!span_copy(s, 0, longer + len + blank, s.len))
		return STATUS_ABSENT;
	longer[len + blank + s.len] = '\0';
	return STATUS_OK;
}

enum status listingrow_more(struct listingrow_reader *reader, struct span list)
{
	list = listingcut_trim(list);
	if (!reader->open || !reader->names)
		return STATUS_ABSENT;
	if (!reader->comma && reader->names->n > 0) {
		struct span first = before_comma(list);

		RETURN_IF_FAILED(lengthen(reader, listingcut_trim(first)));
		if (first.len == list.len)
			return STATUS_OK;
		reader->comma = true;
		list = span_from(list, first.len + 1);
	}
	return listingrow_names(reader, reader->names, list);
}

void listingrow_refuse(struct listingrow_reader *reader,
		       const struct listingtext_line *line)
{
	struct span s = span_clip(listingtext_of(line), SHOWN_LENGTH);

	diag_at(reader->listing->diags, DIAG_LISTING_LINE, line->offset,
		"line %zu is no row of the listing: %.*s%s", line->number, (int)s.len,
		(const char *)s.ptr, s.len < line->len ? "[...]" : "");
	reader->open = NULL;
}

void listingrow_clear_names(struct listing_names *names)
{
	for (size_t i = 0; i < names->n; i++)
		free(names->items[i]);
	free(names->items);
	*names = (struct listing_names){ 0 };
}

static void clear_process(struct listing_process *process)
{
	free(process->image);
	free(process->window);
	listingrow_clear_names(&process->modules);
	listingrow_clear_names(&process->services);
}

void listingrow_clear(struct listing *listing)
{
	for (size_t i = 0; i < listing->n_processes; i++)
		clear_process(&listing->processes[i]);
	free(listing->processes);
	listing->processes = NULL;
	listing->n_processes = 0;
	listing->cap_processes = 0;
}

static int compare_texts(const char *a, const char *b)
{
	/* Bytes of UTF-8, of which Latin-1's folding makes no two texts equal. */
	return text_compare(text_of(a), text_of(b));
}

struct place {
	char *name;
	size_t at;
};

static int compare_places(const void *left, const void *right)
{
	const struct place *a = left, *b = right;
	int order = compare_texts(a->name, b->name);

	return order ? order : (a->at > b->at) - (a->at < b->at);
}

/* Keeps the first of equal names, in their order. */
static enum status drop_repeated(struct listing_names *names)
{
	struct place *places = calloc(names->n + 1, sizeof(*places));
	size_t n = 0;

	if (!places)
		return STATUS_NOMEM;
	for (size_t i = 0; i < names->n; i++)
		places[i] = (struct place){ names->items[i], i };
	qsort(places, names->n, sizeof(*places), compare_places);
	for (size_t i = names->n; i-- > 1;)
		if (compare_texts(places[i].name, places[i - 1].name) == 0)
			names->items[places[i].at] = NULL;
	for (size_t i = 0; i < names->n; i++)
		if (!names->items[places[i].at])
			free(places[i].name);
	for (size_t i = 0; i < names->n; i++)
		if (names->items[i])
			names->items[n++] = names->items[i];
	names->n = n;
	free(places);
	return STATUS_OK;
}

/* Moves names behind those of another list. */
static enum status move_names(struct listing_names *to, struct listing_names *from)
{
	for (size_t i = 0; i < from->n; i++) {
		RETURN_IF_FAILED(ARRAY_RESERVE(to, SIZE_MAX / sizeof(char *)));
		to->items[to->n++] = from->items[i];
		from->items[i] = NULL;
	}
	return STATUS_OK;
}

/* Makes `from` part of `to`; it is left without an image, to be taken away. */
static enum status absorb(struct listing_process *to, struct listing_process *from)
{
	RETURN_IF_FAILED(move_names(&to->modules, &from->modules));
	RETURN_IF_FAILED(move_names(&to->services, &from->services));
	if (!to->window)
		to->window = STEAL(from->window);
	to->holds_mapi32 |= from->holds_mapi32;
	clear_process(from);
	*from = (struct listing_process){ 0 };
	return STATUS_OK;
}

static int compare_same(const struct listing_process *a, const struct listing_process *b)
{
	if (a->pid != b->pid)
		return a->pid < b->pid ? -1 : 1;
	return compare_texts(a->image, b->image);
}

static int compare_processes(const void *left, const void *right)
{
	const struct listing_process *a = *(struct listing_process *const *)left;
	const struct listing_process *b = *(struct listing_process *const *)right;
	int order = compare_same(a, b);

	return order ? order : (a > b) - (a < b);
}

/* Of sorted rows, absorbs those of one process by the first of them. */
static enum status merge_sorted(struct listing_process **sorted, size_t n)
{
	size_t next;

	for (size_t i = 0; i < n; i = next) {
		for (next = i + 1; next < n; next++) {
			if (compare_same(sorted[i], sorted[next]) != 0)
				break;
			RETURN_IF_FAILED(absorb(sorted[i], sorted[next]));
		}
		if (next == i + 1)
			continue;
		RETURN_IF_FAILED(drop_repeated(&sorted[i]->modules));
		RETURN_IF_FAILED(drop_repeated(&sorted[i]->services));
	}
	return STATUS_OK;
}

enum status listingrow_merge(struct listing *listing)
{
	size_t n = 0;
	struct listing_process **sorted =
		calloc(listing->n_processes + 1, sizeof(struct listing_process *));

	if (!sorted)
		return STATUS_NOMEM;
	for (size_t i = 0; i < listing->n_processes; i++)
		sorted[i] = &listing->processes[i];
	qsort(sorted, listing->n_processes, sizeof(*sorted), compare_processes);
	enum status status = merge_sorted(sorted, listing->n_processes);
	free(sorted);
	for (size_t i = 0; i < listing->n_processes; i++)
		if (listing->processes[i].image)
			listing->processes[n++] = listing->processes[i];
	listing->n_processes = n;
	return status;
}
