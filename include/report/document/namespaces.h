/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The names of the report's format: its version, and the namespaces of its elements. */
#ifndef REPORT_DOCUMENT_NAMESPACES_H
#define REPORT_DOCUMENT_NAMESPACES_H

#define REPORT_VERSION "1.0"
#define REPORT_NAMESPACE "urn:wmsdiff:report:1"
_Static_assert(sizeof(REPORT_VERSION) >= sizeof("1.0"),
	       "the schema wants major and minor");

#define XML_DFXML "http://www.forensicswiki.org/wiki/Category:Digital_Forensics_XML"
#define XML_REGXML "http://www.forensicswiki.org/wiki/RegXML"
#define XML_DELTA "http://www.forensicswiki.org/wiki/Forensic_Disk_Differencing"

#endif
