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
#include <unistd.h>

/* A host that fails loses its job to another one; so often. */
#define RETRIES 3

/* How long one may take to answer. */
#define PROBE_SECONDS 20

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
	arguments_add(out, "--sshloginfile=%s/hosts", work->chunks);
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

/* ---- hosts that answer ---- */

/*
 * Not --filter-hosts: with --cleanup it takes the folder away in which it asks (20221122),
 * and then ends for what the shell says about that.
 */
enum status engineparallel_probe(const struct engine_work *work, struct arguments *out)
{
	arguments_add(out, "parallel");
	arguments_add(out, "--plain");
	arguments_add(out, "--will-cite");
	arguments_add(out, "--nonall");
	arguments_add(out, "--timeout=%d", PROBE_SECONDS);
	arguments_add(out, "--joblog=%s/probe", work->chunks);
	arguments_add(out, "--sshloginfile=%s", work->hosts);
	arguments_add(out, "true");
	return out->failed ? STATUS_NOMEM : STATUS_OK;
}

/* The whole of a small file.  Return: malloc'ed; NULL with errno. */
static char *read_file(const char *path)
{
	char *text = NULL;
	size_t size = 0;
	FILE *in = fopen(path, "re");

	if (in && getdelim(&text, &size, '\0', in) < 0 && ferror(in)) {
		free(text);
		text = NULL;
	} else if (in && !text) {
		text = strdup("");
	}
	if (in)
		(void)fclose(in);
	return text;
}

/* True if the line of hosts, such as "8/ssh -p 2 lab2", ends with this host. */
static bool is_of(const char *line, size_t n, const char *host, size_t len)
{
	return len > 0 && n >= len && memcmp(line + n - len, host, len) == 0 &&
	       (n == len || line[n - len - 1] == '/');
}

/* True if the log says of the host that its job did not end well. */
static bool is_silent(const char *log, const char *line, size_t n)
{
	for (const char *row = log; *row;
	     row += strcspn(row, "\n"), row += *row == '\n') {
		const char *fields[8];
		size_t lens[8], i = 0;
		for (const char *at = row; i < 8; i++) {
			fields[i] = at;
			lens[i] = strcspn(at, "\t\n");
			at += lens[i];
			if (*at++ != '\t')
				break;
		}
		/* Seq Host Starttime JobRuntime Send Receive Exitval Signal Command */
		if (i == 8 && is_of(line, n, fields[1], lens[1]) &&
		    (lens[6] != 1 || *fields[6] != '0') && row != log)
			return true;
	}
	return false;
}

static size_t put_hosts(FILE *out, const char *hosts, const char *log,
			const struct voice *voice)
{
	size_t kept = 0;

	for (const char *at = hosts; *at; at += *at == '\n') {
		const char *line = at + strspn(at, " \t");
		size_t n = strcspn(line, "\r\n");
		at = line + strcspn(line, "\n");
		while (n > 0 && (line[n - 1] == ' ' || line[n - 1] == '\t'))
			n--;
		if (n == 0 || *line == '#')
			continue;
		if (is_silent(log, line, n)) {
			voice_say(voice, "%.*s: does not answer; left out", (int)n, line);
			continue;
		}
		fprintf(out, "%.*s\n", (int)n, line);
		kept++;
	}
	return kept;
}

enum status engineparallel_hosts(const struct engine_work *work,
				 const struct voice *voice, struct failure *failure)
{
	char *log_path = NULL, *path = NULL, *log = NULL, *hosts = NULL, shown[4200];
	FILE *out = NULL;
	size_t kept = 0;
	bool written = false;

	if (asprintf(&log_path, "%s/probe", work->chunks) >= 0) {
		log = read_file(log_path);
		free(log_path);
	}
	hosts = read_file(work->hosts);
	if (hosts && asprintf(&path, "%s/hosts", work->chunks) >= 0) {
		out = fopen(path, "we");
		free(path);
	}
	if (out) {
		kept = put_hosts(out, hosts, log ? log : "", voice);
		written = !ferror(out);
		written &= fclose(out) == 0;
	}
	free(log);
	free(hosts);
	if (written && kept > 0)
		return STATUS_OK;
	failure_set(failure, "%s: %s", failure_path(work->hosts, shown, sizeof(shown)),
		    written ? "no host answers" : strerror(errno));
	return STATUS_IO;
}

/* ---- the command ---- */

/* Of this machine we know it; GNU parallel asks lscpu, which may have no /sys to look at. */
static size_t n_jobs(const struct engine_work *work)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);

	if (work->at_once > 0 || work->kind != ENGINE_LOCAL)
		return work->at_once;
	return n > 0 ? (size_t)n : 1;
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
		if (n_jobs(work) > 0)
			arguments_add(out, "--jobs=%zu", n_jobs(work));
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
