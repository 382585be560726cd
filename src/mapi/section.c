/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Sections: those that every profile has, and properties by their ids. */
#include "mapi/section.h"

#include "base/hex.h"
#include "mapi/hexname.h"
#include "mapi/property.h"
#include "mapi/secret.h"

struct section_row {
	const char *name;
	const char *owner;
	const char *word; /* "" if nobody knows */
	const char *holds;
};

static const struct section_row fixed_sections[] = {
#include "mapi/sections.inc"
};

static const struct section_row *find_section(struct text name)
{
	uint16_t first = text_upcase(text_unit(name, 0));

	for (size_t i = 0; i < ARRAY_LEN(fixed_sections); i++)
		if (first == text_upcase((uint8_t)fixed_sections[i].name[0]) &&
		    text_is(name, fixed_sections[i].name))
			return &fixed_sections[i];
	return NULL;
}

const char *section_word(struct text section_name)
{
	const struct section_row *row = find_section(section_name);

	return row && row->word[0] ? row->word : NULL;
}

enum proptag_owner section_owner(struct text section_name)
{
	const struct section_row *row = find_section(section_name);

	return row ? proptag_owner(row->owner) : PROPTAG_OWNER_ANY;
}

bool section_is_fixed(struct text name)
{
	return find_section(name) != NULL;
}

bool section_uid(const struct key *section, uint8_t uid[PROPERTY_UID_SIZE])
{
	struct text name = key_name(section);
	uint32_t four = 0;

	if (text_length(name) != PROPERTY_UID_NAME_SIZE - 1)
		return false;
	for (size_t i = 0; i < PROPERTY_UID_SIZE; i += sizeof(four)) {
		if (!hexname_number(name, 2 * i, 2 * sizeof(four), &four))
			return false;
		/* The digits spell the bytes in their order: the first is the highest. */
		for (size_t k = 0; k < sizeof(four); k++)
			uid[i + k] = (uint8_t)(four >> (8 * (sizeof(four) - 1 - k)));
	}
	return !find_section(name);
}

bool section_is_own(const struct key *section)
{
	uint8_t uid[PROPERTY_UID_SIZE];

	return section_uid(section, uid);
}

const struct value *section_typed_value(const struct key *section, uint16_t type,
					uint16_t id)
{
	char name[8];

	(void)hex_put(hex_put(name, type, 4), id, 4);
	return key_value(section, (struct text){ .bytes = span_of(name, sizeof(name)),
						 .encoding = TEXT_LATIN1 });
}

const struct value *section_property(const struct key *section, uint16_t id)
{
	static const uint16_t types[] = {
		PROPTAG_UNICODE,    PROPTAG_STRING8,	PROPTAG_LONG,
		PROPTAG_BINARY,	    PROPTAG_BOOLEAN,	PROPTAG_I2,
		PROPTAG_I8,	    PROPTAG_SYSTIME,	PROPTAG_CLSID,
		PROPTAG_MV_UNICODE, PROPTAG_MV_STRING8, PROPTAG_MV_BINARY,
		PROPTAG_MV_LONG,
	};

	for (size_t i = 0; i < ARRAY_LEN(types); i++) {
		const struct value *value = section_typed_value(section, types[i], id);
		if (value)
			return value;
	}
	return NULL;
}

static bool open_string(const struct value *value, struct text *out)
{
	return value && property_string(value, out) && !secret_is(value);
}

bool section_string(const struct key *section, uint16_t id, struct text *out)
{
	return open_string(section_typed_value(section, PROPTAG_UNICODE, id), out) ||
	       open_string(section_typed_value(section, PROPTAG_STRING8, id), out);
}

struct text section_text(const struct key *section, const char *name)
{
	struct text t;

	return open_string(key_value(section, text_of(name)), &t) ? t : text_of("");
}

bool section_number(const struct key *section, uint16_t id, uint32_t *out)
{
	static const uint16_t types[] = { PROPTAG_LONG, PROPTAG_BOOLEAN, PROPTAG_I2 };

	for (size_t i = 0; i < ARRAY_LEN(types); i++) {
		const struct value *value = section_typed_value(section, types[i], id);
		if (value && property_number(value, out))
			return true;
	}
	return false;
}

bool section_bytes(const struct key *section, uint16_t id, struct span *out)
{
	const struct value *value = section_typed_value(section, PROPTAG_BINARY, id);

	return value && property_bytes(value, out);
}
