#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The house rules that a machine can see.  Where one has an exception, it stands in
# a table here with its reason.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"

max_lines=500
# FILE LINES REASON
long_files='
'
# STEM PREFIX REASON: what the functions of a file may begin with beside its stem
foreign_names='
store stores all stores of one hive
state states all states of one replay
servicename servicenames all patterns that are known
holder holders all that hold the file
sign signs all signs near a loss
diagnosis diagnoses all that were weighed
match matches all matches of two snapshots
difference differences all differences of two keys
compare comparison what a comparison yields
companions companion one of the companions
key value the values of a key are read with it
textutf8 text the other half of what text.h offers
overlay overlays all states of one log
machinesystem machine one part of what machine.h offers
machinehotfix machine one part of what machine.h offers
machinesoftware machine one part of what machine.h offers
'
# LIBRARY (as it is included) FILE...: who may know it
quarantine='
hivex.h src/regf/hivexhandle.h
iconv.h src/companion/listing/listingtext.c
nettle/ src/base/digest.c
libxml/ src/report/document/xml.c src/report/schema/check.c src/report/page/html.c src/report/page/pagechart.c src/report/page/pagedoc.c src/report/page/pagelayout.c
libxslt/ src/report/page/html.c
pthread.h src/compare/series.c src/cli/progress.c
unigbrk.h src/report/summary/screen.c
unistring/ src/report/summary/screen.c
unilbrk.h src/report/summary/screen.c
uniwidth.h src/report/summary/screen.c
sys/mman.h src/regf/memfile.c
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
printf src/cli/help.c
putchar src/cli/help.c
puts src/cli/help.c src/cli/reread.c
exit
setjmp
setlocale
sprintf
strcat
strcpy
strftime
strncpy
strtok
strtol src/cli/options.c
strtoul src/cli/options.c
strtoull src/cli/options.c
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

awk 'BEGIN { n = split("base regf mapi companion snapshot machine recovery compare cause report cli", layers); while (n) rank[layers[n]] = n-- }
	$3 ~ /^<|\.inc$/ { next }
	{ split($3, to, "/") }
	!(to[1] in rank) { print $1 " includes " $3 ", which names no layer"; next }
	rank[to[1]] > rank[$2] { print $1 " includes upwards: " $3 }
' "$tmp/includes" >"$tmp/found"
none 'includes name their layer and go downwards'

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

# Every function of the library, as FILE NAME.
"${NM:-nm}" -A -g --defined-only "$builddir/src/libwmsdiff.a" |
	sed -n 's/^.*:\([a-z0-9_]*\)\.o:[0-9a-f]* [TW] \(.*\)/\1 \2/p' >"$tmp/functions"
ok 'the library has functions' test -s "$tmp/functions"
while read -r stem name; do
	case $name in
	"$stem" | "${stem}_"*) ;;
	*) row "$foreign_names" "$stem" | grep -q "^ ${name%%_*} " || echo "$stem.c: $name" ;;
	esac
done <"$tmp/functions" >"$tmp/found"
none 'a function is named after its file'

"${NM:-nm}" -A -f sysv --defined-only "$builddir/src/libwmsdiff.a" |
	grep -E '\| *\.t?(bss|data)$' >"$tmp/found"
none 'the library has no state of its own'
done_testing
