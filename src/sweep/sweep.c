/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A sweep from its plan to its end.  Whatever is cut off on the way, by whom, leaves units
 * without an outcome: the next run does those.
 */
#include "sweep/sweep.h"

#include "base/stage.h"
#include "sweep/chunk.h"
#include "sweep/outcome.h"
#include "sweep/run/programversion.h"
#include "sweep/sweepfolder.h"
#include "sweep/sweepround.h"
#include "sweep/sweeptodo.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* After the first round, units that were lost with their worker are tried once more. */
#define ROUNDS 2

struct sweep {
	const struct sweep_request *request;
	struct voice *voice;
	struct failure *failure;
	struct plan plan; /* of a shard only its units */
	struct sweeptodo todo;
	struct tally *tally;
	char *folder; /* absolute */
	char version[PROGRAMVERSION_SIZE];
	size_t before; /* units that had an outcome when it began */
	uint64_t began_ns;
	int lock;
};

static enum status refuse(struct failure *failure, const char *path, const char *why)
{
	char shown[4200];

	failure_set(failure, "%s: %s", failure_path(path, shown, sizeof(shown)), why);
	return STATUS_IO;
}

/* ---- the plan and its folder ---- */

/* Where the folder is, or will be: what leads there has to be there. */
static enum status name_folder(struct sweep *s)
{
	char *copy = NULL, *parent;

	s->folder = realpath(s->request->folder, NULL);
	if (s->folder)
		return STATUS_OK;
	if (errno != ENOENT)
		return refuse(s->failure, s->request->folder, strerror(errno));
	copy = strdup(s->request->folder);
	if (!copy)
		return STATUS_NOMEM;
	for (size_t n = strlen(copy); n > 1 && copy[n - 1] == '/'; n--)
		copy[n - 1] = '\0';
	char *slash = strrchr(copy, '/');
	if (slash)
		*slash = '\0';
	parent = realpath(!slash ? "." : slash == copy ? "/" : copy, NULL);
	int n = parent ? asprintf(&s->folder, "%s/%s", parent, slash ? slash + 1 : copy)
		       : -1;
	if (n < 0)
		s->folder = NULL;
	enum status status =
		s->folder ? STATUS_OK
		: parent  ? STATUS_NOMEM
			  : refuse(s->failure, s->request->folder, strerror(errno));
	free(parent);
	free(copy);
	return status;
}

/* True if path is folder, or lies in it. */
static bool lies_in(const char *path, const char *folder)
{
	size_t n = strlen(folder);

	return strncmp(path, folder, n) == 0 &&
	       (!path[n] || path[n] == '/' || (n > 0 && folder[n - 1] == '/'));
}

/* Nothing is written beside evidence, and what a unit reads is not what it writes. */
static enum status check_apart(const struct sweep *s)
{
	for (size_t i = 0; i < s->plan.n; i++)
		for (size_t k = 0; k < s->plan.items[i].n; k++) {
			const char *argument = s->plan.items[i].arguments[k];
			char *path = NULL, *real;
			if (asprintf(&path, "%s%s%s",
				     argument[0] == '/' ? "" : s->plan.folder,
				     argument[0] == '/' ? "" : "/", argument) < 0)
				return STATUS_NOMEM;
			real = realpath(path, NULL);
			free(path);
			bool in = real && lies_in(s->folder, real);
			free(real);
			if (in) {
				failure_set(s->failure,
					    "%s: lies in what unit %s reads; "
					    "nothing is written beside evidence",
					    s->request->folder, s->plan.items[i].name);
				return STATUS_IO;
			}
		}
	return STATUS_OK;
}

/* True if both files have the same bytes. */
static bool same_bytes(const char *a, const char *b)
{
	FILE *first = fopen(a, "re"), *second = fopen(b, "re");
	bool same = first && second;

	while (same) {
		int c = getc(first);
		same = c == getc(second);
		if (c == EOF)
			break;
	}
	same = same && !ferror(first) && !ferror(second);
	if (first)
		(void)fclose(first);
	if (second)
		(void)fclose(second);
	return same;
}

/* Refuses where another plan stands. */
static enum status check_same_plan(const struct sweep *s, const char *path)
{
	char *fresh = sweepfolder_path(s->folder, "work/.plan.%ld", (long)getpid());
	enum status status =
		fresh ? plan_write(&s->plan, fresh, s->failure) : STATUS_NOMEM;

	if (status == STATUS_OK && !same_bytes(path, fresh))
		status = refuse(s->failure, s->request->folder,
				"has another plan: all shards of a folder are of one");
	if (fresh)
		(void)unlink(fresh);
	free(fresh);
	return status;
}

/* The plan as it runs stands in the folder; shards of it all have to be of one. */
static enum status keep_plan(const struct sweep *s)
{
	char *path = sweepfolder_path(s->folder, "plan.tsv");
	enum status status = path ? STATUS_OK : STATUS_NOMEM;
	struct stat st;

	if (status == STATUS_OK && s->request->shard.n > 0 && stat(path, &st) == 0)
		status = check_same_plan(s, path);
	else if (status == STATUS_OK)
		status = plan_write(&s->plan, path, s->failure);
	free(path);
	return status;
}

