/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The parser calls back for each element, and the tree is built by hand: so
 * nothing gets into it that was not asked for.
 */
#include "report/page/pagedoc.h"

#include "report/document/namespaces.h"
#include "report/page/pagelimit.h"
#include "report/page/pagetext.h"
#include "report/page/pagexml.h"
#include "report/reportparser.h"

#include <libxml/hash.h>
#include <libxml/tree.h>

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Deeper than any report: profile in change in comparison in series is 10. */
#define MAX_DEPTH 24

/* Of one element; the schema knows 20. */
#define MAX_ATTRIBUTES 40

/* What the page adds to the tree; a report that brings them itself is not believed. */
#define LEFT_OUT "left_out"
#define DATA_BYTES "data_bytes"

/* Mark of an element whose own text only indents its children, kept or not. */
#define HAS_CHILDREN 1

enum { OWN, DFXML, REGXML, DELTA, N_NAMESPACES };

static const struct {
	const char *prefix, *uri;
} namespaces[N_NAMESPACES] = {
	[OWN] = { "w", REPORT_NAMESPACE },
	[DFXML] = { "d", XML_DFXML },
	[REGXML] = { "r", XML_REGXML },
	[DELTA] = { "delta", XML_DELTA },
};

struct pagedoc {
	struct reportparser *parser;
	xmlDocPtr tree;
	xmlNsPtr spaces[N_NAMESPACES];
	xmlNodePtr at;	    /* the element that is open */
	size_t n_skipped;   /* open elements that are left out */
	size_t depth;	    /* open elements that are kept */
	size_t change_from; /* depth of the open change, 0 if there is none */
	struct pagelimit kept;
	xmlHashTablePtr ids;
	size_t n_given; /* ids that the page gave */
	char bad_id[80];
	char text[PAGETEXT_MAX + 8]; /* the beginning of the open element's text */
	size_t n_text, n_text_all, n_padding;
	char *exact; /* what tells the open element's text exactly */
	bool lacks_memory;
};

static enum status status_of(const struct pagedoc *doc)
{
	return doc->lacks_memory ? STATUS_NOMEM : STATUS_OK;
}

/* ---- attributes ---- */

static bool ends_with(const char *text, const char *end)
{
	size_t n = strlen(text), n_end = strlen(end);

	return n > n_end && strcmp(text + n - n_end, end) == 0;
}

/* Return: the exact text that an attribute name_utf16 tells, or NULL if there is none. */
static char *exact_of(struct pagedoc *doc, const struct reportparser_attributes *given,
		      const char *name)
{
	size_t n = strlen(name);
	char *exact = NULL;

	for (size_t i = 0; i < given->n && !exact; i++) {
		const char *other = reportparser_name(given, i);
		if (reportparser_space(given, i) || strncmp(other, name, n) != 0 ||
		    strcmp(other + n, "_utf16") != 0)
			continue;
		struct span value = reportparser_value(given, i);
		exact = pagetext_exact((const char *)value.ptr, value.len);
		if (!exact)
			doc->lacks_memory = true;
	}
	return exact;
}

static void put_attribute(struct pagedoc *doc, xmlNodePtr node, xmlNsPtr space,
			  const char *name, char *value)
{
	if (!value || !xmlNewNsProp(node, space, x(name), x(value)))
		doc->lacks_memory = true;
	free(value);
}

