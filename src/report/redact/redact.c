/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The table of stand-ins.  Texts are found by their bytes after folding: each character
 * becomes its upper case if that takes as many bytes, so that a place in the folded text is
 * the same place in the text.
 */
#include "report/redact/redact.h"

#include "base/array.h"
#include "base/text.h"
#include "report/redact/redactshape.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Texts of one run: 1 GB of them at 64 bytes each. */
#define MAX_TEXTS ((size_t)1 << 24)

/* Bytes of a text by which it is looked for inside of others; shorter ones are not. */
#define HEAD 3
/* Texts with the same beginning that are tried: what is not found is redacted by its words. */
#define MAX_TRIED 256
/* Longer texts are not looked for inside of others: so a place costs no more than this. */
#define MAX_INSIDE 1024

struct entry {
	char *text;   /* as it was first met */
	char *folded; /* what it is found by */
	char *shown;  /* the stand-in, or the text itself */
	size_t len;   /* bytes of folded */
	size_t next;  /* number + 1 of another one with the same beginning; 0: none */
	enum redact_kind kind;
	bool stays;	   /* it needs no stand-in */
	unsigned document; /* in which it was replaced last */
};

struct redact {
	struct entry *items;
	size_t n, cap;
	size_t *slots; /* number + 1 of the entry; by hash of all bytes */
	size_t *heads; /* likewise, by hash of the first bytes */
	size_t n_slots;
	uint64_t seed;			/* of the hashes */
	size_t numbers[REDACT_N_KINDS]; /* stand-ins of each kind */
	size_t texts[REDACT_N_KINDS], places[REDACT_N_KINDS];
	unsigned document;
	bool gathering;
};

const char *redact_kind_word(enum redact_kind kind)
{
	static const char *const words[] = {
#define X(constant, word) [constant] = word,
		REDACT_KINDS(X)
#undef X
	};

	return words[kind];
}

struct redact *redact_new(void)
{
	struct redact *redact = calloc(1, sizeof(*redact));

	if (redact) {
		redact->document = 1;
		/* Where memory is, is chosen anew for each process. */
		redact->seed = (uint64_t)(uintptr_t)redact * UINT64_C(0x9e3779b97f4a7c15);
	}
	return redact;
}

void redact_free(struct redact *redact)
{
	if (!redact)
		return;
	for (size_t i = 0; i < redact->n; i++) {
		free(redact->items[i].text);
		free(redact->items[i].folded);
		free(redact->items[i].shown);
	}
	free(redact->items);
	free(redact->slots);
	free(redact->heads);
	free(redact);
}

void redact_gather(struct redact *redact, bool gathering)
{
	if (redact)
		redact->gathering = gathering;
}

bool redact_is_gathering(const struct redact *redact)
{
	return redact->gathering;
}

/* ---- folding ---- */

/* The upper case of a character of two or three bytes, in place, if it takes as many. */
static void fold_wide(unsigned char *at, size_t n)
{
	unsigned unit = n == 2 ? (unsigned)(at[0] & 0x1f) << 6 | (at[1] & 0x3f)
			       : (unsigned)(at[0] & 0x0f) << 12 |
					 (unsigned)(at[1] & 0x3f) << 6 | (at[2] & 0x3f);
	unsigned upper = text_upcase((uint16_t)unit);

	if (n == 2 && upper >= 0x80 && upper < 0x800) {
		at[0] = (unsigned char)(0xc0 | upper >> 6);
		at[1] = (unsigned char)(0x80 | (upper & 0x3f));
	} else if (n == 3 && upper >= 0x800) {
		at[0] = (unsigned char)(0xe0 | upper >> 12);
		at[1] = (unsigned char)(0x80 | (upper >> 6 & 0x3f));
		at[2] = (unsigned char)(0x80 | (upper & 0x3f));
	}
}

/* Bytes that are no UTF-8 stay.  Return: malloc'ed; NULL when out of memory. */
static char *fold(const char *utf8, size_t len)
{
	char *folded = strndup(utf8, len);

	if (!folded)
		return NULL;
	for (unsigned char *at = (unsigned char *)folded; *at;) {
		size_t n = *at < 0xc0 ? 1 : *at < 0xe0 ? 2 : *at < 0xf0 ? 3 : 1;
		for (size_t i = 1; i < n; i++)
			if ((at[i] & 0xc0) != 0x80)
				n = 1;
		if (n > 1)
			fold_wide(at, n);
		else if (*at >= 'a' && *at <= 'z')
			*at = (unsigned char)(*at - 'a' + 'A');
		at += n;
	}
	return folded;
}

/* ---- finding ---- */

