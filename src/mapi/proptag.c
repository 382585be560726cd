/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Property tags: value names, types and the names of ids.  The order of a
 * value name (type, id) was read from real hives and is what MFCMAPI's view
 * of the registry shows; types and their sizes are those of mapidefs.h.
 */
#include "mapi/proptag.h"

#include "base/array.h"
#include "base/hex.h"
#include "mapi/hexname.h"

#include <string.h>

#define ID_DIGITS 4

struct id_row {
	const char *id; /* so many lower-case hex digits */
	const char *owner;
	const char *name;	 /* "" if none is known */
	const char *unpublished; /* "yes" or "" */
	const char *meaning;
};

static const struct id_row ids[] = {
#include "mapi/proptags.inc"
};

/* In the order of enum proptag_owner. */
static const char *const owner_words[] = {
	"any",	    "msems", "msems_provider", "muidemsab", "contab",	    "emablt",
	"mspst_ab", "msfs",  "store",	       "dialup",    "send_receive", "outlook",
};

struct type_row {
	uint16_t type;
	uint8_t size; /* 0 if it varies */
	const char *word;
};

static const struct type_row types[] = {
	{ 0x0001, 0, "PT_NULL" },
	{ PROPTAG_I2, 2, "PT_I2" },
	{ PROPTAG_LONG, 4, "PT_LONG" },
	{ 0x0004, 4, "PT_R4" },
	{ 0x0005, 8, "PT_DOUBLE" },
	{ 0x0006, 8, "PT_CURRENCY" },
	{ 0x0007, 8, "PT_APPTIME" },
	{ 0x000a, 4, "PT_ERROR" },
	{ PROPTAG_BOOLEAN, 2, "PT_BOOLEAN" },
	{ 0x000d, 0, "PT_OBJECT" },
	{ PROPTAG_I8, 8, "PT_I8" },
	{ PROPTAG_STRING8, 0, "PT_STRING8" },
	{ PROPTAG_UNICODE, 0, "PT_UNICODE" },
	{ PROPTAG_SYSTIME, 8, "PT_SYSTIME" },
	{ PROPTAG_CLSID, 16, "PT_CLSID" },
	{ PROPTAG_BINARY, 0, "PT_BINARY" },
	{ 0x1002, 0, "PT_MV_I2" },
	{ PROPTAG_MV_LONG, 0, "PT_MV_LONG" },
	{ 0x1004, 0, "PT_MV_R4" },
	{ 0x1005, 0, "PT_MV_DOUBLE" },
	{ 0x1006, 0, "PT_MV_CURRENCY" },
	{ 0x1007, 0, "PT_MV_APPTIME" },
	{ 0x1014, 0, "PT_MV_I8" },
	{ PROPTAG_MV_STRING8, 0, "PT_MV_STRING8" },
	{ PROPTAG_MV_UNICODE, 0, "PT_MV_UNICODE" },
	{ 0x1040, 0, "PT_MV_SYSTIME" },
	{ 0x1048, 0, "PT_MV_CLSID" },
	{ PROPTAG_MV_BINARY, 0, "PT_MV_BINARY" },
};

bool proptag_parse(struct text name, struct proptag *out)
{
	size_t length = text_length(name);
	bool secure = length == 9 && text_upcase(text_unit(name, 0)) == 'S';
	uint32_t tag;

	if (length != 8 && !secure)
		return false;
	if (!hexname_number(name, secure, 8, &tag))
		return false;
	*out = (struct proptag){
		.type = (uint16_t)(tag >> 16),
		.id = (uint16_t)tag,
		.secure = secure,
	};
	return true;
}

enum proptag_owner proptag_owner(const char *word)
{
	for (size_t i = 0; i < ARRAY_LEN(owner_words); i++)
		if (strcmp(owner_words[i], word) == 0)
			return (enum proptag_owner)i;
	return PROPTAG_OWNER_ANY;
}

static bool is_exchange(enum proptag_owner owner)
{
	return owner == PROPTAG_OWNER_MSEMS || owner == PROPTAG_OWNER_MSEMS_PROVIDER ||
	       owner == PROPTAG_OWNER_MUIDEMSAB;
}

/* How well a row of the right id suits a section: 0 not at all, 3 best. */
static int fitness(const struct id_row *row, enum proptag_owner wanted)
{
	if (strcmp(row->owner, owner_words[wanted]) == 0)
		return 3;
	if (is_exchange(wanted) && is_exchange(proptag_owner(row->owner)))
		return 2;
	return strcmp(row->owner, owner_words[PROPTAG_OWNER_ANY]) == 0;
}

static const struct id_row *find_row(struct proptag tag, enum proptag_owner owner)
{
	const struct id_row *end = ids + ARRAY_LEN(ids);
	const struct id_row *row, *best = NULL;
	char id[ID_DIGITS];
	int best_fit = 0;

	(void)hex_put(id, tag.id, ID_DIGITS);
	row = ids + ARRAY_COUNT_BEFORE(ids, ARRAY_LEN(ids), other,
				       memcmp(other->id, id, ID_DIGITS) < 0);
	for (; row < end && memcmp(row->id, id, ID_DIGITS) == 0; row++) {
		int fit = fitness(row, owner);
		if (fit > best_fit) {
			best = row;
			best_fit = fit;
		}
	}
	return best && best->name[0] ? best : NULL;
}

const char *proptag_name(struct proptag tag, enum proptag_owner owner)
{
	const struct id_row *row = find_row(tag, owner);

	return row ? row->name : NULL;
}

bool proptag_is_unpublished(struct proptag tag, enum proptag_owner owner)
{
	const struct id_row *row = find_row(tag, owner);

	return row && row->unpublished[0];
}

static const struct type_row *find_type(uint16_t type)
{
	for (size_t i = 0; i < ARRAY_LEN(types); i++)
		if (types[i].type == type)
			return &types[i];
	return NULL;
}

const char *proptag_type_word(uint16_t type)
{
	const struct type_row *row = find_type(type);

	return row ? row->word : NULL;
}

size_t proptag_type_size(uint16_t type)
{
	const struct type_row *row = find_type(type);

	return row ? row->size : 0;
}
