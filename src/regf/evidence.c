/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Reading a file as evidence: once, read-only, whole, hashed as read, into a
 * sealed file in memory.  The file itself is not mapped: one that is cut short
 * while mapped would kill the process.
 *
 * What is sealed cannot change any more.  So a large file may be hashed behind that,
 * while it is read already: it is hashed as it was read all the same.
 */
#include "regf/evidence.h"

#include "base/filetime.h"
#include "base/readat.h"
#include "base/text.h"
#include "base/workers.h"
#include "regf/baseblock.h"
#include "regf/image.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* Enough for a path shown in a sentence; longer ones are cut there. */
#define SHOWN_PATH_SIZE 4200

/* Where the base block tells the file type. */
#define TYPE_OFFSET 28
#define LOG_ENTRIES 512 /* where a log's own data begin, behind its base block */
#define HIVE_BINS 4096

static bool looks_like_text(struct span bytes)
{
	struct span head = span_clip(bytes, 512);
	uint8_t byte = 0;

	for (size_t i = 0; i < head.len; i++)
		if (span_u8(head, i, &byte) && byte < 0x20 && byte != '\t' &&
		    byte != '\n' && byte != '\r' && byte != 0x1a)
			return false;
	return head.len > 0;
}

/*
 * True if the ASCII string stands at off, each character in so many bytes: it is the one
 * given, all others are zero.
 */
static bool has_ascii(struct span bytes, size_t off, size_t width, size_t byte,
		      const char *ascii)
{
	for (; *ascii; ascii++, off += width)
		for (size_t i = 0; i < width; i++) {
			uint8_t found = 0;
			if (!span_u8(bytes, off + i, &found) ||
			    found != (i == byte ? (uint8_t)*ascii : 0))
				return false;
		}
	return true;
}

/* The first line of a .reg file: in UTF-16 of either order or in 8 bits, mark or none. */
static bool looks_like_reg(struct span bytes)
{
	static const char *const headers[] = { "Windows Registry Editor", "REGEDIT4" };
	size_t mark = span_starts(bytes, 0, "\xef\xbb\xbf", 3) ? 3
		      : span_starts(bytes, 0, "\xff\xfe", 2) ||
				      span_starts(bytes, 0, "\xfe\xff", 2)
			      ? 2
			      : 0;

	for (size_t i = 0; i < ARRAY_LEN(headers); i++)
		if (has_ascii(bytes, mark, 1, 0, headers[i]) ||
		    has_ascii(bytes, mark, 2, 0, headers[i]) ||
		    has_ascii(bytes, mark, 2, 1, headers[i]))
			return true;
	return false;
}

/*
 * Both begin with a base block.  One damaged byte must not make a hive a log,
 * so its type is believed only if what follows does not look like a hive.
 */
static bool is_log(struct span bytes)
{
	uint32_t type = 0;

	return span_le32(bytes, TYPE_OFFSET, &type) && image_type_is_log(type) &&
	       (span_starts(bytes, LOG_ENTRIES, "DIRT", 4) ||
		span_starts(bytes, LOG_ENTRIES, "HvLE", 4) ||
		!span_starts(bytes, HIVE_BINS, "hbin", 4));
}

enum evidence_kind evidence_identify(struct span bytes)
{
	uint32_t missing = 0;

	if (span_starts(bytes, 0, "regf", 4))
		return is_log(bytes) ? EVIDENCE_LOG : EVIDENCE_HIVE;
	if (baseblock_is_lost(bytes, &missing))
		return EVIDENCE_HIVE;
	if (looks_like_reg(bytes))
		return EVIDENCE_REG;
	return looks_like_text(bytes) ? EVIDENCE_TEXT : EVIDENCE_OTHER;
}

/* ---- hashing beside ---- */

/* From here on a thread costs little against what it does. */
#define BESIDE_MIN ((size_t)4 * 1024 * 1024)

struct evidence_hashing {
	struct workers_beside *beside;
	struct span bytes;
	struct digest sha256;
};

static void hash(void *context, size_t number)
{
	struct evidence_hashing *hashing = context;

	(void)number;
	hashing->sha256 = digest_of(hashing->bytes);
}

