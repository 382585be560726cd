/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/document/inputelements.h"

#include "base/filetime.h"
#include "report/document/companioninputs.h"
#include "report/document/hiveelement.h"

#include <stdio.h>

/* Path, size, time and hash of the file. */
static void write_fileobject(struct xml *xml, const struct evidence *evidence)
{
	char time[FILETIME_TEXT_SIZE], size[21], hex[DIGEST_HEX_SIZE];

	filetime_format(evidence->mtime_ft, time);
	digest_hex(&evidence->sha256, hex);
	(void)snprintf(size, sizeof(size), "%zu", evidence->bytes.len);
	xml_open(xml, "dfxml:fileobject");
	xml_element_path(xml, "dfxml:filename", evidence->path);
	xml_element(xml, "dfxml:filesize", size);
	xml_element(xml, "dfxml:mtime", time);
	xml_open(xml, "dfxml:hashdigest");
	xml_attribute(xml, "type", "sha256");
	xml_content(xml, hex);
	xml_close(xml);
	xml_close(xml);
}

/* What was read from it. */
static void write_content(struct parts *parts, const struct input *input)
{
	size_t n;

	switch (input->kind) {
	case INPUT_HIVE:
		if (snapshot_is_export(input->snapshot))
			hiveelement_export(parts->xml, input->snapshot);
		else
			hiveelement_write(parts->xml, input->snapshot);
		break;
	case INPUT_LOG:
		hiveelement_log(parts->xml,
				&replay_logs(input->snapshot->replay, &n)[input->index]);
		break;
	case INPUT_COMPANION:
		companioninputs_write(parts, input);
		break;
	}
}

void inputelements_write(struct parts *parts)
{
	const struct inputs *inputs = parts->options->inputs;

	for (size_t i = 0; i < inputs->n; i++) {
		const struct input *input = &inputs->items[i];
		xml_open(parts->xml, "input");
		xml_id(parts->xml, "id", "i", input->number);
		xml_attribute(parts->xml, "role", inputs_role_word(input));
		write_fileobject(parts->xml, input->evidence);
		write_content(parts, input);
		xml_close(parts->xml);
	}
}
