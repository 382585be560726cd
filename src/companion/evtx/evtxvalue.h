/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Types of values in binary XML, and the sizes that they may have. */
#ifndef COMPANION_EVTX_EVTXVALUE_H
#define COMPANION_EVTX_EVTXVALUE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/span.h"

enum evtxvalue_type {
	EVTXVALUE_NULL = 0x00,
	EVTXVALUE_STRING = 0x01, /* UTF-16, no NUL is needed */
	EVTXVALUE_NUMBER = 0x0a, /* 64 bits, without a sign */
	EVTXVALUE_FILETIME = 0x11,
	EVTXVALUE_SID = 0x13,
	EVTXVALUE_XML = 0x21,	/* a fragment of binary XML */
	EVTXVALUE_ARRAY = 0x80, /* of what the other bits say */
};

/*
 * True if a value of that type, a fragment excepted, can have these bytes.  None at all
 * are a value that is not there, whatever its type.
 */
bool evtxvalue_is_sound(uint8_t type, struct span value);

#endif
