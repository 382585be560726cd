/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Operands of all kinds, as people give them: what is found, where it says that it was,
 * its bytes, and what is said of what cannot be used.
 */
#include "help/collections.h"
#include "help/open_files.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SID "S-1-5-21-1004336348-1177238915-682003330-500"

static void check_place(const struct finds *finds, const char *inside,
			enum place_layout layout, uint32_t number, const char *user)
{
	const struct found *item = collections_item(finds, inside);

	if (!item)
		fail_msg("%s is not found", inside);
	assert_int_equal(item->kind, FILEKIND_HIVE);
	assert_null(item->unread);
	assert_int_equal(item->place.layout, layout);
	assert_int_equal(item->place.number, number);
	if (user)
		assert_string_equal(item->place.user, user);
	else
		assert_null(item->place.user);
}

/* ---- folders ---- */

static void test_triage_of_two_drives(void **state)
{
	char *top = collections_new();
	size_t len;
	uint8_t *hive = collections_hive(&len);

	(void)state;
	collections_write_hive(top, "C/Users/jdoe/NTUSER.DAT");
	collections_write_hive(top, "C/Windows/System32/config/DEFAULT");
	collections_write_hive(top, "D/Users/jdoe/NTUSER.DAT");
	collections_write_hive(top, "VSS2/C/Users/jdoe/NTUSER.DAT");
	COLLECTIONS_TEXT(top, "C/Users/jdoe/notes.txt", "hello");
	COLLECTIONS_TEXT(top, "tlist.txt", "MAPI32.DLL - 1704 mad.exe\r\n");
	COLLECTIONS_TEXT(top, "export.reg", "REGEDIT4\r\n");
	COLLECTIONS_TEXT(top, "image.E01", "EVF\x09\x0d\x0a\xff");
	COLLECTIONS_TEXT(top, "empty", "");
	struct finds *finds = collections_find(top);

	assert_int_equal(finds->n, 6);
	check_place(finds, "C/Users/jdoe/NTUSER.DAT", PLACE_LIVE, 0, "jdoe");
	check_place(finds, "D/Users/jdoe/NTUSER.DAT", PLACE_LIVE, 0, "jdoe");
	assert_int_equal(collections_item(finds, "D/Users/jdoe/NTUSER.DAT")->place.drive,
			 'D');
	check_place(finds, "VSS2/C/Users/jdoe/NTUSER.DAT", PLACE_SHADOW_COPY, 2, "jdoe");
	check_place(finds, "C/Windows/System32/config/DEFAULT", PLACE_LIVE, 0, NULL);
	assert_int_equal(collections_item(finds, "tlist.txt")->kind, FILEKIND_LISTING);
	assert_int_equal(collections_item(finds, "export.reg")->kind, FILEKIND_REG);
	collections_check(&finds->items[0], hive, len);
	collections_check(collections_item(finds, "tlist.txt"),
			  "MAPI32.DLL - 1704 mad.exe\r\n", 27);
	/* what was left is counted, and the disk image told */
	const struct found_operand *operand = &finds->operands[0];
	assert_int_equal(operand->kind, FOUND_FOLDER);
	assert_true(operand->whole);
	assert_int_equal(operand->seen[FILEKIND_HIVE], 4);
	assert_int_equal(operand->seen[FILEKIND_OTHER], 2); /* a cut E01 is none */
	assert_int_equal(operand->seen[FILEKIND_EMPTY], 1);
	assert_int_equal(operand->seen[FILEKIND_FOLDER], 14);
	assert_int_equal(operand->n_left, 3);
	assert_int_equal(diag_count(finds->diags), 0);
	free(hive);
	finds_free(finds);
	collections_remove(top);
}

