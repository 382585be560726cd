/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The processes that made the profiles which are gone: a generated name tells the process
 * id, and a listing which process has it.  Windows uses numbers again, so that a number
 * alone is no process: what is listed under it must go with the profile too.  It does if
 * it holds Mapi32.dll or is a program of Exchange, or if the first word of the profile's
 * name stands in the name of its program, of its services or of its window.
 */
#include "cause/condition/makerfacts.h"

#include "cause/condition/result.h"

#include <inttypes.h>
#include <string.h>

/* Shorter words stand in too many names. */
#define LEAST_WORD 4

/* Rows of one process id that are looked at, as many as holder.c does. */
#define MAX_ROWS 64

enum maker { MAKER_NOT_LISTED, MAKER_BY_NUMBER, MAKER_LISTED };

static bool names_word(const struct listing_process *process, const char *word)
{
	bool found = text_has(text_of(process->image), word) ||
		     (process->window && text_has(text_of(process->window), word));

	for (size_t i = 0; i < process->services.n && !found; i++)
		found = text_has(text_of(process->services.items[i]), word);
	return found;
}

/* The first word of the prefix, kept in the incident's arena; "" if it is short. */
static const char *first_word(struct incident *incident, struct text prefix)
{
	const char *all = incident_utf8(incident, prefix);
	size_t len = strcspn(all, " -_.");

	return len < LEAST_WORD ? "" : incident_print(incident, "%.*s", (int)len, all);
}

static bool goes_with(const struct listing_process *process, const char *word)
{
	enum basis basis;

	return process->holds_mapi32 ||
	       holder_class_of(process->image, &basis) == HOLDER_EXCHANGE ||
	       (*word && names_word(process, word));
}

/* Whether the maker of that profile is listed; *row: the row that tells it, or any. */
static enum maker find_maker(struct incident *incident, const struct loss *loss,
			     const struct holder_row **row)
{
	const struct holders *holders = incident->holders;
	uint32_t pid = loss->generated.pid;

	*row = holders_process(holders, pid);
	if (!*row)
		return MAKER_NOT_LISTED;
	const char *word = first_word(incident, loss->generated.prefix);
	const struct holder_row *end = holders->rows.items + holders->rows.n;
	for (const struct holder_row *one = *row;
	     one < end && one - *row < MAX_ROWS && one->process->pid == pid; one++)
		if (goes_with(one->process, word)) {
			*row = one;
			return MAKER_LISTED;
		}
	return MAKER_BY_NUMBER;
}

static void show(struct incident *incident, struct condition *condition,
		 const struct holder_row *row, const struct loss *loss)
{
	result_show_file(condition, row->listing->evidence, row->process->offset,
			 incident_print(incident, "%s, process %" PRIu32,
					row->process->image, row->process->pid));
	result_show_loss(incident, condition, loss);
}

void makerfacts_makers(struct incident *incident, struct condition *condition)
{
	bool wants_running = condition->kind->id == CONDITION_PROCESS_RUNS;
	const struct losses *losses = &incident->losses;
	size_t named = 0, running = 0, numbers = 0;

	for (size_t i = 0; i < losses->n; i++) {
		const struct loss *loss = &losses->items[i];
		const struct holder_row *row;
		if (!loss->generated.present || !loss->sure)
			continue;
		named++;
		enum maker maker = find_maker(incident, loss, &row);
		running += maker == MAKER_LISTED;
		numbers += maker == MAKER_BY_NUMBER;
		if (maker != MAKER_NOT_LISTED)
			show(incident, condition, row, loss);
	}
	/* Only a listing of everything shows that a process is not there. */
	bool none = named > 0 && numbers == 0 && incident->holders->listed;
	/* Of those whose names tell no process it is not known whether theirs still runs. */
	bool all = named == losses->n && !loss_is_in_doubt(losses);
	if (running > 0 || none)
		result_is(incident, condition,
			  running == 0 && !all		   ? CONDITION_UNKNOWN
			  : wants_running == (running > 0) ? CONDITION_MET
							   : CONDITION_NOT_MET,
			  "of the %zu profiles whose names tell the process that made "
			  "them, %zu have theirs listed",
			  named, running);
	else if (numbers > 0)
		result_is(incident, condition, CONDITION_UNKNOWN,
			  "processes with the numbers of %zu of %zu are listed, but "
			  "nothing tells that they are the same: numbers are used again",
			  numbers, named);
	else if (named == 0)
		result_is(incident, condition, CONDITION_UNKNOWN,
			  "no name of a lost profile tells its process");
}
