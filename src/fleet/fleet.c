/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Machine by machine in the order of their names, report by report: each is read, written to
 * database and table, and freed; of each only what fleetdata.c keeps stays in memory.
 */
#include "fleet/fleet.h"

#include "fleet/fleetdata.h"
#include "fleet/fleetdatabase.h"
#include "fleet/fleetevents.h"
#include "fleet/fleetfolder.h"
#include "fleet/fleetpage.h"
#include "fleet/fleetread.h"
#include "fleet/fleetrows.h"
#include "report/index/index.h"
#include "report/index/indexcsv.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Lines about what cannot be indexed: the rest is counted. */
#define TOLD_MOST 20

struct making {
	const char *path;
	FILE *errors;
	size_t n_told;
	struct fleetfolder *folder;
	struct fleetdata *data;
	struct fleetevents *events;
	struct fleetdatabase *database; /* NULL: built without */
	struct output *table, *page;
	struct kept *kept; /* the reports, and what was made already */
	struct failure *failure;
	bool bad_outcome;
	const char *report; /* the one whose rows are made */
};

static void tell(struct making *making, const char *path, const char *why)
{
	char shown[4200];

	if (++making->n_told > TOLD_MOST)
		return;
	if (path)
		fprintf(making->errors, "%s: %s\n",
			failure_path(path, shown, sizeof(shown)), why);
	else
		fprintf(making->errors, "%s\n", why);
}

static void tell_rest(struct making *making)
{
	if (making->n_told > TOLD_MOST)
		fprintf(making->errors, "and %zu more\n", making->n_told - TOLD_MOST);
}

/* ---- the files that are made ---- */

static enum status open_part(struct making *making, const char *name, struct output **out)
{
	char *path = NULL;
	enum status status;

	if (asprintf(&path, "%s/%s", making->path, name) < 0)
		return STATUS_NOMEM;
	status = output_open(path, making->kept, out, making->failure);
	free(path);
	return status;
}

static enum status open_all(struct making *making)
{
	enum status status = fleetdatabase_open(making->path, making->kept,
						&making->database, making->failure);

	if (status == STATUS_UNSUPPORTED)
		fprintf(making->errors, "%s\n", making->failure->sentence);
	else
		RETURN_IF_FAILED(status);
	RETURN_IF_FAILED(open_part(making, INDEX_CSV_FILE, &making->table));
	RETURN_IF_FAILED(open_part(making, INDEX_PAGE_FILE, &making->page));
	failure_set(making->failure, "out of memory");
	indexcsv_put_names("machine", making->table);
	return STATUS_OK;
}

static void give_up(struct making *making)
{
	fleetdatabase_abort(making->database);
	output_abort(making->table);
	output_abort(making->page);
}

static enum status commit_all(struct making *making)
{
	struct fleetdatabase *database = STEAL(making->database);
	struct output *table, *page;

	if (database)
		RETURN_IF_FAILED(fleetdatabase_commit(database, making->failure));
	table = STEAL(making->table);
	RETURN_IF_FAILED(output_commit(table, making->failure));
	page = STEAL(making->page);
	return output_commit(page, making->failure);
}

/* ---- one report ---- */

/* Opens a file of the folder that no output replaces then. */
static enum status open_kept(struct making *making, const char *path, int *fd,
			     struct failure *why)
{
	struct stat st;

	*fd = fleetfolder_open(making->folder, path);
	if (*fd >= 0 && fstat(*fd, &st) == 0)
		return kept_add(making->kept, filemark_of(&st), KEPT_REPORT);
	failure_set(why, "%s", strerror(errno));
	return STATUS_IO;
}

static char *find_file(void *data, const char *file)
{
	const struct making *making = data;

	return fleetfolder_find(making->folder, making->report, file);
}

/* A row of the table for a machine or report of which there is nothing to read. */
static enum status put_unreadable(struct making *making, const char *machine,
				  const char *report, const char *why)
{
	AUTO(index_freep) struct index *index = NULL;

	RETURN_IF_FAILED(index_new(NULL, &index));
	RETURN_IF_FAILED(index_put_subject(
		index, (struct index_subject){ .name = "",
					       .state = INDEX_UNREADABLE,
					       .exit_status = 2,
					       .answer = why,
					       .report = report }));
	return indexcsv_put_rows(index, machine, making->table);
}

