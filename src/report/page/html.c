/* SPDX-License-Identifier: GPL-2.0-or-later */
/* libxslt behind a narrow door: our own stylesheet, our own bounded tree, no files. */
#include "report/page/html.h"

#include "report/page/pagedoc.h"

#ifdef HAVE_LIBXSLT

#include "report/page/pagestyle.h"
#include "report/page/pagetimeline.h"
#include "report/page/pagezone.h"
#include "report/xmlmemory.h"

#include <libxml/parser.h>
#include <libxslt/documents.h>
#include <libxslt/security.h>
#include <libxslt/transform.h>
#include <libxslt/variables.h>
#include <libxslt/xsltInternals.h>
#include <libxslt/xsltutils.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* report_xsl is report.xsl, and so on, as they were when it was built. */
#include "report/page/page.inc"

#define DOCTYPE "<!DOCTYPE html>\n"

struct html {
	struct pagedoc *doc;
	unsigned long begun; /* xmlmemory_begin() */
};

const char *html_library_version(void)
{
	return LIBXSLT_VERSION_TEXT;
}

enum status html_start(struct html **out)
{
	struct html *html = calloc(1, sizeof(*html));

	if (!html)
		return STATUS_NOMEM;
	html->begun = xmlmemory_begin();
	if (pagedoc_new(&html->doc) != STATUS_OK) {
		free(html);
		return STATUS_NOMEM;
	}
	*out = html;
	return STATUS_OK;
}

enum status html_of(struct pagedoc *doc, struct html **out)
{
	struct html *html = calloc(1, sizeof(*html));

	if (!html) {
		pagedoc_free(doc);
		return STATUS_NOMEM;
	}
	html->doc = doc;
	*out = html;
	return STATUS_OK;
}

void html_take(void *html, struct span bytes)
{
	pagedoc_take(((struct html *)html)->doc, bytes);
}

void html_free(struct html *html)
{
	if (!html)
		return;
	pagedoc_free(html->doc);
	free(html);
}

/* ---- the stylesheet ---- */

/* libxml2 and libxslt would print lines of their own. */
static void keep_silent(void *context, const char *format, ...) PRINTF_LIKE(2, 3);
static void keep_silent(void *context, const char *format, ...)
{
	(void)context, (void)format;
}

/* What report.xsl includes; each is compiled in, and nothing else is to be had. */
#define PARTS(X)                                                                         \
	X(pageanswer)                                                                    \
	X(pagecauses)                                                                    \
	X(pagecontent)                                                                   \
	X(pagefindings)                                                                  \
	X(pagemachine)                                                                   \
	X(pageprofiles)                                                                  \
	X(pageprovenance)                                                                \
	X(pagerecovered)                                                                 \
	X(pagetimeline)                                                                  \
	X(pagewords)

static const struct part {
	const char *name, *text;
	size_t size;
} parts[] = {
#define ROW(part) { #part ".xsl", part##_xsl, sizeof(part##_xsl) - 1 },
	PARTS(ROW)
#undef ROW
};

/* In the place of libxslt's own loader, which would open files. */
static xmlDocPtr load(const xmlChar *uri, xmlDictPtr dict, int options, void *context,
		      xsltLoadType type)
{
	const struct part *part = parts;
	xmlParserCtxtPtr parser;
	xmlDocPtr tree;

	(void)options, (void)context, (void)type;
	while (part < parts + ARRAY_LEN(parts) &&
	       strcmp(part->name, (const char *)uri) != 0)
		part++;
	if (part == parts + ARRAY_LEN(parts))
		return NULL;
	parser = xmlNewParserCtxt();
	if (!parser)
		return NULL;
	/* Names are compared as they stand in the dictionary of the whole stylesheet. */
	if (dict && xmlDictReference(dict) == 0) {
		xmlDictFree(parser->dict);
		parser->dict = dict;
	}
	tree = xmlCtxtReadMemory(parser, part->text, (int)part->size, part->name, NULL,
				 XML_PARSE_NONET);
	xmlFreeParserCtxt(parser);
	return tree;
}

void html_prepare(void)
{
	(void)xmlmemory_begin();
	xmlInitParser();
	xsltInit();
	xsltSetLoaderFunc(load);
	xsltSetGenericErrorFunc(NULL, keep_silent);
}

static xsltStylesheetPtr stylesheet(void)
{
	xmlDocPtr tree = xmlReadMemory(report_xsl, (int)sizeof(report_xsl) - 1, NULL,
				       NULL, XML_PARSE_NONET);
	xsltStylesheetPtr style;

	style = tree ? xsltParseStylesheetDoc(tree) : NULL;
	if (tree && !style)
		xmlFreeDoc(tree);
	return style;
}

