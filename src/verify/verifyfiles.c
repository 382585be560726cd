/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A file is read whole, and hashed as it is read, so that what is looked at is what was
 * hashed.  Those that were not used for longest are put away when there is no room.
 */
#include "verify/verifyfiles.h"

#include "base/array.h"
#include "base/path.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define PIECE_SIZE ((size_t)1 << 17)

static void unload(struct verifyfiles *files, struct verifyfile *file)
{
	if (!file->loaded)
		return;
	files->kept -= file->memory.bytes.len;
	memfile_clear(&file->memory);
	file->memory = (struct memfile){ .fd = -1 };
	file->loaded = false;
}

void verifyfiles_clear(struct verifyfiles *files)
{
	for (size_t i = 0; i < files->n; i++) {
		unload(files, &files->items[i]);
		free(files->items[i].path);
	}
	free(files->items);
	files->items = NULL;
	files->n = files->cap = 0;
}

enum status verifyfiles_add(struct verifyfiles *files, uint64_t number)
{
	RETURN_IF_FAILED(ARRAY_RESERVE(files, VERIFY_MAX_FILES));
	files->items[files->n++] =
		(struct verifyfile){ .number = number, .memory = { .fd = -1 } };
	return STATUS_OK;
}

size_t verifyfiles_find(const struct verifyfiles *files, uint64_t number)
{
	/* They are numbered as they stand. */
	if (number > 0 && number <= files->n && files->items[number - 1].number == number)
		return number - 1;
	for (size_t i = 0; i < files->n; i++)
		if (files->items[i].number == number)
			return i;
	return VERIFYFILES_NONE;
}

const char *verifyfiles_which(const struct verifyfiles *files, size_t index,
			      char out[VERIFYFILES_WHERE_SIZE])
{
	const struct verifyfile *file = &files->items[index];
	char shown[300];

	(void)snprintf(out, VERIFYFILES_WHERE_SIZE, "i%" PRIu64 " %s", file->number,
		       failure_path(path_name(file->path ? file->path : ""), shown,
				    sizeof(shown)));
	return out;
}

const char *verifyfiles_where(const struct verifyfiles *files, size_t index,
			      uint64_t offset, char out[VERIFYFILES_WHERE_SIZE])
{
	char which[VERIFYFILES_WHERE_SIZE];

	(void)snprintf(out, VERIFYFILES_WHERE_SIZE, "%.400s, offset %" PRIu64,
		       verifyfiles_which(files, index, which), offset);
	return out;
}

/* ---- reading ---- */

/* Room for a file of that size: others make way. */
static void make_room(struct verifyfiles *files, uint64_t size)
{
	while (files->kept > 0 && files->kept + size > VERIFY_MEMORY) {
		struct verifyfile *oldest = NULL;
		for (size_t i = 0; i < files->n; i++)
			if (files->items[i].loaded &&
			    (!oldest || files->items[i].used < oldest->used))
				oldest = &files->items[i];
		if (!oldest)
			return;
		unload(files, oldest);
	}
}

/* All that the descriptor has, up to so many bytes and one more. */
static enum status read_all(int fd, uint64_t most, struct memfile *memory,
			    struct digest *digest, struct failure *why)
{
	uint8_t *piece = malloc(PIECE_SIZE);
	struct digest_stream *stream = digest_start();
	enum status status = piece && stream ? STATUS_OK : STATUS_NOMEM;
	uint64_t got = 0;

	while (status == STATUS_OK && got <= most) {
		ssize_t n = read(fd, piece, PIECE_SIZE);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			failure_set(why, "cannot be read: %s", strerror(errno));
			status = STATUS_IO;
		}
		if (n <= 0)
			break;
		got += (uint64_t)n;
		digest_add(stream, span_of(piece, (size_t)n));
		status = memfile_append(memory, span_of(piece, (size_t)n));
		if (status != STATUS_OK)
			failure_set(why, "there is no room for its bytes");
	}
	free(piece);
	if (stream)
		digest_finish(stream, digest);
	if (status == STATUS_OK)
		status = memfile_seal(memory);
	if (status == STATUS_OK && got > most) {
		failure_set(why, "grew while it was read");
		status = STATUS_IO;
	}
	return status;
}

