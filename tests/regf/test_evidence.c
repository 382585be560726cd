/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Files as received: what is read and what refused, size and time, and what a
 * file is by its content.
 */
#define UNIT_OOM
#include "help/unit.h"

#include "regf/evidence.h"

#include "help/hives.h"
#include "help/open_files.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The SHA-256 of "abc", from FIPS 180-2. */
static const uint8_t sha256_abc[32] = {
	0xba, 0x78, 0x16, 0xbf, 0x8f, 0x01, 0xcf, 0xea, 0x41, 0x41, 0x40,
	0xde, 0x5d, 0xae, 0x22, 0x23, 0xb0, 0x03, 0x61, 0xa3, 0x96, 0x17,
	0x7a, 0x9c, 0xb4, 0x10, 0xff, 0x61, 0xf2, 0x00, 0x15, 0xad,
};

static void test_file_is_read_whole(void **state)
{
	struct evidence *evidence = NULL;
	struct failure failure = { 0 };
	char *path = hives_temporary("abc", 3);
	/* 2000-01-01 00:00:00.1234567 UTC is this FILETIME. */
	const struct timespec times[2] = { { 946684800, 123456700 },
					   { 946684800, 123456700 } };

	(void)state;
	assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
	assert_int_equal(evidence_read(path, &evidence, &failure), STATUS_OK);
	assert_string_equal(evidence->path, path);
	assert_int_equal(evidence->bytes.len, 3);
	assert_memory_equal(evidence->bytes.ptr, "abc", 3);
	assert_memory_equal(&evidence->sha256, sha256_abc, 32);
	assert_true(evidence->mtime_ft == UINT64_C(125911584001234567));
	assert_int_equal(evidence->kind, EVIDENCE_TEXT);
	assert_string_equal(failure.sentence, "");
	evidence_free(evidence);
	(void)remove(path);
	free(path);
}

/* Hashed beside, a large file has the hash that it has when it is hashed on the way. */
static void test_hashed_beside(void **state)
{
	enum { SIZE = 5 * 1024 * 1024 + 3 };
	struct evidence *on_the_way = NULL, *beside = NULL, *small = NULL;
	struct failure failure = { 0 };
	uint8_t *bytes = malloc(SIZE);

	(void)state;
	assert_non_null(bytes);
	for (size_t i = 0; i < SIZE; i++)
		bytes[i] = (uint8_t)(i * 31 + i / 4096);
	char *path = hives_temporary(bytes, SIZE), *abc = hives_temporary("abc", 3);
	assert_int_equal(evidence_read(path, &on_the_way, &failure), STATUS_OK);
	assert_int_equal(evidence_read_beside(NULL, path, NULL, &beside, &failure),
			 STATUS_OK);
	assert_int_equal(beside->bytes.len, SIZE);
	assert_memory_equal(beside->bytes.ptr, bytes, SIZE);
	evidence_settle(beside);
	evidence_settle(beside);
	assert_memory_equal(&beside->sha256, &on_the_way->sha256, 32);
	evidence_settle(on_the_way);
	evidence_free(beside);
	/* It may be let go before that. */
	assert_int_equal(evidence_read_beside(NULL, path, NULL, &beside, &failure),
			 STATUS_OK);
	evidence_free(beside);
	/* A small one is not worth a thread. */
	assert_int_equal(evidence_read_beside(NULL, abc, NULL, &small, &failure),
			 STATUS_OK);
	assert_null(small->hashing);
	evidence_settle(small);
	assert_memory_equal(&small->sha256, sha256_abc, 32);
	evidence_free(small);
	evidence_free(on_the_way);
	(void)remove(path);
	(void)remove(abc);
	free(path);
	free(abc);
	free(bytes);
}

/* Opens one file, whatever the path says, and refuses all others. */
struct only {
	struct evidence_opener opener;
	const char *name, *file;
};

static int open_only(const struct evidence_opener *self, const char *path,
		     struct failure *failure)
{
	const struct only *only = (const struct only *)(const void *)self;

