/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A small report: one hive, one profile that went, with a name that XML cannot hold. */
#ifndef TESTS_HELP_SMALLREPORT_H
#define TESTS_HELP_SMALLREPORT_H

static const char smallreport[] =
	"<?xml version=\"1.0\"?>\n"
	"<report xmlns=\"urn:wmsdiff:report:1\""
	" xmlns:r=\"http://www.forensicswiki.org/wiki/RegXML\" version=\"1.0\">\n"
	"<input id=\"i1\" role=\"hive\"><hive last_written=\"2003-03-17T18:30:02.0000000Z\"/></input>"
	"<series id=\"series1\"><snapshot id=\"s1\" input=\"i1\"><store id=\"s1.1\" list=\"profiles\""
	" mtime=\"2003-03-17T18:30:02.0000000Z\"/></snapshot>"
	"<comparison id=\"d1\" before=\"s1\" after=\"s1\"><change id=\"c1\" kind=\"deleted\""
	" profile=\"\xEF\xBF\xBD&lt;\" profile_utf16=\"41000000\"><deletion"
	" earliest=\"2003-03-17T18:30:02.0000000Z\" latest=\"2003-03-18T09:14:07.0000000Z\"/>"
	"<r:cellobject><r:data>Zm9v</r:data></r:cellobject></change></comparison></series>"
	"<summary deleted=\"1\"/></report>\n";

#endif
