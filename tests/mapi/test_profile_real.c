/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The profile of a real Windows 7 hive against what other tools read from it.
 * HIVES names the folder of test hives; without it there is nothing to test.
 */
#include "help/unit.h"

#include "mapi/content/content.h"

#include "mapi/profile.h"
#include "regf/evidence.h"
#include "regf/image.h"
#include "regf/record.h"

#include "help/texts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PROFILE                                                                          \
	"Software\\Microsoft\\Windows NT\\CurrentVersion\\"                              \
	"Windows Messaging Subsystem\\Profiles\\Outlook"

struct hive {
	struct diag_list *diags;
	struct evidence *evidence;
	struct image *image;
	struct key_tree *tree;
	const struct key *profile;
	struct content *content;
};

static int open_hive(void **state)
{
	static struct failure failure;
	struct hive *hive = calloc(1, sizeof(*hive));
	char path[4096];

	assert_non_null(hive);
	(void)snprintf(path, sizeof(path), "%s/real/NTUSER-WIN7.DAT", getenv("HIVES"));
	hive->diags = diag_list_new();
	assert_non_null(hive->diags);
	assert_int_equal(evidence_read(path, &hive->evidence, &failure), STATUS_OK);
	assert_int_equal(
		image_open(hive->evidence->bytes, hive->diags, &hive->image, &failure),
		STATUS_OK);
	assert_int_equal(record_read(hive->image, hive->diags, NULL, &hive->tree),
			 STATUS_OK);
	hive->profile = key_at(hive->tree->root, PROFILE);
	assert_non_null(hive->profile);
	assert_int_equal(content_read(hive->profile, &hive->content), STATUS_OK);
	*state = hive;
	return 0;
}

static int close_hive(void **state)
{
	struct hive *hive = *state;

	content_free(hive->content);
	key_tree_free(hive->tree);
	image_free(hive->image);
	evidence_free(hive->evidence);
	diag_list_free(hive->diags);
	free(hive);
	return 0;
}

static void test_light_form(void **state)
{
	const struct hive *hive = *state;
	char digest[DIGEST_HEX_SIZE];
	struct profile profile;

	assert_int_equal(profile_read(hive->profile, &profile), STATUS_OK);
	assert_int_equal(profile.n_sections, 19);
	assert_int_equal(profile.n_values, 148);
	assert_int_equal(profile.n_keys, 25);
	assert_true(profile.has_instance);
	assert_memory_equal(
		profile.instance,
		"\x4f\x62\x30\x8b\x2d\x6f\x01\x40\xa6\x74\x0c\x90\xfd\x13\x30\xd2", 16);
	digest_hex(&profile.digest, digest);
	/* worked out from the file by a script on another library (Win::Hivex) */
	assert_string_equal(digest, "b3559e2bbc85ce2432f19d314bec5020"
				    "95f5bec85ba22c7ca86d130ec3b74dbd");
}

static void test_chain(void **state)
{
	static const char *const rows[][4] = {
		{ "94c69157b76a9b4695a7d02aee567563", "CONTAB", "contab.dll",
		  "a4a706acf2199341bddd109f85b3e607" },
		{ "d62a6f79b0bd6f42b89024c32341f335", "OMSAB", "omsxp.dll",
		  "cb0feb848861b8448f2af93be8a188c3" },
		{ "be0fb9fa761ad4409134f9df70fb8ed1", "MSUPST MS", "mspst.dll",
		  "93f9ea29aea81047b2e824b6a8583e48" },
	};
	const struct content *content = ((struct hive *)*state)->content;

	assert_int_equal(content->services.n, 3);
	assert_int_equal(content->providers.n, 3);
	for (size_t i = 0; i < 3; i++) {
		assert_text(content->services.items[i].uid, rows[i][0]);
		assert_text(content->services.items[i].name, rows[i][1]);
		assert_text(content->services.items[i].dll, rows[i][2]);
		assert_non_null(content->services.items[i].kind);
		assert_text(content->providers.items[i].uid, rows[i][3]);
		assert_int_equal(content->providers.items[i].service, i);
		assert_int_equal(content->providers.items[i].resource_type,
				 i < 2 ? 35 : 33);
	}
	assert_int_equal(content->exchanges.n, 0);
	assert_int_equal(content->problems.n, 0);
	assert_false(content->truncated);
}

