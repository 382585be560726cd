#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Reports are valid against the schema that ships with the program; the schema refuses
# what is no report; its words are those of the code and of the manual.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"

need xmllint
schema=${SCHEMA_DIR:?is set by make check}/report.xsd
src=$srcdir/src manual=$srcdir/doc/wmsdiff-report.5

validate() {
	xmllint --nonet --noout --schema "$schema" "$1"
}

# report ARGUMENT...: as $tmp/report.xml, if there is one
report() {
	rm -f "$tmp/report.xml"
	report_status=0
	"$WMSDIFF" -q -o "$tmp/report.xml" "$@" 2>"$tmp/messages" </dev/null ||
		report_status=$?
}

# valid NAME ARGUMENT...: the report of a run with these arguments is valid
valid() {
	valid_name=$1
	shift
	report "$@"
	ok "$valid_name" validate "$tmp/report.xml"
}

# valid_or_refused NAME ARGUMENT...: the same, but what is no hive may be refused
valid_or_refused() {
	valid_name=$1
	shift
	report "$@"
	if [ -f "$tmp/report.xml" ]; then
		ok "$valid_name" validate "$tmp/report.xml"
	else
		is "$report_status $(grep -c '^wmsdiff: ' "$tmp/messages")" '2 1' \
			"$valid_name (refused)"
	fi
}

# ---- the samples ----

