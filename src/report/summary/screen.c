/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Lines that are broken where their language allows it, by columns and not by
 * bytes (libunistring: widths, UAX #14 and UAX #29).
 */
#include "report/summary/screen.h"

#include "base/filetime.h"
#include "report/redact/redacttext.h"
#include "report/summary/terminalescape.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unigbrk.h>
#include <unilbrk.h>
#include <unistring/version.h>
#include <uniwidth.h>

/* Times of one sentence: two bounds. */
#define SCREEN_TIMES 2

struct screen {
	FILE *out;
	struct summary_look look;
	/* The text of the line that is being made; styles stand in it as marks. */
	char *text;
	size_t len, cap;
	unsigned hang;	/* where its text begins */
	unsigned label; /* where the label ends */
	unsigned begin; /* where the first line's text does, behind a long label */
	bool open;	/* a line was begun */
	bool styled;	/* its text does not end as it began */
	bool any, gap;	/* a line was written; the last one is empty */
	const struct timezone *zone;
	uint64_t times[SCREEN_TIMES]; /* that screen_utc() is to come behind */
	size_t n_times;
	bool nomem;
};

/*
 * The mark of a style in a text: a control character, which what comes from
 * evidence cannot hold once it is made visible.
 */
#define STYLE_MARK 0x01
#define STYLE_LAST (STYLE_MARK + SCREEN_GOOD)
/* Likewise: a blank at which no line is broken. */
#define GLUE_MARK 0x0e

/* SGR of ECMA-48: strong is bold; the colours are those that every terminal has. */
static const char *const style_codes[] = {
	[SCREEN_PLAIN] = "\033[0m",	[SCREEN_STRONG] = "\033[0;1m",
	[SCREEN_BAD] = "\033[0;1;31m",	[SCREEN_CHANGED] = "\033[0;33m",
	[SCREEN_GOOD] = "\033[0;1;32m",
};

unsigned screen_library_version(void)
{
	return (unsigned)_libunistring_version;
}

struct screen *screen_new(FILE *out, struct summary_look look)
{
	struct screen *screen = calloc(1, sizeof(*screen));

	if (screen) {
		screen->out = out;
		screen->look = look;
	}
	return screen;
}

/* ---- putting text ---- */

static void append(struct screen *screen, const char *bytes, size_t n)
{
	if (n == 0)
		return;
	if (screen->cap - screen->len < n) {
		size_t cap = 2 * screen->cap + n + 256;
		char *grown = realloc(screen->text, cap);
		if (!grown) {
			screen->nomem = true;
			/* A line that is only measured is asked for nothing else. */
			status_note_nomem();
			return;
		}
		screen->text = grown;
		screen->cap = cap;
	}
	memcpy(screen->text + screen->len, bytes, n);
	screen->len += n;
}

void screen_print(struct screen *screen, const char *format, ...)
{
	va_list arguments;
	char *text = NULL;

	va_start(arguments, format);
	int n = vasprintf(&text, format, arguments);
	va_end(arguments);
	if (n < 0) {
		screen->nomem = true;
		return;
	}
	append(screen, text, (size_t)n);
	free(text);
}

/* Takes what is shown of a text of the evidence; NULL: out of memory. */
static void append_shown(struct screen *screen, char *shown)
{
	if (shown)
		append(screen, shown, strlen(shown));
	else
		screen->nomem = true;
	free(shown);
}

/* Takes what a text is redacted to; NULL: out of memory. */
static void append_redacted(struct screen *screen, char *redacted)
{
	append_shown(screen,
		     redacted ? terminalescape_path(redacted, screen->look.ascii) : NULL);
	free(redacted);
}

void screen_utf8(struct screen *screen, const char *utf8)
{
	if (screen->look.redact)
		append_redacted(screen, redacttext_sentence(screen->look.redact, utf8));
	else
		append_shown(screen, terminalescape_utf8(utf8, screen->look.ascii));
}

void screen_text(struct screen *screen, struct text text)
{
	char *utf8 = screen->look.redact ? text_to_utf8(text, NULL) : NULL;

	if (utf8)
		append_redacted(screen, redacttext_evidence(screen->look.redact, utf8));
	else if (screen->look.redact)
		screen->nomem = true;
	else
		append_shown(screen, terminalescape_text(text, screen->look.ascii));
	free(utf8);
}

void screen_path(struct screen *screen, const char *path)
{
	if (screen->look.redact)
		append_redacted(screen,
				redact_as(screen->look.redact, REDACT_PATH, path));
	else
		append_shown(screen, terminalescape_path(path, screen->look.ascii));
}

void screen_set_zone(struct screen *screen, const struct timezone *zone)
{
	screen->zone = zone;
}

void screen_time(struct screen *screen, uint64_t filetime)
{
	char time[FILETIME_TEXT_SIZE];
	char *separator, *fraction;

	filetime_format(filetime, time);
	separator = strchr(time, 'T');
	fraction = strchr(time, '.');
	if (separator)
		*separator = GLUE_MARK;
	if (fraction)
		*fraction = '\0';
	append(screen, time, strlen(time));
	if (screen->n_times < SCREEN_TIMES)
		screen->times[screen->n_times++] = filetime;
}

/* Local time, with its offset on the same line. */
static void append_local(struct screen *screen, const char *before, const char *local)
{
	char glued[TIMEZONE_TEXT_SIZE];

	(void)snprintf(glued, sizeof(glued), "%s", local);
	for (char *p = glued; *p; p++)
		if (*p == ' ')
			*p = GLUE_MARK;
	append(screen, before, strlen(before));
	append(screen, glued, strlen(glued));
}

void screen_utc(struct screen *screen)
{
	char local[TIMEZONE_TEXT_SIZE];
	bool any = false;

	append(screen, " UTC", 4);
	for (size_t i = 0; i < screen->n_times; i++) {
		if (!timezone_format(screen->zone, screen->times[i], local))
			continue;
		append_local(screen, any ? " and " : " (", local);
		any = true;
	}
	if (any)
		append(screen, ")", 1);
	screen->n_times = 0;
}

void screen_style(struct screen *screen, enum screen_style style)
{
	char mark = (char)(STYLE_MARK + style);

	append(screen, &mark, 1);
	screen->styled = style != SCREEN_PLAIN;
}

/* ---- columns ---- */

static const uint8_t *bytes_of(const char *text)
{
	return (const uint8_t *)text;
}

static bool is_style(char c)
{
	return c >= STYLE_MARK && c <= STYLE_LAST;
}

static bool is_mark(char c)
{
	return is_style(c) || c == GLUE_MARK;
}

/* Columns of one character with all that combines with it. */
static unsigned cluster_columns(const char *text, size_t n)
{
	int columns = is_mark(*text) ? *text == GLUE_MARK
				     : u8_width(bytes_of(text), n, "UTF-8");

	return columns < 0 ? 0 : (unsigned)columns;
}

static size_t cluster_size(const char *text, size_t n)
{
	const uint8_t *begin = bytes_of(text);

	return is_mark(*text) ? 1 : (size_t)(u8_grapheme_next(begin, begin + n) - begin);
}

static unsigned columns_of(const char *text, size_t n)
{
	unsigned columns = 0;

	for (size_t i = 0, size; i < n; i += size) {
		size = cluster_size(text + i, n - i);
		columns += cluster_columns(text + i, size);
	}
	return columns;
}

unsigned screen_columns(const struct screen *screen, struct text text)
{
	struct screen line = { .look = screen->look };

	screen_text(&line, text);
	unsigned columns = columns_of(line.text, line.len);
	free(line.text);
	return columns;
}

/* The path from the next name on; NULL if there is none. */
static const char *next_name(const char *path)
{
	const char *slash = strchr(path + strspn(path, "/"), '/');

	if (slash)
		slash += strspn(slash, "/");
	return slash && *slash ? slash : NULL;
}

void screen_path_end(struct screen *screen, const char *path, unsigned columns,
		     size_t least)
{
	const char *dots = screen->look.ascii ? ".../" : "…/";
	size_t len = screen->len;
	const char *next;

	screen_path(screen, path);
	/* A stand-in has no end of its own. */
	if (screen->look.redact)
		return;
	while ((next = next_name(path)) && strlen(next) >= least &&
	       columns_of(screen->text + len, screen->len - len) > columns) {
		screen->len = len;
		append(screen, dots, strlen(dots));
		screen_path(screen, path = next);
	}
}

/* ---- lines ---- */

/*
 * Where the line that begins at byte `from` ends, in columns from `column` on:
 * before a word, else within one behind what parts the names of a path, else
 * wherever the width is reached.  Of the places that UAX #14 allows, those
 * behind a blank and beside a wide character are taken: options, versions and
 * names of files stay whole.
 */
static size_t line_end(const struct screen *screen, const char *breaks, size_t from,
		       unsigned column)
{
	size_t word = 0, part = 0, i = from;
	unsigned before = 0;

	for (size_t size; i < screen->len; i += size) {
		const char *at = screen->text + i;
		size = cluster_size(at, screen->len - i);
		unsigned columns = cluster_columns(at, size);
		if (i > from && breaks[i] == UC_BREAK_POSSIBLE &&
		    (at[-1] == ' ' || columns > 1 || before > 1))
			word = i;
		if (i > from && (at[-1] == '\\' || at[-1] == '/'))
			part = i;
		column += before = columns;
		/* A blank at the end of a line is not shown. */
		if (column > SCREEN_WIDTH && *at != ' ' && i > from)
			return word ? word : part ? part : i;
	}
	return i;
}

static void put_styled(const struct screen *screen, const char *text, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!is_style(text[i]))
			putc_unlocked(text[i] == GLUE_MARK ? ' ' : text[i], screen->out);
		else if (screen->look.color)
			fputs(style_codes[text[i] - STYLE_MARK], screen->out);
}

