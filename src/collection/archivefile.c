/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Archives by libarchive.  Of its formats and filters only those are asked for that are
 * needed, and none that would run another program.  Names in 7z and pax are converted by
 * the locale, so this thread has one of UTF-8 meanwhile.
 *
 * What is skipped in a compressed tar or a 7z is unpacked all the same; it is read here
 * then, block by block, so that the limits hold there too.
 *
 * The library that comes with a system has the times of that system.  Where these have 32
 * bits, this program asks for 64 (configure.ac), but here it must see what the library has.
 */
#undef _TIME_BITS
#include "collection/archivefile.h"

#include "base/filetime.h"
#include "collection/archiveinput.h"

#ifdef HAVE_LIBARCHIVE

#include <archive.h>
#include <archive_entry.h>
#include <inttypes.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Zeros of holes that are given at a time. */
static const uint8_t zeros[4096];

struct reading {
	struct archiveinput input;
	uint64_t out; /* bytes that came out */
	uint64_t members;
	struct archive *archive;
	const struct archivefile_limits *limits;
	const struct archivefile_visitor *visitor;
	bool over; /* a limit was reached, or the visitor ended it */
};

/* The formats that are asked for. */
static enum status new_archive(struct reading *r, bool compressed)
{
	r->archive = archive_read_new();
	if (!r->archive)
		return STATUS_NOMEM;
	int ok = archive_read_support_format_tar(r->archive);
	if (compressed) {
		archive_read_support_format_raw(r->archive);
	} else {
		archive_read_support_format_zip(r->archive);
		archive_read_support_format_7zip(r->archive);
	}
	return ok == ARCHIVE_OK ? STATUS_OK : STATUS_NOMEM;
}

/* ---- limits ---- */

static enum status lose(struct reading *r, enum archivefile_loss loss, const char *why)
{
	r->over = true;
	return r->visitor->lost(r->visitor->data, loss, why);
}

static enum status stop_at(struct reading *r, const char *what, uint64_t number,
			   const char *unit)
{
	char why[160];

	(void)snprintf(why, sizeof(why), "%s more than %" PRIu64 " %s", what, number,
		       unit);
	return lose(r, ARCHIVEFILE_LOST_LIMIT, why);
}

/* True if more came out than may. */
static bool is_bomb(const struct reading *r)
{
	/* Members that lie over one another are read again and again. */
	uint64_t in = r->input.n < r->input.size ? r->input.n : r->input.size;

	return r->out > r->limits->free_bytes && r->out / (in + 1) > r->limits->ratio;
}

static enum status stop_bomb(struct reading *r)
{
	return stop_at(r, "it unpacks to", r->limits->ratio, "times its size");
}

/* ---- a member's bytes ---- */

/* True if skipping unpacks what is skipped. */
static bool skips_slowly(const struct reading *r)
{
	return r->input.unpacker || (archive_format(r->archive) &
				     ARCHIVE_FORMAT_BASE_MASK) == ARCHIVE_FORMAT_7ZIP;
}

/* True for a compressed file that holds no archive. */
static bool is_raw(const struct reading *r)
{
	return (archive_format(r->archive) & ARCHIVE_FORMAT_BASE_MASK) ==
	       ARCHIVE_FORMAT_RAW;
}

struct file {
	uint64_t size; /* bytes that were given */
	bool enough;
	enum archivefile_fault fault;
};

/* Gives a block at its offset, with the hole before it. */
static enum status give(struct reading *r, struct file *file, struct span block,
			uint64_t off)
{
	const struct archivefile_visitor *visitor = r->visitor;
	enum status status = STATUS_OK;

	if (off < file->size || off > r->limits->file_bytes ||
	    block.len > r->limits->file_bytes - off) {
		file->fault =
			off < file->size ? ARCHIVEFILE_DAMAGED : ARCHIVEFILE_TOO_LARGE;
		file->enough = true;
		return STATUS_OK;
	}
	while (status == STATUS_OK && !file->enough && file->size < off) {
		struct span hole = span_of(zeros, sizeof(zeros));
		if (off - file->size < hole.len)
			hole = span_clip(hole, (size_t)(off - file->size));
		file->size += hole.len;
		status = visitor->bytes(visitor->data, hole, &file->enough);
	}
	if (status == STATUS_OK && !file->enough && block.len > 0) {
		file->size += block.len;
		status = visitor->bytes(visitor->data, block, &file->enough);
	}
	return status;
}

