/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Small questions to a tree. */
#include "help/unit.h"

#include "help/xpath.h"

#include "report/page/pagexml.h"

#include <libxml/tree.h>

#include <string.h>

static void test_elements(void **state)
{
	static const char text[] =
		"<a one=\"1\" empty=\"\" xmlns:x=\"urn:x\" x:two=\"2\">"
		"t<b/></a>";
	struct _xmlDoc *tree = xpath_parse(text, strlen(text));
	const xmlNode *root = xmlDocGetRootElement(tree);

	(void)state;
	assert_true(pagexml_is(root, "a"));
	assert_false(pagexml_is(root, "b"));
	/* A text is no element, whatever it is called. */
	assert_false(pagexml_is(root->children, "text"));
	assert_true(pagexml_is(root->children->next, "b"));
	assert_string_equal(pagexml_value(root, "one"), "1");
	assert_string_equal(pagexml_value(root, "empty"), "");
	assert_string_equal(pagexml_value(root, "two"), "2");
	assert_null(pagexml_value(root, "none"));
	assert_null(pagexml_value(root->children->next, "one"));
	xpath_free(tree);
}

static void test_same(void **state)
{
	(void)state;
	assert_true(pagexml_same("a", "a"));
	assert_true(pagexml_same("", ""));
	assert_true(pagexml_same(NULL, NULL));
	assert_false(pagexml_same("a", "b"));
	assert_false(pagexml_same("", NULL));
	assert_false(pagexml_same(NULL, "a"));
}

static void test_places(void **state)
{
	(void)state;
	assert_true(pagexml_names_place("input"));
	assert_true(pagexml_names_place("profile"));
	assert_false(pagexml_names_place("case"));
	assert_false(pagexml_names_place("account"));
	assert_false(pagexml_names_place(""));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_elements),
		cmocka_unit_test(test_same),
	};

	return UNIT_RUN(tests);
}
