// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The falsifier: makes random histories of a user's hive with the full truth of each,
 * runs the program on snapshots of them, and checks every statement of its reports.
 *
 *	tests/whole/falsifier/falsifier [-n HISTORIES] [-s SEED] [-v] [-k FOLDER]
 *
 *	-n	how many histories; else FALSIFIER_HISTORIES, else 1000, or
 *		100 under a sanitizer
 *	-s	the seed of the first one (1); the next ones follow. With -s alone, just it
 *	-v	print every false statement, and what was left unsaid; else the first of a kind
 *	-k	keep the hives of the last seed in that folder, and print its truth
 *
 * WMSDIFF names the program, FALSIFIER_JOBS how many work at the same time (2). Prints a
 * table, and TAP: it fails if a statement is false that is certain or dated, or more than
 * one in PROBABLE_LIMIT of those that are probable. A false statement prints its seed, the
 * command and the reason.
 *
 * In odd histories first runs and upgrades of Outlook happen too, files lack their
 * beginning, and logs keep another hive's name. Some runs are given evidence beside the
 * hives, of the same machine and time or of others, and some write .reg files. All that is
 * decided by a generator of its own, so that the other histories of a seed stay as they are.
 *
 * Not tested here: bytes forged on purpose, which nothing could tell from true ones.
 * Damage that leaves no sign is counted as undecided, not as true: names and values that
 * one wrong byte made, and what a hive shows of which some sectors are of an older state.
 */
#include "help/sanitized.h"
#include "whole/falsifier/acts.h"
#include "whole/falsifier/check.h"
#include "whole/falsifier/damage.h"

#include <dirent.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* One false statement in so many probable ones is allowed. */
enum { PROBABLE_LIMIT = 10000 };

/* Under a sanitizer each takes several times as long, and other faults are looked for. */
#ifdef SANITIZED
#define HISTORIES 100
#else
#define HISTORIES 1000
#endif

enum { JOBS = 2, MAX_JOBS = 64, SNAPSHOTS = 4, FOLDER = 128 };

struct options {
	uint64_t histories;
	uint64_t first;
	const char *keep;
	bool verbose;
	unsigned jobs;
};

struct history {
	struct world world;
	struct truth truth;
	struct disk disk;
	struct disk_snapshot snapshots[SNAPSHOTS];
	size_t n;
};

static void make_history(struct history *h, uint64_t seed, const char *folder)
{
	struct random *r = &h->world.random;

	h->n = 0;
	world_init(&h->world, &h->truth, seed);
	disk_write(&h->disk, &h->world);
	size_t n = h->world.plain ? 2 : 2 + random_below(r, 2);
	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0, acts = 1 + random_below(r, 6); k < acts; k++) {
			acts_one(&h->world);
			if (random_chance(r, 60))
				disk_write(&h->disk, &h->world);
		}
		disk_snapshot(&h->disk, &h->world, folder, (unsigned)i, &h->snapshots[i]);
		h->n++;
	}
}

static void clear_history(struct history *h)
{
	disk_clear(&h->disk);
	world_clear(&h->world);
	truth_clear(&h->truth);
}

/* What is done with a history. */
struct job {
	struct history *h;
	const struct options *options;
	struct tally *tally;
	const char *folder;
	uint64_t seed;
};

/* Runs the program on hives. Return: false if it wrote no report; that is counted. */
static bool run_it(const struct job *job, struct run *run, const char *const *paths,
		   size_t n, const struct run_more *more)
{
	run_program(run, job->folder, paths, n, more);
	job->tally->runs++;
	if (run->report != NULL)
		return true;
	job->tally->failed++;
	if (job->options->verbose)
		printf("# no report: seed %" PRIu64 ", status %d\n#\t%s\n", job->seed,
		       run->status, run->command);
	return false;
}

/*
 * The first snapshot before a hive of another user.  The program refuses to compare
 * them, where it sees that; then it states nothing, which is right.
 */
static void examine_wrong_pair(const struct job *job)
{
	char path[FOLDER + 16];
	const char *paths[] = { job->h->snapshots[0].path, path };
	struct builder *b = damage_foreign_hive(&job->h->world.random);
	struct run run;

	snprintf(path, sizeof(path), "%s/foreign.dat", job->folder);
	if (!builder_write(b, path))
		abort();
	builder_free(b);
	run_program(&run, job->folder, paths, 2, &(struct run_more){ .restore = NULL });
	job->tally->runs++;
	job->tally->failed += run.report == NULL && run.status != 2;
	if (run.report != NULL) {
		struct check check = {
			.truth = &job->h->truth,
			.run = &run,
			.tally = job->tally,
			.seed = job->seed,
			.verbose = job->options->verbose,
		};
		check_wrong_pair(&check);
		run_clear(&run);
	}
	if (job->options->keep == NULL)
		remove(path);
}

