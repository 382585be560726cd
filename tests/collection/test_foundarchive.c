/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Hostile and odd archives as operands and in folders: what is kept, and what is told. */
#include "help/collections.h"
#include "help/open_files.h"

#include "collection/archivefile.h"
#include "collection/foundarchive.h"
#include "samples/evt.h"
#include "samples/pe.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Packs what is in packer as a file, and finds all in it. */
static struct finds *find_in(struct packer *packer, size_t cut)
{
	char *top = collections_new(), *path = collections_path(top, "c.zip");

	collections_write_archive(top, "c.zip", packer, cut);
	struct finds *finds = collections_find(path);
	free(path);
	collections_remove(top);
	return finds;
}

static struct packer_member text(const char *name, const char *bytes)
{
	return (struct packer_member){ .name = name,
				       .bytes = bytes,
				       .len = strlen(bytes) };
}

/* Names that would lead out of a folder lead nowhere; all hives are found. */
static void test_names(void **state)
{
	static const char *const names[] = { "../../../tmp/NTUSER.DAT", "/etc/NTUSER.DAT",
					     "Users/m\x81ller/NTUSER.DAT",
					     "Users/line\nbreak\x1b[31m/NTUSER.DAT" };
	struct packer *packer = packer_new(PACKER_TAR);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		collections_pack_hive(packer, names[i]);
	struct finds *finds = find_in(packer, 0);
	assert_int_equal(finds->n, 4);
	for (size_t i = 0; i < 4; i++) {
		assert_string_equal(finds->items[i].inside, names[i]);
		assert_int_equal(finds->items[i].kind, FILEKIND_HIVE);
	}
	assert_string_equal(finds->items[2].place.user, "m\\x81ller");
	assert_int_equal(collections_said(finds, DIAG_MEMBER_NAME), 2);
	assert_true(collections_says(finds, "2 members with a name that would lead out"));
	assert_true(collections_says(finds, "1 member with a name in an unknown code"));
	/* nothing of it reaches a terminal */
	for (size_t i = 0; i < diag_count(finds->diags); i++)
		assert_null(strpbrk(diag_item(finds->diags, i)->sentence, "\n\x1b"));
	finds_free(finds);
}

/* A member called twice is two hives, each with its own bytes. */
static void test_repeated(void **state)
{
	struct packer *packer = packer_new(PACKER_ZIP);
	struct packer_member one = text("NTUSER.DAT", "regf one"),
			     two = text("NTUSER.DAT", "regf two!"),
			     other = text("x", "1");

	(void)state;
	packer_add(packer, &one);
	packer_add(packer, &two);
	packer_add(packer, &other);
	packer_add(packer, &other); /* what is left does not matter */
	struct finds *finds = find_in(packer, 0);
	assert_int_equal(finds->n, 2);
	collections_check(&finds->items[0], "regf one", 8);
	collections_check(&finds->items[1], "regf two!", 9);
	assert_int_equal(collections_said(finds, DIAG_MEMBER_REPEATED), 1);
	finds_free(finds);
}

/* A hive whose checksum is wrong is there, and cannot be read; the rest is done. */
static void test_wrong_checksum(void **state)
{
	struct packer *packer = packer_new(PACKER_ZIP);
	struct packer_member good = text("Users/b/NTUSER.DAT", "regf good"),
			     bad = text("Users/a/NTUSER.DAT", "regf bad");
	struct failure failure = { 0 };
	int fd = -1;

	(void)state;
	bad.wrong_crc = true;
	packer_add(packer, &bad);
	packer_add(packer, &good);
	struct finds *finds = find_in(packer, 0);
	assert_int_equal(finds->n, 2);
	assert_int_equal(finds->items[0].kind, FILEKIND_UNREAD);
	assert_string_equal(finds->items[0].place.user, "a");
	assert_non_null(finds->items[0].unread);
	assert_int_equal(found_open(&finds->items[0], &fd, &failure), STATUS_ABSENT);
	collections_check(&finds->items[1], "regf good", 9);
	assert_int_equal(collections_said(finds, DIAG_MEMBER_DAMAGED), 1);
	/* the folder of a is not whole, that of b is */
	assert_false(finds->operands[0].whole);
	for (size_t i = 0; i < finds->n_folders; i++)
		if (finds->folders[i].place.user)
			assert_int_equal(finds->folders[i].whole,
					 strcmp(finds->folders[i].place.user, "b") == 0);
	finds_free(finds);
}

