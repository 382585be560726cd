/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Command lines.  Options of tlist: Debugging Tools for Windows, "TList
 * Commands"; of tasklist: its own help.  What follows /p is a password: nothing
 * of a command line is ever shown.
 */
#include "companion/listing/listingcommand.h"

#include "base/text.h"
#include "companion/listing/listingcut.h"

#include <string.h>

/* The name with which a command is called, without folders and .exe. */
static struct span tool_of(struct span word)
{
	uint8_t byte = 0;
	size_t from = 0;

	for (size_t i = 0; span_u8(word, i, &byte); i++)
		if (byte == '\\' || byte == '/')
			from = i + 1;
	word = span_from(word, from);
	if (listingcut_ends(word, ".exe"))
		word = span_clip(word, word.len - strlen(".exe"));
	return word;
}

/* What names this machine itself. */
static bool is_here(struct span name)
{
	static const char *const here[] = { ".",   "localhost",	     "127.0.0.1",
					    "::1", "%computername%", "$env:computername",
					    "DBG" /* a session of the debugger */ };

	for (size_t i = 0; i < ARRAY_LEN(here); i++)
		if (listingcut_is(name, here[i]))
			return true;
	return name.len == 0;
}

/* Takes the name of a machine as it is given to commands: "\\NAME", "user@NAME", quoted. */
static void set_machine(struct listingcommand *out, struct span name)
{
	while (span_starts(name, 0, "\\", 1) || span_starts(name, 0, "\"", 1) ||
	       span_starts(name, 0, "'", 1))
		name = span_from(name, 1);
	while (name.len > 0 && (span_starts(name, name.len - 1, "\"", 1) ||
				span_starts(name, name.len - 1, "'", 1)))
		name = span_clip(name, name.len - 1);
	if (!is_here(name))
		out->machine = name;
}

/*
 * A session on another machine has its name before PowerShell's prompt: "[NAME]: PS C:\>".
 * Return: what follows it, or the line.
 */
static struct span after_session(struct span s, struct listingcommand *out)
{
	size_t end = listingcut_find(s, "]: PS");

	if (!span_starts(s, 0, "[", 1) || end == s.len)
		return s;
	set_machine(out, span_clip(span_from(s, 1), end - 1));
	return span_from(s, end + strlen("]: "));
}

/* How cmd ("C:\>", "\\server\share>") and PowerShell ("PS C:\>") ask. */
static bool is_prompt(struct span s)
{
	uint8_t first = 0;

	/* A PowerShell without a console writes no folder. */
	if (listingcut_starts(s, "PS>"))
		return true;
	if (listingcut_starts(s, "PS "))
		s = span_from(s, 3);
	if (span_starts(s, 0, "\\\\", 2))
		return true;
	return span_u8(s, 0, &first) && (first | 0x20) >= 'a' && (first | 0x20) <= 'z' &&
	       span_starts(s, 1, ":\\", 2);
}

/* An option with the text behind / or -. */
static bool is_option(struct span word, struct span *name)
{
	if (!span_starts(word, 0, "-", 1) && !span_starts(word, 0, "/", 1))
		return false;
	*name = span_from(word, 1);
	return true;
}

/* Takes the option's argument, if there is one; in quotes it may hold blanks. */
static struct span argument(struct span *rest)
{
	struct span name, ahead = *rest;
	struct span word = listingcut_word(&ahead);

	if (is_option(word, &name))
		return span_clip(word, 0);
	if (span_starts(*rest, 0, "\"", 1)) {
		struct span inside = span_from(*rest, 1);
		word = span_clip(inside, listingcut_find(inside, "\""));
		ahead = listingcut_trim(span_from(inside, word.len + 1));
	}
	*rest = ahead;
	return word;
}

static void read_options(struct span rest, struct listingcommand *out)
{
	while (rest.len > 0) {
		struct span name;
		struct span word = listingcut_word(&rest);

		if (!is_option(word, &name)) {
			/* tlist takes a process as an argument of its own. */
			out->filtered = true;
		} else if (listingcut_is(name, "m")) {
			out->asked = LISTINGCOMMAND_MODULES;
			out->pattern = argument(&rest);
		} else if (listingcut_is(name, "svc") ||
			   (out->tool == LISTINGCOMMAND_TLIST &&
			    listingcut_is(name, "s"))) {
			out->asked = LISTINGCOMMAND_SERVICES;
		} else if (listingcut_is(name, "fi") || listingcut_is(name, "p")) {
			out->filtered |= !listingcut_is(name, "p") ||
					 out->tool == LISTINGCOMMAND_TLIST;
			(void)argument(&rest);
		} else if (listingcut_is(name, "s")) {
			set_machine(out, argument(&rest));
		} else if (listingcut_is(name, "u") || listingcut_is(name, "fo")) {
			(void)argument(&rest);
		}
	}
}

