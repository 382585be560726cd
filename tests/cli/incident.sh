#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The incident sample with all that was saved of its server: KB 817375 with every condition
# met, shown at the bytes that say so; what each piece of evidence decides; and what else
# would have to be true.  What is expected is told by the recipes: incident.c,
# incident_server.c, exchange2000*.c, causes.c.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"
# shellcheck source=tests/help/xpath.shlib
. "$srcdir/tests/help/xpath.shlib"
# shellcheck source=tests/help/causes.shlib
. "$srcdir/tests/help/causes.shlib"
need xmllint od dd

sample=${SAMPLES_DIR:?is set by make check}/exchange2000
before=$sample-before.DEFAULT
after=$sample-after.DEFAULT
kb="//diagnosis[@cause='kb_817375']"
exit_status=1 # of the next runs: a profile is gone

# run NAME STATUS ARGUMENT...: the report loaded, the page in $tmp/page
run() {
	run_name=$1 run_status=$2
	shift 2
	rm -f "$tmp/report.xml"
	status "$run_status" "$run_name" timeout -k 1 60 "$WMSDIFF" -o "$tmp/report.xml" "$@"
	cp "$tmp/out" "$tmp/page"
	ok "$run_name: the report is valid" xmllint --nonet --huge --noout \
		--schema "${SCHEMA_DIR:?is set by make check}/report.xsd" "$tmp/report.xml"
	load "$tmp/report.xml"
	is "$(grades)" "$(ruled)" "$run_name: each grade is what its conditions make"
}

# incident NAME WITHOUT ARGUMENT...: the sample with its companions but those of WITHOUT
# (words with a blank on both sides); a companion among the arguments takes their place
incident() {
	incident_name=$1 without=" $2 "
	shift 2
	case $without in *" software "*) ;; *) set -- --software "$sample-SOFTWARE" "$@" ;; esac
	case $without in *" system "*) ;; *) set -- --system "$sample-SYSTEM" "$@" ;; esac
	case $without in *" tlist-s "*) ;; *) set -- --modules "$sample-tlist-s.txt" "$@" ;; esac
	case $without in *" tlist-m "*) ;; *) set -- --modules "$sample-tlist-m.txt" "$@" ;; esac
	case $without in *" mapi32 "*) ;; *) set -- --mapi32 "$sample-mapi32.dll" "$@" ;; esac
	case $without in
	*" events "*) ;;
	*) set -- --events "$sample-Application.evt" "$@" ;;
	esac
	case $without in *" hives "*) ;; *) set -- "$@" "$before" "$after" ;; esac
	run "$incident_name" "$exit_status" "$@"
}

# hex FILE OFFSET COUNT: bytes as digits
hex() {
	od -An -v -tx1 -j "$2" -N "$3" "$1" | tr -d ' \n'
}

# text FILE OFFSET COUNT
text() {
	dd if="$1" bs=1 skip="$2" count="$3" 2>/dev/null
}

# ---- all of it ----

incident "all companions" ""
is "$(grade kb_817375)" supported "KB 817375 is supported"
is "$(weighed | awk '$2 == "kb_817375" && $4 != "hint" && $5 != "met"')" "" \
	"every condition of it is met"
is "$(grades | awk '$3 == "supported" || $3 == "possible" { print $2 }')" kb_817375 \
	"and no other cause is"
is "$(count "$kb/condition[@state='met' and not(evidence)]")" 1 \
	"every condition that is met shows its evidence"
is "$(query "$kb/condition[@state='met' and not(evidence)]/@id")" later_state \
	"but that which is told by all keys"

# Of each place: the file, the offset, and what is said to stand there.
list "//input/@id" | while read -r id; do
	printf '%s\t%s\n' "$id" "$(query "//input[@id='$id']//filename")"
