/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The bytes of an archive, as the library asks for them.
 *
 * What is compressed is unpacked here, by an archive of its own, and what comes out is
 * read by the one that looks for a tar.  So all of it is unpacked, also what stands behind
 * the end of a tar: only then are checksums compared.  That of gzip the library does not
 * look at; it is added up here.
 */
#include "collection/archiveinput.h"

#ifdef HAVE_LIBARCHIVE

#include "base/readat.h"
#include "base/span.h"
#include "base/sum/crc32.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define CHUNK_SIZE ((size_t)256 * 1024)

static la_ssize_t read_callback(struct archive *archive, void *data, const void **out)
{
	struct archiveinput *in = data;
	ssize_t n = readat(in->fd, in->at, in->chunk, CHUNK_SIZE);

	if (n < 0) {
		archive_set_error(archive, errno, "%s", strerror(errno));
		return -1;
	}
	*out = in->chunk;
	in->at += (uint64_t)n;
	in->n += (uint64_t)n;
	return n;
}

static la_int64_t skip_callback(struct archive *archive, void *data, la_int64_t request)
{
	struct archiveinput *in = data;
	uint64_t left = in->at < in->size ? in->size - in->at : 0;

	(void)archive;
	if (request < 0)
		return 0;
	if ((uint64_t)request > left)
		request = (la_int64_t)left;
	in->at += (uint64_t)request;
	in->n += (uint64_t)request;
	return request;
}

static la_int64_t seek_callback(struct archive *archive, void *data, la_int64_t off,
				int whence)
{
	struct archiveinput *in = data;
	int64_t base = whence == SEEK_SET   ? 0
		       : whence == SEEK_CUR ? (int64_t)in->at
					    : (int64_t)in->size;
	int64_t to;

	(void)archive;
	if (ckd_add(&to, base, off) || to < 0)
		return ARCHIVE_FATAL;
	in->at = (uint64_t)to;
	return to;
}

static int open_file(struct archiveinput *in, struct archive *archive)
{
	archive_read_set_callback_data(archive, in);
	archive_read_set_read_callback(archive, read_callback);
	archive_read_set_skip_callback(archive, skip_callback);
	archive_read_set_seek_callback(archive, seek_callback);
	return archive_read_open1(archive);
}

/* ---- what is compressed ---- */

/* An archive of its own unpacks the file, and what comes out is what is read. */
struct archiveinput_unpacker {
	struct archive *archive;
	uint64_t size; /* bytes that came out */
	bool ended;
	bool failed; /* and the archive says why */
	bool gzip;
	struct crc32 crc;
};

static void support_filters(struct archive *archive)
{
	archive_read_support_filter_gzip(archive);
	/* Without their libraries these would run programs. */
	if (archive_bzlib_version())
		archive_read_support_filter_bzip2(archive);
	if (archive_liblzma_version())
		archive_read_support_filter_xz(archive);
	if (archive_libzstd_version())
		archive_read_support_filter_zstd(archive);
	if (archive_liblz4_version())
		archive_read_support_filter_lz4(archive);
}

static enum status open_unpacker(struct archiveinput *in)
{
	struct archive_entry *entry;
	uint8_t head[2];

	in->unpacker = calloc(1, sizeof(*in->unpacker));
	if (!in->unpacker || !(in->unpacker->archive = archive_read_new()))
		return STATUS_NOMEM;
	in->unpacker->gzip =
		readat(in->fd, 0, head, 2) == 2 && head[0] == 0x1f && head[1] == 0x8b;
	crc32_begin(&in->unpacker->crc);
	archive_read_support_format_raw(in->unpacker->archive);
	archive_read_support_format_empty(in->unpacker->archive);
	support_filters(in->unpacker->archive);
	int said = open_file(in, in->unpacker->archive);
	if (said == ARCHIVE_OK)
		said = archive_read_next_header(in->unpacker->archive, &entry);
	in->unpacker->ended = said == ARCHIVE_EOF;
	in->unpacker->failed = said != ARCHIVE_OK && said != ARCHIVE_EOF;
	return STATUS_OK;
}

/* The next bytes that come out.  Return: false at the end, or where it cannot go on. */
static bool unpack(struct archiveinput_unpacker *unpacker, const void **out, size_t *len)
{
	la_int64_t off;

	*len = 0;
	if (unpacker->ended || unpacker->failed)
		return false;
	int said = archive_read_data_block(unpacker->archive, out, len, &off);
	unpacker->ended = said == ARCHIVE_EOF;
	unpacker->failed = said != ARCHIVE_OK && said != ARCHIVE_EOF;
	if (said != ARCHIVE_OK)
		return false;
	unpacker->size += *len;
	if (unpacker->gzip)
		crc32_add(&unpacker->crc, span_of(*out, *len));
	return true;
}

