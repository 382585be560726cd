/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A reading of XML that only knows where tags begin and end.  Of what is not well-formed it
 * may see more or less than the parser, which stops there.  Source: XML 1.0, "2.4 Character
 * Data and Markup", "4.3.3 Character Encoding in Entities", appendix F.
 */
#include "report/tagguard.h"

#include "base/compiler.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

/* In these '<', '=' and quotes are the bytes of ASCII, which stand for nothing else. */
static const char *const encodings[] = {
	"UTF-8", "UTF8", "US-ASCII", "ASCII", "ISO-8859-1", "ISO-LATIN-1",
};

static bool refuse(struct tagguard *guard, const char *why)
{
	(void)snprintf(guard->why, sizeof(guard->why), "line %zu: %s", guard->n_lines + 1,
		       why);
	return false;
}

/* ---- the encoding ---- */

/* Marks by which parsers know another one: of byte order, '<' in wider units, EBCDIC. */
static bool is_marked(const uint8_t first[4])
{
	static const uint8_t ebcdic[4] = { 0x4C, 0x6F, 0xA7, 0x94 };

	return memcmp(first, "\xFE\xFF", 2) == 0 || memcmp(first, "\xFF\xFE", 2) == 0 ||
	       (memchr(first, '<', 4) && memchr(first, 0, 4)) ||
	       memcmp(first, ebcdic, sizeof(ebcdic)) == 0;
}

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* True if the declaration names no encoding, or one that can be looked through. */
static bool is_readable(const char *head, size_t len)
{
	const char *end = head + len, *at = memmem(head, len, "encoding", 8), *close;

	if (!at)
		return true;
	for (at += 8; at < end && (is_space(*at) || *at == '='); at++)
		;
	if (at == end || !(close = memchr(at + 1, *at, (size_t)(end - at - 1))))
		return false;
	for (size_t i = 0; i < ARRAY_LEN(encodings); i++)
		if (strlen(encodings[i]) == (size_t)(close - at - 1) &&
		    strncasecmp(encodings[i], at + 1, (size_t)(close - at - 1)) == 0)
			return true;
	return false;
}

/*
 * Keeps the document's first bytes, to the end of the declaration if there is one.
 * Return: false if it is in another encoding, or does not say so soon.
 */
static bool take_head(struct tagguard *guard, uint8_t c)
{
	static const char start[] = "<?xml";
	const char *head = (const char *)guard->head;
	bool fits = true;

	guard->head[guard->n_head++] = c;
	if (guard->n_head < 4)
		return true;
	/* UTF-8 has a mark, too. */
	size_t from = memcmp(head, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0,
	       len = guard->n_head - from;
	if (guard->n_head == 4)
		fits = !is_marked(guard->head);
	if (memcmp(head + from, start, len < 5 ? len : 5) != 0) {
		guard->headed = true;
	} else if (c == '>' && guard->last[0] == '?') {
		guard->headed = true;
		fits = is_readable(head, guard->n_head);
	} else if (guard->n_head == sizeof(guard->head)) {
		fits = false;
	}
	return fits || refuse(guard, "a report in another encoding than UTF-8 is not "
				     "read");
}

/* ---- tags ---- */

/* What begins behind '<', told by its first characters. */
static enum tagguard_at opened(struct tagguard *guard, uint8_t c)
{
	guard->n_opened++;
	if (guard->n_opened == 1)
		return c == '?'	  ? TAGGUARD_INSTRUCTION
		       : c == '!' ? TAGGUARD_OPENED
		       : c == '>' ? TAGGUARD_TEXT
				  : TAGGUARD_TAG;
	if (guard->n_opened == 2)
		return c == '-' || c == '[' ? TAGGUARD_OPENED : TAGGUARD_TAG;
	/* "<!--", or "<![CDATA[", of which only the beginning matters. */
	if (guard->last[0] == '[')
		return TAGGUARD_CDATA;
	return c == '-' ? TAGGUARD_COMMENT : TAGGUARD_TAG;
}

static enum tagguard_at in_tag(struct tagguard *guard, uint8_t c)
{
	if (c == '>')
		return TAGGUARD_TEXT;
	guard->n_attributes += c == '=';
	if (c != '"' && c != '\'')
		return TAGGUARD_TAG;
	guard->quote = c;
	return TAGGUARD_VALUE;
}

static enum tagguard_at next(struct tagguard *guard, uint8_t c)
{
	const uint8_t *last = guard->last;

	switch (guard->at) {
	case TAGGUARD_TEXT:
		guard->n_opened = guard->n_attributes = 0;
		return c == '<' ? TAGGUARD_OPENED : TAGGUARD_TEXT;
	case TAGGUARD_OPENED:
		return opened(guard, c);
	case TAGGUARD_TAG:
		return in_tag(guard, c);
	case TAGGUARD_VALUE:
		return c == guard->quote ? TAGGUARD_TAG : TAGGUARD_VALUE;
	case TAGGUARD_COMMENT:
		return c == '>' && last[0] == '-' && last[1] == '-' ? TAGGUARD_TEXT
								    : TAGGUARD_COMMENT;
	case TAGGUARD_CDATA:
		return c == '>' && last[0] == ']' && last[1] == ']' ? TAGGUARD_TEXT
								    : TAGGUARD_CDATA;
	case TAGGUARD_INSTRUCTION:
		return c == '>' && last[0] == '?' ? TAGGUARD_TEXT : TAGGUARD_INSTRUCTION;
	}
	return TAGGUARD_TEXT;
}

static bool take(struct tagguard *guard, uint8_t c)
{
	if (!guard->headed && !take_head(guard, c))
		return false;
	guard->at = next(guard, c);
	guard->last[1] = guard->last[0];
	guard->last[0] = c;
	if (guard->n_attributes > TAGGUARD_MAX_ATTRIBUTES)
		return refuse(guard,
			      "a tag has more than 100 attributes; none of a report "
			      "has");
	guard->n_lines += c == '\n';
	return true;
}

/* ---- what changes nothing ---- */

static size_t before(struct span bytes, uint8_t end)
{
	const uint8_t *at = bytes.len > 0 ? memchr(bytes.ptr, end, bytes.len) : NULL;

	return at ? (size_t)(at - bytes.ptr) : bytes.len;
}

/* How many bytes come before one that can change where in the document it is. */
static size_t count_idle(const struct tagguard *guard, struct span bytes)
{
	uint8_t c = 0;
	size_t n = 0;

	if (!guard->headed)
		return 0;
	if (guard->at == TAGGUARD_TEXT)
		return before(bytes, '<');
	if (guard->at == TAGGUARD_VALUE)
		return before(bytes, guard->quote);
	while (guard->at == TAGGUARD_TAG && span_u8(bytes, n, &c) && c != '>' &&
	       c != '=' && c != '"' && c != '\'')
		n++;
	return n;
}

static size_t count_lines(struct span bytes)
{
	size_t n = 0;

	for (size_t at; (at = before(bytes, '\n')) < bytes.len; n++)
		bytes = span_from(bytes, at + 1);
	return n;
}

bool tagguard_take(struct tagguard *guard, struct span bytes)
{
	uint8_t c = 0;

	while (!guard->why[0] && bytes.len > 0) {
		size_t n_idle = count_idle(guard, bytes);
		guard->n_lines += count_lines(span_clip(bytes, n_idle));
		bytes = span_from(bytes, n_idle);
		if (span_u8(bytes, 0, &c) && !take(guard, c))
			return false;
		bytes = span_from(bytes, 1);
	}
	return !guard->why[0];
}