done >"$tmp/inputs"
list "$kb/condition/evidence[@offset]/@input" >"$tmp/places.input"
list "$kb/condition/evidence[@offset]/@offset" >"$tmp/places.offset"
list "$kb/condition/evidence[@offset]/@value" >"$tmp/places.value"
paste "$tmp/places.input" "$tmp/places.offset" "$tmp/places.value" >"$tmp/places"
# utf16 TEXT: as digits of UTF-16LE, ASCII only
utf16() {
	printf %s "$1" | od -An -v -tx1 | tr -d ' \n' | sed 's/../&00/g'
}
tab=$(printf '\t')
wrong='' seen=0 kinds=''
while IFS=$tab read -r input offset value; do
	file=$(awk -F "$tab" -v id="$input" '$1 == id { print $2 }' "$tmp/inputs")
	file=$SAMPLES_DIR/${file##*/}
	case $file:$offset in
	*.DEFAULT:48) # the end of its own path, in the base block
		kind=path want=$(utf16 "$value") ;;
	*.DEFAULT:* | *-SYSTEM:* | *-SOFTWARE:*)
		kind=$(text "$file" "$offset" 2) want=$(printf '%s' "$kind" | od -An -tx1 | tr -d ' \n')
		case $kind in
		nk) # the name stands at 76 of the record
			case $value in
			/o=*) ;; # of a profile: what its values say
			*) want=$(printf %s "$value" | od -An -v -tx1 | tr -d ' \n') offset=$((offset + 76)) ;;
			esac ;;
		vk) ;;
		*) kind=nothing want=none ;;
		esac ;;
	*-mapi32.dll:*) # dwFileVersionMS and LS: 6.0 and 6249.0
		kind=version want=0000060000006918 ;;
	*-tlist-m.txt:*) # "bkagent.exe, process 2420"
		kind=row want=$(printf 'MAPI32.DLL - %4u %s' "${value##* }" "${value%%,*}" |
			od -An -v -tx1 | tr -d ' \n') ;;
	*-Application.evt:*) # the length, then the signature
		kind=record want=4c664c65 offset=$((offset + 4)) ;;
	*) kind=nothing want=none ;;
	esac
	[ "$(hex "$file" "$offset" $((${#want} / 2)))" = "$want" ] ||
		wrong="$wrong$input $offset $value
"
	seen=$((seen + 1)) kinds="$kinds $kind"
done <"$tmp/places"
is "$wrong" "" "at each place shown stands what is said"
is "$(printf %s "$kinds" | tr ' ' '\n' | sort -u | tr '\n' ' ')" \
	" nk path record row version vk " "$seen places of every kind were looked at"
offset=$(query "$kb/condition[@id='event_9202']/evidence/@offset")
# 9202, with severity 3 and the customer bit, at 20 of the record; the time, of
# 1970 and UTC, at 12.
is "$(hex "$sample-Application.evt" $((offset + 20)) 4)" f22304c0 "the record is of event 9202"
is "$(hex "$sample-Application.evt" $((offset + 12)) 4)" \
	"$(printf '%08x' "$(date -u -d '2003-03-18 09:14:09' +%s)" |
		sed 's/\(..\)\(..\)\(..\)\(..\)/\4\3\2\1/')" "and of 09:14:09"
is "$(query "count($kb/condition[@id='wms_list']/evidence)")" 7 "all seven losses are shown"
is "$(query "$kb/condition[@id='wms_list']/@changes")" "c1 c2 c3 c4 c5 c6 c7" "and named"

# ---- the same as it was saved: two folders, and no option ----

grades >"$tmp/grades.named"
list "//change/@kind" >"$tmp/changes.named"
advised=$(list "$kb/advice/@code")
run "two folders" 1 "$SAMPLES_DIR/incident/before" "$SAMPLES_DIR/incident/after"
is "$(list "//input/@role" | tr '\n' ' ')" \
	"hive log hive log mapi32 modules modules system software events " "all of it is found"
is "$(list "//log/@reason" | tr '\n' ' ')" "hive_is_clean hive_is_clean " \
	"the logs are those of the last writing"
grades >"$tmp/grades.found"
list "//change/@kind" >"$tmp/changes.found"
ok "each cause is weighed as with the files named" cmp "$tmp/grades.named" "$tmp/grades.found"
ok "the same is gone" cmp "$tmp/changes.named" "$tmp/changes.found"
is "$(list "$kb/advice/@code")" "$advised" "the same is to be done"
incident "all companions again" ""

