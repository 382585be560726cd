#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The house rules that a machine can see.  Where one has an exception, it stands in
# a table here with its reason.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"

# Run without an argument it also proves of the rules that draw the house (rooms, circles,
# headers, tests, sizes) that they notice a fault: faults() puts one against each into a copy
# of the tree, and runs this script there.

max_lines=500
max_function=60
max_files=16
# Layers and the rooms inside them, from the lowest; those of one line know nothing of each
# other.  Includes and calls go to the same room or to a line above.
rooms='
base
sandbox
base/sum
regf verify
regf/log
regf/recover
regtext
companion/evtx
mapi companion companion/listing
mapi/content mapi/office
snapshot
machine
collection
collection/subjects
recovery
compare/origin
compare
cause/incident
cause/condition
cause
report
report/redact
report/restore report/timeline
report/document/writer
report/document
report/summary report/page
report/index
report/schema
fleet
sweep/plan
sweep/run
sweep
cli/commandline
cli/rights
cli reportcli sweepcli
'
# FILE LINES REASON
long_files='
src/report/outputplace.c 520 taking a place and putting a file there leave no window between them
src/base/text.c 520 comparing, cutting and showing a text are one thought, told by one encoding
'
# STEM PREFIX REASON: what the functions of a file may begin with beside its stem
foreign_names='
store stores all stores of one hive
gap gaps all gaps of one image
state states all states of one replay
servicename servicenames all patterns that are known
holder holders all that hold the file
sign signs all signs near a loss
diagnosis diagnoses all that were weighed
match matches all matches of two snapshots
difference differences all differences of two keys
compare comparison what a comparison yields
key value the values of a key are read with it
overlay overlays all states of one log
found finds all files that were found
makefilter main a program that runs while this is built
'
# LIBRARY (as it is included) FILE...: who may know it
quarantine='
hivex.h src/regf/hivexhandle.h
archive.h src/collection/archivefile.c src/collection/archiveinput.c
archive_entry.h src/collection/archivefile.c src/collection/archiveinput.c
libevtx.h src/companion/evtx/evtxlibrary.c
libbfio.h src/companion/evtx/evtxlibrary.c
iconv.h src/companion/listing/listingtext.c src/regf/hivexhandle.h src/sandbox/converters.c
nettle/ src/base/sum/digest.c src/report/base64.c
libxml/ src/report/document/writer/xml.c src/report/schema/check.c src/report/page/html.c src/report/page/pagedoc.c src/report/page/pagetimeline.c src/report/page/pagetimelinerows.c src/report/page/pagexml.c src/report/page/pagezone.c src/report/reportparser.c src/report/xmlmemory.c
sqlite3.h src/fleet/fleetdatabase.c
libxslt/ src/report/page/html.c src/report/page/pagezone.c
pthread.h src/base/workers.c src/report/filelist.c src/report/kept.c src/collection/subjects/exportshare.c src/cli/collect.c src/cli/progress.c src/report/xmlmemory.c
unigbrk.h src/report/summary/screen.c
unistring/ src/report/summary/screen.c
unilbrk.h src/report/summary/screen.c
uniwidth.h src/report/summary/screen.c
seccomp.h src/sandbox/makefilter.c
sys/mman.h src/sandbox/makefilter.c src/collection/spool.c src/base/memfile.c
'
# FUNCTION FILE...: who may call it all the same
banned='
alloca
asctime
atof
atoi
atol
atoll
ctime
gets
gmtime
localtime
longjmp
printf src/cli/commandline/help.c src/sweepcli/main.c src/sweepcli/sweephelp.c
putchar src/cli/commandline/help.c
puts src/cli/commandline/help.c src/cli/reread.c
exit
setjmp
setlocale
sprintf
strcat
strcpy
strftime
strncpy
strtok
strtol src/cli/commandline/options.c
strtoul src/cli/commandline/options.c
strtoull src/cli/commandline/options.c
tolower
toupper
vsprintf
'