/* Where no thread can be had the caller waits. */
static void hash_beside(struct evidence *evidence)
{
	struct evidence_hashing *hashing = calloc(1, sizeof(*hashing));

	if (hashing) {
		hashing->bytes = evidence->bytes;
		hashing->beside = workers_begin(hash, hashing);
		if (hashing->beside) {
			evidence->hashing = hashing;
			return;
		}
	}
	free(hashing);
	evidence->sha256 = digest_of(evidence->bytes);
}

void evidence_settle(struct evidence *evidence)
{
	struct evidence_hashing *hashing = evidence->hashing;

	if (!hashing)
		return;
	workers_wait(hashing->beside);
	evidence->sha256 = hashing->sha256;
	evidence->hashing = NULL;
	free(hashing);
}

void evidence_free(struct evidence *evidence)
{
	if (!evidence)
		return;
	evidence_settle(evidence);
	memfile_clear(&evidence->file);
	free(evidence->path);
	free(evidence);
}

void evidence_freep(struct evidence **evidence)
{
	evidence_free(*evidence);
}

enum status evidence_lend(const struct evidence *evidence, struct evidence **out)
{
	struct evidence *lent = calloc(1, sizeof(*lent));
	char *path = strdup(evidence->path);

	if (!lent || !path) {
		free(lent);
		free(path);
		return STATUS_NOMEM;
	}
	*lent = *evidence;
	lent->path = path;
	lent->file = (struct memfile){ .fd = -1 };
	*out = lent;
	return STATUS_OK;
}

static void closep(int *fd)
{
	if (*fd >= 0)
		close(*fd);
}

static enum status refuse(struct failure *failure, enum status status, const char *path,
			  const char *why)
{
	char shown[SHOWN_PATH_SIZE];

	failure_set(failure, "%s: %s", failure_path(path, shown, sizeof(shown)), why);
	return status;
}

/* Bytes read, hashed and stored at a time: what a processor's cache holds. */
#define CHUNK_SIZE ((size_t)256 * 1024)

/*
 * Reads what comes after `done` bytes; a file of its own may go on where it should end.
 * Return: the number of bytes read into chunk; 0 at the end; -1 with errno set.
 */
static ssize_t read_chunk(int fd, const struct evidence_part *part, size_t done,
			  uint8_t *chunk)
{
	size_t most = CHUNK_SIZE;

	if (part->inside && part->size - done < most)
		most = (size_t)(part->size - done);
	return readat(fd, part->off + done, chunk, most);
}

/*
 * Takes in all that fd gives, but no more than size bytes and a chunk; hashes it, unless
 * that is done later: then stream is NULL.
 */
static enum status take_in(int fd, const struct evidence_part *part, uint8_t *chunk,
			   struct digest_stream *stream, struct stage *stage,
			   struct memfile *file, int *error)
{
	size_t size = (size_t)part->size;
	ssize_t n = 1;

	while (n > 0 && file->bytes.len <= size) {
		n = read_chunk(fd, part, file->bytes.len, chunk);
		if (n <= 0)
			break;
		struct span bytes = span_of(chunk, (size_t)n);
		if (stream)
			digest_add(stream, bytes);
		if (memfile_append(file, bytes) == STATUS_OK)
			stage_advance(stage, file->bytes.len, size);
		else
			n = -1; /* and errno says why */
	}
	*error = errno;
	return n < 0 ? STATUS_IO : STATUS_OK;
}

static enum status check_size(uint64_t size, const char *path, struct failure *failure)
{
	char shown[SHOWN_PATH_SIZE];

	if (size > EVIDENCE_MAX_SIZE) {
		failure_set(failure,
			    "%s: 0x%" PRIx64 ": the file goes on past %" PRIu64
			    " bytes, more than any hive can have",
			    failure_path(path, shown, sizeof(shown)),
			    (uint64_t)EVIDENCE_MAX_SIZE, (uint64_t)EVIDENCE_MAX_SIZE);
		return STATUS_LIMIT;
	}
	return STATUS_OK;
}

/* Reads what fd holds into evidence; its size must be what was told when it was opened. */
static enum status read_whole(int fd, const struct evidence_part *part, const char *path,
			      bool beside, struct stage *stage, struct evidence *evidence,
			      struct failure *failure)
{
	RETURN_IF_FAILED(check_size(part->size, path, failure));

