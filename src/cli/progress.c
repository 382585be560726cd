/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Progress.  The work on each hive counts by its size; what comes after all of
 * them has a share of its own.  A thread draws, since some stages (hivex
 * opening a hive) tell nothing while they last.
 */
#include "cli/progress.h"

#include "base/failure.h"
#include "cli/commandline/terminal.h"

#include <inttypes.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

/* How often the line is drawn. */
#define DRAW_NS UINT64_C(200000000)

/*
 * How the time is shared out between the stages that will come; those of hives
 * (the first four) for all hives together.  As measured on large hives; what takes
 * another time makes the percentage run unevenly, never back.
 */
static const unsigned char shares[STAGE_N_KINDS] = {
	[STAGE_READ] = 22,    [STAGE_LOGS] = 2,	   [STAGE_KEYS] = 18,
	[STAGE_RECOVER] = 26, [STAGE_COMPARE] = 3, [STAGE_COMPANIONS] = 2,
	[STAGE_WEIGH] = 1,    [STAGE_IMAGES] = 2,  [STAGE_RESTORE] = 25,
	[STAGE_REPORT] = 16,  [STAGE_CHECK] = 70,  [STAGE_PAGE] = 5,
	[STAGE_TIMELINE] = 1,
};

struct progress {
	struct stage_watch watch; /* first: tell() gets its address */
	struct progress_options options;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t stop;
	bool drawing, stopped;	      /* a thread draws; it is to end */
	double shares[STAGE_N_KINDS]; /* of each stage, in percent */
	double *sizes;		      /* of the hives, as parts of one */
	double *credit;		      /* of each hive: percent of its work that is done */
	double rest;		      /* of what comes after the hives: percent of all */
	double shown;		      /* it never runs back */
	size_t subjects_done;
	enum stage_kind kind; /* what is told: the last that began */
	size_t hive;
	bool drawn; /* the line stands there */
};

/* ---- how far it is ---- */

static bool is_of_hive(const struct progress *progress, const struct stage *stage)
{
	return stage->kind <= STAGE_RECOVER && stage->hive < progress->options.n_sizes;
}

/* Percent of all that is over when the stage is so far; what was skipped is over. */
static double credit_of(const struct progress *progress, const struct stage *stage)
{
	double credit = 0;
	double part = stage->event == STAGE_ENDS ? 1
		      : stage->event == STAGE_BEGINS || stage->total == 0
			      ? 0
			      : (double)stage->done / (double)stage->total;

	for (unsigned kind = 0; kind < (unsigned)stage->kind; kind++)
		credit += progress->shares[kind];
	return credit + progress->shares[stage->kind] * (part > 1 ? 1 : part);
}

static void count(struct progress *progress, const struct stage *stage)
{
	if (is_of_hive(progress, stage)) {
		double credit = credit_of(progress, stage);
		if (credit > progress->credit[stage->hive])
			progress->credit[stage->hive] = credit;
	} else if (stage->kind > STAGE_RECOVER) {
		double all = credit_of(progress, stage);
		if (all > progress->rest)
			progress->rest = all;
	}
}

static double percent(struct progress *progress)
{
	double done = 0;

	if (progress->options.n_subjects > 0)
		return 100 * (double)progress->subjects_done /
		       (double)progress->options.n_subjects;
	for (size_t i = 0; i < progress->options.n_sizes; i++)
		done += progress->sizes[i] * progress->credit[i];
	if (progress->rest > done)
		done = progress->rest;
	if (done > progress->shown)
		progress->shown = done;
	return progress->shown;
}

/* ---- the line ---- */

static void erase(struct progress *progress)
{
	if (progress->drawn)
		fputs("\r\033[K", progress->options.out);
	progress->drawn = false;
}

static void draw(struct progress *progress)
{
	FILE *out = progress->options.out;
	bool of_many = progress->kind <= STAGE_RECOVER && progress->options.n_sizes > 1 &&
		       progress->hive < progress->options.n_sizes;

	erase(progress);
	fprintf(out, "wmsdiff: %3.0f%%  ", percent(progress));
	if (progress->options.n_subjects > 0)
		fprintf(out, "%zu of %zu subjects done", progress->subjects_done,
			progress->options.n_subjects);
	else
		fputs(stage_sentence(progress->kind), out);
	if (of_many)
		fprintf(out, " (hive %zu of %zu)", progress->hive + 1,
			progress->options.n_sizes);
	fflush(out);
	progress->drawn = true;
}

