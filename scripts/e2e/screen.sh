# shellcheck shell=bash
# The screen as such: sizes, colours, terminals of other kinds.

test_first_frame_opens_on_the_alternate_screen() {
  open_relay
  sit_down alice
  open_client alice
  sees alice 'online as alice'
  sees alice '^>'
}

test_resizes_are_followed_and_the_draft_is_kept() {
  local size before
  open_relay
  sit_down alice 80 24
  in_chat alice bob
  type_text alice 'half a thought'
  sees alice '^> half a thought'
  before=$(screen alice)
  for size in '20 4' '300 100' '40 10' '5 1' '200 60' '80 24'; do
    # shellcheck disable=SC2086 # columns and rows
    resize alice $size
    enter bob "at $size"
    # Lines as quick as this script's would be taken for a paste.
    sees bob "bob: at $size"
  done
  sees alice 'bob: at 80 24'
  # The terminal itself moves lines about until the client has painted.
  eventually 30 "the title is as before" has_line alice 1 "$(head -n 1 <<<"$before")"
  eventually 30 "the input line is as before" has_line alice '$' "$(tail -n 1 <<<"$before")"
  resize alice 20 4
  sees alice '^> half a thought'
  sees alice '80 24'
}

# has_line NAME NUMBER TEXT: whether that row of the screen is just this.
has_line() { [[ $(screen "$1" | sed -n "$2p") == "$3" ]]; }

test_no_color_sends_no_colour() {
  open_relay
  sit_down alice
  enter alice 'export NO_COLOR=1'
  open_client alice
  sees alice 'online as alice'
  if raw alice | grep -oE '\^\[\[[0-9;]*m' | grep -E '[[;](3[0-8]|4[0-8]|9[0-7]|10[0-7])[;m]'; then
    fail "a colour was sent"
  fi
}

test_dumb_terminal_gets_the_console_without_an_escape() {
  open_relay
  sit_down alice
  enter alice 'export TERM=dumb'
  : >"$stage/alice.raw"
  launch_client alice
  sees alice 'online as alice'
  assert_equal "$(flag alice alternate_on)" 0 "the alternate screen"
  enter alice /quit
  sees alice 'status=0'
  assert_lacks "$(raw alice)" '^[' "what the terminal got"
}

test_terminals_of_many_kinds_are_served() {
  local kind
  open_relay
  sit_down alice
  for kind in screen screen-256color tmux-256color xterm-256color linux vt100; do
    enter alice "clear; export TERM=$kind"
    open_client alice
    sees alice 'online as alice'
    type_text alice ab
    press alice Left
    type_text alice X
    sees alice '^> aXb'
    press alice End C-u
    enter alice /quit
    sees alice 'status=0'
  done
}
