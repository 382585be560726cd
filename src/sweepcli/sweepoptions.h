/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The command line of wmsdiff-sweep. */
#ifndef SWEEPCLI_SWEEPOPTIONS_H
#define SWEEPCLI_SWEEPOPTIONS_H

#include "sweep/plan/voice.h"
#include "sweepcli/sweeptable.h"

/* Exit status when something could not be done. */
#define SWEEPOPTIONS_TROUBLE 2

/* What main() is to do with the options. */
enum sweepoptions_verdict {
	SWEEPOPTIONS_RUN,
	SWEEPOPTIONS_DONE,  /* --help or --version was answered */
	SWEEPOPTIONS_WRONG, /* the voice has told why */
};

/* Reads argv, which the options borrow from. */
enum sweepoptions_verdict sweepoptions_read(int argc, char *argv[], struct voice *voice,
					    struct sweep_options *out);

#endif
