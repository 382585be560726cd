/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The file of an event log: header, a ring of records, an end record behind
 * the newest one, and what is left of overwritten records between that and
 * the oldest one.  Source: Microsoft, "Event Log File Format", with the
 * structures ELF_LOGFILE_HEADER, EVENTLOGRECORD and ELF_EOF_RECORD.
 *
 * Windows keeps the end record up to date with every event, but the header
 * only when the log is closed.  So the end record is believed, which tells its
 * own offset and that of the oldest record; the header only leads to it.
 */
#include "companion/eventlogfile.h"

#include "base/array.h"
#include "companion/eventlogrecord.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define ALIGNMENT 4u /* of all records */

/* ELF_LOGFILE_HEADER */
#define HEADER_SIZE 0x30u
#define HEADER_MAJOR 0x08
#define HEADER_MINOR 0x0c
#define HEADER_BEGIN 0x10
#define HEADER_END 0x14
#define HEADER_FLAGS 0x24
#define SIGNATURE 0x654c664cu /* LfLe; of header and records */

/* EVENTLOGRECORD as far as the walk needs it; the rest: eventlogrecord.c. */
#define RECORD_SIGNATURE 0x04
#define RECORD_NUMBER 0x08
#define LENGTH_SIZE 4u /* at both ends of a record */

/* ELF_EOF_RECORD: its length, four marks, four numbers, its length again */
#define END_SIZE 0x28u
#define END_BEGIN 0x14
#define END_OFFSET 0x18
#define END_NEXT 0x1c
#define END_OLDEST 0x20
static const uint8_t end_marks[END_BEGIN] = {
	END_SIZE, 0,	0,    0,    0x11, 0x11, 0x11, 0x11, 0x22, 0x22,
	0x22,	  0x22, 0x33, 0x33, 0x33, 0x33, 0x44, 0x44, 0x44, 0x44,
};

/* The file as a ring behind its header, and the walk around it. */
struct walk {
	struct span bytes; /* a multiple of ALIGNMENT long */
	size_t room;	   /* bytes of the ring */
	size_t begin;	   /* of the oldest record */
	bool begin_lost;   /* nothing tells where that is */
	bool has_end;
	size_t end;	       /* of the end record, if there is one */
	uint32_t oldest, next; /* the numbers that it tells */

	size_t left;   /* bytes still to be walked */
	size_t broken; /* where bytes began that hold no record; 0: they do */
	struct diag_list *diags;
	struct eventlogfile *file;
};

void eventlogfile_free(struct eventlogfile *file)
{
	if (!file)
		return;
	free(file->items);
	free(file);
}

void eventlogfile_freep(struct eventlogfile **file)
{
	eventlogfile_free(*file);
}

bool eventlogfile_is_log(struct span bytes, struct diag_list *diags)
{
	uint32_t major = 0, minor = 0;

	if (bytes.len < HEADER_SIZE || !span_starts(bytes, 4, "LfLe", 4)) {
		diag_at(diags, DIAG_WRONG_KIND, 0,
			"this is no event log of Windows: it has the header neither of "
			".evt (NT to 2003) nor of .evtx (Vista and later)");
		return false;
	}
	if (!span_le32(bytes, HEADER_MAJOR, &major) ||
	    !span_le32(bytes, HEADER_MINOR, &minor) || major != 1 || minor != 1) {
		diag_at(diags, DIAG_WRONG_KIND, HEADER_MAJOR,
			"this event log has version %" PRIu32 ".%" PRIu32
			"; only 1.1 is known",
			major, minor);
		return false;
	}
	return true;
}

/* ---- the ring ---- */

bool eventlogfile_copy(struct span bytes, size_t off, void *out, size_t len)
{
	size_t head = span_from(bytes, off).len;

	if (len <= head)
		return span_copy(bytes, off, out, len);
	return bytes.len >= HEADER_SIZE && len <= bytes.len - HEADER_SIZE &&
	       span_copy(bytes, off, out, head) &&
	       span_copy(bytes, HEADER_SIZE, (uint8_t *)out + head, len - head);
}

/* How many bytes it is from one place of the ring forward to another. */
static size_t distance(const struct walk *walk, size_t from, size_t to)
{
	return to >= from ? to - from : walk->room - (from - to);
}

