/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Reading transaction logs.  Every count and size is compared with the bytes
 * that are there before it is used; an entry counts only if both its hashes
 * and all its bounds are right, so that replay can copy without asking again.
 */
#include "regf/log/txlog.h"

#include "base/array.h"
#include "regf/evidence.h"
#include "regf/log/marvin.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define SECTOR 512u
#define PAGE 4096u

/* Bytes of the base block that a log keeps: its first sector. */
#define LOG_BASE_SIZE SECTOR

struct entry_wire {
	uint8_t signature[4];
	uint8_t size[4];
	uint8_t flags[4];
	uint8_t sequence[4];
	uint8_t data_size[4];
	uint8_t n_pages[4];
	uint8_t hash_1[8]; /* of everything behind this head */
	uint8_t hash_2[8]; /* of this head up to here, so it covers hash_1 */
};
static_assert(sizeof(struct entry_wire) == 40, "log entry");
#define ENTRY_HASHED_HEAD 32
#define PAGE_REFERENCE 8 /* u32 offset, u32 size */

/* Times the length of a log that looking for stale entries may hash. */
#define STALE_BUDGET 4

const char *txlog_fault_word(enum txlog_fault fault)
{
	static const char *const words[] = {
#define X(constant, word, sentence) [constant] = word,
		TXLOG_FAULTS(X)
#undef X
	};

	return words[fault];
}

const char *txlog_fault_sentence(enum txlog_fault fault)
{
	static const char *const sentences[] = {
#define X(constant, word, sentence) [constant] = sentence,
		TXLOG_FAULTS(X)
#undef X
	};

	return sentences[fault];
}

void txlog_free(struct txlog *log)
{
	if (!log)
		return;
	free(log->entries);
	free(log);
}

void txlog_freep(struct txlog **log)
{
	txlog_free(*log);
}

static enum txlog_fault read_base(struct span bytes, struct image_base *base)
{
	if (span_is_empty(bytes))
		return TXLOG_EMPTY;
	if (bytes.len < LOG_BASE_SIZE || !baseblock_read(bytes, base))
		return TXLOG_NO_BASE;
	if (!base->checksum_ok)
		return TXLOG_BASE_CHECKSUM;
	if (base->primary_sequence != base->secondary_sequence)
		return TXLOG_BASE_SEQUENCES;
	if (!image_type_is_log(base->file_type))
		return TXLOG_TYPE;
	return TXLOG_SOUND;
}

static enum status add_entry(struct txlog *log, struct txlog_entry entry)
{
	void *items = log->entries;
	enum status status = array_reserve(&items, log->n_entries, &log->cap_entries,
					   sizeof(*log->entries), TXLOG_MAX_ENTRIES);

	log->entries = items;
	if (status == STATUS_OK)
		log->entries[log->n_entries++] = entry;
	return status;
}

/* ---- old format ---- */

/* The bitmap: a bit for each 512 bytes of the bins, lowest bit first. */
static struct span bitmap_of(const struct txlog *log)
{
	return span_clip(span_from(log->bytes, SECTOR + 4), log->base.data_size / PAGE);
}

static uint32_t first_page_offset(const struct txlog *log)
{
	uint32_t end = SECTOR + 4 + log->base.data_size / PAGE;

	return (end + SECTOR - 1) / SECTOR * SECTOR;
}

static enum status read_old(struct txlog *log, enum txlog_fault *fault)
{
	struct txlog_entry entry = {
		.offset = SECTOR,
		.sequence = log->base.primary_sequence,
		.data_size = log->base.data_size,
	};
	struct span bitmap = bitmap_of(log);
	uint32_t wanted = 0;
	uint8_t byte = 0;

	*fault = TXLOG_NO_MARK;
	if (!span_starts(log->bytes, SECTOR, "DIRT", 4))
		return STATUS_UNSUPPORTED;
	*fault = TXLOG_NO_PAGES;
	if (entry.data_size == 0 || entry.data_size % PAGE != 0 ||
	    bitmap.len != entry.data_size / PAGE)
		return STATUS_UNSUPPORTED;
	for (size_t i = 0; i < bitmap.len && span_u8(bitmap, i, &byte); i++)
		for (; byte; byte &= (uint8_t)(byte - 1))
			wanted++;
	if (wanted == 0)
		return STATUS_UNSUPPORTED;
	/* A log that lacks pages would leave the hive half old and half new. */
	*fault = TXLOG_CUT_SHORT;
	if (wanted > span_from(log->bytes, first_page_offset(log)).len / SECTOR)
		return STATUS_UNSUPPORTED;
	entry.n_pages = wanted;
	entry.size = first_page_offset(log) - SECTOR + wanted * SECTOR;
	*fault = TXLOG_SOUND;
	return add_entry(log, entry);
}

static bool next_old_page(struct txlog_pages *pages, struct txlog_page *out)
{
	struct span bitmap = bitmap_of(pages->log);
	uint8_t byte = 0;

	while (span_u8(bitmap, pages->next / 8, &byte)) {
		uint32_t bit = pages->next++;
		if (!(byte >> (bit % 8) & 1))
			continue;
		*out = (struct txlog_page){ bit * SECTOR, SECTOR, pages->log_off };
		pages->log_off += SECTOR;
		return span_has(pages->log->bytes, out->log_off, out->len);
	}
	return false;
}

/* ---- new format ---- */

/* True if the pages' references and bytes fit the entry and the hive's data. */
static bool pages_fit(struct span bytes, const struct txlog_entry *entry)
{
	uint64_t used =
		sizeof(struct entry_wire) + (uint64_t)entry->n_pages * PAGE_REFERENCE;
	uint32_t rel = 0, len = 0;

	if (used > entry->size)
		return false;
	for (uint32_t i = 0; i < entry->n_pages; i++) {
		size_t off = sizeof(struct entry_wire) + (size_t)i * PAGE_REFERENCE;
		if (!span_le32(bytes, off, &rel) || !span_le32(bytes, off + 4, &len) ||
		    len > entry->data_size || rel > entry->data_size - len)
			return false;
		used += len;
	}
	return used <= entry->size;
}