# none NAME: the search before it, whose output is $tmp/found, found nothing
none() {
	is "$(cat "$tmp/found")" '' "$1"
}

# row TABLE KEY: the words of the table's lines that begin with KEY
row() {
	printf '%s\n' "$1" | awk -v key="$2" '$1 == key { $1 = ""; print }'
}

cd "$srcdir" || exit 99
code=$(find include src -name '*.[ch]' | sort)
ok 'there is code' test -n "$code"

# Every #include, as FILE LAYER NAME; system headers keep their brackets.
# shellcheck disable=SC2086 # words
awk '/^[[:blank:]]*#[[:blank:]]*include/ {
	split(FILENAME, path, "/")
	name = $0
	sub(/^[^<"]*"?/, "", name)
	sub(/".*/, "", name)
	print FILENAME, path[2], name
}' $code >"$tmp/includes"

# What is compiled, and by which symbols: UNIT KIND NAME.  Names that begin with two
# underscores are the compiler's own: helpers that it puts into every object, or calls.
sources=$(find src -name '*.c' | sort)
for file in $sources; do
	[ -e "$builddir/${file%.c}.o" ] && echo "${file%.c}.o"
done >"$tmp/objects"
(cd "$builddir" && xargs "${NM:-nm}" -A -g -P <"$tmp/objects") |
	awk '$2 !~ /^__/ { sub(/\.o:$/, ".c", $1); print $1, $3, $2 }' >"$tmp/symbols"
is "$(wc -l <"$tmp/objects")" "$(printf '%s\n' "$sources" | wc -l)" 'all sources are compiled'
ok 'they have functions' grep -q ' T ' "$tmp/symbols"

# What a file needs, as FILE TO includes|calls WHAT.  A header goes with the source of its
# name, and stands for itself where there is none.
{
	awk -v sources="$sources" '
	BEGIN { n = split(sources, names, "\n"); while (n) source[names[n--]] = 1 }
	function unit(name, own) {
		own = name
		sub(/\.h$/, ".c", own)
		return ("src/" own) in source ? "src/" own : name
	}
	$3 !~ /^<|\.inc$/ {
		from = $1
		if (from ~ /\.h$/) {
			sub(/^(src|include)\//, "", from)
			from = unit(from)
		}
		if (from != unit($3)) print from, unit($3), "includes", $3
	}' "$tmp/includes"
	awk 'NR == FNR { if ($2 ~ /^[TDBRW]$/) owner[$3] = $1; next }
	$2 == "U" && $3 in owner { print $1, owner[$3], "calls", $3 }' "$tmp/symbols" "$tmp/symbols"
} | sort -u >"$tmp/needs"

printf '%s' "$rooms" | awk '
	function room(path) {
		sub(/^src\//, "", path)
		sub(/\/[^\/]*$/, "", path)
		return path
	}
	FILENAME == "-" { for (i = 1; i <= NF; i++) rank[$i] = NR; next }
	{ from = room($1); to = room($2) }
	from == to { next }
	!(to in rank) { print $1, $3, $4 ", which names no room" ; next }
	!(from in rank) { print $1 " is in no known room"; next }
	rank[to] >= rank[from] { print $1, $3, "upwards:", $4, "of", $2 }
' - "$tmp/needs" >"$tmp/found"
none 'includes and calls name their room and go downwards'

# What only leads to a circle or only comes from one is peeled off; of the rest, a need is
# part of a circle if what is needed leads back.
awk '
	function leads(from, to, i) {
		if (from == to) return 1
		seen[from] = 1
		for (i = 1; i <= n_next[from]; i++)
			if (!(next_of[from, i] in seen) && leads(next_of[from, i], to)) return 1
		return 0
	}
	!(($1, $2) in how) { edges[++n] = $1 " " $2 }
	{ how[$1, $2] = how[$1, $2] " " $3 " " $4 }
	END {
		do {
			split("", goes); split("", comes)
			for (i = 1; i <= n; i++) { split(edges[i], e, " "); goes[e[1]]; comes[e[2]] }
			for (i = kept = 0; i++ < n; ) {
				split(edges[i], e, " ")
				if (e[1] in comes && e[2] in goes) edges[++kept] = edges[i]
			}
			again = kept < n
			n = kept
		} while (again)
		for (i = 1; i <= n; i++) {
			split(edges[i], e, " ")
			next_of[e[1], ++n_next[e[1]]] = e[2]
		}
		for (i = 1; i <= n; i++) {
			split(edges[i], e, " ")
			split("", seen)
			if (leads(e[2], e[1])) print e[1] " needs " e[2] ":" how[e[1], e[2]]
		}
	}' "$tmp/needs" >"$tmp/found"
none 'no files need each other in a circle'

# shellcheck disable=SC2046 # words
awk 'FNR == 1 { unit = FILENAME; sub(/^include/, "src", unit); sub(/\.h$/, ".c", unit) }
	FILENAME ~ /\.h$/ {
		gsub(/[^A-Za-z0-9_]+/, " ")
		for (i = 1; i <= NF; i++) says[unit, $i] = 1
		header[unit] = 1
		next
	}
	$3 != "calls" { next }
	!($2 in header) { if (!told[$2]++) print $2 " is called and has no header"; next }
	!(($2, $4) in says) && !told[$2, $4]++ { print "the header of " $2 " does not declare " $4 }
' $(printf '%s\n' "$code" | grep '\.h$') "$tmp/needs" >"$tmp/found"
none 'what others call is declared in the header of its file'

for file in $sources; do
	stem=${file#src/}
	stem=${stem%.c}
	for test in "tests/${stem%/*}/test_${stem##*/}.c" "tests/${stem%/*}/test_${stem##*/}"_*.c \
		"tests/${stem}.sh"; do
		[ ! -e "$test" ] || continue 2
	done
	echo "$file has no test of its name"
done >"$tmp/found"
none 'every module has a test that is found by its name'

awk '$1 ~ /\.c$/ && !seen[$1]++ { print $1, $3 }' "$tmp/includes" |
	while read -r file first; do
		own=${file#src/}
		own=${own%.c}.h
		{ [ -e "include/$own" ] || [ -e "src/$own" ]; } && [ "$first" != "$own" ] &&
			echo "$file includes $first before $own"
	done >"$tmp/found"
none 'a source includes its own header first'

printf '%s\n' "$quarantine" | while read -r library users; do
	[ -n "$library" ] || continue
	awk -v library="<$library" -v users=" $users " '
		index($3, library) == 1 && !index(users, " " $1 " ") {
			print $1 " includes " $3
		}' "$tmp/includes"
done >"$tmp/found"
none 'each library is known to one place'

# Comments and literals blanked, so that only code is looked at.
# shellcheck disable=SC2086 # words
awk '
FNR == 1 { inside = 0 }
{
	line = $0
	gsub(/\\./, "", line)
	gsub(/"[^"]*"/, "\"\"", line)
	while (1) {
		if (inside) {
			if (!(at = index(line, "*/"))) { line = ""; break }
			line = substr(line, at + 2)
			inside = 0
		}
		if (!(at = index(line, "/*"))) break
		before = before substr(line, 1, at - 1)
		line = substr(line, at + 2)
		inside = 1
	}
	sub(/\/\/.*/, "", line)
	print FILENAME ":" FNR ": " before line
	before = ""
}' $code >"$tmp/code"

printf '%s\n' "$banned" | while read -r function users; do
	[ -n "$function" ] || continue
	grep -E "(^|[^A-Za-z0-9_.>])${function}[[:blank:]]*\\(" "$tmp/code" |
		while IFS=: read -r file line text; do
			case " $users " in
			*" $file "*) ;;
			*) echo "$file:$line:$text" ;;
			esac
		done
done >"$tmp/found"
none 'no banned function is called'

# A text that is shortened for lack of memory is noted there, or its caller has a status.
for file in $(grep -l ' open_memstream(' $code); do
	grep -q 'text_of_stream(' "$file" || case $file in
	src/cli/collectone.c | src/sweep/chunk.c | src/sweep/plan/planline.c) ;;
	*) echo "$file" ;;
	esac