/* Sound and new; those that the page gives itself begin with "page-". */
static bool take_id(struct pagedoc *doc, const char *id)
{
	size_t n = strlen(id);

	if (n > 0 && n <= 64 && strncmp(id, "page-", 5) != 0 &&
	    strspn(id, "0123456789.-_abcdefghijklmnopqrstuvwxyz"
		       "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == n &&
	    !strchr("0123456789.-", id[0]) && !xmlHashLookup(doc->ids, x(id))) {
		if (xmlHashAddEntry(doc->ids, x(id), doc) != 0)
			doc->lacks_memory = true;
		return true;
	}
	if (!doc->bad_id[0])
		(void)snprintf(doc->bad_id, sizeof(doc->bad_id), "%s", n > 0 ? id : "''");
	return false;
}

/* In the order of the document, so that the same report gives the same page. */
static void give_id(struct pagedoc *doc, xmlNodePtr node)
{
	char id[64];

	(void)snprintf(id, sizeof(id), "page-%s-%zu", c(node->name), ++doc->n_given);
	put_attribute(doc, node, NULL, "id", strdup(id));
}

/* Attributes that the page makes for itself; a report has none of that name. */
static bool is_own(const char *name)
{
	return strcmp(name, LEFT_OUT) == 0 || strcmp(name, DATA_BYTES) == 0;
}

static void put_attributes(struct pagedoc *doc, xmlNodePtr node,
			   const struct reportparser_attributes *given)
{
	bool counts = pagexml_names_place(c(node->name)), lacks_id = counts;

	for (size_t i = 0; i < given->n && i < MAX_ATTRIBUTES; i++) {
		const char *name = reportparser_name(given, i),
			   *space = reportparser_space(given, i);
		struct span text = reportparser_value(given, i);
		bool delta = space && strcmp(space, XML_DELTA) == 0;
		char *value = NULL;
		if (space ? !delta : ends_with(name, "_utf16") || is_own(name))
			continue;
		if (!space)
			value = exact_of(doc, given, name);
		if (!value)
			value = pagetext_visible((const char *)text.ptr, text.len,
						 text.len);
		if (counts && !space && value && strcmp(name, "id") == 0) {
			if (!take_id(doc, value)) {
				free(value);
				continue;
			}
			lacks_id = false;
		}
		put_attribute(doc, node, delta ? doc->spaces[DELTA] : NULL, name, value);
	}
	if (lacks_id)
		give_id(doc, node);
}

/* ---- elements ---- */

static int space_of(const char *uri)
{
	for (int i = 0; i < N_NAMESPACES; i++)
		if (uri && strcmp(uri, namespaces[i].uri) == 0)
			return i;
	return N_NAMESPACES;
}

static void forget_text(struct pagedoc *doc)
{
	doc->n_text = doc->n_text_all = doc->n_padding = 0;
	free(doc->exact);
	doc->exact = NULL;
}

static xmlNodePtr open_root(struct pagedoc *doc, const char *name)
{
	xmlNodePtr root = xmlNewDocNode(doc->tree, NULL, x(name), NULL);

	if (!root)
		return NULL;
	(void)xmlDocSetRootElement(doc->tree, root);
	for (int i = 0; i < N_NAMESPACES; i++) {
		doc->spaces[i] =
			xmlNewNs(root, x(namespaces[i].uri), x(namespaces[i].prefix));
		if (!doc->spaces[i])
			return NULL;
	}
	xmlSetNs(root, doc->spaces[OWN]);
	return root;
}

static xmlNodePtr open_child(struct pagedoc *doc, int space, const char *name)
{
	xmlNodePtr child = xmlNewDocNode(doc->tree, doc->spaces[space], x(name), NULL);

	return child ? xmlAddChild(doc->at, child) : NULL;
}

static enum status start_element(void *data, const char *uri, const char *name,
				 const struct reportparser_attributes *given,
				 struct failure *failure)
{
	struct pagedoc *doc = data;
	int space = space_of(uri);
	xmlNodePtr node;

	forget_text(doc);
	if (doc->at)
		doc->at->extra = HAS_CHILDREN;
	if (doc->n_skipped > 0 || (doc->at && space == N_NAMESPACES)) {
		doc->n_skipped++;
		return STATUS_OK;
	}
	if (doc->at && (doc->depth >= MAX_DEPTH ||
			!pagelimit_take(&doc->kept, name, doc->change_from > 0))) {
		/* Counted at the element that lacks it. */
		doc->at->_private = (void *)((uintptr_t)doc->at->_private + 1);
		doc->n_skipped++;
		return STATUS_OK;
	}
	if (!doc->at && (space != OWN || strcmp(name, "report") != 0)) {
		failure_set(failure, "is no report of wmsdiff");
		return STATUS_MALFORMED;
	}
	node = doc->at ? open_child(doc, space, name) : open_root(doc, name);
	/* A node without a name is what is left of one for which memory was lacking. */
	if (!node || !node->name)
		return STATUS_NOMEM;
	doc->at = node;
	doc->depth++;
	if (space == OWN && strcmp(name, "change") == 0)
		doc->change_from = doc->depth;
	put_attributes(doc, node, given);
	doc->exact = exact_of(doc, given, name);
	return status_of(doc);
}

/* Data: the first bytes in hex, and how many there are in all. */
static void put_data(struct pagedoc *doc)
{
	size_t all = doc->n_text_all / 4 * 3;
	char number[32];
	char *hex = pagetext_hex(doc->text, doc->n_text);

	(void)snprintf(number, sizeof(number), "%zu",
		       all > doc->n_padding ? all - doc->n_padding : 0);
	put_attribute(doc, doc->at, NULL, DATA_BYTES, strdup(number));
	if (!hex || (*hex && !xmlAddChild(doc->at, xmlNewText(x(hex)))))
		doc->lacks_memory = true;
	free(hex);
}

static void put_text(struct pagedoc *doc)
{
	char *text = doc->exact;

	doc->exact = NULL;
	if (!text)
		text = pagetext_visible(doc->text, doc->n_text, doc->n_text_all);
	if (!text || (*text && !xmlAddChild(doc->at, xmlNewText(x(text)))))
		doc->lacks_memory = true;
	free(text);
}

static enum status end_element(void *data, struct failure *failure)
{
	struct pagedoc *doc = data;
	char number[32];

	(void)failure;
	if (!doc->at)
		return STATUS_OK;
	if (doc->n_skipped > 0) {
		doc->n_skipped--;
		return STATUS_OK;
	}
	if (doc->at->ns == doc->spaces[REGXML] && strcmp(c(doc->at->name), "data") == 0)
		put_data(doc);
	else if (!doc->at->extra && (doc->n_text > 0 || doc->exact))
		put_text(doc);
	forget_text(doc);
	if (doc->at->_private) {
		(void)snprintf(number, sizeof(number), "%zu",
			       (size_t)(uintptr_t)doc->at->_private);
		put_attribute(doc, doc->at, NULL, LEFT_OUT, strdup(number));
	}
	if (doc->change_from == doc->depth)
		doc->change_from = 0;
	doc->depth--;
	doc->at = doc->depth > 0 ? doc->at->parent : NULL;
	return status_of(doc);
}

static enum status add_text(void *data, struct span text, struct failure *failure)
{
	struct pagedoc *doc = data;
	struct span kept = span_clip(text, sizeof(doc->text) - 1 - doc->n_text);
	uint8_t byte = 0;

	(void)failure;
	if (doc->n_skipped > 0 || !doc->at)
		return STATUS_OK;
	if (span_copy(kept, 0, doc->text + doc->n_text, kept.len))
		doc->n_text += kept.len;
	doc->text[doc->n_text] = '\0';
	doc->n_text_all += text.len;
	for (size_t i = 0; i < text.len; i++)
		doc->n_padding += span_u8(text, i, &byte) && byte == '=';
	return STATUS_OK;
}

/* ---- the whole ---- */

enum status pagedoc_new(struct pagedoc **out)
{
	struct pagedoc *doc = calloc(1, sizeof(*doc));
	const struct reportparser_reader reader = {
		.data = doc, .open = start_element, .close = end_element, .text = add_text
	};

	if (!doc)
		return STATUS_NOMEM;
	/* First, for its end tells whether the tree lacked memory, too. */
	enum status status = reportparser_new(&reader, &doc->parser);
	doc->tree = xmlNewDoc(x("1.0"));
	doc->ids = xmlHashCreate(256);
	if (status != STATUS_OK || !doc->tree || !doc->ids) {
		pagedoc_free(doc);
		return STATUS_NOMEM;
	}
	*out = doc;
	return STATUS_OK;
}

void pagedoc_free(struct pagedoc *doc)
{
	if (!doc)
		return;
	reportparser_free(doc->parser);
	xmlFreeDoc(doc->tree);
	xmlHashFree(doc->ids, NULL);
	free(doc->exact);
	free(doc);
}

void pagedoc_freep(struct pagedoc **doc)
{
	pagedoc_free(*doc);
}

void pagedoc_take(struct pagedoc *doc, struct span bytes)
{
	(void)reportparser_take(doc->parser, bytes);
}

enum status pagedoc_finish(struct pagedoc *doc, struct failure *failure)
{
	return reportparser_finish(doc->parser, failure);
}

struct _xmlDoc *pagedoc_tree(const struct pagedoc *doc)
{
	return doc->tree;
}

const char *pagedoc_bad_id(const struct pagedoc *doc)
{
	return doc->bad_id[0] ? doc->bad_id : NULL;
}
