// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * bench-run RUNS COMMAND [ARGUMENT]...: runs a command so many times with its output
 * thrown away, and prints the shortest time in milliseconds, the most memory in KiB and
 * the exit status of the last run.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void run(char **argv)
{
	int fd = open("/dev/null", O_WRONLY);

	if (fd < 0 || dup2(fd, STDOUT_FILENO) < 0 || dup2(fd, STDERR_FILENO) < 0)
		_exit(127);
	execvp(argv[0], argv);
	_exit(127);
}

int main(int argc, char **argv)
{
	double best = 0;
	long peak = 0;
	int status = 0;

	if (argc < 3) {
		fputs("usage: bench-run RUNS COMMAND [ARGUMENT]...\n", stderr);
		return EXIT_FAILURE;
	}
	for (long i = strtol(argv[1], NULL, 10); i > 0; i--) {
		struct rusage usage;
		double start = now();
		pid_t pid = fork();

		if (pid == 0)
			run(argv + 2);
		if (pid < 0 || wait4(pid, &status, 0, &usage) != pid) {
			perror("bench-run");
			return EXIT_FAILURE;
		}
		double took = now() - start;
		if (best == 0 || took < best)
			best = took;
		if (usage.ru_maxrss > peak)
			peak = usage.ru_maxrss;
	}
	printf("%.0f %ld %d\n", best, peak, WIFEXITED(status) ? WEXITSTATUS(status) : -1);
	return EXIT_SUCCESS;
}
