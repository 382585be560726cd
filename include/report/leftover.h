/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Names of files that are not whole yet, so that a signal that ends the program removes
 * them.  Only file systems that have no files without a name need this.
 */
#ifndef REPORT_LEFTOVER_H
#define REPORT_LEFTOVER_H

#include <signal.h>

/*
 * Notes a name in a folder that is held open until it is forgotten.  Both are borrowed.
 * Return: its number; -1 if there is no room: such a file is left by a signal.
 */
int leftover_note(int folder, const char *name);
/* -1 is allowed. */
void leftover_forget(int number);

/*
 * From here on no signal comes between names that change: in this thread signals wait, and a
 * handler that runs in another one waits in leftover_remove_all().  To be released soon; before keeps
 * the signals that waited already.
 */
void leftover_hold(sigset_t *before);
void leftover_release(const sigset_t *before);

/* Removes all that is noted.  May be called by a handler of signals. */
void leftover_remove_all(void);

#endif
