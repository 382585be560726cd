/* SPDX-License-Identifier: GPL-2.0-or-later */
/* That each piece is done once, by no more threads than were asked for, side by side. */
#include "help/unit.h"

#include "base/workers.h"

#include <pthread.h>
#include <stdbool.h>

struct seen {
	pthread_mutex_t lock;
	pthread_cond_t met;
	size_t times[200];
	size_t at_once, most_at_once, last;
	bool in_order;
	size_t wait_for; /* so many are to be at work at the same time; 0: nobody waits */
};

static void look(void *context, size_t number)
{
	struct seen *seen = context;

	pthread_mutex_lock(&seen->lock);
	seen->times[number]++;
	seen->in_order &= number == 0 || number > seen->last;
	seen->last = number;
	if (++seen->at_once > seen->most_at_once)
		seen->most_at_once = seen->at_once;
	pthread_cond_broadcast(&seen->met);
	while (seen->most_at_once < seen->wait_for)
		pthread_cond_wait(&seen->met, &seen->lock);
	seen->at_once--;
	pthread_mutex_unlock(&seen->lock);
}

static void run(struct seen *seen, size_t n, unsigned n_threads, size_t wait_for)
{
	*seen = (struct seen){
		.lock = PTHREAD_MUTEX_INITIALIZER,
		.met = PTHREAD_COND_INITIALIZER,
		.in_order = true,
		.wait_for = wait_for,
	};
	workers_run(n, n_threads, look, seen);
	for (size_t i = 0; i < 200; i++)
		assert_int_equal(seen->times[i], i < n);
	assert_int_equal(seen->at_once, 0);
}

static void test_each_once(void **state)
{
	struct seen seen;

	(void)state;
	run(&seen, 0, 4, 0);
	run(&seen, 1, 4, 0);
	run(&seen, 200, 3, 0);
	assert_in_range(seen.most_at_once, 1, 3);
	run(&seen, 200, 1000, 0);
	assert_in_range(seen.most_at_once, 1, WORKERS_MAX);
}

static void test_alone_in_order(void **state)
{
	struct seen seen;

	(void)state;
	run(&seen, 200, 1, 0);
	assert_true(seen.in_order);
	assert_int_equal(seen.most_at_once, 1);
	run(&seen, 200, 0, 0);
	assert_true(seen.in_order);
}

/* The first waits for another that is at work: alone it would wait forever. */
static void test_side_by_side(void **state)
{
	struct seen seen;

	(void)state;
	run(&seen, 3, 2, 2);
	assert_int_equal(seen.most_at_once, 2);
	run(&seen, 10, 5, 5);
	assert_int_equal(seen.most_at_once, 5);
}

/* A piece that ends once it is let go: so the caller is at work meanwhile. */
struct piece {
	pthread_mutex_t held;
	bool done;
};

static void end_when_let_go(void *context, size_t number)
{
	struct piece *piece = context;

	pthread_mutex_lock(&piece->held);
	piece->done = number == 0;
	pthread_mutex_unlock(&piece->held);
}

static void test_one_beside(void **state)
{
	struct piece piece = { .held = PTHREAD_MUTEX_INITIALIZER };

	(void)state;
	pthread_mutex_lock(&piece.held);
	struct workers_beside *beside = workers_begin(end_when_let_go, &piece);
	assert_non_null(beside);
	assert_false(piece.done);
	pthread_mutex_unlock(&piece.held);
	workers_wait(beside);
	assert_true(piece.done);
	workers_wait(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_once),
		cmocka_unit_test(test_alone_in_order),
		cmocka_unit_test(test_side_by_side),
		cmocka_unit_test(test_one_beside),
	};

	return UNIT_RUN(tests);
}