static enum status add_unread(struct making *making,
			      const struct fleetfolder_report *report, const char *why)
{
	tell(making, report->path, why);
	RETURN_IF_FAILED(fleetdata_add_unread(making->data, report->path, why));
	if (making->database)
		fleetdatabase_put_unread(making->database, making->data->machines.n,
					 making->data->reports.n, report->path, why);
	return put_unreadable(making, report->machine, report->path, why);
}

static enum status put_report(struct making *making,
			      const struct fleetfolder_report *from,
			      const struct fleetreport *report)
{
	AUTO(index_freep) struct index *index = NULL;
	uint64_t first_finding = making->data->n_findings + 1;
	struct fleetrows_files files = { .report = from->path,
					 .page = from->page,
					 .find = find_file,
					 .data = making };

	making->report = from->path;
	RETURN_IF_FAILED(index_new(NULL, &index));
	RETURN_IF_FAILED(fleetrows_add(report, &files, index));
	RETURN_IF_FAILED(fleetdata_add_report(making->data, report, index));
	if (making->database)
		fleetdatabase_put_report(making->database, making->data->machines.n,
					 making->data->reports.n, first_finding, report,
					 index);
	return indexcsv_put_rows(index, from->machine, making->table);
}

static enum status add_report(struct making *making,
			      const struct fleetfolder_report *from)
{
	AUTO(fleetreport_freep) struct fleetreport *report = NULL;
	struct failure *why = calloc(1, sizeof(*why));
	int fd = -1;
	enum status status = why ? open_kept(making, from->path, &fd, why) : STATUS_NOMEM;

	if (status == STATUS_OK)
		status = fleetread_report(fd, &report, why);
	if (fd >= 0)
		close(fd);
	if (status == STATUS_OK)
		status = put_report(making, from, report);
	else if (status != STATUS_NOMEM)
		status = add_unread(making, from, why->sentence);
	free(why);
	return status;
}

/* ---- one machine ---- */

static enum status open_outcome(struct making *making, const char *path,
				struct fleetoutcome *out, struct failure *why)
{
	int fd = -1;
	enum status status = open_kept(making, path, &fd, why);

	if (status == STATUS_OK)
		status = fleetoutcome_read(fd, making->folder->arena, out, why);
	if (fd >= 0)
		close(fd);
	return status;
}

/* One that cannot be read is an outcome of its own: nothing says that the unit was done. */
static enum status read_outcome(struct making *making,
				const struct fleetfolder_machine *from,
				struct fleetoutcome *out)
{
	struct failure *why = from->outcome ? calloc(1, sizeof(*why)) : NULL;
	enum status status;

	if (!why)
		return from->outcome ? STATUS_NOMEM : STATUS_OK;
	status = open_outcome(making, from->outcome, out, why);
	if (status != STATUS_OK && status != STATUS_NOMEM) {
		tell(making, from->outcome, why->sentence);
		making->bad_outcome = true;
		out->outcome = "unknown";
		out->reason = arena_strdup(making->folder->arena, why->sentence);
		status = out->reason ? STATUS_OK : STATUS_NOMEM;
	}
	free(why);
	return status;
}

static enum status put_machine(struct making *making)
{
	const struct fleetdata *data = making->data;
	const struct fleetdata_machine *machine =
		&data->machines.items[data->machines.n - 1];
	bool failed =
		machine->outcome.outcome && !fleetoutcome_is_done(&machine->outcome);
	const char *why = machine->outcome.reason;

	if (making->database)
		fleetdatabase_put_machine(making->database, data->machines.n, machine);
	if (!failed && machine->n_reports > 0)
		return STATUS_OK;
	if (!why)
		why = failed			 ? machine->outcome.outcome
		      : machine->outcome.outcome ? "it has no report"
						 : "it is not done";
	return put_unreadable(making, machine->name, NULL, why);
}

