/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One transaction without a journal: what is not committed is removed as a file.  No time of
 * making and no number by chance stands in the file, so its bytes depend on the reports, and
 * on the version of SQLite, alone.
 */
#include "fleet/fleetdatabase.h"

#include "base/filetime.h"
#include "base/text.h"
#include "cause/cause.h"
#include "fleet/fleetlinks.h"
#include "fleet/fleetrows.h"
#include "report/output.h"

#include <stdlib.h>

#ifdef HAVE_SQLITE

#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* src/fleet/index.sql, as it was when this was built. */
#include "fleet/fleetschema.inc"

enum statement {
	PUT_MACHINE,
	PUT_UNIT,
	PUT_REPORT,
	PUT_INPUT,
	PUT_SUBJECT,
	PUT_FINDING,
	PUT_CAUSE,
	PUT_ADVICE,
	PUT_PROCESS,
	PUT_DIAGNOSTIC,
	PUT_EVENT,
	PUT_EVENT_FINDING,
	PUT_EVENT_PROCESS,
	N_STATEMENTS
};

static const char *const statements[N_STATEMENTS] = {
	[PUT_MACHINE] = "INSERT INTO machine VALUES (?,?,?,?,?,?,?)",
	[PUT_UNIT] = "INSERT INTO unit VALUES (?,?,?,?,?,?,?,?,?)",
	[PUT_REPORT] = "INSERT INTO report VALUES (?,?,?,?,?,?)",
	[PUT_INPUT] = "INSERT INTO input VALUES (?,?,?,?,?,?)",
	[PUT_SUBJECT] = "INSERT INTO subject VALUES (?,?,?,?,?,?,?)",
	[PUT_FINDING] = ("INSERT INTO finding VALUES "
			 "(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"),
	[PUT_CAUSE] = "INSERT INTO cause VALUES (?,?,?,?,?,?,?,?)",
	[PUT_ADVICE] = "INSERT INTO advice VALUES (?,?,?,?,?,?)",
	[PUT_PROCESS] = "INSERT INTO process VALUES (?,?,?)",
	[PUT_DIAGNOSTIC] = "INSERT INTO diagnostic VALUES (?,?,?,?,?)",
	[PUT_EVENT] = "INSERT INTO event VALUES (?,?,?,?,?,?,?,?)",
	[PUT_EVENT_FINDING] = "INSERT INTO event_finding VALUES (?,?)",
	[PUT_EVENT_PROCESS] = "INSERT INTO event_process VALUES (?,?)",
};

struct fleetdatabase {
	sqlite3 *handle;
	sqlite3_stmt *statements[N_STATEMENTS];
	char *path, *temporary;
	struct output *output; /* the file, which the library fills by its path */
	enum status status;
	struct failure failure;
};

const char *fleetdatabase_library_version(void)
{
	return sqlite3_libversion();
}

/* ---- putting rows ---- */

static void fail(struct fleetdatabase *database, enum status status, const char *why)
{
	char shown[4200];

	if (database->status != STATUS_OK)
		return;
	database->status = status;
	failure_set(&database->failure, "%s: %s",
		    failure_path(database->path, shown, sizeof(shown)), why);
}

static void check(struct fleetdatabase *database, int code)
{
	if (code == SQLITE_OK || code == SQLITE_DONE)
		return;
	fail(database, code == SQLITE_NOMEM ? STATUS_NOMEM : STATUS_IO,
	     database->handle ? sqlite3_errmsg(database->handle) : sqlite3_errstr(code));
}

/* Names of files are any bytes; a text is UTF-8. */
static void bind_bytes(struct fleetdatabase *database, sqlite3_stmt *statement, int at,
		       const char *bytes)
{
	struct text units;
	char *utf8;

	if (!bytes)
		return;
	if (!text_from_utf8(bytes, strlen(bytes), &units)) {
		fail(database, STATUS_NOMEM, "out of memory");
		return;
	}
	utf8 = text_to_utf8(units, NULL);
	text_free(units);
	if (!utf8)
		fail(database, STATUS_NOMEM, "out of memory");
	else
		check(database, sqlite3_bind_text(statement, at, utf8, -1, free));
}

static void bind_time(struct fleetdatabase *database, sqlite3_stmt *statement, int at,
		      uint64_t ft)
{
	char text[FILETIME_TEXT_SIZE];

	if (ft == 0)
		return;
	filetime_format(ft, text);
	check(database, sqlite3_bind_text(statement, at, text, -1, SQLITE_TRANSIENT));
}

/*
 * Puts a row.  types has a letter for each value: 'i' a uint64_t, 'f' a uint64_t that is a
 * FILETIME, 't' a text of UTF-8, 'b' one of any bytes; a text may be NULL.
 */