	if (strcmp(path, only->name) == 0)
		return open(only->file, O_RDONLY | O_CLOEXEC);
	failure_set(failure, "%s: not in the archive", path);
	return -1;
}

static void test_opener_is_asked_instead_of_the_system(void **state)
{
	struct evidence *evidence = NULL;
	struct failure failure = { 0 };
	char *path = hives_temporary("abc", 3);
	struct only only = { { .open = open_only }, "a.zip/b", path };

	(void)state;
	assert_int_equal(
		evidence_read_through(&only.opener, "a.zip/b", NULL, &evidence, &failure),
		STATUS_OK);
	assert_string_equal(evidence->path, "a.zip/b");
	assert_memory_equal(&evidence->sha256, sha256_abc, 32);
	evidence_free(evidence);
	evidence = NULL;
	assert_int_equal(
		evidence_read_through(&only.opener, path, NULL, &evidence, &failure),
		STATUS_IO);
	assert_null(evidence);
	assert_non_null(strstr(failure.sentence, "not in the archive"));
	(void)remove(path);
	free(path);
}

/* A file of which only a part is what was asked for. */
struct parted {
	struct evidence_opener opener;
	const char *file;
	struct evidence_part part;
};

static int open_part(const struct evidence_opener *self, const char *path,
		     struct evidence_part *part, struct failure *failure)
{
	const struct parted *parted = (const struct parted *)(const void *)self;

	(void)path;
	(void)failure;
	*part = parted->part;
	return open(parted->file, O_RDONLY | O_CLOEXEC);
}

static void test_part_of_a_file(void **state)
{
	struct evidence *evidence = NULL;
	struct failure failure = { 0 };
	char *path = hives_temporary("xxabcyyy", 8);
	struct parted parted = { { .open_part = open_part }, path, { true, 2, 3, 77 } };

	(void)state;
	assert_int_equal(
		evidence_read_through(&parted.opener, "b", NULL, &evidence, &failure),
		STATUS_OK);
	assert_int_equal(evidence->bytes.len, 3);
	assert_memory_equal(&evidence->sha256, sha256_abc, 32);
	assert_true(evidence->mtime_ft == 77);
	evidence_free(evidence);
	evidence = NULL;
	/* it ends before the part does */
	parted.part.size = 7;
	assert_int_equal(
		evidence_read_through(&parted.opener, "b", NULL, &evidence, &failure),
		STATUS_IO);
	assert_non_null(strstr(failure.sentence, "changed its size"));
	parted.part.size = EVIDENCE_MAX_SIZE + 1;
	assert_int_equal(
		evidence_read_through(&parted.opener, "b", NULL, &evidence, &failure),
		STATUS_LIMIT);
	(void)remove(path);
	free(path);
}

static void test_file_is_left_as_it_was(void **state)
{
	struct evidence *evidence = NULL;
	char *path = hives_temporary("abc", 3);
	struct stat before, after;

	(void)state;
	assert_int_equal(chmod(path, 0400), 0);
	assert_int_equal(stat(path, &before), 0);
	assert_int_equal(evidence_read(path, &evidence, NULL), STATUS_OK);
	evidence_freep(&evidence);
	assert_int_equal(stat(path, &after), 0);
	assert_int_equal(before.st_size, after.st_size);
	assert_memory_equal(&before.st_mtim, &after.st_mtim, sizeof(before.st_mtim));
	assert_memory_equal(&before.st_ctim, &after.st_ctim, sizeof(before.st_ctim));
	(void)remove(path);
	free(path);
}

static void test_empty_file_is_read(void **state)
{
	struct evidence *evidence = NULL;
	char *path = hives_temporary("", 0);

	(void)state;
	assert_int_equal(evidence_read(path, &evidence, NULL), STATUS_OK);
	assert_int_equal(evidence->bytes.len, 0);
	assert_int_equal(evidence->kind, EVIDENCE_OTHER);
	evidence_free(evidence);
	(void)remove(path);
	free(path);
}

