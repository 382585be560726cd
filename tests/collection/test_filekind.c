/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Kinds of files: each by its recipe or the signature of its specification. */
#include "help/collections.h"
#include "help/listings.h"

#include "collection/filekind.h"
#include "samples/evt.h"
#include "samples/pe.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static enum filekind kind_of(const void *bytes, size_t len, uint64_t size)
{
	enum filekind kind = FILEKIND_FOLDER;

	assert_int_equal(filekind_of(span_of(bytes, len), size, "x.dat", &kind),
			 STATUS_OK);
	return kind;
}

#define CHECK(expected, literal)                                                         \
	assert_string_equal(filekind_word(kind_of(literal, sizeof(literal) - 1,          \
						  sizeof(literal) - 1)),                 \
			    filekind_word(expected))

static void test_hives_and_logs(void **state)
{
	size_t len;
	uint8_t *hive = collections_hive(&len);

	(void)state;
	assert_int_equal(kind_of(hive, len, len), FILEKIND_HIVE);
	/* of the first sector alone, too */
	assert_int_equal(kind_of(hive, 512, 512), FILEKIND_HIVE);
	/* without its base block */
	memset(hive, 0, 4096);
	assert_int_equal(kind_of(hive, len, len), FILEKIND_HIVE);
	assert_int_equal(kind_of(hive + 4096, len - 4096, len - 4096), FILEKIND_HIVE);
	free(hive);
	/* a log: the base block's type is 6, entries follow */
	uint8_t log[1024] = "regf";
	log[28] = 6;
	memcpy(log + 512, "HvLE", 4);
	assert_int_equal(kind_of(log, sizeof(log), sizeof(log)), FILEKIND_LOG);
}

static void check_text(const char *ascii, enum filekind expected)
{
	assert_string_equal(filekind_word(kind_of(ascii, strlen(ascii), strlen(ascii))),
			    filekind_word(expected));
	for (int form = 0; form < 4; form++) {
		size_t len;
		uint8_t *wide = listings_utf16(ascii, form & 1, form & 2, &len);
		/* UTF-16BE without a mark is not written by anything known. */
		if (form != 1 || expected == FILEKIND_REG)
			assert_string_equal(filekind_word(kind_of(wide, len, len)),
					    filekind_word(expected));
		free(wide);
	}
}

static void test_texts(void **state)
{
	(void)state;
	check_text("Windows Registry Editor Version 5.00\r\n\r\n[HKEY_CURRENT_USER]\r\n",
		   FILEKIND_REG);
	check_text("REGEDIT4\r\n\r\n", FILEKIND_REG);
	check_text("Windows Registry Edito", FILEKIND_OTHER);
	check_text("MAPI32.DLL - 1704 mad.exe\r\n", FILEKIND_LISTING);
	check_text("C:\\>hostname\r\nEXCH01\r\nC:\\>tlist -s\r\n"
		   " 208 services.exe    Svcs:  AppMgmt,Browser\r\n",
		   FILEKIND_LISTING);
	check_text(
		"C:\\>tasklist /m mapi32.dll\r\nINFO: No tasks are running which match "
		"the specified criteria.\r\n",
		FILEKIND_LISTING);
	/* a line that any log may have */
	check_text("INFO: No tasks are running which match the specified criteria.\r\n",
		   FILEKIND_OTHER);
	check_text("INFO: started\n", FILEKIND_OTHER);
	check_text("Dear all,\n1 - 2 apples.\n", FILEKIND_OTHER);
	CHECK(FILEKIND_REG, "\xef\xbb\xbfREGEDIT4\n");
}

/* A listing whose beginning is looked at ends in the middle of a line. */
static void test_long_listing(void **state)
{
	char *text = malloc(100000), *end = text;

	(void)state;
	for (int i = 0; i < 1000; i++)
		end += sprintf(end, "MAPI32.DLL - %d process%d.exe\r\n", 100 + i, i);
	assert_true(end - text > FILEKIND_HEAD);
	assert_int_equal(kind_of(text, FILEKIND_HEAD, (size_t)(end - text)),
			 FILEKIND_LISTING);
	free(text);
}

