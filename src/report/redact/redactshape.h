/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What personal data looks like, and what looks like none. */
#ifndef REPORT_REDACT_REDACTSHAPE_H
#define REPORT_REDACT_REDACTSHAPE_H

#include <stdbool.h>
#include <stddef.h>

#include "report/redact/redactkind.h"

/* True for a byte of a word: a letter, digit or underscore, and all that is no ASCII. */
bool redactshape_is_word_byte(char c);

/*
 * What the text is by its look alone: a security id, an address, a DN, a path from a root,
 * an IPv4 address or the URL of a server.
 * Return: false if it looks like none of these.
 */
bool redactshape_read(const char *text, size_t len, enum redact_kind *kind);

/*
 * True for a text of this kind that is alike on every machine: the security ids and
 * accounts of Windows itself, names that programs give to profiles.
 */
bool redactshape_stays(enum redact_kind kind, const char *text);

/* True for a GUID in braces or 32 digits in hex, as sections and accounts are called. */
bool redactshape_is_id(const char *text, size_t len);

/* Bytes of the time ("2016-03-11T16:58:20.1234567Z") that stands at `text`; 0: none. */
size_t redactshape_time(const char *text, size_t len);

/*
 * True for a number or a name of digits that tells of no one: a version of up to four
 * parts, a property tag, an account's or a fix's number, a number in hex.
 */
bool redactshape_is_number(const char *text, size_t len);

#endif
