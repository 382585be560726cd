/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The three GNU extensions that the code relies on, each behind one name:
 * the cleanup attribute, checked arithmetic and statement expressions.
 * gcc 12 and clang 14 know them; nothing else may depend on a compiler.
 */
#ifndef BASE_COMPILER_H
#define BASE_COMPILER_H

#include <stddef.h>

#define MUST_CHECK __attribute__((warn_unused_result))
#define PRINTF_LIKE(fmt, args) __attribute__((format(printf, fmt, args)))

/* AUTO(fn) declares a local that fn(&local) releases on every way out. */
#define AUTO(fn) __attribute__((cleanup(fn)))

/* STEAL(p) hands p to the caller and leaves NULL behind, so AUTO keeps off it. */
#define STEAL(p)                                                                         \
	__extension__({                                                                  \
		__typeof__(p) *where_ = &(p);                                            \
		__typeof__(p) what_ = *where_;                                           \
		*where_ = NULL;                                                          \
		what_;                                                                   \
	})

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

/* Behind the last of n items; NULL where there are none: C lets nothing be added to that. */
#define ARRAY_END(items, n) ((n) > 0 ? (items) + (n) : (items))

/* C23's names and argument order, so that <stdckdint.h> can take over one day. */
#define ckd_add(r, a, b) __builtin_add_overflow((a), (b), (r))
#define ckd_mul(r, a, b) __builtin_mul_overflow((a), (b), (r))

#endif
