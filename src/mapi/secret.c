/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which values are secrets: by name, tag or content.  Too many are better
 * than one too few.  The ids are those that MAPI headers set aside for secure
 * properties (67f0 to 67ff) and those that mspst and emablt use.
 */
#include "mapi/secret.h"

#include "base/span.h"
#include "base/text.h"
#include "mapi/proptag.h"

/*
 * CryptProtectData puts its provider's GUID into every blob, after a version
 * number; Outlook puts a byte of its own before both.
 */
static const uint8_t dpapi_provider[16] = {
	0xd0, 0x8c, 0x9d, 0xdf, 0x01, 0x15, 0xd1, 0x11,
	0x8c, 0x7a, 0x00, 0xc0, 0x4f, 0xc2, 0x97, 0xeb,
};

static bool is_secret_id(uint16_t id)
{
	return (id >= 0x67f0 && id <= 0x67ff) || id == 0x6703 || id == 0x6704 ||
	       id == 0x6617;
}

static bool is_secret_name(struct text name)
{
	struct proptag tag;

	if (proptag_parse(name, &tag))
		return tag.secure || is_secret_id(tag.id);
	/* Most names hold neither: one look tells it. */
	return text_has(name, "passw") &&
	       (text_has(name, "password") ||
		(text_has(name, "passwd") && !text_has(name, "remember")));
}

bool secret_is(const struct value *value)
{
	return is_secret_name(value_name(value)) ||
	       span_contains(value_data(value), dpapi_provider, sizeof(dpapi_provider));
}
