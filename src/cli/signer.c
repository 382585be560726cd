/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/signer.h"

#include "base/span.h"
#include "cli/commandline/terminal.h"
#include "cli/manifestrun.h"
#include "cli/rights/signcommand.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* Read of the manifest at once; any size would do. */
#define PIECE 65536

/* As shells tell it: the program could not be run. */
#define EXIT_NOT_RUN 127
#define EXIT_BY_SIGNAL 128

struct signer {
	struct signcommand command;
	char *path; /* of the manifest */
	bool quiet;
	int told;	 /* the child's end of the pipe; -1 before, and in the parent */
	sigset_t before; /* signals that were blocked when the process began */
};

void signer_free(struct signer *signer)
{
	if (!signer)
		return;
	if (signer->told >= 0)
		close(signer->told);
	signcommand_clear(&signer->command);
	free(signer->path);
	free(signer);
}

void signer_freep(struct signer **signer)
{
	signer_free(*signer);
}

enum status signer_new(const struct options *options, struct signer **out,
		       struct failure *failure)
{
	AUTO(signer_freep) struct signer *signer = calloc(1, sizeof(*signer));

	failure_set(failure, "out of memory");
	if (!signer)
		return STATUS_NOMEM;
	signer->told = -1;
	signer->quiet = options->quiet;
	signer->path = manifestrun_path(options);
	if (!signer->path)
		return STATUS_NOMEM;
	RETURN_IF_FAILED(signcommand_read(options->sign_with, &signer->command, failure));
	RETURN_IF_FAILED(signcommand_find(&signer->command, options, failure));
	RETURN_IF_FAILED(signcommand_add_path(&signer->command, signer->path, failure));
	*out = STEAL(signer);
	return STATUS_OK;
}

bool signer_tell(struct signer *signer, const struct digest *sha256)
{
	ssize_t n;

	do
		n = write(signer->told, sha256->bytes, sizeof(sha256->bytes));
	while (n < 0 && errno == EINTR);
	return n == (ssize_t)sizeof(sha256->bytes);
}

/* ---- the parent ---- */

/* Signals that the parent waits for, and hands on. */
static void fill_awaited(sigset_t *set)
{
	static const int awaited[] = { SIGCHLD, SIGINT, SIGTERM, SIGHUP, SIGQUIT };

	(void)sigemptyset(set);
	for (size_t i = 0; i < ARRAY_LEN(awaited); i++)
		(void)sigaddset(set, awaited[i]);
}

/*
 * Waits for a process, and hands signals on to it, but for those that the terminal sends
 * to both.
 * Return: as waitpid() tells it.
 */
static int wait_for(pid_t pid)
{
	sigset_t awaited;
	siginfo_t info;
	int told = 0;

	fill_awaited(&awaited);
	for (;;) {
		int number = sigwaitinfo(&awaited, &info);
		pid_t ended = waitpid(pid, &told, WNOHANG);
		if (ended == pid)
			return told;
		if (ended < 0 && errno != EINTR)
			return EXIT_NOT_RUN << 8;
		if (number > 0 && number != SIGCHLD && info.si_code != SI_KERNEL)
			(void)kill(pid, number);
	}
}

