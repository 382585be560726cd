/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * States from logs.  Replay asks which entries complete the hive; here every
 * entry counts that its hashes prove, and every page that tells its place.
 */
#include "regf/log/overlay.h"

#include "base/array.h"
#include "regf/log/txlog.h"

#include <stdlib.h>
#include <string.h>

#define SECTOR 512u
#define PAGE 4096u
#define BIN_OWN_REL 4

/* Pages of one state: what a log of 2 GiB can hold. */
#define RUNS_MAX ((size_t)1 << 22)

void overlays_clear(struct overlays *overlays)
{
	for (size_t i = 0; i < overlays->n; i++)
		free(overlays->items[i].runs);
	free(overlays->items);
	*overlays = (struct overlays){ 0 };
}

static enum status add_overlay(struct overlays *out, size_t number,
			       struct overlay **added)
{
	RETURN_IF_FAILED(ARRAY_RESERVE(out, OVERLAY_MAX));
	*added = &out->items[out->n++];
	**added = (struct overlay){ .log = number };
	return STATUS_OK;
}

static enum status add_run(struct overlay *overlay, uint32_t limit,
			   struct overlay_run run)
{
	void *items = overlay->runs;
	enum status status;

	if (run.rel >= limit || run.len == 0)
		return STATUS_OK;
	if (run.len > limit - run.rel)
		run.len = limit - run.rel;
	status = array_reserve(&items, overlay->n, &overlay->cap, sizeof(run), RUNS_MAX);
	overlay->runs = items;
	RETURN_IF_FAILED(status);
	overlay->runs[overlay->n++] = run;
	return STATUS_OK;
}

static int by_rel(const void *a, const void *b)
{
	const struct overlay_run *x = a, *y = b;

	if (x->rel != y->rel)
		return x->rel < y->rel ? -1 : 1;
	return (x->log_off > y->log_off) - (x->log_off < y->log_off);
}

/* Sorts the runs and unites neighbours; of two for one place the first counts. */
static void tidy(struct overlay *overlay)
{
	size_t n = 0;

	if (overlay->n > 1)
		qsort(overlay->runs, overlay->n, sizeof(*overlay->runs), by_rel);
	for (size_t i = 0; i < overlay->n; i++) {
		struct overlay_run run = overlay->runs[i];
		struct overlay_run *last = n ? &overlay->runs[n - 1] : NULL;
		if (last && run.rel < last->rel + last->len)
			continue;
		if (last && run.rel == last->rel + last->len &&
		    run.log_off == last->log_off + last->len)
			last->len += run.len;
		else
			overlay->runs[n++] = run;
	}
	overlay->n = n;
}

static enum status add_pages(const struct txlog *log, const struct txlog_entry *entry,
			     uint32_t limit, struct overlay *overlay)
{
	struct txlog_pages pages = txlog_pages(log, entry);
	struct txlog_page page;

	while (txlog_next_page(&pages, &page))
		RETURN_IF_FAILED(add_run(
			overlay, limit,
			(struct overlay_run){ page.rel, page.len, page.log_off }));
	return STATUS_OK;
}

static enum status read_entry(const struct txlog *log, const struct txlog_entry *entry,
			      size_t number, uint32_t limit, struct overlays *out)
{
	struct overlay *overlay;

	if (out->n == OVERLAY_MAX) {
		out->n_left_out++;
		return STATUS_OK;
	}
	RETURN_IF_FAILED(add_overlay(out, number, &overlay));
	RETURN_IF_FAILED(add_pages(log, entry, limit, overlay));
	tidy(overlay);
	return STATUS_OK;
}

/* Sound entries wherever they stand: a log is used again from its beginning. */
static enum status read_new(struct span bytes, size_t number, uint32_t limit,
			    struct overlays *out)
{
	struct txlog log = { .bytes = bytes, .format = TXLOG_NEW };
	struct txlog_search search = txlog_search(bytes, SECTOR);
	struct txlog_entry entry;

	while (txlog_next_sound(&search, &entry))
		RETURN_IF_FAILED(read_entry(&log, &entry, number, limit, out));
	return STATUS_OK;
}

/* Pages behind the last one of an old log that begin a bin, and so tell their place. */
static enum status read_rest(struct span bytes, size_t from, uint32_t limit,
			     struct overlay *overlay)
{
	uint32_t rel = 0;

	for (size_t off = from; off + SECTOR <= bytes.len; off += SECTOR) {
		if (!span_starts(bytes, off, "hbin", 4) ||
		    !span_le32(bytes, off + BIN_OWN_REL, &rel) || rel % PAGE)
			continue;
		/* From XP on whole pages are logged; a new bin may begin earlier. */
		uint32_t len = SECTOR;
		while (len < PAGE && span_has(bytes, off, len + SECTOR) &&
		       !span_starts(bytes, off + len, "hbin", 4))
			len += SECTOR;
		RETURN_IF_FAILED(add_run(
			overlay, limit, (struct overlay_run){ rel, len, (uint32_t)off }));
	}
	return STATUS_OK;
}

static enum status read_old(struct span bytes, const struct txlog *log, size_t number,
			    uint32_t limit, struct overlays *out)
{
	size_t end = SECTOR;
	struct overlay *rest;

	for (size_t i = 0; log && i < log->n_entries; i++) {
		RETURN_IF_FAILED(read_entry(log, &log->entries[i], number, limit, out));
		end = log->entries[i].offset + log->entries[i].size;
	}
	if (out->n == OVERLAY_MAX)
		return STATUS_OK;
	RETURN_IF_FAILED(add_overlay(out, number, &rest));
	RETURN_IF_FAILED(read_rest(bytes, end, limit, rest));
	tidy(rest);
	if (rest->n == 0)
		free(out->items[--out->n].runs);
	return STATUS_OK;
}

enum status overlay_read(struct span log, size_t number, uint32_t limit,
			 struct overlays *out)
{
	AUTO(txlog_freep) struct txlog *opened = NULL;
	enum txlog_fault fault;
	struct image_base base;

	if (!baseblock_read(log, &base))
		return STATUS_OK;
	if (base.file_type == IMAGE_TYPE_LOG_NEW)
		return read_new(log, number, limit, out);
	enum status status = txlog_open(log, &opened, &fault);
	if (status != STATUS_OK && status != STATUS_UNSUPPORTED)
		return status;
	return read_old(log, opened, number, limit, out);
}
