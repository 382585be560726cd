/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The operands are looked through, each hive's subject is found, and every subject that
 * is asked for is read, compared and put out by itself.  With one subject all goes where
 * the options say, as for hives that were named; several need a folder.
 */
#include "cli/collect.h"

#include "cli/collectnames.h"
#include "cli/discover.h"
#include "cli/findings.h"
#include "cli/outputs.h"
#include "cli/terminal.h"
#include "collection/foundopener.h"
#include "collection/subjects/foundbeside.h"
#include "collection/subjects/pairing.h"
#include "collection/subjects/whose.h"
#include "report/index/index.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Lines about what could not be used: the rest is counted. */
#define TOLD_MOST 20

/* Names of subjects in one line. */
#define NAMED_MOST 5

struct collect {
	struct run *run;
	struct options *options; /* as given */
	struct finds *finds;
	struct foundopener opener;
	struct whose *whose;
	struct pairing *pairing;
	struct companions_source named; /* what options name, with its logs */
	struct companions_source beside;
	const struct pairing_subject **asked; /* those that are to be done */
	size_t n;
	const char **protected;
	size_t n_protected;
	struct diag_list *diags; /* of what was done with the finds */
	bool incomplete;	 /* something could not be looked at */
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
		ssize_t n = pread(fd, head, FILEKIND_HEAD, 0);
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

/* ---- what is told of it ---- */

static void tell(struct collect *collect, size_t *n, const char *sentence)
{
	collect->incomplete = true;
	if (++*n <= TOLD_MOST)
		terminal_complain("%s", sentence);
}

static void tell_list(struct collect *collect, size_t *n, const struct diag_list *diags)
{
	for (size_t i = 0; i < diag_count(diags); i++)
		if (diag_severity(diag_item(diags, i)->code) == DIAG_ERROR)
			tell(collect, n, diag_item(diags, i)->sentence);
}

/* What could not be looked at; the first of it, and how much more. */
static void tell_faults(struct collect *collect)
{
	size_t n = 0;

	tell_list(collect, &n, collect->finds->diags);
	tell_list(collect, &n, collect->diags);
	if (n > TOLD_MOST)
		terminal_complain("and %zu more", n - TOLD_MOST);
}

/* "jdoe, asmith, 3 more" */
static void name_subjects(const struct pairing *pairing, char *out, size_t size)
{
	size_t at = 0;

	*out = '\0';
	for (size_t i = 0; i < pairing->n && i < NAMED_MOST && at < size; i++) {
		char shown[200];
		int n = snprintf(out + at, size - at, "%s%s", i > 0 ? ", " : "",
				 failure_path(pairing_name(&pairing->items[i]), shown,
					      sizeof(shown)));
		at += n > 0 ? (size_t)n : 0;
	}
	if (pairing->n > NAMED_MOST && at < size)
		(void)snprintf(out + at, size - at, ", %zu more",
			       pairing->n - NAMED_MOST);
}

/* ---- reading ---- */

static enum status protect_all(struct collect *collect)
{
	const struct finds *finds = collect->finds;

	collect->protected =
		calloc(finds->n + finds->n_operands + 1, sizeof(*collect->protected));
	if (!collect->protected)
		return STATUS_NOMEM;
	for (size_t i = 0; i < finds->n_operands; i++)
		collect->protected[collect->n_protected++] = finds->operands[i].path;
	for (size_t i = 0; i < finds->n; i++)
		if (!finds->items[i].in_archive)
			collect->protected[collect->n_protected++] = finds->items[i].path;
	return STATUS_OK;
}

/* What will not be read, and hives that turned out to be none. */
static void note_left(struct collect *collect, const struct foundbeside_left *left)
{
	for (size_t i = 0; i < collect->whose->n; i++)
		if (collect->whose->items[i].kind == WHOSE_UNREAD)
			diag_at(collect->diags, DIAG_FILE_UNREADABLE, DIAG_NOWHERE, "%s",
				collect->whose->items[i].why);
	if (left->listings > 0)
		diag_at(collect->diags, DIAG_LEFT_OUT, DIAG_NOWHERE,
			"%zu listings of processes are not read: more than %d",
			left->listings, COMPANIONS_MAX_LISTINGS);
	if (left->events > 0)
		diag_at(collect->diags, DIAG_LEFT_OUT, DIAG_NOWHERE,
			"%zu event logs are not read: more than %d", left->events,
			COMPANIONS_MAX_EVENTS);
	if (left->mapi32 > 0)
		diag_at(collect->diags, DIAG_LEFT_OUT, DIAG_NOWHERE,
			"%zu other copies of Mapi32.dll are not read", left->mapi32);
	for (size_t i = 0; i < collect->pairing->n; i++)
		if (collect->pairing->items[i].n_left_out > 0)
			diag_at(collect->diags, DIAG_LEFT_OUT, DIAG_NOWHERE,
				"%zu older hives of %s are not read: more than %d",
				collect->pairing->items[i].n_left_out,
				pairing_name(&collect->pairing->items[i]), PAIRING_MOST);
	collect->incomplete |= left->listings + left->events > 0;
}

static enum status read_all(struct collect *collect)
{
	const struct options *options = collect->options;
	struct failure *failure = collect->failure;
	struct foundbeside_left left;