	int error = 0;
	bool later = beside && part->size >= BESIDE_MIN;
	struct digest_stream *stream = later ? NULL : digest_start();
	uint8_t *chunk = malloc(CHUNK_SIZE);
	enum status status = STATUS_NOMEM;
	if ((stream || later) && chunk && memfile_init(&evidence->file) == STATUS_OK)
		status = take_in(fd, part, chunk, stream, stage, &evidence->file, &error);
	free(chunk);
	digest_finish(stream, &evidence->sha256);
	if (status == STATUS_OK && memfile_seal(&evidence->file) != STATUS_OK)
		status = STATUS_NOMEM;
	if (status != STATUS_OK)
		return refuse(failure, status, path,
			      status == STATUS_IO ? strerror(error)
						  : "not enough memory for the file");
	evidence->bytes = evidence->file.bytes;
	if (evidence->bytes.len != part->size)
		return refuse(failure, STATUS_IO, path,
			      "changed its size while it was read");
	if (later)
		hash_beside(evidence);
	evidence->mtime_ft = part->mtime_ft;
	return STATUS_OK;
}

enum status evidence_read(const char *path, struct evidence **out,
			  struct failure *failure)
{
	return evidence_read_through(NULL, path, NULL, out, failure);
}

/* O_NONBLOCK: opening a FIFO must not wait for a writer. */
static int open_path(const char *path, struct failure *failure)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);

	if (fd < 0)
		(void)refuse(failure, STATUS_IO, path, strerror(errno));
	return fd;
}

/* What a descriptor that holds one file holds. */
static enum status measure(int fd, const char *path, struct evidence_part *part,
			   struct failure *failure)
{
	struct stat st;

	if (fstat(fd, &st) != 0)
		return refuse(failure, STATUS_IO, path, strerror(errno));
	if (S_ISDIR(st.st_mode))
		return refuse(failure, STATUS_UNSUPPORTED, path,
			      "is a folder, not a file");
	if (!S_ISREG(st.st_mode))
		return refuse(failure, STATUS_UNSUPPORTED, path, "is not a regular file");
	*part = (struct evidence_part){
		.size = (uint64_t)st.st_size,
		.mtime_ft = filetime_from_unix(st.st_mtim.tv_sec,
					       (uint32_t)st.st_mtim.tv_nsec),
	};
	return STATUS_OK;
}

enum status evidence_open(const struct evidence_opener *opener, const char *path, int *fd,
			  struct evidence_part *part, struct failure *failure)
{
	if (opener && opener->open_part) {
		*fd = opener->open_part(opener, path, part, failure);
		return *fd >= 0 ? STATUS_OK : STATUS_IO;
	}
	*fd = opener ? opener->open(opener, path, failure) : open_path(path, failure);
	if (*fd < 0)
		return STATUS_IO;
	enum status status = measure(*fd, path, part, failure);
	if (status != STATUS_OK)
		close(*fd);
	return status;
}

/* A file system stamps changes with a clock of ticks; more is a clock that runs otherwise. */
#define MOST_TICKS 5

/* Nanoseconds for which who writes is waited for, each time. */
#define WRITER_PAUSE 8000000

/*
 * Waits, a few milliseconds at most, until a change that comes would get another time than
 * the last one has: else it could not be told.
 */
static void wait_for_next_tick(const struct stat *st)
{
	struct timespec now, tick;

	if (clock_getres(CLOCK_REALTIME_COARSE, &tick) != 0 || tick.tv_sec > 0)
		return;
	/* What has no name is a copy of our own, which nobody else changes. */
	for (int i = 0; i < MOST_TICKS && st->st_nlink > 0; i++) {
		if (clock_gettime(CLOCK_REALTIME_COARSE, &now) != 0 ||
		    now.tv_sec != st->st_ctim.tv_sec || now.tv_nsec > st->st_ctim.tv_nsec)
			return;
		(void)nanosleep(&tick, NULL);
	}
}