/* FNV-1a from a start that evidence cannot know, so that it cannot choose what collides. */
static size_t hash_of(const struct redact *redact, const char *bytes, size_t len)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325) ^ redact->seed;

	for (size_t i = 0; i < len; i++)
		hash = (hash ^ (unsigned char)bytes[i]) * UINT64_C(0x100000001b3);
	return (size_t)(hash ^ hash >> 32);
}

/* The slot that holds the text, or that is free for it. */
static size_t *slot_of(const struct redact *redact, const char *folded, size_t len)
{
	size_t at = hash_of(redact, folded, len) & (redact->n_slots - 1);

	for (;; at = (at + 1) & (redact->n_slots - 1)) {
		const struct entry *entry;
		if (redact->slots[at] == 0)
			break;
		entry = &redact->items[redact->slots[at] - 1];
		if (entry->len == len && memcmp(entry->folded, folded, len) == 0)
			break;
	}
	return &redact->slots[at];
}

/* Texts of no known kind, and short ones, are not looked for inside of others. */
static void put_in_slots(struct redact *redact, size_t number)
{
	struct entry *entry = &redact->items[number];
	size_t *head;

	*slot_of(redact, entry->folded, entry->len) = number + 1;
	entry->next = 0;
	if (entry->len < HEAD || entry->kind == REDACT_TEXT || entry->stays)
		return;
	head = &redact->heads[hash_of(redact, entry->folded, HEAD) &
			      (redact->n_slots - 1)];
	entry->next = *head;
	*head = number + 1;
}

/* At most half of the slots are taken. */
static enum status make_slots(struct redact *redact)
{
	size_t n = redact->n_slots ? 2 * redact->n_slots : 256;

	if (2 * (redact->n + 1) <= redact->n_slots)
		return STATUS_OK;
	size_t *slots = calloc(n, sizeof(*slots)), *heads = calloc(n, sizeof(*heads));
	if (!slots || !heads) {
		free(slots);
		free(heads);
		return STATUS_NOMEM;
	}
	free(redact->slots);
	free(redact->heads);
	redact->slots = slots;
	redact->heads = heads;
	redact->n_slots = n;
	for (size_t i = 0; i < redact->n; i++)
		put_in_slots(redact, i);
	return STATUS_OK;
}

static struct entry *find(struct redact *redact, const char *folded, size_t len)
{
	size_t number = redact->n_slots ? *slot_of(redact, folded, len) : 0;

	return number ? &redact->items[number - 1] : NULL;
}

/* What is shown of it, once more. */
static const char *show(struct redact *redact, struct entry *entry)
{
	if (entry->stays)
		return entry->shown;
	redact->places[entry->kind]++;
	if (entry->document != redact->document)
		redact->texts[entry->kind]++;
	entry->document = redact->document;
	return entry->shown;
}

const char *redact_known(struct redact *redact, const char *utf8, size_t len)
{
	char *folded = fold(utf8, len);
	struct entry *entry;

	if (!folded) {
		status_note_nomem();
		return NULL;
	}
	entry = find(redact, folded, strlen(folded));
	free(folded);
	return entry ? show(redact, entry) : NULL;
}

static bool stands_alone(const char *text, size_t at, size_t len)
{
	if (at > 0 && redactshape_is_word_byte(text[at]) &&
	    redactshape_is_word_byte(text[at - 1]))
		return false;
	return !redactshape_is_word_byte(text[at + len - 1]) ||
	       !redactshape_is_word_byte(text[at + len]);
}

size_t redact_known_at(struct redact *redact, const char *utf8, size_t at,
		       const char **shown)
{
	size_t left = strlen(utf8 + at), longest = 0, tried = 0, number;
	struct entry *best = NULL;
	char *folded;

	if (left < HEAD || redact->n_slots == 0)
		return 0;
	left = left < MAX_INSIDE ? left : MAX_INSIDE;
	folded = fold(utf8 + at, left);
	if (!folded) {
		status_note_nomem();
		return 0;
	}
	number = redact->heads[hash_of(redact, folded, HEAD) & (redact->n_slots - 1)];
	for (; number && tried < MAX_TRIED; tried++) {
		struct entry *entry = &redact->items[number - 1];
		if (entry->len <= left && entry->len > longest &&
		    memcmp(entry->folded, folded, entry->len) == 0 &&
		    stands_alone(utf8, at, entry->len)) {
			longest = entry->len;
			best = entry;
		}
		number = entry->next;
	}
	free(folded);
	if (best)
		*shown = show(redact, best);
	return longest;
}

