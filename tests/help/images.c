// SPDX-License-Identifier: GPL-2.0-or-later
/* Reads from memory that ends where the file ends, for the sanitizers. */
#include "help/images.h"

#include <stdlib.h>
#include <string.h>

static const struct pe_string strings[] = {
	{ "CompanyName", "Example" },
	{ "FileDescription", "Extended MAPI" },
	{ "OriginalFilename", "MAPI32.DLL" },
	{ "ProductName", "Exchange \xA9" },
};
static const char *const names[] = { "FixMAPI", "GetOutlookVersion", "GetOutlookVersion2",
				     "MAPIInitialize" };

struct pe_recipe images_recipe(void)
{
	return (struct pe_recipe){
		.timestamp = 1024020633,
		.has_version = true,
		.version = { 6, 0, 6249, 1 },
		.strings = strings,
		.n_strings = ARRAY_LEN(strings),
		.name = "MAPI32.DLL",
		.exports = names,
		.n_exports = ARRAY_LEN(names),
	};
}

struct images_reading images_read(const uint8_t *bytes, size_t len)
{
	struct images_reading r = { .bytes = malloc(len ? len : 1),
				    .diags = diag_list_new() };

	assert_non_null(r.bytes);
	assert_non_null(r.diags);
	memcpy(r.bytes, bytes, len);
	r.open = pe_open(span_of(r.bytes, len), r.diags, &r.pe);
	if (r.open) {
		r.exports = pe_exports(&r.pe, "GetOutlookVersion", &r.export_off);
		r.has_resource = pe_version_resource(&r.pe, &r.part);
	}
	if (r.has_resource)
		assert_int_equal(versioninfo_read(r.part, r.diags, &r.info), STATUS_OK);
	return r;
}

void images_end(struct images_reading *r)
{
	versioninfo_clear(&r->info);
	diag_list_free(r->diags);
	free(r->bytes);
}

void images_assert_version(const struct images_reading *r, unsigned last)
{
	const uint16_t *v = r->info.version;

	assert_true(r->info.has_version);
	assert_int_equal(v[0], 6);
	assert_int_equal(v[1], 0);
	assert_int_equal(v[2], 6249);
	assert_int_equal(v[3], last);
}

void images_assert_sound(const struct images_reading *r)
{
	if (diag_count(r->diags) > 0)
		fail_msg("%s", diag_item(r->diags, 0)->sentence);
}

struct pe_image images_build(void)
{
	struct pe_recipe made = images_recipe();

	return pe_image_build(&made);
}

size_t images_section(const struct pe_image *image, size_t i, size_t field)
{
	return image->sections + i * SECTION_SIZE + field;
}