/* What follows > or | goes elsewhere. */
static struct span before_redirection(struct span s)
{
	size_t end = 0;

	while (end < s.len && !span_starts(s, end, ">", 1) &&
	       !span_starts(s, end, "|", 1))
		end++;
	return listingcut_trim(span_clip(s, end));
}

/* Options of PowerShell that are followed by where a command runs. */
static bool is_elsewhere(struct span word)
{
	static const char *const options[] = { "-computername", "-cn", "-hostname",
					       "-session", "-vmname" };

	for (size_t i = 0; i < ARRAY_LEN(options); i++)
		if (listingcut_is(word, options[i]))
			return true;
	return false;
}

/* "r:NAME", "remote:NAME" of winrs; empty if the option is another one. */
static struct span of_winrs(struct span option)
{
	size_t colon = listingcut_find(option, ":");

	return listingcut_starts(option, "r:") || listingcut_starts(option, "remote:")
		       ? span_from(option, colon + 1)
		       : span_clip(option, 0);
}

/*
 * Commands that run another one elsewhere: Invoke-Command [-ComputerName] NAME, psexec
 * \\\\NAME, winrs -r:NAME, ssh USER@NAME.
 */
static void find_machine(struct span tool, struct span rest, struct listingcommand *out)
{
	bool invoke = listingcut_is(tool, "invoke-command") || listingcut_is(tool, "icm");
	bool psexec = listingcut_starts(tool, "psexec");
	bool winrs = listingcut_is(tool, "winrs"), ssh = listingcut_is(tool, "ssh");
	bool first = true;

	for (; rest.len > 0 && out->machine.len == 0; first = false) {
		struct span word = listingcut_word(&rest), name = span_clip(word, 0);
		bool option = is_option(word, &name);

		if (is_elsewhere(word))
			set_machine(out, listingcut_word(&rest));
		else if (winrs && option)
			set_machine(out, of_winrs(name));
		else if (psexec && span_starts(word, 0, "\\\\", 2))
			set_machine(out, word);
		else if (invoke && first && !option && !span_starts(word, 0, "{", 1))
			set_machine(out, word);
		else if (ssh && !option && listingcut_find(word, "@") < word.len)
			set_machine(out, span_from(word, listingcut_find(word, "@") + 1));
	}
}

bool listingcommand_parse(struct span line, struct listingcommand *out)
{
	*out = (struct listingcommand){ .tool = LISTINGCOMMAND_OTHER };

	struct span s = after_session(listingcut_trim(line), out), ahead, name, tool;
	bool prompted = is_prompt(s);
	size_t end = prompted ? listingcut_find(s, ">") : 0;

	if (prompted && end == s.len)
		return false;
	s = before_redirection(prompted ? span_from(s, end + 1) : s);
	tool = tool_of(listingcut_word(&s));
	if (listingcut_is(tool, "tlist"))
		out->tool = LISTINGCOMMAND_TLIST;
	else if (listingcut_is(tool, "tasklist"))
		out->tool = LISTINGCOMMAND_TASKLIST;
	else
		find_machine(tool, s, out);
	if (out->tool == LISTINGCOMMAND_OTHER)
		return prompted;
	/* Without a prompt it may be the row of the process tlist.exe itself. */
	ahead = s;
	if (!prompted && !is_option(listingcut_word(&ahead), &name))
		return false;
	read_options(s, out);
	return true;
}

bool listingcommand_matches(struct span pattern, const char *name)
{
	struct text p = { .bytes = pattern, .encoding = TEXT_LATIN1 };
	struct text n = text_of(name);
	size_t n_pattern = text_length(p), n_name = text_length(n);
	size_t i = 0, k = 0;
	/* Where to go on if what follows the last * does not fit. */
	size_t star = SIZE_MAX, taken = 0;

	while (k < n_name) {
		uint16_t unit = text_unit(p, i);
		if (i < n_pattern && unit == '*') {
			star = i++;
			taken = k;
		} else if (i < n_pattern &&
			   (unit == '?' ||
			    text_upcase(unit) == text_upcase(text_unit(n, k)))) {
			i++;
			k++;
		} else if (star != SIZE_MAX) {
			i = star + 1;
			k = ++taken;
		} else {
			return false;
		}
	}
	while (i < n_pattern && text_unit(p, i) == '*')
		i++;
	return i == n_pattern;
}

bool listingcommand_asks_mapi32(const struct listingcommand *command)
{
	if (command->asked != LISTINGCOMMAND_MODULES || command->filtered)
		return false;
	return command->pattern.len == 0 ||
	       listingcommand_matches(command->pattern, "mapi32.dll");
}
