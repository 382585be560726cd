#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The questions of wmsdiff-sweep(1), put to the index of a small fleet as they are printed
# there.  The answers were written by hand from how the fleet was made: tests/help/fleet.shlib.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"
# shellcheck source=tests/help/fleet.shlib
. "$srcdir/tests/help/fleet.shlib"
: "${WMSDIFF_REPORT:?is set by make check}"
need sha256sum sqlite3
"$WMSDIFF_REPORT" --version | grep -q '^sqlite ' || skip_all 'built without SQLite'

sample_fleet "$tmp/fleet"
"$WMSDIFF_REPORT" index "$tmp/fleet" >/dev/null 2>&1

# Each statement of the manual to a file of its number.
awk -v folder="$tmp" '
	/^\.Bd / { inside = 1; next }
	/^\.Ed/ { inside = 0 }
	inside && /^SELECT/ { n++ }
	inside && n && !/^\$/ { print >(folder "/question" n) }
	END { print n }' "$srcdir/doc/wmsdiff-sweep.1" >"$tmp/n"
is "$(cat "$tmp/n")" 5 'the manual prints five'

# answers N NAME: what the statement of that number yields is on standard input
answers() {
	cat >"$tmp/expected"
	sqlite3 -readonly "$tmp/fleet/index.sqlite" <"$tmp/question$1" >"$tmp/got" 2>&1
	is "$(cat "$tmp/got")" "$(cat "$tmp/expected")" "$2"
}

answers 1 'which machines lost profiles, and how many' <<'END'
exch01|7
wide|1
ws01|1
ws01again|1
ws02|1
ws03|1
ws05|1
END
answers 2 'which of them together' <<'END'
1|3|2016-03-14T09:14:07.6200811Z|ws01
1|3|2016-03-14T09:14:07.6200811Z|ws01again
1|3|2016-03-14T09:14:07.6200811Z|ws02
1|3|2016-03-14T09:14:07.6200811Z|ws03
END
answers 3 'where the fault is, and what is to be stopped there' <<'END'
exch01|LocalSystem|stop_service|ExampleAntivirus
exch01|LocalSystem|stop_service|ExampleFaxGateway
exch01|LocalSystem|stop_service|ExampleBackupAgent
END
answers 4 'what could not be read, and why' <<END
cut|report|$(sed -n 's|.*<bdi>\(line [0-9]*: no well-formed XML: [^<]*\)</bdi>.*|\1|p' \
	"$tmp/fleet/index.html" | sed 's/&#39;/'"'"'/g; s/&gt;/>/g; s/&lt;/</g')
hangs|timed_out|no end after 60 s
next|report|is a report of another version of the format than 1
END
answers 5 'which lost profiles have a .reg file' <<END
exch01|LocalSystem|Exchange Administrator|units/exch01/LocalSystem/r/$(
	ls "$tmp/fleet/units/exch01/LocalSystem/r")
END

# The tables of the manual, and their columns, are those of the database.
sqlite3 -readonly "$tmp/fleet/index.sqlite" "SELECT name FROM sqlite_schema
	WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite%'" | sort >"$tmp/tables"
sed -n '/^\.Sh DATABASE/,/^\.Sh /s/^\.\(It \)\{0,1\}Cm \(.*\)/\2/p' \
	"$srcdir/doc/wmsdiff-report.1" | tr -s ' ,' '[\n*]' | grep -x '[a-z_]*' | sort >"$tmp/told"
is "$(cat "$tmp/told")" "$(cat "$tmp/tables")" 'the manual has all tables and views'
sed -n '/^\.Sh DATABASE/,/^\.Sh /p' "$srcdir/doc/wmsdiff-report.1" | tr -s ' ,' '[\n*]' |
	sort -u >"$tmp/words"
is "$(while read -r table; do
	sqlite3 -readonly "$tmp/fleet/index.sqlite" "SELECT name FROM pragma_table_info('$table')"
done <"$tmp/tables" | sort -u | comm -23 - "$tmp/words" | grep -vx 'machines\|loss' | tr '\n' ' ')" \
	'' 'and all columns'
done_testing
