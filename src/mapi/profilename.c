/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Names that programs give their own profiles.  The form is that of
 * HrCreateProfileName in the Exchange SDK: "%s %08x%08x%08x" with a prefix,
 * the process id, and the high and low half of the time of creation.
 */
#include "mapi/profilename.h"

#include "mapi/hexname.h"

#define DIGITS 24

/*
 * MAPI is younger than 1993, and a hive from after 2100 is not to be
 * expected: other text of 24 hex digits hardly ever falls between.
 */
#define OLDEST_FT UINT64_C(123703200000000000)
#define NEWEST_FT UINT64_C(157469184000000000)

static bool has_upper_case(struct text t)
{
	for (size_t i = 0; i < text_length(t); i++) {
		uint16_t unit = text_unit(t, i);
		if (unit >= 'A' && unit <= 'F')
			return true;
	}
	return false;
}

void profilename_read(struct text name, struct profile_generated_name *out)
{
	size_t length = text_length(name);
	size_t start = length - DIGITS;
	uint32_t pid, high, low;
	uint64_t created_ft;

	*out = (struct profile_generated_name){ 0 };
	if (length < DIGITS || !hexname_number(name, start, 8, &pid) ||
	    !hexname_number(name, start + 8, 8, &high) ||
	    !hexname_number(name, start + 16, 8, &low) ||
	    has_upper_case(text_slice(name, start, DIGITS)))
		return;
	if (start > 0 && text_unit(name, start - 1) != ' ')
		return;
	created_ft = (uint64_t)high << 32 | low;
	if (created_ft < OLDEST_FT || created_ft >= NEWEST_FT)
		return;
	*out = (struct profile_generated_name){
		.present = true,
		.prefix = text_slice(name, 0, start ? start - 1 : 0),
		.pid = pid,
		.created_ft = created_ft,
	};
}
