/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Growing arrays, always of the form { items, n, cap } and always with a
 * maximum at birth, so that no input can make one grow without bound.
 */
#ifndef BASE_ARRAY_H
#define BASE_ARRAY_H

#include <stddef.h>

#include "base/status.h"

/*
 * Makes room for one more item of size bytes in *items, which holds n of *cap.
 * Doubles, never past max items.
 * Return: STATUS_OK; STATUS_NOMEM; STATUS_LIMIT when n is max already.
 */
MUST_CHECK enum status array_reserve(void **items, size_t n, size_t *cap, size_t size,
				     size_t max);

/* The same for struct { T *items; size_t n, cap; } a: the usual way to call it. */
#define ARRAY_RESERVE(a, max)                                                            \
	__extension__({                                                                  \
		void *items_ = (a)->items;                                               \
		enum status grown_ = array_reserve(&items_, (a)->n, &(a)->cap,           \
						   sizeof(*(a)->items), (max));          \
		(a)->items = items_;                                                     \
		grown_;                                                                  \
	})

/*
 * How many of n sorted items stand at the front for which `before` is true: an
 * expression in `item`, a pointer to one of them, that is true for the first
 * so many and for none behind.  The index of the first that is not before, or n.
 */
#define ARRAY_COUNT_BEFORE(items, n, item, before)                                       \
	__extension__({                                                                  \
		size_t low_ = 0, high_ = (n);                                            \
		while (low_ < high_) {                                                   \
			size_t middle_ = low_ + (high_ - low_) / 2;                      \
			const __typeof__(*(items)) *item = &(items)[middle_];            \
			if (before)                                                      \
				low_ = middle_ + 1;                                      \
			else                                                             \
				high_ = middle_;                                         \
		}                                                                        \
		low_;                                                                    \
	})

#endif
