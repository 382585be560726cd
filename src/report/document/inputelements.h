/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The input elements: one for each file that was read, in the order of the list of inputs. */
#ifndef REPORT_DOCUMENT_INPUTELEMENTS_H
#define REPORT_DOCUMENT_INPUTELEMENTS_H

#include "report/document/writer/parts.h"

/* All input elements; their ids are "i1", "i2"... */
void inputelements_write(struct parts *parts);

#endif