	collect->diags = diag_list_new();
	if (!collect->diags)
		return STATUS_NOMEM;
	RETURN_IF_FAILED(finds_read(options->snapshots, options->n_snapshots,
				    &collect->finds, failure));
	failure_set(failure, "out of memory");
	RETURN_IF_FAILED(foundopener_init(&collect->opener, collect->finds));
	RETURN_IF_FAILED(whose_read(collect->finds, &collect->opener.opener,
				    &collect->whose, failure));
	failure_set(failure, "out of memory");
	RETURN_IF_FAILED(pairing_read(collect->finds, collect->whose,
				      options->same_subject, &collect->pairing));
	RETURN_IF_FAILED(protect_all(collect));
	RETURN_IF_FAILED(discover_companions(options, NULL, &collect->named, failure));
	collect->beside = collect->named;
	failure_set(failure, "out of memory");
	RETURN_IF_FAILED(foundbeside_add(collect->finds, collect->whose,
					 &collect->opener.opener, &collect->beside,
					 &left));
	if (options->skip_logs)
		collect->beside.system.n_logs = collect->beside.software.n_logs = 0;
	note_left(collect, &left);
	return STATUS_OK;
}

/* ---- who is asked for ---- */

static bool is_asked(const struct options *options, const struct pairing_subject *subject)
{
	for (size_t i = 0; i < options->n_users; i++)
		if (pairing_is(subject, options->users[i]))
			return true;
	return options->n_users == 0;
}

/* A name that is nobody's is a mistake: silence would look like an answer. */
static enum status check_users(struct collect *collect)
{
	const struct options *options = collect->options;

	for (size_t i = 0; i < options->n_users; i++) {
		char shown[400], names[1200];
		size_t n = 0;
		for (size_t k = 0; k < collect->pairing->n; k++)
			n += pairing_is(&collect->pairing->items[k], options->users[i]);
		if (n > 0)
			continue;
		name_subjects(collect->pairing, names, sizeof(names));
		failure_set(collect->failure, "--user %s: no such subject; there are: %s",
			    failure_path(options->users[i], shown, sizeof(shown)), names);
		return STATUS_UNSUPPORTED;
	}
	return STATUS_OK;
}

/* What of the options cannot be done for several subjects without a folder for all. */
static const char *needs_folder(const struct options *options)
{
	return options->output && strcmp(options->output, "-") != 0 ? "-o"
	       : options->html					    ? "--html"
	       : options->n_timelines > 0			    ? "--timeline"
	       : options->restore.folder			    ? "--restore"
	       : options->image_folder				    ? "--save-image"
								    : NULL;
}

static enum status choose(struct collect *collect)
{
	const struct options *options = collect->options;
	struct pairing *pairing = collect->pairing;
	char names[1200];

