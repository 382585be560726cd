/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a report says of a key or value. */
#ifndef VERIFY_VERIFYCELL_H
#define VERIFY_VERIFYCELL_H

#include "verify/verifyfiles.h"
#include "verify/verifytext.h"

/* Fields that were concluded, by their words in the report. */
#define VERIFYCELL_INFERRED(X)                                                           \
	X(VERIFYCELL_KIND, "kind")                                                       \
	X(VERIFYCELL_ENCODING, "encoding")                                               \
	X(VERIFYCELL_NAME_LENGTH, "name_length")                                         \
	X(VERIFYCELL_FIRST_VALUE, "first_value")                                         \
	X(VERIFYCELL_NAME, "name")                                                       \
	X(VERIFYCELL_DATA, "data")

enum verifycell_inferred {
#define X(constant, word) constant,
	VERIFYCELL_INFERRED(X)
#undef X
};

struct verifycell_run {
	size_t file;
	uint64_t offset, len;
	bool hashed;
	struct digest sha256;
};

/* Bytes of the data, from first to before end. */
struct verifycell_range {
	uint64_t first, end;
};

enum {
	VERIFYCELL_KEPT_NAME,
	VERIFYCELL_KEPT_UTF16,
	VERIFYCELL_KEPT_PATH,
	VERIFYCELL_N_KEPT
};

/* What the report says of it. */
struct verifycell {
	size_t hive; /* the file where runs without input stand */
	bool is_value, in_use, recovered, unplaced, redacted, spelled_name;
	unsigned inferred; /* a bit for each enum verifycell_inferred */
	bool has_time;
	uint64_t filetime;
	struct span name, name_utf16; /* utf16: empty where it is missing */
	struct span path;
	uint8_t *kept[VERIFYCELL_N_KEPT]; /* what these three span */
	char type[40];
	uint8_t *data; /* of all that is not unknown */
	size_t data_len;
	struct verifycell_range unknown[2], inferred_bytes; /* in order; empty: none */
	struct verifycell_runs {
		struct verifycell_run *items;
		size_t n, cap;
	} runs;
};

void verifycell_clear(struct verifycell *cell);

/* "0+4 60+2": n ranges at most.  Return: false if it is something else. */
bool verifycell_ranges(struct span text, struct verifycell_range *out, size_t n);

/* Which fields the words name. */
unsigned verifycell_inferred(struct span words);

#endif