/* The text, broken into lines; the label stands there already. */
static void lay_out(const struct screen *screen, const char *breaks)
{
	if (screen->len > 0)
		fprintf(screen->out, "%*s", (int)(screen->begin - screen->label), "");
	for (size_t i = 0, end; i < screen->len; i = end) {
		end = line_end(screen, breaks, i, i == 0 ? screen->begin : screen->hang);
		size_t n = end - i;
		while (n > 0 && screen->text[i + n - 1] == ' ')
			n--;
		put_styled(screen, screen->text + i, n);
		while (end < screen->len && screen->text[end] == ' ')
			end++;
		if (end < screen->len)
			fprintf(screen->out, "\n%*s", (int)screen->hang, "");
	}
}

static void end_line(struct screen *screen)
{
	char *breaks = screen->open ? calloc(screen->len + 1, 1) : NULL;

	if (breaks) {
		if (screen->styled)
			screen_style(screen, SCREEN_PLAIN);
		u8_possible_linebreaks(bytes_of(screen->text), screen->len, "UTF-8",
				       breaks);
		lay_out(screen, breaks);
		fputc('\n', screen->out);
	} else if (screen->open) {
		screen->nomem = true;
	}
	free(breaks);
	screen->open = screen->styled = false;
	screen->len = 0;
}