for sample in exchange2000:DEFAULT outlook:NTUSER.DAT exchange2000log:DEFAULT \
	outlook2016log:NTUSER.DAT; do
	before=${SAMPLES_DIR:?is set by make check}/${sample%:*}-before.${sample#*:}
	after=$SAMPLES_DIR/${sample%:*}-after.${sample#*:}
	sample=${sample%:*}
	valid "$sample: a pair" "$before" "$after"
	valid "$sample: reversed" "$after" "$before"
	valid "$sample: one snapshot" "$before"
	valid "$sample: the other one" "$after"
	valid "$sample: logs skipped" --skip-logs "$before" "$after"
	valid "$sample: in full" --full "$before" "$after"
	valid "$sample: the whole hive" --key "\\" "$before" "$after"
	valid "$sample: both" --full --key "\\" "$after" "$before"
	valid "$sample: a key that is not there" --key 'No\Such Key' "$before" "$after"
	valid "$sample: the same file twice" "$before" "$before"
	valid "$sample: three snapshots" "$before" "$after" "$before"
	valid "$sample: an empty case" --case '' "$before"
	valid "$sample: for the record" --case 'A & B <1>' --examiner "$(printf 'e\001')" \
		--note '"quoted"' "$before" "$after"
done

# What is recovered: from one hive, and held against an earlier one.
before=$SAMPLES_DIR/exchange2000-before.DEFAULT
alone=$SAMPLES_DIR/exchange2000alone-after.DEFAULT
valid 'exchange2000alone: one snapshot' "$alone"
valid 'exchange2000alone: the whole hive' --key "\\" "$alone"
valid 'exchange2000alone: without recovery' --no-recover "$alone"
valid 'exchange2000alone: an earlier hive' "$before" "$alone"
valid 'exchange2000alone: in full' --full --key "\\" "$before" "$alone"
valid 'exchange2000alone: three snapshots' "$before" "$SAMPLES_DIR/exchange2000-after.DEFAULT" \
	"$alone"
valid 'exchange2000alone: an earlier hive, without recovery' --no-recover "$before" "$alone"

# A log of every outcome, and what is said of it.
after=$SAMPLES_DIR/outlook2016log-after.NTUSER.DAT
: >"$tmp/empty"
head -c 70000 "$after.LOG1" >"$tmp/cut"
for log in "$tmp/empty" "$tmp/cut" "$after" "$SAMPLES_DIR/outlook2016log-after.NTUSER.DAT.LOG2" \
	"$SAMPLES_DIR/exchange2000log-after.DEFAULT.LOG" "$tmp/none" "$0"; do
	cp "$after" "$tmp/dirty"
	valid "a dirty hive with log ${log##*/}" --full "$tmp/dirty" --log "$log"
done
valid 'a clean hive with a log' "$SAMPLES_DIR/outlook-before.NTUSER.DAT" --log "$after.LOG1"

# Whatever stands in them, redacted cells are empty.
report --full --key "\\" "$SAMPLES_DIR/outlook-before.NTUSER.DAT" \
	"$SAMPLES_DIR/outlook-after.NTUSER.DAT"
ok 'some cells are redacted' grep -q 'redacted="1"' "$tmp/report.xml"
is "$(grep -E 'redacted="1"[^>]*>[^<]' "$tmp/report.xml")" '' 'and they hold nothing'

# ---- real hives ----

if [ -n "${HIVES:-}" ]; then
	find "$HIVES" -type f ! -name '*.md' ! -name '*.xz' | sort >"$tmp/hives"
	ok 'there are hives' test -s "$tmp/hives"
	previous=
	while read -r hive; do
		name=${hive#"$HIVES"/}
		valid_or_refused "$name" "$hive"
		if [ -z "$previous" ]; then
			previous=$hive
		elif [ -f "$tmp/report.xml" ]; then
			valid_or_refused "$name after ${previous#"$HIVES"/}" --full \
				--key "\\" "$previous" "$hive"
			previous=$hive
		fi
	done <"$tmp/hives"
else
	skip 1 'there are no real hives'
fi

# ---- what the format sets aside for later ----

report --case 1 "$SAMPLES_DIR/outlook-before.NTUSER.DAT" \
	"$SAMPLES_DIR/outlook-before.NTUSER.DAT" "$SAMPLES_DIR/outlook-after.NTUSER.DAT"
good=$tmp/good.xml
mv "$tmp/report.xml" "$good"

hash=e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
cell='<regxml:cellobject origin="tail" path_certainty="partial" inferred="name_length data">
 <regxml:cellpath>A</regxml:cellpath>
 <regxml:basename basename_utf16="0041">A</regxml:basename>
 <regxml:name_type>v</regxml:name_type><regxml:alloc>0</regxml:alloc>
 <regxml:data_type>4660</regxml:data_type>
 <regxml:data encoding="base64" unknown="0+4 8+2">AAECAw==</regxml:data>
 <dfxml:byte_runs><dfxml:byte_run input="i1" file_offset="8" len="4"/></dfxml:byte_runs>
</regxml:cellobject>'
profile='<profile id="p1" name="Lost" list="profiles" origin="log" default="0"
 filetime="0" sections="0" values="0" digest="'$hash'" completeness="partial"/>'
profile=${profile%/>}'>'$cell'</profile>'
profile=$profile awk '
	/<recovered .*[^\/]>$/ && !recovered++ { print; print ENVIRON["profile"]; next }
	{ print }
' "$good" >"$tmp/later.xml"
ok 'what the program does not write yet is valid too' validate "$tmp/later.xml"
ok 'and stands there' grep -q 'origin="log"' "$tmp/later.xml"

# ---- what is no report ----

# refused NAME FILE: well-formed, changed, and not valid (3 is xmllint's word for that)
refused() {
	if cmp -s "$good" "$2"; then
		tap 'not ok' "$1: nothing changed"
	elif ! xmllint --noout "$2" 2>"$tmp/err"; then
		tap 'not ok' "$1: not well-formed"
	else
		status 3 "$1" validate "$2"
	fi
}

ok 'the report to be spoilt is valid' validate "$good"

# spoil: lines of a name and a script for sed; each makes something else of $good
spoil() {
	while IFS='|' read -r name script; do
		sed "$script" "$good" >"$tmp/spoilt.xml"
		refused "$name" "$tmp/spoilt.xml"
	done
}
spoil <<'END'
another namespace|s/urn:wmsdiff:report:1/urn:wmsdiff:report:2/
another namespace of cells|s,/wiki/RegXML",/wiki/RegXML2",
another namespace of files|s/Digital_Forensics_XML"/Digital_Forensics"/
no version|2s/ version="1.0"//
another major version|2s/ version="1.0"/ version="2.0"/
no creator|/<dfxml:creator>/,/<\/dfxml:creator>/d
no command line|/<dfxml:command_line>/d
no file name|/<dfxml:filename>/d
no hash of an input|/<dfxml:fileobject>/,/<\/dfxml:fileobject>/{/<dfxml:hashdigest/d;}
no summary|/<summary /d
a case behind the summary|/<case /{h;d;};/<summary /G
a reason before the deletion|s/<deletion /<reason code="same_name">same<\/reason>&/
a snapshot without readers|s/ readers="[a-z]*"//
a change without certainty|s/ certainty="[a-z]*"//
a change without its list|/<change /s/ list="[a-z_]*"//
a bound without its raw time|/<bound /s/ filetime="[0-9]*"//
a bound without its place|/<bound /s/ offset="[0-9]*"//
a key's time without its raw time|/<regxml:mtime/s/ filetime="[0-9]*"//
a profile without its digest|/<profile /s/ digest="[0-9a-f]*"//
a secret without its length|/<secret /s/ bytes="[0-9]*"//
a diagnostic without severity|/<diagnostic /s/ severity="[a-z]*"//
a summary without a count|/<summary /s/ deleted="[0-9]*"//
an unknown attribute|s/<change /<change colour="red" /
an unknown role|s/role="hive"/role="hives"/
an unknown state|/<hive /s/ state="[a-z]*"/ state="odd"/
an unknown word for the readers|s/ readers="[a-z]*"/ readers="yes"/
an unknown pairing|s/ paired_by="[a-z]*"/ paired_by="luck"/
an unknown kind of store|/<store /s/ kind="[a-z0-9]*"/ kind="mapi"/
an unknown kind of change|/<change /s/ kind="deleted"/ kind="removed"/
an unknown certainty|s/ certainty="[a-z]*"/ certainty="likely"/
an unknown reason|/<reason /s/ code="absent_after"/ code="missing"/
an unknown source of a bound|/<bound /s/ source="[a-z_]*"/ source="guess"/
an unknown diagnostic|/<diagnostic /s/ code="[a-z_]*"/ code="strange"/
an unknown severity|/<diagnostic /s/ severity="[a-z]*"/ severity="fatal"/
an unknown kind of file|/<file /s/ kind="[a-z]*"/ kind="zip"/
an unknown kind of account|/<account /s/ kind="[a-z0-9]*"/ kind="smtp"/
an unknown exit status|s/ exit_status="[0-9]"/ exit_status="3"/
a hash of another kind|s/type="sha256"/type="md5"/
a short hash|s/\(type="sha256">\)[0-9a-f]/\1/
a hash in capitals|s/\(type="sha256">\).\{64\}/\1E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855/
a time without its zone|/<bound /s/Z" filetime/" filetime/
a time of another zone|/<bound /s/Z" filetime/+00:00" filetime/
a time of six decimals|/<bound /s/[0-9]Z" filetime/Z" filetime/
a time with a blank|/<bound /s/T\([0-9:.]*Z\)/ \1/
a time of no calendar|/<bound /s/-[0-9][0-9]T/-32T/
a negative offset|/<bound /s/ offset="/&-/
an offset in hexadecimal|/<bound /s/ offset="/&0x/
no truth value|s/ present="1"/ present="true"/
a secret that is half redacted|s/ redacted="1"/ redacted="0"/
data that are no base64|s/\(<regxml:data encoding="base64">\)./\1*/
data in another encoding|s/<regxml:data encoding="base64"/<regxml:data encoding="hex"/
a type that has another name|s/<regxml:data_type>REG_SZ</<regxml:data_type>REG_STRING</
a number for a type that has a name|s/<regxml:data_type>REG_SZ</<regxml:data_type>1</
half a code unit|/<profile /s/ name=/ name_utf16="004" name=/
a tag without 0x|s/ tag="0x/ tag="/
a cell's name before its path|/<regxml:cellpath>/{h;d;};/<regxml:basename>/G
a cell's kind behind its state|/<regxml:name_type>/{h;d;};/<regxml:alloc>/G
a cell's data before their type|/<regxml:data_type>/{h;d;};/<regxml:data encoding/G
a value with a time|s/<regxml:data_type>/<regxml:mtime filetime="0">1601-01-01T00:00:00.0000000Z<\/regxml:mtime>&/
a value without data|/<regxml:data encoding/d
a cell without a state|/<regxml:alloc>/d
a cell without its place|/<dfxml:byte_runs>/,/<\/dfxml:byte_runs>/d
a cell that is no longer deleted|s/delta:deleted_cell="1"/delta:deleted_cell="0"/
a mark outside its namespace|s/delta:deleted_cell="1"/deleted_cell="1"/
a foreign element at the top|s/<summary /<other xmlns="urn:example:other"\/>&/
a foreign element in a cell|s/<regxml:alloc>/<other xmlns="urn:example:other"\/>&/
an element of RegXML that is not used|s/<regxml:alloc>/<regxml:error>x<\/regxml:error>&/
text between elements|s/<summary /text &/
the same id twice|/<input /s/id="i2"/id="i1"/
the id of a store twice|/<store /s/ id="[^"]*"/ id="x"/
an input that is not there|/<bound /s/ input="i[0-9]*"/ input="i99"/
a snapshot of no input|/<snapshot /s/ input="i[0-9]*"/ input="s1"/
a diagnostic of no comparison|/<diagnostic /s/ comparison="[^"]*"/ comparison="d9"/
a comparison without id|/<comparison /s/ id="[^"]*"//
a comparison made twice|/<comparison id="d2"/s/"s2" after="s3"/"s1" after="s2"/
a comparison with no snapshot|/<comparison /s/ after="[^"]*"/ after="i1"/
a snapshot without its state|/<snapshot /s/ state="[a-z_]*"//
an unknown state of a snapshot|/<snapshot /s/ state="[a-z_]*"/ state="clean"/
END
report "$SAMPLES_DIR/outlook2016log-before.NTUSER.DAT" "$after"
mv "$tmp/report.xml" "$good"
ok 'the report about logs is valid' validate "$good"
spoil <<'END'
a log without outcome|/<log /s/ outcome="[a-z]*"//
an unknown outcome|/<log /s/ outcome="[a-z]*"/ outcome="used"/
a log without reason|/<log /s/ reason="[a-z_]*"//
an unknown reason for a log|/<log /s/ reason="[a-z_]*"/ reason="luck"/
an unknown format of logs|/<log /s/ format="[a-z]*"/ format="newer"/
a sequence number too large|/<log /s/ first_sequence="[0-9]*"/ first_sequence="4294967296"/
a negative count|/<log /s/ stale_entries="/&-/
a byte run in no input|/<dfxml:byte_run /s/ input="i[0-9]*"/ input="i99"/
a byte run in a snapshot|/<dfxml:byte_run /s/ input="i[0-9]*"/ input="s1"/
a change in no log|/<change /s/ log="i[0-9]*"/ log="i99"/
a change in no known place|/<change /s/ stands_in="[a-z]*"/ stands_in="air"/
a change in half an entry|/<change /s/ log_sequence="[0-9]*"/ log_sequence="1.5"/
a place that is nearly exact|/<change /s/ log_exact="[01]"/ log_exact="yes"/
END

