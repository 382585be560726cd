/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One screen: the sentence over all, a line a subject, what was left out, and where the
 * whole of it is.  What does not fit a line is cut, for the page and the table have it.
 */
#include "report/index/indexscreen.h"

#include "cause/cause.h"
#include "cause/grade.h"
#include "report/index/indexorder.h"
#include "report/summary/screen.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Where names begin, and what the widest one leaves for the rest. */
#define NAME_COLUMN 12
#define NAME_MOST 28
#define GAP 2

static enum screen_style style_of(enum index_state state)
{
	switch (state) {
	case INDEX_LOST:
	case INDEX_MISSING:
		return SCREEN_BAD;
	case INDEX_IN_DOUBT:
	case INDEX_UNREADABLE:
	case INDEX_UNPAIRED:
		return SCREEN_CHANGED;
	case INDEX_BACK:
	case INDEX_CHANGED:
	case INDEX_UNCHANGED:
	case INDEX_NONE_FOUND:
		break;
	}
	return SCREEN_PLAIN;
}

/* "in doubt" */
static const char *words_of(enum index_state state, char out[16])
{
	(void)snprintf(out, 16, "%s", indexdata_state_word(state));
	for (char *c = out; *c; c++)
		*c = *c == '_' ? ' ' : *c;
	return out;
}

/* ---- text of so many columns ---- */

static unsigned columns_of(const struct screen *screen, const char *bytes)
{
	struct text text;
	unsigned columns = 0;

	if (text_from_utf8(bytes, strlen(bytes), &text)) {
		columns = screen_columns(screen, text);
		text_free(text);
	}
	return columns;
}

/* The first n units of a text, or one less where a pair would be torn apart. */
static struct text first_units(struct text text, size_t n)
{
	bool torn = n > 0 && unicode_is_high(text_unit(text, n - 1)) &&
		    unicode_is_low(text_unit(text, n));

	return text_slice(text, 0, n - torn);
}

/* As much of the beginning of a text as takes no more columns. */
static struct text beginning_of(const struct screen *screen, struct text text,
				unsigned columns)
{
	size_t low = 0, high = text_length(text);

	/* Combining marks past that are not worth it: a hostile length costs nothing. */
	high = high < (size_t)2 * SCREEN_WIDTH ? high : (size_t)2 * SCREEN_WIDTH;
	while (low < high) {
		size_t middle = low + (high - low + 1) / 2;
		if (screen_columns(screen, first_units(text, middle)) <= columns)
			low = middle;
		else
			high = middle - 1;
	}
	return first_units(text, low);
}

/* Whole, or its beginning and an ellipsis. */
static void put_within(struct screen *screen, const char *bytes, unsigned columns,
		       const char *ellipsis)
{
	struct text text;
	unsigned dots = columns_of(screen, ellipsis);

	if (!text_from_utf8(bytes, strlen(bytes), &text))
		return;
	if (screen_columns(screen, text) <= columns) {
		screen_text(screen, text);
	} else {
		screen_text(screen, beginning_of(screen, text, columns - dots));
		screen_print(screen, "%s", ellipsis);
	}
	text_free(text);
}

/* ---- what is said of a subject ---- */

static const char *name_of(const struct index_subject *subject)
{
	if (*subject->name)
		return subject->name;
	if (subject->sid)
		return subject->sid;
	return subject->n_paths > 0 ? subject->paths[subject->n_paths - 1] : "?";
}

/* True if another subject of that name has an id that ends in the same way, or any at all. */
static bool is_shared(const struct index *index, const struct index_subject *subject,
		      const char *end)
{
	size_t len = strlen(end);

	for (size_t i = 0; i < index->subjects.n; i++) {
		const struct index_subject *other = &index->subjects.items[i];
		size_t n = other->sid ? strlen(other->sid) : 0;
		if (other != subject && strcasecmp(other->name, subject->name) == 0 &&
		    (len == 0 || (n >= len && strcmp(other->sid + n - len, end) == 0)))
			return true;
	}
	return false;
}

/*
 * What tells it from others of its name: as many of the last parts of its security id as
 * that takes; "" if it has none, or no other has its name.
 */
static const char *beside_name(const struct index *index,
			       const struct index_subject *subject)
{
	const char *end = subject->sid ? subject->sid + strlen(subject->sid) : NULL;

	if (!end || !*subject->name || !is_shared(index, subject, ""))
		return "";
	while (end > subject->sid && (*end != '-' || is_shared(index, subject, end)))
		end--;
	return end;
}

/* The surest cause that a row of it has; NULL if none has one. */
static const struct index_row *weighed_of(const struct index *index,
					  const struct index_subject *subject)
{
	const struct index_row *best = NULL;

	for (size_t i = 0; i < subject->n_rows; i++) {
		const struct index_row *row = &index->rows.items[subject->first_row + i];
		if (row->weighed && (!best || row->grade < best->grade))
			best = row;
	}
	return best;
}

static void put_count(FILE *out, size_t n, const char *what, const char **gap)
{
	if (n == 0)
		return;
	fprintf(out, "%s%zu %s", *gap, n, what);
	*gap = ", ";
}

static void put_lost(FILE *out, const struct index *index,
		     const struct index_subject *subject)
{
	const struct verdict *v = &subject->verdict;
	const struct index_row *row = weighed_of(index, subject);
	const char *gap = "";

	put_count(out, v->other_hive, "in a hive that another replaced", &gap);
	put_count(out, v->gone - v->other_hive, "gone", &gap);
	put_count(out, v->recovered, "deleted and recovered", &gap);
	put_count(out, v->recreated, "recreated", &gap);
	put_count(out, v->damaged, "damaged", &gap);
	put_count(out, v->unknown + v->unknown_damaged, "in doubt", &gap);
	if (row)
		fprintf(out, "; %s (%s)", cause_word(row->cause), grade_word(row->grade));
	if (subject->n_restored > 0)
		fprintf(out, "; %zu .reg", subject->n_restored);
	if (subject->exit_status == 2)
		fprintf(out, "; incomplete");
}

