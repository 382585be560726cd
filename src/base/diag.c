/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The list of what was observed about one input.  Every observation is
 * counted by its code; the first DIAG_MAX are kept with their sentences, and
 * the rest shows as one more item per code, made when it is asked for.
 */
#include "base/diag.h"

#include "base/array.h"
#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * A sentence names a key or value at most; evidence could make it as long as
 * a name in a hive can be (64 KB), a thousand times over.
 */
#define DIAG_SENTENCE_MAX 4096

/* Shown in place of what a sentence is too long for. */
#define DIAG_CUT "[...]"

/* Digits of a 64-bit number, the longest word and the words around them. */
#define DIAG_SUMMARY_SIZE 96

static const struct {
	const char *word;
	enum diag_severity severity;
} codes[] = {
#define X(constant, word, severity) [constant] = { word, severity },
	DIAG_CODES(X)
#undef X
};

#define N_CODES ARRAY_LEN(codes)

/* The item that stands for all suppressed observations of one code. */
struct summary {
	struct diag diag;
	size_t n; /* that the text tells of; 0: it is not made yet */
	char text[DIAG_SUMMARY_SIZE];
};

struct diag_list {
	struct diag *items;
	size_t n, cap;
	size_t observed[N_CODES];   /* all */
	size_t suppressed[N_CODES]; /* those that are not among the items */
	/* Apart, so that a borrowed, constant list can still fill them in. */
	struct summary *summaries;
};

struct diag_list *diag_list_new(void)
{
	struct diag_list *list = calloc(1, sizeof(*list));

	if (!list)
		return NULL;
	/* Taken now, so that being out of memory later can still be told. */
	list->summaries = calloc(N_CODES, sizeof(*list->summaries));
	if (!list->summaries) {
		free(list);
		return NULL;
	}
	return list;
}

void diag_list_free(struct diag_list *list)
{
	if (!list)
		return;
	for (size_t i = 0; i < list->n; i++)
		free(list->items[i].sentence);
	free(list->items);
	free(list->summaries);
	free(list);
}

void diag_list_freep(struct diag_list **list)
{
	diag_list_free(*list);
	*list = NULL;
}

/* Cuts an overlong sentence, where possible not inside a UTF-8 sequence. */
static void cut(char sentence[DIAG_SENTENCE_MAX])
{
	size_t end = DIAG_SENTENCE_MAX - sizeof(DIAG_CUT);

	/* A sequence has three continuation bytes (10xxxxxx) at most. */
	for (int i = 0; i < 3 && ((unsigned char)sentence[end] & 0xC0) == 0x80; i++)
		end--;
	memcpy(sentence + end, DIAG_CUT, sizeof(DIAG_CUT));
}

/* Return: the sentence as it will be shown, malloc'ed; NULL if it cannot be had. */
static PRINTF_LIKE(1, 0) char *sentence_of(const char *format, va_list args)
{
	char sentence[DIAG_SENTENCE_MAX];
	int len = vsnprintf(sentence, sizeof(sentence), format, args);

	if (len < 0)
		return NULL;
	if ((size_t)len >= sizeof(sentence))
		cut(sentence);
	return text_visible(sentence);
}

void diag_at(struct diag_list *list, enum diag_code code, uint64_t offset,
	     const char *format, ...)
{
	list->observed[code]++;
	if (ARRAY_RESERVE(list, DIAG_MAX) != STATUS_OK) {
		list->suppressed[code]++;
		return;
	}

	va_list args;

	va_start(args, format);
	char *sentence = sentence_of(format, args);

	va_end(args);
	if (!sentence) {
		list->suppressed[code]++;
		return;
	}
	list->items[list->n++] = (struct diag){
		.code = code,
		.offset = offset,
		.sentence = sentence,
	};
}

void diag_list_append(struct diag_list *list, const struct diag_list *from)
{
	for (size_t i = 0; i < from->n; i++)
		diag_at(list, from->items[i].code, from->items[i].offset, "%s",
			from->items[i].sentence);
	for (size_t code = 0; code < N_CODES; code++) {
		list->observed[code] += from->suppressed[code];
		list->suppressed[code] += from->suppressed[code];
	}
}

size_t diag_count(const struct diag_list *list)
{
	size_t n = list->n;

	for (size_t code = 0; code < N_CODES; code++)
		n += list->suppressed[code] > 0;
	return n;
}

static const struct diag *summarize(const struct diag_list *list, size_t code)
{
	struct summary *summary = &list->summaries[code];

	if (summary->n == list->suppressed[code])
		return &summary->diag;
	summary->n = list->suppressed[code];
	(void)snprintf(summary->text, sizeof(summary->text),
		       "%zu more observed of %s, not listed", list->suppressed[code],
		       codes[code].word);
	summary->diag = (struct diag){
		.code = DIAG_SUPPRESSED,
		.offset = DIAG_NOWHERE,
		.sentence = summary->text,
	};
	return &summary->diag;
}

const struct diag *diag_item(const struct diag_list *list, size_t i)
{
	if (i < list->n)
		return &list->items[i];
	i -= list->n;
	for (size_t code = 0; code < N_CODES; code++) {
		if (list->suppressed[code] == 0)
			continue;
		if (i-- == 0)
			return summarize(list, code);
	}
	return NULL;
}

void diag_list_share(const struct diag_list *list)
{
	for (size_t code = 0; code < N_CODES; code++)
		if (list->suppressed[code] > 0)
			(void)summarize(list, code);
}

size_t diag_count_from(const struct diag_list *list, enum diag_severity severity)
{
	size_t n = 0;

	for (size_t code = 0; code < N_CODES; code++)
		if (codes[code].severity >= severity)
			n += list->observed[code];
	return n;
}

size_t diag_count_of(const struct diag_list *list, enum diag_code code)
{
	return list->observed[code];
}

const char *diag_word(enum diag_code code)
{
	return codes[code].word;
}

enum diag_severity diag_severity(enum diag_code code)
{
	return codes[code].severity;
}

const char *diag_severity_word(enum diag_severity severity)
{
	switch (severity) {
	case DIAG_INFO:
		return "info";
	case DIAG_WARNING:
		return "warning";
	case DIAG_ERROR:
		return "error";
	}
	return "unknown";
}
