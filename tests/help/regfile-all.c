/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * regfile-all FOLDER: the same keys and values in a hive of the builder and in
 * .reg files, for tests in which another program holds them together.
 *
 *   direct.hive   the keys and values
 *   empty.hive    none of them, to merge a .reg file into
 *   utf8.reg, utf16.reg, ansi.reg
 *                 the same keys and values; ansi.reg only what version 4 can hold
 */
#include "samples/builder.h"

#include "report/restore/regfile.h"

#include <stdio.h>
#include <stdlib.h>

#define ROOT "HKEY_CURRENT_USER"
#define N_FILES ARRAY_LEN(files)
#define LONG_NAME "a name of forty-two characters, each of it"

static const struct {
	enum regfile_format format;
	const char *name;
} files[] = {
	{ REGFILE_5_UTF8, "utf8.reg" },
	{ REGFILE_5_UTF16, "utf16.reg" },
	{ REGFILE_4, "ansi.reg" },
};

struct all {
	struct builder *hive;
	builder_key key;
	struct output *outputs[N_FILES];
	struct regfile *files[N_FILES];
	bool in_key[N_FILES];
};

static _Noreturn void die(const char *what)
{
	perror(what);
	exit(EXIT_FAILURE);
}

static struct text units_of(const char *utf8)
{
	struct text text;

	if (!text_from_utf8(utf8, strlen(utf8), &text))
		die("text");
	return text;
}

/* ---- one key or value to all of them ---- */

static void add_key(struct all *all, const char *path)
{
	char whole[512];
	struct text text;

	(void)snprintf(whole, sizeof(whole), ROOT "%s%s", *path ? "\\" : "", path);
	text = units_of(whole);
	all->key = builder_path(all->hive, path, builder_filetime(2003, 3, 18, 9, 14, 7));
	for (size_t i = 0; i < N_FILES; i++) {
		all->in_key[i] = regfiletext_can_name(files[i].format, text);
		if (all->in_key[i])
			regfile_key(all->files[i], text);
	}
	text_free(text);
}

static void add(struct all *all, const char *name, uint32_t type, const void *data,
		size_t len)
{
	struct text text = units_of(name);
	struct span bytes = span_of(data, len);

	builder_value_set(all->hive, all->key, name, type, data, len);
	for (size_t i = 0; i < N_FILES; i++)
		if (all->in_key[i] && regfiletext_can_name(files[i].format, text) &&
		    regfiletext_can_data(files[i].format, type, bytes))
			regfile_value(all->files[i], text, type, bytes);
	text_free(text);
}

#define ADD(all, name, type, literal) add(all, name, type, literal, sizeof(literal) - 1)

static void add_string(struct all *all, const char *name, uint32_t type, const char *utf8)
{
	struct text text = units_of(utf8);
	uint8_t data[512] = { 0 };

	if (!span_copy(text.bytes, 0, data, text.bytes.len))
		die(name);
	add(all, name, type, data, text.bytes.len + 2);
	text_free(text);
}

/* ---- what they hold ---- */

static void add_names(struct all *all)
{
	static const char *const names[] = {
		"",
		"plain",
		"quo\"te",
		"\"",
		"back\\slash\\",
		"\\\\\"\\\"",
		"a]b [x] y=z",
		"=-",
		"=hex:00",
		";no comment",
		"@",
		"-",
		" blanks ",
		"tab\there",
		"\x01",
		"h\xC3\xA9",
		"\xC2\xA0",
		"\xE2\x82\xAC",
		"\xCE\x95\xCE\xBB\xCE\xBB\xCE\xAC\xCE\xB4\xCE\xB1",
		"\xF0\x9F\x98\x80",
		/* longer than the column at which lines are folded */
		(LONG_NAME LONG_NAME),
	};

	add_key(all, "Names");
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		ADD(all, names[i], BUILDER_BINARY, "some thirty bytes that are folded");
}

static void add_keys(struct all *all)
{
	static const char *const keys[] = {
		"Keys",
		"Keys\\a]b [x] y=z",
		"Keys\\a]b [x] y=z\\-quo\"te;",
		"Keys\\ blanks ",
		"Keys\\h\xC3\xA9",
		"Keys\\h\xC3\xA9\\\xCE\x95\xCE\xBB\xCE\xBB\xCE\xAC\xCE\xB4\xCE\xB1",
		"Keys\\\xF0\x9F\x98\x80",
	};

	for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
		add_key(all, keys[i]);
		ADD(all, "n", BUILDER_DWORD, "\4\3\2\1");
	}
	add_key(all, "Keys\\without values");
}