static void test_signatures(void **state)
{
	(void)state;
	CHECK(FILEKIND_EVENT_LOG_XML, "ElfFile\0\0\0");
	CHECK(FILEKIND_ARCHIVE, "PK\3\4\x14\0");
	CHECK(FILEKIND_ARCHIVE, "PK\5\6\0\0");
	CHECK(FILEKIND_ARCHIVE, "7z\xbc\xaf\x27\x1c\0\4");
	CHECK(FILEKIND_COMPRESSED, "\x1f\x8b\x08\0");
	CHECK(FILEKIND_COMPRESSED, "\xfd\x37zXZ\0\0");
	CHECK(FILEKIND_COMPRESSED, "\x28\xb5\x2f\xfd\0");
	CHECK(FILEKIND_COMPRESSED, "BZh91AY&SY");
	CHECK(FILEKIND_OTHER, "BZh01AY&SY");
	CHECK(FILEKIND_OTHER, "BZh9 is a text");
	CHECK(FILEKIND_ARCHIVE_OTHER, "Rar!\x1a\x07\x01");
	CHECK(FILEKIND_ARCHIVE_OTHER, "MSCF\0\0\0\0");
	CHECK(FILEKIND_EXPAND, "SZDD\x88\xf0\x27\x33"
			       "A");
	CHECK(FILEKIND_DISK_EWF, "EVF\x09\x0d\x0a\xff\0\1");
	CHECK(FILEKIND_DISK_VMDK, "KDMV\1\0\0\0");
	CHECK(FILEKIND_DISK_VMDK, "# Disk DescriptorFile\nversion=1\n");
	CHECK(FILEKIND_DISK_VHD, "conectix\0\0");
	CHECK(FILEKIND_DISK_VHDX, "vhdxfile\0\0");
	CHECK(FILEKIND_DISK_QCOW, "QFI\xfb\0\0");
	CHECK(FILEKIND_MAIL_STORE, "!BDN\0\0");
	CHECK(FILEKIND_HIVE_95, "CREG\0\0\1\0");
	CHECK(FILEKIND_PROGRAM, "MZ\x90\0");
	CHECK(FILEKIND_EMPTY, "");
	CHECK(FILEKIND_OTHER, "\x89PNG\r\n");
	CHECK(FILEKIND_OTHER, "r");
}

static void test_event_log(void **state)
{
	struct evt *evt = evt_new(4096);
	size_t len;
	const uint8_t *bytes = evt_bytes(evt, &len);

	(void)state;
	assert_int_equal(kind_of(bytes, len, len), FILEKIND_EVENT_LOG);
	/* a record, as it stands in the middle of a log */
	assert_int_equal(kind_of(bytes + 4, len - 4, len - 4), FILEKIND_OTHER);
	evt_free(evt);
}

static void test_tars(void **state)
{
	struct packer *packer = packer_new(PACKER_TAR);
	size_t len;

	(void)state;
	packer_add(packer,
		   &(struct packer_member){ .name = "a", .bytes = "b", .len = 1 });
	const uint8_t *bytes = packer_end(packer, &len);
	uint8_t tar[512];
	memcpy(tar, bytes, sizeof(tar));
	packer_free(packer);
	assert_int_equal(kind_of(tar, sizeof(tar), 10240), FILEKIND_ARCHIVE);
	/* one from before ustar: its sum is less by those of the letters */
	unsigned sum = 0;
	memset(tar + 257, 0, 8);
	memset(tar + 148, ' ', 8);
	for (size_t i = 0; i < sizeof(tar); i++)
		sum += tar[i];
	(void)snprintf((char *)tar + 148, 8, "%06o", sum);
	assert_int_equal(kind_of(tar, sizeof(tar), 10240), FILEKIND_ARCHIVE);
	tar[0]++;
	assert_int_equal(kind_of(tar, sizeof(tar), 10240), FILEKIND_OTHER);
	memset(tar, 0, sizeof(tar));
	assert_int_equal(kind_of(tar, sizeof(tar), 10240), FILEKIND_OTHER);
}

