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

#ifdef UNIT_OOM

#include <stdbool.h>

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

#endif /* UNIT_OOM */

#endif
