/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "verify/verifydata.h"

/* In a value's size: its data stand in the record, where else their cell is named. */
#define DATA_SIZE 4
#define DATA 8
#define DATA_INLINE 0x80000000u
#define DATA_INLINE_MAX 4

/* How far the comparison has come. */
struct walk {
	const struct verifycell *cell;
	uint64_t at;   /* byte of the data */
	size_t told;   /* byte of what the report has of them */
	uint64_t size; /* all, unknown ones too */
	struct verifydata_answer *out;
};

static bool is_in(struct verifycell_range range, uint64_t at)
{
	return at >= range.first && at < range.end;
}

static bool is_unknown(const struct verifycell *cell, uint64_t at)
{
	for (size_t i = 0; i < ARRAY_LEN(cell->unknown); i++)
		if (is_in(cell->unknown[i], at))
			return true;
	return false;
}

/* Holds the next bytes of the data against what the report has. */
static void compare(struct walk *walk, struct span bytes)
{
	const struct verifycell *cell = walk->cell;
	uint8_t byte = 0;

	if (bytes.len > walk->size - walk->at) {
		walk->out->wrong = "the byte runs hold more than the report";
		return;
	}
	for (size_t i = 0; span_u8(bytes, i, &byte); i++, walk->at++) {
		if (is_unknown(cell, walk->at))
			continue;
		if (is_in(cell->inferred_bytes, walk->at))
			walk->out->n_inferred++;
		else if (walk->told >= cell->data_len || cell->data[walk->told] != byte)
			walk->out->wrong = "other bytes stand there";
		walk->told++;
	}
}

/* A hive that a log made larger may end in zeros that stand in no file. */
static void compare_rest(struct walk *walk)
{
	for (; walk->at < walk->size && !walk->out->wrong; walk->at++) {
		if (is_unknown(walk->cell, walk->at)) {
			/* What is lost has an end, behind which nothing may follow. */
			if (walk->told == walk->cell->data_len)
				return;
			continue;
		}
		if (walk->told >= walk->cell->data_len ||
		    walk->cell->data[walk->told] != 0)
			walk->out->wrong = "the byte runs hold less than the report";
		walk->told++;
	}
}

static enum status compare_runs(struct verifyplace_report *report, struct walk *walk,
				size_t first)
{
	const struct verifycell *cell = walk->cell;
	struct span bytes;

	for (size_t i = first; i < cell->runs.n && !walk->out->wrong; i++) {
		const struct verifycell_run *run = &cell->runs.items[i];
		enum status status = verifyfiles_bytes(&report->files, run->file, &bytes,
						       report->failure);
		RETURN_IF_FAILED(status);
		/* That no file is so long was told already. */
		if (run->offset > bytes.len)
			return STATUS_ABSENT;
		bytes = span_from(bytes, (size_t)run->offset);
		compare(walk, run->len < bytes.len ? span_clip(bytes, (size_t)run->len)
						   : bytes);
	}
	return STATUS_OK;
}

static uint64_t size_told(const struct verifycell *cell)
{
	uint64_t size = cell->data_len;

	for (size_t i = 0; i < ARRAY_LEN(cell->unknown); i++)
		size += cell->unknown[i].end - cell->unknown[i].first;
	return size;
}

enum status verifydata_compare(struct verifyplace_report *report,
			       const struct verifycell *cell,
			       const struct verifyrecord *record,
			       struct verifydata_answer *out)
{
	struct span bytes = span_of(record->bytes, record->len);
	struct walk walk = { .cell = cell, .size = size_told(cell), .out = out };
	bool has_runs = record->n_runs < cell->runs.n;
	uint32_t size = 0;

	if (!span_le32(bytes, DATA_SIZE, &size) || (size & ~DATA_INLINE) != walk.size)
		out->wrong = "the record tells of another length";
	else if ((size & DATA_INLINE) && has_runs)
		out->wrong = "they stand in the record, and the report has byte runs of "
			     "them";
	if (out->wrong)
		return STATUS_OK;
	if (size & DATA_INLINE) {
		bytes = span_clip(span_from(bytes, DATA), DATA_INLINE_MAX);
		compare(&walk, walk.size < bytes.len ? span_clip(bytes, (size_t)walk.size)
						     : bytes);
	}
	RETURN_IF_FAILED(compare_runs(report, &walk, record->n_runs));
	compare_rest(&walk);
	if (!out->wrong && walk.told != cell->data_len)
		out->wrong = "the byte runs hold less than the report";
	return STATUS_OK;
}