bool redact_is_standin(const struct redact *redact, const char *utf8, size_t len)
{
	for (size_t kind = 0; kind < REDACT_N_KINDS; kind++) {
		const char *word = redact_kind_word((enum redact_kind)kind);
		size_t n = strlen(word), number = 0;
		if (len < n + 2 || len > n + 9 || memcmp(utf8, word, n) != 0 ||
		    utf8[n] != '-' || utf8[n + 1] == '0')
			continue;
		for (n++; n < len && utf8[n] >= '0' && utf8[n] <= '9'; n++)
			number = 10 * number + (size_t)(utf8[n] - '0');
		if (n == len && number <= redact->numbers[kind])
			return true;
	}
	return false;
}

/* ---- adding ---- */

static char *name_of(struct redact *redact, enum redact_kind kind)
{
	char *name = NULL;

	if (asprintf(&name, "%s-%zu", redact_kind_word(kind), redact->numbers[kind] + 1) <
	    0)
		return NULL;
	return name;
}

/* Takes the folded text.  Return: NULL when out of memory. */
static struct entry *add(struct redact *redact, enum redact_kind kind, const char *utf8,
			 char *folded)
{
	bool stays = redactshape_stays(kind, utf8);
	struct entry entry = {
		.text = strdup(utf8),
		.folded = folded,
		.len = strlen(folded),
		.kind = kind,
		.stays = stays,
		.shown = stays ? strdup(utf8) : name_of(redact, kind),
	};

	if (!entry.text || !entry.shown || make_slots(redact) != STATUS_OK ||
	    ARRAY_RESERVE(redact, MAX_TEXTS) != STATUS_OK) {
		free(entry.text);
		free(entry.folded);
		free(entry.shown);
		return NULL;
	}
	redact->numbers[kind] += !stays;
	redact->items[redact->n++] = entry;
	put_in_slots(redact, redact->n - 1);
	return &redact->items[redact->n - 1];
}

char *redact_as(struct redact *redact, enum redact_kind kind, const char *utf8)
{
	size_t len = strlen(utf8);
	enum redact_kind looks;
	struct entry *entry;
	char *folded;

	if (!redact || len == 0 || redact_is_standin(redact, utf8, len))
		return strdup(utf8);
	folded = fold(utf8, len);
	if (!folded)
		return NULL;
	entry = find(redact, folded, len);
	if (entry) {
		free(folded);
	} else {
		/* What it looks like says more than where it stands. */
		if (redactshape_read(utf8, len, &looks))
			kind = looks;
		else if (redactshape_is_id(utf8, len))
			kind = REDACT_ID;
		entry = add(redact, kind, utf8, folded);
	}
	return entry ? strdup(show(redact, entry)) : NULL;
}

/* ---- what was replaced ---- */

void redact_count_anew(struct redact *redact)
{
	redact->document++;
	memset(redact->texts, 0, sizeof(redact->texts));
	memset(redact->places, 0, sizeof(redact->places));
}

size_t redact_n_texts(const struct redact *redact, enum redact_kind kind)
{
	return redact->texts[kind];
}

size_t redact_n_places(const struct redact *redact, enum redact_kind kind)
{
	return redact->places[kind];
}

char *redact_sentence(const struct redact *redact)
{
	char *text = NULL;
	size_t size = 0, n = 0;
	FILE *out = open_memstream(&text, &size);

	for (size_t i = 0; out && i < REDACT_N_KINDS; i++)
		if (redact->numbers[i] > 0)
			fprintf(out, "%s%zu %s", n++ > 0 ? ", " : "", redact->numbers[i],
				redact_kind_word((enum redact_kind)i));
	if (out)
		fputs(n > 0 ? "; raw data is left out"
			    : "nothing was found to redact; raw data is left out",
		      out);
	return text_of_stream(out, &text);
}

static void put(struct output *output, const char *text)
{
	(void)output_write(output, span_of(text, strlen(text)));
}

/* The text as well-formed UTF-8 on one line; NULL when out of memory. */
static char *on_one_line(const char *bytes)
{
	struct text units;
	char *shown;

	if (!text_from_utf8(bytes, strlen(bytes), &units))
		return NULL;
	shown = text_exact(units);
	text_free(units);
	return shown;
}

enum status redact_write_list(const struct redact *redact, struct output *output)
{
	for (size_t i = 0; i < redact->n; i++) {
		const struct entry *entry = &redact->items[i];
		char *line = entry->stays ? NULL : on_one_line(entry->text);
		if (entry->stays)
			continue;
		if (!line)
			return STATUS_NOMEM;
		put(output, entry->shown);
		put(output, "\t");
		put(output, line);
		put(output, "\n");
		free(line);
	}
	return STATUS_OK;
}
