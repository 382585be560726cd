/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The list of what was found, while it grows. */
#include "collection/foundlist.h"

#include "base/array.h"
#include "collection/place.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Bytes of a path in a sentence: of a longer one the end is shown, where its name is. */
#define SHOWN_PATH 1024

void foundlist_see(const struct foundlist *list, enum filekind kind)
{
	struct found_operand *operand = &list->finds->operands[list->operand];

	operand->seen[kind]++;
	if (kind != FILEKIND_LINK && kind != FILEKIND_SPECIAL && kind != FILEKIND_FOLDER)
		operand->n_left++;
}

/* The operand's path without '/' at its end, but for "/" itself. */
static size_t operand_len(const struct foundlist *list)
{
	const char *path = list->finds->operands[list->operand].path;
	size_t len = strlen(path);

	while (len > 1 && path[len - 1] == '/')
		len--;
	return len;
}

char *foundlist_path(const struct foundlist *list, const char *inside)
{
	const char *operand = list->finds->operands[list->operand].path;
	size_t len = operand_len(list), size = len + strlen(inside) + 2;
	bool divided = *inside == '\0' || (len == 1 && *operand == '/');
	char *path = malloc(size);

	if (path)
		(void)snprintf(path, size, "%.*s%s%s", (int)len, operand,
			       divided ? "" : "/", inside);
	return path;
}

enum status foundlist_no_memory(const struct foundlist *list)
{
	failure_set(list->failure, "out of memory");
	return STATUS_NOMEM;
}

static enum status limit(const struct foundlist *list)
{
	failure_set(
		list->failure,
		"more files than can be compared: %d, or their paths are too long; give "
		"parts of the collection one by one",
		FOUND_MAX);
	return STATUS_LIMIT;
}

static enum status check(const struct foundlist *list, enum status status)
{
	if (status == STATUS_NOMEM)
		return foundlist_no_memory(list);
	return status == STATUS_LIMIT ? limit(list) : status;
}

/* A copy of the path, which counts. */
static enum status copy_path(const struct foundlist *list, const char *path, char **out)
{
	uint64_t *bytes = &list->finds->state->path_bytes;

	if (strlen(path) > FOUND_MAX_PATHS - *bytes)
		return STATUS_LIMIT;
	*out = strdup(path);
	if (!*out)
		return STATUS_NOMEM;
	*bytes += strlen(path);
	return STATUS_OK;
}

static void item_clear(struct found *item)
{
	place_clear(&item->place);
	free(item->path);
	free(item->unread);
	free(item->source);
}

/* Fills in what an item owns. */
static enum status complete(const struct foundlist *list, const struct found *from,
			    const struct found_source *source, struct found *item)
{
	RETURN_IF_FAILED(copy_path(list, from->path, &item->path));
	RETURN_IF_FAILED(place_read(item->path, &item->place));
	item->source = malloc(sizeof(*item->source));
	if (from->unread)
		item->unread = strdup(from->unread);
	if (!item->source || (from->unread && !item->unread))
		return STATUS_NOMEM;
	*item->source = *source;
	size_t len = operand_len(list);
	item->inside = item->path + (len < strlen(item->path) ? len : strlen(item->path));
	item->inside += *item->inside == '/';
	return STATUS_OK;
}

enum status foundlist_add(const struct foundlist *list, const struct found *item,
			  const struct found_source *source)
{
	struct finds *finds = list->finds;
	struct found copy = {
		.operand = list->operand,
		.kind = item->kind,
		.size = item->size,
		.mtime_ft = item->mtime_ft,
		.in_archive = item->in_archive,
	};
	enum status status = ARRAY_RESERVE(finds, FOUND_MAX);

	if (status == STATUS_OK)
		status = complete(list, item, source, &copy);
	if (status != STATUS_OK) {
		item_clear(&copy);
		return check(list, status);
	}
	finds->items[finds->n++] = copy;
	finds->operands[list->operand].n_left--;
	return STATUS_OK;
}

/* The folder around a lost file is not whole; the path is cut to it. */
static void lose_in_folder(const struct foundlist *list, char *path)
{
	size_t *n = &list->finds->state->n_lost;
	char *slash = strrchr(path, '/');

	if (*n > FOUNDLIST_MAX_LOST)
		return;
	(*n)++;
	if (slash)
		*slash = '\0';
	if (*n <= FOUNDLIST_MAX_LOST)
		foundlist_incomplete(list, path, false);
	else
		foundlist_incomplete(list, "", true);
}

enum status foundlist_lose(const struct foundlist *list, const char *path,
			   bool in_archive, const char *why)
{
	char *copy = strdup(path), *reason = strdup(why);
	struct found item = { .path = copy,
			      .kind = FILEKIND_UNREAD,
			      .in_archive = in_archive,
			      .unread = reason };
	enum status status = STATUS_OK;

	foundlist_see(list, FILEKIND_UNREAD);
	if (!copy || !reason) {
		status = foundlist_no_memory(list);
	} else {
		if (place_names_hive(copy))
			status = foundlist_add(list, &item, &(struct found_source){ 0 });
		lose_in_folder(list, copy);
	}
	free(copy);
	free(reason);
	return status;
}