static bool is_place(const struct walk *walk, size_t off)
{
	return off >= HEADER_SIZE && off < walk->bytes.len && off % ALIGNMENT == 0;
}

/* Takes the end record at off.  Return: false if there is none that stands there. */
static bool take_end(struct walk *walk, size_t off)
{
	uint8_t record[END_SIZE];
	struct span span = span_of(record, sizeof(record));
	uint32_t begin = 0, own = 0, next = 0, oldest = 0, size = 0;

	if (!is_place(walk, off) ||
	    !eventlogfile_copy(walk->bytes, off, record, sizeof(record)) ||
	    !span_starts(span, 0, end_marks, sizeof(end_marks)) ||
	    !span_le32(span, END_BEGIN, &begin) || !span_le32(span, END_OFFSET, &own) ||
	    !span_le32(span, END_NEXT, &next) || !span_le32(span, END_OLDEST, &oldest) ||
	    !span_le32(span, END_SIZE - LENGTH_SIZE, &size) || size != END_SIZE ||
	    own != off)
		return false;
	/* Numbers grow: of two end records the one with the greater is the newer. */
	if (walk->has_end && next <= walk->next)
		return true;
	walk->has_end = true;
	walk->end = off;
	walk->begin = begin;
	walk->next = next;
	walk->oldest = oldest;
	return true;
}

static void find_end(struct walk *walk)
{
	bool dirty = (walk->file->flags & EVENTLOGFILE_DIRTY) != 0;
	uint32_t stated = 0, size = 0;

	if (!span_le32(walk->bytes, HEADER_END, &stated) ||
	    (!dirty && take_end(walk, stated)))
		return;
	for (size_t off = HEADER_SIZE; span_le32(walk->bytes, off, &size);
	     off += ALIGNMENT)
		if (size == END_SIZE)
			(void)take_end(walk, off);
	if (!walk->has_end)
		diag_at(walk->diags, DIAG_EVENTLOG_RECORD, stated,
			"the log has no end record: it is cut short or damaged");
	else if (!dirty)
		diag_at(walk->diags, DIAG_EVENTLOG_RECORD, HEADER_END,
			"the end record is not where the header says, at 0x%" PRIx32
			", but at 0x%zx",
			stated, walk->end);
}

static void find_begin(struct walk *walk)
{
	uint32_t stated = 0;

	if (!walk->has_end && span_le32(walk->bytes, HEADER_BEGIN, &stated))
		walk->begin = stated;
	walk->file->wraps = walk->has_end && walk->end < walk->begin;
	/* A log that is cleared begins with 1 again, and has 0 while it is empty. */
	walk->file->shifted = walk->has_end && walk->oldest > 1;
	if (is_place(walk, walk->begin))
		return;
	diag_at(walk->diags, DIAG_EVENTLOG_RECORD,
		walk->has_end ? walk->end + END_BEGIN : HEADER_BEGIN,
		"the oldest event record is said to be at 0x%zx, where none can be",
		walk->begin);
	walk->begin = HEADER_SIZE;
	walk->begin_lost = true;
}

/* True if what stands at off belongs to the log, and is not left from earlier use. */
static bool is_live(const struct walk *walk, size_t off)
{
	if (!walk->has_end || walk->begin_lost)
		return true;
	return distance(walk, walk->begin, off) < distance(walk, walk->begin, walk->end);
}

/* ---- one record ---- */

/* The length of the record at off if its frame is whole; else 0. */
static uint32_t framed(const struct walk *walk, size_t off)
{
	uint32_t len = 0, signature = 0, again = 0;

	if (!span_le32(walk->bytes, off, &len) ||
	    !span_le32(walk->bytes, off + RECORD_SIGNATURE, &signature) ||
	    signature != SIGNATURE || len < EVENTLOGRECORD_LEAST ||
	    len > EVENTLOGRECORD_MOST || len % ALIGNMENT != 0 || len > walk->left ||
	    (!walk->file->wraps && !span_has(walk->bytes, off, len)) ||
	    (walk->has_end && len > distance(walk, off, walk->end)))
		return 0;
	size_t last = off + len - LENGTH_SIZE;
	if (last >= walk->bytes.len)
		last -= walk->room;
	return span_le32(walk->bytes, last, &again) && again == len ? len : 0;
}

