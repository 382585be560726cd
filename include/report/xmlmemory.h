/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The memory of libxml2 and libxslt.  When an allocation fails, both go on with what they
 * have, put out less without a word, or follow a null pointer.  So their memory comes from
 * here: a failure is noted for the thread in which it was, and what was asked for comes from
 * a small reserve, so that they reach their end.  Whoever used them asks then, and what
 * they made is not used.
 */
#ifndef REPORT_XMLMEMORY_H
#define REPORT_XMLMEMORY_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Before libxml2 or libxslt is used for something whose end will ask; the first call, in
 * any thread, takes over their memory.
 * Return: a number for xmlmemory_lacked() in the same thread.
 */
unsigned long xmlmemory_begin(void);

/* True if memory was lacking in this thread since that begin. */
bool xmlmemory_lacked(unsigned long begun);

/*
 * Around a call of a library that may end the program where memory lacks: libxml2 2.9 calls
 * exit(1) when it sorts many nodes, with memory that it does not take from here.  Then it
 * ends with status 2, a line, and nothing half written.  Calls may be nested.
 */
void xmlmemory_enter(void);
void xmlmemory_leave(void);

/* Bytes of the reserve.  When it is used up, the program ends: status 2, and a line. */
#define XMLMEMORY_RESERVE ((size_t)1 << 20)

#endif