static void check_refused(const char *path, enum status status)
{
	struct evidence *evidence = NULL;
	struct failure failure = { 0 };

	assert_int_equal(evidence_read(path, &evidence, &failure), status);
	assert_null(evidence);
	assert_int_equal(strncmp(failure.sentence, path, strlen(path)), 0);
	assert_true(strlen(failure.sentence) > strlen(path) + 2);
	/* one line, no full stop */
	assert_null(strchr(failure.sentence, '\n'));
	assert_int_not_equal(failure.sentence[strlen(failure.sentence) - 1], '.');
	assert_int_equal(evidence_read(path, &evidence, NULL), status);
}

static void test_missing_file(void **state)
{
	char *path = hives_temporary("", 0);

	(void)state;
	assert_int_equal(remove(path), 0);
	check_refused(path, STATUS_IO);
	free(path);
}

static void test_folder(void **state)
{
	(void)state;
	check_refused("/", STATUS_UNSUPPORTED);
}

/* Opening one for reading would wait for a writer that never comes. */
static void test_fifo_is_not_waited_for(void **state)
{
	char *path = hives_temporary("", 0);

	(void)state;
	assert_int_equal(remove(path), 0);
	assert_int_equal(mkfifo(path, 0600), 0);
	alarm(20);
	check_refused(path, STATUS_UNSUPPORTED);
	alarm(0);
	(void)remove(path);
	free(path);
}

static void test_device(void **state)
{
	(void)state;
	check_refused("/dev/null", STATUS_UNSUPPORTED);
}

/* The kernel tells size 0 for such a file, but it has content. */
static void test_file_with_more_than_its_size(void **state)
{
	(void)state;
	check_refused("/proc/self/status", STATUS_IO);
}

static void test_symbolic_link_is_followed(void **state)
{
	struct evidence *evidence = NULL;
	char *path = hives_temporary("abc", 3);
	char *link = hives_temporary("", 0);

	(void)state;
	assert_int_equal(remove(link), 0);
	assert_int_equal(symlink(path, link), 0);
	assert_int_equal(evidence_read(link, &evidence, NULL), STATUS_OK);
	assert_int_equal(evidence->bytes.len, 3);
	assert_string_equal(evidence->path, link);
	evidence_free(evidence);
	(void)remove(link);
	(void)remove(path);
	free(link);
	free(path);
}

/* Sparse files: at the cap, memory for reading is asked for; past it, it is not. */
static void test_size_cap(void **state)
{
	struct evidence *evidence = NULL;
	struct failure failure;
	char *path = hives_temporary("regf", 4);

	(void)state;
	assert_int_equal(truncate(path, (off_t)EVIDENCE_MAX_SIZE + 1), 0);
	check_refused(path, STATUS_LIMIT);
	assert_int_equal(truncate(path, (off_t)EVIDENCE_MAX_SIZE), 0);
	/* The struct is had, what comes next is not. */
	assert_int_equal(UNIT_FAIL_AT(1, evidence_read(path, &evidence, &failure)),
			 STATUS_NOMEM);
	assert_null(evidence);
	(void)remove(path);
	free(path);
}

static void test_out_of_memory(void **state)
{
	struct evidence *evidence = NULL;
	char *path = hives_temporary("abc", 3);

	(void)state;
	struct unit_oom oom;
	UNIT_FAIL_EACH (oom) {
		enum status status =
			UNIT_FAILING(oom, evidence_read(path, &evidence, NULL));
		if (status == STATUS_OK) {
			assert_true(oom.n > 0);
			break;
		}
		assert_int_equal(status, STATUS_NOMEM);
		assert_null(evidence);
	}
	evidence_free(evidence);
	(void)remove(path);
	free(path);
}

