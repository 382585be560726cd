// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Images of libraries: where things are in the file, and what holds of any bytes. Offsets
 * and contents are those of the recipe.
 */
#include "help/unit.h"

#include "help/images.h"

#include <stdlib.h>
#include <string.h>

/* ---- sound images ---- */

static void check_form(uint16_t machine, bool plus)
{
	struct pe_recipe made = images_recipe();
	made.machine = machine;
	made.plus = plus;
	made.has_text = plus;
	struct pe_image image = pe_image_build(&made);
	struct images_reading r = images_read(image.bytes, image.len);
	uint64_t off = 0;

	assert_true(r.open);
	images_assert_sound(&r);
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
	images_assert_version(&r, 1);
	assert_int_equal(r.part.off, image.version);
	assert_int_equal(r.info.version_off, image.fixed + 8);
	assert_string_equal(r.info.strings[VERSIONINFO_COMPANY], "Example");
	assert_string_equal(r.info.strings[VERSIONINFO_DESCRIPTION], "Extended MAPI");
	assert_string_equal(r.info.strings[VERSIONINFO_ORIGINAL_NAME], "MAPI32.DLL");
	assert_string_equal(r.info.strings[VERSIONINFO_PRODUCT], "Exchange \xC2\xA9");
	images_end(&r);
	pe_image_free(&image);
}

static void test_both_forms(void **state)
{
	(void)state;
	check_form(PE_I386, false);
	check_form(PE_X64, true);
}

/* Where the resources are is told by the headers alone. */
static void test_resources_by_headers(void **state)
{
	struct pe_recipe made = images_recipe();
	struct pe_image image = pe_image_build(&made);
	struct diag_list *diags = diag_list_new();
	struct pe_part part;
	struct pe pe;

	(void)state;
	size_t headers = image.sections + 40 * image.n_sections;
	memset(image.bytes + headers, 0, image.len - headers);
	assert_true(pe_open(span_of(image.bytes, image.len), diags, &pe));
	assert_true(pe_resources(&pe, &part));
	assert_int_equal(part.off, image.resources);
	assert_true(part.off + part.bytes.len > image.fixed + 52);
	assert_int_equal(diag_count(diags), 0);
	/* without a directory of them */
	pe_image_put32(&image, image.directories + 2 * 8, 0);
	assert_false(pe_resources(&pe, &part));
	assert_int_equal(diag_count(diags), 0);
	pe_image_put32(&image, image.directories + 2 * 8, 0x7fffffff);
	assert_false(pe_resources(&pe, &part));
	assert_int_equal(diag_count_of(diags, DIAG_PE_DAMAGED), 1);
	diag_list_free(diags);
	pe_image_free(&image);
}

static void test_images_without(void **state)
{
	struct pe_recipe made = { .has_text = true, .name = "EMPTY.DLL" };

	(void)state;
	for (int i = 0; i < 2; i++) {
		struct pe_image image = pe_image_build(&made);
		struct images_reading r = images_read(image.bytes, image.len);
		assert_true(r.open);
		images_assert_sound(&r);
		assert_false(r.exports);
		assert_false(r.has_resource);
		images_end(&r);
		pe_image_free(&image);
		made = (struct pe_recipe){ .timestamp = 1 };
	}
}

static void test_bytes_behind_the_image(void **state)
{
	struct pe_recipe made = images_recipe();
	struct pe_image plain = pe_image_build(&made);

	(void)state;
	made.size = plain.len + 512 + 77;
	struct pe_image image = pe_image_build(&made);
	assert_int_equal(image.len, made.size);
	struct images_reading r = images_read(image.bytes, image.len);
	images_assert_sound(&r);
	images_assert_version(&r, 1);
	images_end(&r);
	pe_image_put32(&image, image.directories + DIRECTORY_SIGNATURES,
		       (uint32_t)image.len - 70);
	pe_image_put32(&image, image.directories + DIRECTORY_SIGNATURES + 4, 70);
	r = images_read(image.bytes, image.len);
	images_assert_sound(&r);
	images_end(&r);
	pe_image_free(&plain);
	pe_image_free(&image);
}

static void test_other_files(void **state)
{
	static const char dos[128] = { 'M', 'Z', [60] = 64, [64] = 'N', 'E' };
	struct images_reading r = images_read((const uint8_t *)dos, sizeof(dos));

	(void)state;
	assert_false(r.open);
	assert_int_equal(diag_count(r.diags), 1);
	assert_int_equal(diag_count_of(r.diags, DIAG_WRONG_KIND), 1);
	assert_int_equal(diag_item(r.diags, 0)->offset, 64);
	images_end(&r);
	r = images_read((const uint8_t *)"regf", 4);
	assert_false(r.open);
	assert_int_equal(diag_count(r.diags), 1);
	assert_int_equal(diag_count_of(r.diags, DIAG_WRONG_KIND), 1);
	assert_int_equal(diag_item(r.diags, 0)->offset, 0);
	images_end(&r);
}