/* Reads the bytes of the member.  *end: what the library said last. */
static enum status read_blocks(struct reading *r, struct file *file, int *end)
{
	const void *bytes;
	size_t len;
	la_int64_t off;
	bool slowly = skips_slowly(r);

	while (!file->enough || slowly) {
		bytes = NULL;
		len = 0;
		off = 0;
		*end = archive_read_data_block(r->archive, &bytes, &len, &off);
		if (*end != ARCHIVE_OK)
			return STATUS_OK;
		r->out += len;
		if (is_bomb(r))
			return stop_bomb(r);
		if (!file->enough)
			RETURN_IF_FAILED(give(r, file, span_of(bytes, len),
					      off < 0 ? UINT64_MAX : (uint64_t)off));
	}
	return STATUS_OK;
}

static enum status read_file(struct reading *r, struct archive_entry *entry)
{
	const struct archivefile_visitor *visitor = r->visitor;
	struct file file = { 0 };
	int end = ARCHIVE_EOF;

	if (archive_entry_is_encrypted(entry))
		return visitor->file_end(visitor->data, ARCHIVEFILE_ENCRYPTED, NULL);
	RETURN_IF_FAILED(read_blocks(r, &file, &end));
	/* A hole at its end has no block behind it. */
	if (end == ARCHIVE_EOF && !file.enough && archive_entry_sparse_count(entry) > 0 &&
	    archive_entry_size(entry) > 0 &&
	    file.size < (uint64_t)archive_entry_size(entry))
		RETURN_IF_FAILED(give(r, &file, span_of(zeros, 0),
				      (uint64_t)archive_entry_size(entry)));
	if (r->over)
		return visitor->file_end(visitor->data, ARCHIVEFILE_TOO_LARGE, NULL);
	const char *fault = archiveinput_fault(&r->input);
	if (end == ARCHIVE_EOF && is_raw(r) && fault)
		return visitor->file_end(visitor->data, ARCHIVEFILE_DAMAGED, fault);
	if (end == ARCHIVE_EOF || (end == ARCHIVE_OK && file.enough))
		return visitor->file_end(visitor->data, file.fault, NULL);
	/* What is wrong behind the bytes that were wanted does not concern them. */
	if (end != ARCHIVE_FATAL && file.enough)
		return visitor->file_end(visitor->data, file.fault, NULL);
	return visitor->file_end(visitor->data, ARCHIVEFILE_DAMAGED,
				 archive_error_string(r->archive));
}

/* ---- members ---- */

static enum archivefile_type type_of(struct archive_entry *entry)
{
	if (archive_entry_hardlink(entry) || archive_entry_symlink(entry))
		return ARCHIVEFILE_LINK;
	switch (archive_entry_filetype(entry)) {
	case AE_IFREG:
	case 0: /* a zip need not tell */
		return ARCHIVEFILE_FILE;
	case AE_IFDIR:
		return ARCHIVEFILE_FOLDER;
	case AE_IFLNK:
		return ARCHIVEFILE_LINK;
	default:
		return ARCHIVEFILE_SPECIAL;
	}
}

/*
 * When the member was last written; 0: not known.  Times of 32 bits end in 2038, and what is
 * later looks as if it were before 1970: there neither is taken.
 */
static uint64_t mtime_of(struct archive_entry *entry)
{
	time_t seconds = archive_entry_mtime(entry);

	if (!archive_entry_mtime_is_set(entry) ||
	    (sizeof(time_t) < sizeof(int64_t) && seconds < 0))
		return 0;
	return filetime_from_unix(seconds, (uint32_t)archive_entry_mtime_nsec(entry));
}

static enum status read_member(struct reading *r, struct archive_entry *entry)
{
	const char *name = archive_entry_pathname(entry);
	bool raw = is_raw(r);
	char number[48];
	struct archivefile_member member = { .name = raw ? "" : name,
					     .type = type_of(entry),
					     .size = UINT64_MAX };

	if (!raw && !name) {
		(void)snprintf(number, sizeof(number), "member %" PRIu64, r->members);
		member.name = number;
	}
	if (archive_entry_size_is_set(entry) && archive_entry_size(entry) >= 0)
		member.size = (uint64_t)archive_entry_size(entry);
	member.mtime_ft = mtime_of(entry);
	RETURN_IF_FAILED(r->visitor->member(r->visitor->data, &member));
	return member.type == ARCHIVEFILE_FILE ? read_file(r, entry) : STATUS_OK;
}

