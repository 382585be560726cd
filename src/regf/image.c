/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Base block, bins and cells of one hive.  All offsets inside a hive count
 * from the first bin ("rel"); they are widened to 64 bits before anything is
 * added to them.  Format: regf specification, "Base block", "Hive bin",
 * "Cell".
 */
#include "regf/image.h"

#include <assert.h>
#include <inttypes.h>
#include <stddef.h>
#include <stdlib.h>

struct bin_wire {
	uint8_t signature[4];
	uint8_t own_rel[4];
	uint8_t size[4];
	uint8_t reserved[8];
	uint8_t time[8];
	uint8_t spare[4];
};
static_assert(sizeof(struct bin_wire) == 32, "hive bin header");

#define PAGE 4096u
#define MINOR_MAX 6

/* Bins without a signature that are looked at: larger ones could cost a walk a page. */
#define UNSIGNED_MAX (16 * PAGE)

static enum status read_base(struct span bytes, struct image_base *base,
			     struct failure *failure)
{
	uint32_t missing = 0;

	/* What a lost base block would say, the bins tell, as far as they do. */
	if (bytes.len >= IMAGE_MIN_SIZE && baseblock_is_lost(bytes, &missing) &&
	    missing == 0) {
		*base = (struct image_base){ .major = 1, .root_rel = IMAGE_NIL };
		return STATUS_OK;
	}
	if (!span_starts(bytes, 0, "regf", 4)) {
		failure_set(failure,
			    "0x0: no registry hive: it does not begin with \"regf\"");
		return STATUS_UNSUPPORTED;
	}
	if (bytes.len < IMAGE_MIN_SIZE || !baseblock_read(bytes, base)) {
		failure_set(failure,
			    "0x%zx: the file ends here; a hive has at least %d bytes",
			    bytes.len, IMAGE_MIN_SIZE);
		return STATUS_UNSUPPORTED;
	}
	return STATUS_OK;
}

/* With a wrong checksum no other field may be trusted to refuse a hive. */
static enum status check_version(const struct image_base *base, struct failure *failure)
{
	if (!base->checksum_ok || base->major == 1)
		return STATUS_OK;
	failure_set(failure,
		    "0x14: hive of version %" PRIu32 ".%" PRIu32
		    "; only major version 1 is known",
		    base->major, base->minor);
	return STATUS_UNSUPPORTED;
}

static void check_base(struct image *image, struct diag_list *diags)
{
	const struct image_base *base = &image->base;

	if (image->state == IMAGE_NO_BASE)
		diag_at(diags, DIAG_BASE_LOST, 0,
			"the base block is lost: the hive is read by its bins, its root key "
			"is looked for");
	else if (!base->checksum_ok)
		diag_at(diags, DIAG_BASE_CHECKSUM, 508,
			"base block: checksum is 0x%08" PRIx32 ", computed 0x%08" PRIx32,
			base->checksum, baseblock_checksum(image->bytes));
	else if (base->minor > MINOR_MAX)
		diag_at(diags, DIAG_BASE_FIELD, 24,
			"base block: minor version %" PRIu32 " is not known, read as %d",
			base->minor, MINOR_MAX);
	if (base->checksum_ok && base->file_type != 0)
		diag_at(diags, DIAG_BASE_FIELD, 28,
			"base block: file type %" PRIu32 ", a hive has 0",
			base->file_type);
	if (base->checksum_ok && base->format != 1)
		diag_at(diags, DIAG_BASE_FIELD, 32,
			"base block: format %" PRIu32 ", a hive has 1", base->format);
	if (base->checksum_ok && base->cluster != 1)
		diag_at(diags, DIAG_BASE_FIELD, 44,
			"base block: clustering factor %" PRIu32 ", a hive has 1",
			base->cluster);
	if (base->primary_sequence != base->secondary_sequence)
		diag_at(diags, DIAG_DIRTY_HIVE, 4,
			"dirty hive: sequence numbers %" PRIu32 " and %" PRIu32
			" differ; its newest changes may stand only in a transaction log",
			base->primary_sequence, base->secondary_sequence);
}