/* malloc'ed; NULL when out of memory. */
static char *gist_of(const struct index *index, const struct index_subject *subject)
{
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);

	if (out && subject->state == INDEX_LOST)
		put_lost(out, index, subject);
	else if (out)
		fprintf(out, "%s", subject->answer);
	return text_of_stream(out, &text);
}

static bool put_subject(struct screen *screen, const struct index *index,
			const struct index_subject *subject, unsigned name_columns,
			const char *ellipsis)
{
	unsigned rest = SCREEN_WIDTH - NAME_COLUMN - name_columns - GAP;
	const char *name = name_of(subject), *end = beside_name(index, subject);
	unsigned columns = columns_of(screen, name);
	char *gist = gist_of(index, subject), word[16];

	if (!gist)
		return false;
	screen_line(screen, 0, NAME_COLUMN, style_of(subject->state),
		    words_of(subject->state, word));
	screen_style(screen, SCREEN_STRONG);
	put_within(screen, name, name_columns, ellipsis);
	screen_style(screen, SCREEN_PLAIN);
	columns = columns < name_columns ? columns : name_columns;
	screen_print(screen, "%*s", (int)(name_columns - columns + GAP), "");
	if (*end && strlen(end) + 3 < rest / 2) {
		screen_print(screen, "(%s) ", end);
		rest -= (unsigned)strlen(end) + 3;
	}
	put_within(screen, gist, rest, ellipsis);
	free(gist);
	return true;
}

/* ---- all of it ---- */

/* "... and 3 more lost, 200 unchanged" */
static void put_left_out(struct screen *screen,
			 const struct index_subject *const *subjects, size_t n)
{
	size_t left[INDEX_N_STATES] = { 0 };
	const char *gap = "... and ", *more = " more";
	char word[16];

	if (n == 0)
		return;
	for (size_t i = 0; i < n; i++)
		left[subjects[i]->state]++;
	screen_line(screen, NAME_COLUMN, NAME_COLUMN, SCREEN_PLAIN, "");
	for (unsigned i = 0; i < INDEX_N_STATES; i++) {
		if (left[i] == 0)
			continue;
		screen_print(screen, "%s%zu%s %s", gap, left[i], more, words_of(i, word));
		gap = ", ";
		more = "";
	}
}

static void put_verdict(struct screen *screen, const char *sentence, int status)
{
	screen_line(screen, 0, 9, SCREEN_PLAIN, "wmsdiff:");
	screen_style(screen, status > 0 ? SCREEN_BAD : SCREEN_GOOD);
	screen_print(screen, "%s", sentence);
}

static void put_redaction(struct screen *screen, const struct redact *redact)
{
	char *counts = redact ? redact_sentence(redact) : NULL;

	if (!redact)
		return;
	screen_line(screen, 0, NAME_COLUMN, SCREEN_PLAIN, "redacted");
	screen_print(screen, "%s", counts ? counts : "out of memory");
	free(counts);
}

static void put_path(struct screen *screen, const char *what, struct redact *redact,
		     const char *path, int status)
{
	char *shown = redact_as(redact, REDACT_PATH, path);
	char behind[32];

	if (!shown)
		status_note_nomem();
	(void)snprintf(behind, sizeof(behind), " (exit status %d)", status);
	screen_line(screen, 0, NAME_COLUMN, SCREEN_PLAIN, what);
	screen_path_end(screen, shown ? shown : "?",
			SCREEN_WIDTH - NAME_COLUMN - (unsigned)strlen(behind), 0);
	screen_print(screen, "%s", behind);
	free(shown);
}

static bool put_subjects(struct screen *screen, const struct index *index,
			 const struct index_subject *const *subjects,
			 const char *ellipsis)
{
	size_t n = index->subjects.n, shown = n;
	unsigned name_columns = 0;

	shown = n < INDEXSCREEN_MAX_LINES ? n : INDEXSCREEN_MAX_LINES;
	for (size_t i = 0; i < shown; i++) {
		unsigned columns = columns_of(screen, name_of(subjects[i]));
		if (columns > name_columns)
			name_columns = columns < NAME_MOST ? columns : NAME_MOST;
	}
	for (size_t i = 0; i < shown; i++)
		if (!put_subject(screen, index, subjects[i], name_columns, ellipsis))
			return false;
	put_left_out(screen, subjects + shown, n - shown);
	return true;
}

enum status indexscreen_write(const struct index *index, const char *what,
			      const char *path, struct summary_look look, FILE *out)
{
	struct redact *redact = look.redact;
	/* All that the index holds is redacted already. */
	look.redact = NULL;
	struct screen *screen = screen_new(out, look);
	const struct index_subject **subjects = NULL;
	int exit_status = indexdata_exit_status(index);
	char *sentence = indexdata_sentence(index);
	bool whole = false;

	if (screen && sentence && indexorder_by_state(index, &subjects) == STATUS_OK) {
		put_verdict(screen, sentence, exit_status);
		whole = put_subjects(screen, index, subjects,
				     look.ascii ? "..." : "\xE2\x80\xA6");
		put_redaction(screen, redact);
		if (path)
			put_path(screen, what, redact, path, exit_status);
	}
	free(subjects);
	free(sentence);
	enum status status = screen_free(screen);
	return status == STATUS_OK && !whole ? STATUS_NOMEM : status;
}
