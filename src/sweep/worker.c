/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A worker: runs wmsdiff for each unit of a chunk, judges how that ended, and moves what it
 * left into place, whole or not at all.
 */
#include "sweep/worker.h"

#include "sweep/chunk.h"
#include "sweep/outcome.h"
#include "sweep/parcel.h"
#include "sweep/run/programversion.h"
#include "sweep/run/unitrun.h"
#include "sweep/sweepfolder.h"

#include <errno.h>
#include <fts.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MEBIBYTE 20

struct worker {
	struct chunk *chunk;
	const char *into; /* the sweep's folder, or one that is brought back */
	int lock;	  /* -1: nobody is there to tell that the sweep goes on */
	char host[OUTCOME_TEXT];
	char wrong[OUTCOME_TEXT]; /* why no unit can be run here; "" if they can */
};

/* ---- how it ended ---- */

/* Signals that a program brings on itself. */
static bool is_crash(int number)
{
	return number == SIGSEGV || number == SIGABRT || number == SIGBUS ||
	       number == SIGILL || number == SIGFPE || number == SIGSYS ||
	       number == SIGTRAP;
}

/* True if a report stands in the folder or in one in it. */
static bool has_report(const char *folder)
{
	char *copy = strdup(folder);
	char *paths[] = { copy, NULL };
	FTS *walk = copy ? fts_open(paths, FTS_PHYSICAL | FTS_NOCHDIR, NULL) : NULL;
	bool found = false;

	for (FTSENT *item; walk && !found && (item = fts_read(walk));)
		found = item->fts_info == FTS_F && item->fts_namelen > 4 &&
			strcmp(item->fts_name + item->fts_namelen - 4, ".xml") == 0;
	if (walk)
		(void)fts_close(walk);
	free(copy);
	return found;
}

/* The first line that it said, without the name that each begins with. */
static void quote(struct outcome *out, const char *said)
{
	static const char name[] = "wmsdiff: ";

	if (strncmp(said, name, sizeof(name) - 1) == 0)
		said += sizeof(name) - 1;
	outcome_reason(out, "%.*s", (int)strcspn(said, "\n"), said);
}

/*
 * What wmsdiff lacked on this machine says nothing of the evidence: the unit is to be done
 * again.  Its messages are those of strerror() in the C locale, or "out of memory".
 */
static bool lacked(const char *said, enum outcome_kind *kind)
{
	static const int room[] = { ENOSPC, EDQUOT, EMFILE, ENFILE };

	for (size_t i = 0; i < ARRAY_LEN(room); i++)
		if (strstr(said, strerror(room[i]))) {
			*kind = OUTCOME_FAILED;
			return true;
		}
	*kind = OUTCOME_OUT_OF_MEMORY;
	return strstr(said, strerror(ENOMEM)) || strstr(said, "out of memory");
}

static void judge_exit(const struct unitrun_end *end, bool reports, struct outcome *out)
{
	out->status = end->code;
	if (end->code > 2) {
		out->kind = OUTCOME_CRASHED;
		outcome_reason(out, "ended with status %d, which wmsdiff never does",
			       end->code);
	} else if (!reports && end->code < 2) {
		out->kind = OUTCOME_FAILED;
		outcome_reason(out, "ended with status %d and left no report", end->code);
	} else if (end->code == 2 && lacked(end->said, &out->kind)) {
		quote(out, end->said);
	} else if (end->code == 2) {
		out->kind = reports ? OUTCOME_INCOMPLETE : OUTCOME_FAILED;
		quote(out, end->said);
	}
}

static void judge(const struct unitrun_end *end, const struct chunk_way *way,
		  bool reports, struct outcome *out)
{
	out->ms = end->ms;
	out->status = -1;
	switch (end->how) {
	case UNITRUN_EXITED:
		judge_exit(end, reports, out);
		return;
	case UNITRUN_SIGNALLED:
		out->kind = is_crash(end->code) ? OUTCOME_CRASHED : OUTCOME_KILLED;
		outcome_reason(out, "ended by signal %d (%s)", end->code,
			       strsignal(end->code));
		return;
	case UNITRUN_TIMED_OUT:
		out->kind = OUTCOME_TIMED_OUT;
		outcome_reason(out, "ran longer than %llu s",
			       (unsigned long long)way->seconds);
		return;
	case UNITRUN_TOO_LARGE:
		out->kind = OUTCOME_OUT_OF_MEMORY;
		outcome_reason(out, "held %llu MiB, more than %llu MiB",
			       (unsigned long long)(end->bytes >> MEBIBYTE),
			       (unsigned long long)way->mebibytes);
		return;
	case UNITRUN_NOT_STARTED:
		out->kind = OUTCOME_FAILED;
		outcome_reason(out, "%s in %s: %s", way->program, way->folder,
			       strerror(end->code));
		return;
	case UNITRUN_GIVEN_UP:
		return;
	}
}

