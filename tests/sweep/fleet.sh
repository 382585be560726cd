#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The sample fleet of 40 machines, of which one hangs: what became of each, and what the index
# tells of all, is written by hand from the recipe, samples/fleethives.c and samples/incident.c.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"
# shellcheck source=tests/help/sweep.shlib
. "$srcdir/tests/help/sweep.shlib"
: "${WMSDIFF_REPORT:?is set by make check}"
need parallel

mkdir "$tmp/w"
cd "$tmp/w" || exit 99
ln -s "${SAMPLES_DIR:?is set by make check}/fleet/before" "$SAMPLES_DIR/fleet/after" .
# WS39 hangs: what runs it sleeps instead.
cat >stand-in <<END
#!/bin/sh
case "\$*" in
*/units/WS39*) exec sleep 1000 ;;
esac
exec '$WMSDIFF' "\$@"
END
chmod +x stand-in
status 0 'a plan of the fleet' "$sweep" plan before after -o plan
is "$(grep -c '^[EW]' plan)" 40 'of 40 machines'
# A person adds options to lines of the plan.
awk '/^[EW]/ { $0 = $0 "\t--restore=r" } { print }' plan >plan.tsv
status 2 'a sweep of it' "$sweep" run plan.tsv --output-dir out --time-limit 20 \
	--wmsdiff ./stand-in
is "$(cat "$tmp/out")" \
	'40 units: 38 compared (something is lost in 14), 1 incomplete, 1 failed, 0 left
index: out/index.html: 14 of 40 machines lost profiles; 1 event of several machines; '\
'1 could not be read; 1 is incomplete' 'the sum, and what the index tells'
is "$(sweep_outcomes out | tr ' ' '\n' | grep -v =compared | tr '\n' ' ')" \
	'WS33=incomplete WS39=timed_out ' 'the one that is damaged, and the one that hangs'

# lost: MACHINE PROFILE MOMENT CERTAINTY of all that is gone
for table in out/units/*/findings.csv; do
	machine=${table%/findings.csv}
	awk -F , -v machine="${machine##*/}" \
		'$4 == "deleted" { print machine, $3, substr($7, 1, 19), $9 }' "$table"
done >lost
is "$(grep -c '^EX01' lost)" 7 'the server lost seven'
grep -q '^EX01.*2003-03-18T09:14:07' lost
is $? 0 'at the moment of the incident'
{
	for i in 0 1 2 3 4 5 6 7 8 9 10; do
		for profile in Archive Outlook; do
			printf 'WS%02d %s 2003-03-18T09:%02d:%02d confirmed\n' $((i + 5)) $profile \
				$((14 + i * 20 / 60)) $((i * 20 % 60))
		done
	done
	echo 'WS20 Archive 2003-03-18T13:02:11 confirmed'
	echo 'WS30 Outlook 2003-03-19T10:40:52 confirmed'
} >expected
ok 'eleven in one event, and two by themselves' sh -c 'grep -v -e ^EX01 -e ^WS33 lost |
	sort | diff expected -'

# ---- the index ----

page=out/index.html
# It is cut off behind 6000 bytes.
damage='after/WS33/C/Documents and Settings/user33/NTUSER.DAT: 0x1770: the file ends here; '\
'a hive has at least 8192 bytes'
# section ID: of the page, its lines
section() {
	sed -n "/<section id=\"page-$1\"/,/<\/section>/p" "$page"
}
is "$(grep -c '11 machines within 4 minutes on 2003-03-18: the same script or update?' "$page")" 1 \
	'the event, an inference'
is "$(section events | grep -o '<bdi>WS[0-9]*</bdi>' | sort -u | tr -d '\n')" \
	"$(printf '<bdi>WS%02d</bdi>' 5 6 7 8 9 10 11 12 13 14 15)" 'its eleven, and nobody else'
