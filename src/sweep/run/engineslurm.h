/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Slurm: an array of jobs, one for each chunk, waited for. */
#ifndef SWEEP_RUN_ENGINESLURM_H
#define SWEEP_RUN_ENGINESLURM_H

#include "base/status.h"
#include "sweep/run/arguments.h"
#include "sweep/run/enginework.h"

/* Puts the command together.  Return: STATUS_OK; STATUS_NOMEM. */
MUST_CHECK enum status engineslurm_arguments(const struct engine_work *work,
					     struct arguments *out);

/* Jobs of one array, as the cluster's MaxArraySize allows. */
size_t engineslurm_most(void);

/*
 * Commands about a job that sbatch has named: to end it, and to tell what became of it; the
 * second without the cluster's accounting.
 * Return: STATUS_OK; STATUS_NOMEM.
 */
enum engineslurm_about { ENGINESLURM_END, ENGINESLURM_ACCOUNT, ENGINESLURM_SHOW };
MUST_CHECK enum status engineslurm_job(enum engineslurm_about about, const char *job,
				       struct arguments *out);

/* The number of the job in what `sbatch --parsable` printed.  Return: false if none. */
MUST_CHECK bool engineslurm_number(const char *printed, char out[32]);

#endif
