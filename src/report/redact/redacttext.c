/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Default deny: whatever is not recognized as harmless is replaced.  That a word is met as
 * somebody's name comes before that the program uses it.
 */
#include "report/redact/redacttext.h"

#include "base/text.h"
#include "report/redact/redactshape.h"
#include "report/redact/redactwords.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DIGITS "0123456789"

/* Digits that a text of the evidence may have: no telephone number is as short. */
#define EVIDENCE_DIGITS 6

/* What is being made of a text. */
struct making {
	struct redact *redact;
	FILE *out;
	bool nomem;
};

static void put(struct making *making, const char *bytes, size_t len)
{
	(void)fwrite(bytes, 1, len, making->out);
}

/* The stand-in for so many bytes. */
static void put_as(struct making *making, enum redact_kind kind, const char *bytes,
		   size_t len)
{
	char *text = strndup(bytes, len);
	char *shown = text ? redact_as(making->redact, kind, text) : NULL;

	making->nomem |= !shown;
	if (shown)
		put(making, shown, strlen(shown));
	free(shown);
	free(text);
}

static size_t word_len(const char *text, size_t len)
{
	size_t n = 0;

	while (n < len && redactshape_is_word_byte(text[n]))
		n++;
	return n;
}

static bool is_digits(const char *word, size_t len)
{
	return len > 0 && strspn(word, DIGITS) >= len;
}

/*
 * True if all words of a text are harmless; *digits: how many it has in numbers that have
 * no known form.
 */
static bool is_harmless(const char *text, size_t len, size_t *digits)
{
	*digits = 0;
	if (redactshape_is_number(text, len))
		return true;
	for (size_t at = 0, n; at < len; at += n) {
		n = redactshape_time(text + at, len - at);
		if (n > 0)
			continue;
		n = word_len(text + at, len - at);
		if (n == 0)
			n = 1;
		else if (redactwords_has(text + at, n) ||
			 (n > 2 && redactshape_is_number(text + at, n) &&
			  !is_digits(text + at, n)))
			continue;
		else if (is_digits(text + at, n))
			*digits += n;
		else
			return false;
	}
	return true;
}

/* True if something that was met before stands in it, where a word begins. */
static bool holds_known(struct redact *redact, const char *text, size_t from, size_t len)
{
	const char *shown;

	for (size_t at = from; at < from + len; at++)
		if ((at == 0 || !redactshape_is_word_byte(text[at - 1])) &&
		    redact_known_at(redact, text, at, &shown) > 0)
			return true;
	return false;
}

/* ---- texts of the evidence ---- */

/* A part between backslashes. */
static void put_part(struct making *making, const char *part, size_t len)
{
	char *text = strndup(part, len);
	const char *known;
	enum redact_kind kind = REDACT_TEXT;
	size_t digits;

	if (!text) {
		making->nomem = true;
		return;
	}
	known = redact_known(making->redact, text, len);
	if (redactshape_is_id(text, len))
		kind = REDACT_ID;
	if (known)
		put(making, known, strlen(known));
	else if (redact_is_standin(making->redact, text, len) ||
		 (!redactshape_read(text, len, &kind) &&
		  is_harmless(text, len, &digits) && digits <= EVIDENCE_DIGITS &&
		  !holds_known(making->redact, text, 0, len)))
		put(making, text, len);
	else
		put_as(making, kind, text, len);
	free(text);
}

static void put_evidence(struct making *making, const char *text, size_t len)
{
	enum redact_kind kind;
	char *whole = strndup(text, len);
	const char *known = NULL;

	making->nomem |= !whole;
	if (whole)
		known = redact_known(making->redact, whole, len);
	free(whole);
	if (known) {
		put(making, known, strlen(known));
		return;
	}
	if (redactshape_read(text, len, &kind)) {
		put_as(making, kind, text, len);
		return;
	}
	for (size_t at = 0; at < len;) {
		const char *slash = memchr(text + at, '\\', len - at);
		size_t n = slash ? (size_t)(slash - text) - at : len - at;
		if (n > 0)
			put_part(making, text + at, n);
		if (slash)
			put(making, "\\", 1);
		at += n + (slash != NULL);
	}
}

/* ---- sentences ---- */

/* Bytes up to a blank or a quote, without the marks that end a part of a sentence. */
static size_t chunk_len(const char *text)
{
	size_t n = strcspn(text, " \t\r\n\"");

	while (n > 0 && strchr(".,:;)]", text[n - 1]))
		n--;
	return n;
}

/* A path that begins at no root, as operands are given; with words that are not harmless. */
static bool is_relative_path(const char *chunk, size_t len)
{
	return memchr(chunk, '/', len) ||
	       (memchr(chunk, '\\', len) && memchr(chunk, '.', len));
}