report --full "$SAMPLES_DIR/exchange2000-before.DEFAULT" \
	"$SAMPLES_DIR/exchange2000alone-after.DEFAULT"
mv "$tmp/report.xml" "$good"
ok 'the report about recovery is valid' validate "$good"
spoil <<'END'
recovered without their verdict|/<recovered /s/ verdict="[a-z_]*"//
an unknown verdict|/<recovered /s/ verdict="[a-z_]*"/ verdict="maybe"/
recovered without the bytes searched|/<recovered /s/ bytes="[0-9]*"//
a negative count of keys|/<recovered /s/ keys="/&-/
recovered before a store|/<store /s/^/<recovered verdict="searched" bytes="0" keys="0" values="0" lone_values="0"\/>/
recovered twice|s/<\/recovered>/&<recovered verdict="searched" bytes="0" keys="0" values="0" lone_values="0"\/>/
a profile of unknown origin|/<profile .*origin="recovered"/s/ origin="recovered"/ origin="dust"/
a list that is not there|/<profile .*origin="recovered"/s/ list="[a-z_]*"/ list="lost"/
a profile recovered by luck|/<profile /s/ recovered_by="[a-z_]*"/ recovered_by="luck"/
a path that is likely|/<profile /s/ path_certainty="[a-z]*"/ path_certainty="likely"/
a name from a dream|s/ name_from="[a-z_]*"/ name_from="dream"/
a name that is likely|s/ name_certainty="[a-z]*"/ name_certainty="likely"/
a moment without its zone|/ deleted_at=/s/\( deleted_at="[^"]*\)Z"/\1"/
a moment of six decimals|/ deleted_at=/s/\( deleted_at="[^"]*\)[0-9]Z"/\1Z"/
a moment that is no number|s/ deleted_filetime="/&x/
half a lost value|s/ values_lost="[0-9]*"/ values_lost="0.5"/
a change left in pieces|/<recovered_share /s/ completeness="[a-z]*"/ completeness="pieces"/
a change without what is left|/<recovered_share /s/ keys="[0-9]*"//
less than no data lost|/<recovered_share /s/ data_lost="/&-/
a moment that is confirmed a little|s/ confirmed="1"/ confirmed="yes"/
a cell of unknown origin|/<regxml:cellobject /s/ origin="[a-z]*"/ origin="dust"/
a cell whose path is likely|/<regxml:cellobject /s/ path_certainty="[a-z]*"/ path_certainty="likely"/
an unknown inference|/<regxml:cellobject /s/ inferred="[a-z_ ]*"/ inferred="kind guess"/
an unknown age|/<regxml:cellobject /s/ since="[a-z]*"/ since="1997"/
lost bytes without a place|s/ unknown="0+4"/ unknown="4"/
lost bytes in hexadecimal|s/ unknown="0+4"/ unknown="0x0+4"/
lost bytes with a comma|s/ unknown="0+4"/ unknown="0+4,8+2"/
inferred bytes without a length|s/ inferred_bytes="0+4"/ inferred_bytes="0+"/
a cell half alive|s/<regxml:alloc>0</<regxml:alloc>2</
END

