/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The acts that change a hive, chosen at random. */
#ifndef FALSIFIER_ACTS_H
#define FALSIFIER_ACTS_H

#include "whole/falsifier/truth.h"

struct world;

/* One act; the clock moves on, and states are written down. */
void acts_one(struct world *w);

/* A new profile of some kind, in some list, under a name that is free. */
void acts_create(struct world *w);

/* Return: whether no profile of a list has that name. */
bool acts_is_free(const struct world *w, enum truth_list list, const char *name);

/* A new profile under a name that is free. */
void acts_create_as(struct world *w, enum truth_list list, const char *name);

/* To another list or name as MAPI does it: copied, then deleted; not if it is not free. */
void acts_move(struct world *w, uint32_t from, enum truth_list to, const char *name,
	       enum truth_end end);

/* --- acts that are no everyday ones (oddacts.c) --- */

/* Keeps a copy of the hive; and brings one back. */
void acts_backup(struct world *w);
void acts_restore(struct world *w);

/* Writes the hive anew, cells packed, as `reg save` or a reorganisation does. */
void acts_reorganise(struct world *w);

/* A tool changes the hive offline: a key is cut off unemptied, or written untouched. */
void acts_offline(struct world *w);

/* A day's use of the hive outside of mail, in histories that have it. */
void acts_use(struct world *w);

/* Windows makes another hive of its template, which is used from then on. */
void acts_new_hive(struct world *w);

/* The clock is set, forwards or backwards. */
void acts_clock(struct world *w);

/* A whole list is deleted. */
void acts_drop_list(struct world *w);

/* One of those that only odd histories have. */
void oddacts_one(struct world *w);

#endif