static void keep_shard(struct sweep *s)
{
	struct shard shard = s->request->shard;
	size_t kept = 0;

	for (size_t i = 0; i < s->plan.n && shard.n > 0; i++) {
		if (i % shard.n == shard.i - 1)
			s->plan.items[kept++] = s->plan.items[i];
		else
			planline_clear(&s->plan.items[i]);
	}
	if (shard.n > 0)
		s->plan.n = kept;
}

static void say_waits(void *context)
{
	const struct sweep *s = context;

	voice_say(s->voice, "%s: waits for workers to end that are left there",
		  s->request->folder);
}

/* What is half done is from an earlier run: its workers have ended. */
static enum status clear_work(const struct sweep *s)
{
	char *work = sweepfolder_path(s->folder, "work");
	enum status status = STATUS_NOMEM;

	if (work && s->request->shard.n > 0)
		status = STATUS_OK;
	else if (work)
		status = sweepfolder_remove(work) && mkdir(work, 0777) == 0
				 ? STATUS_OK
				 : refuse(s->failure, work, strerror(errno));
	free(work);
	return status;
}

static enum status open_folder(struct sweep *s)
{
	RETURN_IF_FAILED(name_folder(s));
	RETURN_IF_FAILED(check_apart(s));
	RETURN_IF_FAILED(sweepfolder_make(s->folder, s->failure));
	RETURN_IF_FAILED(sweeplock_take(s->folder, s->request->shard, say_waits, s,
					&s->lock, s->failure));
	RETURN_IF_FAILED(clear_work(s));
	RETURN_IF_FAILED(keep_plan(s));
	if (s->request->shard.n > 0)
		return STATUS_OK;
	size_t dropped = 0;
	RETURN_IF_FAILED(sweeptodo_drop(&s->plan, s->folder, &dropped, s->failure));
	if (dropped > 0)
		voice_say(s->voice,
			  "%zu results are of units that the plan no longer "
			  "has; they are in dropped/",
			  dropped);
	return STATUS_OK;
}

/* ---- the rounds ---- */

static void tick(void *context)
{
	struct sweep *s = context;

	if (!s->request->tick || tally_look(s->tally, s->folder) != STATUS_OK)
		return;
	s->request->tick(s->request->context, s->tally, s->before, s->began_ns);
}

static size_t processors(void)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);

	return n < 1 ? 1 : (size_t)n;
}

static enum status run_round(struct sweep *s, unsigned number)
{
	const struct sweep_request *q = s->request;
	char program[PATH_MAX], name[96];
	struct engine_work work = { .kind = q->engine,
				    .self = q->self,
				    .at_once = q->at_once,
				    .hosts = q->hosts,
				    .bring_back = q->bring_back,
				    .options = q->options,
				    .n_options = q->n_options,
				    .stop = q->stop,
				    .tick = tick,
				    .context = s };
	struct chunk_way way = { .folder = s->plan.folder,
				 .program = program,
				 .version = s->version,
				 .into = s->folder,
				 .seconds = q->seconds,
				 .mebibytes = q->mebibytes,
				 .shard = q->shard };
	struct sweepround round = { .folder = s->folder,
				    .way = &way,
				    .work = &work,
				    .at_once = q->at_once ? q->at_once : processors(),
				    .single = number > 1,
				    .name = name };

	(void)snprintf(program, sizeof(program), "%s", q->program);
	(void)snprintf(name, sizeof(name), "%lld-%ld-%u", (long long)time(NULL),
		       (long)getpid(), number);
	return sweepround_run(&round, &s->todo, s->voice, s->failure);
}

/* What a round before, or an earlier run of this shard, left half done. */
static enum status clear_units(const struct sweep *s)
{
	for (size_t i = 0; i < s->todo.n; i++) {
		char *work = sweepfolder_path(s->folder, "work/%s",
					      s->todo.items[i].unit.name);
		if (!work)
			return STATUS_NOMEM;
		enum status status = sweepfolder_remove(work)
					     ? STATUS_OK
					     : refuse(s->failure, work, strerror(errno));
		free(work);
		RETURN_IF_FAILED(status);
	}
	return STATUS_OK;
}

/* A worker was at the unit when it ended: its folder of work is still there. */
static bool was_begun(const struct sweep *s, const struct unit *unit)
{
	char *work = sweepfolder_path(s->folder, "work/%s", unit->name);
	struct stat st;
	bool begun = work && lstat(work, &st) == 0;

	free(work);
	return begun;
}

/* One that took its worker with it both times has an outcome, too. */
static enum status record_killed(struct sweep *s, const struct chunk_unit *item)
{
	struct outcome outcome = { .kind = OUTCOME_KILLED, .status = -1 };
	char *path = sweepfolder_of_unit(s->folder, SWEEPFOLDER_OUTCOME, item->unit.name);

