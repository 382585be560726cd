/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Overwritten bytes, concluded from the rest.  Only what leaves no other choice counts. */
#include "mapi/inferbytes.h"

#include "base/span.h"
#include "mapi/hexname.h"
#include "mapi/property.h"
#include "mapi/proptag.h"

#include <string.h>

/* The bytes that a section's name spells.  Return: false if it is no uid. */
static bool section_uid(const struct key *section, uint8_t uid[PROPERTY_UID_SIZE])
{
	struct text name = key_name(section);

	if (!hexname_is(name, PROPERTY_UID_NAME_SIZE - 1))
		return false;
	for (size_t i = 0; i < PROPERTY_UID_SIZE; i++) {
		uint32_t byte = 0;
		if (!hexname_number(name, 2 * i, 2, &byte))
			return false;
		uid[i] = (uint8_t)byte;
	}
	return true;
}

/* The section whose uid ends as the first one of the list does, if it is the only one. */
static bool infer_first_uid(const struct key *profile, struct span data,
			    uint8_t head[INFERBYTES_SIZE])
{
	uint8_t uid[PROPERTY_UID_SIZE];
	size_t n = 0;

	if (data.len < PROPERTY_UID_SIZE)
		return false;
	for (uint32_t i = 0; i < profile->n_children; i++) {
		if (!section_uid(&profile->children[i], uid) ||
		    !span_starts(data, INFERBYTES_SIZE, uid + INFERBYTES_SIZE,
				 PROPERTY_UID_SIZE - INFERBYTES_SIZE))
			continue;
		/* The same section twice, deleted and made again, is one. */
		if (n > 0 && memcmp(head, uid, INFERBYTES_SIZE) != 0)
			return false;
		memcpy(head, uid, INFERBYTES_SIZE);
		n++;
	}
	return n > 0;
}

/*
 * A table of n elements stands behind the count, and the first element behind
 * the table.  Only 32-bit writers lived on Windows 2000: an element takes 4
 * bytes in it, one of binary data 8, the offset being the second half.
 */
static bool infer_count(const struct value *value, struct proptag tag,
			uint8_t head[INFERBYTES_SIZE])
{
	bool binary = tag.type == PROPTAG_MV_BINARY;
	uint32_t first = 0, width = binary ? 8 : 4;
	struct span data = value_data(value);
	uint8_t whole[4096];
	struct value tried = *value;
	struct property_items items;

	if (!span_le32(data, INFERBYTES_SIZE + (binary ? 4 : 0), &first) ||
	    first <= INFERBYTES_SIZE || (first - INFERBYTES_SIZE) % width ||
	    data.len > sizeof(whole) || !span_copy(data, 0, whole, data.len))
		return false;
	put_le32(head, (first - INFERBYTES_SIZE) / width);
	memcpy(whole, head, INFERBYTES_SIZE);
	tried.data = whole;
	tried.flags &= (uint16_t)~VALUE_FLAG_HEAD_LOST;
	return property_items(&tried, &items);
}

bool inferbytes_head(const struct key *profile, const struct value *value,
		     uint8_t head[INFERBYTES_SIZE])
{
	struct proptag tag;

	if (!(value->flags & VALUE_FLAG_HEAD_LOST) || value->data_len < INFERBYTES_SIZE ||
	    !proptag_parse(value_name(value), &tag))
		return false;
	if (property_is_uid_list(tag))
		return infer_first_uid(profile, value_data(value), head);
	return (tag.type == PROPTAG_MV_STRING8 || tag.type == PROPTAG_MV_UNICODE ||
		tag.type == PROPTAG_MV_BINARY) &&
	       infer_count(value, tag, head);
}
