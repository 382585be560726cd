/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table of all options, in the order in which the help shows them. */
#include "cli/commandline/optiontable.h"

/* Where a member stands; it does not compile if it is not of that type. */
#define AT(member, type)                                                                 \
	(offsetof(struct options, member) +                                              \
	 0 * sizeof(char[__builtin_types_compatible_p(                                   \
				 __typeof__(((struct options *)0)->member), type)        \
				 ? 1                                                     \
				 : -1]))

#define FLAG(member) .kind = OPTIONTABLE_FLAG, .at = AT(member, bool)
#define TEXT(shown, member)                                                              \
	.kind = OPTIONTABLE_TEXT, .argument = (shown), .at = AT(member, const char *)
#define LIST(shown, member, count, n)                                                    \
	.kind = OPTIONTABLE_LIST, .argument = (shown),                                   \
	.at = AT(member, const char *[n]), .count_at = AT(count, size_t), .most = (n)
#define WORDS(shown, all, member)                                                        \
	.kind = OPTIONTABLE_WORDS, .argument = (shown), .words = (all),                  \
	.at = AT(member, unsigned)
#define CUSTODY(shown, member)                                                           \
	.kind = OPTIONTABLE_CUSTODY, .argument = (shown),                                \
	.at = AT(custody.member, const char *)
#define LINE(name) .group = (name), .column = OPTIONTABLE_FIRST

/* Most lines have two options, each with its help. */
#define TEXT_1 29
#define SECOND 44
#define TEXT_2 63

