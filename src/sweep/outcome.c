/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The file that tells what became of a unit. */
#include "sweep/outcome.h"

#include "base/filetime.h"
#include "sweep/plan/planline.h"
#include "sweep/sweepfolder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define HEADING                                                                          \
	"unit\toutcome\tstatus\treason\thost\tstarted\tseconds\tidentity\twmsdiff\n"
#define N_FIELDS 9

/* Each field escaped, with the heading: more than any file of ours has. */
#define MAX_BYTES 8192

const char *outcome_word(enum outcome_kind kind)
{
	static const char *const words[] = {
#define X(constant, word, people) word,
		OUTCOMES(X)
#undef X
	};
	return words[kind];
}

const char *outcome_people(enum outcome_kind kind)
{
	static const char *const words[] = {
#define X(constant, word, people) people,
		OUTCOMES(X)
#undef X
	};
	return words[kind];
}

bool outcome_is_final(enum outcome_kind kind)
{
	return kind == OUTCOME_COMPARED || kind == OUTCOME_INCOMPLETE;
}

void outcome_begin(struct outcome *outcome)
{
	char now[FILETIME_TEXT_SIZE];

	filetime_format(filetime_from_unix(time(NULL), 0), now);
	/* Without the parts of a second, of which there are none. */
	(void)snprintf(outcome->started, sizeof(outcome->started), "%.*sZ",
		       (int)strcspn(now, "."), now);
}

void outcome_reason(struct outcome *outcome, const char *format, ...)
{
	char *raw = NULL;
	va_list arguments;

	va_start(arguments, format);
	int n = vasprintf(&raw, format, arguments);
	va_end(arguments);
	outcome->reason[0] = '\0';
	if (n < 0)
		return;
	(void)failure_path(raw, outcome->reason, sizeof(outcome->reason));
	free(raw);
	/* A character may have been cut in two. */
	size_t len = strlen(outcome->reason), back = len;
	while (back > 0 && (outcome->reason[back - 1] & 0xC0) == 0x80)
		back--;
	if (len == sizeof(outcome->reason) - 1 && back > 0)
		outcome->reason[outcome->reason[back - 1] & 0x80 ? back - 1 : len] = '\0';
}

/* ---- writing ---- */

static char *line_of(const struct outcome *o)
{
	char *reason = planline_escape(o->reason), *host = planline_escape(o->host);
	char *version = planline_escape(o->wmsdiff), *line = NULL, status[16] = "-";

	if (o->status >= 0)
		(void)snprintf(status, sizeof(status), "%d", o->status);
	if (reason && host && version &&
	    asprintf(&line, HEADING "%s\t%s\t%s\t%s\t%s\t%s\t%llu.%03u\t%s\t%s\n",
		     o->unit, outcome_word(o->kind), status, reason, host, o->started,
		     (unsigned long long)(o->ms / 1000), (unsigned)(o->ms % 1000),
		     o->identity, version) < 0)
		line = NULL;
	free(reason);
	free(host);
	free(version);
	return line;
}

/*
 * Not output_open(): it waits for the disk, which takes longer than a small unit.  What a
 * loss of power leaves of the file is no outcome, and the unit is done again.
 */
enum status outcome_write(const struct outcome *outcome, const char *path,
			  struct failure *failure)
{
	char *line = line_of(outcome), *fresh = NULL, shown[4200];
	enum status status = STATUS_NOMEM;

	if (line && asprintf(&fresh, "%s.new", path) >= 0) {
		status = sweepfolder_write(fresh, line, strlen(line), failure);
		if (status == STATUS_OK && rename(fresh, path) != 0) {
			failure_set(failure, "%s: %s",
				    failure_path(path, shown, sizeof(shown)),
				    strerror(errno));
			status = STATUS_IO;
		}
		free(fresh);
	}
	free(line);
	return status;
}

/* ---- reading ---- */

static bool read_kind(const char *word, enum outcome_kind *out)
{
	for (unsigned i = 0; i < OUTCOME_N; i++)
		if (strcmp(word, outcome_word((enum outcome_kind)i)) == 0) {
			*out = (enum outcome_kind)i;
			return true;
		}
	return false;
}

/* Digits, n at most, to a number.  Return: what follows them, or NULL if there are none. */
static const char *read_number(const char *text, unsigned n, uint64_t *out)
{
	const char *at = text;

	for (*out = 0; *at >= '0' && *at <= '9' && at < text + n; at++)
		*out = *out * 10 + (uint64_t)(*at - '0');
	return at > text ? at : NULL;
}

static bool read_status(const char *text, int *out)
{
	uint64_t number;
	const char *end = read_number(text, 3, &number);

	*out = end ? (int)number : -1;
	return end ? !*end : strcmp(text, "-") == 0;
}

static bool read_seconds(const char *text, uint64_t *ms)
{
	uint64_t seconds, part = 0;
	const char *end = read_number(text, 12, &seconds);
	bool good = end && *end == '.' && (end = read_number(end + 1, 3, &part)) && !*end;

	*ms = good ? seconds * 1000 + part : 0;
	return good;
}

static bool keep(const char *field, char *out, size_t size)
{
	return snprintf(out, size, "%s", field) < (int)size;
}

static bool read_fields(char *const fields[N_FIELDS], struct outcome *out)
{
	return unitname_is_one(fields[0]) && read_kind(fields[1], &out->kind) &&
	       read_status(fields[2], &out->status) &&
	       read_seconds(fields[6], &out->ms) &&
	       keep(fields[0], out->unit, sizeof(out->unit)) &&
	       keep(fields[3], out->reason, sizeof(out->reason)) &&
	       keep(fields[4], out->host, sizeof(out->host)) &&
	       keep(fields[5], out->started, sizeof(out->started)) &&
	       keep(fields[7], out->identity, sizeof(out->identity)) &&
	       keep(fields[8], out->wmsdiff, sizeof(out->wmsdiff));
}

static enum status read_text(char *text, struct outcome *out)
{
	char *fields[N_FIELDS] = { NULL }, *at = text + strlen(HEADING);
	size_t n = 0;
	bool good;

	if (strncmp(text, HEADING, strlen(HEADING)) != 0)
		return STATUS_MALFORMED;
	while (n < N_FIELDS) {
		size_t len = strcspn(at, "\t\n");
		char end = at[len];
		fields[n] = planline_unescape(at, len);
		if (!fields[n++] || end != (n < N_FIELDS ? '\t' : '\n'))
			break;
		at += len + 1;
	}
	good = n == N_FIELDS && fields[n - 1] && at > text && at[-1] == '\n' && !*at &&
	       read_fields(fields, out);
	for (size_t i = 0; i < N_FIELDS; i++)
		free(fields[i]);
	return good ? STATUS_OK : STATUS_MALFORMED;
}

enum status outcome_read(const char *path, struct outcome *out)
{
	char text[MAX_BYTES];
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	ssize_t n = fd < 0 ? -1 : read(fd, text, sizeof(text) - 1);

	*out = (struct outcome){ 0 };
	if (fd < 0)
		return errno == ENOENT ? STATUS_ABSENT : STATUS_MALFORMED;
	close(fd);
	if (n < 0)
		return STATUS_MALFORMED;
	text[n] = '\0';
	return strlen(text) == (size_t)n ? read_text(text, out) : STATUS_MALFORMED;
}
