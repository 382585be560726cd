/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Plans: read with every line that is wrong told by its number, and written. */
#include "sweep/plan/plan.h"

#include "base/array.h"
#include "report/output.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define HEADER "#wmsdiff-sweep plan 1"
#define FOLDER "#folder\t"

static enum status refuse(struct failure *failure, const char *path, const char *why)
{
	char shown[4200];

	failure_set(failure, "%s: %s", failure_path(path, shown, sizeof(shown)), why);
	return STATUS_IO;
}

bool plan_here(struct plan *plan, struct failure *failure)
{
	char *here = getcwd(NULL, 0);

	if (!here) {
		failure_set(failure, "the folder that this runs in: %s", strerror(errno));
		return false;
	}
	free(plan->folder);
	plan->folder = here;
	return true;
}

enum status plan_note(struct plan *plan, const char *note)
{
	void *items = plan->notes;
	enum status status = array_reserve(&items, plan->n_notes, &plan->cap_notes,
					   sizeof(*plan->notes), PLAN_MAX);

	plan->notes = items;
	RETURN_IF_FAILED(status);
	plan->notes[plan->n_notes] = strdup(note);
	return plan->notes[plan->n_notes] ? (plan->n_notes++, STATUS_OK) : STATUS_NOMEM;
}

/* ---- names that stand twice ---- */

struct named {
	char folded[UNITNAME_SIZE];
	size_t at;
};

static int by_name(const void *a, const void *b)
{
	const struct named *first = a, *second = b;
	int order = strcmp(first->folded, second->folded);

	return order ? order : first->at < second->at ? -1 : first->at > second->at;
}

/* Of units of one name only the first stays. */
static enum status drop_twins(struct plan *plan, struct voice *voice)
{
	struct named *names = calloc(plan->n + 1, sizeof(*names));
	size_t kept = 0;

	if (!names)
		return STATUS_NOMEM;
	for (size_t i = 0; i < plan->n; i++) {
		unitname_fold(plan->items[i].name, names[i].folded);
		names[i].at = i;
	}
	qsort(names, plan->n, sizeof(*names), by_name);
	for (size_t i = 1, first = 0; i < plan->n; i++) {
		struct unit *unit = &plan->items[names[i].at];
		const struct unit *other = &plan->items[names[first].at];
		if (strcmp(names[i].folded, names[first].folded) != 0) {
			first = i;
			continue;
		}
		voice_fault(voice,
			    "line %zu: its name %s is that of line %zu, and both would "
			    "write the same output; left out",
			    unit->line, unit->name, other->line);
		planline_clear(unit);
	}
	for (size_t i = 0; i < plan->n; i++)
		if (plan->items[i].arguments)
			plan->items[kept++] = plan->items[i];
	plan->n = kept;
	free(names);
	return STATUS_OK;
}

enum status plan_add(struct plan *plan, struct unit *unit)
{
	RETURN_IF_FAILED(ARRAY_RESERVE(plan, PLAN_MAX));
	plan->items[plan->n++] = *unit;
	*unit = (struct unit){ 0 };
	return STATUS_OK;
}

/* ---- reading ---- */

struct reading {
	struct plan *plan;
	struct voice *voice;
	size_t line;
	bool made; /* it has the first line of a plan: no person wrote it */
};

static enum status read_mark(struct reading *r, const char *line)
{
	size_t n = strlen(FOLDER);

	if (r->line == 1 && strcmp(line, HEADER) == 0) {
		r->made = true;
		return STATUS_OK;
	}
	if (!r->made || r->line != 2)
		return STATUS_OK;
	char *folder = NULL;
	if (strncmp(line, FOLDER, n) == 0)
		folder = planline_unescape(line + n, strlen(line + n));
	if (!folder || folder[0] != '/') {
		voice_fault(r->voice, "line 2: names no folder; this one is taken");
		free(folder);
		return STATUS_OK;
	}
	free(r->plan->folder);
	r->plan->folder = folder;
	return STATUS_OK;
}

static enum status read_unit(struct reading *r, const char *line)
{
	struct unit unit;
	enum planline_fault fault = planline_read(line, r->made, &unit);

	if (fault == PLANLINE_NOMEM)
		return STATUS_NOMEM;
	if (fault != PLANLINE_GOOD) {
		voice_fault(r->voice, "line %zu: %s; left out", r->line,
			    planline_sentence(fault));
		return STATUS_OK;
	}
	unit.line = r->line;
	enum status status = plan_add(r->plan, &unit);
	planline_clear(&unit);
	return status;
}

