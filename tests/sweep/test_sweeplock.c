/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Who may work in a folder at the same time. */
#include "help/sweepfolders.h"

#include "sweep/sweeplock.h"

#include <sys/wait.h>
#include <time.h>

static void count(void *context)
{
	++*(unsigned *)context;
}

/* Takes a lock, or -1; locks of one process exclude each other as those of two do. */
static int take(const char *folder, unsigned i, unsigned n)
{
	struct failure failure = { "" };
	unsigned waited = 0;
	int fd = -1;
	enum status status = sweeplock_take(folder, (struct shard){ i, n }, count,
					    &waited, &fd, &failure);

	assert_int_equal(waited, 0);
	if (status != STATUS_OK)
		assert_non_null(strstr(failure.sentence, "another sweep runs there"));
	return status == STATUS_OK ? fd : -1;
}

static void test_whole(void **state)
{
	int first;

	assert_false(sweeplock_is_taken(*state));
	first = take(*state, 0, 0);
	assert_true(first >= 0);
	assert_true(sweeplock_is_taken(*state));
	assert_int_equal(take(*state, 0, 0), -1);
	assert_int_equal(take(*state, 1, 2), -1);
	close(first);
	assert_false(sweeplock_is_taken(*state));
	first = take(*state, 0, 0);
	assert_true(first >= 0);
	close(first);
}

static void test_shards(void **state)
{
	int one = take(*state, 1, 3), three = take(*state, 3, 3);

	assert_true(one >= 0 && three >= 0);
	assert_int_equal(take(*state, 1, 3), -1);
	assert_int_equal(take(*state, 2, 2), -1);
	assert_int_equal(take(*state, 4, 4), -1);
	assert_int_equal(take(*state, 0, 0), -1);
	close(one);
	assert_int_equal(take(*state, 2, 2), -1);
	close(three);
	one = take(*state, 2, 2);
	assert_true(one >= 0);
	close(one);
}

/* A worker sees that its sweep has ended, and the next sweep waits for it. */
static void test_workers(void **state)
{
	struct failure failure = { "" };
	struct shard whole = { 0, 0 };
	unsigned waited = 0;
	int sweep = take(*state, 0, 0), next = -1;
	int worker = sweeplock_work(*state, whole);

	assert_true(worker >= 0);
	assert_true(sweeplock_goes_on(worker, whole));
	close(sweep);
	assert_false(sweeplock_goes_on(worker, whole));
	pid_t pid = fork();
	if (pid == 0) {
		(void)nanosleep(&(struct timespec){ .tv_nsec = 300000000 }, NULL);
		_exit(0);
	}
	close(worker); /* the child holds it still */
	assert_int_equal(sweeplock_take(*state, whole, count, &waited, &next, &failure),
			 STATUS_OK);
	assert_int_equal(waited, 1);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
	close(next);
}

static void test_who(void **state)
{
	struct failure failure = { "" };
	unsigned waited = 0;
	int first = take(*state, 0, 0), second = -1;

	sweeplock_sign(first, "process 7 on x\t1\n");
	assert_int_equal(sweeplock_take(*state, (struct shard){ 0, 0 }, count, &waited,
					&second, &failure),
			 STATUS_IO);
	assert_non_null(strstr(failure.sentence, "(process 7 on x"));
	close(first);
	assert_int_equal(sweeplock_work("/nowhere", (struct shard){ 0, 0 }), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		SWEEPFOLDERS_TEST(test_whole),
		SWEEPFOLDERS_TEST(test_shards),
		SWEEPFOLDERS_TEST(test_workers),
		SWEEPFOLDERS_TEST(test_who),
	};
	return UNIT_RUN(tests);
}