static void add_types(struct all *all)
{
	static const uint32_t types[] = { 0,  1,   2,	       3,	   4,	      5,
					  6,  7,   8,	       9,	   10,	      11,
					  12, 500, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF };
	char name[32];

	add_key(all, "Types");
	for (size_t i = 0; i < ARRAY_LEN(types); i++) {
		(void)snprintf(name, sizeof(name), "%x", (unsigned)types[i]);
		ADD(all, name, types[i], "\1\2\3\xFF");
		(void)snprintf(name, sizeof(name), "%x empty", (unsigned)types[i]);
		ADD(all, name, types[i], "");
		(void)snprintf(name, sizeof(name), "%x five", (unsigned)types[i]);
		ADD(all, name, types[i], "\1\2\3\xFF\0");
		(void)snprintf(name, sizeof(name), "%x string", (unsigned)types[i]);
		add_string(all, name, types[i], "h\xC3\xA9llo");
	}
}

static void add_strings(struct all *all)
{
	add_key(all, "Strings");
	add_string(all, "", BUILDER_SZ, "the default value");
	add_string(all, "empty", BUILDER_SZ, "");
	add_string(all, "escapes", BUILDER_SZ, "\"C:\\Program Files\\\" \\");
	add_string(all, "delete", BUILDER_SZ, "\"=-");
	add_string(all, "tab", BUILDER_SZ, "a\tb ");
	add_string(all, "lines", BUILDER_SZ, "a\r\n[b]\r\n\"c\"=-");
	add_string(all, "control", BUILDER_SZ, "a\x1A\x7F");
	add_string(all, "latin", BUILDER_SZ, "\xC3\x84\xC3\x96\xC3\x9C\xC2\xA0");
	add_string(all, "greek", BUILDER_SZ, "\xCE\x95\xCE\xBB\xCE\xBB\xCE\xAC");
	add_string(all, "smile", BUILDER_SZ, "\xF0\x9F\x98\x80");
	add_string(all, "next line", BUILDER_SZ, "a\xC2\x85\xE2\x80\xA8z");
	ADD(all, "unterminated", BUILDER_SZ, "a\0b\0");
	ADD(all, "odd", BUILDER_SZ, "a\0b");
	ADD(all, "odd end", BUILDER_SZ, "a\0\0\0\0");
	ADD(all, "NUL inside", BUILDER_SZ, "a\0\0\0b\0\0\0");
	ADD(all, "two NULs", BUILDER_SZ, "a\0\0\0\0\0");
	ADD(all, "high", BUILDER_SZ, "\x00\xD8z\0\0\0");
	ADD(all, "low", BUILDER_SZ, "\x00\xDC\0\0");
	ADD(all, "list", BUILDER_MULTI_SZ, "a\0\0\0b\0c\0\0\0\0\0");
	add_string(all, "expand", BUILDER_EXPAND_SZ, "%SystemRoot%\\\xE2\x82\xAC");
}

/* Every length around the folds, for two names that fold at different bytes. */
static void add_sizes(struct all *all)
{
	static uint8_t data[40000];
	char name[32];

	for (size_t i = 0; i < sizeof(data); i++)
		data[i] = (uint8_t)(i * 7 + i / 256);
	add_key(all, "Sizes");
	for (unsigned size = 0; size <= 130; size++) {
		(void)snprintf(name, sizeof(name), "%u", size);
		add(all, name, BUILDER_BINARY, data, size);
		(void)snprintf(name, sizeof(name), "%04u type", size);
		add(all, name, 12, data, size);
	}
	add(all, "large", BUILDER_BINARY, data, sizeof(data));
}

/* ---- files ---- */

static struct builder *new_hive(void)
{
	return builder_new(&(struct builder_options){
		.minor = 3,
		.last_written = builder_filetime(2003, 3, 18, 9, 0, 0),
		.sequence = 1,
	});
}

static void write_hive(struct builder *hive, const char *folder, const char *name)
{
	char path[4096];

	(void)snprintf(path, sizeof(path), "%s/%s", folder, name);
	if (!builder_write(hive, path))
		die(path);
	builder_free(hive);
}

int main(int argc, char **argv)
{
	struct all all = { 0 };
	char path[4096];

	if (argc != 2) {
		fputs("usage: regfile-all FOLDER\n", stderr);
		return EXIT_FAILURE;
	}
	all.hive = new_hive();
	for (size_t i = 0; i < N_FILES; i++) {
		(void)snprintf(path, sizeof(path), "%s/%s", argv[1], files[i].name);
		if (output_open(path, NULL, &all.outputs[i], NULL) != STATUS_OK ||
		    regfile_start(all.outputs[i], files[i].format, &all.files[i]) !=
			    STATUS_OK)
			die(path);
		regfile_comment(all.files[i], "a comment\n[-" ROOT "]\nC:\\folder\\");
	}
	add_key(&all, "");
	ADD(&all, "of the root", BUILDER_DWORD, "\0\0\0\x80");
	add_names(&all);
	add_keys(&all);
	add_types(&all);
	add_strings(&all);
	add_sizes(&all);
	for (size_t i = 0; i < N_FILES; i++)
		if (regfile_finish(all.files[i]) != STATUS_OK ||
		    output_commit(all.outputs[i], NULL) != STATUS_OK)
			die(files[i].name);
	write_hive(all.hive, argv[1], "direct.hive");
	write_hive(new_hive(), argv[1], "empty.hive");
	return EXIT_SUCCESS;
}
