/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Commands for Slurm (sbatch(1), scontrol(1), sacct(1), 22.05). */
#include "sweep/run/engineslurm.h"

#include "sweep/run/unitrun.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What slurm.conf(5) has where it says nothing: numbers 0 to 1000. */
#define USUAL_MOST 1000

/* scontrol asks the controller, which may be busy. */
#define ASK_MS 60000

enum status engineslurm_arguments(const struct engine_work *work, struct arguments *out)
{
	char *self = arguments_quote(work->self);

	if (!self)
		return STATUS_NOMEM;
	arguments_add(out, "sbatch");
	arguments_add(out, "--wait");
	arguments_add(out, "--parsable");
	arguments_add(out, "--job-name=wmsdiff-sweep");
	arguments_add(out, "--chdir=%s", work->chunks);
	/* All jobs write to one file, and seldom anything. */
	arguments_add(out, "--open-mode=append");
	arguments_add(out, "--output=%s.jobs", work->notes);
	if (work->at_once)
		arguments_add(out, "--array=1-%zu%%%zu", work->n, work->at_once);
	else
		arguments_add(out, "--array=1-%zu", work->n);
	for (size_t i = 0; i < work->n_options; i++)
		arguments_add(out, "%s", work->options[i]);
	arguments_add(out, "--wrap=exec %s unit \"$SLURM_ARRAY_TASK_ID.tsv\"", self);
	free(self);
	return out->failed ? STATUS_NOMEM : STATUS_OK;
}

/* "MaxArraySize            = 1001": numbers end before it. */
static size_t most_of(const char *config)
{
	const char *at = strstr(config, "MaxArraySize");
	size_t number = 0;

	at = at ? at + strcspn(at, "=\n") : "";
	for (at += *at == '='; *at == ' '; at++)
		;
	for (; *at >= '0' && *at <= '9' && number < 10000000; at++)
		number = number * 10 + (size_t)(*at - '0');
	return number > 1 ? number - 1 : USUAL_MOST;
}

size_t engineslurm_most(void)
{
	struct arguments arguments = { 0 };
	struct unitrun_limits limits = { .ms = ASK_MS, .output = true };
	struct unitrun_end end = { 0 };
	size_t most = USUAL_MOST;

	arguments_add(&arguments, "scontrol");
	arguments_add(&arguments, "show");
	arguments_add(&arguments, "config");
	if (!arguments.failed &&
	    unitrun("/", arguments.items, &limits, NULL, NULL, &end) == STATUS_OK)
		most = most_of(end.said);
	free(end.said);
	arguments_clear(&arguments);
	return most;
}

enum status engineslurm_job(enum engineslurm_about about, const char *job,
			    struct arguments *out)
{
	switch (about) {
	case ENGINESLURM_END:
		arguments_add(out, "scancel");
		break;
	case ENGINESLURM_ACCOUNT:
		arguments_add(out, "sacct");
		arguments_add(out, "--parsable2");
		arguments_add(out, "--format=JobID,NodeList,State,ExitCode,Start,End,"
				   "Elapsed,MaxRSS");
		arguments_add(out, "--jobs");
		break;
	case ENGINESLURM_SHOW:
		arguments_add(out, "scontrol");
		arguments_add(out, "--oneliner");
		arguments_add(out, "show");
		arguments_add(out, "job");
		break;
	}
	arguments_add(out, "%s", job);
	return out->failed ? STATUS_NOMEM : STATUS_OK;
}

/* "123" or "123;cluster", alone on its line. */
bool engineslurm_number(const char *printed, char out[32])
{
	size_t n = strspn(printed, "0123456789");

	if (n == 0 || n > 20 || !strchr(";\n", printed[n]))
		return false;
	(void)snprintf(out, 32, "%.*s", (int)n, printed);
	return true;
}