/*
 * The bytes that bins may occupy.  The header's size is believed if it can be
 * true; else all that the file holds is looked at.
 */
static void find_bins(struct image *image, struct diag_list *diags)
{
	struct span rest = span_from(image->bytes, IMAGE_BASE_SIZE);
	uint32_t size = image->base.data_size;

	if (rest.len > UINT32_MAX - PAGE)
		rest.len = UINT32_MAX - PAGE;
	if (image->base.checksum_ok && size >= PAGE && size % PAGE == 0) {
		image->bins = span_clip(rest, size);
		image->sized = true;
		if (size > rest.len)
			diag_at(diags, DIAG_FILE_SHORT, image->bytes.len,
				"file ends here; its header tells of %" PRIu64 " bytes",
				(uint64_t)size + IMAGE_BASE_SIZE);
		return;
	}
	image->bins = span_clip(rest, rest.len / PAGE * PAGE);
	if (image->base.checksum_ok)
		diag_at(diags, DIAG_BASE_DATA_SIZE, 40,
			"base block: data size %" PRIu32 " is not possible, %zu taken",
			size, image->bins.len);
}

/* A hive without its base block stays one; what else is damaged, its diagnostics tell. */
static void set_damaged(struct image *image)
{
	if (image->state != IMAGE_NO_BASE)
		image->state = IMAGE_DAMAGED;
}

/* What a bin's header tells. */
struct bin {
	const char *fault; /* what makes it unsound, or NULL */
	uint32_t size;	   /* of a sound one */
	bool foreign;	   /* it tells another place than its own */
	bool no_signature; /* sound, but for that */
};

/* True if cells tile these bytes from behind the bin's header to their end. */
static bool cells_tile(const struct image *image, uint32_t rel, uint32_t size)
{
	uint32_t at = rel + (uint32_t)sizeof(struct bin_wire), end = rel + size, raw = 0;

	while (at < end && span_le32(image->bins, at, &raw)) {
		uint32_t len = raw >> 31 ? 0u - raw : raw;
		if (len < 8 || len % CELLMAP_UNIT != 0 || len > end - at)
			return false;
		at += len;
	}
	return at == end;
}

static struct bin read_bin(const struct image *image, uint32_t rel)
{
	struct bin_wire wire;

	if (!span_copy(image->bins, rel, &wire, sizeof(wire)))
		return (struct bin){ .fault = "is cut off" };
	bool is_signed = memcmp(wire.signature, "hbin", 4) == 0;
	bool in_place = le32(wire.own_rel) == rel;
	uint32_t size = le32(wire.size);
	bool possible = size >= PAGE && size % PAGE == 0;
	if (is_signed && !in_place)
		return (struct bin){ .fault = "tells another offset than its own",
				     .foreign = true };
	if (is_signed)
		return possible ? (struct bin){ .size = size }
				: (struct bin){ .fault = "has an impossible size" };
	/* Its offset, its size and all its cells are right: only the signature is not. */
	if (in_place && possible && size <= UNSIGNED_MAX &&
	    size <= image->bins.len - rel && cells_tile(image, rel, size))
		return (struct bin){ .size = size, .no_signature = true };
	return (struct bin){ .fault = "has no signature" };
}

/*
 * Cells tile a bin without gaps; a bad size ends the walk of this bin.
 * Return: where the walk ended: the bin's end if all its cells are sound.
 */
static uint32_t walk_cells(struct image *image, uint32_t bin_rel, uint32_t bin_len,
			   struct diag_list *diags)
{
	uint32_t rel = bin_rel + (uint32_t)sizeof(struct bin_wire);
	uint32_t end = bin_rel + bin_len, raw = 0;

