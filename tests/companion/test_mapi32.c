// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Verdicts on a Mapi32.dll. Expected ones come from KB 817375 and what is known of the
 * versions of the products, not from the program.
 */
#define UNIT_OOM
#include "help/unit.h"

#include "samples/pe.h"

#include "companion/mapi32.h"

#include "help/hives.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct mapi32_version version_of(const char *text)
{
	struct mapi32_version version = { 0 };

	assert_true(mapi32_parse_version(text, &version));
	return version;
}

/* Builds the image, reads it from a file and removes that. */
static struct mapi32 *read_recipe(const struct pe_recipe *recipe)
{
	struct pe_image image = pe_image_build(recipe);
	char *path = hives_temporary(image.bytes, image.len);
	struct mapi32 *m = NULL;

	assert_int_equal(mapi32_read(NULL, path, &m, NULL), STATUS_OK);
	assert_int_equal(m->evidence->bytes.len, image.len);
	pe_image_free(&image);
	(void)remove(path);
	free(path);
	return m;
}

static struct mapi32 *read_text(const void *bytes, size_t len)
{
	char *path = hives_temporary(bytes, len);
	struct mapi32 *m = NULL;

	assert_int_equal(mapi32_read(NULL, path, &m, NULL), STATUS_OK);
	(void)remove(path);
	free(path);
	return m;
}

/* ---- versions ---- */

static void test_parse(void **state)
{
	static const char *const bad[] = {
		"",
		"6",
		"6.0.6448",
		"6.0.6448.0.",
		"6.0.6448.0.1",
		".6.0.6448.0",
		"6..6448.0",
		"6.0.6448. 0",
		" 6.0.6448.0",
		"6.0.6448.0 ",
		"6,0,6448,0",
		"6.0.-6448.0",
		"6.0.+1.0",
		"6.0.0x10.0",
		"6.0.65536.0",
		"6.0.4294967296.0",
		"6.0.000000.0",
		"6.0.6448.x",
		"6.0.6448.",
	};
	struct mapi32_version version = version_of("6.0.6448.0");

	(void)state;
	assert_int_equal(version.parts[0], 6);
	assert_int_equal(version.parts[1], 0);
	assert_int_equal(version.parts[2], 6448);
	assert_int_equal(version.parts[3], 0);
	version = version_of("65535.5.02653.06");
	assert_int_equal(version.parts[0], 65535);
	assert_int_equal(version.parts[2], 2653);
	assert_int_equal(version.parts[3], 6);
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		if (mapi32_parse_version(bad[i], &version))
			fail_msg("'%s' is taken for a version", bad[i]);
	assert_int_equal(version.parts[0], 65535); /* as it was */
}

/* As numbers: 997 is less than 6448, though not as text. */
static void test_compare(void **state)
{
	static const char *const rising[] = { "4.0.997.1",  "5.5.2653.6",  "5.5.2653.12",
					      "6.0.997.0",  "6.0.6249.0",  "6.0.6448.0",
					      "6.0.6448.1", "6.0.10000.0", "6.5.0.0",
					      "10.0.0.0" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rising); i++)
		for (size_t j = 0; j < ARRAY_LEN(rising); j++) {
			struct mapi32_version a = version_of(rising[i]);
			struct mapi32_version b = version_of(rising[j]);
			int order = mapi32_compare_version(&a, &b);
			assert_int_equal(order < 0, i < j);
			assert_int_equal(order > 0, i > j);
		}
}

/* ---- verdicts ---- */