/* Another file, or other bytes in it: what was read may be of two times. */
static bool has_changed(const struct stat *before, const struct stat *after)
{
	return before->st_dev != after->st_dev || before->st_ino != after->st_ino ||
	       before->st_size != after->st_size ||
	       before->st_mtim.tv_sec != after->st_mtim.tv_sec ||
	       before->st_mtim.tv_nsec != after->st_mtim.tv_nsec ||
	       before->st_ctim.tv_sec != after->st_ctim.tv_sec ||
	       before->st_ctim.tv_nsec != after->st_ctim.tv_nsec;
}

/*
 * True if somebody has the file open to write to it: then no lease is to be had (fcntl(2)).
 * Where the system gives none to this user or on this file system, it is not known.
 */
static bool is_open_for_writing(int fd)
{
	if (fcntl(fd, F_SETLEASE, F_RDLCK) != 0)
		return errno == EAGAIN;
	(void)fcntl(fd, F_SETLEASE, F_UNLCK);
	return false;
}

/*
 * The same bytes once more: a write sets the time of the file before it copies, and may
 * have been halted in between; so it gets some time.
 */
static bool reads_the_same(int fd, const struct evidence_part *part, struct span bytes)
{
	const struct timespec pause = { .tv_nsec = WRITER_PAUSE };
	uint8_t *chunk = malloc(CHUNK_SIZE);
	bool same = chunk != NULL;

	for (int i = 0; i < MOST_TICKS; i++)
		if (i == 0 || is_open_for_writing(fd))
			(void)nanosleep(&pause, NULL);
	for (size_t at = 0; same && at < bytes.len; at += CHUNK_SIZE) {
		struct span left = span_clip(span_from(bytes, at), CHUNK_SIZE);
		ssize_t n = readat(fd, part->off + at, chunk, left.len);
		same = n == (ssize_t)left.len &&
		       span_equal(left, span_of(chunk, left.len));
	}
	free(chunk);
	return same;
}

/* An opener's path may lead nowhere for the system. */
static enum status check_unchanged(int fd, const struct stat *before, bool same_bytes,
				   bool has_path, const char *path,
				   struct failure *failure)
{
	struct stat after;

	if (fstat(fd, &after) != 0)
		return refuse(failure, STATUS_IO, path, strerror(errno));
	if (same_bytes && !has_changed(before, &after) &&
	    (!has_path || (stat(path, &after) == 0 && !has_changed(before, &after))))
		return STATUS_OK;
	return refuse(failure, STATUS_IO, path,
		      "changed while it was read: make a copy of it, and compare that");
}

static enum status read_file(const struct evidence_opener *opener, const char *path,
			     bool beside, struct stage *stage, struct evidence **out,
			     struct failure *failure)
{
	AUTO(evidence_freep) struct evidence *evidence = calloc(1, sizeof(*evidence));
	if (evidence) {
		evidence->file.fd = -1;
		evidence->path = strdup(path);
	}
	if (!evidence || !evidence->path)
		return refuse(failure, STATUS_NOMEM, path, "out of memory");

	struct evidence_part part = { .inside = false };
	int opened = -1;
	RETURN_IF_FAILED(evidence_open(opener, path, &opened, &part, failure));
	AUTO(closep) int fd = opened;
	struct stat before;
	if (fstat(fd, &before) != 0)
		return refuse(failure, STATUS_IO, path, strerror(errno));
	wait_for_next_tick(&before);
	/* A file without a name is a copy of our own. */
	bool written = before.st_nlink > 0 && is_open_for_writing(fd);
	evidence->mark = filemark_of(&before);
	RETURN_IF_FAILED(read_whole(fd, &part, path, beside, stage, evidence, failure));
	written = written || (before.st_nlink > 0 && is_open_for_writing(fd));
	bool same = !written || reads_the_same(fd, &part, evidence->bytes);
	RETURN_IF_FAILED(check_unchanged(fd, &before, same, !opener, path, failure));
	evidence->kind = evidence_identify(evidence->bytes);
	*out = STEAL(evidence);
	return STATUS_OK;
}

enum status evidence_read_through(const struct evidence_opener *opener, const char *path,
				  struct stage *stage, struct evidence **out,
				  struct failure *failure)
{
	return read_file(opener, path, false, stage, out, failure);
}

enum status evidence_read_beside(const struct evidence_opener *opener, const char *path,
				 struct stage *stage, struct evidence **out,
				 struct failure *failure)
{
	return read_file(opener, path, true, stage, out, failure);
}
