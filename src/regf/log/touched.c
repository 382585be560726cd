/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Pages that keys are read from.  In a hive without errors bins follow each other from the
 * first one, each as long as it tells, and cells fill a bin: which bytes a cell has is
 * told by its bin alone.  Format: regf specification, "Hive bin", "Key node", "Subkeys
 * list", "Values list", "Big data".
 */
#include "regf/log/touched.h"

#include "regf/bigdata.h"
#include "regf/reader.h"
#include "regf/subkeys.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define PAGE 4096u

/* The head of a bin: where it tells its own size, and what follows, which no reader asks for. */
#define BIN_SIZE 8
#define BIN_TIMES 12
#define BIN_HEAD 32

void touched_clear(struct touched *touched)
{
	free(touched->bins);
	free(touched->pages);
	free(touched->digests);
	cellmap_clear(&touched->named);
	*touched = (struct touched){ 0 };
}

enum status touched_begin(struct touched *touched, const struct image *image)
{
	uint32_t size = 0;

	touched_clear(touched);
	if (!image->base.checksum_ok || !image->sized)
		return STATUS_OK;
	touched->n_pages = image->bins.len / PAGE;
	touched->minor = image->base.minor;
	touched->root_rel = image->base.root_rel;
	touched->cell_header = image->cell_header;
	touched->bins = calloc(touched->n_pages + 1, sizeof(*touched->bins));
	touched->pages = calloc(touched->n_pages + 1, sizeof(*touched->pages));
	touched->digests = calloc(touched->n_pages + 1, sizeof(*touched->digests));
	if (!touched->bins || !touched->pages || !touched->digests ||
	    !cellmap_init(&touched->named, (uint32_t)image->bins.len)) {
		touched_clear(touched);
		return STATUS_NOMEM;
	}
	for (size_t page = 0; page < touched->n_pages; page += size / PAGE) {
		if (!span_le32(image->bins, page * PAGE + BIN_SIZE, &size) ||
		    size < PAGE || size % PAGE != 0) {
			touched_clear(touched);
			return STATUS_OK;
		}
		touched->bins[page] = size;
	}
	return STATUS_OK;
}

/* ---- what a key is read from ---- */

static void need(struct touched *touched, uint32_t rel)
{
	if (rel / PAGE >= touched->n_needed)
		touched->n_needed = rel / PAGE + 1;
}

/*
 * The page of a cell stands for its bin; touched_end() adds the rest.  What an old offset
 * leads to may come to be there: then nothing is known.
 */
static void add_cell(void *context, uint32_t rel)
{
	struct touched *touched = context;

	if (rel / PAGE < touched->n_pages) {
		touched->pages[rel / PAGE] = true;
		need(touched, rel);
	} else if (rel != IMAGE_NIL) {
		touched_clear(touched);
	}
}

static uint32_t cell_of(const struct touched *touched, const struct key *key)
{
	return key->record_off - touched->cell_header - IMAGE_BASE_SIZE;
}

static void add_big_data(struct touched *touched, const struct image *image, uint32_t rel)
{
	struct span cell, bytes;
	struct bigdata big;
	uint32_t segment = 0;

	if (!image_cell(image, rel, &cell) || !bigdata_open(image, cell, &big))
		return;
	add_cell(touched, big.list_rel);
	for (size_t i = 0; i < big.n; i++)
		if (bigdata_segment(image, &big, i, BIGDATA_SEGMENT, &segment, &bytes))
			add_cell(touched, segment);
}

static void add_value(struct touched *touched, const struct image *image,
		      const struct value *value)
{
	uint32_t rel = 0;

	add_cell(touched, value->record_off - IMAGE_BASE_SIZE);
	if (value->data_len == 0 || (value->flags & VALUE_FLAG_INLINE))
		return;
	if (!span_le32(image->bytes,
		       value->record_off + offsetof(struct reader_value_wire, data),
		       &rel))
		return;
	add_cell(touched, rel);
	if (value->flags & VALUE_FLAG_SEGMENTED)
		add_big_data(touched, image, rel);
}

void touched_add(struct touched *touched, const struct image *image,
		 const struct key *key)
{
	struct reader_key_wire wire;

	if (!touched->pages ||
	    !span_copy(image->bytes, key->record_off, &wire, sizeof(wire)))
		return;
	add_cell(touched, cell_of(touched, key));
	subkeys_each_list(image, le32(wire.subkeys), le32(wire.n_subkeys), add_cell,
			  touched);
	for (uint32_t i = 0; i < key->n_children; i++) {
		uint32_t rel = cell_of(touched, &key->children[i]);
		if (cellmap_add(&touched->named, rel))
			need(touched, rel);
	}
	if (le32(wire.n_values) > 0)
		add_cell(touched, le32(wire.values));
	for (uint32_t i = 0; i < key->n_values; i++)
		add_value(touched, image, &key->values[i]);
}