static void test_restore_points(void **state)
{
#define POINT(number) "System Volume Information/_restore{1}/RP" number "/snapshot/"
	static const char *const paths[] = {
		POINT("7") "_REGISTRY_USER_NTUSER_" SID,
		POINT("12") "_REGISTRY_USER_NTUSER_" SID,
		POINT("12") "_REGISTRY_USER_.DEFAULT",
	};
	char *top = collections_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(paths); i++)
		collections_write_hive(top, paths[i]);
	struct finds *finds = collections_find(top);
	assert_int_equal(finds->n, 3);
	check_place(finds, paths[0], PLACE_RESTORE_POINT, 7, NULL);
	check_place(finds, paths[1], PLACE_RESTORE_POINT, 12, NULL);
	assert_string_equal(collections_item(finds, paths[0])->place.sid, SID);
	assert_true(collections_item(finds, paths[2])->place.default_hive);
	finds_free(finds);
	collections_remove(top);
}

/* The folders in which hives have to lie are known, with and without one. */
static void test_places(void **state)
{
	char *top = collections_new();

	(void)state;
	collections_write_hive(top, "C/Users/jdoe/NTUSER.DAT");
	collections_make(top, "C/Users/asmith/Desktop");
	struct finds *finds = collections_find(top);
	assert_int_equal(finds->n_folders, 3);
	for (size_t i = 0; i < 3; i++) {
		static const char *const names[] = { NULL, "asmith", "jdoe" };
		const struct found_folder *folder = &finds->folders[i];
		assert_true(folder->whole);
		assert_int_equal(folder->place.drive, 'C');
		if (names[i])
			assert_string_equal(folder->place.user, names[i]);
		else
			assert_null(folder->place.user);
	}
	finds_free(finds);
	collections_remove(top);
}

/* ---- archives ---- */

static void test_collector_zip(void **state)
{
	char *top = collections_new(), *path = collections_path(top, "c.zip");
	struct packer *packer = packer_new(PACKER_ZIP);
	size_t len;
	uint8_t *hive = collections_hive(&len);

	(void)state;
	packer_add(packer, &(struct packer_member){
				   .name = "uploads.json", .bytes = "{}", .len = 2 });
	collections_pack_hive(packer, "uploads/auto/C%3A/Users/j%20doe/NTUSER.DAT");
	collections_pack_hive(
		packer, "uploads/ntfs/%5C%5C.%5CC%3A/Windows/System32/config/DEFAULT");
	collections_write_archive(top, "c.zip", packer, 0);
	struct finds *finds = collections_find(path);

	if (finds->operands[0].kind != FOUND_ARCHIVE)
		fail();
	if (finds->n == 0) { /* built without libarchive */
		assert_true(collections_says(finds, "without libarchive"));
	} else {
		assert_int_equal(finds->n, 2);
		check_place(finds, "uploads/auto/C%3A/Users/j%20doe/NTUSER.DAT",
			    PLACE_LIVE, 0, "j doe");
		assert_true(finds->items[0].in_archive);
		assert_true(finds->items[1].place.default_hive);
		collections_check(&finds->items[0], hive, len);
		collections_check(&finds->items[1], hive, len);
		assert_int_equal(finds->operands[0].n_left, 1);
		/* DOS times have no zone: the library takes them as local, here UTC */
		assert_true(finds->items[0].mtime_ft > 0);
		assert_int_equal(finds->n_folders, 3);
		assert_true(finds->operands[0].whole);
		assert_int_equal(diag_count(finds->diags), 0);
	}
	finds_free(finds);
	free(hive);
	free(path);
	collections_remove(top);
}

/* ---- single files ---- */

static void test_a_hive(void **state)
{
	char *top = collections_new(), *path = collections_path(top, "C_jdoe_NTUSER.DAT");
	size_t len;
	uint8_t *hive = collections_hive(&len);

	(void)state;
	collections_write_hive(top, "C_jdoe_NTUSER.DAT");
	struct finds *finds = collections_find(path);
	assert_int_equal(finds->n, 1);
	assert_string_equal(finds->items[0].path, path);
	assert_string_equal(finds->items[0].inside, "");
	assert_string_equal(finds->items[0].place.user, "jdoe");
	assert_int_equal(finds->operands[0].kind, FOUND_FILE);
	collections_check(&finds->items[0], hive, len);
	finds_free(finds);
	free(hive);
	free(path);
	collections_remove(top);
}

