/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Base64 (RFC 4648, section 4), through nettle. */
#ifndef REPORT_BASE64_H
#define REPORT_BASE64_H

#include <stddef.h>
#include <stdint.h>

/* Characters for n bytes, without NUL. */
#define BASE64_SIZE(n) (((n) + 2) / 3 * 4)

/* Writes the characters of n bytes, BASE64_SIZE(n) of them and no NUL. */
void base64_write(char *out, const uint8_t *bytes, size_t n);

/*
 * The bytes that the n characters at text stand for, `room` of them at most; anything but
 * base64 ends it, a blank too.
 * Return: how many there are.
 */
size_t base64_read(const char *text, size_t n, uint8_t *out, size_t room);

#endif
