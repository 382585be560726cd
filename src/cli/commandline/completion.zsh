#compdef wmsdiff
# SPDX-License-Identifier: GPL-2.0-or-later
# Completion for zsh; installed as _wmsdiff.  What stands in parentheses before an option
# is not offered beside it.  tests/check/completion.sh holds it against the help and the
# program.

local curcontext=$curcontext state ret=1
local -a context line expl plain others hives
local -A opt_args

# What does not go with reading a report again, and what does that.
hives=(
	-o --output --format --full --timeline --log --skip-logs --save-image --no-recover --same-subject --key
	--output-dir --user --order
	--mapi32 --modules --system --software --events --patterns
	--restore --restore-profile --restore-as --restore-root --restore-partial
	--reg-version --reg-encoding --case --examiner --note --redact --redact-list
	--time-zone --manifest --sign-with
	--evidence-number --received-from --received-at -j --jobs --exit-zero
)
local rereads='--validate --render'

# No _files where the ending of a name counts: where nothing fits it offers all files,
# hives to be written over among them.
local xml='_path_files -g "*.xml(-.) *(-/)"'
local html='_path_files -g "*.html(-.) *(-/)"'
local events='_path_files -g "*.(jsonl|csv|body)(-.) *(-/)"'
local dll='_path_files -g "(#i)*.dll(-.) *(-/)"'
local folder='folder:_directories'
local number='number:({1..64})'
local versions='((5\:"the default" 4\:"for Windows NT 4 and 9x"))'
local roots='(HKEY_CURRENT_USER HKEY_USERS\\.DEFAULT)'
local encodings='((utf16le\:"the default, for regedit" utf8\:"for hivexregedit"))'

# Those that go with all but a report that is read again, and the others.
plain=(
	'--format=[write a line for each finding instead of the summary]:format:(csv jsonl)'
	'--full[spell out every profile, not only what changed]'
	"*--timeline=[write all times as events (Timesketch, mactime)]:timeline:$events"
	'--no-recover[leave out what is found of deleted profiles]'
	'--same-subject[all hives are of one user, whatever they say]'
	"--output-dir=[write an index, and a folder for each subject]:$folder"
	'*--user=[only this subject of many]:name or security id: '
	'--order=[how snapshots of one subject are ordered]:order:(operands time)'
	'*--key=[compare this key too; "\\" is the whole hive]:path of a key: '
	"--mapi32=[Mapi32.dll of the machine, or its version]:file or version:$dll"
	'*--modules=[saved output of tlist or tasklist]:listing:_files'
	'--system=[SYSTEM hive of the machine: services]:SYSTEM hive:_files'
	'--software=[SOFTWARE hive of the machine: Exchange, fixes]:SOFTWARE hive:_files'
	'*--events=[event log of the machine: Application.evt or .evtx]:event log:_files'
	'--patterns=[more names of profiles of services]:table of patterns:_files'
	"--restore=[write a .reg file for each profile that is gone or damaged]:$folder"
	"*--restore-profile=[bring back only this profile, a service's too]:profile: "
	'--restore-as=[bring it back under another name]:name of a profile: '
	"--restore-root=[bring it back below this root]:key:$roots"
	'--restore-partial[bring back incomplete ones too]'
	"--reg-version=[version of the .reg format]:version:$versions"
	"--reg-encoding=[encoding of .reg files]:encoding:$encodings"
	'--case=[for the record: id of the case]:id: '
	'--examiner=[for the record: name of the examiner]:name: '
	'--note=[for the record: a note]:text: '
	'--time-zone=[show local time beside UTC]:zone or system: '
	'--redact[put stand-ins in place of personal data in all outputs]'
	'--redact-list=[write what each stand-in stands for]:file:_files'
	'--manifest=[write a list of all outputs with their SHA-256]:manifest:_directories'
	'--sign-with=[hand the manifest to a program that signs it]:command: '
	'*--evidence-number=[for the record: number of the file named next]:number: '
	'*--received-from=[for the record: from whom the file named next is]:name: '
	'*--received-at=[for the record: when the file named next was received]:time: '
	'--exit-zero[exit with 0 instead of 1]'
)
others=(
	"(-o --output $rereads)"{-o+,--output=}"[write the XML report to FILE]:report:$xml"
	"(--skip-logs $rereads)*--log=[a transaction log of the snapshot before it]:log:_files"
	"(--log --save-image $rereads)--skip-logs[read dirty hives as they stand]"
	"(--skip-logs $rereads)--save-image=[write each replayed hive to a new file]:$folder"
	"(-j --jobs $rereads)"{-j+,--jobs=}"[read up to N snapshots at the same time]:$number"
	'--no-sandbox[keep all rights while evidence is read, for debugging]'
	'--html=[write a page for a browser too]:page:'$html
	'(-q --quiet)'{-q,--quiet}'[no summary]'
	'(-v --verbose)'{-v,--verbose}'[tell what is being done]'
	'--color=[when to use colours]:when:(auto always never)'
	'--progress=[when to show progress]:when:(auto never)'
	"($hives)--validate[check a report against the schema that is built in]"
	"($hives)--render[make the page of a report, with --html]"
	'(- *)--help[show the help and exit]'
	'(- *)--version[show versions and exit]'
)

_arguments -s -S -C "($rereads)"$^plain $others '*:snapshot:->operand' && ret=0

if [[ $state == operand ]]; then
	if (( ! $+opt_args[--validate] && ! $+opt_args[--render] )); then
		_wanted snapshots expl snapshot _files && ret=0
	elif (( $#line > 1 )); then
		_message 'no more than one report'
	else
		_wanted reports expl report ${(Q)${(z)xml}} && ret=0
	fi
fi
return ret
