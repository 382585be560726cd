/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What .reg exports are, and how much of one is taken in. */
#ifndef REGTEXT_REGFORMAT_H
#define REGTEXT_REGFORMAT_H

#include <stddef.h>

enum regtext_encoding {
	REGTEXT_ASCII,
	REGTEXT_UTF8,
	REGTEXT_ANSI, /* 8-bit, and no UTF-8: of a code page that nothing names */
	REGTEXT_UTF16LE,
	REGTEXT_UTF16BE,
};

enum regtext_version { REGTEXT_VERSION_4 = 4, REGTEXT_VERSION_5 = 5 };

/* Roots past which no more are taken in: a machine has a few users logged on. */
#define REGTEXT_MAX_ROOTS 4096

/* Keys and values of a file: several times what the largest users have. */
#define REGTEXT_MAX_KEYS 1000000u
#define REGTEXT_MAX_VALUES 4000000u

/* Levels of keys, as in a hive. */
#define REGTEXT_MAX_DEPTH 512u

/* Bytes of one value: profiles need some kilobytes, Windows warns past one megabyte. */
#define REGTEXT_MAX_DATA ((size_t)64 << 20)

/* UTF-16 units of a name: what the registry takes for a value's. */
#define REGTEXT_MAX_NAME 16383u

#endif
