/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is done with a file, by its kind. */
#include "collection/foundfile.h"

#include "base/filetime.h"
#include "base/path.h"
#include "base/readat.h"
#include "collection/foundarchive.h"
#include "collection/origin.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

/* Reads the first bytes.  Return: false with errno set. */
static bool read_head(int fd, uint8_t *head, size_t *len)
{
	ssize_t n = readat(fd, 0, head, FILEKIND_HEAD);

	*len = n < 0 ? 0 : (size_t)n;
	return n >= 0;
}

static enum status lose(const struct foundlist *list, const char *path, bool inside,
			int error)
{
	foundlist_note(list, inside ? DIAG_FILE_UNREADABLE : DIAG_OPERAND_UNUSABLE, path,
		       "cannot be read: %s", strerror(error));
	return foundlist_lose(list, path, false, strerror(error));
}

static enum status add(const struct foundlist *list, const struct stat *st,
		       const char *path, bool inside, enum filekind kind)
{
	char *borrowed = (char *)(uintptr_t)path;
	struct found item = {
		.path = borrowed,
		.kind = kind,
		.size = (uint64_t)st->st_size,
		.mtime_ft = filetime_from_unix(st->st_mtim.tv_sec,
					       (uint32_t)st->st_mtim.tv_nsec),
	};
	struct found_source source = {
		.way = inside ? FOUND_IN_FOLDER : FOUND_BY_PATH,
		.folder = list->finds->state->folders[list->operand],
		.dev = st->st_dev,
		.ino = st->st_ino,
		.mtime = st->st_mtim,
	};

	return foundlist_add(list, &item, &source);
}

static enum status look_into(const struct foundlist *list, int fd, const struct stat *st,
			     const char *path, bool inside, enum filekind kind)
{
	struct foundarchive archive = {
		.fd = fd,
		.size = (uint64_t)st->st_size,
		.path = path,
		.kind = kind,
		.mtime_ft = filetime_from_unix(st->st_mtim.tv_sec,
					       (uint32_t)st->st_mtim.tv_nsec),
		.inside = inside,
		.limits = ARCHIVEFILE_LIMITS,
	};

	struct found_operand *operand = &list->finds->operands[list->operand];
	operand->n_left--; /* it is looked into */
	if (!inside)
		operand->kind = FOUND_ARCHIVE;
	return foundarchive_read(list, &archive);
}

/* What is no evidence: an operand must be, in a folder only some kinds may hold it. */
static void leave(const struct foundlist *list, const char *path, bool inside,
		  enum filekind kind)
{
	const char *advice = filekind_advice(kind);

	if (inside && (filekind_is_disk(kind) || kind == FILEKIND_HIVE_95))
		foundlist_note(list, DIAG_LEFT_OUT, path, "%s", advice);
	if (inside)
		return;
	list->finds->operands[list->operand].whole = false;
	if (advice)
		foundlist_note(list, DIAG_OPERAND_UNUSABLE, path, "%s", advice);
	else
		foundlist_note(
			list, DIAG_OPERAND_UNUSABLE, path,
			"is neither a registry hive nor a .reg file, and no archive "
			"or folder that could hold one");
}

/* Of a folder's many event logs two are of use; one that is named is taken. */
static bool is_other_log(const char *path, bool inside, enum filekind kind)
{
	return inside && kind == FILEKIND_EVENT_LOG_XML && origin_is_other_channel(path);
}

enum status foundfile_read(const struct foundlist *list, int fd, const struct stat *st,
			   const char *path, bool inside)
{
	uint8_t *head = list->finds->state->head;
	uint64_t size = (uint64_t)st->st_size;
	enum filekind kind;
	size_t len;

	if (!read_head(fd, head, &len))
		return lose(list, path, inside, errno);
	if (filekind_of(span_of(head, len), size, path_name(path), &kind) != STATUS_OK ||
	    filekind_settle(fd, 0, size, &kind) != STATUS_OK)
		return foundlist_no_memory(list);
	foundlist_see(list, kind);
	if (filekind_is_evidence(kind) && !is_other_log(path, inside, kind))
		return add(list, st, path, inside, kind);
	if (kind == FILEKIND_ARCHIVE || kind == FILEKIND_COMPRESSED)
		return look_into(list, fd, st, path, inside, kind);
	leave(list, path, inside, kind);
	return inside ? foundlist_no_hive(list, path, false, kind) : STATUS_OK;
}
