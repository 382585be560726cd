/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A .reg file for each case of the tests, held against what it shall be. */
#ifndef TESTS_HELP_REGS_H
#define TESTS_HELP_REGS_H

#include "help/unit.h"

#include "report/restore/regfile.h"

#define DATA(literal) span_of(literal, sizeof(literal) - 1)
#define UTF16(literal) ((struct text){ .bytes = DATA(literal), .encoding = TEXT_UTF16LE })

#define REGS_HEADER_5 "Windows Registry Editor Version 5.00\n\n"
#define REGS_HEADER_4 "REGEDIT4\n\n"

struct regs_file {
	char path[64];
	struct output *output;
	struct regfile *file;
};

struct regs_file regs_begin(enum regfile_format format);

/* Ends and removes it.  Return: its *len bytes, given. */
uint8_t *regs_end(struct regs_file *made, size_t *len);

/* Ends it: these are its bytes. */
void regs_expect_bytes(struct regs_file *made, struct span expected);

/*
 * Ends it: it is this text, whose lines end with LF here and with CR LF in the
 * file unless that is UTF-8.  In UTF-16 each byte of the text makes a unit.
 */
void regs_expect(struct regs_file *made, enum regfile_format format, const char *text);

/* One value of one key comes out as this line. */
void regs_expect_value(enum regfile_format format, struct text name, uint32_t type,
		       struct span data, const char *line);

/* The same in all formats. */
void regs_expect_all(struct text name, uint32_t type, struct span data, const char *line);

#endif
