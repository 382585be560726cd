/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The parser calls back for each element, and the tree is built by hand: so
 * nothing gets into it that was not asked for.
 *
 * XML_PARSE_NOENT only asks for "&amp;" as one character; entities of a
 * document would have to be declared in it, and a declaration ends the reading.
 */
#include "report/page/pagedoc.h"

#include "base/text.h"
#include "report/document/namespaces.h"
#include "report/page/pagelimit.h"
#include "report/page/pagetext.h"
#include "report/page/pagexml.h"
#include "report/tagguard.h"

#include <libxml/hash.h>
#include <libxml/parser.h>
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
	xmlSAXHandler sax;
	xmlParserCtxtPtr parser;
	struct tagguard guard;
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
	enum status status;
	char trouble[512]; /* why it is no report */
};

/*
 * From here on nothing more is taken.  The parser is not stopped, which would
 * free what a caller still holds of it; it ends with the piece that it has.
 */
static void fail(struct pagedoc *doc, enum status status, const char *why)
{
	if (doc->status != STATUS_OK)
		return;
	doc->status = status;
	(void)snprintf(doc->trouble, sizeof(doc->trouble), "%s", why);
}

/* ---- attributes ---- */

/* As the parser hands them over: name, prefix, namespace, value and its end. */
struct given {
	const xmlChar **five;
	size_t n;
};

static const char *given_name(struct given given, size_t i)
{
	return c(given.five[5 * i]);
}

static const char *given_space(struct given given, size_t i)
{
	return c(given.five[5 * i + 2]);
}

static const char *given_value(struct given given, size_t i)
{
	return c(given.five[5 * i + 3]);
}

static size_t given_length(struct given given, size_t i)
{
	return (size_t)(given.five[5 * i + 4] - given.five[5 * i + 3]);
}

static bool ends_with(const char *text, const char *end)
{
	size_t n = strlen(text), n_end = strlen(end);

	return n > n_end && strcmp(text + n - n_end, end) == 0;
}

/* Return: the exact text that an attribute name_utf16 tells, or NULL if there is none. */
static char *exact_of(struct pagedoc *doc, struct given given, const char *name)
{
	size_t n = strlen(name);
	char *exact = NULL;

	for (size_t i = 0; i < given.n && !exact; i++) {
		const char *other = given_name(given, i);
		if (given_space(given, i) || strncmp(other, name, n) != 0 ||
		    strcmp(other + n, "_utf16") != 0)
			continue;
		exact = pagetext_exact(given_value(given, i), given_length(given, i));
		if (!exact)
			fail(doc, STATUS_NOMEM, "");
	}
	return exact;
}

static void put_attribute(struct pagedoc *doc, xmlNodePtr node, xmlNsPtr space,
			  const char *name, char *value)
{
	if (!value || !xmlNewNsProp(node, space, x(name), x(value)))
		fail(doc, STATUS_NOMEM, "");
	free(value);
}

