/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Texts of an index: kept as they are, and made into units for what is written. */
#ifndef REPORT_INDEX_INDEXTEXT_H
#define REPORT_INDEX_INDEXTEXT_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/text.h"
#include "report/redact/redact.h"

/* Where texts are kept. */
struct index_texts {
	struct arena *arena;
	const char *folder;    /* see index_new(); "" for none */
	struct redact *redact; /* NULL: nothing is redacted */
	bool nomem;	       /* memory ran out, now or earlier */
};

/* A copy, lent by the arena; NULL for NULL, and when out of memory. */
const char *indextext_keep(struct index_texts *texts, const char *bytes);

/* The same as it is shown: what is of a kind, a path of keys, a sentence of the program. */
const char *indextext_as(struct index_texts *texts, enum redact_kind kind,
			 const char *bytes);
const char *indextext_keys(struct index_texts *texts, const char *path);
const char *indextext_sentence(struct index_texts *texts, const char *utf8);

/*
 * The same of the name of a file that was written, as it is called from the folder;
 * NULL for "-", which has no name.
 */
const char *indextext_file(struct index_texts *texts, const char *path);

/*
 * A name of the evidence as UTF-8.  *utf16: its units in hex, if UTF-8 cannot hold it or
 * some of it would not show; else NULL.
 */
const char *indextext_name(struct index_texts *texts, struct text name,
			   const char **utf16);

/*
 * The units of a text: of its hex if there is one, else of its bytes, where what is no
 * UTF-8 is U+FFFD.  To be freed with text_free().
 * Return: false when out of memory.
 */
bool indextext_units(const char *bytes, const char *utf16, struct text *out) MUST_CHECK;

#endif
