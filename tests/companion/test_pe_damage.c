// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Damaged images of libraries: where the damage is told, and what is read all the same.
 * It is done on the bytes of a recipe.
 */
#include "help/unit.h"

#include "help/images.h"

#include <stdlib.h>
#include <string.h>

/* Reads the image and frees it: one thing at this offset is damaged. */
static struct images_reading read_damaged(struct pe_image *image, uint64_t off)
{
	struct images_reading r = images_read(image->bytes, image->len);

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
	struct images_reading r = read_damaged(image, off);

	assert_int_equal(r.exports, kept == KEPT_EXPORT || kept == KEPT_BOTH);
	if (kept == KEPT_VERSION || kept == KEPT_BOTH)
		images_assert_version(&r, 1);
	else
		assert_false(r.info.has_version);
	images_end(&r);
}

/* Where things are in images_build() whatever is damaged. */
static struct pe_image places(void)
{
	struct pe_image image = images_build();
	struct pe_image at = image;

	at.bytes = NULL;
	pe_image_free(&image);
	return at;
}

/* A number of 4 bytes is put into a sound image; damage is told at `where`. */
static void check_put(size_t off, uint32_t number, uint64_t where, enum kept kept)
{
	struct pe_image image = images_build();

	pe_image_put32(&image, off, number);
	check_damaged(&image, where, kept);
}

static void test_headers(void **state)
{
	const struct pe_image at = places();
	struct pe_image image = images_build();
	size_t raw_size = images_section(&at, RSRC, SECTION_RAW_SIZE);

	(void)state;
	check_put(60, (uint32_t)at.len, 60, KEPT_NOTHING);
	check_put(60, (uint32_t)at.len - 3, 60, KEPT_NOTHING);
	check_put(at.optional, 0x107, at.optional, KEPT_NOTHING);
	check_put(at.optional + OPTIONAL_HEADERS_SIZE, 0x7FFFFFFF,
		  at.optional + OPTIONAL_HEADERS_SIZE, KEPT_BOTH);
	check_put(raw_size, pe_image_get32(&image, raw_size) + 1,
		  images_section(&at, RSRC, 0), KEPT_BOTH);
	check_put(raw_size, 0xFFFFFFFF, images_section(&at, RSRC, 0), KEPT_BOTH);
	pe_image_put16(&image, at.header + COFF_OPTIONAL_SIZE, 95);
	check_damaged(&image, at.optional, KEPT_NOTHING);
	image = images_build();
	pe_image_put16(&image, at.header + COFF_OPTIONAL_SIZE, 0xFFFF);
	check_damaged(&image, at.optional, KEPT_NOTHING);
}

/* One directory less has room than is told of; the sections follow at once. */
static void test_too_few_directories(void **state)
{
	struct pe_image image = images_build();
	uint8_t *sections = image.bytes + image.sections;

	(void)state;
	pe_image_put16(&image, image.header + COFF_OPTIONAL_SIZE, 224 - 8);
	memmove(sections - 8, sections, image.n_sections * SECTION_SIZE);
	check_damaged(&image, image.optional + OPTIONAL_N_DIRECTORIES_32, KEPT_BOTH);
}

static void test_cut_section_table(void **state)
{
	struct pe_image image = images_build();

	(void)state;
	pe_image_put32(&image, image.optional + OPTIONAL_HEADERS_SIZE, 0);
	image.len = image.sections + SECTION_SIZE - 1;
	pe_image_put32(&image, image.directories + DIRECTORY_EXPORTS, 0);
	pe_image_put32(&image, image.directories + DIRECTORY_RESOURCES, 0);
	check_damaged(&image, image.sections, KEPT_NOTHING);
}

static void test_too_many_sections(void **state)
{
	struct pe_image image = images_build();
	struct images_reading r;

	(void)state;
	pe_image_put16(&image, image.header + COFF_N_SECTIONS, 97);
	r = images_read(image.bytes, image.len);
	assert_true(diag_count_of(r.diags, DIAG_PE_DAMAGED) > 0);
	assert_int_equal(diag_item(r.diags, 0)->offset, image.header);
	images_assert_version(&r, 1);
	images_end(&r);
	pe_image_free(&image);
}

static void test_exports(void **state)
{
	const struct pe_image at = places();
	struct pe_image image = images_build();

	(void)state;
	check_put(at.directories + DIRECTORY_EXPORTS, 0x7FFFFFFF,
		  at.directories + DIRECTORY_EXPORTS, KEPT_VERSION);
	check_put(images_section(&at, 1, SECTION_RAW), 0,
		  at.directories + DIRECTORY_EXPORTS, KEPT_VERSION);
	check_put(at.exports + EXPORTS_NAMES, 0x7FFFFFFF, at.exports, KEPT_VERSION);
	check_put(at.export_names, 0xFFFFFFFF, at.export_names, KEPT_BOTH);
	/* In the page of the section, but behind its bytes: zeros of memory. */
	check_put(at.export_names,
		  pe_image_get32(&image, images_section(&at, 1, SECTION_ADDRESS)) + 0x300,
		  at.export_names, KEPT_BOTH);
	pe_image_put32(&image, at.export_names + 4, 0);
	struct images_reading r = images_read(image.bytes, image.len);
	assert_false(r.exports); /* it is "MZ" */
	images_end(&r);
	pe_image_put32(&image, at.exports + EXPORTS_N_NAMES, 0xFFFFFFFF);
	r = images_read(image.bytes, image.len);
	assert_int_equal(diag_item(r.diags, 0)->offset, at.exports);
	assert_int_equal(diag_item(r.diags, 1)->offset, at.export_names);
	images_assert_version(&r, 1);
	images_end(&r);
	pe_image_free(&image);
}