static const struct expected {
	const char *version;
	enum mapi32_verdict verdict;
	bool needs_sp3;
} table[] = {
	{ "1.0.2536.0", MAPI32_STUB, false },
	{ "1.0.0.0", MAPI32_STUB, false },
	{ "1.1.0.14", MAPI32_OTHER_PRODUCT, false },
	{ "4.0.997.1", MAPI32_OTHER_PRODUCT, false },
	{ "5.0.1461.99", MAPI32_OTHER_PRODUCT, false },
	{ "5.5.2653.6", MAPI32_EXCHANGE_55, false },
	{ "6.0.0.0", MAPI32_AFFECTED, true },
	{ "6.0.4417.0", MAPI32_AFFECTED, true },
	{ "6.0.6248.65535", MAPI32_AFFECTED, true },
	{ "6.0.6249.0", MAPI32_AFFECTED, false },
	{ "6.0.6447.65535", MAPI32_AFFECTED, false },
	{ "6.0.6487.1", MAPI32_FIXED, false },
	{ "6.0.6448.1", MAPI32_FIXED, false },
	{ "6.0.6620.7", MAPI32_FIXED, false },
	{ "6.1.6448.0", MAPI32_OTHER_PRODUCT, false },
	{ "6.5.6944.0", MAPI32_EXCHANGE_2003, false },
	{ "6.6.0.0", MAPI32_OTHER_PRODUCT, false },
	{ "11.0.5604.0", MAPI32_OTHER_PRODUCT, false },
};

static void check_verdict(const struct mapi32 *m, const struct expected *e)
{
	struct mapi32_version version = version_of(e->version);

	assert_string_equal(mapi32_verdict_word(m->verdict),
			    mapi32_verdict_word(e->verdict));
	assert_int_equal(m->needs_sp3, e->needs_sp3);
	assert_int_equal(m->stub, e->verdict == MAPI32_STUB);
	assert_true(m->has_version);
	assert_int_equal(mapi32_compare_version(&m->version, &version), 0);
	assert_int_equal(diag_count(m->diags), 0);
}

static void test_bare_versions(void **state)
{
	static const struct expected fixed = { "6.0.6448.0", MAPI32_FIXED, false };
	struct mapi32 *m = NULL;

	(void)state;
	for (size_t i = 0; i <= ARRAY_LEN(table); i++) {
		const struct expected *e = i < ARRAY_LEN(table) ? &table[i] : &fixed;
		struct mapi32_version version = version_of(e->version);
		assert_int_equal(mapi32_from_version(&version, &m), STATUS_OK);
		check_verdict(m, e);
		assert_null(m->evidence);
		assert_int_equal(m->version_off, 0);
		assert_int_equal(m->machine, 0);
		assert_int_equal(m->built_ft, 0);
		assert_false(m->exports_outlook_version);
		mapi32_freep(&m);
	}
	mapi32_free(NULL);
}

static struct pe_recipe versioned(const char *text)
{
	struct mapi32_version version = version_of(text);
	struct pe_recipe recipe = { .has_version = true };

	memcpy(recipe.version, version.parts, sizeof(recipe.version));
	return recipe;
}

static void test_files(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		struct pe_recipe recipe = versioned(table[i].version);
		struct mapi32 *m = read_recipe(&recipe);
		check_verdict(m, &table[i]);
		assert_int_equal(m->built_ft, 0);
		mapi32_free(m);
	}
}

static void check_size(const char *version, size_t size, enum mapi32_verdict verdict)
{
	struct pe_recipe recipe = versioned(version);
	recipe.size = size;
	struct mapi32 *m = read_recipe(&recipe);
	bool mismatch = verdict == MAPI32_MISMATCH;

	assert_string_equal(mapi32_verdict_word(m->verdict),
			    mapi32_verdict_word(verdict));
	assert_int_equal(diag_count(m->diags), mismatch);
	assert_int_equal(diag_count_of(m->diags, DIAG_PE_SIZE_DIFFERS), mismatch);
	if (mismatch) {
		assert_false(m->needs_sp3);
		assert_int_equal(diag_item(m->diags, 0)->offset, m->version_off);
		assert_non_null(strstr(diag_item(m->diags, 0)->sentence, version));
		assert_non_null(strstr(diag_item(m->diags, 0)->sentence, "745472"));
	}
	mapi32_free(m);
}

