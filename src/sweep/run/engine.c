/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Running an engine, and waiting for it. */
#include "sweep/run/engine.h"

#include "sweep/run/engineparallel.h"
#include "sweep/run/engineslurm.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define LOOK_NS 50000000L
/* So many looks to a tick. */
#define TICK 5

/* Lines of what the engine said that are told; all of them are in its file. */
#define MOST_LINES 20

/* A child that could not become the engine ends so; the engines do not. */
#define NOT_STARTED 126

const char *engine_name(enum engine_kind kind)
{
	return kind == ENGINE_SLURM ? "Slurm" : "GNU parallel";
}

size_t engine_most(enum engine_kind kind)
{
	return kind == ENGINE_SLURM ? engineslurm_most() : SIZE_MAX;
}

/* ---- a program, its output in files ---- */

static int open_note(const struct engine_work *work, const char *ending)
{
	char *path = NULL;
	int fd = -1;

	if (asprintf(&path, "%s.%s", work->notes, ending) >= 0) {
		fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
		free(path);
	}
	return fd;
}

static void be_program(const struct engine_work *work, char *const argv[], int out,
		       int err)
{
	int in = open("/dev/null", O_RDONLY);

	/* It ends with this program: jobs that are left notice that by themselves. */
	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
	(void)signal(SIGINT, SIG_DFL);
	(void)signal(SIGTERM, SIG_DFL);
	if (in < 0 || chdir(work->chunks) != 0 || dup2(in, STDIN_FILENO) < 0 ||
	    dup2(out, STDOUT_FILENO) < 0 || dup2(err, STDERR_FILENO) < 0)
		_exit(NOT_STARTED);
	(void)setenv("PARALLEL_SHELL", "/bin/sh", 1);
	execvp(argv[0], argv);
	_exit(NOT_STARTED);
}

/*
 * Starts it.  A child that shares no memory: fork() alone is safe in a program that holds
 * no lock.
 */
static pid_t start(const struct engine_work *work, char *const argv[],
		   const char *output_ending)
{
	int out = open_note(work, output_ending), err = open_note(work, "errors");
	pid_t pid = out < 0 || err < 0 ? -1 : fork();

	if (pid == 0)
		be_program(work, argv, out, err);
	if (out >= 0)
		close(out);
	if (err >= 0)
		close(err);
	return pid;
}

static int wait_for(pid_t pid)
{
	int status = 0;

	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return status;
}

/* ---- jobs of Slurm ---- */

static bool job_number(const struct engine_work *work, char out[32])
{
	char *path = NULL, printed[64] = "";
	bool found = false;

	if (asprintf(&path, "%s.job", work->notes) >= 0) {
		int fd = open(path, O_RDONLY | O_CLOEXEC);
		if (fd >= 0) {
			found = read(fd, printed, sizeof(printed) - 1) > 0 &&
				engineslurm_number(printed, out);
			close(fd);
		}
		free(path);
	}
	return found;
}

/* Return: true if the command ended well. */
static bool about_job(const struct engine_work *work, enum engineslurm_about about)
{
	struct arguments arguments = { 0 };
	char job[32];
	int status = -1;

	if (job_number(work, job) &&
	    engineslurm_job(about, job, &arguments) == STATUS_OK) {
		pid_t pid = start(work, arguments.items, "accounting");
		if (pid > 0)
			status = wait_for(pid);
	}
	arguments_clear(&arguments);
	return status == 0;
}

/* ---- the engine ---- */

static void end_it(const struct engine_work *work, pid_t pid)
{
	if (work->kind == ENGINE_SLURM)
		(void)about_job(work, ENGINESLURM_END);
	/* GNU parallel waits for its jobs at the first, and ends them at the second. */
	(void)kill(pid, SIGTERM);
	(void)nanosleep(&(struct timespec){ .tv_nsec = LOOK_NS }, NULL);
	(void)kill(pid, SIGTERM);
}

