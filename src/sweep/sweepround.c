/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One go of the engine. */
#include "sweep/sweepround.h"

#include "sweep/parcel.h"
#include "sweep/sweepfolder.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Beside the time limits of its units a job takes this long at most. */
#define SPARE_SECONDS 60

/* ---- chunks ---- */

struct chunks {
	const char *folder;
	size_t n;
	size_t longest; /* units in one of them */
};

static enum status write_chunk(const struct sweepround *round,
			       const struct sweeptodo *todo, size_t first, size_t n,
			       struct chunks *out, struct failure *failure)
{
	size_t *numbers = calloc(n, sizeof(*numbers));
	char *text = NULL, *path = NULL;
	enum status status = STATUS_NOMEM;

	for (size_t i = 0; numbers && i < n; i++)
		numbers[i] = first + i;
	if (numbers)
		text = chunk_text(round->way, todo->items, numbers, n);
	path = sweepfolder_path(out->folder, "%zu.tsv", out->n + 1);
	if (text && path) {
		status = sweepfolder_write(path, text, strlen(text), failure);
		out->n++;
		if (n > out->longest)
			out->longest = n;
	}
	free(numbers);
	free(text);
	free(path);
	return status;
}

/* An engine that takes only so many jobs gets longer ones. */
static size_t length_of(const struct sweepround *round, const struct sweeptodo *todo,
			size_t first, size_t most)
{
	size_t left = todo->n - first;
	size_t len = round->single ? 1
				   : chunk_length(todo->bytes + first, left, todo->n,
						  round->at_once);
	size_t least = left / most + (left % most != 0);

	len = len < least ? least : len;
	return len > CHUNK_MAX ? CHUNK_MAX : len;
}

static enum status divide(const struct sweepround *round, const struct sweeptodo *todo,
			  struct chunks *out, struct failure *failure)
{
	size_t most = engine_most(round->work->kind);

	for (size_t first = 0; first < todo->n;) {
		size_t len =
			length_of(round, todo, first, most > out->n ? most - out->n : 1);
		RETURN_IF_FAILED(write_chunk(round, todo, first, len, out, failure));
		first += len;
	}
	return STATUS_OK;
}

/* ---- what was brought back ---- */

/* Of each chunk the units that came whole; the others are still to do. */
static enum status take_chunk(const struct sweepround *round, const char *chunk_path,
			      struct failure *failure)
{
	struct chunk chunk;
	char *from = NULL;
	enum status status = STATUS_OK;

	RETURN_IF_FAILED(chunk_read(chunk_path, &chunk, failure));
	if (asprintf(&from, "%s.results", chunk_path) < 0) {
		chunk_clear(&chunk);
		return STATUS_NOMEM;
	}
	for (size_t i = 0; i < chunk.n && status == STATUS_OK; i++) {
		bool whole = false;
		status = parcel_is_whole(from, chunk.items[i].unit.name, &whole);
		if (status == STATUS_OK && whole)
			status = sweepfolder_take(round->folder, from,
						  chunk.items[i].unit.name, failure);
	}
	free(from);
	chunk_clear(&chunk);
	return status;
}

static enum status take_number(const struct sweepround *round,
			       const struct chunks *chunks, size_t i,
			       struct failure *failure)
{
	char *path = sweepfolder_path(chunks->folder, "%zu.tsv", i);
	enum status status = path ? take_chunk(round, path, failure) : STATUS_NOMEM;

	free(path);
	return status;
}

static enum status take_all(const struct sweepround *round, const struct chunks *chunks,
			    struct failure *failure)
{
	for (size_t i = 1; i <= chunks->n; i++)
		RETURN_IF_FAILED(take_number(round, chunks, i, failure));
	return STATUS_OK;
}

/* ---- while the engine runs ---- */

/* So many ticks between two looks at what has come. */
#define TAKE_TICKS 8

