/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Kinds of personal data. */
#ifndef REPORT_REDACT_REDACTKIND_H
#define REPORT_REDACT_REDACTKIND_H

/* One line per kind: constant, word of the stand-in and of the report. */
#define REDACT_KINDS(X)                                                                  \
	X(REDACT_USER, "user")                                                           \
	X(REDACT_MACHINE, "machine")                                                     \
	X(REDACT_ADDRESS, "address")                                                     \
	X(REDACT_PATH, "path")                                                           \
	X(REDACT_SID, "sid")                                                             \
	X(REDACT_SERVER, "server")                                                       \
	X(REDACT_DN, "dn")                                                               \
	X(REDACT_PROFILE, "profile")                                                     \
	X(REDACT_ID, "id")                                                               \
	X(REDACT_TEXT, "text")

enum redact_kind {
#define X(constant, word) constant,
	REDACT_KINDS(X)
#undef X
};

#define REDACT_N_KINDS (REDACT_TEXT + 1)

#endif
