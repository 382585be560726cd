/* SPDX-License-Identifier: GPL-2.0-or-later */
/* That each file is read once while somebody has it, and no longer kept than that. */
#include "help/unit.h"

#include "collection/subjects/exportshare.h"

#include "base/workers.h"
#include "help/hives.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char text[] =
	"Windows Registry Editor Version 5.00\r\n\r\n[HKEY_USERS\\S-1-5-18\\Software]\r\n";

/* Counts who is opened how often; "none" is not there. */
struct counting {
	struct evidence_opener opener; /* first */
	char *file;		       /* what all of them hold */
	unsigned opened[3];	       /* of "a", "b", "c" */
};

static int open_counted(const struct evidence_opener *self, const char *path,
			struct failure *failure)
{
	struct counting *counting = (struct counting *)(uintptr_t)self;

	if (strlen(path) != 1) {
		failure_set(failure, "%s: %s", path, strerror(ENOENT));
		return -1;
	}
	__atomic_add_fetch(&counting->opened[path[0] - 'a'], 1, __ATOMIC_RELAXED);
	return open(counting->file, O_RDONLY | O_CLOEXEC);
}

static void begin(struct counting *counting)
{
	*counting = (struct counting){ .opener.open = open_counted,
				       .file = hives_temporary(text, sizeof(text) - 1) };
}

static void end(struct counting *counting)
{
	(void)remove(counting->file);
	free(counting->file);
}

static void test_once(void **state)
{
	static const char *const first[] = { "a", "b" }, *const second[] = { "b", "c" };
	const struct exportfile *x[2], *y[2];
	struct failure failure = { "" };
	struct counting counting;

	(void)state;
	begin(&counting);
	struct exportshare *share = exportshare_new(&counting.opener, NULL);
	assert_non_null(share);
	assert_int_equal(exportshare_take(share, first, 2, x, &failure), STATUS_OK);
	assert_int_equal(exportshare_take(share, second, 2, y, &failure), STATUS_OK);
	assert_ptr_equal(x[1], y[0]);
	assert_ptr_not_equal(x[0], y[1]);
	assert_string_equal(x[0]->evidence->path, "a");
	exportshare_return(share, x, 2);
	/* "b" is still had, "a" is kept for who comes next. */
	assert_int_equal(exportshare_take(share, first, 2, x, &failure), STATUS_OK);
	assert_int_equal(counting.opened[0], 1);
	assert_int_equal(counting.opened[1], 1);
	exportshare_return(share, x, 2);
	exportshare_return(share, y, 2);
	/* Who comes next wants another one: nobody has the rest, which is not kept. */
	assert_int_equal(exportshare_take(share, &second[1], 1, y, &failure), STATUS_OK);
	assert_int_equal(counting.opened[2], 1);
	exportshare_return(share, y, 1);
	assert_int_equal(exportshare_take(share, first, 1, x, &failure), STATUS_OK);
	assert_int_equal(counting.opened[0], 2);
	exportshare_return(share, x, 1);
	exportshare_free(share);
	exportshare_free(NULL);
	end(&counting);
}

static void test_same_twice(void **state)
{
	static const char *const paths[] = { "a", "a" };
	const struct exportfile *x[2];
	struct failure failure = { "" };
	struct counting counting;

	(void)state;
	begin(&counting);
	struct exportshare *share = exportshare_new(&counting.opener, NULL);
	assert_int_equal(exportshare_take(share, paths, 2, x, &failure), STATUS_OK);
	assert_ptr_equal(x[0], x[1]);
	exportshare_return(share, x, 2);
	exportshare_free(share);
	end(&counting);
}

/* One that is not to be read: nothing is lent, and the others can be had. */
static void test_not_there(void **state)
{
	static const char *const paths[] = { "a", "none", "b" };
	const struct exportfile *x[3];
	struct failure failure = { "" };
	struct counting counting;

	(void)state;
	begin(&counting);
	struct exportshare *share = exportshare_new(&counting.opener, NULL);
	assert_int_equal(exportshare_take(share, paths, 3, x, &failure), STATUS_IO);
	assert_string_equal(failure.sentence, "none: No such file or directory");
	assert_int_equal(exportshare_take(share, paths, 1, x, &failure), STATUS_OK);
	assert_int_equal(counting.opened[0], 1);
	exportshare_return(share, x, 1);
	assert_int_equal(exportshare_take(share, NULL, 0, x, &failure), STATUS_OK);
	exportshare_free(share);
	end(&counting);
}

/* Threads that want the same in another order wait for each other, but never all of them. */
struct crowd {
	struct exportshare *share;
	bool failed[100];
};

static void take_and_return(void *context, size_t number)
{
	static const char *const orders[][2] = { { "a", "b" },
						 { "b", "a" },
						 { "c", "a" } };
	struct crowd *crowd = context;
	const struct exportfile *x[2];
	struct failure *failure = calloc(1, sizeof(*failure));

	crowd->failed[number] =
		!failure || exportshare_take(crowd->share, orders[number % 3], 2, x,
					     failure) != STATUS_OK;
	if (!crowd->failed[number]) {
		crowd->failed[number] =
			strcmp(x[1]->evidence->path, orders[number % 3][1]) != 0;
		exportshare_return(crowd->share, x, 2);
	}
	free(failure);
}

static void test_threads(void **state)
{
	struct counting counting;
	struct crowd crowd = { 0 };

	(void)state;
	begin(&counting);
	crowd.share = exportshare_new(&counting.opener, NULL);
	workers_run(100, 4, take_and_return, &crowd);
	for (size_t i = 0; i < 100; i++)
		assert_false(crowd.failed[i]);
	exportshare_free(crowd.share);
	end(&counting);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_once),
		cmocka_unit_test(test_same_twice),
		cmocka_unit_test(test_not_there),
		cmocka_unit_test(test_threads),
	};

	return UNIT_RUN(tests);
}