	while (rel < end && span_le32(image->bins, rel, &raw)) {
		bool allocated = raw >> 31;
		/* INT32_MIN stays what it is and is refused as too large. */
		uint32_t size = allocated ? 0u - raw : raw;
		if (size < 8 || size % CELLMAP_UNIT != 0 || size > end - rel) {
			diag_at(diags, DIAG_CELL_DAMAGED, (uint64_t)rel + IMAGE_BASE_SIZE,
				"cell of impossible size 0x%08" PRIx32
				"; what follows up to the next bin is read only where keys "
				"or values lead to it",
				raw);
			set_damaged(image);
			return rel;
		}
		(void)cellmap_add(allocated ? &image->allocated : &image->free, rel);
		image->n_free += !allocated;
		rel += size;
	}
	return end;
}

/* The next page from rel on that begins a bin, sound or not; the end if there is none. */
static uint32_t next_bin(const struct image *image, uint64_t rel)
{
	uint64_t page = (rel + PAGE - 1) / PAGE * PAGE;

	while (page < image->bins.len) {
		struct bin bin = read_bin(image, (uint32_t)page);
		if (!bin.fault || bin.foreign)
			return (uint32_t)page;
		page += PAGE;
	}
	return (uint32_t)image->bins.len;
}

/*
 * Walks one sound bin.  A bin whose size was damaged upwards covers the bins
 * behind it: their headers are no cells, the walk ends there, and so they are
 * found all the same.  *next: where the next one is to be looked for.
 */
static enum status walk_bin(struct image *image, uint32_t rel, uint32_t size,
			    struct diag_list *diags, uint32_t *next)
{
	uint32_t end = (uint32_t)image->bins.len;

	if (size > end - rel) {
		diag_at(diags, DIAG_BIN_DAMAGED, (uint64_t)rel + IMAGE_BASE_SIZE,
			"bin of %" PRIu32 " bytes goes past the end of the data", size);
		set_damaged(image);
		size = end - rel;
	}
	uint32_t stop = walk_cells(image, rel, size, diags);
	*next = stop == rel + size ? stop : next_bin(image, stop);
	return gaps_add(&image->gaps, stop, *next - stop, GAP_UNMAPPED);
}

/*
 * Passes over bins that are not at their place, up to the next that is, or to
 * bytes that begin no bin: pages of another hive, or of an older state of this one.
 */
static enum status skip_foreign(struct image *image, uint32_t rel,
				struct diag_list *diags, uint32_t *next)
{
	uint32_t end = (uint32_t)image->bins.len, at = rel;
	size_t n = 0;

	for (struct bin bin; at < end && (bin = read_bin(image, at)).foreign; n++)
		at = next_bin(image, (uint64_t)at + PAGE);
	diag_at(diags, DIAG_BIN_FOREIGN, (uint64_t)rel + IMAGE_BASE_SIZE,
		"%zu bin%s up to 0x%" PRIx64
		" tell%s another offset than their place: not of this hive; not read",
		n, n == 1 ? "" : "s", (uint64_t)at + IMAGE_BASE_SIZE, n == 1 ? "s" : "");
	set_damaged(image);
	*next = at;
	return gaps_add(&image->gaps, rel, at - rel, GAP_FOREIGN);
}

static enum status skip_damaged(struct image *image, uint32_t rel, const char *fault,
				struct diag_list *diags, uint32_t *next)
{
	uint32_t end = (uint32_t)image->bins.len;

	*next = next_bin(image, (uint64_t)rel + PAGE);
	/* Where the header's size cannot be believed, the last sound bin ends it. */
	if (*next == end && rel > 0 && !image->sized) {
		image->bins = span_clip(image->bins, rel);
		return STATUS_OK;
	}
	diag_at(diags, DIAG_BIN_DAMAGED, (uint64_t)rel + IMAGE_BASE_SIZE,
		"bin %s; %" PRIu32
		" bytes are read only where keys or values lead to them",
		fault, *next - rel);
	set_damaged(image);
	return gaps_add(&image->gaps, rel, *next - rel, GAP_UNMAPPED);
}

