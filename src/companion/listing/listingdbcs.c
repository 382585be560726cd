/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Lead and trail bytes of the double-byte code pages, as Microsoft documents them for 932
 * (Japanese), 936 (simplified Chinese), 949 (Korean) and 950 (traditional Chinese).  A trail
 * byte may look like ASCII: 5C and 7C behind a lead byte are no backslash and no bar.
 */
#include "companion/listing/listingdbcs.h"

#include "base/compiler.h"

struct range {
	uint8_t from, to;
};

struct listingdbcs {
	const char *number, *converter;
	struct range lead[2], trail[3];
	struct range single;	 /* that are no ASCII and stand alone; from 0: none */
	const char *information; /* how the answers of tasklist begin */
};

/* 936 comes last, for nearly every pair is one there. */
static const struct listingdbcs pages[] = {
	{ "932",
	  "CP932",
	  { { 0x81, 0x9f }, { 0xe0, 0xfc } },
	  { { 0x40, 0x7e }, { 0x80, 0xfc } },
	  { 0xa1, 0xdf },
	  "\x8f\xee\x95\xf1:" },
	{ "949",
	  "CP949",
	  { { 0x81, 0xc6 }, { 0xc7, 0xfd } },
	  { { 0x41, 0x5a }, { 0x61, 0x7a }, { 0x81, 0xfe } },
	  { 0 },
	  "\xc1\xa4\xba\xb8:" },
	{ "950",
	  "BIG5",
	  { { 0xa1, 0xc6 }, { 0xc9, 0xf9 } },
	  { { 0x40, 0x7e }, { 0xa1, 0xfe } },
	  { 0 },
	  "\xb8\xea\xb0T:" },
	{ "936",
	  "GBK",
	  { { 0x81, 0xfe } },
	  { { 0x40, 0x7e }, { 0x80, 0xfe } },
	  { 0 },
	  "\xd0\xc5\xcf\xa2:" },
};

/* One alone may be two letters of Europe that stand side by side. */
#define LEAST_PAIRS 2

static bool is_in(const struct range *ranges, size_t n, uint8_t byte)
{
	for (size_t i = 0; i < n; i++)
		if (ranges[i].from && byte >= ranges[i].from && byte <= ranges[i].to)
			return true;
	return false;
}

size_t listingdbcs_width(const struct listingdbcs *page, struct span bytes, size_t off)
{
	uint8_t lead = 0, trail = 0;

	return span_u8(bytes, off, &lead) && span_u8(bytes, off + 1, &trail) &&
			       is_in(page->lead, ARRAY_LEN(page->lead), lead) &&
			       is_in(page->trail, ARRAY_LEN(page->trail), trail)
		       ? 2
		       : 1;
}

/* True if every byte that is no ASCII has its place; some pairs have none that is. */
static bool fits(const struct listingdbcs *page, struct span bytes)
{
	uint8_t byte = 0, trail = 0;
	size_t pairs = 0, width;

	for (size_t i = 0; span_u8(bytes, i, &byte); i += width) {
		width = listingdbcs_width(page, bytes, i);
		if (width == 2)
			pairs += span_u8(bytes, i + 1, &trail) && trail >= 0x80;
		else if (byte >= 0x80 && !is_in(&page->single, 1, byte))
			return false;
	}
	return pairs >= LEAST_PAIRS;
}

static bool has_word(const struct listingdbcs *page, struct span bytes)
{
	return span_contains(bytes, page->information, strlen(page->information));
}

const struct listingdbcs *listingdbcs_find(struct span bytes)
{
	const struct listingdbcs *found = NULL;

	for (size_t i = 0; i < ARRAY_LEN(pages); i++) {
		bool word = has_word(&pages[i], bytes);
		if ((!found || word) && fits(&pages[i], bytes))
			found = &pages[i];
		if (found == &pages[i] && word)
			return found;
	}
	return found;
}

const char *listingdbcs_number(const struct listingdbcs *page)
{
	return page->number;
}

const struct listingdbcs *listingdbcs_at(size_t n)
{
	return n < ARRAY_LEN(pages) ? &pages[n] : NULL;
}

const char *listingdbcs_converter(const struct listingdbcs *page)
{
	return page->converter;
}
