#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# --save-image: replayed hives as new files for other tools, never over a file, and never
# beside evidence, whatever link leads there.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"
# shellcheck source=tests/help/xpath.shlib
. "$srcdir/tests/help/xpath.shlib"
need xmllint sha256sum ln

wms='/Software/Microsoft/Windows NT/CurrentVersion/Windows Messaging Subsystem'
ex=$tmp/exchange
ol=$tmp/outlook
mkdir "$ex" "$ol"
"$SAMPLES_DIR/exchange2000log" "$ex/before" "$ex/DEFAULT" &&
	"$SAMPLES_DIR/outlook2016log" "$ol/before" "$ol/NTUSER.DAT" || exit 99
(cd "$tmp" && sha256sum exchange/* outlook/*) >"$tmp/evidence"

# save STATUS NAME FOLDER ARGUMENT...
save() {
	save_status=$1 save_name=$2 save_folder=$3
	shift 3
	status "$save_status" "$save_name" "$WMSDIFF" -q -o "$tmp/r.xml" \
		--save-image "$save_folder" "$@"
	cp "$tmp/err" "$tmp/messages"
}

images=$tmp/images
mkdir "$images"
status 2 'not with --skip-logs' "$WMSDIFF" --skip-logs --save-image "$images" "$ex/DEFAULT"
is "$(cd "$images" && echo ./*)" './*' 'nothing is written'
save 1 'images of a pair' "$images" "$ol/before" "$ol/NTUSER.DAT"
is "$(ls "$images")" s2-NTUSER.DAT 'only of what was replayed'
save 1 'an image of a hive alone' "$images" "$ex/DEFAULT"
is "$(cd "$images" && echo ./* .[!.]*)" './s2-DEFAULT ./s2-NTUSER.DAT .[!.]*' 'a new file'
save 0 'no image of a clean hive' "$images" "$ex/before"
is "$(cd "$images" && echo ./*)" './s2-DEFAULT ./s2-NTUSER.DAT' 'none'

# profiles IMAGE KEY: the profiles below it, as reglookup reads them
profiles() {
	reglookup -t KEY -p "$2" "$1" 2>/dev/null | tail -n +2 | cut -d , -f 1 |
		sed 's,.*Profiles/,,' | grep -v / | sort | tr '\n' ';'
}
if command -v reglookup >/dev/null; then
	is "$(profiles "$images/s2-DEFAULT" "$wms/Profiles")" \
		"$(profiles "$SAMPLES_DIR/exchange2000-after.DEFAULT" \
			"$wms/Profiles")" \
		'reglookup reads the one profile that is left'
	is "$(profiles "$images/s2-NTUSER.DAT" /Software/Microsoft/Office/16.0/Outlook/Profiles)" \
		'Outlook;Personal;' 'reglookup reads the two that are left'
else
	skip 2 'there is no reglookup'
fi
if command -v hivexml >/dev/null; then
	for image in s2-DEFAULT s2-NTUSER.DAT; do
		ok "hivexml reads $image" hivexml "$images/$image"
	done
else
	skip 2 'there is no hivexml'
fi
for image in s2-DEFAULT s2-NTUSER.DAT; do
	# Deleted profiles can still be recovered from it: status 1, and no trouble.
	status 1 "$image is a clean hive" "$WMSDIFF" -o "$tmp/r.xml" "$images/$image"
	load "$tmp/r.xml"
	is "$(query //hive/@state) $(query //hive/@checksum) $(count //snapshot)" \
		'clean ok 1' "$image needs no log"
	is "$(count '//diagnostic[@severity!="info"]')" 0 "$image is sound"
done

cksum "$images"/* >"$tmp/before"
save 2 'not over an image' "$images" "$ol/NTUSER.DAT"
ok 'which is named' grep -q '^wmsdiff: .*s2-NTUSER.DAT: File exists' "$tmp/messages"
is "$(cksum "$images"/*)" "$(cat "$tmp/before")" 'and stays as it was'
mkdir "$tmp/taken"
ln -s "$ol/before" "$tmp/taken/s2-NTUSER.DAT"
save 2 'not through a link' "$tmp/taken" "$ol/NTUSER.DAT"
ln -sf "$tmp/nowhere" "$tmp/taken/s2-NTUSER.DAT"
save 2 'nor through one that leads nowhere' "$tmp/taken" "$ol/NTUSER.DAT"
ok 'so there is nothing' test ! -e "$tmp/nowhere"
save 2 'not beside evidence' "$ol" "$ol/NTUSER.DAT"
ok 'which is said' grep -q '^wmsdiff: .*evidence' "$tmp/messages"
ln -s "$ol" "$tmp/link"
save 2 'not through a link to its folder' "$tmp/link" "$ol/NTUSER.DAT"
save 2 'not by another way there' "$ex/../outlook/." "$ol/NTUSER.DAT"
mkdir "$tmp/bare" "$tmp/elsewhere"
cp "$ol/NTUSER.DAT" "$tmp/bare/hive"
cp "$ol/NTUSER.DAT.LOG1" "$tmp/elsewhere/one"
save 2 'nor beside a log from elsewhere' "$tmp/elsewhere" --log "$tmp/elsewhere/one" \
	"$tmp/bare/hive"
save 2 'nor beside another snapshot' "$ex" "$ex/before" "$ol/NTUSER.DAT"
(cd "$ol" && "$WMSDIFF" -q -o "$tmp/r.xml" --save-image . NTUSER.DAT) 2>/dev/null
is "$?" 2 'nor in the working folder, if that is it'
mkdir "$tmp/links"
ln -s "$ol/NTUSER.DAT" "$tmp/links/NTUSER.DAT"
for log in LOG1 LOG2; do
	ln -s "$ol/NTUSER.DAT.$log" "$tmp/links/NTUSER.DAT.$log"
done
save 2 'nor where a link to evidence leads' "$ol" "$tmp/links/NTUSER.DAT"
save 2 'no such folder' "$tmp/none" "$ol/NTUSER.DAT"
save 2 'a file for a folder' "$tmp/evidence" "$ol/NTUSER.DAT"

# ---- the evidence is as it was ----

is "$(cd "$tmp" && sha256sum exchange/* outlook/*)" "$(cat "$tmp/evidence")" \
	'hives and logs are as they were, and nothing is beside them'
done_testing