/* Return: STATUS_OK; STATUS_NOMEM; any other with *why set. */
static enum status load(struct verifyfiles *files, struct verifyfile *file,
			struct digest *digest, struct failure *why)
{
	struct verify_wanted wanted = { file->path, file->size, file->sha256 };
	struct stat st;
	int fd = -1;

	failure_set(why, "cannot be read");
	RETURN_IF_FAILED(files->evidence->open(files->evidence->data, &wanted, &fd, why));
	enum status status = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size >= 0
				     ? STATUS_OK
				     : STATUS_UNSUPPORTED;
	if (status == STATUS_OK) {
		make_room(files, (uint64_t)st.st_size);
		status = memfile_init(&file->memory);
	}
	if (status == STATUS_OK) {
		status = read_all(fd, (uint64_t)st.st_size, &file->memory, digest, why);
		if (status != STATUS_OK) {
			memfile_clear(&file->memory);
			file->memory = (struct memfile){ .fd = -1 };
		}
	}
	close(fd);
	RETURN_IF_FAILED(status);
	file->loaded = true;
	files->kept += file->memory.bytes.len;
	return STATUS_OK;
}

/* ---- what is told of it ---- */

static void compare_size(struct verifyfiles *files, size_t index)
{
	const struct verifyfile *file = &files->items[index];
	char where[VERIFYFILES_WHERE_SIZE];

	if (file->memory.bytes.len == file->size)
		verifytally_holds(files->tally, VERIFYTALLY_SIZE);
	else
		verifytally_wrong(files->tally, VERIFYTALLY_SIZE,
				  verifyfiles_which(files, index, where),
				  "has %zu bytes, the report says %" PRIu64,
				  file->memory.bytes.len, file->size);
}

static void compare_hash(struct verifyfiles *files, size_t index)
{
	const struct verifyfile *file = &files->items[index];
	char where[VERIFYFILES_WHERE_SIZE], is[DIGEST_HEX_SIZE], told[DIGEST_HEX_SIZE];

	if (memcmp(file->actual.bytes, file->sha256.bytes, DIGEST_SIZE) == 0) {
		verifytally_holds(files->tally, VERIFYTALLY_HASH);
		return;
	}
	digest_hex(&file->actual, is);
	digest_hex(&file->sha256, told);
	verifytally_wrong(files->tally, VERIFYTALLY_HASH,
			  verifyfiles_which(files, index, where),
			  "has the SHA-256 %s, the report says %s", is, told);
}

enum status verifyfiles_settle(struct verifyfiles *files, size_t index)
{
	struct verifyfile *file = &files->items[index];
	char where[VERIFYFILES_WHERE_SIZE], line[VERIFYFILES_WHERE_SIZE];
	struct failure why;
	enum status status = load(files, file, &file->actual, &why);

	if (status == STATUS_NOMEM)
		return status;
	file->is_there = status == STATUS_OK;
	if (!file->is_there) {
		(void)snprintf(line, sizeof(line), "%.500s", why.sentence);
		verifytally_absent(files->tally, verifyfiles_which(files, index, where),
				   line);
		verifytally_leave(files->tally, VERIFYTALLY_NOT_THERE, 2);
		return STATUS_OK;
	}
	compare_size(files, index);
	compare_hash(files, index);
	return STATUS_OK;
}

enum status verifyfiles_bytes(struct verifyfiles *files, size_t index, struct span *out,
			      struct failure *failure)
{
	struct verifyfile *file = index < files->n ? &files->items[index] : NULL;
	char which[VERIFYFILES_WHERE_SIZE];
	struct digest again;

	if (!file || !file->is_there)
		return STATUS_ABSENT;
	if (!file->loaded) {
		enum status status = load(files, file, &again, failure);
		if (status == STATUS_NOMEM)
			return status;
		if (status != STATUS_OK ||
		    memcmp(again.bytes, file->actual.bytes, DIGEST_SIZE) != 0) {
			failure_set(failure, "%s: has changed since it was first read",
				    verifyfiles_which(files, index, which));
			return STATUS_IO;
		}
	}
	file->used = ++files->clock;
	*out = file->memory.bytes;
	return STATUS_OK;
}
