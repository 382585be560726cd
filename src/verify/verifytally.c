/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "verify/verifytally.h"

#include "base/status.h"
#include "base/text.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>

static const char *const kind_words[] = {
#define X(constant, words) words,
	VERIFYTALLY_KINDS(X)
#undef X
};

static const char *const left_words[] = {
#define X(constant, words) words,
	VERIFYTALLY_LEFTS(X)
#undef X
};

/* Enough for two names and a path; what is longer is cut. */
#define LINE_SIZE 16384

void verifytally_holds(struct verifytally *tally, enum verifytally_kind kind)
{
	tally->hold[kind]++;
	tally->n_hold++;
}

void verifytally_leave(struct verifytally *tally, enum verifytally_left kind, uint64_t n)
{
	tally->left[kind] += n;
}

/* A text of report or evidence can hold what acts on a terminal, and be cut in a letter. */
static void print_line(FILE *out, const char *begin, const char *where, const char *text)
{
	struct text units;
	char *shown = NULL;

	if (text_from_utf8(text, strlen(text), &units)) {
		shown = text_exact(units);
		text_free(units);
	}
	if (shown)
		fprintf(out, "%s: %s: %s\n", begin, where, shown);
	else
		status_note_nomem();
	free(shown);
}

/* Fields that have texts; hashes, times and records are never redacted. */
static bool may_be_redacted(enum verifytally_kind kind)
{
	switch ((int)kind) {
	case VERIFYTALLY_BASE:
	case VERIFYTALLY_NAME:
	case VERIFYTALLY_DATA:
	case VERIFYTALLY_PROGRAM:
	case VERIFYTALLY_PROCESS:
	case VERIFYTALLY_EVENT:
		return true;
	default:
		return false;
	}
}

void verifytally_wrong(struct verifytally *tally, enum verifytally_kind kind,
		       const char *where, const char *format, ...)
{
	va_list arguments;

	if (tally->redacted && may_be_redacted(kind)) {
		verifytally_leave(tally, VERIFYTALLY_REDACTED, 1);
		return;
	}
	char *line = malloc(LINE_SIZE);
	tally->wrong[kind]++;
	tally->n_wrong++;
	if (!line) {
		status_note_nomem();
		return;
	}
	va_start(arguments, format);
	(void)vsnprintf(line, LINE_SIZE, format, arguments);
	va_end(arguments);
	print_line(tally->out, "wrong", where, line);
	free(line);
}

void verifytally_absent(struct verifytally *tally, const char *where, const char *why)
{
	tally->n_absent++;
	print_line(tally->out, "not there", where, why);
}

void verifytally_print(const struct verifytally *tally)
{
	fputs("Checked against the evidence:\n", tally->out);
	for (size_t i = 0; i < ARRAY_LEN(kind_words); i++)
		if (tally->hold[i] + tally->wrong[i] > 0)
			fprintf(tally->out,
				"  %-34s %9" PRIu64 " hold %9" PRIu64 " do not\n",
				kind_words[i], tally->hold[i], tally->wrong[i]);
	if (tally->n_hold + tally->n_wrong == 0)
		fputs("  nothing\n", tally->out);
	fputs("Not checked:\n", tally->out);
	for (size_t i = 0; i < ARRAY_LEN(left_words); i++)
		if (tally->left[i] > 0)
			fprintf(tally->out, "  %-56s %9" PRIu64 "\n", left_words[i],
				tally->left[i]);
}
