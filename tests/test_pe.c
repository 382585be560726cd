// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Images of libraries: where things are in the file, what is damaged and where. Offsets
 * and contents are those of the recipe; damage is done on its bytes.
 */
#include "unit.h"

#include "samples/pe.h"

#include "companion/pe.h"
#include "companion/versioninfo.h"

#include <stdlib.h>
#include <string.h>

/* Offsets in the parts of an image, from Microsoft's "PE Format". */
enum {
	COFF_N_SECTIONS = 6,
	COFF_OPTIONAL_SIZE = 20,
	OPTIONAL_SECTION_ALIGNMENT = 32,
	OPTIONAL_HEADERS_SIZE = 60,
	OPTIONAL_N_DIRECTORIES_32 = 92,
	DIRECTORY_EXPORTS = 0,
	DIRECTORY_RESOURCES = 16,
	DIRECTORY_SIGNATURES = 32,
	SECTION_SIZE = 40,
	SECTION_VIRTUAL_SIZE = 8,
	SECTION_ADDRESS = 12,
	SECTION_RAW_SIZE = 16,
	SECTION_RAW = 20,
	EXPORTS_N_NAMES = 24,
	EXPORTS_NAMES = 32,
	/* The recipe's resources without a string table: one type, one name, languages. */
	TYPE_ENTRY = 16,
	NAMES = 24,
	NAME_ENTRY = NAMES + 16,
	LANGUAGES = NAMES + 24,
	LANGUAGE_ENTRY = LANGUAGES + 16,
	RSRC = 2, /* the third section */
};
#define BELOW 0x80000000u

static const struct pe_string strings[] = {
	{ "CompanyName", "Example" },
	{ "FileDescription", "Extended MAPI" },
	{ "OriginalFilename", "MAPI32.DLL" },
	{ "ProductName", "Exchange \xA9" },
};
static const char *const names[] = { "FixMAPI", "GetOutlookVersion", "GetOutlookVersion2",
				     "MAPIInitialize" };

static struct pe_recipe recipe(void)
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

/* All that is read of an image, from memory that ends where the file ends. */
struct reading {
	uint8_t *bytes;
	struct diag_list *diags;
	struct pe pe;
	bool open, has_resource, exports;
	uint64_t export_off;
	struct pe_part part;
	struct versioninfo info;
};

static struct reading read_bytes(const uint8_t *bytes, size_t len)
{
	struct reading r = { .bytes = malloc(len ? len : 1), .diags = diag_list_new() };

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

static void end(struct reading *r)
{
	versioninfo_clear(&r->info);
	diag_list_free(r->diags);
	free(r->bytes);
}

static void assert_version(const struct reading *r, unsigned last)
{
	const uint16_t *v = r->info.version;

	assert_true(r->info.has_version);
	assert_int_equal(v[0], 6);
	assert_int_equal(v[1], 0);
	assert_int_equal(v[2], 6249);
	assert_int_equal(v[3], last);
}

static void assert_sound(const struct reading *r)
{
	if (diag_count(r->diags) > 0)
		fail_msg("%s", diag_item(r->diags, 0)->sentence);
}

/* Reads the image and frees it: one thing at this offset is damaged. */
static struct reading read_damaged(struct pe_image *image, uint64_t off)
{
	struct reading r = read_bytes(image->bytes, image->len);

	assert_int_equal(diag_count(r.diags), 1);
	assert_int_equal(diag_item(r.diags, 0)->code, DIAG_PE_DAMAGED);
	assert_int_equal(diag_item(r.diags, 0)->offset, off);
	pe_image_free(image);
	return r;
}

enum kept { KEPT_NOTHING, KEPT_VERSION, KEPT_EXPORT, KEPT_BOTH };

/* The same, where this is read all the same. */
static void check_damaged(struct pe_image *image, uint64_t off, enum kept kept)
{
	struct reading r = read_damaged(image, off);

	assert_int_equal(r.exports, kept == KEPT_EXPORT || kept == KEPT_BOTH);
	if (kept == KEPT_VERSION || kept == KEPT_BOTH)
		assert_version(&r, 1);
	else
		assert_false(r.info.has_version);
	end(&r);
}

static struct pe_image image_32(void)
{
	struct pe_recipe made = recipe();