report --mapi32 "$SAMPLES_DIR/exchange2000-mapi32.dll" \
	--modules "$SAMPLES_DIR/exchange2000-tlist-m.txt" \
	--modules "$SAMPLES_DIR/exchange2000-tlist-s.txt" \
	--system "$SAMPLES_DIR/exchange2000-SYSTEM" --software "$SAMPLES_DIR/exchange2000-SOFTWARE" \
	--patterns "$srcdir/src/mapi/servicenames.tsv" --restore "$tmp/reg" \
	"$SAMPLES_DIR/exchange2000-before.DEFAULT" "$SAMPLES_DIR/exchange2000-after.DEFAULT"
mv "$tmp/report.xml" "$good"
ok 'the report with evidence beside the hives is valid' validate "$good"
spoil <<'END'
a library without verdict|/<mapi32 /s/ verdict="[a-z_]*"//
a library that is bad|/<mapi32 /s/ verdict="[a-z_]*"/ verdict="bad"/
a version of three numbers|/<mapi32 /s/ version="[0-9]*\./ version="/
a listing of nothing known|/<listing /s/ kind="[a-z_]*"/ kind="ps"/
a listing that answers a little|/<listing /s/ answers_mapi32="[01]"/ answers_mapi32="2"/
a process without its id|/<holder /s/ pid="[0-9]*"//
a process of an unknown class|/<holder /s/ class="[a-z_]*"/ class="evil"/
a process joined by luck|/<holder /s/ joined_by="[a-z_]*"/ joined_by="luck"/
a machine of minus services|/<system /s/ services="/&-/
a bias of half a minute|/<system /s/ bias_minutes="[-0-9]*"/ bias_minutes="0.5"/
a hotfix without name|/<software /s/ hotfixes="[0-9]*"//
an unknown cause|/<diagnosis /s/ cause="[a-z_0-9]*"/ cause="gremlins"/
an unknown grade|/<diagnosis /s/ grade="[a-z_]*"/ grade="proved"/
a diagnosis of no comparison|/<diagnosis /s/ comparison="d1"/ comparison="d9"/
an unknown condition|/<condition /s/ id="[a-z_0-9]*"/ id="full_moon"/
a condition that is half met|/<condition /s/ state="[a-z_]*"/ state="half"/
a condition without its basis|/<condition /s/ basis="[a-z_]*"//
a condition that rests on hearsay|/<condition /s/ basis="[a-z_]*"/ basis="hearsay"/
a condition of no weight|/<condition /s/ weight="[a-z_]*"//
evidence in no input|/<evidence /s/ input="i[0-9]*"/ input="i99"/
evidence in a snapshot|/<evidence /s/ input="i[0-9]*"/ input="s1"/
unknown advice|/<advice /s/ code="[a-z_]*"/ code="reinstall"/
a profile restored by wish|/<restore /s/ outcome="[a-z_]*"/ outcome="wished"/
a profile left out for fun|/<restore /s/ reason="[a-z_]*"/ reason="fun"/
an unknown loss|/<loss /s/ code="[a-z_]*"/ code="honour"/
END