static enum status add_machine(struct making *making,
			       const struct fleetfolder_machine *from)
{
	struct fleetdata_machine machine = { .name = from->name, .errors = from->errors };

	RETURN_IF_FAILED(read_outcome(making, from, &machine.outcome));
	RETURN_IF_FAILED(fleetdata_add_machine(making->data, &machine));
	for (size_t i = 0; i < from->n_reports; i++)
		RETURN_IF_FAILED(add_report(
			making, &making->folder->reports.items[from->first_report + i]));
	return put_machine(making);
}

/* ---- all of it ---- */

static enum status conclude(struct making *making)
{
	struct fleetpage_given given = {
		.troubles = making->folder->troubles.items,
		.n_troubles = making->folder->troubles.n,
		.has_database = making->database != NULL,
	};

	RETURN_IF_FAILED(fleetevents_find(making->data, &making->events));
	for (size_t i = 0; making->database && i < making->events->n; i++)
		fleetdatabase_put_event(making->database, i + 1, making->data,
					&making->events->items[i]);
	return fleetpage_write(making->data, making->events, &given, making->page);
}

static enum status make(struct making *making)
{
	const struct fleetfolder *folder = making->folder;

	RETURN_IF_FAILED(open_all(making));
	for (size_t i = 0; i < folder->troubles.n; i++)
		tell(making, NULL, folder->troubles.items[i]);
	for (size_t i = 0; i < folder->machines.n; i++)
		RETURN_IF_FAILED(add_machine(making, &folder->machines.items[i]));
	RETURN_IF_FAILED(conclude(making));
	return commit_all(making);
}

static enum status answer(const struct making *making, struct fleet_answer *out)
{
	const struct fleetdata *data = making->data;
	char *sentence = fleetpage_sentence(data, making->events);

	if (!sentence)
		return STATUS_NOMEM;
	*out = (struct fleet_answer){ .n_machines = data->machines.n,
				      .n_reports = data->reports.n };
	for (size_t i = 0; i < data->reports.n; i++)
		out->n_unread += data->reports.items[i].trouble != NULL;
	out->n_reports -= out->n_unread;
	out->complete = out->n_unread == 0 && !making->bad_outcome &&
			making->folder->troubles.n == 0 && data->n_rows_left_out == 0 &&
			!making->events->incomplete;
	(void)snprintf(out->sentence, sizeof(out->sentence), "%s", sentence);
	free(sentence);
	return STATUS_OK;
}

const char *fleet_database_library(void)
{
	return fleetdatabase_library_version();
}

enum status fleet_index(const char *path, FILE *errors, struct fleet_answer *out,
			struct failure *failure)
{
	struct making making = { .path = path, .errors = errors, .failure = failure };
	AUTO(fleetfolder_freep) struct fleetfolder *folder = NULL;
	AUTO(fleetdata_freep) struct fleetdata *data = NULL;
	AUTO(kept_freep) struct kept *kept = NULL;
	struct failure *why = calloc(1, sizeof(*why));
	enum status status = why ? fleetfolder_read(path, &folder, why) : STATUS_NOMEM;
	char shown[4200];

	failure_set(failure, "out of memory");
	if (status != STATUS_OK && status != STATUS_NOMEM)
		failure_set(failure, "%s: %s", failure_path(path, shown, sizeof(shown)),
			    why->sentence);
	free(why);
	RETURN_IF_FAILED(status);
	RETURN_IF_FAILED(fleetdata_new(&data));
	RETURN_IF_FAILED(kept_new(&kept));
	making.kept = kept;
	making.folder = folder;
	making.data = data;
	status = make(&making);
	if (status == STATUS_LIMIT)
		failure_set(failure, "%s: holds more than one index can",
			    failure_path(path, shown, sizeof(shown)));
	if (status != STATUS_OK)
		give_up(&making);
	tell_rest(&making);
	if (status == STATUS_OK)
		status = answer(&making, out);
	fleetevents_free(making.events);
	return status;
}