static void test_raw_disks(void **state)
{
	uint8_t disk[8192] = { 0xeb };
	const uint64_t megabyte = 1 << 20;

	(void)state;
	disk[510] = 0x55;
	disk[511] = 0xaa;
	assert_int_equal(kind_of(disk, sizeof(disk), megabyte), FILEKIND_OTHER);
	/* a partition from sector 63 on, of type 7 */
	disk[446 + 4] = 7;
	disk[446 + 8] = 63;
	disk[446 + 12] = 100;
	assert_int_equal(kind_of(disk, sizeof(disk), megabyte), FILEKIND_DISK_RAW);
	assert_int_equal(kind_of(disk, sizeof(disk), megabyte - 1), FILEKIND_OTHER);
	disk[446] = 1; /* neither active nor not */
	assert_int_equal(kind_of(disk, sizeof(disk), megabyte), FILEKIND_OTHER);
	disk[446] = 0x80;
	assert_int_equal(kind_of(disk, sizeof(disk), megabyte), FILEKIND_DISK_RAW);
	disk[446 + 10] = 1; /* begins behind the end of the disk */
	assert_int_equal(kind_of(disk, sizeof(disk), megabyte), FILEKIND_OTHER);
	/* a volume without partitions */
	memcpy(disk + 3, "NTFS    ", 8);
	assert_int_equal(kind_of(disk, sizeof(disk), megabyte), FILEKIND_DISK_RAW);
	disk[510] = 0;
	assert_int_equal(kind_of(disk, sizeof(disk), megabyte), FILEKIND_OTHER);
	memcpy(disk + 512, "EFI PART", 8);
	assert_int_equal(kind_of(disk, sizeof(disk), megabyte), FILEKIND_DISK_RAW);
}

static void test_transactions(void **state)
{
	uint8_t clfs[512] = { 0x15, 0, 1, 0 }, zeros[512] = { 0 };
	enum filekind kind;

	(void)state;
	clfs[40] = 0x70;
	assert_int_equal(kind_of(clfs, sizeof(clfs), 65536), FILEKIND_TXR);
	clfs[40] = 0x71;
	assert_int_equal(kind_of(clfs, sizeof(clfs), 65536), FILEKIND_OTHER);
	assert_int_equal(kind_of(zeros, sizeof(zeros), 524288), FILEKIND_OTHER);
	assert_int_equal(
		filekind_of(span_of(zeros, sizeof(zeros)), 524288,
			    "NTUSER.DAT{x}.TMContainer00000000000000000001.REGTRANS-MS",
			    &kind),
		STATUS_OK);
	assert_int_equal(kind, FILEKIND_TXR);
	/* the name of what holds something else decides nothing */
	assert_int_equal(filekind_of(span_of("regf", 4), 4, "x.regtrans-ms", &kind),
			 STATUS_OK);
	assert_int_equal(kind, FILEKIND_HIVE);
}

/* ---- Mapi32.dll ---- */

static enum filekind settle(const struct pe_recipe *recipe, size_t before)
{
	struct pe_image image = pe_image_build(recipe);
	enum filekind kind = kind_of(image.bytes, image.len, image.len);
	FILE *file = tmpfile();
	uint8_t zero = 0;

	assert_int_equal(kind, FILEKIND_PROGRAM);
	assert_non_null(file);
	for (size_t i = 0; i < before; i++)
		assert_int_equal(fwrite(&zero, 1, 1, file), 1);
	assert_int_equal(fwrite(image.bytes, 1, image.len, file), image.len);
	assert_int_equal(fflush(file), 0);
	assert_int_equal(filekind_settle(fileno(file), before, image.len, &kind),
			 STATUS_OK);
	(void)fclose(file);
	pe_image_free(&image);
	return kind;
}