# ---- what to do ----

advice="$kb/advice"
# By process id: 1876, 2032, 2420.
is "$(list "${advice}[@code='stop_service']/@name" | tr '\n' ' ')" \
	"ExampleAntivirus ExampleFaxGateway ExampleBackupAgent " \
	"the third parties' services are to be stopped"
is "$(list "${advice}[@code='restart_service']/@name")" \
	"$(list "${advice}[@code='stop_service']/@name")" "the same are to be started again"
is "$(list "${advice}[@code='shared_host']/@name")" inetinfo.exe "a shared host is told apart"
is "$(list "${advice}[@code='exchange_service']/@name" | tr '\n' ' ')" "events.exe mad.exe " \
	"and so are Exchange's own"
is "$(list "$advice/@code" | grep -v confirm_first | uniq | tr '\n' ' ')" \
	"service_pack_present stop_service shared_host exchange_service install_fix restart_service check_version check_events check_profiles " \
	"the steps are complete and in order"
is "$(count "${advice}[@code='confirm_first']")" 0 \
	"what is not sure is to be confirmed first"
for said in 'SMTPSVC' 'W3SVC'; do
	ok "the host's services are named: $said" \
		grep -q "\"$said\"" "$tmp/loaded.xml"
done
one_line "$tmp/page" >"$tmp/line"
for said in 'cause kb_817375' 'Stop ExampleAntivirus, ExampleFaxGateway, ExampleBackupAgent.' \
	'Perhaps stop inetinfo.exe.' 'rollup 824282' '6.0.6448.0'; do
	ok "the summary says $said" grep -qF "$said" "$tmp/line"
done
counted="$kb/condition[@weight!='hint']"
is "$(grep -o '[0-9]* of [0-9]* conditions met' "$tmp/line")" \
	"$(count "${counted}[@state='met']") of $(count "$counted") conditions met" \
	'the summary counts what the grade counts'
incident 'spelled out' '' --full
one_line "$tmp/page" >"$tmp/line"
for said in 'net stop "ExampleAntivirus"' 'net stop "ExampleFaxGateway"' \
	'net stop "ExampleBackupAgent"' 'net start "ExampleAntivirus"' \
	'net start "ExampleFaxGateway"' 'net start "ExampleBackupAgent"' \
	'cause kb_817375' 'rollup 824282' '6.0.6448.0' 'inetinfo.exe, process 1112'; do
	ok "the summary says $said" grep -qF "$said" "$tmp/line"
done
status 1 "the summary stops no service of Exchange or of the host" \
	grep -qE 'net (stop|start) "(MSExchange|IISADMIN|SMTPSVC|W3SVC)' "$tmp/line"

# ---- what rests on no source is told so ----

basis() {
	query "$kb/condition[@id='$1']/@basis"
}
is "$(basis local_system_hive) $(basis event_9202) $(basis mapi32_affected)" \
	"documented documented documented" "what the article says is documented"
is "$(basis other_identity) $(basis process_runs) $(basis default_untouched)" \
	"inferred inferred inferred" "what is concluded from it is inferred"
is "$(basis fix_absent)" unconfirmed "where the rollup would be listed is not confirmed"
is "$(list "//holder/@class_basis" | tr '\n' ' ')" \
	"inferred documented inferred inferred inferred inferred " \
	"whose a program is, is inferred from its name, but for events.exe"
is "$(query "//mapi32/@verdict_basis")" documented "the verdict on Mapi32.dll is documented"
weighed | sort >"$tmp/full"

# ---- without one of them ----

