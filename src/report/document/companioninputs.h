/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What was read from the files beside the hives: the content of their input elements. */
#ifndef REPORT_DOCUMENT_COMPANIONINPUTS_H
#define REPORT_DOCUMENT_COMPANIONINPUTS_H

#include "report/document/writer/parts.h"

/* The content of the input element of a companion; nothing for patterns. */
void companioninputs_write(struct parts *parts, const struct input *input);

#endif