static void put(struct fleetdatabase *database, enum statement number, const char *types,
		...)
{
	sqlite3_stmt *statement = database->statements[number];
	va_list values;

	if (database->status != STATUS_OK)
		return;
	va_start(values, types);
	for (int i = 0; types[i]; i++) {
		if (types[i] == 'i')
			check(database, sqlite3_bind_int64(
						statement, i + 1,
						(sqlite3_int64)va_arg(values, uint64_t)));
		else if (types[i] == 'f')
			bind_time(database, statement, i + 1, va_arg(values, uint64_t));
		else if (types[i] == 'b')
			bind_bytes(database, statement, i + 1,
				   va_arg(values, const char *));
		else
			check(database, sqlite3_bind_text(statement, i + 1,
							  va_arg(values, const char *),
							  -1, SQLITE_STATIC));
	}
	va_end(values);
	if (database->status == STATUS_OK)
		check(database, sqlite3_step(statement));
	(void)sqlite3_reset(statement);
	(void)sqlite3_clear_bindings(statement);
}

static uint64_t number_of(const char *text)
{
	uint64_t number = 0;

	for (const char *c = text; c && *c; c++)
		if (*c < '0' || *c > '9' || ckd_mul(&number, number, UINT64_C(10)) ||
		    ckd_add(&number, number, (uint64_t)(*c - '0')))
			return 0;
	return number;
}

void fleetdatabase_put_machine(struct fleetdatabase *database, uint64_t number,
			       const struct fleetdata_machine *machine)
{
	const struct fleetoutcome *outcome = &machine->outcome;

	put(database, PUT_MACHINE, "ibtiiii", number, machine->name,
	    machine->computer_name, (uint64_t)(machine->n_reports - machine->n_unread),
	    (uint64_t)machine->n_unread, (uint64_t)machine->lost,
	    (uint64_t)machine->incomplete);
	if (outcome->outcome)
		put(database, PUT_UNIT, "itttttttt", number, outcome->outcome,
		    outcome->status, outcome->reason, outcome->host, outcome->started,
		    outcome->seconds, outcome->identity, outcome->wmsdiff);
}

void fleetdatabase_put_unread(struct fleetdatabase *database, uint64_t machine,
			      uint64_t number, const char *path, const char *trouble)
{
	const char *none = NULL; /* a bare NULL need not be a pointer there */

	put(database, PUT_REPORT, "iibttb", number, machine, path, none, none, trouble);
}

static void put_finding(struct fleetdatabase *database, uint64_t report, uint64_t number,
			const struct index_row *row)
{
	char change[24];

	(void)snprintf(change, sizeof(change), "c%zu", row->change);
	put(database, PUT_FINDING, "iittitttttttffftttttbttt", number, report,
	    row->change > 0 ? change : NULL, row->kind, (uint64_t)fleetrows_is_loss(row),
	    row->certainty, row->fate, row->profile, row->profile_utf16, row->new_name,
	    row->store_path, row->new_store_path, row->from_ft, row->to_ft,
	    row->moment_ft, row->time_certainty,
	    row->weighed ? cause_word(row->cause) : NULL,
	    row->weighed ? grade_word(row->grade) : NULL, row->restore,
	    row->restore_reason, row->restore_file, row->before_file, row->after_file,
	    row->note);
}

static void put_causes(struct fleetdatabase *database, uint64_t number,
		       const struct fleetreport *report)
{
	for (size_t i = 0; i < report->causes.n; i++) {
		const struct fleetreport_cause *cause = &report->causes.items[i];
		put(database, PUT_CAUSE, "iitttttt", number, (uint64_t)(i + 1),
		    cause->comparison, cause->cause, cause->grade, cause->rank,
		    cause->says, cause->contradiction);
	}
	for (size_t i = 0; i < report->advices.n; i++) {
		const struct fleetreport_advice *advice = &report->advices.items[i];
		put(database, PUT_ADVICE, "iiittt", number, (uint64_t)(advice->cause + 1),
		    (uint64_t)(i + 1), advice->code, advice->name, advice->text);
	}
}

void fleetdatabase_put_report(struct fleetdatabase *database, uint64_t machine,
			      uint64_t number, uint64_t first_finding,
			      const struct fleetreport *report, const struct index *index)
{
	const char *none = NULL; /* a bare NULL need not be a pointer there */
	const struct index_subject *subject = &index->subjects.items[0];

	put(database, PUT_REPORT, "iibbtt", number, machine, subject->report,
	    subject->page, report->program_version, none);
	for (size_t i = 0; i < report->inputs.n; i++) {
		const struct fleetreport_input *input = &report->inputs.items[i];
		put(database, PUT_INPUT, "itttit", number, input->id, input->role,
		    input->path, number_of(input->size), input->sha256);
	}
	put(database, PUT_SUBJECT, "ittttit", number, subject->name, subject->sid,
	    subject->role, indexdata_state_word(subject->state),
	    (uint64_t)subject->exit_status, subject->answer);
	for (size_t i = 0; i < index->rows.n; i++)
		put_finding(database, number, first_finding + i, &index->rows.items[i]);
	put_causes(database, number, report);
	for (size_t i = 0; i < report->processes.n; i++)
		put(database, PUT_PROCESS, "itt", number,
		    report->processes.items[i].image, report->processes.items[i].class);
	for (size_t i = 0; i < report->diagnostics.n; i++) {
		const struct fleetreport_diagnostic *found =
			&report->diagnostics.items[i];
		put(database, PUT_DIAGNOSTIC, "itttt", number, found->code,
		    found->severity, found->input, found->sentence);
	}
}

