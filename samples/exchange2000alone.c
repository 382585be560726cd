// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * exchange2000alone AFTER: the incident of the sample exchange2000, but nobody kept a
 * hive from before. AFTER is the DEFAULT hive as saved on 20 March 2003, two days after
 * the purge. Until then the server lived on:
 *
 *	18 March 09:15:40	the backup agent ends the job that purged the profiles
 *	19 March 02:11:27	it ends the job of that night
 *	20 March 02:11:31	and of the next
 *
 * From that week on it keeps a log below the key of each job, and Windows puts what is
 * new where it fits: into cells in which the purged profiles stood. So
 *
 *	Exchange Administrator, EXCH01-LME-GWISE V5.5, EXCH01-LME-NOTES, Mailbox Manager
 *		are whole, as far as Windows 2000 leaves a freed cell whole;
 *	Fax Gateway
 *		has lost the data of one value;
 *	{5F2C8A10-5E0B-4D71-9A3E-0C1B7D4466E2}
 *		has lost two sections' records and the data of one value;
 *	Event Script
 *		has lost its own record, that of its first section and the data of two
 *		values of another. The seven sections left name a cell as their
 *		parent where now the key of a log stands, with a last write later than
 *		theirs: only what it is tells that it was never above a section.
 */
#include "desktop.h"
#include "incident.h"
#include "sample.h"

#include <stdio.h>
#include <stdlib.h>

#define JOBS INCIDENT_AGENT "\\Jobs\\"

/* A run of one of the agent's jobs. */
struct run {
	const char *job;
	const char *log; /* the run's key in the log of the job: when it began */
	const char *media;
	uint32_t files;
	uint64_t ended;
};

/* At its end: what it did, and how it went. */
static void end_run(struct builder *b, const struct run *run)
{
	const struct desktop_setting result = { run->job, "Last Result", "0" };
	char path[128];

	snprintf(path, sizeof(path), "%s\\Log\\%s", run->job, run->log);
	builder_key log = builder_path(b, path, run->ended);
	builder_value_dword(b, log, "Files", run->files);
	builder_value_string(b, log, "Media", run->media);
	desktop_apply(b, &result, 1, run->ended);

	builder_key agent = builder_key_find(b, builder_root(b), INCIDENT_AGENT);
	builder_value_dword(b, agent, "State", 2);
	builder_key_touch(b, agent, run->ended);
}

static void live_on(struct builder *b)
{
	const struct run runs[] = {
		{
			.job = JOBS "Mailboxes",
			.log = "20030318-091400",
			.media = "EXCH01 Mailboxes Tuesday week 12",
			.files = 38,
			.ended = incident_moment(18, 9, 15, 40, 33),
		},
		{
			.job = JOBS "System State",
			.log = "20030319-020000",
			.media = "EXCH01 Daily Wednesday",
			.files = 1764,
			.ended = incident_moment(19, 2, 11, 27, 9),
		},
		{
			.job = JOBS "System State",
			.log = "20030320-020000",
			.media = "EXCH01 Daily Thursday",
			.files = 1766,
			.ended = incident_moment(20, 2, 11, 31, 50),
		},
	};

	for (size_t i = 0; i < sizeof(runs) / sizeof(runs[0]); i++)
		end_run(b, &runs[i]);
	builder_stamp(b, incident_moment(20, 10, 5, 17, 12), 0x4F4);
}

int main(int argc, char **argv)
{
	if (argc != 2) {
		fputs("usage: exchange2000alone AFTER\n", stderr);
		return EXIT_FAILURE;
	}
	struct builder *b = incident_before();
	incident_overnight(b);
	incident_purge(b);
	live_on(b);
	bool written = sample_hive(b, argv[1]);
	builder_free(b);
	return written ? EXIT_SUCCESS : EXIT_FAILURE;
}