# ---- one vocabulary in code, schema and manual ----

# words TYPE...: the words that the schemas allow
words() {
	for words_type; do
		awk -v type="<xs:simpleType name=\"$words_type\">" '
			index($0, type) { inside = 1 }
			/<\/xs:simpleType>/ { inside = 0 }
			inside && /<xs:enumeration / {
				gsub(/^.*value="|"\/>$/, "")
				print
			}' "${schema%/*}"/*.xsd
	done | sort -u
}

# said KIND...: the words that the program has, as tests/help/words prints them
"$builddir/tests/help/words" >"$tmp/words"
said() {
	for said_kind; do
		awk -v kind="$said_kind" '$1 == kind && NF > 1 { print $2 }' "$tmp/words"
	done | sort -u
}

# more KIND: each word of it with what is said of it
more() {
	awk -v kind="$1" '$1 == kind { print $2, $3 }' "$tmp/words" | sort
}

# in_page PAGE SECTION: the words that a subsection of a manual explains
in_page() {
	awk -v title=".Ss $2" '
		$0 == title { inside = 1; next }
		/^\.S[sh] / { inside = 0 }
		inside && /^\.It Cm / { print $3 }' "$1" | sort -u
}

in_manual() {
	in_page "$manual" "$1"
}

diagnostics=$(said diagnostic_code)
reasons=$(said reason_code)
ok 'there are diagnostics' test -n "$diagnostics"
ok 'there are reasons' test -n "$reasons"
is "$(words diagnostic_code)" "$diagnostics" 'diagnostics of the schema'
is "$(in_manual 'Diagnostic codes')" "$diagnostics" 'diagnostics of the manual'
is "$(awk '$1 == ".It" && $2 == "Cm" && $4 == "Pq" && $5 ~ /^(info|warning|error)$/ {
		print $3, $5 }' "$manual" | sort)" \
	"$(more diagnostic_code)" \
	'severities of the manual'
