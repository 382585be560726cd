/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The operands are looked through, each hive's subject is found, and every subject that
 * is asked for is read, compared and put out by itself.  With one subject all goes where
 * the options say, as for hives that were named; several need a folder.
 */
#include "cli/collect.h"

#include "base/readat.h"
#include "cli/collected.h"
#include "cli/collectnames.h"
#include "cli/findings.h"
#include "cli/outputs.h"
#include "cli/terminal.h"
#include "report/index/index.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct collect {
	struct run *run;
	struct options *options; /* as given */
	struct collected *collected;
	struct index *index;
	int worst; /* exit status */
	struct failure *failure;
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

/* ---- one subject ---- */

static void fill_given(const struct collect *collect,
		       const struct pairing_subject *subject, struct run_given *given)
{
	given->n = subject->n;
	given->order = collect->options->by_time ? SERIES_BY_TIME : SERIES_BY_GROUP;
	given->companions = collect->collected->beside;
	given->protected = collect->collected->protected;
	given->n_protected = collect->collected->n_protected;
	for (size_t i = 0; i < subject->n; i++) {
		const struct pairing_source *from = &subject->sources[i];
		struct snapshot_source *source = &given->sources[i];
		*source = (struct snapshot_source){
			.path = from->found->path,
			.root = from->hive->root,
			.opener = &collect->collected->opener.opener,
			.group = from->found->operand,
			.rank = from->rank,
			.lone_log = from->lone_log,
			.n_logs = collect->options->skip_logs ? 0 : from->n_logs,
		};
		memcpy(source->logs, from->logs, sizeof(from->logs));
	}
}

/* A line of the index; status is what became of the run. */
static enum status add_to_index(struct collect *collect,
				const struct pairing_subject *subject, enum status status)
{
	const struct run *run = collect->run;
	const char *paths[SERIES_MAX];
	bool file = collect->options->output_dir != NULL;
	struct index_given given = { .how = INDEX_FAILED,
				     .why = collect->failure->sentence };

	if (status == STATUS_OK)
		findings_fill(run, &given);
	if (!file)
		given.report = given.page = NULL;
	given.name = paired_name(subject);
	given.sid = subject->sid;
	given.role = subject_role_word(subject->role);
	given.paths = paths;
	given.n_paths = subject->n;
	for (size_t i = 0; i < subject->n; i++)
		paths[i] = subject->sources[i].found->path;
	return index_add_subject(collect->index, &given);
}

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

/* Reads, compares and puts out; the run is cleared by the caller. */
static enum status run_one(struct collect *collect, const struct run_given *given,
			   bool index_only)
{
	struct run *run = collect->run;

	run->given = given;
	RETURN_IF_FAILED(run_read(run, collect->failure));
	if (index_only) {
		progress_stop(run->progress);
		run->progress = NULL;
		run->watch = NULL;
		RETURN_IF_FAILED(run_judge(run, collect->failure));
		outputs_tell(run);
		return STATUS_OK;
	}
	return outputs_write(run, collect->failure);
}

/* One subject of several; what it comes to is in the index. */
static enum status do_one(struct collect *collect, const struct pairing_subject *subject,
			  struct run_given *given)
{
	struct run *run = collect->run;
	struct report_collection about = { .finds = collect->collected->finds,
					   .subject = subject,
					   .diags = collect->collected->diags };
	static struct collectnames names;
	static struct options plain;
	enum status status = STATUS_OK;

	fill_given(collect, subject, given);
	given->collection = &about;
	names.n = 0;
	if (collect->options->output_dir) {
		status = collectnames_of(
			collect->options, subject->file_name, collect->collected->finds,
			collect->collected->protected, collect->collected->n_protected,
			&names, collect->failure);
		run->options = &names.options;
	} else {
		plain = *collect->options;
		plain.quiet = true;
		run->options = &plain;
	}
	if (status == STATUS_OK)
		status = run_one(collect, given, !collect->options->output_dir);
	if (status != STATUS_OK && status != STATUS_NOMEM)
		terminal_complain("%s", collect->failure->sentence);
	note_exit(collect, status == STATUS_OK ? verdict_exit_status(&run->verdict)
					       : EXIT_TROUBLE);
	if (status != STATUS_NOMEM)
		status = add_to_index(collect, subject, status);
	run_clear(run);
	collectnames_clear(&names);
	return status;
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
		status = output_open(path, collect->collected->protected,
				     collect->collected->n_protected, &output,
				     collect->failure);
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
	    options->format == OPTIONS_NO_FORMAT)
		status = index_print(
			collect->index, page,
			terminal_look(stdout, (enum terminal_when)options->color),
			stdout);
	free(page);
	return status;
}

/* ---- all of it ---- */

static enum status do_all(struct collect *collect, struct run_given *given)
{
	const struct options *options = collect->options;

	failure_set(collect->failure, "out of memory");
	RETURN_IF_FAILED(index_new(options->output_dir, &collect->index));
	if (collect->collected->incomplete)
		index_note_incomplete(collect->index);
	RETURN_IF_FAILED(add_unread(collect, collect->collected->finds->diags));
	RETURN_IF_FAILED(add_unread(collect, collect->collected->diags));
	if (options->output_dir)
		RETURN_IF_FAILED(collectnames_make_folder(
			options, collect->collected->finds, collect->collected->protected,
			collect->collected->n_protected, collect->failure));
	for (size_t i = 0; i < collect->collected->n; i++)
		RETURN_IF_FAILED(do_one(collect, collect->collected->asked[i], given));
	return write_index(collect);
}

/* One subject, no folder: all is put out as for hives that are named. */
static enum status do_only(struct collect *collect, struct run_given *given)
{
	struct run *run = collect->run;
	struct report_collection about = { .finds = collect->collected->finds,
					   .subject = collect->collected->asked[0],
					   .diags = collect->collected->diags,
					   .incomplete = collect->collected->incomplete };

	RETURN_IF_FAILED(collectnames_check_outputs(
		collect->options, collect->collected->finds, collect->failure));
	fill_given(collect, collect->collected->asked[0], given);
	given->collection = &about;
	enum status status = run_one(collect, given, false);
	if (status == STATUS_OK)
		note_exit(collect, verdict_exit_status(&run->verdict));
	run_clear(run);
	return status;
}

static enum status do_asked(struct collect *collect)
{
	struct run_given *given = calloc(1, sizeof(*given));
	enum status status = STATUS_NOMEM;

	if (given)
		status = collect->collected->n == 1 && !collect->options->output_dir
				 ? do_only(collect, given)
				 : do_all(collect, given);
	free(given);
	collect->run->given = NULL;
	return status;
}

enum status collect_run(struct run *run, bool several, int *exit_status,
			struct failure *failure)
{
	AUTO(collected_freep) struct collected *collected = NULL;
	struct collect collect = { .run = run,
				   .options = run->options,
				   .failure = failure };

	if (run->options->n_logs > 0) {
		failure_set(
			failure,
			"--log goes with hives that are named: beside those of a folder "
			"or archive logs are found");
		return STATUS_UNSUPPORTED;
	}
	RETURN_IF_FAILED(collected_read(run->options, &collected, failure));
	if (several && collected->pairing->n < 2)
		return STATUS_ABSENT;
	collect.collected = collected;
	RETURN_IF_FAILED(collected_choose(collected, failure));
	enum status status = do_asked(&collect);
	if (collected->incomplete)
		note_exit(&collect, EXIT_TROUBLE);
	*exit_status = collect.worst;
	index_free(collect.index);
	run->options = collect.options;
	return status;
}
