/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cause/advice.h"

#include "cause/condition/originfacts.h"
#include "cause/incident/incident.h"
#include "cause/plainadvice.h"

#include <inttypes.h>
#include <string.h>

struct plan {
	struct incident *incident;
	enum grade grade;
	struct advices *out;
	bool by_name[ADVICE_MAX]; /* its name belongs into the brief form */
};

/*
 * Steps of one kind about processes, and services of one process, that are
 * spelled out: more than any server has, and few enough that the steps which
 * are not about processes have room in ADVICE_MAX.
 */
#define MAX_STEPS 16
#define MAX_NAMES 50

/* Names that the brief form of steps with one code tells. */
#define BRIEF_NAMES 6

static bool is_of_code(const struct advices *steps, size_t one, size_t other)
{
	return strcmp(steps->items[one].code, steps->items[other].code) == 0;
}

static void advise(struct plan *plan, struct advice step)
{
	struct advices *out = plan->out;
	size_t n = out->n;

	if (n == ADVICE_MAX)
		return;
	out->items[out->n++] = step;
	/* In brief all of one code are one step. */
	for (size_t i = 0; i < n; i++)
		if (is_of_code(out, i, n))
			out->items[n].brief = NULL;
}

/* The brief form ends with the names of all steps of that code: see join_names(). */
static void advise_by_name(struct plan *plan, struct advice step)
{
	if (plan->out->n < ADVICE_MAX)
		plan->by_name[plan->out->n] = true;
	advise(plan, step);
}

/* "Stop" becomes "Stop a, b, c and 2 more". */
static void join_names(struct plan *plan, size_t first)
{
	struct advice *items = plan->out->items;
	size_t n = 0;

	for (size_t i = first; i < plan->out->n; i++)
		if (plan->by_name[i] && is_of_code(plan->out, first, i) &&
		    n++ < BRIEF_NAMES)
			items[first].brief = incident_print(
				plan->incident, "%s%s %s", items[first].brief,
				n > 1 ? "," : "", items[i].name);
	if (n > BRIEF_NAMES)
		items[first].brief = incident_print(plan->incident, "%s and %zu more",
						    items[first].brief, n - BRIEF_NAMES);
}

/* What is not to be done before the cause is more than possible. */
static const char *when_sure(const struct plan *plan, const char *brief)
{
	return plan->grade == GRADE_SUPPORTED ? brief : NULL;
}

/* ---- service pack and fix ---- */

/* Exchange 2000 Service Pack 3: the fix of KB 817375 needs it. */
#define NEEDED_PACK 3

static void advise_pack(struct plan *plan)
{
	const struct machine_software *software = plan->incident->companions->software;
	const struct mapi32 *mapi32 = plan->incident->companions->mapi32;
	static const char install_pack[] = "Install Service Pack 3 of Exchange 2000";

	if (software && software->has_exchange && software->has_service_pack) {
		bool there = software->exchange_service_pack >= NEEDED_PACK;
		const char *text = incident_print(
			plan->incident,
			there ? "Service Pack %" PRIu32
				" of Exchange 2000 is installed (build %" PRIu32
				"), as the fix needs"
			      : "Install Service Pack 3 of Exchange 2000 first (KB "
				"301378); installed is Service Pack %" PRIu32
				" (build %" PRIu32 ")",
			software->exchange_service_pack, software->exchange_build);
		advise(plan,
		       (struct advice){
			       .code = there ? "service_pack_present"
					     : "service_pack_needed",
			       .text = text,
			       .brief = there ? NULL : when_sure(plan, install_pack),
		       });
	} else if (mapi32 && mapi32->needs_sp3) {
		advise(plan,
		       (struct advice){
			       .code = "service_pack_needed",
			       .text = "Install Service Pack 3 of Exchange 2000 first "
				       "(KB 301378): Mapi32.dll seems older than that, "
				       "if its build is that of the service pack",
			       .brief = when_sure(plan, install_pack),
		       });
	} else {
		advise(plan,
		       (struct advice){
			       .code = "service_pack_check",
			       .text = "Make sure that Service Pack 3 of Exchange 2000 "
				       "is installed (KB 301378): the fix needs it",
			       .brief = when_sure(
				       plan,
				       "Make sure of Service Pack 3 of Exchange 2000"),
		       });
	}
}

/* ---- services ---- */

/* "name, display name" of a service. */
static const char *service_title(struct plan *plan, const struct holder_service *service)
{
	return incident_print(plan->incident, "\"%s\"%s%s", service->name,
			      *service->display_name ? ", " : "", service->display_name);
}

/* "bkagent.exe, process 2420". */
static const char *process_title(struct plan *plan, const struct holder *holder)
{
	return incident_print(plan->incident, "%s, process %" PRIu32 "%s",
			      holder->process->image, holder->process->pid,
			      holder->join == HOLDER_BY_IMAGE
				      ? ", known by the name of its program"
				      : "");
}