static void test_mapi32(void **state)
{
	struct pe_string strings[] = { { "CompanyName", "Example" },
				       { "OriginalFilename", "MAPI32.DLL" } };
	struct pe_recipe recipe = { .has_version = true,
				    .version = { 6, 0, 6249, 0 },
				    .strings = strings,
				    .n_strings = ARRAY_LEN(strings),
				    .name = "anything.dll",
				    .size = 745472 };

	(void)state;
	assert_int_equal(settle(&recipe, 0), FILEKIND_MAPI32);
	/* in the middle of another file */
	assert_int_equal(settle(&recipe, 12345), FILEKIND_MAPI32);
	strings[1].value = "Mapi32.dll";
	assert_int_equal(settle(&recipe, 0), FILEKIND_MAPI32);
	strings[1].value = "MSMAPI32.DLL";
	assert_int_equal(settle(&recipe, 0), FILEKIND_PROGRAM);
	recipe.has_version = false;
	recipe.name = "MAPI32.DLL";
	assert_int_equal(settle(&recipe, 0), FILEKIND_PROGRAM);
}

/* Each byte of the headers and resources changed, the file cut anywhere. */
static void test_damaged_programs(void **state)
{
	struct pe_string strings[] = { { "OriginalFilename", "MAPI32.DLL" } };
	struct pe_recipe recipe = { .has_version = true,
				    .strings = strings,
				    .n_strings = ARRAY_LEN(strings) };
	struct pe_image image = pe_image_build(&recipe);
	FILE *file = tmpfile();
	int fd = fileno(file);

	(void)state;
	assert_int_equal(pwrite(fd, image.bytes, image.len, 0), image.len);
	for (size_t i = 0; i < image.len; i++) {
		uint8_t other = image.bytes[i] ^ 0xff;
		enum filekind kind = FILEKIND_PROGRAM;
		assert_int_equal(pwrite(fd, &other, 1, (off_t)i), 1);
		assert_int_equal(filekind_settle(fd, 0, image.len, &kind), STATUS_OK);
		assert_true(kind == FILEKIND_PROGRAM || kind == FILEKIND_MAPI32);
		assert_int_equal(pwrite(fd, &image.bytes[i], 1, (off_t)i), 1);
	}
	for (size_t len = 0; len < image.len; len += 7) {
		enum filekind kind = FILEKIND_PROGRAM;
		assert_int_equal(filekind_settle(fd, 0, len, &kind), STATUS_OK);
	}
	/* it says more bytes than there are, or more than are looked at */
	enum filekind kind = FILEKIND_PROGRAM;
	assert_int_equal(filekind_settle(fd, 0, FILEKIND_MAX_PROGRAM + 1, &kind),
			 STATUS_OK);
	assert_int_equal(kind, FILEKIND_PROGRAM);
	assert_int_equal(filekind_settle(fd, 0, FILEKIND_MAX_PROGRAM, &kind), STATUS_OK);
	(void)fclose(file);
	pe_image_free(&image);
}

static void test_words(void **state)
{
	(void)state;
	for (enum filekind i = 0; i < FILEKIND_N; i++) {
		assert_non_null(filekind_word(i));
		assert_non_null(filekind_people(i));
		/* what can be used needs no advice, and a disk image has some */
		assert_true(!filekind_is_evidence(i) || !filekind_advice(i));
		assert_true(!filekind_is_disk(i) || filekind_advice(i));
		for (enum filekind k = 0; k < i; k++)
			assert_string_not_equal(filekind_word(i), filekind_word(k));
	}
	assert_non_null(strstr(filekind_advice(FILEKIND_DISK_EWF), "ewfmount"));
	assert_non_null(strstr(filekind_advice(FILEKIND_DISK_VMDK), "guestmount"));
	assert_non_null(strstr(filekind_advice(FILEKIND_DISK_VHDX), "qemu-nbd"));
	assert_non_null(strstr(filekind_advice(FILEKIND_DISK_RAW), "losetup"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_hives_and_logs),
		cmocka_unit_test(test_texts),
		cmocka_unit_test(test_long_listing),
		cmocka_unit_test(test_signatures),
		cmocka_unit_test(test_event_log),
		cmocka_unit_test(test_tars),
		cmocka_unit_test(test_raw_disks),
		cmocka_unit_test(test_transactions),
		cmocka_unit_test(test_mapi32),
		cmocka_unit_test(test_damaged_programs),
		cmocka_unit_test(test_words),
	};

	return UNIT_RUN(tests);
}