/* n bytes with their end, if there is one. */
static enum status read_line(struct reading *r, char *line, size_t n)
{
	bool ended = n > 0 && line[n - 1] == '\n';

	if (ended)
		line[--n] = '\0';
	if (!r->made && n > 0 && line[n - 1] == '\r')
		line[--n] = '\0';
	if (r->line == 1 && n >= 3 && memcmp(line, "\xEF\xBB\xBF", 3) == 0) {
		line += 3;
		n -= 3;
	}
	if (line[0] == '#' && strlen(line) == n)
		return read_mark(r, line);
	if (n == 0)
		return STATUS_OK;
	if (r->made && !ended)
		voice_fault(r->voice, "line %zu: the plan is cut off in it; left out",
			    r->line);
	else if (n > PLANLINE_MAX)
		voice_fault(r->voice, "line %zu: longer than %d bytes; left out", r->line,
			    PLANLINE_MAX);
	else if (strlen(line) != n)
		voice_fault(r->voice, "line %zu: holds a NUL; left out", r->line);
	else
		return read_unit(r, line);
	return STATUS_OK;
}

static enum status read_lines(FILE *in, struct reading *r)
{
	char *line = NULL;
	size_t size = 0;
	ssize_t n;
	enum status status = STATUS_OK;

	while (status == STATUS_OK && (n = getline(&line, &size, in)) > 0) {
		r->line++;
		status = read_line(r, line, (size_t)n);
	}
	free(line);
	return status;
}

/* Only a file has a size that bounds what is read. */
static FILE *open_plan(const char *path, struct failure *failure)
{
	struct stat st;
	FILE *in = fopen(path, "re");

	if (!in)
		(void)refuse(failure, path, strerror(errno));
	else if (fstat(fileno(in), &st) != 0)
		(void)refuse(failure, path, strerror(errno));
	else if (S_ISDIR(st.st_mode))
		(void)refuse(failure, path, strerror(EISDIR));
	else if (!S_ISREG(st.st_mode))
		(void)refuse(failure, path, "is no file");
	else if ((uint64_t)st.st_size > PLAN_MAX_BYTES)
		(void)refuse(failure, path, "is longer than 1 GiB");
	else
		return in;
	if (in)
		(void)fclose(in);
	return NULL;
}

enum status plan_read(const char *path, struct voice *voice, struct plan *out,
		      struct failure *failure)
{
	struct reading r = { .plan = out, .voice = voice };
	enum status status;
	FILE *in;

	*out = (struct plan){ 0 };
	if (!plan_here(out, failure) || !(in = open_plan(path, failure))) {
		plan_clear(out);
		return STATUS_IO;
	}
	status = read_lines(in, &r);
	if (status == STATUS_OK && ferror(in))
		status = refuse(failure, path, "could not be read");
	(void)fclose(in);
	if (status == STATUS_LIMIT)
		(void)refuse(failure, path, "has more than 1,000,000 units");
	if (status == STATUS_OK)
		status = drop_twins(out, voice);
	if (status != STATUS_OK)
		plan_clear(out);
	return status;
}

/* ---- writing ---- */

static bool write_text(struct output *output, const char *text)
{
	return output_write(output, span_of(text, strlen(text)));
}

static enum status write_lines(const struct plan *plan, struct output *output)
{
	char *folder = planline_escape(plan->folder);

	if (!folder)
		return STATUS_NOMEM;
	(void)write_text(output, HEADER "\n" FOLDER);
	(void)write_text(output, folder);
	(void)write_text(output, "\n");
	free(folder);
	for (size_t i = 0; i < plan->n_notes; i++) {
		(void)write_text(output, "#");
		(void)write_text(output, plan->notes[i]);
		(void)write_text(output, "\n");
	}
	for (size_t i = 0; i < plan->n; i++) {
		char *line = planline_text(&plan->items[i]);
		if (!line)
			return STATUS_NOMEM;
		(void)write_text(output, line);
		free(line);
	}
	return STATUS_OK;
}

enum status plan_write(const struct plan *plan, const char *path, struct failure *failure)
{
	struct output *output = NULL;

	RETURN_IF_FAILED(output_open(path, NULL, &output, failure));
	enum status status = write_lines(plan, output);
	if (status == STATUS_OK)
		return output_commit(output, failure);
	output_abort(output);
	return status;
}

void plan_clear(struct plan *plan)
{
	for (size_t i = 0; i < plan->n; i++)
		planline_clear(&plan->items[i]);
	for (size_t i = 0; i < plan->n_notes; i++)
		free(plan->notes[i]);
	free(plan->items);
	free(plan->notes);
	free(plan->folder);
	*plan = (struct plan){ 0 };
}