	if (!path)
		return STATUS_NOMEM;
	outcome_begin(&outcome);
	(void)snprintf(outcome.unit, sizeof(outcome.unit), "%s", item->unit.name);
	(void)snprintf(outcome.identity, sizeof(outcome.identity), "%s", item->identity);
	(void)snprintf(outcome.wmsdiff, sizeof(outcome.wmsdiff), "%s", s->version);
	outcome_reason(&outcome, "its worker was ended while at it, twice");
	enum status status = outcome_write(&outcome, path, s->failure);
	free(path);
	return status;
}

static enum status run_rounds(struct sweep *s)
{
	for (unsigned number = 1; number <= ROUNDS && s->todo.n > 0; number++) {
		RETURN_IF_FAILED(clear_units(s));
		RETURN_IF_FAILED(run_round(s, number));
		if (!*s->request->stop)
			sweeplock_wait(s->lock, s->request->shard, say_waits, s);
		RETURN_IF_FAILED(sweeptodo_settle(&s->todo, s->folder));
		if (*s->request->stop)
			return STATUS_OK;
		if (s->todo.n > 0 && number < ROUNDS)
			voice_say(s->voice,
				  "%zu units came to no end with their worker; "
				  "each is tried once more",
				  s->todo.n);
	}
	for (size_t i = 0; i < s->todo.n; i++)
		if (was_begun(s, &s->todo.items[i].unit))
			RETURN_IF_FAILED(record_killed(s, &s->todo.items[i]));
	return STATUS_OK;
}

static void sign(const struct sweep *s)
{
	char host[256] = "", line[512];

	if (gethostname(host, sizeof(host) - 1) != 0)
		host[0] = '\0';
	(void)snprintf(line, sizeof(line), "process %ld on %s\t%lld\t%zu\n",
		       (long)getpid(), host, (long long)time(NULL), s->before);
	sweeplock_sign(s->lock, line);
}

static enum status run_all(struct sweep *s)
{
	RETURN_IF_FAILED(plan_read(s->request->plan, s->voice, &s->plan, s->failure));
	RETURN_IF_FAILED(programversion_ask(s->request->program, s->version, s->failure));
	RETURN_IF_FAILED(open_folder(s));
	keep_shard(s);
	RETURN_IF_FAILED(
		sweeptodo_find(&s->plan, s->folder, s->version, &s->todo, s->failure));
	RETURN_IF_FAILED(tally_start(&s->plan, s->tally));
	RETURN_IF_FAILED(tally_look(s->tally, s->folder));
	s->before = s->tally->settled;
	s->began_ns = stage_now_ns();
	sign(s);
	if (s->before > 0 || s->todo.again > 0 || s->todo.changed > 0)
		voice_say(s->voice,
			  "%zu units are done already, %zu to do: %zu failed before, "
			  "%zu changed",
			  s->before, s->todo.n, s->todo.again, s->todo.changed);
	RETURN_IF_FAILED(run_rounds(s));
	return tally_look(s->tally, s->folder);
}

enum status sweep_run(const struct sweep_request *request, struct voice *voice,
		      struct tally *out, struct failure *failure)
{
	struct sweep s = { .request = request,
			   .voice = voice,
			   .failure = failure,
			   .tally = out,
			   .lock = -1 };

	*out = (struct tally){ 0 };
	enum status status = run_all(&s);
	if (status != STATUS_OK)
		tally_clear(out);
	sweeptodo_clear(&s.todo);
	plan_clear(&s.plan);
	free(s.folder);
	if (s.lock >= 0)
		close(s.lock);
	return status;
}

/* ---- from outside ---- */

/* "process N on HOST<TAB>SECONDS<TAB>UNITS" */
static void read_sign(const char *folder, uint64_t *began, size_t *before)
{
	char *path = sweepfolder_path(folder, "lock"), text[512] = "";
	int fd = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
	const char *at = NULL;

	if (fd >= 0) {
		if (read(fd, text, sizeof(text) - 1) > 0)
			at = strchr(text, '\t');
		close(fd);
	}
	free(path);
	for (at = at ? at + 1 : ""; *at >= '0' && *at <= '9'; at++)
		*began = *began * 10 + (uint64_t)(*at - '0');
	for (at += *at == '\t'; *at >= '0' && *at <= '9'; at++)
		*before = *before * 10 + (size_t)(*at - '0');
}

enum status sweep_look(const char *folder, struct voice *voice, struct plan *plan,
		       struct tally *out, bool *running, uint64_t *began, size_t *before,
		       struct failure *failure)
{
	char *path = sweepfolder_path(folder, "plan.tsv");
	enum status status = path ? plan_read(path, voice, plan, failure) : STATUS_NOMEM;

	free(path);
	*began = *before = 0;
	*out = (struct tally){ 0 };
	RETURN_IF_FAILED(status);
	*running = sweeplock_is_taken(folder);
	read_sign(folder, began, before);
	status = tally_start(plan, out);
	if (status == STATUS_OK)
		status = tally_look(out, folder);
	if (status == STATUS_IO)
		failure_set(failure, "%s/outcomes: %s", folder, strerror(errno));
	if (status != STATUS_OK)
		plan_clear(plan);
	return status;
}
