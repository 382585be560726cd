/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Signals that end the program: nothing half written stays. */
#ifndef REPORT_SIGNALS_H
#define REPORT_SIGNALS_H

/*
 * INT, TERM, HUP and PIPE end the program as they would, once files that are not whole are
 * removed; one that is ignored already stays so.  A file that is longer than the process
 * may write (XFSZ) becomes an error of writing.
 */
void signals_set_up(void);

#endif
