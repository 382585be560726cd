/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Texts, numbers and times as a report spells them. */
#ifndef VERIFY_VERIFYTEXT_H
#define VERIFY_VERIFYTEXT_H

#include <stdbool.h>

#include "base/text.h"
#include "verify/verifyevidence.h"

/* What an element has under names; borrowed. */
struct verifytext_element {
	const struct verify_attribute *attributes;
	size_t n;
};

/* The attribute, or NULL. */
const struct span *verifytext_get(struct verifytext_element element, const char *name);

/* True if it is there and exactly this word. */
bool verifytext_is(struct verifytext_element element, const char *name, const char *word);

/* A decimal number without anything else.  Return: false if it is none of 64 bits. */
bool verifytext_digits(struct span text, uint64_t *out);

/* The attribute as such a number; false too if it is missing. */
bool verifytext_number(struct verifytext_element element, const char *name,
		       uint64_t *out);

/* The number behind a letter, as in "i3"; false if it is missing or no such id. */
bool verifytext_id(struct verifytext_element element, const char *name, uint64_t *out);

/* 64 hex digits.  Return: false if it is none. */
bool verifytext_digest(struct span text, struct digest *out);

/*
 * True if the report spells the text of the evidence as it has to: utf8 as far as XML can
 * hold it, and utf16 beside it, its units, just where that is not all of it.  Without
 * memory, which is noted (base/status.h), it is taken to be so.
 */
bool verifytext_says(struct span utf8, const struct span *utf16, struct text text);

/* The same of an attribute, and of name_utf16 beside it. */
bool verifytext_attribute(struct verifytext_element element, const char *name,
			  struct text text);

/* UTF-16 units of a text that is spelled so. */
size_t verifytext_length(struct span utf8, const struct span *utf16);

/* True if the text is the FILETIME as the report spells times. */
bool verifytext_is_time(struct span text, uint64_t filetime);

/*
 * Takes the base64 characters of *text out of it, in place, and leaves the bytes that they
 * stand for.  Return: false if it is no base64.
 */
bool verifytext_unbase64(uint8_t *text, size_t *len);

#endif