static enum status walk_bins(struct image *image, struct diag_list *diags)
{
	for (uint32_t rel = 0; rel < image->bins.len;) {
		struct bin bin = read_bin(image, rel);
		if (bin.no_signature)
			diag_at(diags, DIAG_BIN_SIGNATURE,
				(uint64_t)rel + IMAGE_BASE_SIZE,
				"bin without its signature; its offset, its size and all "
				"its cells are sound, so it is read");
		if (!bin.fault)
			RETURN_IF_FAILED(walk_bin(image, rel, bin.size, diags, &rel));
		else if (bin.foreign)
			RETURN_IF_FAILED(skip_foreign(image, rel, diags, &rel));
		else
			RETURN_IF_FAILED(
				skip_damaged(image, rel, bin.fault, diags, &rel));
	}
	return STATUS_OK;
}

/* Where the first byte other than zero stands in the span; its length if there is none. */
static size_t first_nonzero(struct span bytes)
{
	uint64_t eight = 0;
	uint8_t byte = 0;
	size_t off = 0;

	while (span_le64(bytes, off, &eight) && eight == 0)
		off += 8;
	while (span_u8(bytes, off, &byte) && byte == 0)
		off++;
	return off;
}

/* One page behind the data.  Return: as gaps_add(). */
static enum status add_tail_page(struct image *image, uint32_t rel, uint32_t len,
				 uint32_t *given_up_end)
{
	struct span rest = span_from(image->bytes, IMAGE_BASE_SIZE);
	struct bin_wire wire;

	if (rel < *given_up_end)
		return gaps_add(&image->tail, rel, len, GAP_GIVEN_UP);
	if (!span_copy(rest, rel, &wire, sizeof(wire)) ||
	    memcmp(wire.signature, "hbin", 4) != 0)
		return STATUS_OK;
	uint32_t size = le32(wire.size);
	if (le32(wire.own_rel) != rel || size < PAGE || size % PAGE != 0)
		return gaps_add(&image->tail, rel, len, GAP_FOREIGN);
	*given_up_end = size > UINT32_MAX - rel ? UINT32_MAX : rel + size;
	return gaps_add(&image->tail, rel, len, GAP_GIVEN_UP);
}

/*
 * What stands behind the data: bins that this hive gave up stand at the place
 * that they tell; any other bytes may be of another hive.
 */
static enum status read_tail(struct image *image, struct diag_list *diags)
{
	struct span rest = span_from(image->bytes, IMAGE_BASE_SIZE);
	struct span tail = span_from(rest, image->bins.len);
	size_t off = first_nonzero(tail);
	uint32_t given_up_end = 0;
	uint64_t known = 0;

	if (off == tail.len)
		return STATUS_OK;
	for (uint64_t rel = (image->bins.len + PAGE - 1) / PAGE * PAGE;
	     rel < rest.len && rel < UINT32_MAX - PAGE; rel += PAGE) {
		uint64_t len = rest.len - rel < PAGE ? rest.len - rel : PAGE;
		RETURN_IF_FAILED(add_tail_page(image, (uint32_t)rel, (uint32_t)len,
					       &given_up_end));
	}
	for (size_t i = 0; i < image->tail.n; i++)
		if (image->tail.items[i].kind == GAP_GIVEN_UP)
			known += image->tail.items[i].len;
	diag_at(diags, DIAG_FILE_TAIL, image->bytes.len - tail.len + off,
		"%zu bytes behind the data, from here on not all zero; searched for deleted "
		"keys: %" PRIu64 " of them, in bins at their own place",
		tail.len - off, known);
	for (size_t i = 0; i < image->tail.n; i++) {
		const struct gap *gap = &image->tail.items[i];
		if (gap->kind == GAP_GIVEN_UP)
			continue;
		diag_at(diags, DIAG_FILE_TAIL, (uint64_t)gap->rel + IMAGE_BASE_SIZE,
			"%" PRIu32 " pages of bins behind the data, up to 0x%" PRIx64
			", tell another offset than their place: not of this hive; not "
			"searched",
			(gap->len + PAGE - 1) / PAGE,
			(uint64_t)gap->rel + gap->len + IMAGE_BASE_SIZE);
	}
	return STATUS_OK;
}