static void test_files(void **state)
{
	const struct content *content = ((struct hive *)*state)->content;

	assert_int_equal(content->files.n, 4);
	assert_string_equal(content->files.items[0].kind, "pst");
	assert_text(content->files.items[0].path,
		    "C:\\Users\\nfury\\Documents\\Outlook Files\\"
		    "nfury@stark-research-labs.com.pst");
	assert_true(content->files.items[0].default_store);
	assert_string_equal(content->files.items[3].kind, "srs");
	assert_text(content->files.items[3].path, "Outlook");
}

static void test_accounts(void **state)
{
	const struct content *content = ((struct hive *)*state)->content;
	const struct profile_account *pop3 = &content->accounts.items[2];

	assert_int_equal(content->accounts.n, 4);
	assert_string_equal(content->accounts.items[0].kind, "mapi");
	assert_text(content->accounts.items[0].name, "Mobile Address Book");
	assert_text(pop3->id, "00000003");
	assert_string_equal(pop3->kind, "pop3");
	assert_text(pop3->display_name, "Nick Fury");
	assert_text(pop3->email, "nfury@stark-research-labs.com");
	assert_int_equal(pop3->n_settings, 14);
	for (size_t i = 0; i < content->settings.n; i++)
		assert_false(text_has(content->settings.items[i].name, "password"));
	assert_int_equal(content->secrets.n, 1);
	assert_int_equal(content->secrets.items[0].value->data_len, 189);
}

static void test_values(void **state)
{
	static const struct {
		uint16_t type;
		size_t n;
	} counts[] = {
		{ 0x0003, 20 }, { 0x000b, 9 }, { 0x001e, 2 },  { 0x001f, 40 },
		{ 0x0040, 1 },	{ 0x0048, 1 }, { 0x0102, 15 }, { 0x1003, 2 },
		{ 0x101e, 6 },	{ 0x101f, 4 }, { 0x1102, 7 },
	};
	const struct content *content = ((struct hive *)*state)->content;
	struct property_items items;
	size_t n_tables = 0;

	assert_int_equal(content->values.n, 107);
	for (size_t i = 0; i < ARRAY_LEN(counts); i++) {
		size_t n = 0;
		for (size_t k = 0; k < content->values.n; k++)
			n += content->values.items[k].tag.type == counts[i].type;
		assert_int_equal(n, counts[i].n);
	}
	for (size_t k = 0; k < content->values.n; k++)
		if (property_items(content->values.items[k].value, &items) &&
		    items.width) {
			assert_int_equal(items.width, 8);
			n_tables++;
		}
	assert_int_equal(n_tables, 17);
}

/*
 * The build that Outlook\Setup of the hive has too; the minute of 0032 in AcctSettings0003,
 * 2012-04-06 13:18:27 UTC.
 */
static void test_outlook(void **state)
{
	const struct profile_outlook *outlook =
		&((struct hive *)*state)->content->outlook;

	assert_true(outlook->has_build);
	assert_int_equal(outlook->build, 144760);
	assert_int_equal(outlook->n_times, 2);
	assert_true(outlook->times[0].is_local);
	assert_false(outlook->times[1].is_local);
	assert_int_equal(outlook->times[1].ft, 129781918800000000);
	assert_int_equal(outlook->machine_id.len, 16);
	assert_true(span_starts(outlook->machine_id, 0, "\xb4\xf5\xd2\x6f", 4));
}

/* Counted by hand in a listing of the hive's values by another program. */
static void test_names(void **state)
{
	const struct content *content = ((struct hive *)*state)->content;
	size_t unnamed = 0, unpublished = 0;

	for (size_t i = 0; i < content->values.n; i++) {
		unnamed += content->values.items[i].name == NULL;
		unpublished += content->values.items[i].is_unpublished;
	}
	assert_int_equal(unnamed, 30);
	assert_int_equal(unpublished, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_light_form), cmocka_unit_test(test_chain),
		cmocka_unit_test(test_files),	   cmocka_unit_test(test_accounts),
		cmocka_unit_test(test_values),	   cmocka_unit_test(test_outlook),
		cmocka_unit_test(test_names),
	};
	const char *hives = getenv("HIVES");

	if (!hives || !*hives) {
		(void)puts("1..0 # SKIP no test hives");
		return 0;
	}
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name(__FILE__, tests, open_hive, close_hive);
}