/* Says how many steps of a kind are not spelled out. */
static void advise_more(struct plan *plan, const char *code, size_t n)
{
	if (n > MAX_STEPS)
		advise(plan, (struct advice){
				     .code = code,
				     .text = incident_print(
					     plan->incident,
					     "Likewise %zu more, which the listings name",
					     n - MAX_STEPS),
			     });
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
			names = incident_print(
				plan->incident, "%s%s\"%s\"", names, n > 1 ? ", " : "",
				incident_utf8(plan->incident, other->name));
	}
	if (n == 0)
		return "";
	return incident_print(plan->incident,
			      start ? "; start again too: %s" : "; stops with it: %s",
			      names);
}

static void advise_stop(struct plan *plan, const struct holder *holder,
			const struct holder_service *service)
{
	const char *text =
		incident_print(plan->incident, "Before the fix, net stop %s (%s)%s",
			       service_title(plan, service), process_title(plan, holder),
			       dependents(plan, service, false));

	advise_by_name(plan, (struct advice){ .code = "stop_service",
					      .text = text,
					      .name = service->name,
					      .brief = when_sure(plan, "Stop") });
}

static void advise_restart(struct plan *plan, const struct holder *holder,
			   const struct holder_service *service)
{
	const char *text =
		incident_print(plan->incident, "After the fix, net start %s (%s)%s",
			       service_title(plan, service), process_title(plan, holder),
			       dependents(plan, service, true));

	advise(plan, (struct advice){
			     .code = "restart_service",
			     .text = text,
			     .name = service->name,
			     .brief = when_sure(plan, "Start again what was stopped"),
		     });
}

/* A line for each service of a third party: what to stop before or start after. */
static void advise_third_party(struct plan *plan, bool start)
{
	const struct holders *holders = plan->incident->holders;
	size_t n = 0;

	for (size_t i = 0; i < holders->n; i++) {
		const struct holder *holder = &holders->items[i];
		for (size_t k = 0;
		     holder->class == HOLDER_THIRD_PARTY && k < holder->n_services; k++)
			if (n++ < MAX_STEPS)
				(start ? advise_restart
				       : advise_stop)(plan, holder, &holder->services[k]);
	}
	advise_more(plan, start ? "restart_service" : "stop_service", n);
}

/* All services of a process in a row. */
static const char *service_titles(struct plan *plan, const struct holder *holder)
{
	const char *names = "";

	for (size_t i = 0; i < holder->n_services && i < MAX_NAMES; i++)
		names = incident_print(plan->incident, "%s%s%s", names, i > 0 ? "; " : "",
				       service_title(plan, &holder->services[i]));
	return holder->n_services <= MAX_NAMES
		       ? names
		       : incident_print(plan->incident, "%s; and %zu more", names,
					holder->n_services - MAX_NAMES);
}

/*
 * A line for each process of a class that is not a third party's, with all its services
 * if any.  With a brief form they are told there by name.
 */
static void advise_hosts(struct plan *plan, enum holder_class class, const char *code,
			 const char *what, const char *brief)
{
	const struct holders *holders = plan->incident->holders;
	size_t n = 0;

	for (size_t i = 0; i < holders->n; i++) {
		const struct holder *holder = &holders->items[i];
		bool closes = class == HOLDER_WINDOWS && holder->n_services == 0;
		if (holder->class != class || closes || n++ >= MAX_STEPS)
			continue;
		const char *text = incident_print(
			plan->incident, "%s (%s)%s%s", what, process_title(plan, holder),
			holder->n_services > 0 ? ": " : "", service_titles(plan, holder));
		advise_by_name(plan, (struct advice){ .code = code,
						      .text = text,
						      .name = holder->process->image,
						      .brief = brief });
	}
	advise_more(plan, code, n);
}

static const char *stop_programs(const struct plan *plan)
{
	return when_sure(plan, "Stop or close");
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
		const char *text =
			incident_print(plan->incident,
				       "%s (process %" PRIu32
				       ") holds Mapi32.dll; no service is known for it: "
				       "close it, or give tlist -s or --system",
				       process->image, process->pid);
		advise_by_name(plan, (struct advice){ .code = "stop_program",
						      .text = text,
						      .name = process->image,
						      .brief = stop_programs(plan) });
	}
	advise_more(plan, "stop_program", n);
}

static void advise_fix(struct plan *plan)
{
	advise(plan, (struct advice){
			     .code = "install_fix",
			     .text = "Install rollup 824282 (September 2003, after "
				     "Service Pack 3), or the hotfix of KB 817375: "
				     "Mapi32.dll 6.0.6448.0 of 31 March 2003 23:34 UTC, "
				     "745,472 bytes in English",
			     .brief = when_sure(plan, "Install rollup 824282 or the "
						      "hotfix of KB 817375"),
		     });
}

