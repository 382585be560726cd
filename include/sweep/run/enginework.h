/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What an engine is to do. */
#ifndef SWEEP_RUN_ENGINEWORK_H
#define SWEEP_RUN_ENGINEWORK_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The words of --engine, in their order. */
enum engine_kind { ENGINE_LOCAL, ENGINE_SSH, ENGINE_SLURM };

struct engine_work {
	enum engine_kind kind;
	const char *self;   /* wmsdiff-sweep, by a path that each host has */
	const char *chunks; /* the folder with the chunks 1.tsv to N.tsv */
	size_t n;	    /* how many they are */
	size_t at_once;	    /* jobs at the same time; 0: as the engine does by itself */
	const char *hosts;  /* for ssh: GNU parallel's --sshloginfile; absolute */
	bool bring_back;    /* chunks go to the hosts, N.tsv.results come back */
	uint64_t seconds;   /* that a job may take at most; 0: any */
	const char *const *options; /* passed on to the engine as they are */
	size_t n_options;
	const char *notes; /* what begins the names of files that it leaves */
	/* Set when the sweep is to stop. */
	const volatile sig_atomic_t *stop;
	void (*tick)(void *context); /* called a few times a second */
	void *context;
};

#endif