static void check_refused(const char *name, const void *bytes, size_t len,
			  const char *advice)
{
	char *top = collections_new(), *path = collections_path(top, name);

	collections_write(top, name, bytes, len);
	struct finds *finds = collections_find(path);
	assert_int_equal(finds->n, 0);
	assert_int_equal(diag_count(finds->diags), 1);
	assert_int_equal(collections_said(finds, DIAG_OPERAND_UNUSABLE), 1);
	if (!collections_says(finds, advice))
		fail_msg("%s", diag_item(finds->diags, 0)->sentence);
	assert_true(collections_says(finds, path));
	assert_false(finds->operands[0].whole);
	finds_free(finds);
	free(path);
	collections_remove(top);
}

static void test_what_does_not_fit(void **state)
{
	static const char ewf[] = "EVF\x09\x0d\x0a\xff\0\1";
	uint8_t *disk = calloc(1, 1 << 20);

	(void)state;
	memcpy(disk + 3, "NTFS    ", 8);
	memcpy(disk + 510, "\x55\xaa", 2);
	check_refused("pc.E01", ewf, sizeof(ewf), "ewfmount");
	check_refused("pc.vmdk", "KDMV\1", 5, "guestmount");
	check_refused("pc.vhdx", "vhdxfile", 8, "qemu-nbd");
	check_refused("pc.dd", disk, 1 << 20, "losetup");
	check_refused("mail.pst", "!BDN\1", 5, "Outlook data file");
	check_refused("USER.DAT", "CREG\0", 5, "Windows 95");
	check_refused("c.rar", "Rar!\x1a\x07\x01", 7, "unpack it");
	check_refused("default._", "SZDD\x88\xf0\x27\x33", 8, "expand");
	check_refused("notes.txt", "hello", 5, "neither a registry hive");
	check_refused("empty", "", 0, "neither a registry hive");
	free(disk);
}

static void test_folder_without_hives(void **state)
{
	char *top = collections_new();

	(void)state;
	COLLECTIONS_TEXT(top, "a/b", "x");
	COLLECTIONS_TEXT(top, "tlist.txt", "MAPI32.DLL - 1704 mad.exe\r\n");
	struct finds *finds = collections_find(top);
	assert_int_equal(collections_said(finds, DIAG_OPERAND_UNUSABLE), 1);
	assert_true(collections_says(finds, "(files looked at: 2)"));
	finds_free(finds);
	collections_remove(top);
}

/* One bad operand does not cost the others. */
static void test_operands(void **state)
{
	char *top = collections_new(), *fifo = collections_path(top, "fifo");
	char *before = collections_path(top, "before"), *after;
	size_t n_open = open_files();

	(void)state;
	collections_write_hive(top, "before/Users/a/NTUSER.DAT");
	collections_write_hive(top, "after/Users/a/NTUSER.DAT");
	after = collections_path(top, "after///");
	assert_int_equal(mkfifo(fifo, 0600), 0);
	const char *operands[] = { before, "/nowhere/at/all", fifo, after, "" };
	struct finds *finds;
	assert_int_equal(finds_read(operands, ARRAY_LEN(operands), NULL, &finds, NULL),
			 STATUS_OK);
	assert_int_equal(finds->n, 2);
	assert_int_equal(finds->items[0].operand, 0);
	assert_int_equal(finds->items[1].operand, 3);
	assert_string_equal(finds->items[1].inside, "Users/a/NTUSER.DAT");
	assert_null(strstr(finds->items[1].path, "//"));
	assert_int_equal(collections_said(finds, DIAG_OPERAND_UNUSABLE), 3);
	assert_int_equal(finds->n_folders, 4);
	assert_int_equal(finds->folders[2].operand, 3);
	finds_free(finds);
	assert_int_equal(open_files(), n_open);
	assert_int_equal(finds_read(NULL, 0, NULL, &finds, NULL), STATUS_OK);
	assert_int_equal(finds->n, 0);
	finds_free(finds);
	free(before);
	free(after);
	free(fifo);
	collections_remove(top);
}