static void test_no_file_stays_open_nor_another_is_closed(void **state)
{
	struct evidence *evidence = NULL;
	char *path = hives_temporary("abc", 3);
	int spare = dup(2); /* so that descriptor 0 is one of several, whatever it is */
	size_t before = open_files();

	(void)state;
	assert_int_equal(evidence_read("/", &evidence, NULL), STATUS_UNSUPPORTED);
	assert_int_equal(open_files(), before);
	assert_int_equal(evidence_read("/nowhere/at/all", &evidence, NULL), STATUS_IO);
	assert_int_equal(open_files(), before);
	assert_int_equal(evidence_read("/proc/self/status", &evidence, NULL), STATUS_IO);
	assert_int_equal(open_files(), before);
	assert_int_equal(UNIT_FAIL_AT(0, evidence_read(path, &evidence, NULL)),
			 STATUS_NOMEM);
	assert_int_equal(open_files(), before);
	assert_int_equal(evidence_read(path, &evidence, NULL), STATUS_OK);
	evidence_free(evidence);
	assert_int_equal(open_files(), before);
	(void)close(spare);
	(void)remove(path);
	free(path);
}

static void test_path_cannot_act_on_a_terminal(void **state)
{
	struct evidence *evidence = NULL;
	struct failure failure = { 0 };

	(void)state;
	assert_int_equal(evidence_read("no\033[2Jsuch\nfile", &evidence, &failure),
			 STATUS_IO);
	assert_null(strchr(failure.sentence, '\033'));
	assert_null(strchr(failure.sentence, '\n'));
}

static void test_free_takes_null(void **state)
{
	struct evidence *evidence = NULL;

	(void)state;
	evidence_free(NULL);
	evidence_freep(&evidence);
}

/* ---- what a file is ---- */

static enum evidence_kind kind_of(const char *bytes, size_t len)
{
	uint8_t *copy = malloc(len ? len : 1);

	assert_non_null(copy);
	memcpy(copy, bytes, len);
	enum evidence_kind kind = evidence_identify(span_of(copy, len));
	free(copy);
	return kind;
}

#define KIND(literal) kind_of(literal, sizeof(literal) - 1)

/* A file with a hive's type field set, and a mark at 512 and at 4096. */
static enum evidence_kind typed(uint32_t type, const char *at_512, const char *at_4096)
{
	struct builder *b = hives_new(3);

	for (size_t i = 0; i < 4; i++) {
		builder_poke8(b, 512 + i, at_512 ? (uint8_t)at_512[i] : 0);
		builder_poke8(b, 4096 + i, at_4096 ? (uint8_t)at_4096[i] : 0);
	}
	builder_poke32(b, BASE_TYPE, type);
	builder_checksum(b);
	size_t len = 0;
	const uint8_t *bytes = builder_bytes(b, &len);
	enum evidence_kind kind = kind_of((const char *)bytes, len);
	builder_free(b);
	return kind;
}

static void test_hive(void **state)
{
	(void)state;
	assert_int_equal(typed(0, NULL, "hbin"), EVIDENCE_HIVE);
	assert_int_equal(KIND("regf"), EVIDENCE_HIVE);
	assert_int_not_equal(KIND("reg"), EVIDENCE_HIVE);
	assert_int_not_equal(KIND("REGF"), EVIDENCE_HIVE);
	assert_int_not_equal(KIND(" regf"), EVIDENCE_HIVE);
}

static void test_logs(void **state)
{
	(void)state;
	assert_int_equal(typed(1, "DIRT", NULL), EVIDENCE_LOG);
	assert_int_equal(typed(2, "DIRT", NULL), EVIDENCE_LOG);
	assert_int_equal(typed(6, "HvLE", NULL), EVIDENCE_LOG);
	/* A page of the hive may stand at this place in a log. */
	assert_int_equal(typed(1, "DIRT", "hbin"), EVIDENCE_LOG);
	assert_int_equal(typed(6, "HvLE", "hbin"), EVIDENCE_LOG);
	/* An empty or spoilt log is one all the same. */
	assert_int_equal(typed(1, NULL, NULL), EVIDENCE_LOG);
	assert_int_equal(typed(6, "INVL", NULL), EVIDENCE_LOG);
}