static void test_loader_leniency(void **state)
{
	struct pe_image image = images_build();

	(void)state;
	/* A section without a virtual size has its bytes; offsets are of sectors. */
	pe_image_put32(&image, images_section(&image, RSRC, SECTION_VIRTUAL_SIZE), 0);
	pe_image_put32(&image, images_section(&image, RSRC, SECTION_RAW),
		       pe_image_get32(&image, images_section(&image, RSRC, SECTION_RAW)) +
			       511);
	/* Whole pages are loaded, whatever the virtual size; that of .edata is 1. */
	pe_image_put32(&image, images_section(&image, 1, SECTION_VIRTUAL_SIZE), 1);
	/* A section that is nowhere in the file may have any size there. */
	pe_image_put32(&image, images_section(&image, 0, SECTION_RAW), 0);
	pe_image_put32(&image, images_section(&image, 0, SECTION_RAW_SIZE), 0x7FFFFFFF);
	/* More directories than there are. */
	pe_image_put32(&image, image.optional + OPTIONAL_N_DIRECTORIES_32, 0x12345678);
	/* A name in the headers. */
	memcpy(image.bytes + 64, "GetOutlookVersion", 18);
	pe_image_put32(&image, image.export_names + 4, 64);
	struct images_reading r = images_read(image.bytes, image.len);
	images_assert_sound(&r);
	assert_int_equal(r.export_off, 64);
	images_assert_version(&r, 1);
	images_end(&r);
	pe_image_free(&image);
}

/* Drivers are aligned so: addresses are offsets, whatever the page. */
static void test_image_aligned_to_less_than_a_page(void **state)
{
	struct pe_image image = images_build();
	uint32_t raw = (uint32_t)image.resources;
	size_t data = image.resources +
		      pe_image_get32(&image, image.resources + LANGUAGE_ENTRY + 4);

	(void)state;
	pe_image_put32(&image, image.optional + OPTIONAL_SECTION_ALIGNMENT, 32);
	for (size_t i = 0; i < image.n_sections; i++)
		pe_image_put32(
			&image, images_section(&image, i, SECTION_ADDRESS),
			pe_image_get32(&image, images_section(&image, i, SECTION_RAW)));
	pe_image_put32(&image, image.directories + DIRECTORY_EXPORTS, 0);
	pe_image_put32(&image, image.directories + DIRECTORY_RESOURCES, raw);
	pe_image_put32(&image, data, (uint32_t)image.version);
	struct images_reading r = images_read(image.bytes, image.len);
	images_assert_sound(&r);
	images_assert_version(&r, 1);
	assert_int_equal(r.part.off, image.version);
	images_end(&r);
	pe_image_free(&image);
}

/* ---- bytes ---- */

/* What is told of the file is in the file. */
static void check_within(const struct images_reading *r, size_t len)
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
	struct pe_image image = images_build();

	(void)state;
	for (size_t len = 0; len < image.len; len++) {
		struct images_reading r = images_read(image.bytes, len);
		check_within(&r, len);
		if (len < 2)
			assert_int_equal(diag_count_of(r.diags, DIAG_WRONG_KIND), 1);
		else
			assert_true(diag_count_of(r.diags, DIAG_PE_DAMAGED) > 0);
		/* The version is read as soon as it is there, and never another. */
		assert_int_equal(r.info.has_version, len >= image.fixed + 16);
		if (r.info.has_version)
			images_assert_version(&r, 1);
		images_end(&r);
	}
	pe_image_free(&image);
}

static void test_every_byte_flipped(void **state)
{
	static const uint8_t flips[] = { 0x01, 0x80, 0xFF, 0x7F };
	struct pe_image image = images_build();

	(void)state;
	for (size_t i = 0; i < image.len * ARRAY_LEN(flips); i++) {
		uint8_t *byte = &image.bytes[i / ARRAY_LEN(flips)];
		*byte ^= flips[i % ARRAY_LEN(flips)];
		struct images_reading r = images_read(image.bytes, image.len);
		check_within(&r, image.len);
		images_end(&r);
		*byte ^= flips[i % ARRAY_LEN(flips)];
	}
	pe_image_free(&image);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_resources_by_headers),
		cmocka_unit_test(test_both_forms),
		cmocka_unit_test(test_images_without),
		cmocka_unit_test(test_bytes_behind_the_image),
		cmocka_unit_test(test_other_files),
		cmocka_unit_test(test_loader_leniency),
		cmocka_unit_test(test_image_aligned_to_less_than_a_page),
		cmocka_unit_test(test_cut_at_every_length),
		cmocka_unit_test(test_every_byte_flipped),
	};

	return UNIT_RUN(tests);
}
