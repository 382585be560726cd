/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Operands one by one, and the bytes of what was found.  A descriptor of each folder that
 * was given stays open, so that its files are opened again below the same folder.
 */
#include "collection/found.h"

#include "base/filetime.h"
#include "collection/archivefile.h"
#include "collection/foundfile.h"
#include "collection/foundfolder.h"
#include "collection/foundlist.h"
#include "collection/spool.h"
#include "collection/walk.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Enough for a path shown in a sentence; longer ones are cut there. */
#define SHOWN_PATH_SIZE 4200

/* O_NONBLOCK: what has become a FIFO must not wait for a writer. */
#define FILE_FLAGS (O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)

/* ---- operands ---- */

static void refuse(const struct foundlist *list, const char *why)
{
	list->finds->operands[list->operand].whole = false;
	foundlist_note(list, DIAG_OPERAND_UNUSABLE,
		       list->finds->operands[list->operand].path, "%s", why);
}

static enum status read_folder(const struct foundlist *list, int fd)
{
	list->finds->operands[list->operand].kind = FOUND_FOLDER;
	list->finds->state->folders[list->operand] = fd;
	return foundfolder_read(list, fd);
}

/* True if an archive holds archives; it is one of them itself. */
static bool has_nested(const struct found_operand *operand)
{
	return operand->kind == FOUND_ARCHIVE &&
	       operand->seen[FILEKIND_ARCHIVE] + operand->seen[FILEKIND_COMPRESSED] > 1;
}

/* Says what was not followed, and that there is nothing in it if so. */
static void conclude(const struct foundlist *list)
{
	const struct found_operand *operand = &list->finds->operands[list->operand];
	uint64_t links = operand->seen[FILEKIND_LINK];
	uint64_t special = operand->seen[FILEKIND_SPECIAL], n = 0;

	if (operand->kind == FOUND_FILE)
		return;
	if (links + special > 0)
		foundlist_note(list, DIAG_NOT_FOLLOWED, operand->path,
			       "links not followed: %" PRIu64
			       "; devices, sockets and pipes not opened: %" PRIu64,
			       links, special);
	for (enum filekind kind = 0; kind < FILEKIND_LINK; kind++)
		n += operand->seen[kind];
	if (operand->whole && operand->seen[FILEKIND_HIVE] == 0 &&
	    operand->seen[FILEKIND_REG] == 0)
		foundlist_note(
			list, DIAG_OPERAND_UNUSABLE, operand->path,
			"holds no registry hive and no .reg file (files looked at: %" PRIu64
			"); %s",
			n,
			has_nested(operand)
				? "an archive in it was not looked into: unpack it, then "
				  "give the folder"
				: "give the folder or archive that has NTUSER.DAT in it, "
				  "or config\\DEFAULT");
}

static enum status read_operand(const struct foundlist *list)
{
	const char *path = list->finds->operands[list->operand].path;
	enum status status = STATUS_OK;
	struct stat st;

	/* Before it is opened: devices are not. */
	if (stat(path, &st) != 0) {
		refuse(list, strerror(errno));
		return STATUS_OK;
	}
	if (!S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode)) {
		refuse(list, S_ISBLK(st.st_mode)
				     ? "is a disk: mount its file system read-only, then "
				       "give the folder where it is mounted"
				     : "is a device, socket or pipe, not a file");
		return STATUS_OK;
	}
	int fd = open(path, FILE_FLAGS);
	if (fd < 0 || fstat(fd, &st) != 0) {
		refuse(list, strerror(errno));
		if (fd >= 0)
			close(fd);
		return STATUS_OK;
	}
	if (S_ISDIR(st.st_mode))
		return read_folder(list, fd); /* and the state has the descriptor */
	if (S_ISREG(st.st_mode))
		status = foundfile_read(list, fd, &st, path, false);
	else
		refuse(list, "is no file any more");
	close(fd);
	return status;
}

/* ---- all ---- */

static struct finds *finds_new(const char *const *operands, size_t n)
{
	AUTO(finds_freep) struct finds *finds = calloc(1, sizeof(*finds));

	if (!finds)
		return NULL;
	finds->state = calloc(1, sizeof(*finds->state));
	finds->diags = diag_list_new();
	finds->operands = calloc(n + 1, sizeof(*finds->operands));
	if (!finds->state || !finds->diags || !finds->operands)
		return NULL;
	finds->state->head = malloc(FILEKIND_HEAD);
	finds->state->folders = calloc(n + 1, sizeof(*finds->state->folders));
	if (!finds->state->head || !finds->state->folders)
		return NULL;
	finds->n_operands = n;
	for (size_t i = 0; i < n; i++) {
		finds->operands[i] = (struct found_operand){ .path = operands[i],
							     .kind = FOUND_FILE,
							     .whole = true };
		finds->state->folders[i] = -1;
	}
	return STEAL(finds);
}