enum status foundlist_no_hive(const struct foundlist *list, const char *path,
			      bool in_archive, enum filekind kind)
{
	char *borrowed = (char *)(uintptr_t)path;
	char why[] = "it is no hive";
	struct found item = { .path = borrowed,
			      .kind = FILEKIND_UNREAD,
			      .in_archive = in_archive,
			      .unread = why };

	if (!place_is_named_hive(path))
		return STATUS_OK;
	foundlist_note(list, DIAG_FILE_UNREADABLE, path,
		       "is called as a user's hive is, and is none: %s",
		       kind == FILEKIND_EMPTY	  ? "it is empty"
		       : kind == FILEKIND_LINK	  ? "it is a link, which is not followed"
		       : kind == FILEKIND_SPECIAL ? "it is a device, socket or pipe"
						  : "its first bytes are others");
	if (kind == FILEKIND_LINK || kind == FILEKIND_SPECIAL)
		list->finds->operands[list->operand].n_left++;
	return foundlist_add(list, &item, &(struct found_source){ 0 });
}

/* ---- folders ---- */

static uint64_t hash_of(const struct foundlist *list, const char *path, size_t len)
{
	return hashtable_hash(list->operand + 1, span_of(path, len));
}

static enum status add_folder(const struct foundlist *list, const char *path)
{
	struct finds *finds = list->finds;
	struct {
		struct found_folder *items;
		size_t n, cap;
	} folders = { finds->folders, finds->n_folders, finds->cap_folders };
	struct found_folder folder = {
		.operand = list->operand,
		.whole = finds->state->n_lost <= FOUNDLIST_MAX_LOST,
	};
	size_t number = finds->n_folders;
	bool known;

	RETURN_IF_FAILED(hashtable_add(&finds->state->places,
				       hash_of(list, path, strlen(path)), &number,
				       &known));
	if (known)
		return STATUS_OK;
	enum status status = ARRAY_RESERVE(&folders, FOUND_MAX);
	finds->folders = folders.items;
	finds->cap_folders = folders.cap;
	RETURN_IF_FAILED(status);
	RETURN_IF_FAILED(copy_path(list, path, &folder.path));
	status = place_read_folder(path, &folder.place);
	if (status != STATUS_OK) {
		free(folder.path);
		return status;
	}
	finds->folders[finds->n_folders++] = folder;
	return STATUS_OK;
}

enum status foundlist_folders(const struct foundlist *list, const char *path,
			      bool is_folder, size_t first)
{
	char *folder = strdup(path);
	enum status status = folder ? STATUS_OK : STATUS_NOMEM;
	size_t len = folder ? place_folder(folder, is_folder) : 0;

	while (status == STATUS_OK && len >= first && len > 0) {
		folder[len] = '\0';
		status = add_folder(list, folder);
		len = place_folder(folder, false);
	}
	free(folder);
	return check(list, status);
}

/* True if a is the folder, or lies in it; everything lies in "". */
static bool lies_in(const char *a, const char *folder)
{
	size_t len = strlen(folder);

	return len == 0 ||
	       (strncmp(a, folder, len) == 0 && (a[len] == '\0' || a[len] == '/'));
}

void foundlist_incomplete(const struct foundlist *list, const char *path, bool all)
{
	struct finds *finds = list->finds;

	finds->operands[list->operand].whole = false;
	for (size_t i = finds->n_folders; i-- > 0;) {
		struct found_folder *folder = &finds->folders[i];
		if (folder->operand != list->operand)
			break; /* those of earlier operands stand before */
		if ((all ? lies_in(folder->path, path) : strcmp(folder->path, path) == 0))
			folder->whole = false;
	}
}

enum status foundlist_link(const struct foundlist *list, const char *path, size_t first)
{
	struct finds *finds = list->finds;

	if (place_folder(path, true) < strlen(path))
		return STATUS_OK;
	RETURN_IF_FAILED(foundlist_folders(list, path, true, first));
	for (size_t i = finds->n_folders; i-- > 0;)
		if (finds->folders[i].operand == list->operand &&
		    strcmp(finds->folders[i].path, path) == 0)
			finds->folders[i].whole = false;
	return STATUS_OK;
}

/* ---- the rest ---- */

void foundlist_note(const struct foundlist *list, enum diag_code code, const char *path,
		    const char *format, ...)
{
	char sentence[2048];
	size_t len = strlen(path);
	bool cut = len > SHOWN_PATH;
	va_list args;

	va_start(args, format);
	(void)vsnprintf(sentence, sizeof(sentence), format, args);
	va_end(args);
	/* The library ends some of its sentences with a line end. */
	for (size_t n = strlen(sentence); n > 0 && sentence[n - 1] == '\n'; n--)
		sentence[n - 1] = '\0';
	diag_at(list->finds->diags, code, DIAG_NOWHERE, "%s%s: %s", cut ? "[...]" : "",
		cut ? path + len - SHOWN_PATH : path, sentence);
}

enum status foundlist_spool(const struct foundlist *list, struct spool **out)
{
	struct found_state *state = list->finds->state;

	if (!state->spool)
		RETURN_IF_FAILED(spool_new(&state->spool, list->failure));
	*out = state->spool;
	return STATUS_OK;
}
