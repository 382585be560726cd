/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * wmsdiff-sweep: wmsdiff over many machines, by engines that exist.
 *
 * main() is the table of contents: plan, run with the index at its end, status, and what
 * engines call.
 */
#include "base/compiler.h"
#include "base/stage.h"
#include "fleet/fleet.h"
#include "report/signals.h"
#include "sandbox/sandbox.h"
#include "sweep/plan/planroots.h"
#include "sweep/sweep.h"
#include "sweep/worker.h"
#include "sweepcli/statusline.h"
#include "sweepcli/sweepoptions.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t stop;

static void on_signal(int number)
{
	(void)number;
	stop = 1;
}

static int trouble(struct voice *voice, enum status status, const struct failure *failure)
{
	voice_fault(voice, "%s",
		    status == STATUS_NOMEM ? "out of memory" : failure->sentence);
	return SWEEPOPTIONS_TROUBLE;
}

/* What was printed has to be out before the status says that it was. */
static int ended(int found)
{
	return fflush(stdout) == 0 && !ferror(stdout) ? found : SWEEPOPTIONS_TROUBLE;
}

/* ---- plan ---- */

static int run_plan(const struct sweep_options *options, struct voice *voice,
		    struct failure *failure)
{
	struct plan plan;
	size_t unmatched = 0;
	enum status status =
		options->n_operands == 2
			? planroots_read(options->operands[0], options->operands[1],
					 voice, &plan, &unmatched, failure)
			: plan_read(options->operands[0], voice, &plan, failure);

	if (status != STATUS_OK)
		return trouble(voice, status, failure);
	if (plan.n == 0)
		voice_fault(voice, "%s: there is no unit", options->operands[0]);
	status = plan_write(&plan, options->output, failure);
	plan_clear(&plan);
	if (status != STATUS_OK)
		return trouble(voice, status, failure);
	return voice->faults > 0 ? SWEEPOPTIONS_TROUBLE : unmatched > 0;
}

/* ---- run ---- */

static void draw(void *context, const struct tally *tally, size_t before,
		 uint64_t began_ns)
{
	char line[STATUSLINE_SIZE];

	(void)context;
	statusline_text(tally, before, (double)(stage_now_ns() - began_ns) / 1e9, line);
	fprintf(stderr, "\r\033[K%s", line);
	(void)fflush(stderr);
}

static bool is_terminal(void)
{
	const char *kind = getenv("TERM");

	return isatty(STDERR_FILENO) == 1 && kind && *kind && strcmp(kind, "dumb") != 0;
}

/* Of a name without '/' PATH is asked; links are left, since programs look at their names. */
static bool make_absolute(const char *path, char out[PATH_MAX])
{
	char here[PATH_MAX] = "";
	bool relative = path[0] != '/' && strchr(path, '/');

	if (relative && !getcwd(here, sizeof(here)))
		return false;
	errno = ENAMETOOLONG;
	return snprintf(out, PATH_MAX, "%s%s%s", here, relative ? "/" : "", path) <
	       PATH_MAX;
}

/* The path of this program, and wmsdiff: the one beside it, or the one that PATH finds. */
static bool find_programs(const struct sweep_options *options, char self[PATH_MAX],
			  char program[PATH_MAX])
{
	ssize_t n = readlink("/proc/self/exe", self, PATH_MAX - 1);
	char *slash;

	if (n <= 0)
		return false;
	self[n] = '\0';
	if (options->program)
		return make_absolute(options->program, program);
	memcpy(program, self, (size_t)n + 1);
	slash = strrchr(program, '/');
	if (slash && (size_t)(slash - program) + sizeof("/wmsdiff") <= PATH_MAX)
		memcpy(slash, "/wmsdiff", sizeof("/wmsdiff"));
	if (access(program, X_OK) != 0)
		memcpy(program, "wmsdiff", sizeof("wmsdiff"));
	return true;
}

/* One that is ignored stays so, as nohup(1) has it. */
static void catch_signals(void)
{
	static const int numbers[] = { SIGINT, SIGTERM, SIGHUP };
	struct sigaction action = { .sa_handler = on_signal }, before;

	(void)sigemptyset(&action.sa_mask);
	for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
		if (sigaction(numbers[i], NULL, &before) == 0 &&
		    before.sa_handler != SIG_IGN)
			(void)sigaction(numbers[i], &action, NULL);
}

static int tell_end(const struct sweep_options *options, const struct tally *tally,
		    bool drawn, struct voice *voice)
{
	if (drawn)
		fputs("\r\033[K", stderr);
	if (stop)
		voice_fault(voice, "stopped: %zu units are left; run it again to go on",
			    tally->n - tally->settled);
	else if (tally->settled < tally->n)
		voice_fault(voice,
			    "%zu units are left: %s/engine/ has what the engine said",
			    tally->n - tally->settled, options->output_dir);
	printf("%zu units: %zu compared (something is lost in %zu), %zu incomplete, "
	       "%zu failed, %zu left\n",
	       tally->n, tally->counts[OUTCOME_COMPARED], tally->lost,
	       tally->counts[OUTCOME_INCOMPLETE], tally_failed(tally),
	       tally->n - tally->settled);
	return voice->faults > 0 ? SWEEPOPTIONS_TROUBLE : tally_exit_status(tally);
}

