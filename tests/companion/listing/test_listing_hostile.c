/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Listings cut off, with bytes changed, far too long, or made to mislead; and lack
 * of memory at each allocation.
 */
#define UNIT_OOM
#include "help/unit.h"

#include "help/listings.h"

#include "help/hives.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define RULE                                                                             \
	"========================= ======== ============================================\n"

static const char *const listings[] = {
	"C:\\>tlist -m map*\r\nMAPI32.DLL - 1704 mad.exe  Title\r\nMAPIX.DLL - 1704 mad.exe\r\n"
	"MAPI32.DLL - 12 b.exe Svcs: A,B\r\n\r\nC:\\>",
	"No tasks found using MAPI32.DLL\r\n",
	"   0 System Process\n 160 csrss.exe Title:\n 208 services.exe    Svcs:  A,B,\nC,D\n"
	" 232 lsass.exe  Svcs:\nSamSs\n",
	"\nImage Name                     PID Modules\n" RULE
	"System                           4 N/A\n"
	"m\xc3\xbc.exe                        1704 ntdll.dll, MAPI32.DLL,\n"
	"                                   X.dll\nSystem                           4 N/A\n",
	"System Idle Process            0 N/A\na.exe                         12 Alpha,\nBeta\n"
	"c.exe  14 Alpha\nd.exe 15 Alpha\n",
	"Image Name:   a.exe\nPID:          12\nServices:     A,\n              B\n\n"
	"Image Name:   b.exe\nPID:          13\nServices:     N/A\n",
	"\"Image Name\",\"PID\",\"Modules\"\r\n\"a \"\"b\"\".exe\",\"12\",\"mapi32.dll,x.dll,\r\n"
	"y.dll\"\r\n\"System\",\"4\",\"N/A\"\r\n",
	"C:\\>tasklist /m mapi32.dll\r\nINFO: No tasks are running which match the specified "
	"criteria.\r\n",
};

/* One file for all that is read, so that many can be read. */
static int fd = -1;
static char path[32];

static int make_file(void **state)
{
	char *name = hives_temporary("", 0);

	(void)state;
	fd = open(name, O_RDWR);
	/* Without a name: then the reader need not wait for who writes to it. */
	(void)remove(name);
	free(name);
	(void)snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	return fd < 0;
}

static int remove_file(void **state)
{
	(void)state;
	(void)close(fd);
	return 0;
}

static enum status read_again(const void *bytes, size_t len, struct listing **out)
{
	assert_int_equal(ftruncate(fd, 0), 0);
	assert_int_equal(pwrite(fd, bytes, len, 0), len);
	return listing_read(NULL, path, out, NULL);
}

/* What holds for every listing. */
static void check_sound(const struct listing *listing, size_t len)
{
	bool modules = listing->kind == LISTING_TLIST_MODULES ||
		       listing->kind == LISTING_TASKLIST_MODULES;

	if (listing->kind == LISTING_UNKNOWN) {
		assert_int_equal(listing->n_processes, 0);
		assert_true(diag_count_of(listing->diags, DIAG_WRONG_KIND) == 1);
		assert_false(listing->answers_mapi32);
	}
	if (!modules)
		assert_false(listing->answers_mapi32);
	for (size_t i = 0; i < listing->n_processes; i++) {
		const struct listing_process *p = &listing->processes[i];
		assert_string_not_equal(p->image, "");
		assert_true(p->line > 0 && p->offset < len);
		assert_true(i == 0 || p[-1].offset < p->offset);
		if (!modules)
			assert_int_equal(p->modules.n, 0);
		for (size_t k = 0; k < p->modules.n; k++)
			assert_string_not_equal(p->modules.items[k], "");
		for (size_t k = 0; k < p->services.n; k++)
			assert_string_not_equal(p->services.items[k], "");
	}
}

static void check_read(const void *bytes, size_t len)
{
	struct listing *listing = NULL;

	assert_int_equal(read_again(bytes, len, &listing), STATUS_OK);
	check_sound(listing, len);
	listing_free(listing);
}

static void test_truncated(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(listings); i++) {
		size_t len;
		uint8_t *wide = listings_utf16(listings[i], i % 2, true, &len);

		for (size_t n = 0; n <= strlen(listings[i]); n++)
			check_read(listings[i], n);
		for (size_t n = 0; n <= len; n++)
			check_read(wide, n);
		free(wide);
	}
}

static void test_flipped(void **state)
{
	static const uint8_t values[] = { 0,   ' ', '\n', '"',	',', '=',
					  ':', '9', '>',  0x80, 0xff };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(listings); i++) {
		size_t len = strlen(listings[i]);
		char *copy = strdup(listings[i]);

		assert_non_null(copy);
		for (size_t at = 0; at < len; at++) {
			for (size_t k = 0; k < ARRAY_LEN(values); k++) {
				copy[at] = (char)values[k];
				check_read(copy, len);
			}
			copy[at] = listings[i][at];
		}
		free(copy);
	}
}

/* ---- too much of something ---- */