static struct timespec in_real_time(uint64_t ns)
{
	struct timespec at = { 0 };

	(void)clock_gettime(CLOCK_REALTIME, &at);
	ns += (uint64_t)at.tv_nsec;
	at.tv_sec += (time_t)(ns / 1000000000u);
	at.tv_nsec = (long)(ns % 1000000000u);
	return at;
}

static void *draw_on(void *argument)
{
	struct progress *progress = argument;
	uint64_t wait_ns = progress->options.after_ms * UINT64_C(1000000);

	pthread_mutex_lock(&progress->lock);
	while (!progress->stopped) {
		struct timespec until = in_real_time(wait_ns);
		int timed_out = 0;
		while (!progress->stopped && !timed_out)
			timed_out = pthread_cond_timedwait(&progress->stop,
							   &progress->lock, &until);
		if (!progress->stopped)
			draw(progress);
		wait_ns = DRAW_NS;
	}
	erase(progress);
	fflush(progress->options.out);
	pthread_mutex_unlock(&progress->lock);
	return NULL;
}

/* ---- each stage that has ended ---- */

static void tell_end(struct progress *progress, const struct stage *stage)
{
	FILE *out = progress->options.out;
	double seconds = (double)stage->took_ns / 1e9;
	char path[4200];
	char *shown = stage->path ? terminal_shown(out, failure_path(stage->path, path,
								     sizeof(path)))
				  : NULL;

	erase(progress);
	fputs("wmsdiff: ", out);
	if (stage->path)
		fprintf(out, "%s: ", shown ? shown : "?");
	free(shown);
	fprintf(out, "%s: %" PRIu64 " bytes in %.3f s", stage_sentence(stage->kind),
		stage->bytes, seconds);
	if (stage->bytes > 0 && seconds > 0)
		fprintf(out, " (%.0f MB/s)", (double)stage->bytes / seconds / 1e6);
	fprintf(out, "%s%s\n", *stage->note ? "; " : "", stage->note);
}

static void tell(struct stage_watch *watch, const struct stage *stage)
{
	struct progress *progress = (struct progress *)watch;

	pthread_mutex_lock(&progress->lock);
	count(progress, stage);
	if (stage->event == STAGE_BEGINS) {
		progress->kind = stage->kind;
		progress->hive = stage->hive;
	}
	if (stage->event == STAGE_ENDS && progress->options.tell)
		tell_end(progress, stage);
	pthread_mutex_unlock(&progress->lock);
}

/* ---- from beginning to end ---- */

static void progress_free(struct progress *progress)
{
	free(progress->sizes);
	free(progress->credit);
	free(progress);
}

static void share_out(struct progress *progress)
{
	const struct progress_options *options = &progress->options;
	double all = 0, planned = 1e-9;

	for (size_t i = 0; i < STAGE_N_KINDS; i++)
		planned += options->planned >> i & 1 ? shares[i] : 0;
	for (size_t i = 0; i < STAGE_N_KINDS; i++)
		progress->shares[i] =
			options->planned >> i & 1 ? 100 * shares[i] / planned : 0;

	/* Each has a part, even an empty file. */
	for (size_t i = 0; i < options->n_sizes; i++)
		all += (double)options->sizes[i] + 1;
	for (size_t i = 0; i < options->n_sizes; i++)
		progress->sizes[i] = ((double)options->sizes[i] + 1) / all;
}

struct progress *progress_start(const struct progress_options *options)
{
	struct progress *progress = calloc(1, sizeof(*progress));

