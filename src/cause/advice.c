/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What to do.  For the fault of Mapi32.dll the steps of KB 817375, made
 * concrete for the machine as far as the evidence tells it; for the other
 * causes a sentence or two.
 */
#include "cause/incident_private.h"

#include <inttypes.h>
#include <string.h>

struct plan {
	struct incident *incident;
	struct diagnosis *diagnosis;
};

/*
 * Steps of one kind about processes, and services of one process, that are
 * spelled out: more than any server has, and few enough that the steps which
 * are not about processes have room in DIAGNOSIS_MAX_ADVICE.
 */
#define MAX_STEPS 16
#define MAX_NAMES 50

static void advise(struct plan *plan, const char *code, const char *name,
		   const char *text)
{
	struct diagnosis *diagnosis = plan->diagnosis;

	if (diagnosis->n_advice < DIAGNOSIS_MAX_ADVICE)
		diagnosis->advice[diagnosis->n_advice++] =
			(struct advice){ code, text, name };
}

/* ---- service pack and fix ---- */

/* Exchange 2000 Service Pack 3: the fix of KB 817375 needs it. */
#define NEEDED_PACK 3

static void advise_pack(struct plan *plan)
{
	const struct machine_software *software = plan->incident->companions->software;
	const struct mapi32 *mapi32 = plan->incident->companions->mapi32;

	if (software && software->has_exchange && software->has_service_pack) {
		bool there = software->exchange_service_pack >= NEEDED_PACK;
		advise(plan, there ? "service_pack_present" : "service_pack_needed", NULL,
		       condition_print(
			       plan->incident,
			       there ? "Service Pack %" PRIu32
				       " of Exchange 2000 is installed (build %" PRIu32
				       "), as the fix needs"
				     : "Install Service Pack 3 of Exchange 2000 first (KB "
				       "301378); installed is Service Pack %" PRIu32
				       " (build %" PRIu32 ")",
			       software->exchange_service_pack,
			       software->exchange_build));
	} else if (mapi32 && mapi32->needs_sp3) {
		advise(plan, "service_pack_needed", NULL,
		       "Install Service Pack 3 of Exchange 2000 first (KB 301378): "
		       "Mapi32.dll seems older than that, if its build is that of the "
		       "service pack");
	} else {
		advise(plan, "service_pack_check", NULL,
		       "Make sure that Service Pack 3 of Exchange 2000 is installed (KB "
		       "301378): the fix needs it");
	}
}

/* ---- services ---- */

/* "name, display name" of a service. */
static const char *service_title(struct plan *plan, const struct holder_service *service)
{
	return condition_print(plan->incident, "\"%s\"%s%s", service->name,
			       *service->display_name ? ", " : "", service->display_name);
}

/* "bkagent.exe, process 2420". */
static const char *process_title(struct plan *plan, const struct holder *holder)
{
	return condition_print(plan->incident, "%s, process %" PRIu32 "%s",
			       holder->process->image, holder->process->pid,
			       holder->join == HOLDER_BY_IMAGE
				       ? ", known by the name of its program"
				       : "");
}

/* Says how many steps of a kind are not spelled out. */
static void advise_more(struct plan *plan, const char *code, size_t n)
{
	if (n > MAX_STEPS)
		advise(plan, code, NULL,
		       condition_print(plan->incident,
				       "Likewise %zu more, which the listings name",
				       n - MAX_STEPS));
}

/* What stops with a service, and is not started again with it; "" if nothing does. */
static const char *dependents(struct plan *plan, const struct holder_service *service,
			      bool start)
{
	const struct machine_system *system = plan->incident->companions->system;
	const char *names = "";
	size_t n = 0;

	for (size_t i = 0; system && service->service && i < system->n_services; i++) {
		const struct machine_service *other = &system->services[i];
		if (machinesystem_service_needs(other, service->service->name) &&
		    n++ < MAX_NAMES)
			names = condition_print(
				plan->incident, "%s%s\"%s\"", names, n > 1 ? ", " : "",
				condition_utf8(plan->incident, other->name));
	}
	if (n == 0)
		return "";
	return condition_print(plan->incident,
			       start ? "; start again too: %s" : "; stops with it: %s",
			       names);
}