enum status finds_read(const char *const *operands, size_t n, struct spool *spool,
		       struct finds **out, struct failure *failure)
{
	AUTO(finds_freep) struct finds *finds = finds_new(operands, n);

	if (!finds) {
		failure_set(failure, "out of memory");
		return STATUS_NOMEM;
	}
	finds->state->spool = spool;
	finds->state->lent = spool != NULL;
	for (size_t i = 0; i < n; i++) {
		struct foundlist list = { finds, i, failure };
		finds->state->n_lost = 0;
		RETURN_IF_FAILED(read_operand(&list));
		conclude(&list);
	}
	*out = STEAL(finds);
	return STATUS_OK;
}

static void state_free(struct found_state *state, size_t n_operands)
{
	if (!state)
		return;
	for (size_t i = 0; state->folders && i < n_operands; i++)
		if (state->folders[i] >= 0)
			close(state->folders[i]);
	if (!state->lent)
		spool_free(state->spool);
	hashtable_clear(&state->members);
	hashtable_clear(&state->places);
	free(state->folders);
	free(state->head);
	free(state);
}

void finds_free(struct finds *finds)
{
	if (!finds)
		return;
	for (size_t i = 0; i < finds->n; i++) {
		place_clear(&finds->items[i].place);
		free(finds->items[i].path);
		free(finds->items[i].unread);
		free(finds->items[i].source);
	}
	for (size_t i = 0; i < finds->n_folders; i++) {
		place_clear(&finds->folders[i].place);
		free(finds->folders[i].path);
	}
	free(finds->items);
	free(finds->folders);
	free(finds->operands);
	diag_list_free(finds->diags);
	state_free(finds->state, finds->n_operands);
	free(finds);
}

void finds_freep(struct finds **finds)
{
	finds_free(*finds);
	*finds = NULL;
}

/* ---- opening ---- */

static bool is_same(const struct found *found, int fd)
{
	const struct found_source *source = found->source;
	struct stat st;

	return fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_dev == source->dev &&
	       st.st_ino == source->ino && (uint64_t)st.st_size == found->size &&
	       st.st_mtim.tv_sec == source->mtime.tv_sec &&
	       st.st_mtim.tv_nsec == source->mtime.tv_nsec;
}

static enum status say(struct failure *failure, enum status status,
		       const struct found *found, const char *why)
{
	char shown[SHOWN_PATH_SIZE];

	failure_set(failure, "%s: %s", failure_path(found->path, shown, sizeof(shown)),
		    why);
	return status;
}

static enum status open_file(const struct found *found, int *fd, struct failure *failure)
{
	const struct found_source *source = found->source;
	int file = source->way == FOUND_BY_PATH
			   ? open(found->path, FILE_FLAGS)
			   : walk_open(source->folder, found->inside);
	if (file < 0)
		return say(failure, STATUS_IO, found, strerror(errno));
	if (!is_same(found, file)) {
		close(file);
		return say(failure, STATUS_IO, found,
			   "is no longer the file that was found: it was changed");
	}
	*fd = file;
	return STATUS_OK;
}

enum status found_open(const struct found *found, int *fd, struct failure *failure)
{
	const struct found_source *source = found->source;

	if (found->unread)
		return say(failure, STATUS_ABSENT, found, found->unread);
	if (source->way != FOUND_IN_SPOOL)
		return open_file(found, fd, failure);
	return spool_open(source->spool, source->off, found->size, fd, failure);
}

enum status found_open_part(const struct found *found, int *fd,
			    struct evidence_part *part, struct failure *failure)
{
	const struct found_source *source = found->source;

	*part = (struct evidence_part){ .size = found->size,
					.mtime_ft = found->mtime_ft };
	if (found->unread)
		return say(failure, STATUS_ABSENT, found, found->unread);
	if (source->way != FOUND_IN_SPOOL)
		return open_file(found, fd, failure);
	part->inside = true;
	part->off = source->off;
	*fd = fcntl(spool_fd(source->spool), F_DUPFD_CLOEXEC, 0);
	return *fd >= 0 ? STATUS_OK : say(failure, STATUS_IO, found, strerror(errno));
}

const char *finds_archive_library(void)
{
	return archivefile_library_version();
}
