/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The command for GNU parallel (parallel(1), 20221122).  Its own --resume goes by numbers of
 * lines and is not used.
 */
#include "sweep/run/engineparallel.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A host that fails loses its job to another one; so often. */
#define RETRIES 3

static enum status write_list(const struct engine_work *work, const char *path,
			      struct failure *failure)
{
	char shown[4200];
	FILE *out = fopen(path, "we");
	bool written = out != NULL;

	for (size_t i = 1; out && i <= work->n; i++)
		fprintf(out, "%zu.tsv\n", i);
	if (out) {
		written = !ferror(out);
		written &= fclose(out) == 0;
	}
	if (written)
		return STATUS_OK;
	failure_set(failure, "%s: %s", failure_path(path, shown, sizeof(shown)),
		    strerror(errno));
	return STATUS_IO;
}

static void add_hosts(const struct engine_work *work, struct arguments *out)
{
	arguments_add(out, "--sshloginfile");
	arguments_add(out, "%s", work->hosts);
	/* It says which hosts do not answer, and does without them. */
	arguments_add(out, "--filter-hosts");
	arguments_add(out, "--retries=%d", RETRIES);
	if (!work->bring_back) {
		arguments_add(out, "--workdir");
		arguments_add(out, "%s", work->chunks);
		return;
	}
	/* A folder of its own below the user's on each host. */
	arguments_add(out, "--workdir");
	arguments_add(out, "...");
	arguments_add(out, "--transferfile={}");
	arguments_add(out, "--return={}.results");
	arguments_add(out, "--cleanup");
}

enum status engineparallel_arguments(const struct engine_work *work,
				     struct arguments *out, struct failure *failure)
{
	char *list = NULL, *self = arguments_quote(work->self);
	enum status status = STATUS_NOMEM;

	if (self && asprintf(&list, "%s/list", work->chunks) >= 0) {
		/* Without the user's own settings, and without the notice about citing. */
		arguments_add(out, "parallel");
		arguments_add(out, "--plain");
		arguments_add(out, "--will-cite");
		arguments_add(out, "--ungroup");
		arguments_add(out, "--joblog=%s.joblog", work->notes);
		arguments_add(out, "--arg-file=%s", list);
		if (work->at_once)
			arguments_add(out, "--jobs=%zu", work->at_once);
		if (work->seconds)
			arguments_add(out, "--timeout=%llu",
				      (unsigned long long)work->seconds);
		if (work->kind == ENGINE_SSH)
			add_hosts(work, out);
		for (size_t i = 0; i < work->n_options; i++)
			arguments_add(out, "%s", work->options[i]);
		arguments_add(out, "%s unit {}", self);
		status = out->failed ? STATUS_NOMEM : write_list(work, list, failure);
		free(list);
	}
	free(self);
	return status;
}
