#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The sample hives of the server, as other readers of the format see them: hivexget,
# hivexml, reglookup.  A reader that is not installed is skipped.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"

# has TOOL N: whether it is there; if not, so many results are skipped
has() {
	command -v "$1" >/dev/null || {
		skip "$2" "there is no $1"
		return 1
	}
}

program=$SAMPLES_DIR/exchange2000machine
system=$tmp/SYSTEM software=$tmp/SOFTWARE
ok 'exchange2000machine writes two hives' "$program" "$system" "$software"
ok 'and again' "$program" "$tmp/system" "$tmp/software"
ok 'the same SYSTEM' cmp "$system" "$tmp/system"
ok 'the same SOFTWARE' cmp "$software" "$tmp/software"
ok 'those beside the other samples' \
	cmp "$system" "$SAMPLES_DIR/exchange2000-SYSTEM"
status 1 'it wants two operands' "$program" "$tmp/one"

cat >"$tmp/values" <<'EOF'
SYSTEM|\Select|Current|1
SYSTEM|\Select|LastKnownGood|2
SYSTEM|\ControlSet001\Services\MSExchangeSA|ImagePath|D:\Exchsrvr\bin\mad.exe
SYSTEM|\ControlSet002\Services\MSExchangeSA|ImagePath|C:\Program Files\Exchsrvr\bin\mad.exe
SYSTEM|\ControlSet001\Services\ExampleBackupAgent|ImagePath|"C:\Program Files\Example\Backup\bkagent.exe"
SYSTEM|\ControlSet001\Services\ExampleBackupAgent|DisplayName|Example Backup Agent
SYSTEM|\ControlSet001\Services\ExampleReporter|ObjectName|EXAMPLE\reporter
SYSTEM|\ControlSet001\Services\W3SVC|Type|32
SYSTEM|\ControlSet001\Services\ExampleFaxGateway|Type|272
SYSTEM|\ControlSet001\Control\ComputerName\ComputerName|ComputerName|EXCH01
SYSTEM|\ControlSet001\Control\TimeZoneInformation|StandardName|Central Europe Standard Time
SYSTEM|\ControlSet001\Control\Terminal Server|TSAppCompat|0
SOFTWARE|\Microsoft\Exchange\Setup|Services Version|60
SOFTWARE|\Microsoft\Exchange\Setup|ServicePackBuild|6249
SOFTWARE|\Microsoft\Exchange\Setup|ServicePackNumber|3
SOFTWARE|\Microsoft\Windows NT\CurrentVersion|ProductName|Microsoft Windows 2000
SOFTWARE|\Microsoft\Windows NT\CurrentVersion\Hotfix\Q329115|Installed|1
EOF
if has hivexget "$(wc -l <"$tmp/values")"; then
	while IFS='|' read -r hive key value expected; do
		is "$(hivexget "$tmp/$hive" "$key" "$value" 2>&1)" "$expected" \
			"$hive: $key, $value"
	done <"$tmp/values"
fi

if has reglookup 4; then
	is "$(reglookup -t KEY -H "$system" 2>/dev/null |
		grep -c '^/ControlSet001/Services/[^/]*,')" 20 \
		'19 services, and counters of performance'
	# A bias is a signed number of minutes: -60.
	is "$(reglookup -H -p /ControlSet001/Control/TimeZoneInformation/ActiveTimeBias \
		"$system" 2>/dev/null | cut -d, -f3)" 0xFFFFFFC4 'the bias'
	is "$(reglookup -H -p /ControlSet001/Services/MSExchangeIS/DependOnService \
		"$system" 2>/dev/null | cut -d, -f2,3)" 'MULTI_SZ,IISADMIN|MSExchangeSA' \
		'what the store depends on'
	is "$(reglookup -t KEY -H "$software" 2>/dev/null | grep -cE '824282|817375')" 0 \
		'neither the rollup nor the hotfix'
fi

for hive in "$system" "$software"; do
	has hivexml 1 || continue
	ok "hivexml reads ${hive##*/}" hivexml "$hive"
done
done_testing
