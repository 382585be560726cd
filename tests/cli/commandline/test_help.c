/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The help: one screen, and each option of the table where the table says. */
#include "help/unit.h"

#include "cli/commandline/help.h"

#include "cli/commandline/optiontable.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static char shown[8192];

/* What a function prints on standard output goes to `shown`. */
static void catch (void (*print)(void))
{
	FILE *file = tmpfile();

	assert_non_null(file);
	assert_int_equal(fflush(stdout), 0);
	int out = dup(STDOUT_FILENO);
	assert_true(dup2(fileno(file), STDOUT_FILENO) >= 0);
	print();
	assert_int_equal(fflush(stdout), 0);
	assert_true(dup2(out, STDOUT_FILENO) >= 0);
	(void)close(out);
	rewind(file);
	shown[fread(shown, 1, sizeof(shown) - 1, file)] = '\0';
	(void)fclose(file);
}

static void test_one_screen(void **state)
{
	size_t n = 0;

	(void)state;
	catch (help_print);
	for (const char *line = shown; *line; n++) {
		size_t len = strcspn(line, "\n");
		assert_int_equal(line[len], '\n');
		assert_in_range(len, n == 3 ? 0 : 1, 80);
		assert_true(len == 0 || line[len - 1] != ' ');
		line += len + 1;
	}
	assert_in_range(n, 20, 24);
}

/* The option as the help spells it, with its letter and argument. */
static void spell(const struct optiontable_row *row, char *out, size_t size)
{
	size_t n = 0;

	if (row->letter)
		n = (size_t)snprintf(out, size, "-%c, ", row->letter);
	(void)snprintf(out + n, size - n, "--%s%s%s", row->name, row->argument ? " " : "",
		       row->argument ? row->argument : "");
}

static void test_every_option_stands_in_its_place(void **state)
{
	const char *from;

	(void)state;
	catch (help_print);
	/* Behind the usage, which names some too. */
	from = strstr(shown, "\nOutput ");
	assert_non_null(from);
	for (size_t i = 0; i < optiontable_n; i++) {
		const struct optiontable_row *row = &optiontable[i];
		char spelt[100];
		spell(row, spelt, sizeof(spelt));
		const char *at = strstr(from, spelt);
		assert_non_null(at);
		const char *line = at;
		while (line[-1] != '\n')
			line--;
		if (row->column)
			assert_int_equal(at - line, row->column);
		if (row->group)
			assert_memory_equal(line, row->group, strlen(row->group));
		from = at + strlen(spelt);
		if (!row->help)
			continue;
		const char *help = strstr(from, row->help);
		assert_non_null(help);
		assert_int_equal(strspn(from, " "), help - from);
		assert_true(help - from >= 2);
		if (row->help_column)
			assert_int_equal(help - line, row->help_column);
		from = help + strlen(row->help);
	}
}

static void test_versions(void **state)
{
	(void)state;
	catch (help_print_version);
	assert_memory_equal(shown, "wmsdiff " PACKAGE_VERSION "\n",
			    strlen("wmsdiff " PACKAGE_VERSION "\n"));
	assert_non_null(strstr(shown, "\nhivex "));
	assert_non_null(strstr(shown, "\nlibxml2 "));
	assert_non_null(strstr(shown, "\nnettle "));
	assert_non_null(strstr(shown, "\nlibunistring "));
#ifdef HAVE_LIBARCHIVE
	assert_non_null(strstr(shown, "\nlibarchive 3."));
#else
	assert_null(strstr(shown, "libarchive"));
#endif
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_one_screen),
		cmocka_unit_test(test_every_option_stands_in_its_place),
		cmocka_unit_test(test_versions),
	};

	return UNIT_RUN(tests);
}
