// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The common settings of Windows 2000 to 7, a small choice of them, as `reglookup` shows
 * them in real hives.
 */
#include "desktop.h"

#include <stdio.h>

#define PANEL "Control Panel\\"
#define EXPLORER "Software\\Microsoft\\Windows\\CurrentVersion\\Explorer"

enum { PATH_MAX_LEN = 256 };

static const struct desktop_setting common[] = {
	{ "AppEvents\\EventLabels\\.Default", "", "Default Beep" },
	{ "AppEvents\\EventLabels\\MailBeep", "", "New Mail Notification" },
	{ "AppEvents\\Schemes\\Names\\.Default", "", "Windows Default" },
	{ PANEL "Accessibility\\HighContrast", "Flags", "126" },
	{ PANEL "Accessibility\\Keyboard Response", "AutoRepeatDelay", "1000" },
	{ PANEL "Accessibility\\Keyboard Response", "AutoRepeatRate", "500" },
	{ PANEL "Accessibility\\MouseKeys", "MaximumSpeed", "80" },
	{ PANEL "Accessibility\\StickyKeys", "Flags", "510" },
	{ PANEL "Appearance", "Current", "Windows Standard" },
	{ PANEL "Colors", "ActiveTitle", "10 36 106" },
	{ PANEL "Colors", "Background", "58 110 165" },
	{ PANEL "Colors", "Window", "255 255 255" },
	{ PANEL "Desktop", "ScreenSaveTimeOut", "900" },
	{ PANEL "Desktop", "Wallpaper", "" },
	{ PANEL "Desktop\\WindowMetrics", "BorderWidth", "-15" },
	{ PANEL "International", "Locale", "00000409" },
	{ PANEL "International", "sDate", "/" },
	{ PANEL "International", "sShortDate", "M/d/yyyy" },
	{ PANEL "Keyboard", "InitialKeyboardIndicators", "2" },
	{ PANEL "Keyboard", "KeyboardDelay", "1" },
	{ PANEL "Mouse", "DoubleClickSpeed", "500" },
	{ PANEL "Mouse", "MouseSpeed", "1" },
	{ "Keyboard Layout\\Preload", "1", "00000409" },
	{ "Printers\\Settings\\Wizard", "Default Attributes", "0" },
	{ "Software\\Microsoft\\Command Processor", "Prompt", "$P$G" },
	{ "Software\\Microsoft\\Internet Explorer\\Main", "Start Page", "about:blank" },
	{ EXPLORER, "Logon User Name", "" },
	{ EXPLORER "\\CabinetState", "FullPath", "0" },
	{ "Software\\Microsoft\\Windows NT\\CurrentVersion\\Windows", "device", "" },
	{ "Software\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon", "ParseAutoexec",
	  "1" },
};

void desktop_apply(struct builder *b, const struct desktop_setting *settings, size_t n,
		   uint64_t filetime)
{
	for (size_t i = 0; i < n; i++) {
		builder_key key = builder_path(b, settings[i].path, filetime);

		builder_value_string(b, key, settings[i].name, settings[i].text);
		builder_key_touch(b, key, filetime);
	}
}

void desktop_fill(struct builder *b, const char *home, uint64_t filetime)
{
	static const char *const folders[] = {
		"Desktop", "Favorites", "NetHood",   "Personal",
		"Recent",  "SendTo",	"Templates",
	};
	builder_key shell = builder_path(b, EXPLORER "\\Shell Folders", filetime);
	char path[PATH_MAX_LEN];

	desktop_apply(b, common, sizeof(common) / sizeof(common[0]), filetime);
	for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++) {
		snprintf(path, sizeof(path), "%s\\%s", home, folders[i]);
		builder_value_string(b, shell, folders[i], path);
	}
	builder_key environment = builder_path(b, "Environment", filetime);
	snprintf(path, sizeof(path), "%s\\Local Settings\\Temp", home);
	builder_value_string(b, environment, "TEMP", path);
	builder_value_string(b, environment, "TMP", path);
}
