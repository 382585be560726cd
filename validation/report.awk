# SPDX-License-Identifier: GPL-2.0-or-later
# The validation report, as text (form=text) or as a page (form=html), of claims.tsv and of
# what wmsdiff-validation left in its folder; or (part=claims) the claims alone, as text.

BEGIN {
	FS = "\t"
	html = form == "html"
	WIDTH = 78
}

{ file = FILENAME; sub(/.*\//, "", file) }
file == "falsifier.txt" { falsified[++n_falsified] = $0; next }
/^#/ || !NF { next }
file == "claims.tsv" {
	claim_id[++n_claims] = $1
	known[$1]
	statement[$1] = $2; words[$1] = $3; rests[$1] = $4; limits[$1] = $5; tests[$1] = $6
	next
}
file == "facts.tsv" {
	if ($1 == "version") versions[++n_versions] = $2
	else if ($1 == "kit_file") { kit_name[++n_kit] = $2; kit_sum[n_kit] = $3 }
	else fact[$1] = $2
	next
}
file == "cases.tsv" {
	case_id[++n_cases] = $1
	title[$1] = $3; recipe[$1] = $4; truth[$1] = $6
	next
}
file == "runs.tsv" {
	run[++n_runs] = $1
	of = $1
	sub(/-v1\.[35]$/, "", of)
	run_case[$1] = of
	if (!(of in ran)) { ran[of]; n_ran++ }
	run_status[$1] = $2; run_command[$1] = $3
	next
}
file == "inputs.tsv" {
	n_inputs[$1]++
	input[$1, n_inputs[$1]] = $2 "\t" $3 "\t" $4
	next
}
file == "results.tsv" {
	n_checks[$1]++
	i = n_checks[$1]
	check[$1, i] = $2; what[$1, i] = $3; question[$1, i] = $4
	wanted[$1, i] = $5; got[$1, i] = $6; verdict[$1, i] = $7
	total++
	if ($7 != "pass") { failed++; run_failed[$1]++; failed_run[failed] = $1; failed_check[failed] = i }
	if (!(($2, run_case[$1]) in seen)) { seen[$2, run_case[$1]]; shown[$2] = shown[$2] " " run_case[$1] }
	claim_checks[$2]++
	if ($7 != "pass") claim_failed[$2]++
	next
}

# ---- words and blocks ----

# A text as the form needs it.
function t(text) {
	if (html) {
		gsub(/&/, "\\&amp;", text); gsub(/</, "\\&lt;", text); gsub(/>/, "\\&gt;", text)
	}
	return text
}

# Answers of evidence stand apart from the text around them.
function answer(text) {
	if (text == "")
		return html ? "<i>nothing</i>" : "(nothing)"
	return html ? "<bdi class=\"mono\">" t(text) "</bdi>" : text
}

function heading(level, text, id) {
	if (html) {
		printf "<h%d%s>%s</h%d>\n", level, id == "" ? "" : " id=\"" id "\"", t(text), level
		return
	}
	printf "\n%s\n", text
	if (level < 3) {
		gsub(/./, level == 1 ? "=" : "-", text)
		print text
	}
	print ""
}

# Lines of WIDTH columns, each after `margin`, the first one after `first`.
function wrapped(text, first, margin,    words_, n, i, line) {
	n = split(text, words_, " ")
	line = first
	for (i = 1; i <= n; i++) {
		if (length(line) + 1 + length(words_[i]) > WIDTH && line !~ /^ *$/ && line != first) {
			print line
			line = margin
		}
		line = line (line ~ /[^ ]$/ ? " " : "") words_[i]
	}
	print line
}

function para(text) {
	if (html)
		printf "<p>%s</p>\n", t(text)
	else {
		wrapped(text, "", "")
		print ""
	}
}

# A list of facts: a name and what it is.
function open_facts() { if (html) print "<dl>" }
function close_facts() { print (html ? "</dl>" : "") }
function row(name, text,    margin) {
	if (html) {
		printf "<div><dt>%s</dt><dd>%s</dd></div>\n", t(name), answer(text)
		return
	}
	margin = sprintf("  %-12s", name)
	wrapped(answer(text), margin, "              ")
}

# A file of the kit and its hash: these names are longer.
function kit_row(name, sum) {
	if (html)
		row(name, sum)
	else
		printf "  %-22s%s\n", name, sum
}

function mark(bad) { return bad ? "FAILED" : "passed" }
function badge(bad,    word) {
	word = mark(bad)
	return html ? "<b class=\"" (bad ? "bad" : "good") "\">" word "</b>" : word
}

function group(id) {
	sub(/-.*/, "", id)
	return id
}

# ---- parts ----

function write_claim(id,    n) {
	if (html)
		printf "<section class=\"claim\" id=\"claim-%s\">", id
	heading(3, id)
	para(statement[id])
	open_facts()
	if (words[id] != "-") {
		n = words[id]
		gsub(/:/, ": ", n); gsub(/,/, ", ", n); gsub(/\*/, "all of its words", n)
		row("words", n)
	}
	row("rests on", rests[id])
	row("limits", limits[id])
	row("tests", tests[id])
	if (part == "report")
		row("here", claim_checks[id] ? claim_checks[id] " checks, " (0 + claim_failed[id]) " failed, in the cases" shown[id] : "no case of this kit; the tests of the build alone hold it")
	close_facts()
	if (html)
		print "</section>"
}

function write_claims(    i) {
	for (i = 1; i <= n_claims; i++)
		write_claim(claim_id[i])
}

function passed() {
	return total > 0 && failed == 0 && !falsifier_failed
}

function falsifier_said() {
	if (!("falsifier" in fact))
		return "the falsifier was not run"
	return "falsifier: " histories ", " (falsifier_failed ? "FAILED" : "no false statement that is certain or dated")
}

function write_result() {
	heading(2, "1. Result")
	if (html)
		printf "<p class=\"result %s\">", passed() ? "good" : "bad"
	printf "Result: %s%s; %d checks in %d runs of %d cases, %d failed; %s\n", passed() ? "passed" : "FAILED", n_ran < n_cases ? " (only a part was run)" : "", total, n_runs, n_ran, failed, falsifier_said()
	if (html)
		print "</p>"
	else
		print ""
	if (n_ran < n_cases)
		para("Only " n_ran " of " n_cases " cases were run: this is no validation of the whole program.")
	if (fact["version1"] != "" && fact["version1"] != "wmsdiff " fact["kit"])
		para("The program says that it is " fact["version1"] ", and the kit is of " fact["kit"] ": a difference may come of that.")
	write_failures()
}

function write_failures(    i, r, c) {
	if (failed == 0)
		return
	heading(3, "What failed")
	for (i = 1; i <= failed; i++) {
		r = failed_run[i]; c = failed_check[i]
		open_facts()
		row("case", r)
		row("claim", check[r, c])
		row("looked at", what[r, c])
		row("expected", wanted[r, c])
		row("observed", got[r, c])
		close_facts()
	}
}

function write_tested(    i) {
	heading(2, "2. What was tested, and where")
	open_facts()
	row("program", fact["program"])
	row("sha256", fact["program_sha256"])
	for (i = 1; i <= n_versions; i++)
		row(i == 1 ? "version" : "library", versions[i])
	row("machine", fact["machine"])
	row("system", fact["system"])
	row("host", fact["host"])
	row("run by", fact["user"])
	row("started", fact["started"])
	row("ended", fact["ended"])
	row("kit", "version " fact["kit"])
	row("sandbox", fact["sandbox"])
	close_facts()
	para("The files and programs of the kit, with their SHA-256:")
	open_facts()
	for (i = 1; i <= n_kit; i++)
		kit_row(kit_name[i], kit_sum[i])
	close_facts()
}

function write_method() {
	heading(2, "3. How this was done, and how to read it")
	para("Each case is a pair of registry hives, or a single one, that a recipe builds: a program that writes the bytes of a hive, shares no code with the program under test, and deletes, renames or spoils what the case tells. So the truth of each case is known. The answers that are expected were written by hand from what the recipe does and from the rules that the manuals state; none was taken from the program.")
	para("The program runs on the files of the case and writes its report. Each check is a question to that report (an XPath expression, in which names have no prefixes; the program observe of the kit answers it, by libxml2, which wmsdiff uses too; any other XPath processor can be asked instead, the reports of all cases stand beside this one), to the exit status or to the summary. A check passes if the answer is, byte for byte, the one that is expected. Where a question finds several texts they are sorted, with a bar between them.")
	para("The same recipe gives the same bytes everywhere, so the hashes of the files can be compared with those that another laboratory has.")
	para("Whatever the case is, three things are checked: the files of the case have the same SHA-256 after the run as before; each SHA-256 that the report gives of an input is that of a file of the case, by sha256sum; the report is valid against the schema of its format.")
	para("NR (normal hives), NRD (normal hives with deleted keys and values), CR (corrupted hives) and MR (manipulated hives) are equivalent to the groups of the same names of the data set cfreds-2017-winreg of NIST's CFReDS: the cases up to NR-07, NRD-16, CR-07 and MR-15 do what that data set does, to hives that hold MAPI profiles, in the versions 1.3 and 1.5 of the format (a name ends with the version). Those behind them are our own; so are the cases MP, which are of MAPI profiles. They are not that data set: its hives are not used; where it chooses a place at random, the recipe has a fixed one; of its classes of manipulation that have variants (MR-03 to MR-06) not every variant is here; and its hives of whole systems have no equivalent.")
	para("The names of claims lead to section 7, which tells what the program can state, what that rests on, and where it ends.")
}

function write_overview(    i, g, n, order, c, f, k, n_here) {
	heading(2, "4. Overview")
	for (i = 1; i <= n_runs; i++) {
		g = group(run[i])
		if (!(g in n)) order[++k] = g
		n[g]++; c[g] += n_checks[run[i]]; f[g] += run_failed[run[i]]
	}
	if (html)
		print "<table><thead><tr><th>group</th><th>runs</th><th>checks</th><th>failed</th></tr></thead><tbody>"
	else
		printf "  %-8s %6s %8s %8s\n", "group", "runs", "checks", "failed"
	for (i = 1; i <= k; i++) {
		g = order[i]
		printf (html ? "<tr><td>%s</td><td>%d</td><td>%d</td><td>%d</td></tr>\n" : "  %-8s %6d %8d %8d\n"), g, n[g], c[g], f[g]
	}
	print (html ? "</tbody></table>" : "")
	for (i = 1; i <= n_claims; i++)
		n_here += claim_checks[claim_id[i]] > 0
	para("Of the " n_claims " kinds of statement that the program can make (section 7), " n_here " are looked at by the cases that were run; the others are held by tests of the build alone.")
	if (html)
		print "<table><thead><tr><th>case</th><th>title</th><th>checks</th><th></th></tr></thead><tbody>"
	for (i = 1; i <= n_runs; i++)
		if (html)
			printf "<tr><td><a href=\"#%s\">%s</a></td><td>%s</td><td>%d</td><td>%s</td></tr>\n", run[i], run[i], t(title[run_case[run[i]]]), n_checks[run[i]], badge(run_failed[run[i]])
		else
			printf "  %-13s %-46s %3d  %s\n", run[i], title[run_case[run[i]]], n_checks[run[i]], mark(run_failed[run[i]])
	print (html ? "</tbody></table>" : "")
}

function write_inputs(r,    i, f) {
	for (i = 1; i <= n_inputs[r]; i++) {
		split(input[r, i], f, "\t")
		row("file", f[1] ", " f[2] " bytes, " f[3])
	}
}

function write_check(r, i,    bad) {
	bad = verdict[r, i] != "pass"
	if (html) {
		printf "<tr><td><a href=\"#claim-%s\">%s</a></td><td>%s<div class=\"mono dim\">%s</div></td><td>%s</td><td>%s</td><td>%s</td></tr>\n", check[r, i], check[r, i], t(what[r, i]), t(question[r, i]), answer(wanted[r, i]), answer(got[r, i]), badge(bad)
		return
	}
	printf "  %2d. %-22s %s\n", i, check[r, i], mark(bad)
	wrapped(what[r, i], "      ", "      ")
	wrapped(question[r, i], "      question  ", "                ")
	wrapped(answer(wanted[r, i]), "      expected  ", "                ")
	wrapped(answer(got[r, i]), "      observed  ", "                ")
}

function write_run(r,    i, c, commands) {
	c = run_case[r]
	if (html)
		print "<section class=\"case\">"
	heading(3, r "  " title[c] (html ? "" : "  [" mark(run_failed[r]) "]"), r)
	commands = recipe[c]
	gsub(/\$MINOR/, substr(r, length(r)), commands)
	open_facts()
	row("truth", truth[c])
	row("recipe", commands)
	row("command", run_command[r])
	row("ended with", "exit status " run_status[r])
	write_inputs(r)
	close_facts()
	if (html)
		print "<table><thead><tr><th>claim</th><th>looked at</th><th>expected</th><th>observed</th><th></th></tr></thead><tbody>"
	for (i = 1; i <= n_checks[r]; i++)
		write_check(r, i)
	if (html)
		print "</tbody></table></section>"
}

function write_cases(    i) {
	heading(2, "5. The cases")
	for (i = 1; i <= n_runs; i++)
		write_run(run[i])
}

function write_falsifier(    i, line, counts) {
	heading(2, "6. The falsifier")
	if (n_falsified == 0) {
		para("It was not run.")
		return
	}
	para("The falsifier makes random histories of a user's hive (profiles are made, deleted, moved and renamed, hives are saved, copied, damaged), knows the full truth of each, runs the program on snapshots of it, and holds every statement of the reports against that truth. It passes if no statement that is certain or has a moment is false, and no more than one in 10,000 of those that are probable. Columns: how many statements of a kind were made and how many of them are false, by how sure they are said to be; the seed of the first false one, by which it can be repeated; those that the truth does not decide; and what could have been said and was not, which is no fault.")
	para("What is only possible, or unresolved, says of itself that it may be wrong: how often it is stands in the table, and each such statement in falsifier.txt, beside this report, with the seed that repeats it.")
	if (html)
		print "<pre>"
	for (i = 1; i <= n_falsified; i++) {
		line = falsified[i]
		# A false statement and its command: those that count are told in full.
		if (line ~ /^# false: /)
			counts = line !~ /\[possible\]/
		else if (line !~ /^# *\t/)
			counts = 1
		if (!counts || line ~ /^1\.\./)
			continue
		sub(/^# ?/, "", line)
		print (html ? t(line) : "  " line)
	}
	print (html ? "</pre>" : "")
}

function write_limits() {
	heading(2, "8. What this validation does not show")
	para("The hives are made, not taken from Windows: they show what the format and the documented behaviour of Windows and MAPI lead to, as far as the authors know it. That the program reads hives of real machines is tested in the build, where such hives are at hand, not here.")
	para("The recipes and the program are of the same authors, though they share no code: a wrong belief about the format may stand in both. Checks of the build hold the hives of the recipes against other readers of the format (hivex, and what else is installed).")
	para("A check that passes shows that this answer is right in this case. How often statements are false in general is told by the falsifier, for its own kinds of histories and damage alone: bytes forged on purpose, so that nothing tells them from true ones, are outside of what it, or the program, can find out.")
	para("Claims for which section 7 names no case are held by the tests of the build, which are named there. They are run by make check, not here.")
}

function page_begin() {
	print "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
	print "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
	print "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
	print "<title>Validation of wmsdiff</title><style>"
	print ":root{color-scheme:light dark;--ink:#1b1f24;--paper:#fff;--dim:#57606a;--line:#d0d7de;--band:#f6f8fa;--bad:#a40e26;--good:#116329}"
	print "@media(prefers-color-scheme:dark){:root{--ink:#e6edf3;--paper:#0f1318;--dim:#9aa5b1;--line:#3a434e;--band:#181e25;--bad:#ff8a8a;--good:#6fdd8b}}"
	print "body{margin:0 auto;padding:1rem;max-width:72rem;background:var(--paper);color:var(--ink);font:1rem/1.45 system-ui,sans-serif;overflow-wrap:anywhere}"
	print "h2{border-bottom:2px solid var(--line);margin-top:2.5rem}h3{margin:1.6rem 0 .4rem}"
	print "dl{margin:.4rem 0}dl>div{display:grid;grid-template-columns:9rem minmax(0,1fr);gap:.5rem}dt{color:var(--dim)}dd{margin:0}"
	print "table{border-collapse:collapse;width:100%;margin:.6rem 0;font-size:.9rem}th,td{text-align:left;vertical-align:top;padding:.3rem .5rem;border-bottom:1px solid var(--line)}th{background:var(--band)}"
	print "section.case td:nth-child(3),section.case td:nth-child(4){width:22%}section.case td:last-child{white-space:nowrap}"
	print ".mono{font-family:ui-monospace,monospace;font-size:.85em}.dim{color:var(--dim)}.good{color:var(--good)}.bad{color:var(--bad)}"
	print ".result{font-size:1.15rem;font-weight:600;border:2px solid;padding:.6rem .9rem}pre{overflow-x:auto;font-size:.75rem}"
	print "@media print{section.case,section.claim{break-inside:avoid}}"
	print "</style></head><body><main>"
}

END {
	if (part == "claims") {
		write_claims()
		exit
	}
	fact["version1"] = versions[1]
	falsifier_failed = ("falsifier" in fact) && fact["falsifier"] != 0
	for (i = 1; i <= n_falsified; i++)
		if (falsified[i] ~ /^# [0-9]+ histories/) {
			histories = falsified[i]
			sub(/^# /, "", histories); sub(/ \(.*/, "", histories)
		}
	if (html)
		page_begin()
	heading(1, "Validation of wmsdiff")
	write_result()
	write_tested()
	write_method()
	write_overview()
	write_cases()
	write_falsifier()
	heading(2, "7. What the program can state")
	para("Every kind of statement of the program, with the words of the report that make it, what it rests on, where it ends, the tests of the build that hold it, and the cases above that looked at it.")
	write_claims()
	write_limits()
	if (html)
		print "</main></body></html>"
}