/* The files in a folder, and the folder itself. */
static void remove_folder(const char *folder)
{
	DIR *dir = opendir(folder);
	char path[2 * FOLDER + NAME_MAX];

	if (dir == NULL)
		return;
	for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
		snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
		if (entry->d_name[0] != '.')
			remove(path);
	}
	closedir(dir);
	rmdir(folder);
}

/*
 * Runs the program on snapshots from `first` on, or backwards from there, and checks what
 * it says. Some runs write .reg files too.
 */
static void examine(const struct job *job, size_t first, size_t n, bool backwards,
		    const struct evidence *evidence)
{
	struct random *extra = &job->h->world.extra;
	char restored[FOLDER + 8];
	bool restore = random_chance(extra, 40) && !backwards;
	struct run_more more = { evidence, restore ? restored : NULL };

	const struct history *h = job->h;
	const char *paths[SNAPSHOTS];
	const struct disk_snapshot *snapshots[SNAPSHOTS];
	struct run run;

	for (size_t i = 0; i < n; i++) {
		snapshots[i] = &h->snapshots[backwards ? first - i : first + i];
		paths[i] = snapshots[i]->path;
	}
	snprintf(restored, sizeof(restored), "%s/reg", job->folder);
	if (!run_it(job, &run, paths, n, &more))
		return;
	struct check check = {
		.truth = &h->truth,
		.run = &run,
		.snapshots = snapshots,
		.n = n,
		.evidence = evidence,
		.tally = job->tally,
		.seed = job->seed,
		.verbose = job->options->verbose,
	};
	check_report(&check);
	if (restore && check.n_views > 0)
		check_restored(&check, restored);
	remove_folder(restored);
	run_clear(&run);
}

/* One pair once more, with what was found beside the hives. */
static void examine_beside(const struct job *job)
{
	struct history *h = job->h;
	struct random *extra = &h->world.extra;
	struct evidence *evidence = calloc(1, sizeof(*evidence));
	size_t first = random_below(extra, h->n - 1);

	if (evidence == NULL)
		abort();
	evidence_make(evidence, &h->truth, h->snapshots[first].lo,
		      h->snapshots[first + 1].hi, extra, job->folder);
	examine(job, first, 2, false, evidence);
	if (job->options->keep == NULL)
		evidence_remove(evidence);
	free(evidence);
}

static void remove_files(const struct history *h, const char *folder)
{
	static const char *const ends[] = { "", ".LOG", ".LOG1", ".LOG2" };
	static const char *const others[] = { "report.xml", "summary.txt" };
	char path[FOLDER + DISK_PATH + 16];

	for (size_t i = 0; i < h->n; i++)
		for (size_t k = 0; k < sizeof(ends) / sizeof(ends[0]); k++) {
			snprintf(path, sizeof(path), "%s%s", h->snapshots[i].path,
				 ends[k]);
			remove(path);
		}
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		snprintf(path, sizeof(path), "%s/%s", folder, others[i]);
		remove(path);
	}
}

static void print_history(const struct history *h)
{
	truth_print(&h->truth);
	for (size_t i = 0; i < h->n; i++) {
		const struct disk_snapshot *s = &h->snapshots[i];

		printf("# %s: %s %s, states %u-%u, file %u-%u\n", s->path,
		       disk_kind_name(s->kind), s->how, s->lo, s->hi, s->file_lo,
		       s->file_hi);
	}
}

/* All pairs; series, single hives and wrong orders of some histories. */
static void examine_all(const struct job *job)
{
	struct history *h = job->h;
	struct random *r = &h->world.random;
	bool wild = !h->world.plain;

	for (size_t i = 0; i + 1 < h->n; i++)
		examine(job, i, 2, false, NULL);
	if (h->n > 2 && random_chance(r, 50))
		examine(job, 0, h->n, false, NULL);
	if (random_chance(r, 50))
		examine(job, h->n - 1, 1, false, NULL);
	if (wild && random_chance(r, 30))
		examine(job, 0, 1, false, NULL);
	if (wild && random_chance(r, 5))
		examine(job, 1, 2, true, NULL);
	if (wild && random_chance(r, 3))
		examine_wrong_pair(job);
	if (random_chance(&h->world.extra, 15))
		examine_beside(job);
}

static void try_seed(const struct job *job)
{
	struct history *h = job->h;

	make_history(h, job->seed, job->folder);
	job->tally->histories++;
	job->tally->plain += h->world.plain;
	if (job->options->keep != NULL)
		print_history(h);
	examine_all(job);
	if (job->options->keep == NULL)
		remove_files(h, job->folder);
	clear_history(h);
}

