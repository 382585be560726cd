/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The operands are looked through, each hive's subject is found, and every subject that
 * is asked for is read, compared and put out by itself, two of them at the same time.  With
 * one subject all goes where the options say, as for hives that were named; several have a
 * folder, or one report together.
 */
#include "cli/collect.h"

#include "base/readat.h"
#include "base/workers.h"
#include "cli/collected.h"
#include "cli/collectnames.h"
#include "cli/collectone.h"
#include "cli/collectreport.h"
#include "cli/commandline/terminal.h"
#include "cli/outputs.h"
#include "cli/redactlist.h"
#include "report/document/report.h"
#include "report/index/index.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * Subjects side by side: memory holds no more series than that.  Where more threads are
 * asked for, they share the hives of each.
 */
#define SIDE_BY_SIDE 2

struct collect {
	const struct run *run;
	const struct options *options; /* as given */
	struct collected *collected;
	struct collectone_shared shared;
	struct companions *companions; /* read once, for several subjects */
	struct inputs *beside;	       /* the files of these */
	struct exportshare *exports;   /* likewise read once */
	struct progress *progress;
	struct index *index;
	struct failure *failure;
	/* What threads share, under the lock. */
	pthread_mutex_t lock;
	struct collectone *
		*done; /* those that are, by their numbers, until they are told */
	size_t n_told;
	enum status status; /* what ended it all */
	int worst;	    /* exit status */
};

/* ---- what is given ---- */

/* True for what holds files: by its kind, or by its bytes. */
static bool is_collection(const char *path)
{
	uint8_t *head = malloc(FILEKIND_HEAD);
	enum filekind kind = FILEKIND_OTHER;
	struct stat st;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	bool folder = fd >= 0 && fstat(fd, &st) == 0 && S_ISDIR(st.st_mode);

	if (head && fd >= 0 && !folder && S_ISREG(st.st_mode)) {
		ssize_t n = readat(fd, 0, head, FILEKIND_HEAD);
		if (n < 0 || filekind_of(span_of(head, (size_t)n), (uint64_t)st.st_size,
					 path, &kind) != STATUS_OK)
			kind = FILEKIND_OTHER;
	}
	if (fd >= 0)
		close(fd);
	free(head);
	return folder || kind == FILEKIND_ARCHIVE || kind == FILEKIND_COMPRESSED;
}

bool collect_is_wanted(const struct options *options)
{
	if (options->output_dir || options->n_users > 0)
		return true;
	for (size_t i = 0; i < options->n_snapshots; i++)
		if (is_collection(options->snapshots[i]))
			return true;
	return false;
}

/* ---- several subjects ---- */

/* What could not be read, in a list of diagnostics: all of it, whoever it is of. */
static enum status add_unread(struct collect *collect, const struct diag_list *diags)
{
	size_t n = diag_count_from(diags, DIAG_ERROR);

	for (size_t i = 0; i < diag_count(diags); i++) {
		const struct diag *diag = diag_item(diags, i);
		if (diag_severity(diag->code) != DIAG_ERROR)
			continue;
		n--;
		RETURN_IF_FAILED(index_add_unread(collect->index, diag->sentence));
	}
	return n > 0 ? index_add_unread(collect->index, NULL) : STATUS_OK;
}

static void note_exit(struct collect *collect, int exit_status)
{
	if (exit_status > collect->worst)
		collect->worst = exit_status;
}

/* Those that are done stand on standard error in their order, whoever came first. */
static void tell_done(struct collect *collect)
{
	while (collect->n_told < collect->collected->n &&
	       collect->done[collect->n_told]) {
		struct collectone *one = collect->done[collect->n_told];
		if (one->told && *one->told)
			progress_put(collect->progress, one->told);
		/* Of one report for all each is kept until it is written. */
		if (!collectreport_is_wanted(collect->options)) {
			collectone_free(one);
			collect->done[collect->n_told] = NULL;
		}
		collect->n_told++;
	}
}

/* What it holds is freed at once, but for the lines that wait for their turn. */
static void finish(struct collect *collect, struct collectone *one, size_t number)
{
	bool kept = collectreport_is_wanted(collect->options);
	enum status status = one->status == STATUS_NOMEM ? STATUS_NOMEM : STATUS_OK;

	pthread_mutex_lock(&collect->lock);
	note_exit(collect, collectone_exit_status(one));
	if (status == STATUS_OK && !kept)
		status = collectone_add_to_index(one, collect->index, number, 0);
	if (status != STATUS_OK)
		collect->status = status;
	pthread_mutex_unlock(&collect->lock);
	if (!kept)
		collectone_clear(one);
	pthread_mutex_lock(&collect->lock);
	collect->done[number] = one;
	tell_done(collect);
	pthread_mutex_unlock(&collect->lock);
	progress_subject_done(collect->progress);
}