is "$(words fate)" "$(said fate)" 'fates of the schema'
is "$(words reason_code)" "$reasons" 'reasons of the schema'
is "$(in_manual 'Reason codes')" "$reasons" 'reasons of the manual'
log_reasons=$(said log_reason)
ok 'there are reasons for logs' test -n "$log_reasons"
is "$(words log_reason)" "$log_reasons" 'reasons for logs of the schema'
is "$(in_manual 'Log reasons')" "$log_reasons" 'reasons for logs of the manual'
is "$(words log_outcome)" "$(said log_outcome)" \
	'outcomes of logs of the schema'
is "$(words change_kind certainty bound_source)" \
	"$(said change_kind certainty bound_source)" \
	'kinds, certainties and sources of the schema'
is "$(in_manual 'Kinds of change')" "$(words change_kind)" 'kinds of the manual'
is "$(in_manual 'Sources of bounds')" "$(words bound_source)" 'sources of the manual'
is "$(in_manual Certainty)" "$(words certainty)" 'certainties of the manual'
is "$(words difference_kind)" "$(said difference_kind)" \
	'differences of the schema'
is "$(words problem_code mailbox encryption mail_login)" \
	"$(said problem_code mailbox encryption mail_login)" \
	'problems, mailboxes and words for servers of the schema'
