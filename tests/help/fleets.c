/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "help/fleets.h"

#include "fleet/fleetread.h"
#include "fleet/fleetrows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void put_attribute(FILE *out, const char *name, const char *value)
{
	if (value)
		fprintf(out, " %s=\"%s\"", name, value);
}

static void put_beside(FILE *out, const struct fleets_loss *loss)
{
	if (loss->process)
		fprintf(out,
			"<input id=\"i3\" role=\"modules\"><listing>"
			"<holder image=\"%s\" pid=\"7\" class=\"third_party\"/>"
			"<holder image=\"svchost.exe\" pid=\"8\" class=\"shared_host\"/>"
			"</listing></input>\n",
			loss->process);
	if (loss->computer)
		fprintf(out,
			"<input id=\"i4\" role=\"system\"><system computer_name=\"%s\"/>"
			"</input>\n",
			loss->computer);
}

static void put_hive(FILE *out, const char *id, const char *path, const char *sha256)
{
	fprintf(out,
		"<input id=\"%s\" role=\"hive\"><dfxml:fileobject><dfxml:filename>%s"
		"</dfxml:filename><dfxml:filesize>4096</dfxml:filesize>"
		"<dfxml:hashdigest type=\"sha256\">%s</dfxml:hashdigest>"
		"</dfxml:fileobject></input>\n",
		id, path, sha256);
}

static void put_change(FILE *out, const struct fleets_loss *loss)
{
	fprintf(out,
		"<comparison id=\"d1\" before=\"s1\" after=\"s2\"><change id=\"c1\" "
		"kind=\"deleted\" profile=\"%s\" list=\"profiles\" store_path=\"P\" "
		"certainty=\"%s\" fate=\"%s\"><deletion",
		loss->profile ? loss->profile : "Outlook",
		loss->certainty ? loss->certainty : "certain",
		loss->fate ? loss->fate : "gone");
	put_attribute(out, "at", loss->at);
	put_attribute(out, "earliest", loss->at ? loss->at : loss->from);
	put_attribute(out, "latest", loss->at ? loss->at : loss->to);
	fprintf(out, "/>%s</change></comparison>\n",
		loss->conflict ? "<reason code=\"bounds_conflict\">x</reason>" : "");
	if (loss->cause)
		fprintf(out,
			"<diagnosis cause=\"%s\" grade=\"%s\" rank=\"best_of_all\" "
			"comparison=\"d1\" says=\"s\"><advice code=\"stop_service\" "
			"name=\"Svc\">stop it</advice></diagnosis>\n",
			loss->cause, loss->grade);
}

char *fleets_text(const struct fleets_loss *loss)
{
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);

	assert_non_null(out);
	fputs(FLEETS_BEGIN, out);
	put_hive(out, "i1", "before/NTUSER.DAT", "aa");
	put_hive(out, "i2", "after/NTUSER.DAT",
		 loss->sha256 ? loss->sha256 : loss->machine);
	put_beside(out, loss);
	fputs("<series id=\"series1\" subject=\"amy\" role=\"user\" sid=\"S-1-5-21-7\" "
	      "user=\"amy\"><snapshot id=\"s1\" input=\"i1\"/>"
	      "<snapshot id=\"s2\" input=\"i2\"/>\n",
	      out);
	put_change(out, loss);
	fputs("</series><summary exit_status=\"1\" gone=\"1\" back=\"0\" "
	      "unresolved=\"0\" verdict=\"1 profile is gone\"/>\n" FLEETS_END,
	      out);
	assert_int_equal(fclose(out), 0);
	return text;
}

enum status fleets_try(const char *bytes, size_t n, struct fleetreport **out,
		       struct failure *failure)
{
	FILE *file = tmpfile();
	enum status status;

	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, n, file), n);
	assert_int_equal(fflush(file), 0);
	assert_int_equal(lseek(fileno(file), 0, SEEK_SET), 0);
	status = fleetread_report(fileno(file), out, failure);
	assert_int_equal(fclose(file), 0);
	return status;
}

struct fleetreport *fleets_read(const char *text)
{
	static struct failure failure;
	struct fleetreport *report = NULL;

	failure.sentence[0] = '\0';
	if (fleets_try(text, strlen(text), &report, &failure) != STATUS_OK)
		fail_msg("%s", failure.sentence);
	return report;
}

const char *fleets_refused(const char *text, enum status expected)
{
	static struct failure failure;
	struct fleetreport *report = NULL;

	failure.sentence[0] = '\0';
	assert_int_equal(fleets_try(text, strlen(text), &report, &failure), expected);
	assert_null(report);
	return failure.sentence;
}

void fleets_add(struct fleetdata *data, const char *machine, const char *text)
{
	struct fleetreport *report = fleets_read(text);
	struct fleetrows_files files = { .report = machine };
	struct index *index = NULL;

	assert_int_equal(index_new(NULL, &index), STATUS_OK);
	assert_int_equal(fleetrows_add(report, &files, index), STATUS_OK);
	assert_int_equal(fleetdata_add_machine(
				 data, &(struct fleetdata_machine){ .name = machine }),
			 STATUS_OK);
	assert_int_equal(fleetdata_add_report(data, report, index), STATUS_OK);
	index_free(index);
	fleetreport_free(report);
}

struct fleetdata *fleets_data(const struct fleets_loss *losses, size_t n)
{
	struct fleetdata *data = NULL;

	assert_int_equal(fleetdata_new(&data), STATUS_OK);
	for (size_t i = 0; i < n; i++) {
		char *text = fleets_text(&losses[i]);
		fleets_add(data, losses[i].machine, text);
		free(text);
	}
	return data;
}
