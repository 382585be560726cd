/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Members of archives, sound and hostile.  Archives are packed by the recipes' own packer,
 * and where compression is needed by the library that the tests are linked with. */
#include "help/unit.h"

#include "help/members.h"

#ifdef HAVE_LIBARCHIVE
#include <archive.h>
#include <archive_entry.h>
#include <locale.h>
#endif
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef HAVE_LIBARCHIVE

#define MEMBERS(...)                                                                     \
	(const struct packer_member[]){ __VA_ARGS__ },                                   \
		sizeof((const struct packer_member[]){ __VA_ARGS__ }) /                  \
			sizeof(struct packer_member)

static void test_members(void **state)
{
	(void)state;
	for (int format = 0; format < 2; format++)
		members_assert(members_read_packed(
				       format == 0 ? PACKER_ZIP : PACKER_TAR,
				       MEMBERS({ .name = "Users/jdoe/NTUSER.DAT",
						 .bytes = "regf....",
						 .len = 8 },
					       { .name = "empty", .bytes = "" },
					       { .name = "b", .bytes = "x", .len = 1 }),
				       0),
			       "file Users/jdoe/NTUSER.DAT [regf.... 8 whole]\n"
			       "file empty [ 0 whole]\nfile b [x 1 whole]\n");
}

static void test_types(void **state)
{
	(void)state;
	members_assert(
		members_read_packed(
			PACKER_TAR,
			MEMBERS({ .name = "d/", .bytes = "", .type = PACKER_FOLDER },
				{ .name = "a", .bytes = "x", .len = 1 },
				{ .name = "l",
				  .bytes = "",
				  .type = PACKER_LINK,
				  .target = "/etc/passwd" },
				{ .name = "h",
				  .bytes = "",
				  .type = PACKER_HARD_LINK,
				  .target = "a" },
				{ .name = "c", .bytes = "", .type = PACKER_DEVICE },
				{ .name = "f", .bytes = "", .type = PACKER_FIFO }),
			0),
		"folder d/\nfile a [x 1 whole]\nlink l\nlink h\nspecial c\nspecial f\n");
	members_assert(
		members_read_packed(PACKER_ZIP,
				    MEMBERS({ .name = "d/", .bytes = "" },
					    { .name = "d/a", .bytes = "x", .len = 1 }),
				    0),
		"folder d/\nfile d/a [x 1 whole]\n");
}

/*
 * Names are given as they are, whatever they say; but the library turns \\ round, and gives
 * none that is said to be UTF-8 and is not.
 */