is "$(in_manual Problems)" "$(words problem_code)" 'problems of the manual'
is "$(words property_type)" "$(said property_type)" \
	'property types of the schema'
is "$(words account_kind)" \
	"$({ awk -F '\t' '!/^#/ { print $2 }' "$src/mapi/accounts.tsv"; echo unknown; } |
		sort -u)" 'kinds of accounts of the schema'
is "$(words subject_role)" "$(said subject_role)" \
	'roles of the schema'
is "$(words export_text)" "$(said export_text)" 'words for the encodings of exports'
is "$(words paired_by)" "$({ said paired_by; echo operands; } | sort)" \
	'how hives are paired, in the schema'
is "$(words place_layout file_kind_seen)" "$(said place_layout file_kind_seen)" \
	'layouts and kinds of files of the schema'
is "$(words readers)" "$(said readers)" \
	'words for the readers of the schema'
is "$(words store_kind)" "$(said store_kind)" \
	'kinds of stores of the schema'
for type in origin path_certainty; do
	is "$(words $type)" "$(said $type)" "$type of recovered keys in the schema"
done
is "$({ words since; echo unknown; } | sort)" "$(said since)" 'ages of recovered keys in the schema'
is "$(in_manual 'Places of recovered keys and values')" "$(words origin)" 'places of the manual'
is "$(in_manual 'Certainty of paths')" "$(words path_certainty)" \
	'certainties of paths of the manual'
is "$(words inferred)" "$(sed -n '/words\[\] = {/,/};/s/^[^"]*\("[a-z_", \t]*"\).*/\1/p' \
	"$src/report/document/cell.c" | grep -oE '[a-z_]+' | sort)" 'inferred fields of the schema'
is "$(in_manual 'Inferred fields')" "$(words inferred)" 'inferred fields of the manual'
is "$({ words name_from; echo record; } | sort)" \
	"$(said name_from)" 'sources of names of the schema'
is "$(in_manual 'Sources of names')" "$(words name_from)" 'sources of names of the manual'
is "$(words cause)" "$(said cause)" 'causes of the schema'
is "$(in_page "$srcdir/doc/wmsdiff.1" 'The causes')" "$(words cause)" 'causes of the manual'
is "$(words grade)" "$(said grade)" 'grades of the schema'
is "$(in_page "$srcdir/doc/wmsdiff.1" 'Conditions and grades')" "$(words grade)" \
	'grades of the manual'
conditions=$(more condition_id)
ok 'there are conditions' test -n "$conditions"
is "$(words condition_id)" "$(printf '%s\n' "$conditions" | sed 's/ .*//')" \
	'conditions of the schema'