done >"$tmp/found"
none 'what is written into memory is ended by text_of_stream()'

grep -E '__packed|[( ]packed[) ]|(malloc|realloc)[[:blank:]]*\([^;]*[A-Za-z0-9_)] \* ' "$tmp/code" >"$tmp/found"
none 'no packed structs, no product in an allocation'
grep -E 'memcpy[[:blank:]]*\([^;]*(\.|->)ptr' "$tmp/code" |
	grep -v '^\(src/base/span\.c\|include/base/span\.h\):' >"$tmp/found"
none 'bytes of evidence are copied by span only'

{
	find include src samples tests -name '*.[ch]' -o -name '*.sh' -o -name '*.awk' \
		-o -name '*.bash' -o -name '*.zsh' -o -name '*.xsl'
	printf '%s\n' Makefile.am bootstrap configure.ac .ci/run
} | while read -r file; do
	head -n 2 "$file" | grep -q 'SPDX-License-Identifier: GPL-2.0-or-later' ||
		echo "$file"
done >"$tmp/found"
none 'every source says its licence in its first lines'

for file in $code src/report/page/*.xsl; do
	lines=$(wc -l <"$file")
	allowed=$(row "$long_files" "$file")
	allowed=${allowed# }
	allowed=${allowed%% *}
	[ "$lines" -le "${allowed:-$max_lines}" ] || echo "$file has $lines lines"
done >"$tmp/found"
none "no source is longer than $max_lines lines"

# A function is laid out by clang-format: its braces are the only ones at the left margin.
# shellcheck disable=SC2086 # words
awk -v most="$max_function" 'FNR == 1 { begin = 0 }
	/^\{$/ { begin = FNR; name = before }
	/^}$/ && begin {
		if (FNR - begin + 1 > most) print FILENAME ": " FNR - begin + 1 " lines: " name
		begin = 0
	}
	/^[A-Za-z].*\(/ { before = $0 }' $code >"$tmp/found"
none "no function is longer than $max_function lines"

printf '%s\n' "$sources" | sed 's|/[^/]*$||' | sort | uniq -c |
	awk -v most="$max_files" '$1 > most { print $2 " holds " $1 " sources" }' >"$tmp/found"
none "no folder holds more than $max_files sources"

find . \( -name .git -o -name 'build*' -o -name 'autom4te*' \) -prune -o -type f -print |
	grep -E '\.([ch]|sh|bash|zsh|awk|tsv|xsd|md|[15])$|/(bootstrap|run|configure\.ac|Makefile\.am|NEWS)$' |
	xargs grep -nE '/(wor[k]|hom[e]|User[s]/[a-z]+/src)/|https?://[a-z0-9.-]*(registr|pypi|npmjs|crates|proxy)' >"$tmp/found"
none 'no path or host of one machine is named'

find include src samples tests -name '*.[ch]' -o -name '*.sh' -o -name '*.awk' \
	-o -name '*.bash' -o -name '*.zsh' -o -name '*.tsv' -o -name '*.xs[dl]' |
	grep -v '^include/' |
	while read -r file; do
		# A program of one file is known by its own name.
		grep -qE "[[:blank:]](${file}|${file%.c})( |\$)" Makefile.am || echo "$file"
	done >"$tmp/found"
none 'the build knows every file'

# Every function, as FILE NAME.
awk '$2 ~ /^[TW]$/ { sub(/.*\//, "", $1); sub(/\.c$/, "", $1); print $1, $3 }' \
	"$tmp/symbols" >"$tmp/functions"
while read -r stem name; do
	case $name in
	"$stem" | "${stem}_"*) ;;
	*) row "$foreign_names" "$stem" | grep -q "^ ${name%%_*} " || echo "$stem.c: $name" ;;
	esac
done <"$tmp/functions" >"$tmp/found"
none 'a function is named after its file'

# A handler of signals gets nothing but a number: what it removes stands in leftover.c.  A
# function of memory gets nothing but a size: xmlmemory.c has its reserve.  That memory was
# lacking anywhere stands in status.c.
"${NM:-nm}" -A -f sysv --defined-only "$builddir/src/libwmsdiff.a" |
	grep -E '\| *\.t?(bss|data)$' | grep -vE ':(leftover|status|xmlmemory)\.o:|:__odr_asan' >"$tmp/found"
none 'the library has no state of its own'

# ---- each fault is noticed ----

# fault FILE LINE...: a source of the copy, compiled
fault() {
	fault_file=$1
	shift
	{
		echo '/* SPDX-License-Identifier: GPL-2.0-or-later */'
		printf '%s\n' "$@"
	} >"$copy/source/$fault_file"
	case $fault_file in
	*.c)
		${CC:-cc} -I"$copy/source/include" -c -o "$copy/build/${fault_file%.c}.o" \
			"$copy/source/$fault_file"
		;;
	esac
}