static void test_encrypted(void **state)
{
	struct packer *packer = packer_new(PACKER_ZIP);
	struct packer_member a = text("Users/a/NTUSER.DAT", "0123456789abcdef"),
			     b = text("notes.txt", "0123456789abcdef");

	(void)state;
	a.encrypted = b.encrypted = true;
	packer_add(packer, &a);
	packer_add(packer, &b);
	struct finds *finds = find_in(packer, 0);
	/* one line for all; of what is called a hive it is known that it is there */
	assert_int_equal(diag_count(finds->diags), 1);
	assert_int_equal(collections_said(finds, DIAG_MEMBER_ENCRYPTED), 1);
	assert_true(collections_says(finds, "2 members encrypted: unpack"));
	assert_int_equal(finds->n, 1);
	assert_string_equal(finds->items[0].unread, "it is encrypted");
	assert_int_equal(finds->operands[0].seen[FILEKIND_UNREAD], 2);
	finds_free(finds);
}

static void test_cut(void **state)
{
	struct packer *packer = packer_new(PACKER_TAR);
	char large[20000] = "regf";
	struct packer_member whole = text("Users/a/NTUSER.DAT", "regf whole"), cut = {
		.name = "Users/b/NTUSER.DAT", .bytes = large, .len = sizeof(large)
	};

	(void)state;
	packer_add(packer, &whole);
	packer_add(packer, &cut);
	struct finds *finds = find_in(packer, 5000);
	assert_int_equal(finds->n, 2);
	collections_check(&finds->items[0], "regf whole", 10);
	assert_int_equal(finds->items[1].kind, FILEKIND_UNREAD);
	assert_int_equal(collections_said(finds, DIAG_ARCHIVE_DAMAGED), 1);
	/* what may have followed is not known: no folder is whole */
	assert_true(finds->n_folders > 0);
	for (size_t i = 0; i < finds->n_folders; i++)
		assert_false(finds->folders[i].whole);
	finds_free(finds);
}

/* Cut off between two members: only the mark of its end is missing. */
static void test_no_end_mark(void **state)
{
	struct packer *packer = packer_new(PACKER_TAR);
	struct packer_member whole = text("Users/a/NTUSER.DAT", "regf whole");

	(void)state;
	packer_add(packer, &whole);
	struct finds *finds = find_in(packer, 1024);
	assert_int_equal(finds->n, 1);
	collections_check(&finds->items[0], "regf whole", 10);
	assert_int_equal(diag_count(finds->diags), 1);
	assert_int_equal(collections_said(finds, DIAG_ARCHIVE_DAMAGED), 1);
	assert_true(collections_says(finds, "it may be cut off"));
	assert_false(finds->operands[0].whole);
	assert_true(finds->n_folders > 0);
	for (size_t i = 0; i < finds->n_folders; i++)
		assert_false(finds->folders[i].whole);
	finds_free(finds);
}

static void test_links_and_devices(void **state)
{
	struct packer *packer = packer_new(PACKER_TAR);

	(void)state;
	collections_pack_hive(packer, "NTUSER.DAT");
	packer_add(packer, &(struct packer_member){ .name = "Users/a/NTUSER.DAT",
						    .bytes = "",
						    .type = PACKER_LINK,
						    .target = "/etc/passwd" });
	packer_add(packer, &(struct packer_member){ .name = "hard",
						    .bytes = "",
						    .type = PACKER_HARD_LINK,
						    .target = "NTUSER.DAT" });
	packer_add(packer, &(struct packer_member){
				   .name = "sda", .bytes = "", .type = PACKER_DEVICE });
	struct finds *finds = find_in(packer, 0);
	/* what is called as a hive is listed as what could not be read */
	assert_int_equal(finds->n, 2);
	assert_int_equal(finds->items[0].kind, FILEKIND_HIVE);
	assert_int_equal(finds->items[1].kind, FILEKIND_UNREAD);
	assert_int_equal(finds->operands[0].seen[FILEKIND_LINK], 2);
	assert_int_equal(finds->operands[0].seen[FILEKIND_SPECIAL], 1);
	assert_int_equal(collections_said(finds, DIAG_NOT_FOLLOWED), 1);
	finds_free(finds);
}

