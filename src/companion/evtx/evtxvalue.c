/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Source: J. Metz, "Windows XML Event Log (EVTX)", 5.1 "Value types". */
#include "companion/evtx/evtxvalue.h"

#include "base/compiler.h"

/* Bytes of a value: 0: any number; ODD: a type by a rule of its own, or none at all. */
#define ODD 0xff

static const uint8_t sizes[] = {
	[EVTXVALUE_NULL] = 0,
	[EVTXVALUE_STRING] = 2, /* a multiple of it */
	[0x02] = 1,		/* string of bytes, likewise */
	[0x03] = 1,		/* whole numbers with and without sign */
	[0x04] = 1,
	[0x05] = 2,
	[0x06] = 2,
	[0x07] = 4,
	[0x08] = 4,
	[0x09] = 8,
	[EVTXVALUE_NUMBER] = 8,
	[0x0b] = 4, /* floating point */
	[0x0c] = 8,
	[0x0d] = 4,   /* truth */
	[0x0e] = 0,   /* binary */
	[0x0f] = 16,  /* GUID */
	[0x10] = ODD, /* address, 4 or 8 */
	[EVTXVALUE_FILETIME] = 8,
	[0x12] = 16, /* SYSTEMTIME */
	[EVTXVALUE_SID] = ODD,
	[0x14] = 4, /* whole numbers to be shown in hexadecimal */
	[0x15] = 8,
};

/* SID: revision, number of parts, 6 bytes of authority, parts of 4 bytes. */
static bool is_sid(struct span value)
{
	uint8_t revision = 0, parts = 0;

	return span_u8(value, 0, &revision) && revision == 1 &&
	       span_u8(value, 1, &parts) && parts <= 15 &&
	       value.len == 8 + (size_t)4 * parts;
}

bool evtxvalue_is_sound(uint8_t type, struct span value)
{
	bool array = (type & EVTXVALUE_ARRAY) != 0;
	uint8_t kind = (uint8_t)(type & ~EVTXVALUE_ARRAY);

	if (kind >= ARRAY_LEN(sizes))
		return false;
	if (value.len == 0)
		return true;
	if (kind == EVTXVALUE_SID)
		return !array && is_sid(value);
	if (sizes[kind] == ODD)
		return !array && (value.len == 4 || value.len == 8);
	if (sizes[kind] == 0)
		return !array;
	if (array || kind == EVTXVALUE_STRING || kind == 0x02)
		return value.len % sizes[kind] == 0;
	return value.len == sizes[kind];
}
