/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tasklist /m and tasklist /svc: three columns, of which the third holds
 * modules or services.  Its heading is in the language of Windows, and so is
 * what stands there for nothing ("N/A"), so both are told by the content.
 * Syntax and forms: Windows XP Professional documentation, "Tasklist".
 */
#include "companion/listing/tasklist.h"

#include "companion/listing/csvtask.h"
#include "companion/listing/labeltask.h"
#include "companion/listing/listingcut.h"
#include "companion/listing/tabletask.h"

#include <stdlib.h>

#define NONE "No tasks are running which match the specified criteria"

/*
 * How the line of that begins in UTF-8: so it does in most European languages; then in
 * Russian, Japanese, simplified and traditional Chinese, and Korean.
 */
static const char *const information[] = {
	"INFO",
	"\u0418\u041d\u0424\u041e\u0420\u041c\u0410\u0426\u0418\u042f",
	"\u0418\u043d\u0444\u043e\u0440\u043c\u0430\u0446\u0438\u044f",
	"\u60c5\u5831",
	"\u4fe1\u606f",
	"\u8cc7\u8a0a",
	"\uc815\ubcf4",
};

/* East Asian versions may print the wide colon, U+FF1A. */
#define WIDE_COLON "\xef\xbc\x9a"

/* What is longer is no word in front of a colon. */
#define LONGEST_LABEL 40

/* An answer that is no listing: console lines that a sentence takes. */
#define ANSWER_LINES 2

/* System Idle Process and System, which have neither services nor modules. */
static bool is_idle(uint32_t pid)
{
	return pid == 0 || pid == 4;
}

/* Where the word in front of a colon ends that the line begins with; 0: there is none. */
static size_t label_end(struct span line)
{
	size_t colon = listingcut_find(line, ":");
	size_t wide = listingcut_find(line, WIDE_COLON);
	size_t at = colon < wide ? colon : wide;

	if (at == 0 || at + 1 >= line.len || at > LONGEST_LABEL ||
	    listingcut_has_gap(span_clip(line, at)))
		return 0;
	return at;
}

bool tasklist_is_answer(const struct listingrow_section *section)
{
	if (section->n == 0 || section->n > ANSWER_LINES)
		return false;
	for (size_t i = 0; i < section->n; i++) {
		struct span line = listingtext_of(&section->lines[i]);
		if (listingcut_find(line, ".exe") < line.len ||
		    listingcut_find(line, "\"") < line.len)
			return false;
	}
	return label_end(listingcut_trim(listingtext_of(section->lines))) > 0;
}

static bool ends_sentence(const struct listingtext_line *line)
{
	struct span s = listingcut_trim(listingtext_of(line));

	/* The full stop of East Asia is U+3002. */
	return (s.len >= 1 && span_starts(s, s.len - 1, ".", 1)) ||
	       (s.len >= 3 && span_starts(s, s.len - 3, "\xe3\x80\x82", 3));
}

/* True if two lines are a sentence that was broken: the full stop is behind the second. */
static bool is_one_sentence(const struct listingrow_section *section)
{
	return !ends_sentence(&section->lines[0]) && ends_sentence(&section->lines[1]);
}

/*
 * True if the text only says that nothing was found.  The sentence is localised,
 * and only the English one is confirmed: of others, a line or two that begin
 * with a word like "INFORMATION:" are taken for it.  Errors begin with other words.
 */
static bool says_none(const struct listingrow_section *section)
{
	if (!tasklist_is_answer(section) || (section->n > 1 && !is_one_sentence(section)))
		return false;
	struct span line = listingcut_trim(listingtext_of(section->lines));
	if (listingcut_find(line, NONE) < line.len)
		return true;
	for (size_t i = 0; i < sizeof(information) / sizeof(information[0]); i++)
		if (listingcut_starts(line, information[i]))
			return true;
	return false;
}

bool tasklist_identify(const struct listingrow_section *section)
{
	if (says_none(section))
		return section->command.tool == LISTINGCOMMAND_UNSEEN ||
		       (section->command.tool == LISTINGCOMMAND_TASKLIST &&
			section->command.asked != LISTINGCOMMAND_PROCESSES);
	return csvtask_identify(section) || labeltask_identify(section) ||
	       tabletask_identify(section);
}

static struct span span_of_name(const char *name)
{
	return span_of(name, strlen(name));
}

static bool is_mapi32(const char *name)
{
	return listingcut_is(span_of_name(name), "mapi32.dll");
}

/* The only name of a row, if it is no file: it may say that there is none. */
static const char *sole_word(const struct listing_process *process)
{
	const struct listing_names *names = &process->modules;

	if (names->n != 1 || listingcut_has_extension(span_of_name(names->items[0])))
		return NULL;
	return names->items[0];
}

/* Empties the rows whose only name is that word. */
static void drop_word(struct listing *listing, const char *word)
{
	char copy[LISTINGROW_MAX_NAME + 1] = "";

	/* Apart, for the word is one of those that go. */
	if (strlen(word) > LISTINGROW_MAX_NAME)
		return;
	memcpy(copy, word, strlen(word) + 1);
	for (size_t i = 0; i < listing->n_processes; i++) {
		const char *sole = sole_word(&listing->processes[i]);
		if (sole && strcmp(sole, copy) == 0)
			listingrow_clear_names(&listing->processes[i].modules);
	}
}