static void advise_services(struct plan *plan)
{
	if (!plan->incident->holders->answered) {
		advise(plan, (struct advice){
				     .code = "list_holders",
				     .text = "Run tlist -m mapi32.dll and tlist -s on "
					     "the server, and give both outputs with "
					     "--modules: what holds the file has to be "
					     "stopped before the fix",
				     .brief = "See with tlist -m mapi32.dll what to stop",
			     });
		advise_fix(plan);
		return;
	}
	advise_third_party(plan, false);
	advise_programs(plan);
	advise_hosts(plan, HOLDER_WINDOWS, "stop_program",
		     "A program of Windows holds it as a service, and may have to stop",
		     stop_programs(plan));
	advise_hosts(plan, HOLDER_SHARED, "shared_host",
		     "A shared host holds it too, and may have to stop",
		     when_sure(plan, "Perhaps stop"));
	advise_hosts(plan, HOLDER_EXCHANGE, "exchange_service",
		     "Exchange's own, which stops and starts with Exchange", NULL);
	advise_fix(plan);
	advise_third_party(plan, true);
}

static void advise_checks(struct plan *plan)
{
	advise(plan,
	       (struct advice){
		       .code = "check_version",
		       .text = "Afterwards check that Mapi32.dll is 6.0.6448.0 or later",
		       .brief = when_sure(plan, "Check Mapi32.dll: 6.0.6448.0 or later"),
	       });
	advise(plan, (struct advice){
			     .code = "check_events",
			     .text = "Afterwards check that Mailbox Management starts "
				     "and that MSExchangeSA logs no event 9202 any more",
		     });
	advise(plan, (struct advice){
			     .code = "check_profiles",
			     .text = "Services make their own profiles anew when they "
				     "start; bring back the others with --restore, then "
				     "compare again",
			     .brief = "Bring back with --restore what no service "
				      "makes anew",
			     .brings_back = true,
		     });
}

/* ---- another hive ---- */

/* The folder that Windows set aside, as far as ProfileList tells; NULL: it does not. */
static const char *folder_set_aside(struct plan *plan)
{
	const struct machine_owner *row = originfacts_set_aside(plan->incident);

	return row ? incident_utf8(plan->incident, row->path) : NULL;
}

/* The old hive may have all that it had: it comes first, and .reg files come last. */
static void advise_old_hive(struct plan *plan)
{
	const char *folder = folder_set_aside(plan);
	const char *text =
		folder ? incident_print(
				 plan->incident,
				 "Look for the old hive in %s first: it may still hold "
				 "the profiles. Look into it with wmsdiff before Windows "
				 "uses it again: log the user off, and in ProfileList "
				 "rename <SID> away and <SID>.bak back to <SID>",
				 folder)
		       : "Look for the old hive first, it may still hold the profiles: "
			 "in the folder that ProfileList has for <SID>.bak, and in folders "
			 "beside the user's (NAME, NAME.DOMAIN, NAME.bak, NAME.old)";

	advise(plan,
	       (struct advice){
		       .code = "find_old_hive",
		       .text = text,
		       .brief = folder ? incident_print(plan->incident,
							"Look for the old hive first, in "
							"%s: it may still "
							"hold the profiles",
							folder)
				       : "Look for the old hive first: ProfileList "
					 "(.bak), the old folder, shadow copies",
	       });
}

/* ---- all causes ---- */

static void advise_all(struct plan *plan, enum cause cause)
{
	if (plan->grade == GRADE_POSSIBLE)
		advise(plan, (struct advice){
				     .code = "confirm_first",
				     .text = "This cause is only possible: look at what "
					     "speaks against it, and get what is "
					     "missing, before acting on it",
				     .brief = "Make sure of it before acting on it",
			     });
	if (cause == CAUSE_KB_817375) {
		advise_pack(plan);
		advise_services(plan);
		advise_checks(plan);
	}
	if (cause == CAUSE_NEW_HIVE)
		advise_old_hive(plan);
	size_t n;
	const struct plainadvice *plain = plainadvice_rows(&n);
	for (size_t i = 0; i < n; i++)
		if (plain[i].cause == cause)
			advise(plan, (struct advice){
					     .code = plain[i].code,
					     .text = plain[i].text,
					     .brief = plain[i].text,
					     .brings_back = strcmp(plain[i].code,
								   "restore") == 0,
				     });
	for (size_t i = 0; i < plan->out->n; i++)
		if (plan->by_name[i] && plan->out->items[i].brief)
			join_names(plan, i);
}

enum status advice_give(struct incident *incident, enum cause cause, enum grade grade,
			struct advices *out)
{
	struct plan plan = { .incident = incident, .grade = grade, .out = out };

	*out = (struct advices){ 0 };
	if (!grade_is_an_answer(grade))
		return STATUS_OK;
	out->items = arena_calloc(incident->arena, ADVICE_MAX, sizeof(*out->items));
	if (!out->items)
		return STATUS_NOMEM;
	advise_all(&plan, cause);
	return STATUS_OK;
}