static void test_names(void **state)
{
	char name[5000], expected[5100];

	(void)state;
	members_assert(
		members_read_packed(
			PACKER_ZIP,
			MEMBERS({ .name = "../../etc/passwd", .bytes = "" },
				{ .name = "/etc/passwd", .bytes = "" },
				{ .name = "C:\\Users\\a", .bytes = "" },
				{ .name = "m\x81ller", .bytes = "" },
				{ .name = "m\xc3\xbcller", .bytes = "", .utf8 = true },
				{ .name = "line\nbreak\x1b[31m", .bytes = "" },
				{ .name = "m\x81ller", .bytes = "", .utf8 = true }),
			0),
		"file ../../etc/passwd [ 0 whole]\nfile /etc/passwd [ 0 whole]\n"
		"file C:/Users/a [ 0 whole]\nfile m\x81ller [ 0 whole]\n"
		"file m\xc3\xbcller [ 0 whole]\nfile line\nbreak\x1b[31m [ 0 whole]\n"
		"file member 7 [ 0 whole]\n");
	memset(name, 'n', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	(void)snprintf(expected, sizeof(expected), "file %s [x 1 whole]\n", name);
	members_assert(
		members_read_packed(PACKER_ZIP,
				    MEMBERS({ .name = name, .bytes = "x", .len = 1 }), 0),
		expected);
	members_assert(
		members_read_packed(PACKER_TAR,
				    MEMBERS({ .name = name, .bytes = "x", .len = 1 }), 0),
		expected);
}

static void test_duplicates(void **state)
{
	(void)state;
	for (int format = 0; format < 2; format++)
		members_assert(members_read_packed(
				       format == 0 ? PACKER_ZIP : PACKER_TAR,
				       MEMBERS({ .name = "a", .bytes = "1", .len = 1 },
					       { .name = "a", .bytes = "2", .len = 1 }),
				       0),
			       "file a [1 1 whole]\nfile a [2 1 whole]\n");
}

/* One damaged or encrypted member does not cost the others. */
static void test_faults_of_members(void **state)
{
	(void)state;
	members_assert(
		members_read_packed(PACKER_ZIP,
				    MEMBERS({ .name = "a", .bytes = "1", .len = 1 },
					    { .name = "bad",
					      .bytes = "2",
					      .len = 1,
					      .wrong_crc = true },
					    { .name = "secret",
					      .bytes = "0123456789abcdef",
					      .len = 16,
					      .encrypted = true },
					    { .name = "b", .bytes = "3", .len = 1 }),
				    0),
		"file a [1 1 whole]\nfile bad [2 1 damaged]\nfile secret [ 0 encrypted]\n"
		"file b [3 1 whole]\n");
}

static void test_cut(void **state)
{
	char large[3000];
	struct packer_member members[] = { { .name = "a", .bytes = "1", .len = 1 },
					   { .name = "b", .bytes = large, .len = 3000 } };

	(void)state;
	memset(large, 'x', sizeof(large));
	/* a tar without its last 2 KB: the end and part of b */
	members_assert_lost(members_read_packed(PACKER_TAR, members, 2, 1024 + 1000),
			    "file a [1 1 whole]\nfile b [xxxxxxxx 2072 damaged]\n",
			    ARCHIVEFILE_LOST_DAMAGED);
	/* cut where a member ends: nothing but the mark of its end is missing */
	members_assert_lost(members_read_packed(PACKER_TAR, members, 2, 1024),
			    "file a [1 1 whole]\nfile b [xxxxxxxx 3000 whole]\n",
			    ARCHIVEFILE_LOST_UNENDED);
	members_assert_lost(
		members_read_packed(PACKER_TAR, members, 2, 1024 + 512 + 3072),
		"file a [1 1 whole]\n", ARCHIVEFILE_LOST_UNENDED);
	/* what looks like the mark is the end of a member's bytes */
	memset(large + 8, 0, sizeof(large) - 8);
	members_assert_lost(members_read_packed(PACKER_TAR, members, 2, 1024),
			    "file a [1 1 whole]\nfile b [xxxxxxxx 3000 whole]\n",
			    ARCHIVEFILE_LOST_UNENDED);
	/* half of the mark is there: no member can be missing */
	members_assert(members_read_packed(PACKER_TAR, members, 2, 512),
		       "file a [1 1 whole]\nfile b [xxxxxxxx 3000 whole]\n");
	memset(large, 'x', sizeof(large));
	/* a zip without its directory: what it holds is found from the front */
	struct members seen = members_read_packed(PACKER_ZIP, members, 2, 60);
	assert_non_null(strstr(seen.text, "file a [1 1 whole]\n"));
	free(seen.text);
}

/* Any cut and any changed byte: it comes to an end. */
static void test_any_damage(void **state)
{
	struct packer_member members[] = {
		{ .name = "Users/a/NTUSER.DAT", .bytes = "regf", .len = 4 },
		{ .name = "x", .bytes = "yy", .len = 2 }
	};

	(void)state;
	for (int format = 0; format < 2; format++) {
		struct packer *packer = packer_new(format == 0 ? PACKER_ZIP : PACKER_TAR);
		size_t len;
		packer_add(packer, &members[0]);
		packer_add(packer, &members[1]);
		uint8_t *all = (uint8_t *)(uintptr_t)packer_end(packer, &len);
		for (size_t i = 0; i < len; i++) {
			struct members seen = { .quiet = true };
			(void)members_read(all, i, false, ARCHIVEFILE_LIMITS, seen);
			all[i] ^= 0xff;
			(void)members_read(all, len, false, ARCHIVEFILE_LIMITS, seen);
			all[i] ^= 0xff;
		}
		packer_free(packer);
	}
}

static void test_no_archive(void **state)
{
	struct members seen = members_of("no archive", 10, false);

	(void)state;
	members_assert_lost(seen, "", ARCHIVEFILE_LOST_DAMAGED);
}

static void test_many_members(void **state)
{
	enum { MANY = 100000 };
	struct packer *packer = packer_new(PACKER_ZIP);
	char name[32];
	size_t len;

	(void)state;
	for (unsigned i = 0; i < MANY; i++) {
		(void)snprintf(name, sizeof(name), "f/%u", i);
		packer_add(packer, &(struct packer_member){ .name = name, .bytes = "" });
	}
	const uint8_t *all = packer_end(packer, &len);
	struct members seen = members_read(all, len, false, ARCHIVEFILE_LIMITS,
					   (struct members){ .quiet = true });
	assert_int_equal(seen.n_members, MANY);
	assert_int_equal(seen.n_lost, 0);
	/* and past a limit */
	struct archivefile_limits limits = ARCHIVEFILE_LIMITS;
	limits.members = 1000;
	seen = members_read(all, len, false, limits, (struct members){ .quiet = true });
	assert_int_equal(seen.n_members, 1000);
	assert_int_equal(seen.n_lost, 1);
	assert_int_equal(seen.loss, ARCHIVEFILE_LOST_LIMIT);
	packer_free(packer);
}

/* ---- compressed ---- */

/* Compresses with a filter of the library, raw or as a tar or 7z with one member. */
static size_t compress(int filter, int format, const char *name, const void *from,
		       size_t len, uint8_t *to, size_t room)
{
	struct archive *a = archive_write_new();
	struct archive_entry *entry = archive_entry_new();
	locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
	locale_t before = uselocale(utf8);
	size_t used = 0;

	assert_int_equal(archive_write_set_format(a, format), ARCHIVE_OK);
	if (format != ARCHIVE_FORMAT_7ZIP)
		assert_int_equal(archive_write_add_filter(a, filter), ARCHIVE_OK);
	assert_int_equal(archive_write_set_bytes_in_last_block(a, 1), ARCHIVE_OK);
	assert_int_equal(archive_write_open_memory(a, to, room, &used), ARCHIVE_OK);
	archive_entry_set_pathname(entry, name);
	archive_entry_set_filetype(entry, AE_IFREG);
	archive_entry_set_perm(entry, 0644);
	archive_entry_set_size(entry, (la_int64_t)len);
	assert_int_equal(archive_write_header(a, entry), ARCHIVE_OK);
	assert_int_equal(archive_write_data(a, from, len), len);
	assert_int_equal(archive_write_close(a), ARCHIVE_OK);
	archive_entry_free(entry);
	(void)archive_write_free(a);
	(void)uselocale(before);
	freelocale(utf8);
	return used;
}

static const int filters[] = { ARCHIVE_FILTER_GZIP, ARCHIVE_FILTER_BZIP2,
			       ARCHIVE_FILTER_XZ, ARCHIVE_FILTER_ZSTD,
			       ARCHIVE_FILTER_LZ4 };

static void test_compressed(void **state)
{
	static uint8_t packed[100000];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(filters); i++) {
		size_t len = compress(filters[i], ARCHIVE_FORMAT_RAW, "x", "regf....", 8,
				      packed, sizeof(packed));
		members_assert(members_of(packed, len, true),
			       "file  [regf.... 8 whole]\n");
		len = compress(filters[i], ARCHIVE_FORMAT_TAR_USTAR, "Users/a",
			       "regf....", 8, packed, sizeof(packed));
		members_assert(members_of(packed, len, true),
			       "file Users/a [regf.... 8 whole]\n");
	}
	/* nothing, compressed, is nothing, and not damaged */
	static const uint8_t empty[] = { 0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3,
					 3,    0,    0, 0, 0, 0, 0, 0, 0, 0 };
	members_assert(members_of(empty, sizeof(empty), true), "");
	size_t len = compress(0, ARCHIVE_FORMAT_7ZIP, "Users/m\xc3\xbcller", "regf....",
			      8, packed, sizeof(packed));
	members_assert(members_of(packed, len, false),
		       "file Users/m\xc3\xbcller [regf.... 8 whole]\n");
}

