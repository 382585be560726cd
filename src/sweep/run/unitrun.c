/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Running one program under limits.  Linux: prctl(2), /proc/PID/statm. */
#include "sweep/run/unitrun.h"

#include "base/stage.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/* How often memory and time are looked at. */
#define LOOK_MS 20
#define ASK_MS 1000

struct running {
	const struct unitrun_limits *limits;
	bool (*goes_on)(void *context);
	void *context;
	struct unitrun_end *end;
	pid_t pid;
	int pipe; /* from what it says; -1: closed */
	uint64_t began_ns, asked_ms;
};

/* ---- the child ---- */

/* Where the message of a program that could not be started goes: its errno, alone. */
static void child_fails(int told)
{
	int error = errno;

	while (write(told, &error, sizeof(error)) < 0 && errno == EINTR)
		;
	_exit(127);
}

static void be_child(const char *folder, char *const argv[], bool output, int said,
		     int told, pid_t parent)
{
	int in = open("/dev/null", O_RDONLY), out = open("/dev/null", O_WRONLY);
	sigset_t none;

	(void)sigemptyset(&none);
	(void)sigprocmask(SIG_SETMASK, &none, NULL);
	(void)signal(SIGPIPE, SIG_DFL);
	(void)setpgid(0, 0);
	/* It ends with its parent; one that has ended already would not be told. */
	if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid() != parent)
		_exit(127);
	(void)setrlimit(RLIMIT_CORE, &(struct rlimit){ 0, 0 });
	if (chdir(folder) != 0 || in < 0 || out < 0 || dup2(in, STDIN_FILENO) < 0 ||
	    dup2(output ? said : out, STDOUT_FILENO) < 0 ||
	    dup2(output ? out : said, STDERR_FILENO) < 0)
		child_fails(told);
	execvp(argv[0], argv);
	child_fails(told);
}

/* ---- the parent ---- */

/* Bytes that it holds in memory now; 0 if that cannot be told. */
static uint64_t held_by(pid_t pid)
{
	char path[64], text[256];
	uint64_t pages = 0;
	const char *at;

	(void)snprintf(path, sizeof(path), "/proc/%ld/statm", (long)pid);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? -1 : read(fd, text, sizeof(text) - 1);
	if (fd >= 0)
		close(fd);
	text[n > 0 ? n : 0] = '\0';
	at = strchr(text, ' ');
	for (at = at ? at + 1 : ""; *at >= '0' && *at <= '9'; at++)
		pages = pages * 10 + (uint64_t)(*at - '0');
	return pages * (uint64_t)sysconf(_SC_PAGESIZE);
}

static void read_said(struct running *r)
{
	char piece[4096];
	ssize_t n = read(r->pipe, piece, sizeof(piece));
	size_t room = UNITRUN_MAX_SAID - r->end->n_said, some;

	if (n < 0 && (errno == EINTR || errno == EAGAIN))
		return;
	if (n <= 0) {
		close(r->pipe);
		r->pipe = -1;
		return;
	}
	some = (size_t)n < room ? (size_t)n : room;
	memcpy(r->end->said + r->end->n_said, piece, some);
	r->end->n_said += some;
	r->end->more |= some < (size_t)n;
}

static uint64_t ms_since(uint64_t began_ns)
{
	return (stage_now_ns() - began_ns) / 1000000;
}

/* Ends it if it is past a limit.  Return: true if it was ended. */
static bool look(struct running *r)
{
	uint64_t ms = ms_since(r->began_ns), bytes = held_by(r->pid);
	enum unitrun_how how = UNITRUN_EXITED;

	if (bytes > r->end->bytes)
		r->end->bytes = bytes;
	if (r->limits->ms && ms >= r->limits->ms)
		how = UNITRUN_TIMED_OUT;
	else if (r->limits->bytes && bytes > r->limits->bytes)
		how = UNITRUN_TOO_LARGE;
	else if (r->goes_on && ms - r->asked_ms >= ASK_MS) {
		r->asked_ms = ms;
		how = r->goes_on(r->context) ? UNITRUN_EXITED : UNITRUN_GIVEN_UP;
	}
	if (how == UNITRUN_EXITED)
		return false;
	r->end->how = how;
	return true;
}

static void settle(struct unitrun_end *end, int status)
{
	if (end->how != UNITRUN_EXITED)
		return;
	if (WIFSIGNALED(status)) {
		end->how = UNITRUN_SIGNALLED;
		end->code = WTERMSIG(status);
	} else {
		end->code = WEXITSTATUS(status);
	}
}

/* Until it has ended; what it started ends then, too. */
static void follow(struct running *r)
{
	int status = 0, pause = 1;
	bool ended = false;

	while (!ended && waitpid(r->pid, &status, WNOHANG) == 0) {
		struct pollfd said = { .fd = r->pipe, .events = POLLIN };
		/* A pipe that is closed tells nothing, so it is asked often at first. */
		int n = poll(&said, 1, r->pipe < 0 ? pause : LOOK_MS);
		if (r->pipe < 0 && pause < LOOK_MS)
			pause *= 2;
		if (n > 0)
			read_said(r);
		ended = look(r);
	}
	(void)kill(-r->pid, SIGKILL);
	if (ended)
		while (waitpid(r->pid, &status, 0) < 0 && errno == EINTR)
			;
	r->end->ms = ms_since(r->began_ns);
	settle(r->end, status);
}

/* What is left in the pipe; all that wrote into it have ended. */
static void drain(struct running *r)
{
	while (r->pipe >= 0) {
		struct pollfd said = { .fd = r->pipe, .events = POLLIN };
		if (poll(&said, 1, 0) <= 0)
			break;
		read_said(r);
	}
	if (r->pipe >= 0)
		close(r->pipe);
	r->end->said[r->end->n_said] = '\0';
}

static void close_pair(int pair[2])
{
	for (size_t i = 0; i < 2; i++)
		if (pair[i] >= 0)
			close(pair[i]);
}

static enum status start(const char *folder, char *const argv[], struct running *r)
{
	int said[2] = { -1, -1 }, told[2] = { -1, -1 }, error = 0;
	pid_t parent = getpid();

	if (pipe2(said, O_CLOEXEC) != 0 || pipe2(told, O_CLOEXEC) != 0 ||
	    (r->pid = fork()) < 0) {
		error = errno;
		close_pair(said);
		close_pair(told);
		errno = error;
		return STATUS_IO;
	}
	if (r->pid == 0)
		be_child(folder, argv, r->limits->output, said[1], told[1], parent);
	(void)setpgid(r->pid, r->pid);
	close(said[1]);
	close(told[1]);
	if (read(told[0], &error, sizeof(error)) == (ssize_t)sizeof(error)) {
		r->end->how = UNITRUN_NOT_STARTED;
		r->end->code = error;
	}
	close(told[0]);
	r->pipe = said[0];
	return STATUS_OK;
}

enum status unitrun(const char *folder, char *const argv[],
		    const struct unitrun_limits *limits, bool (*goes_on)(void *context),
		    void *context, struct unitrun_end *out)
{
	struct running r = { .limits = limits,
			     .goes_on = goes_on,
			     .context = context,
			     .end = out,
			     .began_ns = stage_now_ns() };

	*out = (struct unitrun_end){ .said = malloc(UNITRUN_MAX_SAID + 1) };
	if (!out->said)
		return STATUS_NOMEM;
	enum status status = start(folder, argv, &r);
	if (status != STATUS_OK) {
		free(out->said);
		return status;
	}
	follow(&r);
	drain(&r);
	return STATUS_OK;
}