static bool has_ended(struct collect *collect)
{
	pthread_mutex_lock(&collect->lock);
	bool ended = collect->status != STATUS_OK;
	pthread_mutex_unlock(&collect->lock);
	return ended;
}

static void do_one(void *context, size_t number)
{
	struct collect *collect = context;
	struct collectone *one;

	if (has_ended(collect))
		return;
	one = collectone_new(&collect->shared, collect->collected->asked[number]);
	if (one) {
		collectone_do(one);
		finish(collect, one, number);
		return;
	}
	pthread_mutex_lock(&collect->lock);
	collect->status = STATUS_NOMEM;
	pthread_mutex_unlock(&collect->lock);
}

/* What was found beside the hives is the same for all: it is read once. */
static enum status read_beside(struct collect *collect)
{
	struct companions_source source = collect->collected->beside;

	RETURN_IF_FAILED(run_read_companions(&source, progress_watch(collect->progress),
					     &collect->companions, collect->failure));
	failure_set(collect->failure, "out of memory");
	RETURN_IF_FAILED(inputs_list_all(NULL, 0, collect->companions, &collect->beside));
	outputs_tell_errors_beside(collect->beside, collect->shared.redact);
	companions_share(collect->companions);
	diag_list_share(collect->collected->finds->diags);
	diag_list_share(collect->collected->diags);
	collect->shared.companions = collect->companions;
	return STATUS_OK;
}

static enum status do_each(struct collect *collect)
{
	size_t n = collect->collected->n;
	unsigned jobs = collect->options->jobs, threads = 1;

	threads = jobs < SIDE_BY_SIDE ? jobs : SIDE_BY_SIDE;
	threads = n < threads ? (unsigned)n : threads;
	/* Stand-ins are numbered in the order of the subjects: one after the other. */
	if (collect->shared.redact)
		threads = 1;
	collect->shared.n_threads = jobs / threads;
	collect->shared.watch = progress_watch(collect->progress);
	collect->done = calloc(n + 1, sizeof(struct collectone *));
	collect->exports = exportshare_new(&collect->collected->opener.opener,
					   collect->shared.watch);
	collect->shared.exports = collect->exports;
	if (!collect->done || !collect->exports)
		return STATUS_NOMEM;
	report_prepare();
	workers_run(n, threads, do_one, collect);
	failure_set(collect->failure, "out of memory");
	return collect->status;
}

/* ---- the index ---- */

typedef enum status index_writer(const struct index *index, struct output *output);

/* name: in the folder of all; NULL: on standard output. */
static enum status write_part(const struct collect *collect, const char *name,
			      index_writer *writer)
{
	struct output *output = NULL;
	char *path = name ? collectnames_join(collect->options->output_dir, name)
			  : strdup("-");
	enum status status = STATUS_NOMEM;

	failure_set(collect->failure, "out of memory");
	if (path && name)
		status = collectnames_check_apart(path, collect->collected->finds,
						  collect->failure);
	if (path && (!name || status == STATUS_OK))
		status = output_open(path, collect->run->kept, &output, collect->failure);
	free(path);
	RETURN_IF_FAILED(status);
	status = writer(collect->index, output);
	if (status == STATUS_OK)
		return output_commit(output, collect->failure);
	output_abort(output);
	return status;
}

static enum status write_lines(const struct collect *collect)
{
	return write_part(collect, NULL,
			  collect->options->format == OPTIONS_CSV ? index_write_csv
								  : index_write_jsonl);
}

static enum status write_index(const struct collect *collect)
{
	const struct options *options = collect->options;
	char *page = NULL;

	if (options->output_dir) {
		RETURN_IF_FAILED(write_part(collect, INDEX_CSV_FILE, index_write_csv));
		RETURN_IF_FAILED(
			write_part(collect, INDEX_JSONL_FILE, index_write_jsonl));
		RETURN_IF_FAILED(write_part(collect, INDEX_PAGE_FILE, index_write_html));
		page = collectnames_join(options->output_dir, INDEX_PAGE_FILE);
		if (!page)
			return STATUS_NOMEM;
	}
	enum status status = STATUS_OK;
	if (options->format != OPTIONS_NO_FORMAT)
		status = write_lines(collect);
	failure_set(collect->failure, "the summary could not be written");
	if (status == STATUS_OK && !options->quiet &&
	    options->format == OPTIONS_NO_FORMAT) {
		struct summary_look look =
			terminal_look(stdout, (enum terminal_when)options->color);
		look.redact = collect->shared.redact;
		status = index_print(collect->index, "index", page, look, stdout);
	}
	free(page);
	return status;
}