static int follow(const struct engine_work *work, pid_t pid)
{
	bool told = false;
	int status = 0;

	for (unsigned look = 1; waitpid(pid, &status, WNOHANG) == 0; look++) {
		if (*work->stop && !told) {
			told = true;
			end_it(work, pid);
		}
		if (look % TICK == 0)
			work->tick(work->context);
		(void)nanosleep(&(struct timespec){ .tv_nsec = LOOK_NS }, NULL);
	}
	work->tick(work->context);
	return status;
}

/* What it said of hosts and of itself is for the user, too. */
static void tell_errors(const struct engine_work *work, const struct voice *voice)
{
	char *path = NULL, *line = NULL;
	size_t size = 0, n = 0;
	ssize_t len;
	FILE *in = NULL;

	if (asprintf(&path, "%s.errors", work->notes) >= 0)
		in = fopen(path, "re");
	while (in && n < MOST_LINES && (len = getline(&line, &size, in)) > 0) {
		line[strcspn(line, "\n")] = '\0';
		if (*line && n++ < MOST_LINES)
			voice_say(voice, "%s: %s", engine_name(work->kind), line);
	}
	if (n == MOST_LINES)
		voice_say(voice, "%s: what else it said stands in %s",
			  engine_name(work->kind), path);
	if (in)
		(void)fclose(in);
	free(line);
	free(path);
}

/* What it did not write to says nothing. */
static void drop_empty(const struct engine_work *work)
{
	static const char *const endings[] = { "errors", "output", "jobs" };
	struct stat st;

	for (size_t i = 0; i < ARRAY_LEN(endings); i++) {
		char *path = NULL;
		if (asprintf(&path, "%s.%s", work->notes, endings[i]) < 0)
			return;
		if (stat(path, &st) == 0 && st.st_size == 0)
			(void)unlink(path);
		free(path);
	}
}

static enum status settle(const struct engine_work *work, int status,
			  const struct voice *voice, struct failure *failure)
{
	char job[32];
	bool started = !WIFEXITED(status) || WEXITSTATUS(status) != NOT_STARTED;

	tell_errors(work, voice);
	if (work->kind == ENGINE_SLURM && started && !job_number(work, job))
		started = false;
	else if (work->kind == ENGINE_SLURM && started &&
		 !about_job(work, ENGINESLURM_ACCOUNT))
		(void)about_job(work, ENGINESLURM_SHOW);
	drop_empty(work);
	if (started)
		return STATUS_OK;
	failure_set(failure, "%s did not start: is it installed?",
		    engine_name(work->kind));
	return STATUS_IO;
}

/* Hosts that do not answer are left out. */
static enum status ask_hosts(const struct engine_work *work, const struct voice *voice,
			     struct failure *failure)
{
	struct arguments arguments = { 0 };
	enum status status = engineparallel_probe(work, &arguments);

	if (status == STATUS_OK) {
		pid_t pid = start(work, arguments.items, "output");
		if (pid > 0)
			(void)wait_for(pid);
		status = engineparallel_hosts(work, voice, failure);
	}
	arguments_clear(&arguments);
	return status;
}

enum status engine_run(const struct engine_work *work, const struct voice *voice,
		       struct failure *failure)
{
	struct arguments arguments = { 0 };
	enum status status =
		work->kind == ENGINE_SSH ? ask_hosts(work, voice, failure) : STATUS_OK;

	RETURN_IF_FAILED(status);
	status = work->kind == ENGINE_SLURM
			 ? engineslurm_arguments(work, &arguments)
			 : engineparallel_arguments(work, &arguments, failure);

	if (status == STATUS_OK) {
		pid_t pid = start(work, arguments.items,
				  work->kind == ENGINE_SLURM ? "job" : "output");
		if (pid < 0) {
			failure_set(failure, "%s: %s", engine_name(work->kind),
				    strerror(errno));
			status = STATUS_IO;
		} else {
			status = settle(work, follow(work, pid), voice, failure);
		}
	}
	arguments_clear(&arguments);
	return status;
}