/* clang-format off */
const struct optiontable_row optiontable[] = {
	{ "output", 'o', TEXT("FILE", output), .run = OPTIONTABLE_UNUSED,
	  LINE("Output"), .help_column = TEXT_1, .help = "XML report" },
	{ "timeline", LIST("FILE", timelines, n_timelines, OPTIONS_MAX_TIMELINES),
	  .run = OPTIONTABLE_HIVES,
	  .column = SECOND, .help_column = TEXT_2, .help = ".jsonl .csv .body" },
	{ "html", TEXT("FILE", html),
	  LINE(""), .help_column = TEXT_1, .help = "web page" },
	{ "format", WORDS("csv|jsonl", "csv|jsonl", format), .run = OPTIONTABLE_HIVES,
	  .column = SECOND, .help = "a line a finding" },
	{ "quiet", 'q', FLAG(quiet),
	  LINE(""), .help_column = TEXT_1, .help = "no summary" },
	{ "full", FLAG(full), .run = OPTIONTABLE_HIVES,
	  .column = SECOND, .help = "spell out all" },
	{ "verbose", 'v', FLAG(verbose), .column = 67 },
	{ "output-dir", TEXT("DIR", output_dir), .run = OPTIONTABLE_HIVES,
	  LINE(""), .help_column = TEXT_1, .help = "all subjects" },
	{ "manifest", TEXT("FILE", manifest), .run = OPTIONTABLE_HIVES },
	{ "sign-with", TEXT("COMMAND", sign_with), .run = OPTIONTABLE_HIVES },
	{ "color", WORDS("WHEN", "auto|always|never", color),
	  LINE(""), .help_column = TEXT_1, .help = "auto, always, never;" },
	{ "progress", WORDS("WHEN", "auto|never", no_progress),
	  .column = 50, .help = "auto, never" },

	{ "log", .kind = OPTIONTABLE_LOG, .most = REPLAY_MAX_LOGS, .argument = "FILE",
	  .run = OPTIONTABLE_HIVES,
	  LINE("Hives"), .help_column = TEXT_1, .help = "of the SNAPSHOT before it",
	  .is_input = true },
	{ "skip-logs", FLAG(skip_logs), .run = OPTIONTABLE_HIVES, .column = 57 },
	{ "save-image", TEXT("DIR", image_folder), .run = OPTIONTABLE_HIVES,
	  LINE(""), .help_column = TEXT_1, .help = "hives with their logs" },
	{ "key", LIST("PATH", keys, n_keys, OPTIONS_MAX_KEYS), .run = OPTIONTABLE_HIVES,
	  .column = 57, .help = "compare too" },
	{ "no-recover", FLAG(no_recover), .run = OPTIONTABLE_HIVES,
	  LINE(""), .help_column = TEXT_1, .help = "do not look for deleted profiles" },
	{ "same-subject", FLAG(same_subject), .run = OPTIONTABLE_HIVES, .column = 63 },

	{ "user", LIST("NAME|SID", users, n_users, OPTIONS_MAX_KEYS),
	  .run = OPTIONTABLE_HIVES,
	  LINE(""), .help_column = TEXT_1, .help = "only this one" },
	{ "order", WORDS("operands|time", "operands|time", by_time),
	  .run = OPTIONTABLE_HIVES, .column = SECOND },

	{ "mapi32", TEXT("FILE|VERSION", companions.mapi32), .run = OPTIONTABLE_HIVES,
	  LINE("Machine"), .is_input = true },
	{ "modules", LIST("FILE", companions.listings, companions.n_listings,
			  COMPANIONS_MAX_LISTINGS), .run = OPTIONTABLE_HIVES,
	  .column = 34, .help = "tlist, tasklist",
	  .is_input = true },
	{ "system", TEXT("HIVE", companions.system.path), .run = OPTIONTABLE_HIVES,
	  LINE(""), .is_input = true },
	{ "software", TEXT("HIVE", companions.software.path), .run = OPTIONTABLE_HIVES,
	  .is_input = true },
	{ "events", LIST("FILE", companions.events, companions.n_events,
			 COMPANIONS_MAX_EVENTS), .run = OPTIONTABLE_HIVES,
	  .is_input = true },
	{ "patterns", TEXT("FILE", companions.patterns), .run = OPTIONTABLE_HIVES,
	  .is_input = true },

	{ "restore", TEXT("DIR", restore.folder), .run = OPTIONTABLE_HIVES,
	  LINE("Restore"), .help_column = TEXT_1, .help = ".reg files" },
	{ "restore-profile", LIST("NAME", restore_names, restore.n_names, OPTIONS_MAX_KEYS),
	  .run = OPTIONTABLE_HIVES, .column = SECOND, .help = "only this" },
	{ "restore-as", TEXT("NAME", restore.as), .run = OPTIONTABLE_HIVES, LINE("") },
	{ "restore-root", TEXT("KEY", restore.root), .run = OPTIONTABLE_HIVES },
	{ "restore-partial", FLAG(restore.partial), .run = OPTIONTABLE_HIVES },
	{ "reg-version", WORDS("5|4", "5|4", reg_4), .run = OPTIONTABLE_HIVES, LINE("") },
	{ "reg-encoding", WORDS("utf16le|utf8", "utf16le|utf8", reg_utf8),
	  .run = OPTIONTABLE_HIVES },

	{ "validate", FLAG(validate), .run = OPTIONTABLE_REPORT,
	  LINE("Reports"), .help = "check it" },
	{ "render", FLAG(render), .run = OPTIONTABLE_REPORT, .help = "page" },
	{ "redact", FLAG(redacts), .run = OPTIONTABLE_HIVES },
	{ "redact-list", TEXT("FILE", redact_list), .run = OPTIONTABLE_HIVES },

	{ "case", TEXT("ID", case_id), .run = OPTIONTABLE_HIVES, LINE("Record") },
	{ "examiner", TEXT("NAME", examiner), .run = OPTIONTABLE_HIVES },
	{ "note", TEXT("TEXT", note), .run = OPTIONTABLE_HIVES },
	{ "time-zone", TEXT("ZONE", time_zone), .run = OPTIONTABLE_HIVES },
	{ "evidence-number", CUSTODY("ID", evidence_number), .run = OPTIONTABLE_HIVES,
	  LINE("") },
	{ "received-from", CUSTODY("NAME", received_from), .run = OPTIONTABLE_HIVES },
	{ "received-at", CUSTODY("TIME", received_at), .run = OPTIONTABLE_HIVES },

	{ "jobs", 'j', .kind = OPTIONTABLE_JOBS, .most = SERIES_MAX, .argument = "N",
	  .at = AT(jobs, unsigned), .run = OPTIONTABLE_UNUSED,
	  LINE("Running"), .help = "at once" },
	{ "exit-zero", FLAG(exit_zero), .run = OPTIONTABLE_UNUSED },
	{ "no-sandbox", FLAG(no_sandbox) },
	{ "help", .kind = OPTIONTABLE_HELP },
	{ "version", .kind = OPTIONTABLE_VERSION },
};
/* clang-format on */

const size_t optiontable_n = ARRAY_LEN(optiontable);

const char *optiontable_run_word(enum optiontable_run run)
{
	switch (run) {
	case OPTIONTABLE_ANY:
		return "any";
	case OPTIONTABLE_HIVES:
	case OPTIONTABLE_UNUSED:
		return "hives";
	case OPTIONTABLE_REPORT:
		return "report";
	}
	return "any";
}