/* ---- one unit ---- */

static bool goes_on(void *context)
{
	const struct worker *w = context;

	return w->lock < 0 || sweeplock_goes_on(w->lock, w->chunk->way.shard);
}

static enum status give_up(struct failure *failure)
{
	failure_set(failure, "the sweep that this belongs to has ended");
	return STATUS_IO;
}

static enum status run_program(struct worker *w, const struct unit *unit, char *results,
			       struct unitrun_end *end, struct failure *failure)
{
	static const char *const first[] = { "--quiet", "--color=never",
					     "--progress=never", "--jobs=1",
					     "--output-dir" };
	const struct chunk_way *way = &w->chunk->way;
	struct unitrun_limits limits = { .ms = way->seconds * 1000,
					 .bytes = way->mebibytes << MEBIBYTE };
	const char **argv = calloc(ARRAY_LEN(first) + unit->n + 3, sizeof(*argv));
	enum status status = STATUS_NOMEM;
	size_t n = 0;

	if (argv) {
		argv[n++] = way->program;
		for (size_t i = 0; i < ARRAY_LEN(first); i++)
			argv[n++] = first[i];
		argv[n++] = results;
		for (size_t i = 0; i < unit->n; i++)
			argv[n++] = unit->arguments[i];
		/* execvp() takes what it does not change as if it could. */
		union {
			const char **own;
			char *const *taken;
		} arguments = { .own = argv };
		status = unitrun(way->folder, arguments.taken, &limits, goes_on, w, end);
	}
	free(argv);
	if (status == STATUS_IO)
		failure_set(failure, "%s: %s", unit->name, strerror(errno));
	return status;
}

/* Folders of the same form as the sweep's, for one unit alone. */
static enum status make_work(const char *work, struct failure *failure)
{
	static const char *const parts[] = { "", "/units", "/errors", "/outcomes" };
	char shown[4200];
	bool made = sweepfolder_remove(work);

	for (size_t i = 0; i < ARRAY_LEN(parts) && made; i++) {
		char *path = NULL;
		if (asprintf(&path, "%s%s", work, parts[i]) < 0)
			return STATUS_NOMEM;
		made = mkdir(path, 0777) == 0;
		free(path);
	}
	if (made)
		return STATUS_OK;
	failure_set(failure, "%s: %s", failure_path(work, shown, sizeof(shown)),
		    strerror(errno));
	return STATUS_IO;
}

static enum status keep_said(const char *work, const struct unit *unit,
			     const struct unitrun_end *end, struct failure *failure)
{
	char *path = sweepfolder_of_unit(work, SWEEPFOLDER_ERRORS, unit->name);
	enum status status = path ? STATUS_OK : STATUS_NOMEM;

	if (path && end->n_said > 0)
		status = sweepfolder_write(path, end->said, end->n_said, failure);
	free(path);
	return status;
}

/* What the unit left becomes its result; of one that failed no report stays. */
static enum status finish(const struct worker *w, const char *work, const char *results,
			  const struct outcome *outcome, struct failure *failure)
{
	char *path = sweepfolder_of_unit(work, SWEEPFOLDER_OUTCOME, outcome->unit);
	enum status status = STATUS_NOMEM;

	if (path) {
		if (!outcome_is_final(outcome->kind))
			(void)sweepfolder_remove(results);
		status = outcome_write(outcome, path, failure);
	}
	free(path);
	if (status == STATUS_OK)
		status = sweepfolder_take(w->into, work, outcome->unit, failure);
	return status;
}

static enum status run_in(struct worker *w, const struct chunk_unit *item,
			  const char *work, struct failure *failure)
{
	struct outcome outcome = { .status = -1, .kind = OUTCOME_COMPARED };
	struct unitrun_end end = { .how = UNITRUN_EXITED };
	char *results = sweepfolder_of_unit(work, SWEEPFOLDER_REPORTS, item->unit.name);
	enum status status = results ? make_work(work, failure) : STATUS_NOMEM;

	(void)snprintf(outcome.unit, sizeof(outcome.unit), "%s", item->unit.name);
	(void)snprintf(outcome.identity, sizeof(outcome.identity), "%s", item->identity);
	(void)snprintf(outcome.host, sizeof(outcome.host), "%s", w->host);
	(void)snprintf(outcome.wmsdiff, sizeof(outcome.wmsdiff), "%s",
		       w->chunk->way.version);
	outcome_begin(&outcome);
	if (status == STATUS_OK && *w->wrong) {
		outcome.kind = OUTCOME_FAILED;
		outcome_reason(&outcome, "%s", w->wrong);
	} else if (status == STATUS_OK) {
		status = run_program(w, &item->unit, results, &end, failure);
		if (status == STATUS_OK && end.how == UNITRUN_GIVEN_UP)
			status = give_up(failure);
		if (status == STATUS_OK) {
			judge(&end, &w->chunk->way, has_report(results), &outcome);
			status = keep_said(work, &item->unit, &end, failure);
		}
	}
	if (status == STATUS_OK)
		status = finish(w, work, results, &outcome, failure);
	free(end.said);
	free(results);
	return status;
}