/* A line for each service of a third party: what to stop before or start after. */
static void advise_third_party(struct plan *plan, bool start)
{
	const struct holders *holders = plan->incident->holders;
	const char *code = start ? "restart_service" : "stop_service";
	size_t n = 0;

	for (size_t i = 0; i < holders->n; i++) {
		const struct holder *holder = &holders->items[i];
		for (size_t k = 0;
		     holder->class == HOLDER_THIRD_PARTY && k < holder->n_services; k++)
			if (n++ < MAX_STEPS)
				advise(plan, code, holder->services[k].name,
				       condition_print(
					       plan->incident,
					       "%s the fix, net %s %s (%s)%s",
					       start ? "After" : "Before",
					       start ? "start" : "stop",
					       service_title(plan, &holder->services[k]),
					       process_title(plan, holder),
					       dependents(plan, &holder->services[k],
							  start)));
	}
	advise_more(plan, code, n);
}

/* All services of a process in a row. */
static const char *service_titles(struct plan *plan, const struct holder *holder)
{
	const char *names = "";

	for (size_t i = 0; i < holder->n_services && i < MAX_NAMES; i++)
		names = condition_print(plan->incident, "%s%s%s", names,
					i > 0 ? "; " : "",
					service_title(plan, &holder->services[i]));
	return holder->n_services <= MAX_NAMES
		       ? names
		       : condition_print(plan->incident, "%s; and %zu more", names,
					 holder->n_services - MAX_NAMES);
}

/* A line for each process that is not a third party's, with all its services if any. */
static void advise_hosts(struct plan *plan, enum holder_class class, const char *code,
			 const char *what)
{
	const struct holders *holders = plan->incident->holders;
	size_t n = 0;

	for (size_t i = 0; i < holders->n; i++) {
		const struct holder *holder = &holders->items[i];
		bool closes = class == HOLDER_WINDOWS && holder->n_services == 0;
		if (holder->class != class || closes || n++ >= MAX_STEPS)
			continue;
		advise(plan, code, holder->process->image,
		       condition_print(plan->incident, "%s (%s)%s%s", what,
				       process_title(plan, holder),
				       holder->n_services > 0 ? ": " : "",
				       service_titles(plan, holder)));
	}
	advise_more(plan, code, n);
}

/*
 * Processes for which no service is known: programs, or a listing is missing.
 * Nobody closes a host, or Exchange's own, like a program.
 */
static void advise_programs(struct plan *plan)
{
	const struct holders *holders = plan->incident->holders;
	size_t n = 0;

	for (size_t i = 0; i < holders->n; i++) {
		const struct holder *holder = &holders->items[i];
		const struct listing_process *process = holder->process;
		bool program = holder->class == HOLDER_THIRD_PARTY ||
			       holder->class == HOLDER_WINDOWS;
		if (!program || holder->n_services > 0 || n++ >= MAX_STEPS)
			continue;
		advise(plan, "stop_program", process->image,
		       condition_print(plan->incident,
				       "%s (process %" PRIu32
				       ") holds Mapi32.dll; no service is known for it: "
				       "close it, or give tlist -s or --system",
				       process->image, process->pid));
	}
	advise_more(plan, "stop_program", n);
}

static void advise_fix(struct plan *plan)
{
	advise(plan, "install_fix", NULL,
	       "Install rollup 824282 (September 2003, after Service Pack 3), or the "
	       "hotfix of KB 817375: Mapi32.dll 6.0.6448.0 of 31 March 2003 23:34 UTC, "
	       "745,472 bytes in English");
}

static void advise_services(struct plan *plan)
{
	if (!plan->incident->holders->answered) {
		advise(plan, "list_holders", NULL,
		       "Run tlist -m mapi32.dll and tlist -s on the server, and give "
		       "both outputs with --modules: what holds the file has to be "
		       "stopped before the fix");
		advise_fix(plan);
		return;
	}
	advise_third_party(plan, false);
	advise_programs(plan);
	advise_hosts(plan, HOLDER_WINDOWS, "stop_program",
		     "A program of Windows holds it as a service, and may have to stop");
	advise_hosts(plan, HOLDER_SHARED, "shared_host",
		     "A shared host holds it too, and may have to stop");
	advise_hosts(plan, HOLDER_EXCHANGE, "exchange_service",
		     "Exchange's own, which stops and starts with Exchange");
	advise_fix(plan);
	advise_third_party(plan, true);
}

static void advise_checks(struct plan *plan)
{
	advise(plan, "check_version", NULL,
	       "Afterwards check that Mapi32.dll is 6.0.6448.0 or later");
	advise(plan, "check_events", NULL,
	       "Afterwards check that Mailbox Management starts and that MSExchangeSA "
	       "logs no event 9202 any more");
	advise(plan, "check_profiles", NULL,
	       "Services make their own profiles anew when they start; bring back the "
	       "others with --restore, then compare again");
}

