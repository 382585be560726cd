/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Texts written as string literals, and what a text is to hold. */
#ifndef TESTS_HELP_TEXTS_H
#define TESTS_HELP_TEXTS_H

#include "help/unit.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

static inline struct text utf16(const void *bytes, size_t len)
{
	return (struct text){ .bytes = span_of(bytes, len), .encoding = TEXT_UTF16LE };
}

static inline struct text latin1(const void *bytes, size_t len)
{
	return (struct text){ .bytes = span_of(bytes, len), .encoding = TEXT_LATIN1 };
}

/* A UTF-16LE text over a string literal of its bytes. */
#define UTF16(literal) utf16(literal, sizeof(literal) - 1)
#define LATIN1(literal) latin1(literal, sizeof(literal) - 1)

/* Frees the bytes of a text that text_from_utf8() and the like gave. */
static inline void free_units(struct text t)
{
	free((void *)(uintptr_t)t.bytes.ptr);
}

/* The bytes of one unit. */
static inline struct text one_unit(uint16_t unit, uint8_t bytes[2])
{
	bytes[0] = (uint8_t)(unit & 0xFF);
	bytes[1] = (uint8_t)(unit >> 8);
	return utf16(bytes, 2);
}

/* That a text is that UTF-8, and lossy or not as expected. */
static inline void assert_utf8(struct text t, const char *expected, bool expect_lossy)
{
	bool lossy = !expect_lossy;
	char *utf8 = text_to_utf8(t, &lossy);

	assert_non_null(utf8);
	assert_string_equal(utf8, expected);
	assert_int_equal(lossy, expect_lossy);
	free(utf8);
}

/* That a text holds these ASCII characters and no others. */
static inline void assert_text(struct text t, const char *ascii)
{
	assert_int_equal(text_length(t), strlen(ascii));
	assert_true(text_same(t, text_of(ascii)));
}

#endif
