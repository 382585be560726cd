/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The tables of commands and options, in the order in which the help shows them. */
#include "sweepcli/sweeptable.h"

#include "base/compiler.h"

/* Where a member stands; it does not compile if it is not of that type. */
#define AT(member, type)                                                                 \
	(offsetof(struct sweep_options, member) +                                        \
	 0 * sizeof(char[__builtin_types_compatible_p(                                   \
				 __typeof__(((struct sweep_options *)0)->member), type)  \
				 ? 1                                                     \
				 : -1]))

#define FLAG(member) .kind = SWEEPTABLE_FLAG, .at = AT(member, bool)
#define TEXT(shown, member)                                                              \
	.kind = SWEEPTABLE_TEXT, .argument = (shown), .at = AT(member, const char *)
#define NUMBER(shown, member, n)                                                         \
	.kind = SWEEPTABLE_NUMBER, .argument = (shown), .at = AT(member, uint64_t),      \
	.most = (n)
#define WORDS(all, member)                                                               \
	.kind = SWEEPTABLE_WORDS, .argument = (all), .words = (all),                     \
	.at = AT(member, unsigned)

/* A day for a unit and a TiB: more is a slip. */
#define MAX_SECONDS 86400
#define MAX_MEBIBYTES (1 << 20)
#define MAX_JOBS 100000

/* clang-format off */
const struct sweeptable_row sweeptable[] = {
	{ "output", 'o', TEXT("FILE", output), .command = SWEEPTABLE_PLAN,
	  .help = "the plan (default: standard output)" },
	{ "output-dir", TEXT("DIR", output_dir), .command = SWEEPTABLE_RUN,
	  .help = "where all results go" },
	{ "engine", WORDS("local|ssh|slurm", engine), .command = SWEEPTABLE_RUN,
	  .help = "GNU parallel, here or on hosts; Slurm" },
	{ "jobs", 'j', NUMBER("N", jobs, MAX_JOBS), .command = SWEEPTABLE_RUN,
	  .help = "jobs at once (on each host)" },
	{ "hosts", TEXT("FILE", hosts), .command = SWEEPTABLE_RUN,
	  .help = "for ssh: as GNU parallel's --sshloginfile" },
	{ "bring-back", FLAG(bring_back), .command = SWEEPTABLE_RUN,
	  .help = "hosts do not share DIR: results are copied" },
	{ "time-limit", NUMBER("SECONDS", seconds, MAX_SECONDS),
	  .command = SWEEPTABLE_RUN, .help = "of a unit (default: 600; 0: none)" },
	{ "memory-limit", NUMBER("MIB", mebibytes, MAX_MEBIBYTES),
	  .command = SWEEPTABLE_RUN, .help = "of a unit (default: 2048; 0: none)" },
	{ "shard", .kind = SWEEPTABLE_SHARD, .argument = "I/N", .at = AT(shard, struct shard),
	  .command = SWEEPTABLE_RUN, .help = "only this part, for other engines" },
	{ "engine-option", .kind = SWEEPTABLE_LIST, .argument = "OPTION",
	  .at = AT(engine_options, const char *[SWEEPTABLE_MAX_OPTIONS]),
	  .most = SWEEPTABLE_MAX_OPTIONS, .command = SWEEPTABLE_RUN,
	  .help = "passed on, such as --memfree=1G" },
	{ "wmsdiff", TEXT("PROGRAM", program), .command = SWEEPTABLE_RUN,
	  .help = "what runs a unit" },
	{ "progress", WORDS("auto|never", no_progress), .command = SWEEPTABLE_RUN,
	  .help = "on a terminal" },
	{ "help", .kind = SWEEPTABLE_HELP, .command = SWEEPTABLE_NO_COMMAND },
	{ "version", .kind = SWEEPTABLE_VERSION, .command = SWEEPTABLE_NO_COMMAND },
};

const struct sweeptable_command_row sweeptable_commands[] = {
	[SWEEPTABLE_PLAN] = { "plan", "BEFORE AFTER", 1, 2,
		"machines of two folders; or of a TABLE, checked" },
	[SWEEPTABLE_RUN] = { "run", "PLAN --output-dir DIR", 1, 1,
		"what is not done yet; then the index" },
	[SWEEPTABLE_STATUS] = { "status", "DIR", 1, 1,
		"how far it is, also while it runs" },
	[SWEEPTABLE_UNIT] = { "unit", "CHUNK", 1, 1, NULL },
};
/* clang-format on */

const size_t sweeptable_n = ARRAY_LEN(sweeptable);