static void test_resources(void **state)
{
	const struct pe_image at = places();
	struct pe_image image = images_build();
	size_t root = at.resources;

	(void)state;
	check_put(at.directories + DIRECTORY_RESOURCES, 0x7FFFFFFF,
		  at.directories + DIRECTORY_RESOURCES, KEPT_EXPORT);
	check_put(root + TYPE_ENTRY + 4, NAMES, root + TYPE_ENTRY, KEPT_EXPORT);
	check_put(root + TYPE_ENTRY + 4, 0xFFFFFFFF, root, KEPT_EXPORT);
	check_put(root + LANGUAGE_ENTRY + 4, 0x7FFFFFFF, root + LANGUAGE_ENTRY,
		  KEPT_EXPORT);
	size_t data = root + pe_image_get32(&image, root + LANGUAGE_ENTRY + 4);
	uint32_t size = pe_image_get32(&image, data + 4);
	check_put(data + 4, 0x7FFFFFFF, data, KEPT_BOTH);
	check_put(data + 4, 0, at.version, KEPT_EXPORT);
	pe_image_put32(&image, data + 4, size - 1);
	struct images_reading r = images_read(image.bytes, image.len);
	assert_int_equal(diag_item(r.diags, 0)->offset, at.version);
	images_assert_version(&r, 1);
	images_end(&r);
	pe_image_put32(&image, data + 4, size);
	pe_image_put16(&image, root + LANGUAGES + 14, 0xFFFF);
	check_damaged(&image, root + LANGUAGES, KEPT_BOTH);
}

/* A level that leads to one above ends where a resource is due. */
static void test_loops(void **state)
{
	size_t root = places().resources;

	(void)state;
	check_put(root + TYPE_ENTRY + 4, BELOW, root + TYPE_ENTRY, KEPT_EXPORT);
	check_put(root + NAME_ENTRY + 4, BELOW, root + TYPE_ENTRY, KEPT_EXPORT);
	struct pe_image image = images_build();
	pe_image_put32(&image, root + LANGUAGE_ENTRY + 4, BELOW | LANGUAGES);
	struct images_reading r = read_damaged(&image, root + LANGUAGE_ENTRY);
	assert_non_null(strstr(diag_item(r.diags, 0)->sentence, "directory"));
	assert_false(r.info.has_version);
	images_end(&r);
}

/* As many languages as fit, none with bytes: trying them ends. */
static void test_many_languages_without_bytes(void **state)
{
	struct pe_recipe made = images_recipe();
	struct pe_image plain = pe_image_build(&made);
	made.size = plain.len + 65536;
	struct pe_image image = pe_image_build(&made);
	size_t n = 4000, at = plain.len + 16;
	struct images_reading r;

	(void)state;
	/* The languages stand behind the resources, in the data. */
	pe_image_put32(&image, images_section(&image, RSRC, SECTION_VIRTUAL_SIZE), 0);
	pe_image_put32(&image, images_section(&image, RSRC, SECTION_RAW_SIZE),
		       (uint32_t)(image.len - image.resources));
	pe_image_put32(&image, image.resources + NAME_ENTRY + 4,
		       (uint32_t)(plain.len - image.resources) | BELOW);
	pe_image_put16(&image, plain.len + 14, (uint16_t)n);
	for (size_t i = 0; i < n; i++)
		pe_image_put32(&image, at + 8 * i + 4, BELOW);
	r = images_read(image.bytes, image.len);
	assert_false(r.has_resource);
	/* One for each try, what is past the limit of the list counted, and one more. */
	assert_int_equal(diag_count_of(r.diags, DIAG_PE_DAMAGED), 1024 + 1);
	images_end(&r);
	pe_image_free(&plain);
	pe_image_free(&image);
}

static void test_first_language_with_bytes(void **state)
{
	struct pe_recipe made = images_recipe();
	made.n_languages = 3;
	struct pe_image image = pe_image_build(&made);
	struct images_reading r = images_read(image.bytes, image.len);
	size_t data = image.resources +
		      pe_image_get32(&image, image.resources + LANGUAGE_ENTRY + 4);

	(void)state;
	images_assert_sound(&r);
	images_assert_version(&r, 1);
	images_end(&r);
	pe_image_put32(&image, data, 0x7FFFFFFF);
	r = read_damaged(&image, data);
	images_assert_version(&r, 2);
	images_end(&r);
}

/* It is behind all sections, but promised in the headers. */
static void test_signature_that_is_cut(void **state)
{
	struct pe_image image = images_build();
	size_t at = image.directories + DIRECTORY_SIGNATURES;

	(void)state;
	pe_image_put32(&image, at, (uint32_t)image.len);
	check_put(at, (uint32_t)image.len + 1, at, KEPT_BOTH);
	pe_image_put32(&image, at + 4, 1);
	check_damaged(&image, at, KEPT_BOTH);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_headers),
		cmocka_unit_test(test_too_few_directories),
		cmocka_unit_test(test_cut_section_table),
		cmocka_unit_test(test_too_many_sections),
		cmocka_unit_test(test_exports),
		cmocka_unit_test(test_resources),
		cmocka_unit_test(test_loops),
		cmocka_unit_test(test_many_languages_without_bytes),
		cmocka_unit_test(test_first_language_with_bytes),
		cmocka_unit_test(test_signature_that_is_cut),
	};

	return UNIT_RUN(tests);
}
