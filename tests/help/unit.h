/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What every unit test includes first: cmocka with the headers it needs
 * before it, TAP output, and an allocator that can be told to fail.
 *
 * A test that defines UNIT_OOM before including this is linked with
 * -Wl,--wrap=malloc -Wl,--wrap=calloc -Wl,--wrap=realloc -Wl,--wrap=reallocarray
 */
#ifndef TESTS_HELP_UNIT_H
#define TESTS_HELP_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define UNIT_RUN(tests)                                                                  \
	(cmocka_set_message_output(CM_OUTPUT_TAP),                                       \
	 cmocka_run_group_tests_name(__FILE__, tests, NULL, NULL))

/*
 * Ends a test that cannot be made on this machine.  Not cmocka's skip(), which prints
 * "not ok": the driver counts that as a failure.
 */
#define UNIT_SKIP(why)                                                                   \
	do {                                                                             \
		print_message("# skipped: %s\n", why);                                   \
		return;                                                                  \
	} while (0)

#ifdef UNIT_OOM

#include <stdbool.h>

#include "base/status.h"

/* So many allocations succeed, then one fails; negative: none fails. */
static long unit_fail_after = -1;

/*
 * True if the allocation is to fail: because it was asked for, or because no
 * object can be that large, where glibc fails but a sanitizer would abort.
 */
static bool unit_refuses(size_t n, size_t size)
{
	if (n > 0 && size > PTRDIFF_MAX / n)
		return true;
	return unit_fail_after >= 0 && unit_fail_after-- == 0;
}

void *__real_malloc(size_t size);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *p, size_t size);
void *__real_reallocarray(void *p, size_t n, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *p, size_t size);
void *__wrap_reallocarray(void *p, size_t n, size_t size);

void *__wrap_malloc(size_t size)
{
	return unit_refuses(1, size) ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t n, size_t size)
{
	return unit_refuses(n, size) ? NULL : __real_calloc(n, size);
}

void *__wrap_realloc(void *p, size_t size)
{
	return unit_refuses(1, size) ? NULL : __real_realloc(p, size);
}

void *__wrap_reallocarray(void *p, size_t n, size_t size)
{
	return unit_refuses(n, size) ? NULL : __real_reallocarray(p, n, size);
}

/* More allocations than anything that is tested so needs: the loops must come to an end. */
#define UNIT_OOM_MOST 20000

struct unit_oom {
	long n;	     /* allocations that succeed before one fails */
	bool failed; /* one did in the last UNIT_FAILING() */
};

static inline bool unit_oom_next(struct unit_oom *oom)
{
	oom->n += oom->failed;
	assert_true(oom->n < UNIT_OOM_MOST);
	return oom->failed;
}

/*
 * The body again and again: with the first allocation failing that its UNIT_FAILING()
 * makes, with the second, and so on until none was left to fail.  `oom`, a struct unit_oom,
 * keeps what it came to; a body may break before.
 */
#define UNIT_FAIL_EACH(oom)                                                              \
	for ((oom) = (struct unit_oom){ -1, true }; unit_oom_next(&(oom));)

/* The value of the expression, made while the allocation fails whose turn it is. */
#define UNIT_FAILING(oom, expression)                                                    \
	__extension__({                                                                  \
		unit_fail_after = (oom).n;                                               \
		__typeof__(expression) value_ = (expression);                            \
		(oom).failed = unit_fail_after < 0;                                      \
		unit_fail_after = -1;                                                    \
		status_forget_nomem();                                                   \
		value_;                                                                  \
	})

/* The same with n allocations that succeed before one fails. */
#define UNIT_FAIL_AT(n, expression)                                                      \
	__extension__({                                                                  \
		struct unit_oom oom_ = { (n), false };                                   \
		UNIT_FAILING(oom_, expression);                                          \
	})

/* The value of the expression, made while none fails, in the middle of what may fail. */
#define UNIT_SPARED(expression)                                                          \
	__extension__({                                                                  \
		long left_ = unit_fail_after;                                            \
		unit_fail_after = -1;                                                    \
		__typeof__(expression) spared_ = (expression);                           \
		unit_fail_after = left_;                                                 \
		spared_;                                                                 \
	})

#endif /* UNIT_OOM */

#endif