static enum status add_record(struct walk *walk, size_t off, uint32_t len)
{
	struct eventlogfile *file = walk->file;
	struct eventlogfile_record record = {
		.offset = (uint32_t)off,
		.len = len,
		.live = is_live(walk, off),
	};
	uint8_t head[RECORD_NUMBER + 4];
	uint32_t number = 0;

	RETURN_IF_FAILED(ARRAY_RESERVE(file, EVENTLOGFILE_MAX_RECORDS));
	if (!eventlogfile_copy(walk->bytes, off, head, sizeof(head)) ||
	    !span_le32(span_of(head, sizeof(head)), RECORD_NUMBER, &number))
		return STATUS_OK; /* cannot be: its frame is whole */
	/* Numbers run round as unsigned ones do. */
	if (walk->begin_lost && walk->has_end)
		record.live = number - walk->oldest < walk->next - walk->oldest;
	file->items[file->n++] = record;
	return STATUS_OK;
}

/* ---- the walk ---- */

/* Tells of bytes before off that should hold records but hold none. */
static void close_broken(struct walk *walk, size_t off)
{
	size_t broken = walk->broken;

	walk->broken = 0;
	/*
	 * The fixed part of a record is not split over the end of the file: what
	 * is too short for it there is filled with 0x27 and goes unused.
	 */
	if (!broken || (walk->file->wraps && off == walk->bytes.len &&
			off - broken < EVENTLOGRECORD_FIXED))
		return;
	diag_at(walk->diags, DIAG_EVENTLOG_RECORD, broken,
		"%zu bytes of the log hold no event record that can be read",
		off - broken);
}

/* Takes what stands at off.  *step: how many bytes that is, 1 at least. */
static enum status take(struct walk *walk, size_t off, size_t *step)
{
	uint32_t len = framed(walk, off);
	bool at_end = walk->has_end && off == walk->end;

	*step = len ? len : at_end ? END_SIZE : ALIGNMENT;
	/* Without a beginning, nothing tells damage from what was never used. */
	if (len || at_end || !is_live(walk, off) || walk->begin_lost)
		close_broken(walk, off);
	else if (!walk->broken)
		walk->broken = off;
	return len ? add_record(walk, off, len) : STATUS_OK;
}

/* Once around the ring, from the oldest record on. */
static enum status walk_round(struct walk *walk)
{
	size_t off = walk->begin, step = 0;

	while (walk->left > 0) {
		enum status status = take(walk, off, &step);
		if (status == STATUS_LIMIT) {
			diag_at(walk->diags, DIAG_COUNT_LIMIT, off,
				"the log holds more than %d events; those from here on "
				"are left out",
				EVENTLOGFILE_MAX_RECORDS);
			return STATUS_OK;
		}
		RETURN_IF_FAILED(status);
		walk->left -= step < walk->left ? step : walk->left;
		off += step;
		if (off >= walk->bytes.len) {
			close_broken(walk, walk->bytes.len);
			off -= walk->room;
		}
	}
	close_broken(walk, off);
	return STATUS_OK;
}

enum status eventlogfile_read(struct span bytes, struct diag_list *diags,
			      struct eventlogfile **out)
{
	AUTO(eventlogfile_freep) struct eventlogfile *file = calloc(1, sizeof(*file));

	if (!file)
		return STATUS_NOMEM;
	if (!span_le32(bytes, HEADER_FLAGS, &file->flags))
		return STATUS_MALFORMED; /* cannot be: it has a header */
	bytes = span_clip(bytes, bytes.len - bytes.len % ALIGNMENT);
	struct walk walk = {
		.bytes = bytes,
		.room = bytes.len - HEADER_SIZE,
		.left = bytes.len - HEADER_SIZE,
		.diags = diags,
		.file = file,
	};
	find_end(&walk);
	find_begin(&walk);
	RETURN_IF_FAILED(walk_round(&walk));
	file->ring = bytes;
	file->has_end = walk.has_end;
	file->oldest = walk.oldest;
	file->next = walk.next;
	*out = STEAL(file);
	return STATUS_OK;
}