/* The steps in the words of a list that fits a screen. */
static const struct brief {
	const char *code, *text;
	bool names;
	bool waits; /* until the cause is more than possible */
} briefs[] = {
	{ "service_pack_present", "", false, false },
	{ "service_pack_needed", "Install Service Pack 3 of Exchange 2000", false, true },
	{ "service_pack_check", "Make sure of Service Pack 3 of Exchange 2000", false,
	  true },
	{ "list_holders", "See with tlist -m mapi32.dll what has to be stopped", false,
	  false },
	{ "stop_service", "Stop", true, true },
	{ "stop_program", "Stop or close", true, true },
	{ "shared_host", "Perhaps stop", true, true },
	{ "exchange_service", "", false, true },
	{ "install_fix", "Install rollup 824282 or the hotfix of KB 817375", false,
	  true },
	{ "restart_service", "Start again what was stopped", false, true },
	{ "check_version", "Check Mapi32.dll: 6.0.6448.0 or later", false, true },
	{ "check_events", "", false, true },
	{ "check_profiles", "Bring back with --restore what no service makes anew", false,
	  false },
};

const char *advice_brief(const struct diagnosis *diagnosis, const char *code, bool *names)
{
	bool sure = diagnosis->grade == GRADE_SUPPORTED;

	*names = false;
	if (strcmp(code, "confirm_first") == 0)
		return "Make sure of it before acting on it";
	if (diagnosis->cause != CAUSE_KB_817375)
		return NULL;
	for (size_t i = 0; i < ARRAY_LEN(briefs); i++)
		if (strcmp(briefs[i].code, code) == 0) {
			*names = briefs[i].names;
			return briefs[i].waits && !sure ? "" : briefs[i].text;
		}
	return NULL;
}

/* ---- the other causes ---- */

static const struct plain_advice {
	enum cause cause;
	const char *code, *text;
} plain[] = {
	{ CAUSE_KB_818861, "install_fix",
	  "Install the Mapi32.dll of KB 818861 for Exchange 5.5" },
	{ CAUSE_KB_818861, "restart_services",
	  "Restart the services whose sessions were purged; they make their profiles "
	  "anew" },
	{ CAUSE_KB_303221, "install_fix",
	  "Follow KB 303221; sessions that still run have to log on again" },
	{ CAUSE_USER_DELETION, "ask_user",
	  "Ask the user whether the profile was deleted on purpose" },
	{ CAUSE_USER_DELETION, "restore",
	  "Bring it back with --restore; secrets work only for the same user on the "
	  "same machine" },
	{ CAUSE_REMOVE_ALL, "find_script",
	  "Look for a logon script, a set-up or a .prf file that ran at that time" },
	{ CAUSE_REMOVE_ALL, "restore", "Bring the profiles back with --restore" },
	{ CAUSE_OFFICE_UPGRADE, "use_copies",
	  "What has its copy there needs no restoring: use it at its new place" },
	{ CAUSE_FIRST_RUN, "use_backup",
	  "The old profile is there under its new name: rename it back, or bring it "
	  "back with --restore and --restore-as" },
	{ CAUSE_FIRST_RUN, "check_roaming",
	  "Keep the first-run state with the roaming profile, so that it does not "
	  "happen again" },
	{ CAUSE_SESSION_END, "nothing",
	  "If so, nothing has to be done: the service makes its profile anew when "
	  "it starts" },
	{ CAUSE_ROLLED_BACK, "check_order",
	  "Check the order of the hives; if it is right, find out what restored the "
	  "older one" },
	{ CAUSE_WRONG_PAIR, "find_pair",
	  "Find the other hive of the same subject; rely on nothing of this "
	  "comparison" },
};

enum status advice_give(struct incident *incident, struct diagnosis *diagnosis)
{
	struct plan plan = { incident, diagnosis };

	if (diagnosis->grade > GRADE_POSSIBLE)
		return STATUS_OK;
	diagnosis->advice = arena_calloc(incident->arena, DIAGNOSIS_MAX_ADVICE,
					 sizeof(*diagnosis->advice));
	if (!diagnosis->advice)
		return STATUS_NOMEM;
	if (diagnosis->grade == GRADE_POSSIBLE)
		advise(&plan, "confirm_first", NULL,
		       "This cause is only possible: look at what speaks against it, and get "
		       "what is missing, before acting on it");
	if (diagnosis->cause == CAUSE_KB_817375) {
		advise_pack(&plan);
		advise_services(&plan);
		advise_checks(&plan);
	}
	for (size_t i = 0; i < ARRAY_LEN(plain); i++)
		if (plain[i].cause == diagnosis->cause)
			advise(&plan, plain[i].code, NULL, plain[i].text);
	return STATUS_OK;
}
