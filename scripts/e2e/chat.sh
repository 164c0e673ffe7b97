# shellcheck shell=bash
# Two people, each at a full screen.

test_two_people_find_each_other_and_chat_both_ways() {
  open_relay
  in_chat alice bob
  enter alice 'hi bob'
  sees alice 'alice: hi bob'
  sees bob 'alice: hi bob'
  enter bob 'hello alice'
  sees alice 'bob: hello alice'
  sees alice 'bob (lan|direct) .*ms'
  enter alice /quit
  sees alice 'status=0'
  sees bob 'alice has left'
}

test_pasted_newlines_do_not_send() {
  open_relay
  in_chat alice bob
  paste alice $'first line\nsecond line' -p
  sees alice '> first line'
  sees alice '^ *second line'
  assert_lacks "$(screen alice)" 200~
  # What alice sends now comes after whatever the paste might have sent.
  press alice Enter
  sees bob 'second line'
  assert_equal "$(count_on_screen bob 'alice: ')" 1 "messages bob got"
}

test_newlines_pasted_without_brackets_do_not_send_either() {
  open_relay
  in_chat alice bob
  paste alice "$(printf 'line %s\n' {1..20})"
  sees alice 'line 20'
  # An Enter as quick as this script's would belong to the paste; after a special key none does.
  press alice End Enter
  sees bob 'line 20'
  assert_equal "$(count_on_screen bob 'alice: ')" 1 "messages bob got"
}

test_control_characters_of_a_peer_never_reach_the_terminal() {
  local sequence
  open_relay
  online bob
  accepts bob alice &
  speak alice $'/connect bob\nbefore \033]0;pwned\007\033[2J\033[31m \342\200\256after\n/quit\n'
  sees bob 'before'
  sees bob 'after'
  assert_lacks "$(flag bob pane_title)" pwned "bob's title"
  for sequence in $'\033]0;pwned' $'\033[31m ' $'\007' $'\342\200\256'; do
    assert_lacks "$(cat "$stage/bob.raw")" "$sequence" "bob's terminal"
  done
}

test_unknown_commands_are_not_sent_but_answered_with_a_suggestion() {
  open_relay
  in_chat alice bob
  enter alice /quti
  sees alice 'Did you mean /quit'
  press alice C-u
  enter alice '//hello'
  sees bob 'alice: /hello'
  assert_equal "$(count_on_screen bob 'alice: ')" 1 "messages bob got"
}

test_slow_and_foreign_escape_sequences_are_not_typed() {
  open_relay
  online alice
  type_text alice draft
  sees alice '^> draft'
  press alice -H 1b 5b 49
  press alice -H 1b
  press alice -H 5b 44
  press alice -H 1b 5b 39 39 3b 39 7e
  type_text alice X
  eventually 15 "alice's draft holds only what was typed" shows alice '^> (drafXt|draftX) *$'
}

test_unread_messages_of_other_chats_are_counted() {
  open_relay
  in_chat alice bob
  accepts alice carol &
  speak carol $'/connect alice\none\ntwo\n/quit\n'
  sees alice 'carol.* 2'
  assert_lacks "$(screen alice)" 'carol: one' "alice's open chat"
  press alice M-a
  sees alice 'carol: two'
}

test_completion_history_and_help_are_at_hand() {
  open_relay
  in_chat alice bob
  type_text alice /disc
  press alice Tab
  sees alice '^> /disconnect'
  press alice C-u
  enter alice 'once more'
  sees bob 'once more'
  press alice Up
  sees alice '^> once more'
  press alice C-u
  enter alice '/help connect'
  sees alice 'Example: /connect bob'
}

test_somebody_unknown_and_oneself_get_plain_sentences() {
  open_relay
  online alice
  enter alice '/connect nobody'
  sees alice 'Nobody called nobody'
  enter alice '/connect alice'
  sees alice 'That is you'
}

test_a_direct_session_needs_no_relay() {
  local port_of_bob
  free_port
  port_of_bob=$port
  relay=127.0.0.1:1
  sit_down alice
  sit_down bob
  open_client bob --port "$port_of_bob"
  open_client alice --connect "127.0.0.1:$port_of_bob"
  sees alice 'Connected directly'
  enter alice 'no relay here'
  sees bob 'no relay here'
}
