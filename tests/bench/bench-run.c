// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * bench-run RUNS COMMAND [ARGUMENT]...: runs a command so many times with its output
 * thrown away, and prints the shortest time in milliseconds, the most memory in KiB and
 * the exit status of the last run.
 *
 * Memory is the proportional set size, in which a page that is mapped twice counts once.
 * Asking for it holds the process up, so that it has a run of its own.  Where the kernel
 * does not tell it, it is the most that was resident.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
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

/* Of the process alone, now; 0 if it is not told. */
static long pss_of_one(long pid)
{
	char path[64], line[256];
	long kib = 0;

	(void)snprintf(path, sizeof(path), "/proc/%ld/smaps_rollup", pid);
	FILE *file = fopen(path, "r");
	if (!file)
		return 0;
	while (kib == 0 && fgets(line, sizeof(line), file))
		if (strncmp(line, "Pss:", 4) == 0)
			kib = strtol(line + 4, NULL, 10);
	fclose(file);
	return kib;
}

/* A shell, what it started, and so on; nothing here starts more after one another. */
#define GENERATIONS 4

/* Of the process and all that it started. */
static long pss_of(long pid, int generation)
{
	char path[64];
	long kib = pss_of_one(pid), child = 0;

	(void)snprintf(path, sizeof(path), "/proc/%ld/task/%ld/children", pid, pid);
	FILE *file = generation < GENERATIONS ? fopen(path, "r") : NULL;
	while (file && fscanf(file, "%ld", &child) == 1)
		kib += pss_of(child, generation + 1);
	if (file)
		fclose(file);
	return kib;
}

/* The most in a run that is watched; 0 if it is not told. */
static long watch_memory(char **argv)
{
	const struct timespec pause = { .tv_nsec = 2000000 };
	long most = 0;
	pid_t pid = fork();

	if (pid == 0)
		run(argv);
	while (pid > 0 && waitpid(pid, NULL, WNOHANG) == 0) {
		long kib = pss_of(pid, 0);
		most = kib > most ? kib : most;
		nanosleep(&pause, NULL);
	}
	return most;
}

static double processor_ms(const struct rusage *usage)
{
	return 1e3 * (double)(usage->ru_utime.tv_sec + usage->ru_stime.tv_sec) +
	       1e-3 * (double)(usage->ru_utime.tv_usec + usage->ru_stime.tv_usec);
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
		if (getenv("BENCH_CPU"))
			took = processor_ms(&usage);
		if (best == 0 || took < best)
			best = took;
		if (usage.ru_maxrss > peak)
			peak = usage.ru_maxrss;
	}
	long pss = watch_memory(argv + 2);
	if (pss > 0)
		peak = pss;
	printf("%.1f %ld %d\n", best, peak, WIFEXITED(status) ? WEXITSTATUS(status) : -1);
	return EXIT_SUCCESS;
}
