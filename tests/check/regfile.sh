#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Lets hivexregedit judge the .reg files: merged into an empty hive, they give the keys
# and values of the hive that the builder made of the same recipe.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"

need hivexregedit
prefix=HKEY_CURRENT_USER

# keys HIVE: all keys, names, types and data, as hivexregedit writes them: strings as hex
keys() {
	hivexregedit --export "$1" "\\\\" 2>/dev/null
}

# merge NAME REGFILE: into an empty hive, whose keys are left in $tmp/NAME.keys
merge() {
	cp "$tmp/empty.hive" "$tmp/$1.hive"
	ok "$1: hivexregedit merges it" \
		hivexregedit --merge --prefix "$prefix" "$tmp/$1.hive" "$2"
	keys "$tmp/$1.hive" >"$tmp/$1.keys"
}

# same NAME: the merged keys are those of the builder's hive
same() {
	if cmp -s "$tmp/$1.keys" "$tmp/direct.keys"; then
		tap ok "$1: gives the same keys and values"
	else
		tap 'not ok' "$1: gives the same keys and values"
		diff "$tmp/direct.keys" "$tmp/$1.keys" | cut -c 1-200 | head -n 40 |
			sed 's/^/#   /'
	fi
}

ok 'the recipe is written' "$builddir/tests/help/regfile-all" "$tmp"
keys "$tmp/direct.hive" >"$tmp/direct.keys"
# 13 keys with the root; 1 + 21 + 7 + 17 * 4 + 20 + 2 * 131 + 1 values.
is "$(grep -c '^\[' "$tmp/direct.keys")" 13 'hivexregedit finds the keys of the hive'
is "$(grep -c '^["@]' "$tmp/direct.keys")" 380 'hivexregedit finds the values of the hive'

merge utf8 "$tmp/utf8.reg"
same utf8

# UTF-16 as its manual says: converted, with the ends of lines of Unix.  Perl is told
# that the text is UTF-8, or it would take the bytes of strings for Latin-1.
if iconv -f UTF-16 -t UTF-8 "$tmp/utf16.reg" >"$tmp/utf16.crlf" 2>/dev/null; then
	tr -d '\r' <"$tmp/utf16.crlf" >"$tmp/utf16.lf"
	PERL_UNICODE=D
	export PERL_UNICODE
	merge utf16 "$tmp/utf16.lf"
	merge utf16-crlf "$tmp/utf16.crlf"
	unset PERL_UNICODE
	keys "$tmp/utf16.hive" >"$tmp/utf16.keys"
	same utf16
	keys "$tmp/utf16-crlf.hive" >"$tmp/utf16-crlf.keys"
	same utf16-crlf
	# Only strings outside ASCII tell the two apart.
	grep -vE '^"(latin|greek|smile|next line|1 string)"=' "$tmp/utf16.lf" >"$tmp/ascii.lf"
	grep -vaE '^"(latin|greek|smile|next line|1 string)"=' "$tmp/utf8.reg" >"$tmp/ascii.utf8"
	ok 'but for strings outside ASCII UTF-16 is the same text' \
		cmp "$tmp/ascii.lf" "$tmp/ascii.utf8"
else
	skip 5 'iconv does not read UTF-16'
fi

# Version 4, with another table of windows-1252 than the program's: Perl's.  Strings in
# hex are ANSI there, as RegSetValueExA() takes them.
if perl -MEncode -e 'exit !find_encoding("cp1252")' 2>/dev/null; then
	perl -MEncode -0777 -pe '
		$_ = decode("cp1252", $_, Encode::FB_CROAK);
		s/\r\n/\n/g;
		s/\\\n  //g;
		s{(=hex\([127]\):)(.*)}{
			my ($type, $hex) = ($1, $2);
			$hex =~ tr/,//d;
			$type . join ",", unpack "(H2)*", encode("UTF-16LE",
				decode("cp1252", pack("H*", $hex), Encode::FB_CROAK))
		}eg;
		$_ = encode("UTF-8", $_)' "$tmp/ansi.reg" >"$tmp/ansi.utf8"
	PERL_UNICODE=D
	export PERL_UNICODE
	merge ansi "$tmp/ansi.utf8"
	unset PERL_UNICODE
	keys "$tmp/ansi.hive" >"$tmp/ansi.keys"
	# All but what it cannot hold: two keys with their values, two more names; of
	# REG_SZ, REG_EXPAND_SZ and REG_MULTI_SZ those of 4, 0 and 5 bytes; eight strings.
	diff "$tmp/direct.keys" "$tmp/ansi.keys" >"$tmp/lost"
	is "$(grep -ac '^>' "$tmp/lost")" 0 'ansi: nothing comes in that is not in the hive'
	is "$(grep -ac '^< \[' "$tmp/lost")" 2 'ansi: two keys cannot be held'
	is "$(grep -ac '^< ["@]' "$tmp/lost")" 21 'ansi: 21 values cannot be held'
else
	skip 4 'Perl does not know windows-1252'
fi

# No line of a file in UTF-16 or of version 4 ends in another way, and none is folded late.
for name in utf16.crlf ansi.reg; do
	[ -e "$tmp/$name" ] || continue
	is "$(tr -d '\n' <"$tmp/$name" | tr '\r' '\n' | wc -l)" \
		"$(wc -l <"$tmp/$name")" "$name: lines end with CR LF"
	is "$(grep -a '^  ' "$tmp/$name" | LC_ALL=C awk 'length($0) > 79' | wc -l)" 0 \
		"$name: no folded line is longer than 78"
done
done_testing