static enum status run_unit(struct worker *w, const struct chunk_unit *item,
			    struct failure *failure)
{
	char *work = NULL;
	struct outcome before;
	char *path = sweepfolder_of_unit(w->into, SWEEPFOLDER_OUTCOME, item->unit.name);
	bool done = path && outcome_read(path, &before) == STATUS_OK;

	free(path);
	if (!path)
		return STATUS_NOMEM;
	if (done)
		return STATUS_OK;
	if (!goes_on(w))
		return give_up(failure);
	work = sweepfolder_path(w->into, "work/%s", item->unit.name);
	if (!work)
		return STATUS_NOMEM;
	enum status status = run_in(w, item, work, failure);
	(void)sweepfolder_remove(work);
	free(work);
	return status;
}

/* ---- the chunk ---- */

/* The name by which the engine knows this machine, if it tells. */
static void name_host(char out[OUTCOME_TEXT])
{
	static const char *const told[] = { "PARALLEL_SSHHOST", "SLURMD_NODENAME" };
	char own[256] = "";

	for (size_t i = 0; i < ARRAY_LEN(told); i++) {
		const char *name = getenv(told[i]);
		if (name && *name && strcmp(name, ":") != 0) {
			(void)failure_path(name, out, OUTCOME_TEXT);
			return;
		}
	}
	if (gethostname(own, sizeof(own) - 1) != 0)
		own[0] = '\0';
	(void)failure_path(own, out, OUTCOME_TEXT);
}

/* Another version's results are not those that the sweep asked for. */
static void check_program(struct worker *w)
{
	const struct chunk_way *way = &w->chunk->way;
	struct failure *failure = calloc(1, sizeof(*failure));
	char version[PROGRAMVERSION_SIZE];

	if (!failure)
		(void)snprintf(w->wrong, sizeof(w->wrong), "out of memory");
	else if (programversion_ask(way->program, version, failure) != STATUS_OK)
		(void)snprintf(w->wrong, sizeof(w->wrong), "%.*s", OUTCOME_TEXT - 1,
			       failure->sentence);
	else if (strcmp(version, way->version) != 0)
		(void)snprintf(w->wrong, sizeof(w->wrong), "here is %.200s, not %.200s",
			       version, way->version);
	free(failure);
}

static enum status run_all(struct worker *w, struct failure *failure)
{
	enum status status = STATUS_OK;

	name_host(w->host);
	check_program(w);
	for (size_t i = 0; i < w->chunk->n && status == STATUS_OK; i++)
		status = run_unit(w, &w->chunk->items[i], failure);
	return status;
}

/* Results that are brought back: the folder is this job's own. */
static enum status run_apart(struct worker *w, const char *chunk_path,
			     struct failure *failure)
{
	char *into = NULL;

	if (asprintf(&into, "%s.results", chunk_path) < 0)
		return STATUS_NOMEM;
	char *real = NULL;
	enum status status = sweepfolder_make(into, failure);
	/* wmsdiff runs in another folder. */
	if (status == STATUS_OK && !(real = realpath(into, NULL)))
		status = STATUS_NOMEM;
	w->into = real;
	if (status == STATUS_OK)
		status = run_all(w, failure);
	for (size_t i = 0; i < w->chunk->n && status == STATUS_OK; i++)
		status = parcel_seal(real, w->chunk->items[i].unit.name, failure);
	free(real);
	free(into);
	return status;
}

static enum status run_there(struct worker *w, struct failure *failure)
{
	char shown[4200];

	w->into = w->chunk->way.into;
	w->lock = sweeplock_work(w->into, w->chunk->way.shard);
	if (w->lock < 0) {
		failure_set(failure, "%s/lock: %s",
			    failure_path(w->into, shown, sizeof(shown)), strerror(errno));
		return STATUS_IO;
	}
	enum status status = run_all(w, failure);
	close(w->lock);
	return status;
}

enum status worker_run(const char *chunk_path, struct failure *failure)
{
	struct chunk chunk;
	struct worker w = { .chunk = &chunk, .lock = -1 };

	RETURN_IF_FAILED(chunk_read(chunk_path, &chunk, failure));
	enum status status = chunk.way.into ? run_there(&w, failure)
					    : run_apart(&w, chunk_path, failure);
	chunk_clear(&chunk);
	return status;
}