/* The words of a chunk one by one; between them all stays. */
static void put_words(struct making *making, const char *text, size_t at, size_t len)
{
	for (size_t end = at + len, n; at < end; at += n) {
		const char *shown, *word = text + at;
		n = redactshape_time(word, end - at);
		if (n > 0) {
			put(making, word, n);
			continue;
		}
		n = word_len(word, end - at);
		if (n == 0) {
			n = 1;
			put(making, word, n);
			continue;
		}
		size_t known = redact_known_at(making->redact, text, at, &shown);
		if (known > 0 && known <= end - at) {
			n = known;
			put(making, shown, strlen(shown));
		} else if (redactwords_has(word, n) || is_digits(word, n) ||
			   redactshape_is_number(word, n)) {
			put(making, word, n);
		} else {
			put_as(making, REDACT_TEXT, word, n);
		}
	}
}

/* What begins at a blank, a quote or the beginning.  Return: its bytes. */
static size_t put_chunk(struct making *making, const char *text, size_t at)
{
	size_t n, digits;
	const char *shown;
	enum redact_kind kind;

	n = redact_known_at(making->redact, text, at, &shown);
	if (n > 0) {
		put(making, shown, strlen(shown));
		return n;
	}
	n = redactshape_time(text + at, strlen(text + at));
	if (n > 0) {
		put(making, text + at, n);
		return n;
	}
	n = chunk_len(text + at);
	if (n == 0 || redact_is_standin(making->redact, text + at, n)) {
		n = n ? n : 1;
		put(making, text + at, n);
		return n;
	}
	bool harmless = is_harmless(text + at, n, &digits);
	if (redactshape_read(text + at, n, &kind) && !(harmless && kind == REDACT_PATH))
		put_as(making, kind, text + at, n);
	else if (!harmless && is_relative_path(text + at, n))
		put_as(making, REDACT_PATH, text + at, n);
	else if (!harmless && !holds_known(making->redact, text, at, n))
		put_as(making, REDACT_TEXT, text + at, n);
	else
		put_words(making, text, at, n);
	return n;
}

static void put_sentence(struct making *making, const char *text)
{
	for (size_t at = 0, n; text[at]; at += n) {
		const char *quote = text[at] == '"' ? strchr(text + at + 1, '"') : NULL;
		if (quote) {
			n = (size_t)(quote - text) - at + 1;
			put(making, "\"", 1);
			if (n > 2)
				put_evidence(making, text + at + 1, n - 2);
			put(making, "\"", 1);
		} else if (strchr(" \t\r\n\"([", text[at])) {
			put(making, text + at, 1);
			n = 1;
		} else {
			n = put_chunk(making, text, at);
		}
	}
}

/* ---- all of them ---- */

static bool begin(struct making *making, struct redact *redact, char **text, size_t *size)
{
	*making = (struct making){ .redact = redact };
	making->out = open_memstream(text, size);
	return making->out != NULL;
}

static char *end(struct making *making, char **text)
{
	char *made = text_of_stream(making->out, text);

	if (making->nomem) {
		free(made);
		return NULL;
	}
	return made;
}

static bool is_left_alone(const struct redact *redact)
{
	return !redact || redact_is_gathering(redact);
}

char *redacttext_evidence(struct redact *redact, const char *utf8)
{
	struct making making;
	char *text = NULL;
	size_t size = 0;

	if (is_left_alone(redact))
		return strdup(utf8);
	if (begin(&making, redact, &text, &size))
		put_evidence(&making, utf8, strlen(utf8));
	return end(&making, &text);
}

char *redacttext_sentence(struct redact *redact, const char *utf8)
{
	struct making making;
	char *text = NULL;
	size_t size = 0;

	if (is_left_alone(redact))
		return strdup(utf8);
	if (begin(&making, redact, &text, &size))
		put_sentence(&making, utf8);
	return end(&making, &text);
}

char *redacttext_words(struct redact *redact, const char *utf8)
{
	size_t digits, len = strlen(utf8);

	if (is_left_alone(redact) || is_harmless(utf8, len, &digits))
		return strdup(utf8);
	return redact_as(redact, REDACT_TEXT, utf8);
}

char *redacttext_argument(struct redact *redact, const char *bytes)
{
	const char *value = strncmp(bytes, "--", 2) == 0 ? strchr(bytes, '=') : NULL;
	size_t digits, name = value ? (size_t)(value - bytes) + 1 : 0;
	enum redact_kind kind =
		strchr(bytes, '/') || strchr(bytes, '.') ? REDACT_PATH : REDACT_TEXT;
	char *shown, *all = NULL;

	if (is_left_alone(redact))
		return strdup(bytes);
	if (value && is_harmless(bytes, name, &digits)) {
		shown = redacttext_argument(redact, value + 1);
		if (!shown || asprintf(&all, "%.*s%s", (int)name, bytes, shown) < 0)
			all = NULL;
		free(shown);
		return all;
	}
	if (redact_known(redact, bytes, strlen(bytes)) ||
	    !is_harmless(bytes, strlen(bytes), &digits) || digits > EVIDENCE_DIGITS)
		return redact_as(redact, kind, bytes);
	return strdup(bytes);
}