is "$(section fault | grep '<h3>')" '<h3><bdi>EX01</bdi>: <bdi>LocalSystem</bdi></h3>' 'where the fault is supported'
is "$(section unread | grep -o '<bdi>WS[0-9]*</bdi>.*' | sed 's/<[^>]*>/ /g' | tr -s ' ')" \
	" WS39 timed_out : ran longer than 20 s 
 WS33 : user33 incomplete: $damage XML report " 'the one that hangs, the damaged one, and why'
is "$(section reports | grep -c 'WS33.*incomplete')" 1 'the one that is damaged'
# Each line leads to its report.
grep -o 'href="[^"#][^"]*"' "$page" | sed 's/^href="//; s/"$//; s/%20/ /g' | sort -u >links
ok 'there are links' test "$(wc -l <links)" -gt 39
is "$(while read -r link; do [ -e "out/$link" ] || echo "$link"; done <links)" '' \
	'and all of them lead somewhere'
is "$(sed 1d out/findings.csv | awk -F , '$5 == "deleted" { n[$1]++ }
	END { for (machine in n) print machine, n[machine] }' | sort | tr '\n' ' ')" \
	"EX01 7 $(printf 'WS%02d 2 ' 5 6 7 8 9 10 11 12 13 14 15)WS20 1 WS30 1 " \
	'the table has all losses'

if "$WMSDIFF_REPORT" --version | grep -q '^sqlite ' && command -v sqlite3 >/dev/null; then
	# The questions of the manual, as they are printed.
	awk -v folder="$PWD" '
		/^\.Bd / { inside = 1; next }
		/^\.Ed/ { inside = 0 }
		inside && /^SELECT/ { n++ }
		inside && n && !/^\$/ { print >(folder "/question" n) }' "$srcdir/doc/wmsdiff-sweep.1"
	# answers N NAME: what that question yields is on standard input
	answers() {
		cat >expected
		sqlite3 -readonly out/index.sqlite <"question$1" >got 2>&1
		ok "$2" diff expected got
	}
	answers 1 'which machines lost profiles, and how many' <<-END
		EX01|7
		$(printf 'WS%02d|2\n' 5 6 7 8 9 10 11 12 13 14 15)
		WS20|1
		WS30|1
	END
	answers 2 'which of them together' <<-END
		$(printf '1|11|2003-03-18T09:14:00.0000000Z|WS%02d\n' 5 6 7 8 9 10 11 12 13 14 15)
	END
	answers 3 'where the fault is, and what is to be stopped there' <<-END
		EX01|LocalSystem|stop_service|ExampleAntivirus
		EX01|LocalSystem|stop_service|ExampleFaxGateway
		EX01|LocalSystem|stop_service|ExampleBackupAgent
	END
	answers 4 'what could not be read, and why' <<-END
		WS33|incomplete|$damage
		WS39|timed_out|ran longer than 20 s
	END
	sqlite3 -readonly out/index.sqlite <question5 >got
	is "$(cut -d '|' -f 1,3 got | grep ^WS | tr '\n' ' ')" \
		"$(printf 'WS%02d|Archive WS%02d|Outlook ' 5 5 6 6 7 7 8 8 9 9 10 10 11 11 12 12 \
			13 13 14 14 15 15)WS20|Archive WS30|Outlook " 'what can be brought back'
	is "$(cut -d '|' -f 4 got | while read -r file; do [ -s "out/$file" ] || echo "$file"; done)" \
		'' 'by files that are there'
	is "$(sqlite3 -readonly out/index.sqlite "SELECT unit.outcome, unit.status, unit.host,
		unit.seconds > 0, length(unit.identity), unit.wmsdiff FROM unit JOIN machine
		USING (machine) WHERE name IN ('WS01', 'WS05', 'WS33', 'WS39') ORDER BY name")" \
		"$(printf '%s\n' 'compared|0' 'compared|1' 'incomplete|2' 'timed_out|' |
			sed "s/\$/|$(uname -n)|1|64|$("$WMSDIFF" --version | head -n 1)/")" 'the columns of what became of each'
else
	skip 7 'built without SQLite, or there is no sqlite3'
fi
done_testing