# noticed NAME REGEX: the script, run in the copy, says so
noticed() {
	ok "noticed: $1" grep -qE "^#  *$2" "$tmp/said"
}

faults() {
	copy=$tmp/copy
	mkdir -p "$copy/source/.ci" "$copy/build" &&
		cp -R Makefile.am bootstrap configure.ac include src samples tests "$copy/source" &&
		cp .ci/run "$copy/source/.ci" &&
		(cd "$builddir" && tar cf - src/libwmsdiff.a -T "$tmp/objects") |
		(cd "$copy/build" && tar xf -)
	fault include/base/fault_up.h '#include "cause/incident/holder.h"'
	fault include/base/fault_a.h '#include "base/fault_b.h"'
	fault include/base/fault_b.h '#include "base/fault_a.h"'
	fault include/base/fault_c.h 'int fault_c(int n);'
	fault include/base/fault_d.h 'int fault_d_other(int n);'
	fault src/base/fault_c.c 'int fault_d(int n);' 'int fault_e(int n);' 'int fault_c(int n);' \
		'int fault_c(int n) { return n ? fault_d(n - 1) : fault_e(n); }'
	fault src/base/fault_d.c 'int fault_c(int n);' 'int fault_d(int n);' \
		'int fault_d(int n) { return n ? fault_c(n - 1) : 0; }'
	fault src/base/fault_e.c 'int fault_e(int n);' 'int fault_e(int n) { return n; }'
	fault src/base/fault_f.c 'int fault_f(void);' 'int fault_f(void)' '{' \
		"$(awk 'BEGIN { while (++n < 59) print ";"; print "return 0;" }')" '}'
	fault src/base/fault_g.c "$(awk -v n="$max_lines" 'BEGIN { while (n--) print ";" }')"
	for n in 1 2 3 4 5 6 7 8 9 10 11 12; do
		fault "src/base/fault$n.c" ''
	done
	srcdir=$copy/source builddir=$copy/build sh "$copy/source/tests/check/structure.sh" \
		faulty >"$tmp/said" 2>&1 || :
	noticed 'an include upwards' 'base/fault_up\.h includes upwards: cause/incident/holder\.h'
	noticed 'two headers in a circle' 'base/fault_a\.h needs base/fault_b\.h: includes'
	noticed 'two sources that call each other' \
		'src/base/fault_c\.c needs src/base/fault_d\.c: calls fault_d$'
	noticed 'a source without a header' 'src/base/fault_e\.c is called and has no header'
	noticed 'a header that lacks what others call' \
		'the header of src/base/fault_d\.c does not declare fault_d$'
	noticed 'a source without a test' 'src/base/fault_c\.c has no test of its name'
	noticed "a function of $((max_function + 1)) lines" 'src/base/fault_f\.c: 61 lines: int fault_f'
	noticed "a source of $((max_lines + 1)) lines" 'src/base/fault_g\.c has 501 lines'
	noticed 'a folder of too many sources' 'src/base holds [0-9]+ sources'
}

[ $# -gt 0 ] || faults
done_testing
