/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the hive's user ran shortly before: Explorer counts the programs that
 * are started from the desktop and keeps the time of the last start, below
 * UserAssist, the names in ROT13.  The layout is not published; it is as found
 * in hives of Windows 2000 to 10: 16 bytes with the FILETIME at 8, or, from
 * Windows 7 on, 72 bytes with it at 60.
 *
 * What is typed into the Run box is kept below RunMRU, each command followed by "\1";
 * MRUList names the newest first, and the key was last written when that one was run.
 */
#include "cause/condition/usertrace.h"

#include "cause/condition/result.h"
#include "mapi/property.h"

#define USERASSIST "Software\\Microsoft\\Windows\\CurrentVersion\\Explorer\\UserAssist"
#define RUNMRU "Software\\Microsoft\\Windows\\CurrentVersion\\Explorer\\RunMRU"
#define OLD_SIZE 16
#define OLD_TIME 8
#define NEW_SIZE 72
#define NEW_TIME 60

/* Started so long before the loss, a program may have had to do with it. */
#define BEFORE (UINT64_C(1800) * 10000000) /* half an hour */

/* Outlook and the Mail control panel, and how their names stand there. */
static const struct program {
	const char *name, *rot13;
} programs[] = {
	{ "OUTLOOK.EXE", "BHGYBBX.RKR" },
	{ "MLCFG32.CPL", "ZYPST32.PCY" },
	{ "Microsoft Outlook", "Zvpebfbsg Bhgybbx" },
};

static const char *program_of(const struct value *value)
{
	for (size_t i = 0; i < ARRAY_LEN(programs); i++)
		if (text_has(value_name(value), programs[i].rot13))
			return programs[i].name;
	return NULL;
}

static uint64_t last_start(const struct value *value)
{
	struct span data = value_data(value);
	uint64_t ft = 0;

	if (!span_le64(data, data.len == OLD_SIZE ? OLD_TIME : NEW_TIME, &ft) ||
	    (data.len != OLD_SIZE && data.len != NEW_SIZE))
		return 0;
	return ft;
}

static void check_values(struct incident *incident, struct condition *condition,
			 const struct key *count)
{
	for (uint32_t i = 0; i < count->n_values; i++) {
		const struct value *value = &count->values[i];
		const char *program = program_of(value);
		uint64_t ft = program ? last_start(value) : 0;
		/* Only the last start is kept: one from later hides those before. */
		if (ft > incident->losses.to_ft && condition->state == CONDITION_NOT_MET)
			result_is(incident, condition, CONDITION_UNKNOWN,
				  "%s was started later, which hides earlier starts",
				  program);
		if (!ft || ft > incident->losses.to_ft ||
		    incident->losses.to_ft - ft > BEFORE)
			continue;
		result_is(incident, condition, CONDITION_MET, "%s at %s", program,
			  incident_time(incident, ft));
		result_show_value(condition, incident->after, value, program);
	}
}

/* ---- the Run box ---- */

/* What a command starts: up to a blank or, in quotes, up to the next; "\1" stands behind. */
static struct text started_by(struct text command)
{
	bool quoted = text_length(command) > 0 && text_unit(command, 0) == '"';
	size_t begin = quoted ? 1 : 0, end = begin;

	while (end < text_length(command) &&
	       text_unit(command, end) != (quoted ? '"' : ' '))
		end++;
	struct text program = text_slice(command, begin, end - begin);
	return text_ends_with(program, "\\1")
		       ? text_slice(program, 0, text_length(program) - 2)
		       : program;
}

static bool is_outlook(struct text program)
{
	return text_is(program, "outlook") || text_is(program, "outlook.exe") ||
	       text_ends_with(program, "\\outlook.exe");
}

/*
 * Opens Outlook, its profiles, or the Mail control panel: no file that is called so, and
 * nothing that ends it.
 */
static bool opens_profiles(struct text command)
{
	return text_has(command, "mlcfg32.cpl") || is_outlook(started_by(command));
}

/* The newest command of the Run box, if it is one of these; empty if not. */
static struct text newest_command(const struct key *box, const struct value **value)
{
	const struct value *list = key_value(box, text_of("MRUList"));
	struct text order, command, none = text_of("");

	if (!list || !property_string(list, &order) || text_length(order) == 0)
		return none;
	*value = key_value(box, text_slice(order, 0, 1));
	if (!*value || !property_string(*value, &command))
		return none;
	return opens_profiles(command) ? command : none;
}

/* A later command is no trace of an earlier one, so that nothing is said of none. */
static bool was_run(struct incident *incident, struct condition *condition)
{
	const struct key_tree *keys = incident->after->keys;
	const struct key *box = keys ? key_at(keys->root, RUNMRU) : NULL;
	const struct value *value = NULL;
	struct text command = box ? newest_command(box, &value) : text_of("");

	if (text_length(command) == 0 || box->mtime_ft > incident->losses.to_ft ||
	    incident->losses.to_ft - box->mtime_ft > BEFORE)
		return false;
	/* Behind the command stands "\1". */
	size_t n = text_length(command) - (text_ends_with(command, "\\1") ? 2 : 0);
	result_is(incident, condition, CONDITION_MET, "%s in the Run box at %s",
		  incident_utf8(incident, text_slice(command, 0, n)),
		  incident_time(incident, box->mtime_ft));
	result_show_value(condition, incident->after, value,
			  incident_utf8(incident, command));
	return true;
}

void usertrace_panel(struct incident *incident, struct condition *condition)
{
	const struct key_tree *keys = incident->after->keys;
	const struct key *assist = keys ? key_at(keys->root, USERASSIST) : NULL;

	/* Bounds that are far apart tell no half hour before. */
	bool timed = incident->losses.from_ft && !incident->losses.some_untimed &&
		     incident->losses.to_ft >= incident->losses.from_ft &&
		     incident->losses.to_ft - incident->losses.from_ft < BEFORE;
	if (timed && was_run(incident, condition))
		return;
	if (!assist || !timed) {
		result_is(incident, condition, CONDITION_UNKNOWN, "%s",
			  assist ? "the time of the change is not known well enough"
				 : "the hive holds no UserAssist key");
		return;
	}
	result_is(incident, condition, CONDITION_NOT_MET,
		  "no start in the half hour before is kept");
	for (uint32_t i = 0; i < assist->n_children; i++) {
		const struct key *count =
			key_child(&assist->children[i], text_of("Count"));
		if (count)
			check_values(incident, condition, count);
	}
}
