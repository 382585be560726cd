#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# make reports, to reports.txt: what the program makes of every sample, as lines HASH FILE.  Two
# machines that run the same sources must print the same.  REPORTS=FOLDER keeps the files, so
# that those that differ can be looked at.
#
# What the machine decides is taken out before (tests/help/normal.shlib); times of files
# and the time of the run are set, and the page is made of the report without them.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make reports}/tests/help/lib.sh"
# shellcheck source=tests/help/normal.shlib
. "$srcdir/tests/help/normal.shlib"
# shellcheck source=tests/help/reports.shlib
. "$srcdir/tests/help/reports.shlib"
: "${builddir:?is set by make reports}" "${WMSDIFF_REPORT:?is set by make reports}"

SOURCE_DATE_EPOCH=1000000000
export SOURCE_DATE_EPOCH

# run COMMAND...: it may find that something is lost, and must not fail otherwise
run() {
	run_status=0
	rm -rf restored
	"$@" 2>>errors </dev/null || run_status=$?
	[ $run_status -le 2 ] || {
		echo "reports: status $run_status: $*" >&2
		exit 1
	}
}

dated() {
	find "$@" -exec touch -h -d @1000000000 {} +
}

# one NAME ARGUMENT...: all that a run can write, of that sample; findings.csv is written of
# folders, below
one() {
	one_name=$1
	shift
	mkdir -p "out/$one_name"
	dated samples hives
	run "$WMSDIFF" --full --no-sandbox -o "out/$one_name/all.xml" \
		--timeline "out/$one_name/timeline.jsonl" \
		--timeline "out/$one_name/timeline.csv" \
		--timeline "out/$one_name/timeline.body" "$@" >"out/$one_name/full.txt"
	run "$WMSDIFF" --no-sandbox -o out/report "$@" >"out/$one_name/brief.txt"
	run "$WMSDIFF" --no-sandbox -q -o out/report --format jsonl "$@" \
		>"out/$one_name/findings.jsonl"
	[ ! -e restored ] || mv restored "out/$one_name"
	normal "out/$one_name/all.xml" >"out/$one_name/report.xml"
	run "$WMSDIFF" --render "out/$one_name/report.xml" --html "out/$one_name/report.html"
	rm -f "out/$one_name/all.xml" out/report
}

# subjects NAME ARGUMENT...: a folder for each subject, and their index
subjects() {
	subjects_name=$1
	shift
	dated samples
	run "$WMSDIFF" --no-sandbox -q --output-dir "out/$subjects_name" "$@"
}

all() {
	cp -R "$SAMPLES_DIR" samples
	# Only what was made by recipes, not what made it.
	find samples -name '*.[aoch]' -exec rm -f {} +
	mkdir -p out/fleet hives
	SAMPLES_DIR=samples restored=restored
	causes=$builddir/samples/causes
	rm -f samples/causes
	cat >samples/causes <<-END
	#!/bin/sh
	exec '$causes' "\$@"
	END
	chmod +x samples/causes
	(
		tmp=hives
		samples one
	) || exit
	one incident-folders samples/incident/before samples/incident/after
	for side in before after; do
		dated samples
		tar cf samples/incident-$side.tar --format=ustar --sort=name --owner=0 --group=0 \
			--numeric-owner --mode=a=r,u+w,a+X -C samples/incident/$side .
	done
	one incident-archives samples/incident-before.tar samples/incident-after.tar
	subjects ticket samples/ticket/before samples/ticket/after
	for unit in samples/fleet/before/*; do
		subjects "fleet/${unit##*/}" "$unit" "samples/fleet/after/${unit##*/}"
	done
	run "$WMSDIFF_REPORT" index out/fleet
	rm -f out/fleet/index.sqlite
	mv errors out
}

(
	cd "$tmp" || exit
	all
) || exit
cd "$tmp/out" || exit
find . -name '*.xml' | while read -r file; do
	normal "$file" >"$tmp/normal" && cp "$tmp/normal" "$file"
done
[ -z "${REPORTS-}" ] || { mkdir -p "$REPORTS" && cp -R . "$REPORTS"; }
find . -type f -exec sha256sum {} + | sed 's|  \./|  |' | sort -k 2
