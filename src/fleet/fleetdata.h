/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What an index keeps of all reports once they are read and freed: a line for each machine
 * and report, what each loss is put together by, and what to do where KB 817375 is supported.
 * Texts are of its arena.
 */
#ifndef FLEET_FLEETDATA_H
#define FLEET_FLEETDATA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/hashtable.h"
#include "base/status.h"
#include "fleet/fleetoutcome.h"
#include "fleet/fleetreport.h"
#include "report/index/indexdata.h"

/* Losses that events and the picture are made from; more are counted.  50 MB of them. */
#define FLEETDATA_MAX_LOSSES ((size_t)1 << 19)
/* Of one report: steps to take, processes that hold Mapi32.dll. */
#define FLEETDATA_MAX_ADVICES 24
#define FLEETDATA_MAX_PROCESSES 32

/* No such machine, cause, report. */
#define FLEETDATA_NONE UINT32_MAX

struct fleetdata_machine {
	const char *name;	   /* any bytes */
	const char *computer_name; /* UTF-8, of the first report that tells it, or NULL */
	struct fleetoutcome outcome; /* outcome.outcome is NULL: nothing tells it */
	const char *errors;	     /* path, or NULL */
	uint32_t n_reports, n_unread;
	bool lost, incomplete;
};

struct fleetdata_report {
	uint32_t machine;
	const char *path, *page; /* any bytes; page may be NULL */
	const char
		*trouble; /* why it is not indexed; NULL: it is, and all that follows */
	const char *subject, *answer;
	enum index_state state;
	bool incomplete;
	bool has_fault; /* KB 817375 is supported */
	uint32_t n_losses;
	uint32_t first_process, n_processes; /* in the list of processes of reports */
	uint32_t first_advice, n_advices;    /* where KB 817375 is supported */
};

/*
 * A loss that its report tells of.  Times are FILETIME, 0 where there is none; the moment,
 * where it is known, is both.  What contradicts itself has none.
 */
struct fleetdata_loss {
	uint64_t from_ft, to_ft;
	uint64_t
		evidence; /* of the hive that it is seen in: the same bytes, the same number */
	uint64_t finding; /* number of its row */
	uint32_t report;
	uint32_t cause;	  /* enum cause, or FLEETDATA_NONE */
	enum grade grade; /* of that */
	bool is_moment;
	uint8_t certainty;   /* the lower the surer; see fleetdata_certainty_word() */
	const char *profile; /* UTF-8, or NULL */
};

struct fleetdata {
	struct arena *arena;
	struct {
		struct fleetdata_machine *items;
		size_t n, cap;
	} machines;
	struct {
		struct fleetdata_report *items;
		size_t n, cap;
	} reports; /* by machine, then by path */
	struct {
		struct fleetdata_loss *items;
		size_t n, cap;
	} losses; /* in the order of the reports */
	struct {
		uint32_t *items; /* numbers of process_names */
		size_t n, cap;
	} processes;
	struct fleetdata_names {
		const char **items;
		size_t n, cap;
	} process_names, advices; /* each name once, as it was first seen; lines */
	struct hashtable process_numbers;
	size_t n_losses_left_out;
	size_t n_rows_left_out; /* of the tables */
	size_t n_findings;	/* rows so far */
};

/* Return: STATUS_OK and *out given; STATUS_NOMEM. */
MUST_CHECK enum status fleetdata_new(struct fleetdata **out);
/* NULL is allowed. */
void fleetdata_free(struct fleetdata *data);
void fleetdata_freep(struct fleetdata **data);

/* Adds a machine; what it holds is copied.  Return: STATUS_OK; STATUS_NOMEM; STATUS_LIMIT. */
MUST_CHECK enum status fleetdata_add_machine(struct fleetdata *data,
					     const struct fleetdata_machine *machine);

/*
 * Adds a report of the last machine that is not indexed, and why.
 * Return: STATUS_OK; STATUS_NOMEM; STATUS_LIMIT.
 */
MUST_CHECK enum status fleetdata_add_unread(struct fleetdata *data, const char *path,
					    const char *trouble);

/*
 * Adds a report of the last machine with the subject that the index of it holds; its rows
 * get the numbers from data->n_findings + 1 on.  Nothing is borrowed.
 * Return: STATUS_OK; STATUS_NOMEM; STATUS_LIMIT.
 */
MUST_CHECK enum status fleetdata_add_report(struct fleetdata *data,
					    const struct fleetreport *report,
					    const struct index *index);

/* "certain" and so on, of a loss. */
const char *fleetdata_certainty_word(uint8_t certainty);

#endif
