/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The acts that change a hive, chosen at random. */
#ifndef FALSIFIER_ACTS_H
#define FALSIFIER_ACTS_H

struct world;

/* One act; the clock moves on, and states are written down. */
void acts_one(struct world *w);

/* A new profile of some kind, in some list, under a name that is free. */
void acts_create(struct world *w);

/* --- acts that are no everyday ones (falsifier_oddacts.c) --- */

/* Keeps a copy of the hive; and brings one back. */
void acts_backup(struct world *w);
void acts_restore(struct world *w);

/* Writes the hive anew, cells packed, as `reg save` or a reorganisation does. */
void acts_reorganise(struct world *w);

/* A tool changes the hive offline: a key is cut off unemptied, or written untouched. */
void acts_offline(struct world *w);

/* The clock is set, forwards or backwards. */
void acts_clock(struct world *w);

/* A whole list is deleted. */
void acts_drop_list(struct world *w);

#endif