is "$(awk '$0 == ".Ss Conditions" { inside = 1; next } /^\.S[sh] / { inside = 0 }
	inside && /^\.It Cm / { print $3, $5 }' "$manual" | sort)" "$conditions" \
	'conditions of the manual, and what they rest on'
is "$(words other_hive_is)" "$(said other_hive_is)" 'what stands in place of a hive'
is "$(words condition_state condition_weight)" "$(said condition_state condition_weight)" \
	'states and weights of the schema'
is "$(words basis)" "$(said basis)" 'bases of the schema'
is "$(words diagnosis_rank)" "$(said diagnosis_rank)" \
	'ranks of the schema'
is "$(words missing_option)" "$(said missing_option)" 'missing options of the schema'
is "$(words advice_code)" "$(grep -ohE '"[a-z]+(_[a-z]+)*"(,|$)' "$src/cause/advice.c" \
	"$src/cause/plainadvice.c" |
	sed 's/^"//; s/".*//' | sort -u)" 'advice of the schema'
is "$(words mapi32_verdict)" "$(said mapi32_verdict)" 'verdicts of the schema'
is "$(words holder_class holder_join)" "$(said holder_class holder_join)" \
	'classes and joins of the schema'
is "$(words sign_strength)" "$(said sign_strength)" 'strengths of the schema'
is "$(words restore_reason restore_loss)" "$(said restore_reason restore_loss)" \
	'reasons and losses of restoring of the schema'
is "$(words restore_outcome)" "$(said restore_outcome)" 'outcomes of restoring of the schema'
is "$(words listing_kind)" "$(said listing_kind)" 'kinds of listings of the schema'
is "$(words listing_format)" "$(said listing_format)" 'forms of listings of the schema'
for type in cause mapi32_verdict listing_kind listing_format listing_encoding holder_class holder_join \
	restore_outcome restore_reason restore_loss; do
	for word in $(words $type); do
		ok "the manual of the report knows $word" grep -qwF -- "$word" "$manual"
	done
done
is "$(words recovered_share_completeness)" "$(said recovered_share_completeness)" \
	'what is left, in the schema'
for type in recovered_verdict recovered_by; do
	for word in $(words $type); do
		ok "the program writes $word" grep -qF "\"$word\"" "$src/report/document/recoveries.c"
		ok "the manual explains $word" grep -qE "^\\.Li $word( |$)" "$manual"
	done
done
is "$(words redacted_kind)" \
	"$(sed -n 's/.*X(REDACT_[A-Z]*, "\([a-z]*\)").*/\1/p' "$srcdir/include/report/redact/redactkind.h" | sort)" \
	'kinds of stand-ins in the schema'
for word in $(words left_out_what); do
	ok "the program writes $word" grep -qF "\"$word\"" "$src/report/document/report.c"
done
# Every text that is neither a word, a number nor a time has a row in the table of redaction.
is "$(awk '
	/<xs:element name="/ && !/\/>/ { split($0, part, "\""); open[++n] = part[2] }
	/<\/xs:element>/ { n-- }
	/<xs:attribute name="[a-z0-9_]*" type="(xs:string|dfxml:some_text|w:sid|w:uid)"/ {
		split($0, part, "\"")
		print open[n], part[2]
	}' "$schema" | while read -r element attribute; do
	# Of a hive that lay somewhere: the element is an extension of the place.
	[ "$element" != path ] || element=place
	grep -qF "{ \"$element\", \"$attribute\"," "$src/report/redact/redactxml.c" ||
		echo "$element/@$attribute"
done)" '' 'each text of the schema is redacted by a row'
is "$(sed -n 's/.*<xs:\(element\|attribute\) name="\([a-z0-9_]*\)".*/\2/p' "${schema%/*}"/*.xsd |
	grep -v '_utf16$' | sort -u | while read -r word; do
	grep -qw -- "$word" "$manual" || echo "$word"
done)" '' 'every element and attribute is in the manual'
done_testing
