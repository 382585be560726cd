# SPDX-License-Identifier: GPL-2.0-or-later
# Types into a shell as a user does, and tells what stands on the line then:
#   zsh -f complete.zsh bash|zsh FOLDER SETUP <KEYS >LINES
# The shell runs in FOLDER, after the commands SETUP; what it needs itself is kept in
# FOLDER.shell.  A line of KEYS is "one TEXT", which ends with a press of Tab, or
# "all TEXT", where all that could stand there is put in.  For each there is a line, or
# "?" where none came.
emulate -R zsh
zmodload zsh/zpty || exit 77

shell=$1 folder=$2 setup=$3
own=$folder.shell
mkdir -p $own && : >$own/lines && cd $folder || exit 99
typeset -x OWN=$own TERM=dumb INPUTRC=/dev/null ZDOTDIR=$own

# Ctrl-X a puts in all, Ctrl-X p tells the line and empties it.
if [[ $shell == bash ]]; then
	command="bash --noprofile --rcfile ${(q)own}/rc -i"
	print -r -- "$setup" >$own/rc
	cat >>$own/rc <<'END'
PS1=
PROMPT_COMMAND='echo ready >>"$OWN/lines"; PROMPT_COMMAND='
bind 'set bell-style none' 'set enable-bracketed-paste off' 'set page-completions off' \
	'set completion-query-items 0' '"\C-xa": insert-completions'
bind -x '"\C-xp": tell'
tell() {
	printf '%s\n' "$READLINE_LINE" >>"$OWN/lines"
	READLINE_LINE= READLINE_POINT=0
}
END
else
	# No start-up files of the machine, which may ask questions.
	command="zsh -d -i"
	print -r -- "$setup" >$own/.zshrc
	cat >>$own/.zshrc <<'END'
PS1= PS2= RPS1= LISTMAX=1000
unset zle_bracketed_paste
unsetopt beep
ready() { print ready >>$OWN/lines; zle -D zle-line-init }
all() { _main_complete; compstate[insert]=all compstate[list]= }
tell() { print -r -- $BUFFER >>$OWN/lines; BUFFER= }
zle -N zle-line-init ready
zle -C all complete-word all
zle -N tell
bindkey -e
bindkey '^I' complete-word '^Xa' all '^Xp' tell
END
fi

# await N: until there are N lines, or for ten seconds.  What the shell shows is read and
# left aside, or it would wait for that.
await() {
	local shown
	local -a told
	local -F SECONDS=0
	while (( SECONDS < 10 )); do
		while zpty -rt shell shown; do :; done 2>/dev/null
		told=("${(@f)$(<$own/lines)}")
		(( $#told >= $1 )) && return
		sleep 0.01
	done
	return 1
}

zpty -b shell $command
await 1 || { print -u2 "$shell does not start"; exit 99 }
n=1
while IFS= read -r line; do
	[[ $line == all\ * ]] && key=$'\Cxa' || key=$'\t'
	zpty -wn shell "${line#* }$key"$'\Cxp'
	await $((++n)) || { print '?'; break }
	tail -n 1 $own/lines
done
zpty -d shell