	return pe_image_build(&made);
}

static size_t section(const struct pe_image *image, size_t i, size_t field)
{
	return image->sections + i * SECTION_SIZE + field;
}

/* ---- sound images ---- */

static void check_form(uint16_t machine, bool plus)
{
	struct pe_recipe made = recipe();
	made.machine = machine;
	made.plus = plus;
	made.has_text = plus;
	struct pe_image image = pe_image_build(&made);
	struct reading r = read_bytes(image.bytes, image.len);
	uint64_t off = 0;

	assert_true(r.open);
	assert_sound(&r);
	assert_int_equal(r.pe.machine, machine);
	assert_int_equal(r.pe.timestamp, 1024020633);
	assert_true(r.exports);
	assert_memory_equal(image.bytes + r.export_off, "GetOutlookVersion", 18);
	assert_true(pe_exports(&r.pe, "MAPIInitialize", &off));
	assert_memory_equal(image.bytes + off, "MAPIInitialize", 15);
	assert_false(pe_exports(&r.pe, "GetOutlook", &off));
	assert_int_equal(off, 0);
	assert_false(pe_exports(&r.pe, "GetOutlookVersion22", &off));
	assert_false(pe_exports(&r.pe, "MAPI32.DLL", &off));
	assert_version(&r, 1);
	assert_int_equal(r.part.off, image.version);
	assert_int_equal(r.info.version_off, image.fixed + 8);
	assert_string_equal(r.info.strings[VERSIONINFO_COMPANY], "Example");
	assert_string_equal(r.info.strings[VERSIONINFO_DESCRIPTION], "Extended MAPI");
	assert_string_equal(r.info.strings[VERSIONINFO_ORIGINAL_NAME], "MAPI32.DLL");
	assert_string_equal(r.info.strings[VERSIONINFO_PRODUCT], "Exchange \xC2\xA9");
	end(&r);
	pe_image_free(&image);
}

static void test_both_forms(void **state)
{
	(void)state;
	check_form(PE_I386, false);
	check_form(PE_X64, true);
}

static void test_images_without(void **state)
{
	struct pe_recipe made = { .has_text = true, .name = "EMPTY.DLL" };

	(void)state;
	for (int i = 0; i < 2; i++) {
		struct pe_image image = pe_image_build(&made);
		struct reading r = read_bytes(image.bytes, image.len);
		assert_true(r.open);
		assert_sound(&r);
		assert_false(r.exports);
		assert_false(r.has_resource);
		end(&r);
		pe_image_free(&image);
		made = (struct pe_recipe){ .timestamp = 1 };
	}
}

static void test_bytes_behind_the_image(void **state)
{
	struct pe_recipe made = recipe();
	struct pe_image plain = pe_image_build(&made);

	(void)state;
	made.size = plain.len + 512 + 77;
	struct pe_image image = pe_image_build(&made);
	assert_int_equal(image.len, made.size);
	struct reading r = read_bytes(image.bytes, image.len);
	assert_sound(&r);
	assert_version(&r, 1);
	end(&r);
	pe_image_put32(&image, image.directories + DIRECTORY_SIGNATURES,
		       (uint32_t)image.len - 70);
	pe_image_put32(&image, image.directories + DIRECTORY_SIGNATURES + 4, 70);
	r = read_bytes(image.bytes, image.len);
	assert_sound(&r);
	end(&r);
	/* But a signature that is cut is missing. */
	pe_image_put32(&image, image.directories + DIRECTORY_SIGNATURES + 4, 71);
	check_damaged(&image, image.directories + DIRECTORY_SIGNATURES, KEPT_BOTH);
	pe_image_free(&plain);
}

static void test_other_files(void **state)
{
	static const char dos[128] = { 'M', 'Z', [60] = 64, [64] = 'N', 'E' };
	struct reading r = read_bytes((const uint8_t *)dos, sizeof(dos));

	(void)state;
	assert_false(r.open);
	assert_int_equal(diag_count(r.diags), 1);
	assert_int_equal(diag_count_of(r.diags, DIAG_WRONG_KIND), 1);
	assert_int_equal(diag_item(r.diags, 0)->offset, 64);
	end(&r);
	r = read_bytes((const uint8_t *)"regf", 4);
	assert_false(r.open);
	assert_int_equal(diag_count(r.diags), 1);
	assert_int_equal(diag_count_of(r.diags, DIAG_WRONG_KIND), 1);
	assert_int_equal(diag_item(r.diags, 0)->offset, 0);
	end(&r);
}

static void test_loader_leniency(void **state)
{
	struct pe_image image = image_32();

	(void)state;
	/* A section without a virtual size has its bytes; offsets are of sectors. */
	pe_image_put32(&image, section(&image, RSRC, SECTION_VIRTUAL_SIZE), 0);
	pe_image_put32(&image, section(&image, RSRC, SECTION_RAW),
		       pe_image_get32(&image, section(&image, RSRC, SECTION_RAW)) + 511);
	pe_image_put32(&image, section(&image, RSRC, SECTION_RAW_SIZE), 512);
	/* More directories than there are. */
	pe_image_put32(&image, image.optional + OPTIONAL_N_DIRECTORIES_32, 0x12345678);
	/* A name in the headers. */
	memcpy(image.bytes + 64, "GetOutlookVersion", 18);
	pe_image_put32(&image, image.export_names + 4, 64);
	struct reading r = read_bytes(image.bytes, image.len);
	assert_int_equal(r.export_off, 64);
	assert_version(&r, 1);
	end(&r);
	pe_image_free(&image);
}

/* Drivers are aligned so: addresses are offsets, whatever the page. */
static void test_image_aligned_to_less_than_a_page(void **state)
{
	struct pe_image image = image_32();
	uint32_t raw = (uint32_t)image.resources;
	size_t data = image.resources +
		      pe_image_get32(&image, image.resources + LANGUAGE_ENTRY + 4);

	(void)state;
	pe_image_put32(&image, image.optional + OPTIONAL_SECTION_ALIGNMENT, 32);
	for (size_t i = 0; i < image.n_sections; i++)
		pe_image_put32(&image, section(&image, i, SECTION_ADDRESS),
			       pe_image_get32(&image, section(&image, i, SECTION_RAW)));
	pe_image_put32(&image, image.directories + DIRECTORY_EXPORTS, 0);
	pe_image_put32(&image, image.directories + DIRECTORY_RESOURCES, raw);
	pe_image_put32(&image, data, (uint32_t)image.version);
	struct reading r = read_bytes(image.bytes, image.len);
	assert_sound(&r);
	assert_version(&r, 1);
	assert_int_equal(r.part.off, image.version);
	end(&r);
	pe_image_free(&image);
}

/* ---- damage ---- */

static void test_headers(void **state)
{
	struct pe_image image = image_32();

	(void)state;
	pe_image_put32(&image, 60, (uint32_t)image.len);
	check_damaged(&image, 60, KEPT_NOTHING);
	image = image_32();
	pe_image_put16(&image, image.optional, 0x107);
	check_damaged(&image, image.optional, KEPT_NOTHING);
	image = image_32();
	pe_image_put16(&image, image.header + COFF_OPTIONAL_SIZE, 95);
	check_damaged(&image, image.optional, KEPT_NOTHING);
	image = image_32();
	pe_image_put16(&image, image.header + COFF_OPTIONAL_SIZE, 0xFFFF);
	check_damaged(&image, image.optional, KEPT_NOTHING);
	image = image_32();
	pe_image_put32(&image, image.optional + OPTIONAL_HEADERS_SIZE, 0x7FFFFFFF);
	check_damaged(&image, image.optional + OPTIONAL_HEADERS_SIZE, KEPT_BOTH);
	image = image_32();
	size_t raw_size = section(&image, RSRC, SECTION_RAW_SIZE);
	pe_image_put32(&image, raw_size, pe_image_get32(&image, raw_size) + 1);
	check_damaged(&image, section(&image, RSRC, 0), KEPT_BOTH);
	image = image_32();
	pe_image_put32(&image, raw_size, 0xFFFFFFFF);
	check_damaged(&image, section(&image, RSRC, 0), KEPT_BOTH);
}

static void test_too_many_sections(void **state)
{
	struct pe_image image = image_32();
	struct reading r;

	(void)state;
	pe_image_put16(&image, image.header + COFF_N_SECTIONS, 97);
	r = read_bytes(image.bytes, image.len);
	assert_true(diag_count_of(r.diags, DIAG_PE_DAMAGED) > 0);
	assert_int_equal(diag_item(r.diags, 0)->offset, image.header);
	assert_version(&r, 1);
	end(&r);
	pe_image_free(&image);
}

static void test_exports(void **state)
{
	struct pe_image image = image_32();

	(void)state;
	pe_image_put32(&image, image.directories + DIRECTORY_EXPORTS, 0x7FFFFFFF);
	check_damaged(&image, image.directories + DIRECTORY_EXPORTS, KEPT_VERSION);
	image = image_32();
	pe_image_put32(&image, image.exports + EXPORTS_NAMES, 0x7FFFFFFF);
	check_damaged(&image, image.exports, KEPT_VERSION);
	image = image_32();
	pe_image_put32(&image, image.export_names, 0xFFFFFFFF);
	check_damaged(&image, image.export_names, KEPT_BOTH);
	image = image_32();
	pe_image_put32(&image, image.export_names + 4, 0);
	struct reading r = read_bytes(image.bytes, image.len);
	assert_false(r.exports); /* it is "MZ" */
	end(&r);
	pe_image_put32(&image, image.exports + EXPORTS_N_NAMES, 0xFFFFFFFF);
	r = read_bytes(image.bytes, image.len);
	assert_int_equal(diag_item(r.diags, 0)->offset, image.exports);
	assert_int_equal(diag_item(r.diags, 1)->offset, image.export_names);
	assert_version(&r, 1);
	end(&r);
	pe_image_free(&image);
}

static void test_resources(void **state)
{
	struct pe_image image = image_32();
	size_t root = image.resources;

	(void)state;
	pe_image_put32(&image, image.directories + DIRECTORY_RESOURCES, 0x7FFFFFFF);
	check_damaged(&image, image.directories + DIRECTORY_RESOURCES, KEPT_EXPORT);
	image = image_32();
	pe_image_put32(&image, root + TYPE_ENTRY + 4, NAMES);
	check_damaged(&image, root + TYPE_ENTRY, KEPT_EXPORT);
	image = image_32();
	pe_image_put32(&image, root + TYPE_ENTRY + 4, 0xFFFFFFFF);
	check_damaged(&image, root, KEPT_EXPORT);
	image = image_32();
	pe_image_put16(&image, root + LANGUAGES + 14, 0xFFFF);
	check_damaged(&image, root + LANGUAGES, KEPT_BOTH);
	image = image_32();
	pe_image_put32(&image, root + LANGUAGE_ENTRY + 4, 0x7FFFFFFF);
	check_damaged(&image, root + LANGUAGE_ENTRY, KEPT_EXPORT);
}

/* A level that leads to one above ends where a resource is due. */
static void test_loops(void **state)
{
	struct pe_image image = image_32();
	size_t root = image.resources;

	(void)state;
	pe_image_put32(&image, root + TYPE_ENTRY + 4, BELOW);
	check_damaged(&image, root + TYPE_ENTRY, KEPT_EXPORT);
	image = image_32();
	pe_image_put32(&image, root + NAME_ENTRY + 4, BELOW);
	check_damaged(&image, root + TYPE_ENTRY, KEPT_EXPORT);
	image = image_32();
	pe_image_put32(&image, root + LANGUAGE_ENTRY + 4, BELOW | LANGUAGES);
	check_damaged(&image, root + LANGUAGE_ENTRY, KEPT_EXPORT);
}

static void test_first_language_with_bytes(void **state)
{
	struct pe_recipe made = recipe();
	made.n_languages = 3;
	struct pe_image image = pe_image_build(&made);
	struct reading r = read_bytes(image.bytes, image.len);
	size_t data = image.resources +
		      pe_image_get32(&image, image.resources + LANGUAGE_ENTRY + 4);

	(void)state;
	assert_sound(&r);
	assert_version(&r, 1);
	end(&r);
	pe_image_put32(&image, data, 0x7FFFFFFF);
	r = read_damaged(&image, data);
	assert_version(&r, 2);
	end(&r);
}

/* ---- bytes ---- */

/* What is told of the file is in the file. */
static void check_within(const struct reading *r, size_t len)
{
	if (r->has_resource) {
		assert_true(r->part.off <= len && r->part.bytes.len <= len - r->part.off);
		assert_ptr_equal(r->part.bytes.ptr, r->bytes + r->part.off);
	}
	if (r->exports)
		assert_memory_equal(r->bytes + r->export_off, "GetOutlookVersion", 18);
	if (r->info.has_version)
		assert_true(r->info.version_off + 8 <= len);
	for (size_t i = 0; i < diag_count(r->diags); i++)
		assert_true(diag_item(r->diags, i)->offset <= UINT32_MAX);
}

static void test_cut_at_every_length(void **state)
{
	struct pe_image image = image_32();

	(void)state;
	for (size_t len = 0; len < image.len; len++) {
		struct reading r = read_bytes(image.bytes, len);
		check_within(&r, len);
		if (len < 2)
			assert_int_equal(diag_count_of(r.diags, DIAG_WRONG_KIND), 1);
		else
			assert_true(diag_count_of(r.diags, DIAG_PE_DAMAGED) > 0);
		/* The version is read as soon as it is there, and never another. */
		assert_int_equal(r.info.has_version, len >= image.fixed + 16);
		if (r.info.has_version)
			assert_version(&r, 1);
		end(&r);
	}
	pe_image_free(&image);
}

static void test_every_byte_flipped(void **state)
{
	static const uint8_t flips[] = { 0x01, 0x80, 0xFF, 0x7F };
	struct pe_image image = image_32();

	(void)state;
	for (size_t i = 0; i < image.len * ARRAY_LEN(flips); i++) {
		uint8_t *byte = &image.bytes[i / ARRAY_LEN(flips)];
		*byte ^= flips[i % ARRAY_LEN(flips)];
		struct reading r = read_bytes(image.bytes, image.len);
		check_within(&r, image.len);
		end(&r);
		*byte ^= flips[i % ARRAY_LEN(flips)];
	}
	pe_image_free(&image);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_both_forms),
		cmocka_unit_test(test_images_without),
		cmocka_unit_test(test_bytes_behind_the_image),
		cmocka_unit_test(test_other_files),
		cmocka_unit_test(test_loader_leniency),
		cmocka_unit_test(test_image_aligned_to_less_than_a_page),
		cmocka_unit_test(test_headers),
		cmocka_unit_test(test_too_many_sections),
		cmocka_unit_test(test_exports),
		cmocka_unit_test(test_resources),
		cmocka_unit_test(test_loops),
		cmocka_unit_test(test_first_language_with_bytes),
		cmocka_unit_test(test_cut_at_every_length),
		cmocka_unit_test(test_every_byte_flipped),
	};

	return UNIT_RUN(tests);
}