/* ---- opening again ---- */

static void check_changed(const struct found *item)
{
	struct failure failure = { 0 };
	size_t before = open_files();
	int fd = -1;

	assert_int_equal(found_open(item, &fd, &failure), STATUS_IO);
	assert_int_equal(fd, -1);
	assert_non_null(strstr(failure.sentence, item->path));
	assert_int_equal(open_files(), before);
}

static void test_files_that_change(void **state)
{
	char *top = collections_new(), *path, *other;

	(void)state;
	collections_write_hive(top, "a/grown");
	collections_write_hive(top, "a/touched");
	collections_write_hive(top, "b/replaced");
	collections_write_hive(top, "c/linked");
	collections_write_hive(top, "d/gone");
	collections_write_hive(top, "e/same");
	struct finds *finds = collections_find(top);
	assert_int_equal(finds->n, 6);

	path = collections_path(top, "a/grown");
	int fd = open(path, O_WRONLY | O_APPEND);
	assert_int_equal(write(fd, "x", 1), 1);
	(void)close(fd);
	free(path);
	path = collections_path(top, "a/touched");
	struct timespec times[2] = { { 0, 0 }, { 1, 0 } };
	assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
	free(path);
	path = collections_path(top, "b/replaced");
	other = collections_path(top, "e/other");
	collections_write_hive(top, "e/other");
	/* another file of the same size and time */
	struct stat st;
	assert_int_equal(stat(path, &st), 0);
	times[1] = st.st_mtim;
	assert_int_equal(utimensat(AT_FDCWD, other, times, 0), 0);
	assert_int_equal(rename(other, path), 0);
	free(path);
	free(other);
	/* the folder becomes a link to itself elsewhere */
	path = collections_path(top, "c");
	other = collections_path(top, "c2");
	assert_int_equal(rename(path, other), 0);
	assert_int_equal(symlink("c2", path), 0);
	free(path);
	free(other);
	path = collections_path(top, "d/gone");
	assert_int_equal(unlink(path), 0);
	free(path);
	for (size_t i = 0; i < 5; i++)
		check_changed(&finds->items[i]);
	assert_int_equal(found_open(&finds->items[5], &fd, NULL), STATUS_OK);
	(void)close(fd);
	finds_free(finds);
	collections_remove(top);
}

/* The operand is moved away as a whole: its descriptor still leads to it. */
static void test_operand_that_is_moved(void **state)
{
	char *top = collections_new(), *path = collections_path(top, "a");
	char *other = collections_path(top, "b");
	size_t len;
	uint8_t *hive = collections_hive(&len);

	(void)state;
	collections_write_hive(top, "a/NTUSER.DAT");
	struct finds *finds = collections_find(path);
	assert_int_equal(rename(path, other), 0);
	collections_check(&finds->items[0], hive, len);
	finds_free(finds);
	free(hive);
	free(path);
	free(other);
	collections_remove(top);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_triage_of_two_drives),
		cmocka_unit_test(test_restore_points),
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_collector_zip),
		cmocka_unit_test(test_a_hive),
		cmocka_unit_test(test_what_does_not_fit),
		cmocka_unit_test(test_folder_without_hives),
		cmocka_unit_test(test_operands),
		cmocka_unit_test(test_files_that_change),
		cmocka_unit_test(test_operand_that_is_moved),
	};

	return UNIT_RUN(tests);
}
