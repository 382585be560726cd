/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Writing XML element by element.  Everything that comes from outside is made
 * fit for XML 1.0 here, since libxml2 would pass control characters on; what
 * gets lost on the way is added in hex.  Errors stick: they are told once, by
 * xml_finish().
 */
#ifndef REPORT_DOCUMENT_WRITER_XML_H
#define REPORT_DOCUMENT_WRITER_XML_H

#include <stdint.h>

#include "base/span.h"
#include "base/status.h"
#include "base/sum/digest.h"
#include "base/text.h"
#include "report/output.h"
#include "report/redact/redact.h"

struct xml;

/* Sets up the library: by one thread, before several write documents. */
void xml_prepare(void);

/*
 * Starts a document that goes to output, which must outlive it.  redact, or NULL: all texts
 * are redacted, and raw cells are left out (redactxml.h); both are counted.
 */
MUST_CHECK enum status xml_start(struct output *output, struct redact *redact,
				 struct xml **out);
/* How many elements were left out whole so far. */
uint64_t xml_n_left_out(const struct xml *xml);

/*
 * Ends the document and takes it.
 * Return: STATUS_OK; STATUS_NOMEM; STATUS_IO if anything since the start failed.
 */
MUST_CHECK enum status xml_finish(struct xml *xml);

/* Notes a failure that the caller met while it made a part of the document. */
void xml_fail(struct xml *xml, enum status status);

/* Names are ours: literals, with prefix where not of the own namespace. */
void xml_open(struct xml *xml, const char *name);
void xml_close(struct xml *xml);

/* Attributes of the element just opened.  NULL text leaves the attribute out. */
void xml_attribute(struct xml *xml, const char *name, const char *utf8);
void xml_number(struct xml *xml, const char *name, uint64_t number);
/* An id or a reference to one: a prefix and a number from 1. */
void xml_id(struct xml *xml, const char *name, const char *prefix, size_t number);
/* Only when it is true. */
void xml_flag(struct xml *xml, const char *name, bool flag);
/* A FILETIME as ISO 8601; left out when 0. */
void xml_time(struct xml *xml, const char *name, uint64_t filetime);
/* Takes a malloc'ed text; NULL means that memory ran out. */
void xml_owned(struct xml *xml, const char *name, char *utf8);
/* A text of the evidence; if XML cannot hold it, name_utf16 is added in hex. */
void xml_text(struct xml *xml, const char *name, struct text text);
/* The same, left out when the text is empty. */
void xml_text_if_any(struct xml *xml, const char *name, struct text text);

/* Content of the element just opened, and whole elements with nothing else. */
void xml_content(struct xml *xml, const char *utf8);
void xml_base64(struct xml *xml, struct span bytes);
void xml_element(struct xml *xml, const char *name, const char *utf8);
/* A path of this machine: any bytes; what XML cannot hold is added in "bytes", in hex. */
void xml_element_path(struct xml *xml, const char *name, const char *path);
void xml_element_text(struct xml *xml, const char *name, const char *attribute,
		      struct text text);

#endif