/* A file of `before`, then `part` so often that it has size bytes, then `after`. */
static struct listing *read_long(const char *before, const char *part, size_t size,
				 const char *after)
{
	size_t n_before = strlen(before), n_part = strlen(part), n_after = strlen(after);
	char *bytes = malloc(size + n_before + n_part + n_after);
	size_t len = n_before;
	struct listing *listing = NULL;

	assert_non_null(bytes);
	memcpy(bytes, before, n_before);
	for (; len < size; len += n_part)
		memcpy(bytes + len, part, n_part);
	memcpy(bytes + len, after, n_after);
	assert_int_equal(read_again(bytes, len + n_after, &listing), STATUS_OK);
	check_sound(listing, len + n_after);
	free(bytes);
	return listing;
}

/* Of anything worse than linear time the alarm would tell at this size. */
#define LONG ((size_t)1 << 20)

static void test_long_lines(void **state)
{
	static const char *const parts[] = {
		"x",  " ",  "- ", " - 1 ", "\"",    "\",",	"a,",
		"= ", ": ", "1 ", ".exe",  "Svcs:", "\xc3\xbc", "\x80",
	};

	(void)state;
	alarm(300);
	listing_free(read_long("", "x", 10 * LONG, "\n"));
	listing_free(read_long("MAPI32.DLL - 12 a.exe ", " - 1 ", 10 * LONG, "\n"));
	for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
		listing_free(read_long("", parts[i], LONG, "\n"));
		listing_free(read_long("MAPI32.DLL - 12 a.exe ", parts[i], LONG, "\n"));
		listing_free(read_long("12 a.exe Svcs: ", parts[i], LONG, "\n"));
		listing_free(read_long("\"a.exe\",\"12\",\"", parts[i], LONG, "\"\n"));
		listing_free(read_long("h\n" RULE, parts[i], LONG, "\n"));
	}
	alarm(0);
}

static void test_many_lines(void **state)
{
	static const char *const parts[] = {
		"C:\\>\n",
		"\"a\n",
		"\"\"\"\n",
		"x\n",
		" x,\n",
		"12 a.exe Svcs: x,\n",
		"a: 1\n",
		"= =\n",
		"a.exe 12 x.dll\n",
		"A.DLL - 12 a.exe\n",
		"C:\\>tlist -s\n12 a.exe Svcs: x\n",
	};

	(void)state;
	alarm(300);
	for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
		listing_free(read_long("", parts[i], LONG / 2, ""));
		listing_free(read_long("12 a.exe Svcs: x", parts[i], LONG / 2, ""));
		listing_free(read_long("\"a.exe\",\"12\",\"", parts[i], LONG / 2, ""));
	}
	alarm(0);
}

static void check_rows(size_t rows, size_t expected, size_t limits)
{
	char *bytes = malloc(rows * 32 + 1);
	size_t len = 0;
	struct listing *listing = NULL;

	assert_non_null(bytes);
	for (size_t i = 0; i < rows; i++)
		len += (size_t)sprintf(bytes + len, "MAPI32.DLL - %zu a.exe\n", i);
	assert_int_equal(read_again(bytes, len, &listing), STATUS_OK);
	assert_int_equal(listing->kind, LISTING_TLIST_MODULES);
	assert_int_equal(listing->n_processes, expected);
	assert_int_equal(diag_count_of(listing->diags, DIAG_COUNT_LIMIT), limits);
	assert_int_equal(listing->processes[expected - 1].pid, expected - 1);
	listing_free(listing);
	free(bytes);
}

static void test_limit_of_rows(void **state)
{
	(void)state;
	check_rows(LISTING_MAX_PROCESSES, LISTING_MAX_PROCESSES, 0);
	check_rows(LISTING_MAX_PROCESSES + 1, LISTING_MAX_PROCESSES, 1);
	check_rows(200000, LISTING_MAX_PROCESSES, 1);
}

/* At the limit of tasklist, the kind is told all the same. */
static void test_limit_of_rows_of_tasklist(void **state)
{
	char *bytes = malloc(200000 * 32);
	size_t len = 0;
	struct listing *listing = NULL;

	(void)state;
	assert_non_null(bytes);
	for (size_t i = 0; i < 200000; i++)
		len += (size_t)sprintf(bytes + len, "\"a.exe\",\"%zu\",\"S%zu\"\n", i, i);
	assert_int_equal(read_again(bytes, len, &listing), STATUS_OK);
	assert_int_equal(listing->kind, LISTING_TASKLIST_SERVICES);
	assert_int_equal(listing->n_processes, LISTING_MAX_PROCESSES);
	assert_int_equal(diag_count_of(listing->diags, DIAG_COUNT_LIMIT), 1);
	listing_free(listing);
	free(bytes);
}

