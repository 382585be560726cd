/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Two images compared line by line, once. */
#include "snapshot/samebytes.h"

#include <stdlib.h>
#include <string.h>

/* What a processor fetches at once, and a page of 64 such lines: a word of bits. */
#define LINE ((size_t)64)
#define LINES 64
#define PAGE (LINES * LINE)

/* The lines of one page that are the same. */
static uint64_t compare_page(const uint8_t *before, const uint8_t *after)
{
	uint64_t lines = 0;

	if (memcmp(before, after, PAGE) == 0)
		return UINT64_MAX;
	for (size_t i = 0; i < LINES; i++)
		if (memcmp(before + i * LINE, after + i * LINE, LINE) == 0)
			lines |= UINT64_C(1) << i;
	return lines;
}

static struct span image_bytes(const struct snapshot *snapshot)
{
	return snapshot->image ? snapshot->image->bytes : (struct span){ 0 };
}

enum status samebytes_read(const struct snapshot *before, const struct snapshot *after,
			   struct samebytes *out)
{
	struct samebytes same = { .before = image_bytes(before),
				  .after = image_bytes(after) };
	size_t pages =
		(same.before.len < same.after.len ? same.before.len : same.after.len) /
		PAGE;

	/* What stands behind the last whole page that both have is not told. */
	same.before = span_clip(same.before, pages * PAGE);
	same.after = span_clip(same.after, pages * PAGE);
	if (pages > 0) {
		same.lines = calloc(pages, sizeof(*same.lines));
		if (!same.lines)
			return STATUS_NOMEM;
	}
	for (size_t i = 0; i < pages; i++)
		same.lines[i] = compare_page(same.before.ptr + i * PAGE,
					     same.after.ptr + i * PAGE);
	*out = same;
	return STATUS_OK;
}

void samebytes_clear(struct samebytes *same)
{
	free(same->lines);
	*same = (struct samebytes){ 0 };
}

/* Where the byte stands in the image; the image's length if it is none of it. */
static size_t offset_in(struct span image, const uint8_t *byte)
{
	uintptr_t at = (uintptr_t)byte, start = (uintptr_t)image.ptr;

	return at >= start && at - start < image.len ? (size_t)(at - start) : image.len;
}

/* Where a and b stand in the earlier and the later image; the length, if not at one place. */
static size_t place_of(const struct samebytes *same, const uint8_t *a, const uint8_t *b)
{
	size_t at = offset_in(same->before, a);

	return at == offset_in(same->after, b) ? at : same->before.len;
}

bool samebytes_are(const struct samebytes *same, const uint8_t *a, const uint8_t *b,
		   size_t len)
{
	size_t at;

	if (!same->lines)
		return false;
	at = place_of(same, a, b);
	if (at == same->before.len)
		at = place_of(same, b, a);
	if (at == same->before.len || len > same->before.len - at)
		return false;
	for (size_t line = at / LINE; line * LINE < at + len; line++)
		if (!(same->lines[line / LINES] >> line % LINES & 1))
			return false;
	return true;
}

bool samebytes_name(const struct samebytes *same, const struct key *a,
		    const struct key *b)
{
	return a->name_len == b->name_len &&
	       ((a->flags ^ b->flags) & KEY_FLAG_NAME_UTF16) == 0 &&
	       samebytes_are(same, a->name, b->name, a->name_len);
}

static bool same_value_name(const struct samebytes *same, const struct value *a,
			    const struct value *b)
{
	return a->name_len == b->name_len &&
	       ((a->flags ^ b->flags) & VALUE_FLAG_NAME_UTF16) == 0 &&
	       samebytes_are(same, a->name, b->name, a->name_len);
}

/* Where two have one name, only a search tells which of them is found. */
static bool can_hint(const struct key *in, uint32_t n, uint32_t hint)
{
	return hint < n && !(in->flags & KEY_FLAG_NAMES_TWICE);
}

const struct key *samebytes_child(const struct samebytes *same, const struct key *child,
				  const struct key *in, uint32_t *hint)
{
	const struct key *found;

	if (can_hint(in, in->n_children, *hint) &&
	    samebytes_name(same, child, &in->children[*hint]))
		return &in->children[(*hint)++];
	found = key_child(in, key_name(child));
	if (found)
		*hint = (uint32_t)(found - in->children) + 1;
	return found;
}

const struct value *samebytes_value(const struct samebytes *same,
				    const struct value *value, const struct key *in,
				    uint32_t *hint)
{
	const struct value *found;

	if (can_hint(in, in->n_values, *hint) &&
	    same_value_name(same, value, &in->values[*hint]))
		return &in->values[(*hint)++];
	found = key_value(in, value_name(value));
	if (found)
		*hint = (uint32_t)(found - in->values) + 1;
	return found;
}