struct taking {
	const struct sweepround *round;
	const struct chunks *chunks;
	void (*tick)(void *context);
	void *context;
	unsigned ticks;
	long at; /* how far the log of the jobs was read */
};

/* The number that a line of GNU parallel's log begins with; 0 for its heading. */
static size_t number_of(const char *line)
{
	size_t number = 0;

	for (; *line >= '0' && *line <= '9' && number < PLAN_MAX; line++)
		number = number * 10 + (size_t)(*line - '0');
	return number;
}

/*
 * Takes in the chunks whose jobs have ended: nothing of those is copied any more.  A failure
 * is not told here: what is left is taken in at the end.
 */
static void take_ended(struct taking *t)
{
	struct failure *unheard = calloc(1, sizeof(*unheard));
	char *path = NULL, *line = NULL;
	size_t size = 0;
	FILE *log = NULL;

	if (unheard && asprintf(&path, "%s.joblog", t->round->work->notes) >= 0) {
		log = fopen(path, "re");
		free(path);
	}
	if (log && fseek(log, t->at, SEEK_SET) == 0)
		for (ssize_t n;
		     (n = getline(&line, &size, log)) > 0 && line[n - 1] == '\n';) {
			size_t number = number_of(line);
			t->at += n;
			if (number > 0 && number <= t->chunks->n)
				(void)take_number(t->round, t->chunks, number, unheard);
		}
	if (log)
		(void)fclose(log);
	free(line);
	free(unheard);
}

static void tick(void *context)
{
	struct taking *t = context;

	if (++t->ticks % TAKE_TICKS == 0)
		take_ended(t);
	t->tick(t->context);
}

/* ---- the round ---- */

static enum status run_engine(const struct sweepround *round, const struct chunks *chunks,
			      const struct voice *voice, struct failure *failure)
{
	struct engine_work *work = round->work;
	char *notes = sweepfolder_path(round->folder, "engine/%s", round->name);

	if (!notes)
		return STATUS_NOMEM;
	work->chunks = chunks->folder;
	work->n = chunks->n;
	work->notes = notes;
	work->seconds = round->way->seconds
				? round->way->seconds * chunks->longest + SPARE_SECONDS
				: 0;
	struct taking taking = { .round = round,
				 .chunks = chunks,
				 .tick = work->tick,
				 .context = work->context };
	if (work->bring_back) {
		work->tick = tick;
		work->context = &taking;
	}
	enum status status = engine_run(work, voice, failure);
	work->tick = taking.tick;
	work->context = taking.context;
	work->chunks = work->notes = NULL;
	free(notes);
	return status;
}

static enum status run_in(const struct sweepround *round, const struct sweeptodo *todo,
			  struct chunks *chunks, const struct voice *voice,
			  struct failure *failure)
{
	char shown[4200];

	if (mkdir(chunks->folder, 0777) != 0) {
		failure_set(failure, "%s: %s",
			    failure_path(chunks->folder, shown, sizeof(shown)),
			    strerror(errno));
		return STATUS_IO;
	}
	RETURN_IF_FAILED(divide(round, todo, chunks, failure));
	RETURN_IF_FAILED(run_engine(round, chunks, voice, failure));
	return round->work->bring_back ? take_all(round, chunks, failure) : STATUS_OK;
}

/* The folder of chunks has a name of its own: a job that is late finds nothing to do. */
enum status sweepround_run(const struct sweepround *round, const struct sweeptodo *todo,
			   const struct voice *voice, struct failure *failure)
{
	struct chunks chunks = { 0 };
	char *folder = sweepfolder_path(round->folder, "work/.%s", round->name);
	char *into = NULL;

	if (!folder)
		return STATUS_NOMEM;
	into = round->way->into;
	if (round->work->bring_back)
		round->way->into = NULL;
	chunks.folder = folder;
	enum status status = run_in(round, todo, &chunks, voice, failure);
	round->way->into = into;
	(void)sweepfolder_remove(folder);
	free(folder);
	return status;
}
