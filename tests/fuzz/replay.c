/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * TARGET [-v] [-k FOLDER] [-m TIMES] [FILE | FOLDER]...: gives a target the bytes of files, where no engine is
 * linked with it.  Of a folder all files are taken, in the order of their names; "-" is
 * standard input.  With -m each is also changed so many times by the target's own mutator,
 * one change upon the other, always in the same way; -k keeps the changed ones in a folder,
 * each before it is taken.  -v names each file on standard error before it is taken.
 *
 * Built by a compiler of AFL++ it is a target of that: it takes its inputs from shared
 * memory, many in one process.
 */
#include "fuzz/fuzz.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Not every target has them. */
#pragma weak LLVMFuzzerInitialize
#pragma weak LLVMFuzzerCustomMutator

/* Bytes of an input that grows; more than any seed has. */
enum { MOST = 1 << 20 };

struct replay {
	unsigned long times;
	const char *folder; /* NULL: changed ones are not kept */
	bool tells;
	size_t n;
};

static uint8_t *read_all(int fd, size_t *len)
{
	size_t cap = 65536;
	uint8_t *bytes = malloc(cap);
	ssize_t n = 1;

	for (*len = 0; bytes && n > 0; *len += n > 0 ? (size_t)n : 0) {
		if (*len == cap)
			bytes = realloc(bytes, cap *= 2);
		FUZZ_CHECK(bytes != NULL);
		n = read(fd, bytes + *len, cap - *len);
	}
	FUZZ_CHECK(bytes != NULL && n == 0);
	return bytes;
}

/* From memory that ends where the input ends, so that a byte read too far is seen. */
static void run(const uint8_t *bytes, size_t len)
{
	uint8_t *copy = malloc(len ? len : 1);

	FUZZ_CHECK(copy != NULL);
	memcpy(copy, bytes, len);
	(void)LLVMFuzzerTestOneInput(copy, len);
	free(copy);
}

static void keep(const struct replay *replay, const uint8_t *bytes, size_t len,
		 unsigned long number)
{
	char *path = NULL;

	FUZZ_CHECK(asprintf(&path, "%s/%zu-%lu", replay->folder, replay->n, number) > 0);
	FILE *out = fopen(path, "wb");
	FUZZ_CHECK(out != NULL && fwrite(bytes, 1, len, out) == len && fclose(out) == 0);
	free(path);
}

static void run_changed(const struct replay *replay, const uint8_t *bytes, size_t len)
{
	uint8_t *changed = malloc(MOST);

	FUZZ_CHECK(changed != NULL);
	if (len <= MOST && LLVMFuzzerCustomMutator) {
		memcpy(changed, bytes, len);
		for (unsigned long i = 0; i < replay->times; i++) {
			len = LLVMFuzzerCustomMutator(changed, len, MOST, (unsigned)i);
			if (replay->folder)
				keep(replay, changed, len, i);
			run(changed, len);
		}
	}
	free(changed);
}

static int replay_file(struct replay *replay, const char *path)
{
	int fd = strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	size_t len = 0;

	if (fd < 0) {
		(void)fprintf(stderr, "%s: %s\n", path, strerror(errno));
		return EXIT_FAILURE;
	}
	if (replay->tells)
		(void)fprintf(stderr, "%s\n", path);
	uint8_t *bytes = read_all(fd, &len);
	close(fd);
	run(bytes, len);
	run_changed(replay, bytes, len);
	free(bytes);
	replay->n++;
	return EXIT_SUCCESS;
}

static int replay_path(struct replay *replay, const char *path)
{
	struct stat st;
	struct dirent **names = NULL;
	int n, status = EXIT_SUCCESS;

	if (strcmp(path, "-") == 0 || stat(path, &st) != 0 || !S_ISDIR(st.st_mode))
		return replay_file(replay, path);
	n = scandir(path, &names, NULL, alphasort);
	for (int i = 0; i < n; i++) {
		char *below = NULL;
		FUZZ_CHECK(asprintf(&below, "%s/%s", path, names[i]->d_name) > 0);
		if (names[i]->d_name[0] != '.' && replay_path(replay, below) != 0)
			status = EXIT_FAILURE;
		free(below);
		free(names[i]);
	}
	free(names);
	return n < 0 ? EXIT_FAILURE : status;
}

#ifdef __AFL_FUZZ_TESTCASE_LEN
__AFL_FUZZ_INIT();

static void run_afl(void)
{
	__AFL_INIT();
	const uint8_t *bytes = __AFL_FUZZ_TESTCASE_BUF;
	while (__AFL_LOOP(10000))
		run(bytes, (size_t)__AFL_FUZZ_TESTCASE_LEN);
}
#endif

int main(int argc, char **argv)
{
	struct replay replay = { 0 };
	int option, status = EXIT_SUCCESS;

	while ((option = getopt(argc, argv, "k:m:v")) != -1) {
		if (option == 'k')
			replay.folder = optarg;
		else if (option == 'm')
			replay.times = strtoul(optarg, NULL, 10);
		else if (option == 'v')
			replay.tells = true;
		else
			return EXIT_FAILURE;
	}
	if (LLVMFuzzerInitialize)
		(void)LLVMFuzzerInitialize(&argc, &argv);
#ifdef __AFL_FUZZ_TESTCASE_LEN
	if (optind == argc)
		run_afl();
#endif
	for (int i = optind; i < argc; i++)
		if (replay_path(&replay, argv[i]) != EXIT_SUCCESS)
			status = EXIT_FAILURE;
	(void)printf("%zu inputs\n", replay.n);
	return status;
}
