# shellcheck shell=bash
# People at terminals: each is a tmux session with a shell, by the person's name.

mux() { ${apart:-} tmux -S "$stage/tmux" -f /dev/null "$@"; }

# sit_down NAME [COLUMNS ROWS]: a terminal with a plain shell; everything it is sent is kept in
# $stage/NAME.raw.
sit_down() {
  # The shell's own paste brackets would be taken for the client's.
  printf 'set enable-bracketed-paste off\n' >"$stage/inputrc"
  mux new-session -d -s "$1" -x "${2:-100}" -y "${3:-30}" -c "$root" \
    "INPUTRC='$stage/inputrc' PS1='shell> ' exec bash --norc --noprofile"
  mux pipe-pane -t "$1" -O "cat >>'$stage/$1.raw'"
  sees "$1" 'shell>'
}

screen() { mux capture-pane -p -t "$1"; }
flag() { mux display-message -p -t "$1" "#{$2}"; }
type_text() { mux send-keys -t "$1" -l -- "$2"; }
press() { local who=$1 && shift && mux send-keys -t "$who" "$@"; }
enter() { type_text "$1" "$2" && press "$1" Enter; }
resize() { mux resize-window -t "$1" -x "$2" -y "$3"; }

# paste NAME TEXT [-p]: line ends arrive as carriage returns, as terminals send them; with -p inside
# paste brackets, which tmux, like other terminals, sends to programs that asked for them.
paste() {
  printf '%s' "$2" | mux load-buffer -b "$1" -
  mux paste-buffer -d ${3:+"$3"} -b "$1" -t "$1"
}

shows() { screen "$1" | grep -Eq -- "$2"; }
shows_not() { ! shows "$1" "$2"; }
has_flag() { [[ $(flag "$1" "$2") == "$3" ]]; }

# sees NAME PATTERN [SECONDS]: waits until the screen shows it.
sees() { eventually "${3:-30}" "$1 sees /$2/" shows "$1" "$2"; }
sees_no_more() { eventually "${3:-30}" "$1 no longer sees /$2/" shows_not "$1" "$2"; }

count_on_screen() { screen "$1" | grep -cE -- "$2"; }

# raw NAME: all that was sent to the terminal, control characters made visible (\e becomes ^[).
raw() { cat -v "$stage/$1.raw"; }