	if (pairing->n == 0) {
		failure_set(collect->failure,
			    "no user's hive was found in what was given");
		return STATUS_UNSUPPORTED;
	}
	RETURN_IF_FAILED(check_users(collect));
	collect->asked = calloc(pairing->n, sizeof(struct pairing_subject *));
	if (!collect->asked)
		return STATUS_NOMEM;
	for (size_t i = 0; i < pairing->n; i++)
		if (is_asked(options, &pairing->items[i]))
			collect->asked[collect->n++] = &pairing->items[i];
	if (collect->n > 1 && !options->output_dir && needs_folder(options)) {
		name_subjects(pairing, names, sizeof(names));
		failure_set(
			collect->failure,
			"%s takes one subject, here are %zu (%s): give --output-dir DIR "
			"for all, or --user NAME for one",
			needs_folder(options), collect->n, names);
		return STATUS_UNSUPPORTED;
	}
	return STATUS_OK;
}

/* ---- one subject ---- */

static void fill_given(const struct collect *collect,
		       const struct pairing_subject *subject, struct run_given *given)
{
	given->n = subject->n;
	given->order = collect->options->by_time ? SERIES_BY_TIME : SERIES_BY_GROUP;
	given->companions = collect->beside;
	given->protected = collect->protected;
	given->n_protected = collect->n_protected;
	for (size_t i = 0; i < subject->n; i++) {
		const struct pairing_source *from = &subject->sources[i];
		struct snapshot_source *source = &given->sources[i];
		*source = (struct snapshot_source){
			.path = from->found->path,
			.opener = &collect->opener.opener,
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
	given.name = pairing_name(subject);
	given.sid = subject->sid;
	given.role = subject_role_word(subject->role);
	given.paths = paths;
	given.n_paths = subject->n;
	for (size_t i = 0; i < subject->n; i++)
		paths[i] = subject->sources[i].found->path;
	return index_add_subject(collect->index, &given);
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
		return run_judge(run, collect->failure);
	}
	return outputs_write(run, collect->failure);
}

/* One subject of several; what it comes to is in the index. */
static enum status do_one(struct collect *collect, const struct pairing_subject *subject,
			  struct run_given *given)
{
	struct run *run = collect->run;
	struct report_collection about = { .finds = collect->finds,
					   .subject = subject,
					   .diags = collect->diags };
	static struct collectnames names;
	static struct options plain;
	enum status status = STATUS_OK;

	fill_given(collect, subject, given);
	given->collection = &about;
	names.n = 0;
	if (collect->options->output_dir) {
		status = collectnames_of(collect->options, subject->file_name,
					 collect->protected, collect->n_protected, &names,
					 collect->failure);
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
	if (path)
		status = output_open(path, collect->protected, collect->n_protected,
				     &output, collect->failure);
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
	if (options->output_dir)
		RETURN_IF_FAILED(collectnames_make_folder(
			options, collect->finds, collect->protected, collect->n_protected,
			collect->failure));
	for (size_t i = 0; i < collect->n; i++)
		RETURN_IF_FAILED(do_one(collect, collect->asked[i], given));
	return write_index(collect);
}

/* One subject, no folder: all is put out as for hives that are named. */
static enum status do_only(struct collect *collect, struct run_given *given)
{
	struct run *run = collect->run;
	struct report_collection about = { .finds = collect->finds,
					   .subject = collect->asked[0],
					   .diags = collect->diags,
					   .incomplete = collect->incomplete };

	fill_given(collect, collect->asked[0], given);
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
		status = collect->n == 1 && !collect->options->output_dir
				 ? do_only(collect, given)
				 : do_all(collect, given);
	free(given);
	collect->run->given = NULL;
	return status;
}

static void clear(struct collect *collect)
{
	index_free(collect->index);
	free(collect->asked);
	free(collect->protected);
	discover_clear(&collect->named.system, 1);
	discover_clear(&collect->named.software, 1);
	pairing_free(collect->pairing);
	whose_free(collect->whose);
	foundopener_clear(&collect->opener);
	finds_free(collect->finds);
	diag_list_free(collect->diags);
	collect->run->options = collect->options;
}

enum status collect_run(struct run *run, bool several, int *exit_status,
			struct failure *failure)
{
	struct collect *collect = calloc(1, sizeof(*collect));
	enum status status;

	failure_set(failure, "out of memory");
	if (!collect)
		return STATUS_NOMEM;
	collect->run = run;
	collect->options = run->options;
	collect->failure = failure;
	status = read_all(collect);
	if (status == STATUS_OK && several && collect->pairing->n < 2)
		status = STATUS_ABSENT;
	if (status == STATUS_OK) {
		tell_faults(collect);
		status = choose(collect);
	}
	if (status == STATUS_OK)
		status = do_asked(collect);
	if (collect->incomplete)
		note_exit(collect, EXIT_TROUBLE);
	*exit_status = collect->worst;
	clear(collect);
	free(collect);
	return status;
}