enum status image_open(struct span bytes, struct diag_list *diags, struct image **out,
		       struct failure *failure)
{
	AUTO(image_freep) struct image *image = calloc(1, sizeof(*image));
	if (!image)
		return STATUS_NOMEM;
	image->bytes = bytes;
	RETURN_IF_FAILED(read_base(bytes, &image->base, failure));
	RETURN_IF_FAILED(check_version(&image->base, failure));
	image->state = !span_starts(bytes, 0, "regf", 4) ? IMAGE_NO_BASE
		       : image->base.primary_sequence != image->base.secondary_sequence
			       ? IMAGE_DIRTY
			       : IMAGE_CLEAN;
	size_t errors = diag_count_from(diags, DIAG_ERROR);
	check_base(image, diags);
	find_bins(image, diags);
	if (diag_count_from(diags, DIAG_ERROR) > errors)
		set_damaged(image);
	if (!cellmap_init(&image->allocated, (uint32_t)image->bins.len) ||
	    !cellmap_init(&image->free, (uint32_t)image->bins.len))
		return STATUS_NOMEM;
	RETURN_IF_FAILED(walk_bins(image, diags));
	baseblock_settle_version(&image->base, image->state == IMAGE_NO_BASE, image->bins,
				 &image->allocated, diags);
	/* Versions 1.0 and 1.1 keep the previous cell's offset behind the size. */
	image->cell_header = image->base.minor < 2 ? 8 : 4;
	RETURN_IF_FAILED(read_tail(image, diags));
	*out = STEAL(image);
	return STATUS_OK;
}

void image_free(struct image *image)
{
	if (!image)
		return;
	cellmap_clear(&image->allocated);
	cellmap_clear(&image->free);
	gaps_clear(&image->gaps);
	gaps_clear(&image->tail);
	free(image);
}

void image_freep(struct image **image)
{
	image_free(*image);
}

/* The size of the allocated cell at rel; 0 if there is none. */
static uint32_t allocated_size(const struct image *image, uint32_t rel)
{
	const struct gap *gap;
	uint32_t raw = 0;

	if (rel % CELLMAP_UNIT != 0 || !span_le32(image->bins, rel, &raw))
		return 0;
	/* Sound: walk_cells() let only such cells into the map. */
	if (cellmap_has(&image->allocated, rel))
		return 0u - raw;
	gap = gaps_at(&image->gaps, rel);
	if (!gap || gap->kind != GAP_UNMAPPED || !(raw >> 31))
		return 0;
	uint32_t size = 0u - raw;
	return size >= 8 && size % CELLMAP_UNIT == 0 && size <= gap->rel + gap->len - rel
		       ? size
		       : 0;
}

bool image_cell(const struct image *image, uint32_t rel, struct span *data)
{
	uint32_t size = allocated_size(image, rel);

	return size >= image->cell_header &&
	       span_sub(image->bins, rel + image->cell_header, size - image->cell_header,
			data);
}

uint32_t image_file_offset(const struct image *image, const uint8_t *byte)
{
	return (uint32_t)(byte - image->bytes.ptr);
}

void image_corrected_base(const struct image *image, uint8_t out[IMAGE_BASE_SIZE])
{
	uint32_t sum = 0, word = 0;

	if (!span_copy(image->bytes, 0, out, IMAGE_BASE_SIZE))
		memset(out, 0, IMAGE_BASE_SIZE);
	put_le32(out + 8, image->base.primary_sequence);
	put_le32(out + 28, 0);
	put_le32(out + 40, (uint32_t)(image->bins.len / PAGE * PAGE));
	for (size_t off = 0; off < 508; off += 4)
		if (span_le32(span_of(out, 508), off, &word))
			sum ^= word;
	put_le32(out + 508, sum);
}