/* An archive and a disk image in an archive: one line for both. */
static void test_nested(void **state)
{
	struct packer *inner = packer_new(PACKER_ZIP), *outer = packer_new(PACKER_ZIP);
	size_t len;

	(void)state;
	collections_pack_hive(inner, "Users/a/NTUSER.DAT");
	const uint8_t *bytes = packer_end(inner, &len);
	packer_add(outer, &(struct packer_member){
				  .name = "C.zip", .bytes = bytes, .len = len });
	struct packer_member image = text("pc.vhdx", "vhdxfile");
	packer_add(outer, &image);
	struct finds *finds = find_in(outer, 0);
	assert_int_equal(finds->n, 0);
	assert_int_equal(collections_said(finds, DIAG_LEFT_OUT), 1);
	assert_true(
		collections_says(finds, "2 members that are archives or disk images"));
	assert_true(collections_says(finds, "/C.zip"));
	/* and there is no hive beside them */
	assert_int_equal(collections_said(finds, DIAG_OPERAND_UNUSABLE), 1);
	finds_free(finds);
	packer_free(inner);
}

/* In a folder an archive is looked into, and its faults cost nothing but itself. */
static void test_in_a_folder(void **state)
{
	char *top = collections_new();
	struct packer *packer = packer_new(PACKER_ZIP);
	struct packer_member bad = text("Users/a/NTUSER.DAT", "regf bad");

	(void)state;
	collections_write_hive(top, "Users/c/NTUSER.DAT");
	collections_pack_hive(packer, "Users/b/NTUSER.DAT");
	bad.wrong_crc = true;
	packer_add(packer, &bad);
	collections_write_archive(top, "more/c.zip", packer, 0);
	struct finds *finds = collections_find(top);
	assert_int_equal(finds->operands[0].kind, FOUND_FOLDER);
	assert_int_equal(finds->n, 3);
	assert_non_null(collections_item(finds, "Users/c/NTUSER.DAT"));
	assert_true(collections_item(finds, "more/c.zip/Users/b/NTUSER.DAT")->in_archive);
	assert_int_equal(collections_said(finds, DIAG_LEFT_OUT), 1);
	assert_int_equal(diag_count_from(finds->diags, DIAG_ERROR), 0);
	finds_free(finds);
	collections_remove(top);
}

/* Mapi32.dll is kept, another program gives its room back. */
static void test_programs(void **state)
{
	struct pe_string strings[] = { { "OriginalFilename", "MAPI32.DLL" } };
	struct pe_recipe recipe = {
		.has_version = true, .strings = strings, .n_strings = 1, .size = 100000
	};
	struct pe_image mapi = pe_image_build(&recipe);
	struct evt *evt = evt_new(4096);
	size_t len;
	const uint8_t *log = evt_bytes(evt, &len);

	(void)state;
	strings[0].value = "OTHER.DLL";
	struct pe_image other = pe_image_build(&recipe);
	struct packer *packer = packer_new(PACKER_TAR);
	packer_add(packer, &(struct packer_member){ .name = "other.dll",
						    .bytes = other.bytes,
						    .len = other.len });
	packer_add(packer, &(struct packer_member){
				   .name = "x", .bytes = mapi.bytes, .len = mapi.len });
	packer_add(packer, &(struct packer_member){
				   .name = "app.evt", .bytes = log, .len = len });
	packer_add(packer, &(struct packer_member){ .name = "another.dll",
						    .bytes = other.bytes,
						    .len = other.len });
	struct finds *finds = find_in(packer, 0);
	assert_int_equal(finds->n, 2);
	assert_int_equal(finds->items[0].kind, FILEKIND_MAPI32);
	collections_check(&finds->items[0], mapi.bytes, mapi.len);
	assert_int_equal(finds->items[1].kind, FILEKIND_EVENT_LOG);
	collections_check(&finds->items[1], log, len);
	assert_int_equal(finds->operands[0].seen[FILEKIND_PROGRAM], 2);
	/* the log lies right behind it: the other program is gone */
	assert_int_equal(spool_size(finds->items[0].source->spool), mapi.len + len);
	finds_free(finds);
	pe_image_free(&mapi);
	pe_image_free(&other);
	evt_free(evt);
}

