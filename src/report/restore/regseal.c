/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/restore/regseal.h"

#include "base/compiler.h"
#include "base/readat.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Read at once; any size would do. */
#define PIECE 65536

void regseal_text(const struct digest *whose, const struct digest *sum,
		  char out[REGSEAL_SIZE])
{
	char of[DIGEST_HEX_SIZE], hex[DIGEST_HEX_SIZE];

	digest_hex(whose, of);
	digest_hex(sum, hex);
	(void)snprintf(out, REGSEAL_SIZE, REGSEAL_FORMAT "%s", REGSEAL_WHOSE, of, hex);
}

/* How the last line is written: as regfile.c does. */
static const struct {
	const char *newline;
	size_t width; /* bytes of a character */
} forms[] = { { "\r\n", 2 }, { "\r\n", 1 }, { "\n", 1 } };

/* "; SHA-256 ...", as the file has it; two bytes a character at most. */
#define LINE_MAX (2 * (REGSEAL_SIZE + 4))

/* Return: bytes of the line for a sum, in the form. */
static size_t put_line(size_t form, const struct digest *whose, const struct digest *sum,
		       uint8_t out[LINE_MAX])
{
	char text[REGSEAL_SIZE], line[REGSEAL_SIZE + 4];
	size_t n = 0;

	regseal_text(whose, sum, text);
	(void)snprintf(line, sizeof(line), "; %s%s", text, forms[form].newline);
	for (const char *c = line; *c; c++) {
		out[n++] = (uint8_t)*c;
		if (forms[form].width == 2)
			out[n++] = 0;
	}
	return n;
}

/* The sum of the first bytes.  Return: false if they cannot be read. */
static bool sum_up(int fd, uint64_t size, struct digest *out)
{
	struct digest_stream *stream = digest_start();
	uint8_t *piece = malloc(PIECE);
	bool whole = stream && piece;

	for (uint64_t off = 0; whole && off < size;) {
		size_t wanted = size - off < PIECE ? (size_t)(size - off) : PIECE;
		whole = readat(fd, off, piece, wanted) == (ssize_t)wanted;
		if (whole)
			digest_add(stream, span_of(piece, wanted));
		off += wanted;
	}
	digest_finish(stream, out);
	free(piece);
	return whole;
}

/* True if the file ends as the line does before its digits, whatever these are. */
static bool looks_so(int fd, uint64_t size, size_t form, const struct digest *whose)
{
	uint8_t line[LINE_MAX], found[LINE_MAX];
	struct digest none = { { 0 } };
	size_t n = put_line(form, whose, &none, line);
	size_t n_before = (2 + REGSEAL_HEAD) * forms[form].width;

	return size > n && readat(fd, size - n, found, n) == (ssize_t)n &&
	       memcmp(line, found, n_before) == 0;
}

bool regseal_is_whole(int fd, const void *whose)
{
	uint8_t line[LINE_MAX], found[LINE_MAX];
	struct digest sum = { { 0 } };
	struct stat st;

	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
		return false;
	for (size_t i = 0; i < ARRAY_LEN(forms); i++) {
		if (!looks_so(fd, (uint64_t)st.st_size, i, whose))
			continue;
		size_t n = put_line(i, whose, &sum, line);
		if (!sum_up(fd, (uint64_t)st.st_size - n, &sum))
			return false;
		(void)put_line(i, whose, &sum, line);
		return readat(fd, (uint64_t)st.st_size - n, found, n) == (ssize_t)n &&
		       memcmp(line, found, n) == 0;
	}
	return false;
}