void fleetdatabase_put_event(struct fleetdatabase *database, uint64_t number,
			     const struct fleetdata *data, const struct fleetevent *event)
{
	put(database, PUT_EVENT, "iffiitit", number, event->from_ft, event->to_ft,
	    (uint64_t)event->n_machines, (uint64_t)event->n_losses,
	    event->cause == FLEETDATA_NONE ? NULL : cause_word((enum cause)event->cause),
	    (uint64_t)event->n_supported, fleetdata_certainty_word(event->certainty));
	for (size_t i = 0; i < event->n_losses; i++)
		put(database, PUT_EVENT_FINDING, "ii", number,
		    data->losses.items[event->losses[i]].finding);
	for (size_t i = 0; i < event->n_processes; i++)
		put(database, PUT_EVENT_PROCESS, "it", number,
		    data->process_names.items[event->processes[i]]);
}

/* ---- the file ---- */

static void close_handle(struct fleetdatabase *database)
{
	for (unsigned i = 0; i < N_STATEMENTS; i++) {
		(void)sqlite3_finalize(database->statements[i]);
		database->statements[i] = NULL;
	}
	(void)sqlite3_close(database->handle);
	database->handle = NULL;
}

void fleetdatabase_abort(struct fleetdatabase *database)
{
	if (!database)
		return;
	close_handle(database);
	output_abort(database->output);
	free(database->temporary);
	free(database->path);
	free(database);
}

static void prepare(struct fleetdatabase *database)
{
	check(database,
	      sqlite3_open_v2(database->temporary, &database->handle,
			      SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL));
	/* It writes no journal, and opens the file no second time. */
	output_forget_name(database->output);
	if (database->status == STATUS_OK)
		check(database,
		      sqlite3_exec(database->handle, index_sql, NULL, NULL, NULL));
	for (unsigned i = 0; i < N_STATEMENTS && database->status == STATUS_OK; i++)
		check(database, sqlite3_prepare_v2(database->handle, statements[i], -1,
						   &database->statements[i], NULL));
}

enum status fleetdatabase_open(const char *folder, struct kept *kept,
			       struct fleetdatabase **out, struct failure *failure)
{
	struct fleetdatabase *database = calloc(1, sizeof(*database));
	enum status status = STATUS_NOMEM;

	failure_set(failure, "out of memory");
	if (!database)
		return STATUS_NOMEM;
	if (asprintf(&database->path, "%s/" FLEETLINKS_DATABASE, folder) < 0)
		database->path = NULL;
	if (database->path)
		status = output_open_named(database->path, kept, &database->temporary,
					   &database->output, failure);
	if (status == STATUS_OK) {
		prepare(database);
		status = database->status;
		if (status != STATUS_OK)
			*failure = database->failure;
	}
	if (status == STATUS_OK) {
		*out = database;
		return STATUS_OK;
	}
	fleetdatabase_abort(database);
	return status;
}

enum status fleetdatabase_commit(struct fleetdatabase *database, struct failure *failure)
{
	enum status status;

	if (database->status == STATUS_OK)
		check(database,
		      sqlite3_exec(database->handle, "COMMIT", NULL, NULL, NULL));
	close_handle(database);
	status = database->status;
	if (status != STATUS_OK)
		*failure = database->failure;
	else
		status = output_commit(STEAL(database->output), failure);
	fleetdatabase_abort(database);
	return status;
}

#else

const char *fleetdatabase_library_version(void)
{
	return NULL;
}

enum status fleetdatabase_open(const char *folder, struct kept *kept,
			       struct fleetdatabase **out, struct failure *failure)
{
	(void)folder, (void)out;
	failure_set(failure, FLEETLINKS_DATABASE " is not written: wmsdiff-report was "
						 "built without SQLite");
	return STATUS_UNSUPPORTED;
}

void fleetdatabase_put_machine(struct fleetdatabase *database, uint64_t number,
			       const struct fleetdata_machine *machine)
{
	(void)database, (void)number, (void)machine;
}

void fleetdatabase_put_unread(struct fleetdatabase *database, uint64_t machine,
			      uint64_t number, const char *path, const char *trouble)
{
	(void)database, (void)machine, (void)number, (void)path, (void)trouble;
}

void fleetdatabase_put_report(struct fleetdatabase *database, uint64_t machine,
			      uint64_t number, uint64_t first_finding,
			      const struct fleetreport *report, const struct index *index)
{
	(void)database, (void)machine, (void)number, (void)first_finding, (void)report;
	(void)index;
}

void fleetdatabase_put_event(struct fleetdatabase *database, uint64_t number,
			     const struct fleetdata *data, const struct fleetevent *event)
{
	(void)database, (void)number, (void)data, (void)event;
}

enum status fleetdatabase_commit(struct fleetdatabase *database, struct failure *failure)
{
	(void)database;
	failure_set(failure, "built without SQLite");
	return STATUS_UNSUPPORTED;
}

void fleetdatabase_abort(struct fleetdatabase *database)
{
	(void)database;
}

#endif
