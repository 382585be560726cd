/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Recipes for archives, among them such as no packer makes: zip (members stored, after
 * PKWARE's APPNOTE.TXT) and tar (POSIX ustar, long names in the way of GNU).  Names and
 * faults stand in them as they are given.  Apart from the library that the program reads
 * archives with.  As in builder.h, lack of memory and wrong use stop the process.
 */
#ifndef SAMPLES_PACKER_H
#define SAMPLES_PACKER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum packer_format { PACKER_ZIP, PACKER_TAR };

/* The type of a tar's member, as ustar has it. */
enum packer_type {
	PACKER_FILE = '0',
	PACKER_HARD_LINK = '1',
	PACKER_LINK = '2',
	PACKER_DEVICE = '3',
	PACKER_FOLDER = '5',
	PACKER_FIFO = '6',
};

struct packer_member {
	const char *name; /* bytes; a zip's folder has '/' at its end */
	const void *bytes;
	size_t len;
	uint32_t time;	       /* seconds since 1970, of a tar */
	enum packer_type type; /* of a tar; 0: PACKER_FILE */
	const char *target;    /* of a link */
	bool utf8;	       /* a zip says that its name is UTF-8 */
	bool encrypted;	       /* a zip says that its bytes are */
	bool wrong_crc;
};

struct packer;

struct packer *packer_new(enum packer_format format);
void packer_add(struct packer *packer, const struct packer_member *member);

/*
 * Ends the archive; the packer keeps the bytes until it is freed.  Members are added no
 * more then.
 */
const uint8_t *packer_end(struct packer *packer, size_t *len);
void packer_free(struct packer *packer);

#endif