/* ---- what stands on a page ---- */

/* Windows writes the time into the first bin whenever it writes the hive. */
static struct digest whole_page(const struct touched *touched, struct span bins,
				size_t page)
{
	uint8_t bytes[PAGE] = { 0 };

	if (span_copy(bins, page * PAGE, bytes, PAGE) && touched->bins[page])
		memset(bytes + BIN_TIMES, 0, BIN_HEAD - BIN_TIMES);
	return digest_of(span_of(bytes, PAGE));
}

/* What of a key record tells its name and whose it is, behind what was told before. */
static struct digest add_name(struct digest before, struct span bins, size_t record)
{
	struct reader_key_wire wire;
	struct span name;
	uint8_t told[2 * DIGEST_SIZE + offsetof(struct reader_key_wire, n_subkeys)];

	if (!span_copy(bins, record, &wire, sizeof(wire)) ||
	    !span_sub(bins, record + sizeof(wire), le16(wire.name_len), &name))
		return before;
	memset(wire.time, 0, sizeof(wire.time));
	memset(wire.access, 0, sizeof(wire.access));
	struct digest named = digest_of(name);
	memcpy(told, before.bytes, DIGEST_SIZE);
	memcpy(told + DIGEST_SIZE, named.bytes, DIGEST_SIZE);
	memcpy(told + 2 * DIGEST_SIZE, &wire, sizeof(told) - 2 * DIGEST_SIZE);
	return digest_of(span_of(told, sizeof(told)));
}

/* Of a page whose bin does not count the names of the records that begin there. */
static struct digest read_page(const struct touched *touched, struct span bins,
			       size_t page)
{
	struct digest names = { 0 };

	if (touched->pages[page])
		return whole_page(touched, bins, page);
	for (size_t rel = page * PAGE; rel < (page + 1) * PAGE; rel += CELLMAP_UNIT)
		if (cellmap_has(&touched->named, (uint32_t)rel))
			names = add_name(names, bins, rel + touched->cell_header);
	return names;
}

void touched_end(struct touched *touched, const struct image *image)
{
	for (size_t page = 0; page < touched->n_pages;) {
		size_t end = page + touched->bins[page] / PAGE;
		bool any = false;
		end = end < touched->n_pages ? end : touched->n_pages;
		for (size_t i = page; i < end; i++)
			any |= touched->pages[i];
		for (size_t i = page; i < end; i++) {
			touched->pages[i] = any;
			touched->digests[i] = read_page(touched, image->bins, i);
		}
		if (page < touched->n_needed && touched->n_needed < end)
			touched->n_needed = end;
		page = end;
	}
}

/* ---- steps ---- */

/* True if another root may be read, or other bins, because of the base block. */
static bool is_base_touched(const struct touched *touched, struct span hive)
{
	struct image_base base;

	return !baseblock_read(hive, &base) || !base.checksum_ok || base.major != 1 ||
	       base.minor != touched->minor || base.root_rel != touched->root_rel ||
	       base.data_size % PAGE != 0 || base.data_size / PAGE < touched->n_needed;
}

/* True if the bin that begins on this page does not begin and end there any more. */
static bool is_bin_touched(const struct touched *touched, size_t page, struct span hive)
{
	size_t off = IMAGE_BASE_SIZE + page * PAGE;
	uint32_t rel = 0, size = 0;

	return !span_starts(hive, off, "hbin", 4) || !span_le32(hive, off + 4, &rel) ||
	       !span_le32(hive, off + BIN_SIZE, &size) || rel != page * PAGE ||
	       size != touched->bins[page];
}

static bool is_page_touched(const struct touched *touched, size_t page, struct span hive)
{
	if (touched->bins[page] && is_bin_touched(touched, page, hive))
		return true;
	struct digest now = read_page(touched, span_from(hive, IMAGE_BASE_SIZE), page);
	return memcmp(now.bytes, touched->digests[page].bytes, DIGEST_SIZE) != 0;
}

bool touched_by(const struct touched *touched, struct txlog_pages pages, struct span hive)
{
	struct txlog_page run;

	if (!touched->pages || is_base_touched(touched, hive))
		return true;
	while (txlog_next_page(&pages, &run)) {
		size_t end = ((size_t)run.rel + run.len + PAGE - 1) / PAGE;
		end = end < touched->n_pages ? end : touched->n_pages;
		/* The name of a record may go on behind the end of the page before. */
		size_t page = run.rel / PAGE > 0 ? run.rel / PAGE - 1 : 0;
		for (; page < end; page++)
			if (is_page_touched(touched, page, hive))
				return true;
	}
	return false;
}