/* True if the manifest that stands there is the one that was told of. */
static bool is_there(const struct signer *signer, const struct digest *sha256)
{
	int fd = open(signer->path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	struct digest_stream *stream = digest_start();
	uint8_t *piece = malloc(PIECE);
	struct digest found = { { 0 } };
	ssize_t n = -1;
	struct stat st;

	/* A regular file ends; more than its size now was not there when it was written. */
	if (fd >= 0 && stream && piece && fstat(fd, &st) == 0 && S_ISREG(st.st_mode))
		for (off_t left = st.st_size;
		     (n = read(fd, piece, PIECE)) > 0 && left > 0; left -= n)
			digest_add(stream, span_of(piece, (size_t)n));
	digest_finish(stream, &found);
	free(piece);
	if (fd >= 0)
		close(fd);
	return n == 0 && memcmp(&found, sha256, sizeof(found)) == 0;
}

/* In the process that becomes the signer. */
static void become(const struct signer *signer)
{
	/* Ignored signals would stay so, and those are ignored for our own work. */
	(void)signal(SIGXFSZ, SIG_DFL);
	(void)signal(SIGIO, SIG_DFL);
	(void)sigprocmask(SIG_SETMASK, &signer->before, NULL);
	/* Standard output may be the report. */
	if (dup2(STDERR_FILENO, STDOUT_FILENO) >= 0)
		(void)execv(signer->command.program, signer->command.words);
	_exit(EXIT_NOT_RUN);
}

/* Tells how it ended.  Return: whether with 0. */
static bool tell_end(const struct signer *signer, int ended)
{
	char shown[4200];

	failure_path(signer->command.words[0], shown, sizeof(shown));
	if (!WIFEXITED(ended))
		terminal_complain("--sign-with: %s was ended by signal %d", shown,
				  WTERMSIG(ended));
	else if (WEXITSTATUS(ended) != 0 || !signer->quiet)
		terminal_complain("--sign-with: %s ended with exit status %d", shown,
				  WEXITSTATUS(ended));
	return WIFEXITED(ended) && WEXITSTATUS(ended) == 0;
}

static bool sign(const struct signer *signer, const struct digest *sha256)
{
	char shown[4200];

	failure_path(signer->path, shown, sizeof(shown));
	if (!is_there(signer, sha256)) {
		terminal_complain("%s: is not the manifest that was written; nothing is "
				  "signed",
				  shown);
		return false;
	}
	pid_t pid = fork();
	if (pid == 0)
		become(signer);
	if (pid < 0) {
		terminal_complain("--sign-with: %s", strerror(errno));
		return false;
	}
	if (!tell_end(signer, wait_for(pid)))
		return false;
	if (is_there(signer, sha256))
		return true;
	terminal_complain("%s: was changed while it was signed", shown);
	return false;
}

/*
 * What the child told: nothing else holds the other end any more, or what does is not
 * waited for.
 * Return: 32 bytes and not one more.
 */
static bool hear(int fd, struct digest *out)
{
	uint8_t bytes[DIGEST_SIZE + 1] = { 0 };
	size_t n = 0;

	(void)fcntl(fd, F_SETFL, O_NONBLOCK);
	while (n < sizeof(bytes)) {
		ssize_t got = read(fd, bytes + n, sizeof(bytes) - n);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			break;
		n += (size_t)got;
	}
	memcpy(out->bytes, bytes, sizeof(out->bytes));
	return n == sizeof(out->bytes);
}

/* All that the parent does.  Return: the exit status of the process. */
static int stand_by(const struct signer *signer, pid_t pid, int fd)
{
	int ended = wait_for(pid);
	struct digest sha256;

	if (WIFSIGNALED(ended)) {
		int number = WTERMSIG(ended);
		(void)signal(number, SIG_DFL);
		(void)sigprocmask(SIG_SETMASK, &signer->before, NULL);
		(void)raise(number);
		return EXIT_BY_SIGNAL + number;
	}
	int status = WIFEXITED(ended) ? WEXITSTATUS(ended) : EXIT_TROUBLE;
	if (!hear(fd, &sha256)) {
		/* With that status it was told why there is no manifest. */
		if (status != EXIT_TROUBLE)
			terminal_complain("there is no manifest; nothing is signed");
		return EXIT_TROUBLE;
	}
	return sign(signer, &sha256) ? status : EXIT_TROUBLE;
}

enum status signer_part(struct signer *signer, int *exit_status, struct failure *failure)
{
	pid_t parent = getpid();
	sigset_t awaited;
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) != 0) {
		failure_set(failure, "--sign-with: %s", strerror(errno));
		return STATUS_IO;
	}
	(void)signal(SIGCHLD, SIG_DFL);
	fill_awaited(&awaited);
	(void)sigprocmask(SIG_BLOCK, &awaited, &signer->before);
	pid_t pid = fork();
	if (pid > 0) {
		close(ends[1]);
		*exit_status = stand_by(signer, pid, ends[0]);
		close(ends[0]);
		return STATUS_ABSENT;
	}
	close(ends[0]);
	signer->told = ends[1];
	(void)sigprocmask(SIG_SETMASK, &signer->before, NULL);
	if (pid < 0) {
		failure_set(failure, "--sign-with: %s", strerror(errno));
		return STATUS_IO;
	}
	/* Without the parent nobody would wait for what is done here. */
	(void)prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != parent)
		(void)raise(SIGTERM);
	return STATUS_OK;
}