static int compare_words(const void *left, const void *right)
{
	return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* So many processes with one and the same only service there cannot be. */
#define SAME_MIN 3

/*
 * Where no idle process shows the word: the only name of three rows, for a
 * service runs in one process.
 */
static enum status drop_common_word(struct listing *listing)
{
	size_t n = 0, same = 1;
	const char **words = calloc(listing->n_processes + 1, sizeof(const char *));

	if (!words)
		return STATUS_NOMEM;
	for (size_t i = 0; i < listing->n_processes; i++) {
		const char *word = sole_word(&listing->processes[i]);
		if (word)
			words[n++] = word;
	}
	qsort(words, n, sizeof(*words), compare_words);
	for (size_t i = 1; i < n; i++) {
		same = strcmp(words[i], words[i - 1]) == 0 ? same + 1 : 1;
		if (same == SAME_MIN) {
			drop_word(listing, words[i]);
			break;
		}
	}
	free(words);
	return STATUS_OK;
}

static enum status drop_words_for_none(struct listing *listing)
{
	bool idle = false;

	drop_word(listing, "N/A");
	for (size_t i = 0; i < listing->n_processes; i++) {
		const struct listing_process *process = &listing->processes[i];
		if (!is_idle(process->pid))
			continue;
		idle = true;
		if (sole_word(process))
			drop_word(listing, sole_word(process));
	}
	return idle ? STATUS_OK : drop_common_word(listing);
}

/* Modules are files, services are not; then what the command and a heading say. */
static enum listingcommand_asked decide(const struct listingrow_reader *reader)
{
	const struct listing *listing = reader->listing;
	size_t files = 0, others = 0;

	for (size_t i = 0; i < listing->n_processes; i++) {
		const struct listing_names *names = &listing->processes[i].modules;
		for (size_t k = 0; k < names->n; k++) {
			if (is_mapi32(names->items[k]))
				return LISTINGCOMMAND_MODULES;
			if (listingcut_has_extension(span_of_name(names->items[k])))
				files++;
			else
				others++;
		}
	}
	if (files != others)
		return files > others ? LISTINGCOMMAND_MODULES : LISTINGCOMMAND_SERVICES;
	return reader->section->command.asked ? reader->section->command.asked
					      : reader->heading;
}

static bool lists(const struct listing_process *process, const char *module)
{
	for (size_t i = 0; i < process->modules.n; i++)
		if (listingcut_is(span_of_name(process->modules.items[i]), module))
			return true;
	return false;
}

/*
 * True if the listing has all modules of all processes, though no command line
 * says so: the idle process, and one with two modules that all have and that no
 * likely pattern joins but one that stands for Mapi32.dll too.
 */
static bool is_full(const struct listing *listing)
{
	bool idle = false, all = false;

	for (size_t i = 0; i < listing->n_processes; i++) {
		const struct listing_process *process = &listing->processes[i];
		idle |= is_idle(process->pid);
		all |= lists(process, "ntdll.dll") && lists(process, "kernel32.dll");
	}
	return idle && all;
}

static void settle_modules(struct listingrow_reader *reader)
{
	struct listing *listing = reader->listing;
	const struct listingcommand *command = &reader->section->command;

	listing->kind = LISTING_TASKLIST_MODULES;
	for (size_t i = 0; i < listing->n_processes; i++)
		if (sole_word(&listing->processes[i]))
			listingrow_clear_names(&listing->processes[i].modules);
	listing->answers_mapi32 =
		command->asked ? listingcommand_asks_mapi32(command) : is_full(listing);
}

static void settle_services(struct listing *listing)
{
	listing->kind = LISTING_TASKLIST_SERVICES;
	for (size_t i = 0; i < listing->n_processes; i++) {
		struct listing_process *process = &listing->processes[i];
		process->services = process->modules;
		process->modules = (struct listing_names){ 0 };
	}
}

/* False if most rows are no programs: a text that has the form by chance. */
static bool are_programs(const struct listing *listing)
{
	size_t n = 0;

	for (size_t i = 0; i < listing->n_processes; i++) {
		const struct listing_process *process = &listing->processes[i];
		n += process->image_cut || is_idle(process->pid) ||
		     listingcut_has_extension(span_of_name(process->image));
	}
	return n > 0 && n >= listing->n_processes - n;
}

static enum status settle(struct listingrow_reader *reader)
{
	/* Before words are counted: a listing saved twice shows each service twice. */
	RETURN_IF_FAILED(listingrow_merge(reader->listing));
	RETURN_IF_FAILED(drop_words_for_none(reader->listing));
	switch (are_programs(reader->listing) ? decide(reader)
					      : LISTINGCOMMAND_PROCESSES) {
	case LISTINGCOMMAND_MODULES:
		settle_modules(reader);
		break;
	case LISTINGCOMMAND_SERVICES:
		settle_services(reader->listing);
		break;
	case LISTINGCOMMAND_PROCESSES:
		listingrow_clear(reader->listing);
		reader->listing->kind = LISTING_UNKNOWN;
		break;
	}
	return STATUS_OK;
}

/* Which filter found nothing is known only where the command line stands there. */
static enum status take_none(struct listingrow_reader *reader)
{
	const struct listingcommand *command = &reader->section->command;

	reader->listing->format = LISTING_LINES;
	reader->listing->kind = command->asked == LISTINGCOMMAND_SERVICES
					? LISTING_TASKLIST_SERVICES
					: LISTING_TASKLIST_MODULES;
	reader->listing->answers_mapi32 = listingcommand_asks_mapi32(command);
	return STATUS_OK;
}

enum status tasklist_read(struct listingrow_reader *reader)
{
	const struct listingrow_section *section = reader->section;
	enum status status;

	if (says_none(section))
		return take_none(reader);
	if (csvtask_identify(section))
		status = csvtask_read(reader);
	else if (labeltask_identify(section))
		status = labeltask_read(reader);
	else
		status = tabletask_read(reader);
	/* At a limit, what was read is kept. */
	if (status != STATUS_OK && status != STATUS_LIMIT)
		return status;
	RETURN_IF_FAILED(settle(reader));
	return status;
}