/* Nothing may be read, written or fetched, whatever a stylesheet asks for. */
static bool forbid(xsltSecurityPrefsPtr security)
{
	static const xsltSecurityOption all[] = {
		XSLT_SECPREF_READ_FILE,	       XSLT_SECPREF_WRITE_FILE,
		XSLT_SECPREF_CREATE_DIRECTORY, XSLT_SECPREF_READ_NETWORK,
		XSLT_SECPREF_WRITE_NETWORK,
	};

	for (size_t i = 0; i < ARRAY_LEN(all); i++)
		if (xsltSetSecurityPrefs(security, all[i], xsltSecurityForbid) != 0)
			return false;
	return true;
}

/* Texts, as the stylesheet's parameters: never read as an expression. */
static bool give(xsltTransformContextPtr transform, const char *notice)
{
	char changes[16], cells[16], rows[16], hash[PAGESTYLE_HASH_SIZE];
	const char *texts[] = { "style",   pagestyle_text(), "style_hash",
				hash,	   "notice",	     notice,
				"changes", changes,	     "cells",
				cells,	   "rows",	     rows,
				NULL };

	pagestyle_hash(hash);
	(void)snprintf(changes, sizeof(changes), "%d", HTML_MAX_CHANGES);
	(void)snprintf(cells, sizeof(cells), "%d", HTML_MAX_CELLS);
	(void)snprintf(rows, sizeof(rows), "%d", HTML_MAX_ROWS);
	return xsltQuoteUserParams(transform, texts) == 0;
}

static xmlDocPtr transform(xsltStylesheetPtr style, xmlDocPtr tree, const char *notice)
{
	struct timezone zone = { 0 };
	xsltSecurityPrefsPtr security = xsltNewSecurityPrefs();
	xsltTransformContextPtr context = xsltNewTransformContext(style, tree);
	xmlDocPtr page = NULL;

	xmlmemory_enter();
	if (security && context && forbid(security) &&
	    pagezone_read(xmlDocGetRootElement(tree), &zone) == STATUS_OK &&
	    pagezone_give(context, &zone) &&
	    xsltSetCtxtSecurityPrefs(security, context) == 0 &&
	    give(context, notice ? notice : ""))
		page = xsltApplyStylesheetUser(style, tree, NULL, NULL, NULL, context);
	if (page && context->state != XSLT_STATE_OK) {
		xmlFreeDoc(page);
		page = NULL;
	}
	xmlmemory_leave();
	xsltFreeTransformContext(context);
	xsltFreeSecurityPrefs(security);
	timezone_clear(&zone);
	return page;
}

static int write_bytes(void *output, const char *bytes, int len)
{
	return output_write(output, span_of(bytes, (size_t)len)) ? len : -1;
}

static enum status serialize(xmlDocPtr page, xsltStylesheetPtr style,
			     struct output *output)
{
	xmlOutputBufferPtr buffer;

	if (!output_write(output, span_of(DOCTYPE, sizeof(DOCTYPE) - 1)))
		return STATUS_OK;
	buffer = xmlOutputBufferCreateIO(write_bytes, NULL, output, NULL);
	if (!buffer)
		return STATUS_NOMEM;
	/* What the output refused is told by its commit. */
	int saved = xsltSaveResultTo(buffer, page, style);
	int closed = xmlOutputBufferClose(buffer);
	return (saved < 0 || closed < 0) && output_write(output, span_of("", 0))
		       ? STATUS_NOMEM
		       : STATUS_OK;
}

enum status html_write(struct html *html, const char *notice, struct output *output,
		       struct failure *failure)
{
	enum status status;
	xsltStylesheetPtr style;
	xmlDocPtr page = NULL;

	RETURN_IF_FAILED(pagedoc_finish(html->doc, failure));
	RETURN_IF_FAILED(pagetimeline_add(pagedoc_tree(html->doc)));
	xmlSetGenericErrorFunc(NULL, keep_silent);
	style = stylesheet();
	if (style)
		page = transform(style, pagedoc_tree(html->doc), notice);
	status = page ? serialize(page, style, output) : STATUS_NOMEM;
	xmlFreeDoc(page);
	xsltFreeStylesheet(style);
	return xmlmemory_lacked(html->begun) ? STATUS_NOMEM : status;
}

#else

const char *html_library_version(void)
{
	return NULL;
}

void html_prepare(void)
{
}

enum status html_start(struct html **out)
{
	(void)out;
	return STATUS_UNSUPPORTED;
}

enum status html_of(struct pagedoc *doc, struct html **out)
{
	(void)out;
	pagedoc_free(doc);
	return STATUS_UNSUPPORTED;
}

void html_take(void *html, struct span bytes)
{
	(void)html, (void)bytes;
}

enum status html_write(struct html *html, const char *notice, struct output *output,
		       struct failure *failure)
{
	(void)html, (void)notice, (void)output, (void)failure;
	return STATUS_UNSUPPORTED;
}

void html_free(struct html *html)
{
	(void)html;
}

#endif