static void test_sizes(void **state)
{
	(void)state;
	check_size("6.0.6448.0", 745472, MAPI32_FIXED);
	check_size("6.0.6448.0", 745471, MAPI32_MISMATCH);
	check_size("6.0.6448.0", 745473, MAPI32_MISMATCH);
	check_size("6.0.6249.0", 745472, MAPI32_MISMATCH);
	check_size("6.0.4417.0", 745472, MAPI32_MISMATCH);
	check_size("6.0.6447.65535", 745472, MAPI32_MISMATCH);
	check_size("6.0.6249.0", 745473, MAPI32_AFFECTED);
	check_size("6.0.6448.1", 745472, MAPI32_FIXED);
	check_size("6.0.6603.1", 745472, MAPI32_FIXED);
	check_size("6.5.6944.0", 745472, MAPI32_EXCHANGE_2003);
	check_size("1.0.2536.0", 745472, MAPI32_STUB);
}

/* The export tells the stub, whatever its version and size. */
static void test_stub(void **state)
{
	static const char *const exports[] = { "FixMAPI", "GetOutlookVersion" };
	static const char *const versions[] = { "6.0.6249.0", "6.0.6448.0",
						"11.0.5604.0" };

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct pe_recipe recipe = { .timestamp = 0 };
		if (i < ARRAY_LEN(versions))
			recipe = versioned(versions[i]);
		recipe.name = "MAPI32.dll";
		recipe.exports = exports;
		recipe.n_exports = ARRAY_LEN(exports);
		if (i == 0)
			recipe.size = MAPI32_FIXED_SIZE;
		struct mapi32 *m = read_recipe(&recipe);
		assert_int_equal(m->verdict, MAPI32_STUB);
		assert_true(m->stub);
		assert_true(m->exports_outlook_version);
		assert_true(span_starts(m->evidence->bytes, (size_t)m->export_off,
					"GetOutlookVersion", 18));
		assert_int_equal(diag_count_of(m->diags, DIAG_PE_SIZE_DIFFERS), 0);
		assert_int_equal(diag_count_of(m->diags, DIAG_PE_NO_VERSION), i == 3);
		mapi32_free(m);
	}
}

static void test_sample(void **state)
{
	static const uint8_t version[8] = { 0, 0, 6, 0, 0, 0, 0x69, 0x18 };
	const char *folder = getenv("SAMPLES_DIR");
	char path[4096];
	struct mapi32 *m = NULL;

	(void)state;
	if (!folder)
		skip();
	(void)snprintf(path, sizeof(path), "%s/exchange2000-mapi32.dll", folder);
	assert_int_equal(mapi32_read(NULL, path, &m, NULL), STATUS_OK);
	assert_int_equal(m->verdict, MAPI32_AFFECTED);
	assert_int_equal(diag_count(m->diags), 0);
	assert_false(m->needs_sp3);
	assert_true(span_starts(m->evidence->bytes, (size_t)m->version_off, version, 8));
	assert_int_equal(m->machine, 0x14C);
	/* date -u -d '2002-06-14 02:10:33' +%s, times 10^7, and the epoch. */
	assert_true(m->built_ft == UINT64_C(126684942330000000));
	assert_string_equal(m->company, "Microsoft Corporation");
	assert_string_equal(m->product, "Microsoft Exchange");
	assert_string_equal(m->description, "Extended MAPI 1.0 for Windows NT");
	assert_string_equal(m->original_name, "MAPI32.DLL");
	assert_false(m->exports_outlook_version);
	assert_int_equal(m->export_off, 0);
	mapi32_free(m);
}

/* ---- files that tell nothing ---- */

static void check_unknown(struct mapi32 *m, enum diag_code code)
{
	assert_int_equal(m->verdict, MAPI32_UNKNOWN);
	assert_false(m->has_version);
	assert_false(m->stub);
	assert_false(m->needs_sp3);
	assert_int_equal(diag_count(m->diags), 1);
	assert_int_equal(diag_item(m->diags, 0)->code, code);
	mapi32_free(m);
}

