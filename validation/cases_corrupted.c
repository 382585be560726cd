// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * CR: parts of a hive are overwritten with a pattern, as a lost sector of a disk or a
 * carved file has them. Nothing was deleted, but for two cases.
 */
#include "validation/cases.h"

#include <stdio.h>
#include <stdlib.h>

enum { BASE = 4096, BIN_LEN = 8, MAX_BINS = 256 };

struct bins {
	size_t n;
	size_t at[MAX_BINS];
	size_t len[MAX_BINS];
};

static void overwrite(struct builder *b, size_t from, size_t n)
{
	static const char pattern[] = "OVERWRITTEN-----";
	size_t len;
	uint8_t *bytes = builder_bytes(b, &len);

	for (size_t i = 0; i < n && from + i < len; i++)
		bytes[from + i] = (uint8_t)pattern[i % 16];
}

static struct bins bins_of(struct builder *b)
{
	struct bins bins = { .n = 0 };
	size_t len;
	const uint8_t *bytes = builder_bytes(b, &len);

	for (size_t at = BASE; at + BIN_LEN + 4 <= len && bins.n < MAX_BINS;) {
		const uint8_t *size = bytes + at + BIN_LEN;

		bins.at[bins.n] = at;
		bins.len[bins.n] =
			(size_t)size[0] | (size_t)size[1] << 8 | (size_t)size[2] << 16;
		at += bins.len[bins.n++];
	}
	return bins;
}

/* Bins from the `first` to before the `last`. */
static void overwrite_bins(struct builder *b, size_t first, size_t last)
{
	struct bins bins = bins_of(b);

	for (size_t i = first; i < last && i < bins.n; i++)
		overwrite(b, bins.at[i], bins.len[i]);
}

/* The bin in which an offset of the file lies. */
static size_t bin_at(struct builder *b, size_t offset)
{
	struct bins bins = bins_of(b);

	for (size_t i = 0; i < bins.n; i++)
		if (offset >= bins.at[i] && offset < bins.at[i] + bins.len[i])
			return i;
	fputs("no such bin\n", stderr);
	exit(EXIT_FAILURE);
}

static void lose_bin_of(struct builder *b, builder_key key)
{
	size_t i = bin_at(b, builder_key_offset(b, key));

	overwrite_bins(b, i, i + 1);
}

static void lose_root_bin(struct builder *b)
{
	lose_bin_of(b, builder_root(b));
}

/* The bin of the profile Sales, which is not that of the list. */
static void lose_sales_bin(struct builder *b)
{
	lose_bin_of(b, cases_key(b, CASES_PROFILE("Sales")));
}

static void lose_last_half(struct builder *b)
{
	size_t n = bins_of(b).n;

	overwrite_bins(b, n / 2, n);
}

/* The first 4096 bytes of every fourth bin, but of the first. */
static void lose_fragments(struct builder *b)
{
	struct bins bins = bins_of(b);

	for (size_t i = 3; i < bins.n; i += 4)
		overwrite(b, bins.at[i], 4096);
}

static void lose_base(struct builder *b)
{
	overwrite(b, 0, BASE);
}

static void lose_first_half(struct builder *b)
{
	lose_base(b);
	overwrite_bins(b, 0, bins_of(b).n / 2);
}

static void lose_quarters(struct builder *b)
{
	size_t n = bins_of(b).n;

	lose_base(b);
	overwrite_bins(b, 0, n / 4);
	overwrite_bins(b, n - n / 4, n);
}

static void lose_list(struct builder *b)
{
	overwrite(b, builder_key_list_offset(b, cases_key(b, CASES_LIST)), 16);
}

static void delete_outlook(struct builder *b)
{
	cases_delete(b, CASES_PROFILE("Outlook"));
}

const struct cases_recipe cases_corrupted[] = {
	{ .id = "CR-01", .spoil = lose_root_bin },
	{ .id = "CR-02", .spoil = lose_sales_bin },
	{ .id = "CR-03", .spoil = lose_last_half },
	{ .id = "CR-04", .spoil = lose_fragments },
	{ .id = "CR-05", .spoil = lose_base },
	{ .id = "CR-06", .spoil = lose_first_half },
	{ .id = "CR-07", .spoil = lose_quarters },
	{ .id = "CR-08", .spoil = lose_list },
	{ .id = "CR-09", .cut = 3 * 4096 },
	{ .id = "CR-10", .between = delete_outlook, .spoil = lose_sales_bin },
	{ .id = "CR-11", .spoil = lose_sales_bin, .earlier = true },
	{ .id = NULL },
};
