/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What wmsdiff-sweep --help and --version print, on standard output. */
#ifndef SWEEPCLI_SWEEPHELP_H
#define SWEEPCLI_SWEEPHELP_H

/* All commands and options, on one screen of 80 columns and 24 lines. */
void sweephelp_print(void);
void sweephelp_print_version(void);

#endif
