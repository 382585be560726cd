/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/document/parts.h"

void parts_step(struct parts *parts)
{
	parts->n_written++;
	stage_advance(parts->options->stage, parts->n_written, parts->n_items);
}