/* A checksum that is wrong, or an end that is missing, is noticed in all of them. */
static void test_damaged_compression(void **state)
{
	static uint8_t packed[100000], from[20000];

	(void)state;
	for (size_t i = 0; i < sizeof(from); i++)
		from[i] = (uint8_t)(i * i >> 5);
	for (size_t i = 0; i < ARRAY_LEN(filters); i++) {
		size_t len = compress(filters[i], ARCHIVE_FORMAT_RAW, "x", from,
				      sizeof(from), packed, sizeof(packed));
		struct members seen = members_of(packed, len / 2, true);
		assert_true(seen.n_lost > 0 || strstr(seen.text, "damaged"));
		free(seen.text);
		if (filters[i] != ARCHIVE_FILTER_GZIP)
			continue;
		packed[len - 8] ^= 1; /* of its CRC-32 */
		seen = members_of(packed, len, true);
		assert_non_null(strstr(seen.text, "damaged"));
		free(seen.text);
		len = compress(filters[i], ARCHIVE_FORMAT_TAR_USTAR, "x", from,
			       sizeof(from), packed, sizeof(packed));
		packed[len - 8] ^= 1;
		seen = members_of(packed, len, true);
		assert_int_equal(seen.n_lost, 1);
		assert_int_equal(seen.loss, ARCHIVEFILE_LOST_DAMAGED);
		free(seen.text);
	}
}