static void test_hive_with_damaged_type_stays_one(void **state)
{
	(void)state;
	assert_int_equal(typed(1, NULL, "hbin"), EVIDENCE_HIVE);
	assert_int_equal(typed(2, NULL, "hbin"), EVIDENCE_HIVE);
	assert_int_equal(typed(6, NULL, "hbin"), EVIDENCE_HIVE);
	for (uint32_t type = 3; type < 9; type++)
		if (type != 6)
			assert_int_equal(typed(type, NULL, "hbin"), EVIDENCE_HIVE);
	assert_int_equal(typed(0xFFFFFFFF, NULL, "hbin"), EVIDENCE_HIVE);
	assert_int_equal(typed(0x01000000, NULL, "hbin"), EVIDENCE_HIVE);
}

static void test_reg_export(void **state)
{
	(void)state;
	assert_int_equal(
		KIND("\xff\xfeW\0i\0n\0d\0o\0w\0s\0 \0R\0e\0g\0i\0s\0t\0r\0y\0 \0"
		     "E\0d\0i\0t\0o\0r\0 \0V\0e\0r\0s\0i\0o\0n\0 \0"
		     "5\0.\0000\0000\0\r\0\n\0"),
		EVIDENCE_REG);
	assert_int_equal(KIND("Windows Registry Editor Version 5.00\r\n\r\n"),
			 EVIDENCE_REG);
	assert_int_equal(KIND("\xef\xbb\xbfWindows Registry Editor Version 5.00\r\n"),
			 EVIDENCE_REG);
	assert_int_equal(KIND("REGEDIT4\r\n\r\n[HKEY_CURRENT_USER]\r\n"), EVIDENCE_REG);
	assert_int_equal(KIND("REGEDIT4"), EVIDENCE_REG);
	assert_int_equal(KIND("\xff\xfeR\0E\0G\0E\0D\0I\0T\0004\0\r\0\n\0"),
			 EVIDENCE_REG);
	assert_int_not_equal(KIND("REGEDIT"), EVIDENCE_REG);
	assert_int_not_equal(KIND("Windows Registry"), EVIDENCE_REG);
}

static void test_text(void **state)
{
	(void)state;
	assert_int_equal(KIND("\r\nImage Name  PID Modules\r\n"), EVIDENCE_TEXT);
	assert_int_equal(KIND("caf\xe9\t1\n\x1a"), EVIDENCE_TEXT);
	assert_int_equal(KIND("a\0b"), EVIDENCE_OTHER);
	assert_int_equal(KIND("MZ\x90\0\x03"), EVIDENCE_OTHER);
	assert_int_equal(KIND("\x1f"), EVIDENCE_OTHER);
	assert_int_equal(KIND(""), EVIDENCE_OTHER);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_file_is_read_whole),
		cmocka_unit_test(test_hashed_beside),
		cmocka_unit_test(test_opener_is_asked_instead_of_the_system),
		cmocka_unit_test(test_part_of_a_file),
		cmocka_unit_test(test_file_is_left_as_it_was),
		cmocka_unit_test(test_empty_file_is_read),
		cmocka_unit_test(test_missing_file),
		cmocka_unit_test(test_folder),
		cmocka_unit_test(test_fifo_is_not_waited_for),
		cmocka_unit_test(test_device),
		cmocka_unit_test(test_file_with_more_than_its_size),
		cmocka_unit_test(test_symbolic_link_is_followed),
		cmocka_unit_test(test_size_cap),
		cmocka_unit_test(test_out_of_memory),
		cmocka_unit_test(test_no_file_stays_open_nor_another_is_closed),
		cmocka_unit_test(test_path_cannot_act_on_a_terminal),
		cmocka_unit_test(test_free_takes_null),
		cmocka_unit_test(test_hive),
		cmocka_unit_test(test_logs),
		cmocka_unit_test(test_hive_with_damaged_type_stays_one),
		cmocka_unit_test(test_reg_export),
		cmocka_unit_test(test_text),
	};

	return UNIT_RUN(tests);
}