static la_ssize_t unpacker_callback(struct archive *archive, void *data, const void **out)
{
	struct archiveinput *in = data;
	size_t len;

	if (unpack(in->unpacker, out, &len))
		return (la_ssize_t)len;
	if (!in->unpacker->failed)
		return 0;
	archive_set_error(archive, EIO, "%s",
			  archive_error_string(in->unpacker->archive));
	return -1;
}

bool archiveinput_unpack(struct archiveinput *in, size_t *len)
{
	const void *bytes;

	return in->unpacker && unpack(in->unpacker, &bytes, len);
}

bool archiveinput_is_nested(const struct archiveinput *in)
{
	/* The innermost "filter" is the file itself. */
	return in->unpacker && archive_filter_count(in->unpacker->archive) > 2;
}

bool archiveinput_is_empty(const struct archiveinput *in)
{
	const struct archiveinput_unpacker *unpacker = in->unpacker;

	return unpacker && unpacker->ended && unpacker->size == 0 && !unpacker->failed;
}

/* Bytes that can begin a gzip member: RFC 1952, 2.3.1; those of any other data are rare. */
static bool begins_member(struct span bytes, size_t at)
{
	uint8_t flags = 0, extra = 0, system = 0;

	return span_starts(bytes, at, "\x1f\x8b\x08", 3) &&
	       span_u8(bytes, at + 3, &flags) && (flags & 0xe0) == 0 &&
	       span_u8(bytes, at + 8, &extra) &&
	       (extra == 0 || extra == 2 || extra == 4) &&
	       span_u8(bytes, at + 9, &system) && (system <= 13 || system == 255);
}

/* True if a gzip file may have more than the one member that it begins with. */
static bool has_more_members(const struct archiveinput *in)
{
	enum { HEADER = 10 };

	for (uint64_t at = 1; at + HEADER <= in->size;) {
		ssize_t n = readat(in->fd, at, in->chunk, CHUNK_SIZE);
		if (n < HEADER)
			break;
		for (size_t i = 0; i + HEADER <= (size_t)n; i++)
			if (begins_member(span_of(in->chunk, (size_t)n), i))
				return true;
		at += (uint64_t)n - HEADER + 1;
	}
	return false;
}

const char *archiveinput_fault(const struct archiveinput *in)
{
	const struct archiveinput_unpacker *unpacker = in->unpacker;
	uint8_t tail[8];

	if (!unpacker)
		return NULL;
	if (unpacker->failed) {
		const char *why = archive_error_string(unpacker->archive);
		return why ? why : "it cannot be unpacked";
	}
	/* Before the end nothing is known of the whole, and the chunk is in use. */
	if (!unpacker->ended || !unpacker->gzip || in->size < sizeof(tail) ||
	    readat(in->fd, in->size - sizeof(tail), tail, sizeof(tail)) !=
		    (ssize_t)sizeof(tail))
		return NULL;
	if (le32(tail + 4) == (uint32_t)unpacker->size)
		return le32(tail) != crc32_sum(&unpacker->crc)
			       ? "its checksum is another one"
			       : NULL;
	/* The last of several members tells its own length; zeros may fill up a tape. */
	return (le32(tail) == 0 && le32(tail + 4) == 0) || has_more_members(in)
		       ? NULL
		       : "its length is another one";
}

/* ---- both ---- */

enum status archiveinput_init(struct archiveinput *in, int fd, uint64_t size,
			      bool compressed)
{
	*in = (struct archiveinput){ .fd = fd,
				     .size = size,
				     .chunk = malloc(CHUNK_SIZE) };
	if (!in->chunk)
		return STATUS_NOMEM;
	return compressed ? open_unpacker(in) : STATUS_OK;
}

int archiveinput_open(struct archiveinput *in, struct archive *archive)
{
	if (!in->unpacker)
		return open_file(in, archive);
	archive_read_set_callback_data(archive, in);
	archive_read_set_read_callback(archive, unpacker_callback);
	return archive_read_open1(archive);
}

void archiveinput_clear(struct archiveinput *in)
{
	if (in->unpacker) {
		archive_read_free(in->unpacker->archive);
		free(in->unpacker);
	}
	free(in->chunk);
	*in = (struct archiveinput){ .fd = -1 };
}

#endif