static void test_compressed_twice(void **state)
{
	static uint8_t once[10000], twice[10000];

	(void)state;
	size_t len = compress(ARCHIVE_FILTER_GZIP, ARCHIVE_FORMAT_RAW, "x", "regf", 4,
			      once, sizeof(once));
	len = compress(ARCHIVE_FILTER_XZ, ARCHIVE_FORMAT_RAW, "x", once, len, twice,
		       sizeof(twice));
	members_assert_lost(members_of(twice, len, true), "", ARCHIVEFILE_LOST_NESTED);
}

/* What unpacks to far more than it is, whether it is wanted or skipped. */
static void test_bombs(void **state)
{
	enum { SIZE = 8 << 20 };
	static uint8_t packed[1 << 20];
	uint8_t *zeros = calloc(1, SIZE);
	struct archivefile_limits limits = ARCHIVEFILE_LIMITS;

	(void)state;
	limits.free_bytes = 1 << 20;
	limits.ratio = 100;
	size_t len = compress(ARCHIVE_FILTER_GZIP, ARCHIVE_FORMAT_TAR_USTAR, "a", zeros,
			      SIZE, packed, sizeof(packed));
	assert_true(SIZE / len > 500);
	for (uint64_t wanted = 1; wanted <= SIZE; wanted *= SIZE) {
		struct members seen = members_read(packed, len, true, limits,
						   (struct members){ .wanted = wanted });
		assert_int_equal(seen.n_lost, 1);
		assert_int_equal(seen.loss, ARCHIVEFILE_LOST_LIMIT);
		assert_true(seen.size < SIZE);
		free(seen.text);
	}
	/* in a 7z, which unpacks what is skipped too */
	len = compress(0, ARCHIVE_FORMAT_7ZIP, "a", zeros, SIZE, packed, sizeof(packed));
	struct members seen =
		members_read(packed, len, false, limits, (struct members){ .wanted = 1 });
	assert_int_equal(seen.loss, ARCHIVEFILE_LOST_LIMIT);
	assert_int_equal(seen.n_lost, 1);
	free(seen.text);
	/* and with the true limits it is only a file of zeros */
	seen = members_of(packed, len, false);
	assert_int_equal(seen.n_lost, 0);
	assert_int_equal(seen.size, SIZE);
	free(seen.text);
	/* a member that is larger than a hive can be */
	limits = ARCHIVEFILE_LIMITS;
	limits.file_bytes = SIZE - 1;
	seen = members_read(packed, len, false, limits, (struct members){ 0 });
	assert_non_null(strstr(seen.text, "large"));
	free(seen.text);
	free(zeros);
}

static void test_enough(void **state)
{
	char large[100000];
	struct packer *packer = packer_new(PACKER_TAR);
	size_t len;

	(void)state;
	memset(large, 'x', sizeof(large));
	packer_add(packer, &(struct packer_member){
				   .name = "a", .bytes = large, .len = sizeof(large) });
	packer_add(packer,
		   &(struct packer_member){ .name = "b", .bytes = "y", .len = 1 });
	const uint8_t *all = packer_end(packer, &len);
	struct members seen = members_read(all, len, false, ARCHIVEFILE_LIMITS,
					   (struct members){ .wanted = 1 });
	assert_int_equal(seen.n_lost, 0);
	assert_non_null(strstr(seen.text, "file b [y 1 whole]"));
	free(seen.text);
	/* the visitor ends it */
	seen = members_read(all, len, false, ARCHIVEFILE_LIMITS,
			    (struct members){ .end_with = STATUS_LIMIT });
	assert_int_equal(seen.n_members, 1);
	free(seen.text);
	packer_free(packer);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_members),
		cmocka_unit_test(test_types),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_duplicates),
		cmocka_unit_test(test_faults_of_members),
		cmocka_unit_test(test_cut),
		cmocka_unit_test(test_any_damage),
		cmocka_unit_test(test_no_archive),
		cmocka_unit_test(test_many_members),
		cmocka_unit_test(test_compressed),
		cmocka_unit_test(test_damaged_compression),
		cmocka_unit_test(test_compressed_twice),
		cmocka_unit_test(test_bombs),
		cmocka_unit_test(test_enough),
	};

	assert_non_null(archivefile_library_version());
	return UNIT_RUN(tests);
}

#else

static void test_no_library(void **state)
{
	struct packer_member member = { .name = "a", .bytes = "", .len = 0 };

	(void)state;
	assert_null(archivefile_library_version());
	members_assert_lost(members_read_packed(PACKER_ZIP, &member, 1, 0), "",
			    ARCHIVEFILE_LOST_NO_LIBRARY);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_no_library) };

	return UNIT_RUN(tests);
}

#endif
