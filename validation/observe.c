// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * observe REPORT: answers questions to a report of wmsdiff. Each line of standard input is
 * an XPath expression; element and attribute names in it have no prefixes. Each answer is
 * a line: a number, a text, true or false; or of nodes their texts, sorted by bytes, with
 * " | " between them. A backslash, tab, line end or other control character stands as
 * \\, \t, \n or \xNN. It shares no code with the program. Ends with 1 if a question is no
 * XPath or the report cannot be read; the answer is then "(no answer)".
 *
 * observe --valid SCHEMA REPORT: prints "valid", or "not valid".
 */
#include <libxml/parser.h>
#include <libxml/xmlschemas.h>
#include <libxml/xpath.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { QUESTION = 4096 };

#define NO_ANSWER "(no answer)"

/* Questions name elements and attributes without their namespaces. */
static void drop_namespaces(xmlNode *root)
{
	xmlNode *node = root;

	while (node != NULL) {
		node->ns = NULL;
		for (xmlAttr *a = node->type == XML_ELEMENT_NODE ? node->properties
								 : NULL;
		     a != NULL; a = a->next)
			a->ns = NULL;
		if (node->type == XML_ELEMENT_NODE && node->children != NULL) {
			node = node->children;
			continue;
		}
		while (node != root && node->next == NULL)
			node = node->parent;
		node = node == root ? NULL : node->next;
	}
}

static void print_text(const char *text)
{
	for (const char *c = text; *c != '\0'; c++) {
		if (*c == '\\')
			fputs("\\\\", stdout);
		else if (*c == '\t')
			fputs("\\t", stdout);
		else if (*c == '\n')
			fputs("\\n", stdout);
		else if ((unsigned char)*c < ' ' || *c == 0x7f)
			printf("\\x%02x", (unsigned)(unsigned char)*c);
		else
			putchar(*c);
	}
}

static int in_order(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void print_nodes(const xmlNodeSet *nodes)
{
	size_t n = nodes == NULL || nodes->nodeNr < 0 ? 0 : (size_t)nodes->nodeNr;
	char **texts = calloc(n + 1, sizeof(*texts));

	if (texts == NULL)
		abort();
	for (size_t i = 0; i < n; i++) {
		texts[i] = (char *)xmlNodeGetContent(nodes->nodeTab[i]);
		if (texts[i] == NULL)
			abort();
	}
	qsort(texts, n, sizeof(*texts), in_order);
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			fputs(" | ", stdout);
		print_text(texts[i]);
		xmlFree(texts[i]);
	}
	free(texts);
}

/* Return: false if there is no answer. */
static bool answer(xmlXPathContext *context, const char *question)
{
	xmlXPathObject *object =
		context == NULL ? NULL : xmlXPathEval((const xmlChar *)question, context);
	xmlChar *text;

	if (object == NULL) {
		puts(NO_ANSWER);
		return false;
	}
	if (object->type == XPATH_NODESET) {
		print_nodes(object->nodesetval);
	} else {
		text = xmlXPathCastToString(object);
		if (text == NULL)
			abort();
		print_text((const char *)text);
		xmlFree(text);
	}
	putchar('\n');
	xmlXPathFreeObject(object);
	return true;
}

static bool is_valid(const char *schema_path, const char *report)
{
	xmlSchemaParserCtxt *parser = xmlSchemaNewParserCtxt(schema_path);
	xmlSchema *schema = parser == NULL ? NULL : xmlSchemaParse(parser);
	xmlSchemaValidCtxt *valid = schema == NULL ? NULL : xmlSchemaNewValidCtxt(schema);
	bool is = valid != NULL &&
		  xmlSchemaValidateFile(valid, report, XML_PARSE_HUGE) == 0;

	xmlSchemaFreeValidCtxt(valid);
	xmlSchemaFree(schema);
	xmlSchemaFreeParserCtxt(parser);
	return is;
}

static void be_quiet(void *data, const char *format, ...)
{
	(void)data;
	(void)format;
}

int main(int argc, char **argv)
{
	char question[QUESTION];
	bool good = true;

	xmlSetGenericErrorFunc(NULL, be_quiet);
	if (argc == 4 && strcmp(argv[1], "--valid") == 0) {
		puts(is_valid(argv[2], argv[3]) ? "valid" : "not valid");
		return EXIT_SUCCESS;
	}
	if (argc != 2) {
		fputs("usage: observe REPORT <QUESTIONS\n"
		      "       observe --valid SCHEMA REPORT\n",
		      stderr);
		return 2;
	}
	xmlDoc *report = xmlReadFile(argv[1], NULL,
				     XML_PARSE_HUGE | XML_PARSE_NONET |
					     XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
	xmlXPathContext *context = report == NULL ? NULL : xmlXPathNewContext(report);

	if (report != NULL)
		drop_namespaces(xmlDocGetRootElement(report));
	while (fgets(question, sizeof(question), stdin) != NULL) {
		question[strcspn(question, "\n")] = '\0';
		good &= answer(context, question);
	}
	xmlXPathFreeContext(context);
	xmlFreeDoc(report);
	return good && ferror(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
