/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Who holds Mapi32.dll: processes of the listings, joined to services by
 * process id where a listing tells services, else by the name of the program
 * through the SYSTEM hive.
 */
#ifndef CAUSE_INCIDENT_HOLDER_H
#define CAUSE_INCIDENT_HOLDER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/basis.h"
#include "base/status.h"
#include "machine/companions.h"

/* Whose program it is, by its name: src/cause/incident/programs.tsv. */
enum holder_class {
	HOLDER_THIRD_PARTY, /* none of the others */
	HOLDER_EXCHANGE,    /* Exchange's own */
	HOLDER_SHARED,	    /* a host that several services share */
	HOLDER_WINDOWS,	    /* another program of Windows or Office */
};

enum holder_join {
	HOLDER_NOT_JOINED,
	HOLDER_BY_PID,	 /* a listing tells the services of that process id */
	HOLDER_BY_IMAGE, /* services with such a program: it may be one of them */
};

struct holder_service {
	const char *name;		       /* as net stop takes it, UTF-8 */
	const char *display_name;	       /* UTF-8; "" if not known */
	const struct machine_service *service; /* in the SYSTEM hive, or NULL */
};

struct holder {
	size_t number; /* of its row among those that hold Mapi32.dll */
	const struct listing *listing;
	const struct listing_process *process;
	enum holder_class class;
	enum basis class_basis; /* what the class rests on */
	enum holder_join join;
	struct holder_service *services;
	size_t n_services;
};

/* A row of a listing. */
struct holder_row {
	size_t number; /* of the listing */
	const struct listing *listing;
	const struct listing_process *process;
};

struct holders {
	struct arena *arena;  /* owns texts and services */
	struct holder *items; /* each process once, by process id, then name */
	size_t n, cap;
	struct holder_rows { /* of all listings, by process id, then as they stand */
		struct holder_row *items;
		size_t n, cap;
	} rows;
	bool answered; /* a listing tells who holds Mapi32.dll */
	/* And one that could be read whole does: who is not in it does not hold it. */
	bool answered_whole;
	bool listed; /* a listing that could be read whole tells all processes that run */
};

/* Return: STATUS_OK and *out filled (to be cleared); STATUS_NOMEM. */
MUST_CHECK enum status holders_find(const struct companions *companions,
				    struct holders *out);
void holders_clear(struct holders *holders);

/* The first row of any listing with that process id; NULL if there is none. */
const struct holder_row *holders_process(const struct holders *holders, uint32_t pid);

/* The first holder of that process id; NULL if there is none. */
const struct holder *holders_of_process(const struct holders *holders, uint32_t pid);

/* What the program's file name tells; *basis: what that rests on. */
enum holder_class holder_class_of(const char *image, enum basis *basis);

/* "third_party" and so on; "pid", "image", NULL. */
const char *holder_class_word(enum holder_class class);
const char *holder_join_word(enum holder_join join);

#endif