/* ---- all of it ---- */

static enum status put_out(struct collect *collect)
{
	const struct options *options = collect->options;

	if (!collectreport_is_wanted(options))
		return write_index(collect);
	RETURN_IF_FAILED(collectreport_write(collect->done, collect->collected,
					     collect->index, collect->run,
					     collect->failure));
	note_exit(collect, index_exit_status(collect->index));
	return options->format != OPTIONS_NO_FORMAT ? write_lines(collect) : STATUS_OK;
}

static enum status do_all(struct collect *collect)
{
	const struct options *options = collect->options;

	failure_set(collect->failure, "out of memory");
	RETURN_IF_FAILED(index_new(options->output_dir, &collect->index));
	index_redact(collect->index, collect->shared.redact);
	if (collect->collected->incomplete)
		index_note_incomplete(collect->index);
	RETURN_IF_FAILED(add_unread(collect, collect->collected->finds->diags));
	RETURN_IF_FAILED(add_unread(collect, collect->collected->diags));
	if (options->output_dir)
		RETURN_IF_FAILED(collectnames_make_folder(
			options, collect->collected->finds, collect->collected->protected,
			collect->collected->n_protected, collect->failure));
	else
		RETURN_IF_FAILED(collectnames_check_outputs(
			options, collect->collected->finds, collect->failure));
	collect->shared.outputs =
		options->output_dir ? COLLECTONE_IN_FOLDER : COLLECTONE_NONE;
	collect->progress = progress_for_subjects(options, collect->collected->n);
	enum status status = read_beside(collect);
	if (status == STATUS_OK)
		status = do_each(collect);
	progress_stop(collect->progress);
	collect->progress = NULL;
	sandbox_end_reading(collect->run->confine->sandbox);
	return status == STATUS_OK ? put_out(collect) : status;
}

/* One subject, no folder: all is put out as for hives that are named. */
static enum status do_only(struct collect *collect)
{
	struct collectone *one;

	failure_set(collect->failure, "out of memory");
	one = collectone_new(&collect->shared, collect->collected->asked[0]);
	if (!one)
		return STATUS_NOMEM;
	collectone_do(one);
	enum status status = one->status;
	if (status == STATUS_OK)
		note_exit(collect, collectone_exit_status(one));
	*collect->failure = one->failure;
	collectone_free(one);
	return status;
}

static void collect_clear(struct collect *collect)
{
	/* Those that nobody told, and those that are kept. */
	for (size_t i = 0; collect->done && i < collect->collected->n; i++)
		collectone_free(collect->done[i]);
	free(collect->done);
	exportshare_free(collect->exports);
	index_free(collect->index);
	inputs_free(collect->beside);
	companions_free(collect->companions);
}

static bool has_pairs(const struct collected *collected)
{
	for (size_t i = 0; i < collected->n; i++)
		if (collected->asked[i]->n > 1)
			return true;
	return false;
}

enum status collect_run(const struct run *run, bool several, int *exit_status,
			bool *compared, struct failure *failure)
{
	AUTO(collected_freep) struct collected *collected = NULL;
	struct collect collect = {
		.run = run,
		.options = run->options,
		.failure = failure,
		.lock = PTHREAD_MUTEX_INITIALIZER,
	};

	if (run->options->n_logs > 0) {
		failure_set(
			failure,
			"--log goes with hives that are named: beside those of a folder "
			"or archive logs are found");
		return STATUS_UNSUPPORTED;
	}
	RETURN_IF_FAILED(collected_read(run->options, run->redact, run->confine->spool,
					run->kept, &collected, failure));
	if (several && collected->pairing->n < 2)
		return STATUS_ABSENT;
	collect.collected = collected;
	RETURN_IF_FAILED(collected_choose(collected, failure));
	collect.shared = (struct collectone_shared){
		.collected = collected,
		.options = run->options,
		.arguments = run->arguments,
		.n_arguments = run->n_arguments,
		.started_ft = run->started_ft,
		.confine = run->confine,
		.redact = run->redact,
		.kept = run->kept,
		.outputs = COLLECTONE_AS_ASKED,
	};
	enum status status = collected->n == 1 && !run->options->output_dir
				     ? do_only(&collect)
				     : do_all(&collect);
	if (status == STATUS_OK)
		status = redactlist_write(run->options, run->redact, run->kept, failure);
	*compared = has_pairs(collected);
	if (collected->incomplete)
		note_exit(&collect, EXIT_TROUBLE);
	*exit_status = collect.worst;
	collect_clear(&collect);
	return status;
}
