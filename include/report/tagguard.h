/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What of a document would keep libxml2 at work for long, seen in its bytes before libxml2
 * gets them: it holds each attribute of a start tag against all others of it before
 * anybody is asked.
 */
#ifndef REPORT_TAGGUARD_H
#define REPORT_TAGGUARD_H

#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/span.h"

/*
 * Attributes of one start tag.  Reports have 20 at most, and the page reads 40; with so many
 * the time is still one of the bytes.
 */
#define TAGGUARD_MAX_ATTRIBUTES 100

/* Bytes in which the XML declaration must end: one has some 60. */
#define TAGGUARD_HEAD 256

enum tagguard_at {
	TAGGUARD_TEXT,
	TAGGUARD_OPENED, /* behind '<', before what tells the kind */
	TAGGUARD_TAG,
	TAGGUARD_VALUE, /* in a tag, between quotes */
	TAGGUARD_COMMENT,
	TAGGUARD_CDATA,
	TAGGUARD_INSTRUCTION,
};

/* How far the reading is; all zero at the beginning. */
struct tagguard {
	enum tagguard_at at;
	uint8_t quote;	     /* of the value */
	uint8_t last[2];     /* the bytes before, the newest first */
	size_t n_opened;     /* bytes behind '<' */
	size_t n_attributes; /* of the tag */
	size_t n_lines;	     /* that ended */
	uint8_t head[TAGGUARD_HEAD];
	size_t n_head;
	bool headed;   /* it is known what encoding there is */
	char why[128]; /* why the document is not to be read; "" as long as it may be */
};

/*
 * Looks at the next bytes, which may end anywhere, of a document in UTF-8, ASCII or
 * Latin-1.  In another encoding nothing could be seen, so a document that has or declares
 * one may not be read; wmsdiff writes UTF-8.
 * Return: false if a parser must not get these bytes; guard->why is the sentence.  From then
 * on it is always false.
 */
MUST_CHECK bool tagguard_take(struct tagguard *guard, struct span bytes);

#endif