static void test_unknown(void **state)
{
	struct pe_recipe plain = { .timestamp = 1 }, text = { .has_text = true };
	struct pe_image image = pe_image_build(&plain);

	(void)state;
	check_unknown(read_text("", 0), DIAG_WRONG_KIND);
	check_unknown(read_text("6.0.6249.0\n", 11), DIAG_WRONG_KIND);
	check_unknown(read_text("MZ", 2), DIAG_PE_DAMAGED);
	check_unknown(read_text(image.bytes, image.len - 1), DIAG_PE_DAMAGED);
	check_unknown(read_recipe(&plain), DIAG_PE_NO_VERSION);
	check_unknown(read_recipe(&text), DIAG_PE_NO_VERSION);
	pe_image_free(&image);
}

/* What is cut behind its version keeps that, and both are told. */
static void test_damaged_with_version(void **state)
{
	struct pe_recipe recipe = versioned("6.0.6249.0");
	struct pe_image image = pe_image_build(&recipe);
	struct mapi32 *m = read_text(image.bytes, image.len - 1);

	(void)state;
	assert_int_equal(m->verdict, MAPI32_AFFECTED);
	assert_int_equal(m->version_off, image.fixed + 8);
	assert_int_equal(diag_count(m->diags), 1);
	assert_int_equal(diag_count_of(m->diags, DIAG_PE_DAMAGED), 1);
	mapi32_free(m);
	pe_image_free(&image);
}

static void test_missing_file(void **state)
{
	char *path = hives_temporary("", 0);
	struct failure failure = { 0 };
	struct mapi32 *m = NULL;

	(void)state;
	assert_int_equal(remove(path), 0);
	assert_int_equal(mapi32_read(NULL, path, &m, &failure), STATUS_IO);
	assert_null(m);
	assert_non_null(strstr(failure.sentence, path));
	free(path);
}

static void test_out_of_memory(void **state)
{
	static const struct pe_string strings[] = { { "CompanyName", "Example" },
						    { "ProductName", "Exchange" } };
	struct mapi32_version version = version_of("6.0.6249.0");
	struct pe_recipe recipe = versioned("6.0.6249.0");
	recipe.strings = strings;
	recipe.n_strings = ARRAY_LEN(strings);
	struct pe_image image = pe_image_build(&recipe);
	char *path = hives_temporary(image.bytes, image.len);

	(void)state;
	for (int bare = 0; bare < 2; bare++) {
		struct mapi32 *m = NULL;
		struct unit_oom oom;
		UNIT_FAIL_EACH (oom) {
			enum status status = UNIT_FAILING(
				oom, bare ? mapi32_from_version(&version, &m)
					  : mapi32_read(NULL, path, &m, NULL));
			assert_int_equal(status, oom.failed ? STATUS_NOMEM : STATUS_OK);
			assert_int_equal(m == NULL, oom.failed);
			assert_true(m == NULL || oom.n >= 2);
		}
		assert_non_null(m);
		assert_int_equal(m->verdict, MAPI32_AFFECTED);
		assert_int_equal(m->company != NULL, !bare);
		mapi32_free(m);
	}
	pe_image_free(&image);
	(void)remove(path);
	free(path);
}

static void test_words(void **state)
{
	(void)state;
	for (int i = MAPI32_UNKNOWN; i <= MAPI32_MISMATCH; i++) {
		const char *sentence = mapi32_verdict_sentence((enum mapi32_verdict)i);
		assert_true(strlen(sentence) > 20);
		assert_int_not_equal(sentence[strlen(sentence) - 1], '.');
		for (int j = MAPI32_UNKNOWN; j < i; j++)
			assert_string_not_equal(
				mapi32_verdict_word((enum mapi32_verdict)i),
				mapi32_verdict_word((enum mapi32_verdict)j));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parse),
		cmocka_unit_test(test_compare),
		cmocka_unit_test(test_bare_versions),
		cmocka_unit_test(test_files),
		cmocka_unit_test(test_sizes),
		cmocka_unit_test(test_stub),
		cmocka_unit_test(test_sample),
		cmocka_unit_test(test_unknown),
		cmocka_unit_test(test_damaged_with_version),
		cmocka_unit_test(test_missing_file),
		cmocka_unit_test(test_out_of_memory),
		cmocka_unit_test(test_words),
	};

	return UNIT_RUN(tests);
}