/* A row of so many names, twice: the second row is joined to the first. */
static void test_limit_of_names(void **state)
{
	struct listing *listing = read_long("12 a.exe Svcs: ", "a,", 2000002, "b\n");

	(void)state;
	assert_int_equal(listing->n_processes, 1);
	assert_int_equal(listing->processes[0].services.n, 999995);
	assert_int_equal(diag_count_of(listing->diags, DIAG_COUNT_LIMIT), 0);
	listing_free(listing);
	listing = read_long("12 a.exe Svcs: ", "a,", 2000100, "b\n13 c.exe\n");
	assert_int_equal(listing->n_processes, 1);
	assert_int_equal(listing->processes[0].services.n, 1000000);
	assert_int_equal(diag_count_of(listing->diags, DIAG_COUNT_LIMIT), 1);
	listing_free(listing);
}

/* A name that goes on and on is none. */
static void test_limit_of_a_name(void **state)
{
	struct listing *listing = read_long("\"System\",\"4\",\"N/A\"\n"
					    "\"a.exe\",\"12\",\"x\"\n",
					    "", 0, "");

	(void)state;
	listing_free(listing);
	listing =
		read_long("Image Name                     PID Services\n" RULE
			  "a.exe                           12 S\n",
			  "                                   xxxxxxxxx\n", 200 * 45, "");
	assert_int_equal(listing->n_processes, 1);
	assert_int_equal(listing->processes[0].services.n, 1);
	/* one letter, then ten with their blank as long as 1024 are not passed */
	assert_true(strlen(listing->processes[0].services.items[0]) <= 1024);
	assert_true(strlen(listing->processes[0].services.items[0]) > 1014);
	assert_true(diag_count_of(listing->diags, DIAG_LISTING_LINE) > 0);
	listing_free(listing);
}

/* ---- names that mislead ---- */

/* Names are kept as they are; what is shown of them is for the report to escape. */
static void test_bidirectional_and_odd_names(void **state)
{
	static const char text[] = "MAPI32.DLL - 12 exe.\xe2\x80\xae"
				   "fdp.exe  \xe2\x80\xab title\n"
				   "MAPI32.DLL - 16 mad.exe\xc2\xa0"
				   "x.exe\n"
				   "\xef\xbc\xad"
				   "API32.DLL - 20 wide.exe\n"
				   "\xe2\x80\xae junk \x1b[2J line\n";
	struct listing *listing = LISTING(text);
	const char *sentence;

	(void)state;
	listings_check_refused(listing, 1, sizeof(text) - 1 - 19);
	sentence = diag_item(listing->diags, diag_count(listing->diags) - 1)->sentence;
	assert_null(strstr(sentence, "\xe2\x80\xae"));
	assert_null(strchr(sentence, 0x1b));
	assert_false(listing->processes[2].holds_mapi32);
	listings_check(listing, LISTING_TLIST_MODULES, LISTING_LINES, true,
		       "12 exe.\xe2\x80\xae"
		       "fdp.exe m:MAPI32.DLL w:\xe2\x80\xab title !\n"
		       "16 mad.exe\xc2\xa0"
		       "x.exe m:MAPI32.DLL !\n"
		       "20 wide.exe m:\xef\xbc\xad"
		       "API32.DLL\n");
}

/* NULs inside do not end a line or hide its rest. */
static void test_nul_in_a_row(void **state)
{
	struct listing *listing = LISTING("MAPI32.DLL - 12 a\0b.exe\n");

	(void)state;
	assert_int_equal(diag_count_of(listing->diags, DIAG_LISTING_ENCODING), 1);
	listings_check(listing, LISTING_TLIST_MODULES, LISTING_LINES, true,
		       "12 a\xef\xbf\xbd"
		       "b.exe m:MAPI32.DLL !\n");
}

/* ---- no memory ---- */

static void test_out_of_memory(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(listings); i++) {
		struct listing *listing = NULL;
		struct unit_oom oom;

		assert_int_equal(read_again(listings[i], strlen(listings[i]), &listing),
				 STATUS_OK);
		listing_freep(&listing);
		UNIT_FAIL_EACH (oom) {
			enum status status = UNIT_FAILING(
				oom, listing_read(NULL, path, &listing, NULL));
			/* Only a diagnostic may be lost, and that is counted. */
			assert_true(status == STATUS_OK || status == STATUS_NOMEM);
			assert_true(oom.failed || status == STATUS_OK);
			assert_true((status == STATUS_OK) == (listing != NULL));
			if (listing && oom.failed)
				assert_true(diag_count(listing->diags) > 0);
			listing_freep(&listing);
		}
		assert_true(oom.n > 4);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_truncated),
		cmocka_unit_test(test_flipped),
		cmocka_unit_test(test_long_lines),
		cmocka_unit_test(test_many_lines),
		cmocka_unit_test(test_limit_of_rows),
		cmocka_unit_test(test_limit_of_rows_of_tasklist),
		cmocka_unit_test(test_limit_of_names),
		cmocka_unit_test(test_limit_of_a_name),
		cmocka_unit_test(test_bidirectional_and_odd_names),
		cmocka_unit_test(test_nul_in_a_row),
		cmocka_unit_test(test_out_of_memory),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name(__FILE__, tests, make_file, remove_file);
}