/* Unpacks what is behind a tar's end; only then all checksums have been seen. */
static enum status end_unpacking(struct reading *r)
{
	size_t n = 0;

	while (archiveinput_unpack(&r->input, &n)) {
		r->out += n;
		if (is_bomb(r))
			return stop_bomb(r);
	}
	const char *fault = archiveinput_fault(&r->input);
	return fault ? lose(r, ARCHIVEFILE_LOST_DAMAGED, fault) : STATUS_OK;
}

/*
 * True for a tar that stops where another member may have begun: POSIX ends it with two
 * blocks of zeros, and nothing else tells that it was not cut off between two members.  One
 * such block with nothing behind it is its mark, too: no member can be missing there.
 */
static bool is_unended(const struct reading *r)
{
	return (archive_format(r->archive) & ARCHIVE_FORMAT_BASE_MASK) ==
		       ARCHIVE_FORMAT_TAR &&
	       archive_filter_bytes(r->archive, 0) ==
		       archive_read_header_position(r->archive);
}

static enum status end_tar(struct reading *r)
{
	bool unended = is_unended(r);

	RETURN_IF_FAILED(end_unpacking(r));
	return unended && !r->over ? lose(r, ARCHIVEFILE_LOST_UNENDED, NULL) : STATUS_OK;
}

/* What the library says at the end, or where it cannot go on. */
static enum status end(struct reading *r, int said)
{
	if (r->over)
		return STATUS_OK;
	if (said == ARCHIVE_EOF)
		return is_raw(r) ? STATUS_OK : end_tar(r);
	/* Of an empty file the library knows no format. */
	if (archiveinput_is_empty(&r->input))
		return STATUS_OK;
	const char *why = archive_error_string(r->archive);
	/* The library does not expect the question where it knows no format. */
	bool encrypted = archive_format(r->archive) != 0 &&
			 archive_read_has_encrypted_entries(r->archive) == 1;
	return lose(r,
		    encrypted && r->members == 0 ? ARCHIVEFILE_LOST_ENCRYPTED
						 : ARCHIVEFILE_LOST_DAMAGED,
		    why ? why : "it cannot be read");
}

static enum status read_members(struct reading *r)
{
	struct archive_entry *entry;
	int said = archiveinput_open(&r->input, r->archive);

	while (said >= ARCHIVE_WARN && !r->over) {
		said = archive_read_next_header(r->archive, &entry);
		if (said == ARCHIVE_EOF || said < ARCHIVE_WARN)
			break;
		if (archiveinput_is_nested(&r->input))
			return lose(r, ARCHIVEFILE_LOST_NESTED, NULL);
		if (++r->members > r->limits->members)
			return stop_at(r, "it has", r->limits->members, "members");
		RETURN_IF_FAILED(read_member(r, entry));
	}
	return end(r, said);
}

enum status archivefile_read(int fd, uint64_t size, bool compressed,
			     const struct archivefile_limits *limits,
			     const struct archivefile_visitor *visitor)
{
	struct reading r = { .limits = limits, .visitor = visitor };
	locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
	locale_t before = utf8 ? uselocale(utf8) : (locale_t)0;
	enum status status = archiveinput_init(&r.input, fd, size, compressed);

	if (status == STATUS_OK)
		status = new_archive(&r, compressed);
	if (status == STATUS_OK)
		status = read_members(&r);
	archive_read_free(r.archive);
	archiveinput_clear(&r.input);
	if (utf8) {
		(void)uselocale(before);
		freelocale(utf8);
	}
	return status;
}

const char *archivefile_library_version(void)
{
	return ARCHIVE_VERSION_ONLY_STRING;
}

#else

enum status archivefile_read(int fd, uint64_t size, bool compressed,
			     const struct archivefile_limits *limits,
			     const struct archivefile_visitor *visitor)
{
	(void)fd;
	(void)size;
	(void)compressed;
	(void)limits;
	return visitor->lost(visitor->data, ARCHIVEFILE_LOST_NO_LIBRARY, NULL);
}

const char *archivefile_library_version(void)
{
	return NULL;
}

#endif