/*
 * One index over all reports, when nothing else fills the folder: a shard is only a part.
 * What is left was told by the sum; what failed stands in the index.
 * Return: true if all of the folder is in it.
 */
static bool make_index(const struct sweep_options *options, struct voice *voice,
		       struct failure *failure)
{
	struct fleet_answer *answer = calloc(1, sizeof(*answer));
	enum status status = STATUS_NOMEM;
	bool complete = false;

	/* Nothing waits for a stop any more, and what is half written is removed. */
	signals_set_up();
	/* Reports are input, and no program is started any more. */
	const char *folder = options->output_dir;
	struct sandbox *sandbox =
		sandbox_begin(&(struct sandbox_paths){ &folder, 1, &folder, 1 });
	if (answer)
		status = fleet_index(options->output_dir, stderr, answer, failure);
	if (status == STATUS_OK) {
		complete = answer->complete;
		printf("index: %s/index.html: %s\n", options->output_dir,
		       answer->sentence);
	} else {
		(void)trouble(voice, status, failure);
	}
	sandbox_free(sandbox);
	free(answer);
	return complete;
}

static int run_run(const struct sweep_options *options, struct voice *voice,
		   struct failure *failure)
{
	static char self[PATH_MAX], program[PATH_MAX], hosts[PATH_MAX];
	struct sweep_request request = { .plan = options->operands[0],
					 .folder = options->output_dir,
					 .self = self,
					 .program = program,
					 .engine = (enum engine_kind)options->engine,
					 .at_once = (size_t)options->jobs,
					 .bring_back = options->bring_back,
					 .seconds = options->seconds,
					 .mebibytes = options->mebibytes,
					 .shard = options->shard,
					 .options = options->engine_options,
					 .n_options = options->n_engine_options,
					 .stop = &stop };
	struct tally tally;

	if (is_terminal() && !options->no_progress)
		request.tick = draw;
	if (!find_programs(options, self, program)) {
		voice_fault(voice, "%s: %s",
			    options->program ? options->program : "wmsdiff",
			    strerror(errno));
		return SWEEPOPTIONS_TROUBLE;
	}
	if (options->hosts) {
		if (!realpath(options->hosts, hosts)) {
			voice_fault(voice, "%s: %s", options->hosts, strerror(errno));
			return SWEEPOPTIONS_TROUBLE;
		}
		request.hosts = hosts;
	}
	catch_signals();
	enum status status = sweep_run(&request, voice, &tally, failure);
	if (status != STATUS_OK)
		return trouble(voice, status, failure);
	int found = tell_end(options, &tally, request.tick != NULL, voice);
	tally_clear(&tally);
	if (!stop && options->shard.n <= 1 && !make_index(options, voice, failure))
		return SWEEPOPTIONS_TROUBLE;
	return voice->faults > 0 ? SWEEPOPTIONS_TROUBLE : found;
}

/* ---- status ---- */

static int run_status(const struct sweep_options *options, struct voice *voice,
		      struct failure *failure)
{
	struct plan plan;
	struct tally tally;
	char line[STATUSLINE_SIZE];
	bool running = false;
	uint64_t began = 0;
	size_t before = 0;
	enum status status = sweep_look(options->operands[0], voice, &plan, &tally,
					&running, &began, &before, failure);

	if (status != STATUS_OK)
		return trouble(voice, status, failure);
	statusline_print(stdout, options->operands[0], &plan, &tally);
	if (running) {
		statusline_text(&tally, before, (double)(time(NULL) - (time_t)began),
				line);
		printf("running     %s\n", line);
	}
	int found = voice->faults > 0 ? SWEEPOPTIONS_TROUBLE : tally_exit_status(&tally);
	tally_clear(&tally);
	plan_clear(&plan);
	return found;
}

static int run_unit(const struct sweep_options *options, struct voice *voice,
		    struct failure *failure)
{
	enum status status = worker_run(options->operands[0], failure);

	return status == STATUS_OK ? EXIT_SUCCESS : trouble(voice, status, failure);
}

int main(int argc, char *argv[])
{
	static struct failure failure;
	static struct sweep_options options;
	struct voice voice = { .out = stderr };

	switch (sweepoptions_read(argc, argv, &voice, &options)) {
	case SWEEPOPTIONS_RUN:
		break;
	case SWEEPOPTIONS_DONE:
		return ended(EXIT_SUCCESS);
	case SWEEPOPTIONS_WRONG:
		return SWEEPOPTIONS_TROUBLE;
	}
	switch (options.command) {
	case SWEEPTABLE_PLAN:
		return ended(run_plan(&options, &voice, &failure));
	case SWEEPTABLE_RUN:
		return ended(run_run(&options, &voice, &failure));
	case SWEEPTABLE_STATUS:
		return ended(run_status(&options, &voice, &failure));
	case SWEEPTABLE_UNIT:
		return run_unit(&options, &voice, &failure);
	case SWEEPTABLE_NO_COMMAND:
		break;
	}
	return SWEEPOPTIONS_TROUBLE;
}