void screen_line(struct screen *screen, unsigned column, unsigned hang,
		 enum screen_style style, const char *label)
{
	unsigned width = columns_of(label, strlen(label));

	end_line(screen);
	screen->open = screen->any = true;
	screen->gap = false;
	screen->hang = hang;
	screen->label = column + width;
	screen->begin = screen->label < hang ? hang : screen->label + (width > 0);
	fprintf(screen->out, "%*s", (int)column, "");
	if (screen->look.color && style != SCREEN_PLAIN)
		fprintf(screen->out, "%s%s%s", style_codes[style], label,
			style_codes[SCREEN_PLAIN]);
	else
		fputs(label, screen->out);
}

void screen_row(struct screen *screen, unsigned column, unsigned hang, struct text name)
{
	struct screen label = { .look = screen->look };

	screen_text(&label, name);
	append(&label, "", 1);
	if (label.nomem) {
		screen->nomem = true;
	} else if (column + columns_of(label.text, label.len - 1) < hang) {
		screen_line(screen, column, hang, SCREEN_STRONG, label.text);
	} else {
		screen_line(screen, column, column + 2, SCREEN_PLAIN, "");
		screen->begin = column;
		screen_style(screen, SCREEN_STRONG);
		screen_text(screen, name);
		screen_line(screen, column + 4, column + 4, SCREEN_PLAIN, "");
	}
	free(label.text);
}

void screen_gap(struct screen *screen)
{
	end_line(screen);
	if (screen->any && !screen->gap)
		fputc('\n', screen->out);
	screen->gap = true;
}

enum status screen_free(struct screen *screen)
{
	enum status status = STATUS_OK;

	if (!screen)
		return STATUS_OK;
	end_line(screen);
	if (screen->nomem)
		status = STATUS_NOMEM;
	else if (fflush(screen->out) != 0 || ferror(screen->out))
		status = STATUS_IO;
	free(screen->text);
	free(screen);
	return status;
}