/* One process's share of the seeds. */
static void work(unsigned number, const struct options *options, struct tally *tally)
{
	struct history *h = calloc(1, sizeof(*h));
	char folder[FOLDER];
	const char *tmp = getenv("TMPDIR");

	if (h == NULL)
		abort();
	snprintf(folder, sizeof(folder), "%s/falsifier-XXXXXX",
		 tmp == NULL ? "/tmp" : tmp);
	if (options->keep != NULL) {
		snprintf(folder, sizeof(folder), "%s", options->keep);
		mkdir(folder, 0700);
	} else if (mkdtemp(folder) == NULL) {
		perror(folder);
		abort();
	}
	for (uint64_t i = number; i < options->histories; i += options->jobs) {
		try_seed(&(struct job){
			.h = h,
			.options = options,
			.tally = tally,
			.folder = folder,
			.seed = options->first + i,
		});
		fflush(stdout);
	}
	if (options->keep == NULL)
		rmdir(folder);
	free(h);
}

/* Shares the seeds out to processes, and adds up. Return: false if one of them failed. */
static bool share_out(const struct options *options, struct tally *sum)
{
	size_t size = options->jobs * sizeof(struct tally);
	struct tally *tallies = mmap(NULL, size, PROT_READ | PROT_WRITE,
				     MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	bool done = true;
	int status;

	if (tallies == MAP_FAILED)
		return false;
	fflush(stdout);
	for (unsigned i = 0; i < options->jobs; i++) {
		pid_t child = fork();

		if (child == 0) {
			work(i, options, &tallies[i]);
			fflush(stdout);
			_exit(EXIT_SUCCESS);
		}
		done &= child > 0;
	}
	while (wait(&status) > 0)
		done &= WIFEXITED(status) && WEXITSTATUS(status) == EXIT_SUCCESS;
	for (unsigned i = 0; i < options->jobs; i++)
		tally_add(sum, &tallies[i]);
	munmap(tallies, size);
	return done;
}

static uint64_t from_environment(const char *name, uint64_t otherwise)
{
	const char *text = getenv(name);

	return text == NULL || *text == '\0' ? otherwise : strtoull(text, NULL, 10);
}

static bool read_options(struct options *o, int argc, char **argv)
{
	bool counted = false;
	bool seeded = false;
	int option;

	*o = (struct options){
		.histories = from_environment("FALSIFIER_HISTORIES", HISTORIES),
		.first = 1,
		.jobs = (unsigned)from_environment("FALSIFIER_JOBS", JOBS),
	};
	while ((option = getopt(argc, argv, "n:s:vk:")) != -1) {
		if (option == 'n') {
			o->histories = strtoull(optarg, NULL, 10);
			counted = true;
		} else if (option == 's') {
			o->first = strtoull(optarg, NULL, 10);
			seeded = true;
		} else if (option == 'v') {
			o->verbose = true;
		} else if (option == 'k') {
			o->keep = optarg;
		} else {
			return false;
		}
	}
	if (seeded && !counted)
		o->histories = 1;
	if (o->keep != NULL || o->jobs == 0)
		o->jobs = 1;
	if (o->jobs > MAX_JOBS)
		o->jobs = MAX_JOBS;
	return optind == argc && o->first != 0;
}

static void say(bool good, unsigned number, const char *name)
{
	printf("%sok %u - %s\n", good ? "" : "not ", number, name);
}

int main(int argc, char **argv)
{
	struct options options;
	struct tally *tally = calloc(1, sizeof(*tally));

	if (tally == NULL || !read_options(&options, argc, argv) ||
	    getenv("WMSDIFF") == NULL) {
		fputs("usage: WMSDIFF=PROGRAM falsifier [-n HISTORIES] [-s SEED] [-v] "
		      "[-k FOLDER]\n",
		      stderr);
		return 99;
	}
	printf("1..4\n");
	bool done = share_out(&options, tally);
	tally_print(tally);
	uint64_t wrong = tally_wrong(tally, TALLY_CERTAIN);
	uint64_t probable = tally_wrong(tally, TALLY_PROBABLE);
	printf("# certain or dated: %" PRIu64 " of %" PRIu64 " false; probable: %" PRIu64
	       " of %" PRIu64 "\n",
	       wrong, tally_made(tally, TALLY_CERTAIN), probable,
	       tally_made(tally, TALLY_PROBABLE));
	say(done && tally->runs > 0 && tally->failed * 100 < tally->runs, 1,
	    "all histories were examined, nearly every run wrote a report");
	say(wrong == 0, 2, "no statement is false that is certain or dated");
	say(probable * PROBABLE_LIMIT < tally_made(tally, TALLY_PROBABLE) ||
		    probable == 0,
	    3, "hardly any is false that is probable");
	say(tally->gone_dated * 100 >= tally->gone * 95, 4,
	    "deletions after which nothing touched the bytes are certain and dated");
	free(tally);
	return EXIT_SUCCESS;
}