/* Those whose id names a place of the document; case and account have their own. */
static bool has_id(const char *element)
{
	static const char *const names[] = { "input",	"series",   "snapshot",
					     "store",	"change",   "comparison",
					     "profile", "diagnosis" };

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (strcmp(names[i], element) == 0)
			return true;
	return false;
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
			fail(doc, STATUS_NOMEM, "");
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

static void put_attributes(struct pagedoc *doc, xmlNodePtr node, struct given given)
{
	bool counts = has_id(c(node->name)), lacks_id = counts;

	for (size_t i = 0; i < given.n && i < MAX_ATTRIBUTES; i++) {
		const char *name = given_name(given, i), *space = given_space(given, i);
		size_t n = given_length(given, i);
		bool delta = space && strcmp(space, XML_DELTA) == 0;
		char *value = NULL;
		if (space ? !delta : ends_with(name, "_utf16") || is_own(name))
			continue;
		if (!space)
			value = exact_of(doc, given, name);
		if (!value)
			value = pagetext_visible(given_value(given, i), n, n);
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

static int space_of(const xmlChar *uri)
{
	for (int i = 0; i < N_NAMESPACES; i++)
		if (uri && strcmp(c(uri), namespaces[i].uri) == 0)
			return i;
	return N_NAMESPACES;
}

static void forget_text(struct pagedoc *doc)
{
	doc->n_text = doc->n_text_all = doc->n_padding = 0;
	free(doc->exact);
	doc->exact = NULL;
}

static xmlNodePtr open_root(struct pagedoc *doc, int space, const char *name)
{
	xmlNodePtr root;

	if (space != OWN || strcmp(name, "report") != 0) {
		fail(doc, STATUS_MALFORMED, "is no report of wmsdiff");
		return NULL;
	}
	root = xmlNewDocNode(doc->tree, NULL, x(name), NULL);
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

static void start_element(void *context, const xmlChar *name, const xmlChar *prefix,
			  const xmlChar *uri, int n_spaces, const xmlChar **spaces,
			  int n_attributes, int n_defaulted, const xmlChar **attributes)
{
	struct pagedoc *doc = context;
	struct given given = { attributes, (size_t)n_attributes };
	int space = space_of(uri);
	xmlNodePtr node;

	(void)prefix, (void)n_spaces, (void)spaces, (void)n_defaulted;
	if (doc->status != STATUS_OK)
		return;
	forget_text(doc);
	if (doc->at)
		doc->at->extra = HAS_CHILDREN;
	if (doc->n_skipped > 0 || (doc->at && space == N_NAMESPACES)) {
		doc->n_skipped++;
		return;
	}
	if (doc->at && (doc->depth >= MAX_DEPTH ||
			!pagelimit_take(&doc->kept, c(name), doc->change_from > 0))) {
		/* Counted at the element that lacks it. */
		doc->at->_private = (void *)((uintptr_t)doc->at->_private + 1);
		doc->n_skipped++;
		return;
	}
	node = doc->at ? open_child(doc, space, c(name)) : open_root(doc, space, c(name));
	if (!node) {
		fail(doc, STATUS_NOMEM, "");
		return;
	}
	doc->at = node;
	doc->depth++;
	if (space == OWN && strcmp(c(name), "change") == 0)
		doc->change_from = doc->depth;
	put_attributes(doc, node, given);
	doc->exact = exact_of(doc, given, c(name));
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
		fail(doc, STATUS_NOMEM, "");
	free(hex);
}

static void put_text(struct pagedoc *doc)
{
	char *text = doc->exact;

	doc->exact = NULL;
	if (!text)
		text = pagetext_visible(doc->text, doc->n_text, doc->n_text_all);
	if (!text || (*text && !xmlAddChild(doc->at, xmlNewText(x(text)))))
		fail(doc, STATUS_NOMEM, "");
	free(text);
}

static void end_element(void *context, const xmlChar *name, const xmlChar *prefix,
			const xmlChar *uri)
{
	struct pagedoc *doc = context;
	char number[32];

	(void)name, (void)prefix, (void)uri;
	if (doc->status != STATUS_OK || !doc->at)
		return;
	if (doc->n_skipped > 0) {
		doc->n_skipped--;
		return;
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
}

static void add_text(void *context, const xmlChar *text, int len)
{
	struct pagedoc *doc = context;
	size_t n = (size_t)len, room = sizeof(doc->text) - 1 - doc->n_text;

	if (doc->status != STATUS_OK || doc->n_skipped > 0 || !doc->at)
		return;
	memcpy(doc->text + doc->n_text, text, n < room ? n : room);
	doc->n_text += n < room ? n : room;
	doc->text[doc->n_text] = '\0';
	doc->n_text_all += n;
	for (size_t i = 0; i < n; i++)
		doc->n_padding += text[i] == '=';
}

/* Stopped at once, before a declaration of an entity is read. */
static void refuse_doctype(void *context, const xmlChar *name, const xmlChar *external,
			   const xmlChar *system)
{
	struct pagedoc *doc = context;

	(void)name, (void)external, (void)system;
	fail(doc, STATUS_MALFORMED,
	     "has a document type declaration; a report has none, and it is not read");
	xmlStopParser(doc->parser);
}

/* libxml2 has bounds of its own on one text, of 10 million bytes. */
static bool is_too_large(const char *message)
{
	return strstr(message, "Huge input") || strstr(message, "too long") ||
	       strstr(message, "huge text");
}

static void note_error(void *context, xmlErrorPtr error)
{
	struct pagedoc *doc = context;
	const char *message = error->message ? error->message : "";
	char why[sizeof(doc->trouble)];

	if (error->level < XML_ERR_ERROR)
		return;
	if (error->code == XML_ERR_NO_MEMORY) {
		fail(doc, STATUS_NOMEM, "");
		return;
	}
	if (is_too_large(message))
		(void)snprintf(why, sizeof(why),
			       "line %d: a text of more than 10,000,000 bytes: too large "
			       "to be checked or shown",
			       error->line);
	else
		(void)snprintf(why, sizeof(why), "line %d: no well-formed XML: %s",
			       error->line, message);
	why[strcspn(why, "\n")] = '\0';
	fail(doc, STATUS_MALFORMED, why);
}

/* ---- the whole ---- */

enum status pagedoc_new(struct pagedoc **out)
{
	struct pagedoc *doc = calloc(1, sizeof(*doc));

	if (!doc)
		return STATUS_NOMEM;
	doc->sax = (xmlSAXHandler){
		.initialized = XML_SAX2_MAGIC,
		.startElementNs = start_element,
		.endElementNs = end_element,
		.characters = add_text,
		.cdataBlock = add_text,
		.internalSubset = refuse_doctype,
		.serror = note_error,
	};
	doc->parser = xmlCreatePushParserCtxt(&doc->sax, doc, NULL, 0, NULL);
	doc->tree = xmlNewDoc(x("1.0"));
	doc->ids = xmlHashCreate(256);
	if (!doc->parser || !doc->tree || !doc->ids) {
		pagedoc_free(doc);
		return STATUS_NOMEM;
	}
	(void)xmlCtxtUseOptions(doc->parser, XML_PARSE_NONET | XML_PARSE_NOENT);
	*out = doc;
	return STATUS_OK;
}

void pagedoc_free(struct pagedoc *doc)
{
	if (!doc)
		return;
	xmlFreeParserCtxt(doc->parser);
	xmlFreeDoc(doc->tree);
	xmlHashFree(doc->ids, NULL);
	free(doc->exact);
	free(doc);
}

void pagedoc_take(struct pagedoc *doc, struct span bytes)
{
	char piece[16384];

	while (bytes.len > 0 && doc->status == STATUS_OK) {
		struct span part = span_clip(bytes, sizeof(piece));
		if (!span_copy(part, 0, piece, part.len))
			return;
		if (!tagguard_take(&doc->guard, part))
			return fail(doc, STATUS_MALFORMED, doc->guard.why);
		(void)xmlParseChunk(doc->parser, piece, (int)part.len, 0);
		bytes = span_from(bytes, part.len);
	}
}

enum status pagedoc_finish(struct pagedoc *doc, struct failure *failure)
{
	char *shown;

	if (doc->status == STATUS_OK)
		(void)xmlParseChunk(doc->parser, "", 0, 1);
	if (doc->status == STATUS_OK &&
	    (!doc->parser->wellFormed || !xmlDocGetRootElement(doc->tree)))
		fail(doc, STATUS_MALFORMED, "is no report of wmsdiff");
	if (doc->status != STATUS_MALFORMED)
		return doc->status;
	shown = text_visible(doc->trouble);
	if (!shown)
		return STATUS_NOMEM;
	failure_set(failure, "%s", shown);
	free(shown);
	return doc->status;
}

struct _xmlDoc *pagedoc_tree(const struct pagedoc *doc)
{
	return doc->tree;
}

const char *pagedoc_bad_id(const struct pagedoc *doc)
{
	return doc->bad_id[0] ? doc->bad_id : NULL;
}