# Each: what is left out, and the conditions that nobody can know then, of all causes.
# Without tlist -s the SYSTEM hive tells the services of a program's name.
while read -r without expected; do
	without=$(printf %s "$without" | tr + ' ')
	incident "without $without" "$without"
	weighed | sort >"$tmp/less"
	is "$(comm -13 "$tmp/full" "$tmp/less" | cut -d ' ' -f 3 | sort -u | tr '\n' ' ')" \
		"${expected:+$expected }" "without $without: just these conditions change"
	is "$(comm -13 "$tmp/full" "$tmp/less" | awk '$5 != "unknown"')" "" \
		"without $without: they are unknown"
	is "$(grade kb_817375)" "$([ "$expected" ] && echo possible || echo supported)" \
		"without $without: the grade of KB 817375"
done <<EOT
mapi32 mapi32_affected
tlist-m local_system_service other_identity third_party_holder
tlist-s
tlist-m+tlist-s local_system_service other_identity process_gone process_runs third_party_holder
system local_system_service terminal_server
software exchange_2000 exchange_55 fix_absent outlook_installed
events event_9202 event_es_11
EOT
incident "without tlist-s" "tlist-s"
is "$(list "${advice}[@code='stop_service']/@name" | tr '\n' ' ')" \
	"ExampleAntivirus ExampleFaxGateway ExampleBackupAgent " \
	"without tlist -s: the programs' names tell the services"
is "$(basis local_system_service)" inferred "which is inferred then"
incident "without both listings" "tlist-s tlist-m"
is "$(list "${advice}[contains(@code, '_service')]/@name")" "" "without listings: no service is named"
is "$(count "${advice}[@code='list_holders']")" 1 "but how to find them"
run "without any" 1 "$before" "$after"
is "$(weighed | awk '$2 == "kb_817375" && $5 != "unknown" { print $3 }' | tr '\n' ' ')" \
	"later_state local_system_hive wms_list several_at_once default_untouched " \
	"without any: the hives alone tell these"
is "$(grade kb_817375)" possible "which makes it possible"

# ---- another Mapi32.dll ----

incident "its version" mapi32 --mapi32 6.0.6249.0
is "$(grade kb_817375)" supported "the number alone serves as well"
is "$(count "$kb/condition[@id='mapi32_affected']/evidence[not(@input)]")" 1 \
	"it is shown as told, in no file"
incident "the fixed one" mapi32 --mapi32 6.0.6448.0
is "$(grade kb_817375) $(state kb_817375 mapi32_affected)" "ruled_out not_met" \
	"the fixed file rules it out"
is "$(count "$advice")" 0 "and nothing is advised for it"
incident "the one of Exchange 2003" mapi32 --mapi32 6.5.6944.0
is "$(grade kb_817375) $(state kb_817375 mapi32_affected)" "ruled_out not_met" \
	"so does the file of Exchange 2003"
is "$(basis mapi32_affected)" inferred "which is inferred"
incident "the stub" mapi32 --mapi32 1.0.2536.0
is "$(state kb_817375 mapi32_affected) $(basis mapi32_affected) $(grade kb_817375)" \
	"unknown unconfirmed possible" "a stub by its version decides nothing, and is unconfirmed"
incident "an old one" "mapi32 software" --mapi32 6.0.5762.0
ok "a file from before Service Pack 3 asks for it, if its build is that of the pack" \
	grep -q 'code="service_pack_needed".*seems older than that, if' "$tmp/loaded.xml"

# ---- another server ----

# server NAME: its SOFTWARE hive
server() {
	mkdir "$tmp/$1"
	ok "$1: built" "$builddir/samples/causes" "$1" "$tmp/$1"
	incident "$1" software --software "$tmp/$1/SOFTWARE"
}
server software-2003
is "$(grade kb_817375) $(state kb_817375 exchange_2000)" "ruled_out not_met" \
	"Exchange 2003 rules it out"
server software-sp2
is "$(list "$advice/@code" | grep -v confirm_first | head -n 1)" service_pack_needed \
	"Service Pack 3 comes first"
is "$(state kb_817375 exchange_2000)" met "Service Pack 2 is Exchange 2000 as well"
server software-rollup
is "$(grade kb_817375) $(state kb_817375 fix_absent) $(basis fix_absent)" \
	"possible not_met documented" "a rollup from before the loss speaks against it"