/* Reads the entry at offset.  Return: false if there is no sound one. */
static bool read_entry(struct span log, uint32_t offset, struct txlog_entry *entry)
{
	struct entry_wire wire;
	struct span bytes;

	*entry = (struct txlog_entry){ 0 };
	if (!span_copy(log, offset, &wire, sizeof(wire)) ||
	    memcmp(wire.signature, "HvLE", 4) != 0)
		return false;
	*entry = (struct txlog_entry){
		.offset = offset,
		.size = le32(wire.size),
		.flags = le32(wire.flags),
		.sequence = le32(wire.sequence),
		.data_size = le32(wire.data_size),
		.n_pages = le32(wire.n_pages),
	};
	return entry->size >= SECTOR && entry->size % SECTOR == 0 &&
	       span_sub(log, offset, entry->size, &bytes) && entry->data_size > 0 &&
	       entry->data_size % PAGE == 0 && entry->n_pages > 0 &&
	       marvin_hash(span_clip(bytes, ENTRY_HASHED_HEAD)) == le64(wire.hash_2) &&
	       pages_fit(bytes, entry) &&
	       marvin_hash(span_from(bytes, sizeof(wire))) == le64(wire.hash_1);
}

/*
 * Heads that each claim the whole rest of the file may not cost more than
 * hashing the file a few times.
 */
struct txlog_search txlog_search(struct span log, uint32_t from)
{
	return (struct txlog_search){ log, from, STALE_BUDGET * (uint64_t)log.len };
}

bool txlog_next_sound(struct txlog_search *search, struct txlog_entry *out)
{
	while (search->offset < search->bytes.len) {
		bool sound = read_entry(search->bytes, search->offset, out);
		if (out->size > search->budget)
			return false;
		search->budget -= out->size;
		search->offset += sound ? out->size : SECTOR;
		if (sound)
			return true;
	}
	return false;
}

/* Sound entries that do not follow: what is left of an earlier round. */
static void count_stale(struct txlog *log, uint32_t offset)
{
	struct txlog_search search = txlog_search(log->bytes, offset);
	struct txlog_entry entry;

	while (txlog_next_sound(&search, &entry))
		log->n_stale++;
}

/* True if the next entry was begun at offset, and the file ends inside it. */
static bool is_cut_short(struct span log, uint32_t offset, uint32_t expected)
{
	uint32_t size = 0, sequence = 0;

	if (!span_starts(log, offset, "HvLE", 4))
		return false;
	if (!span_le32(log, offset + 4, &size) || !span_le32(log, offset + 12, &sequence))
		return true;
	return sequence == expected && size >= SECTOR && !span_has(log, offset, size);
}

static enum status read_new(struct txlog *log, enum txlog_fault *fault)
{
	uint32_t offset = SECTOR, expected = log->base.primary_sequence;
	struct txlog_entry entry;

	while (read_entry(log->bytes, offset, &entry) && entry.sequence == expected) {
		RETURN_IF_FAILED(add_entry(log, entry));
		offset += entry.size;
		expected++;
	}
	log->cut_short = is_cut_short(log->bytes, offset, expected);
	count_stale(log, offset);
	*fault = log->n_entries	  ? TXLOG_SOUND
		 : log->cut_short ? TXLOG_CUT_SHORT
				  : TXLOG_NO_PAGES;
	return log->n_entries ? STATUS_OK : STATUS_UNSUPPORTED;
}

static bool next_new_page(struct txlog_pages *pages, struct txlog_page *out)
{
	size_t off = pages->entry->offset + sizeof(struct entry_wire) +
		     (size_t)pages->next * PAGE_REFERENCE;

	if (pages->next >= pages->entry->n_pages ||
	    !span_le32(pages->log->bytes, off, &out->rel) ||
	    !span_le32(pages->log->bytes, off + 4, &out->len))
		return false;
	out->log_off = pages->log_off;
	pages->log_off += out->len;
	pages->next++;
	return true;
}

/* ---- both ---- */

enum status txlog_open(struct span bytes, struct txlog **out, enum txlog_fault *fault)
{
	AUTO(txlog_freep) struct txlog *log = calloc(1, sizeof(*log));
	if (!log)
		return STATUS_NOMEM;
	log->bytes = span_clip(bytes, EVIDENCE_MAX_SIZE);
	*fault = read_base(bytes, &log->base);
	if (*fault != TXLOG_SOUND)
		return STATUS_UNSUPPORTED;
	log->format = log->base.file_type == IMAGE_TYPE_LOG_NEW ? TXLOG_NEW : TXLOG_OLD;
	RETURN_IF_FAILED(log->format == TXLOG_NEW ? read_new(log, fault)
						  : read_old(log, fault));
	*out = STEAL(log);
	return STATUS_OK;
}

struct txlog_pages txlog_pages(const struct txlog *log, const struct txlog_entry *entry)
{
	struct txlog_pages pages = { .log = log, .entry = entry };

	pages.log_off = log->format == TXLOG_OLD
				? first_page_offset(log)
				: entry->offset + (uint32_t)sizeof(struct entry_wire) +
					  entry->n_pages * PAGE_REFERENCE;
	return pages;
}

bool txlog_next_page(struct txlog_pages *pages, struct txlog_page *out)
{
	return pages->log->format == TXLOG_OLD ? next_old_page(pages, out)
					       : next_new_page(pages, out);
}