static void test_many_members(void **state)
{
	enum { MANY = 100000 };
	struct packer *packer = packer_new(PACKER_ZIP);
	char name[40];
	size_t before = open_files();

	(void)state;
	for (unsigned i = 0; i < MANY; i++) {
		bool hive = i % 1000 == 0;
		(void)snprintf(name, sizeof(name), "Users/u%u/NTUSER.DAT", i / 100);
		struct packer_member m = text(hive ? name : "x", hive ? "regf" : "other");
		packer_add(packer, &m);
	}
	struct finds *finds = find_in(packer, 0);
	assert_int_equal(finds->n, MANY / 1000);
	assert_int_equal(finds->operands[0].n_left, MANY - MANY / 1000);
	assert_int_equal(finds->n_folders, 1 + MANY / 1000);
	assert_int_equal(diag_count(finds->diags), 0);
	/* however many are kept, few files are open */
	assert_true(open_files() <= before + 2);
	finds_free(finds);
	assert_int_equal(open_files(), before);
}

/* A limit is told, and what came before it is there. */
static void test_limit(void **state)
{
	char *top = collections_new(), *path = collections_path(top, "c.tar");
	struct packer *packer = packer_new(PACKER_TAR);
	struct packer_member a = text("Users/a/NTUSER.DAT", "regf a"),
			     b = text("Users/b/NTUSER.DAT", "regf b");

	(void)state;
	packer_add(packer, &a);
	packer_add(packer, &b);
	collections_write_archive(top, "c.tar", packer, 0);
	/* found by itself first, for the lists; then again with less */
	struct finds *finds = collections_find(path);
	assert_int_equal(finds->n, 2);
	struct failure failure = { 0 };
	struct foundlist list = { finds, 0, &failure };
	struct foundarchive archive = { .fd = open(path, O_RDONLY),
					.path = path,
					.kind = FILEKIND_ARCHIVE,
					.limits = ARCHIVEFILE_LIMITS };
	archive.size = (uint64_t)lseek(archive.fd, 0, SEEK_END);
	archive.limits.members = 1;
	assert_int_equal(foundarchive_read(&list, &archive), STATUS_OK);
	(void)close(archive.fd);
	assert_int_equal(finds->n, 3);
	assert_int_equal(collections_said(finds, DIAG_ARCHIVE_LIMIT), 1);
	assert_false(finds->operands[0].whole);
	finds_free(finds);
	free(path);
	collections_remove(top);
}

/* Whatever byte is changed: it comes to an end, and nothing is left open. */
static void test_any_damage(void **state)
{
	char *top = collections_new(), *path = collections_path(top, "c");

	(void)state;
	for (int format = 0; format < 2; format++) {
		struct packer *packer = packer_new(format == 0 ? PACKER_ZIP : PACKER_TAR);
		struct packer_member m = text("Users/a/NTUSER.DAT", "regf");
		size_t len, before = open_files();
		packer_add(packer, &m);
		uint8_t *bytes = (uint8_t *)(uintptr_t)packer_end(packer, &len);
		for (size_t i = 0; i < len; i += format == 0 ? 1 : 3) {
			bytes[i] ^= 0xff;
			collections_write(top, "c", bytes, len);
			bytes[i] ^= 0xff;
			finds_free(collections_find(path));
		}
		assert_int_equal(open_files(), before);
		packer_free(packer);
	}
	free(path);
	collections_remove(top);
}

static void test_without_library(void **state)
{
	struct packer *packer = packer_new(PACKER_ZIP);

	(void)state;
	collections_pack_hive(packer, "NTUSER.DAT");
	struct finds *finds = find_in(packer, 0);
	assert_int_equal(finds->n, 0);
	assert_int_equal(diag_count(finds->diags), 1);
	assert_true(collections_says(finds, "built without libarchive: unpack it"));
	assert_int_equal(collections_said(finds, DIAG_OPERAND_UNUSABLE), 1);
	finds_free(finds);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_repeated),
		cmocka_unit_test(test_wrong_checksum),
		cmocka_unit_test(test_encrypted),
		cmocka_unit_test(test_cut),
		cmocka_unit_test(test_no_end_mark),
		cmocka_unit_test(test_links_and_devices),
		cmocka_unit_test(test_nested),
		cmocka_unit_test(test_in_a_folder),
		cmocka_unit_test(test_programs),
		cmocka_unit_test(test_many_members),
		cmocka_unit_test(test_limit),
		cmocka_unit_test(test_any_damage),
	};
	const struct CMUnitTest without[] = { cmocka_unit_test(test_without_library) };

	return archivefile_library_version() ? UNIT_RUN(tests) : UNIT_RUN(without);
}