is "$(text "$tmp/software-rollup/SOFTWARE" \
	"$(query "$kb/condition[@id='fix_absent']/evidence/@offset")" 2)" nk "its key is shown"
server software-rollup-later
is "$(state kb_817375 fix_absent)" met "one from after the loss does not"

# ---- other hives ----

incident "a single hive and a rollup" "hives software" \
	--software "$tmp/software-rollup/SOFTWARE" "$SAMPLES_DIR/exchange2000alone-after.DEFAULT"
is "$(state kb_817375 fix_absent)" unknown \
	"of one profile the time is lost: it may have gone before the rollup"
incident "a single hive" hives "$SAMPLES_DIR/exchange2000alone-after.DEFAULT"
is "$(grade kb_817375)" supported \
	"a single hive, with what is recovered of it, tells as much"
is "$(count "//diagnosis[@comparison]")" 0 "it is of no comparison"
is "$(list "//diagnosis/@cause" | tr '\n' ' ')" \
	"kb_817375 kb_818861 kb_303221 user_deletion session_end " "causes that need a pair are left out"
incident "a dirty hive and its log" hives "$SAMPLES_DIR/exchange2000log-after.DEFAULT"
is "$(grade kb_817375)" supported \
	"the hive as found is the one from before"
is "$(state rolled_back after_older)" not_met "and not a later one"
incident "three hives" hives "$before" "$after" "$SAMPLES_DIR/exchange2000alone-after.DEFAULT"
is "$(list "//diagnosis/@comparison" | sort -u)" d1 "of three hives the comparison with losses is explained"
incident "without recovery" "" --no-recover
is "$(state kb_817375 several_at_once) $(grade kb_817375)" "unknown possible" \
	"without recovery the moments are not known"
exit_status=0
incident "the wrong way round" hives "$after" "$before"
is "$(grades | awk '$3 != "ruled_out" { print $2, $3 }')" "rolled_back supported" \
	"hives in the wrong order are told as that, and nothing else"

# ---- one machine ----

is "$(count "//diagnostic[@code='machines_differ']")" 0 "hive and log of one machine"
LC_ALL=C sed 's/E\x00X\x00C\x00H\x000\x001\x00/E\x00X\x00C\x00H\x000\x002\x00/g' \
	"$sample-Application.evt" >"$tmp/other.evt"
status 1 "a log of another machine" "$WMSDIFF" -q -o "$tmp/other.xml" \
	--system "$sample-SYSTEM" --events "$tmp/other.evt" "$before" "$after"
load "$tmp/other.xml"
is "$(list "//diagnostic[@code='machines_differ']/@input")" \
	"$(list "//input[@role='events']/@id")" "is told of, at the log"

# A transcript of a session: what it says of where it was taken stands above the listing.
exit_status=1
for name in EXCH01 exch01.example.com EXCH02; do
	{
		printf '**********************\r\nWindows PowerShell transcript start\r\n'
		printf 'Machine: %s (Microsoft Windows NT 5.0.2195.0)\r\n' $name
		printf '**********************\r\nPS C:\\> tlist -m mapi32.dll\r\n'
		cat "$sample-tlist-m.txt"
	} >"$tmp/transcript-$name.txt"
	incident "a transcript of $name" tlist-m --modules "$tmp/transcript-$name.txt"
	is "$(list "//listing[@machine='$name']/@processes")" \
		"$(list "//listing[@kind='tlist_modules']/@processes")" "$name: all is shown"
	case $name in
	EXCH02)
		is "$(list "//diagnostic[@code='machines_differ']/@input")" \
			"$(list "//input[@role='modules'][.//listing/@machine]/@id")" \
			'another machine: told, at the listing'
		is "$(count //holder)" 0 'another machine: nobody holds the file by it'
		is "$(grade kb_817375)" possible 'another machine: it supports nothing'
		;;
	*)
		is "$(count "//diagnostic[@code='machines_differ']")" 0 "$name: this machine"
		is "$(grade kb_817375)" supported "$name: as the listing alone"
		;;
	esac
done

done_testing
