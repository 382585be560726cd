/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a rule about causes rests on.  Told wherever a rule is applied, so that
 * a guess never looks like a fact.
 */
#ifndef BASE_BASIS_H
#define BASE_BASIS_H

/* From the strongest to the weakest. */
enum basis {
	BASIS_DOCUMENTED,  /* a published source says so */
	BASIS_INFERRED,	   /* concluded from such sources */
	BASIS_UNCONFIRMED, /* known in the field, no source confirms it */
};

/* "documented", "inferred", "unconfirmed"; static. */
const char *basis_word(enum basis basis);

/* The basis that a table calls by this word; BASIS_UNCONFIRMED for another word. */
enum basis basis_of(const char *word);

#endif