	if (!progress)
		return NULL;
	progress->watch.tell = tell;
	progress->options = *options;
	progress->hive = STAGE_NO_HIVE;
	progress->sizes = calloc(options->n_sizes + 1, sizeof(*progress->sizes));
	progress->credit = calloc(options->n_sizes + 1, sizeof(*progress->credit));
	if (!progress->sizes || !progress->credit) {
		progress_free(progress);
		return NULL;
	}
	share_out(progress);
	progress->options.sizes = NULL; /* the caller's, and shared out */
	pthread_mutex_init(&progress->lock, NULL);
	pthread_cond_init(&progress->stop, NULL);
	progress->drawing = options->draw && pthread_create(&progress->thread, NULL,
							    draw_on, progress) == 0;
	return progress;
}

static unsigned bit(enum stage_kind kind, bool planned)
{
	return planned ? 1u << kind : 0;
}

static unsigned plan_of(const struct options *options)
{
	if (options->validate || options->render)
		return bit(STAGE_READ, true) | bit(STAGE_CHECK, true) |
		       bit(STAGE_PAGE, options->render);
	return bit(STAGE_READ, true) | bit(STAGE_LOGS, !options->skip_logs) |
	       bit(STAGE_KEYS, true) | bit(STAGE_RECOVER, !options->no_recover) |
	       bit(STAGE_COMPARE, true) | bit(STAGE_COMPANIONS, true) |
	       bit(STAGE_WEIGH, true) | bit(STAGE_IMAGES, options->image_folder) |
	       bit(STAGE_RESTORE, options->restore.folder) | bit(STAGE_REPORT, true) |
	       bit(STAGE_PAGE, options->html) |
	       bit(STAGE_TIMELINE, options->n_timelines > 0);
}

/* True if a document goes to the terminal that the line would be drawn on. */
static bool is_in_the_way(const struct options *options)
{
	bool report = !options->validate && !options->render && options->output &&
		      strcmp(options->output, "-") == 0;
	bool page = options->html && strcmp(options->html, "-") == 0;
	bool lines = options->format != OPTIONS_NO_FORMAT;

	return (report || page || lines) && terminal_is_one(stdout);
}

static struct progress_options how_of(const struct options *options)
{
	return (struct progress_options){
		.out = stderr,
		.draw = !options->no_progress && !options->quiet &&
			terminal_is_one(stderr) && !is_in_the_way(options),
		.tell = options->verbose,
		.planned = plan_of(options),
		.after_ms = PROGRESS_AFTER_MS,
	};
}

struct progress *progress_for(const struct options *options)
{
	uint64_t sizes[SERIES_MAX] = { 0 };
	struct progress_options how = how_of(options);
	struct stat st;

	if (!how.draw && !how.tell)
		return NULL;
	how.sizes = sizes;
	how.n_sizes = options->n_snapshots;
	for (size_t i = 0; i < options->n_snapshots; i++)
		if (stat(options->snapshots[i], &st) == 0 && S_ISREG(st.st_mode))
			sizes[i] = (uint64_t)st.st_size;
	return progress_start(&how);
}

struct progress *progress_for_subjects(const struct options *options, size_t n)
{
	struct progress_options how = how_of(options);

	how.n_subjects = n;
	return how.draw || how.tell ? progress_start(&how) : NULL;
}

void progress_subject_done(struct progress *progress)
{
	if (!progress)
		return;
	pthread_mutex_lock(&progress->lock);
	progress->subjects_done++;
	pthread_mutex_unlock(&progress->lock);
}

void progress_put(struct progress *progress, const char *lines)
{
	if (!progress) {
		fputs(lines, stderr);
		return;
	}
	pthread_mutex_lock(&progress->lock);
	erase(progress);
	fputs(lines, progress->options.out);
	pthread_mutex_unlock(&progress->lock);
}

struct stage_watch *progress_watch(struct progress *progress)
{
	return progress ? &progress->watch : NULL;
}

void progress_stop(struct progress *progress)
{
	if (!progress)
		return;
	pthread_mutex_lock(&progress->lock);
	progress->stopped = true;
	pthread_cond_signal(&progress->stop);
	pthread_mutex_unlock(&progress->lock);
	if (progress->drawing)
		pthread_join(progress->thread, NULL);
	pthread_cond_destroy(&progress->stop);
	pthread_mutex_destroy(&progress->lock);
	progress_free(progress);
}
