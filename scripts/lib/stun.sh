# shellcheck shell=bash
# Asks a relay whether it is there, in the one language that any STUN server understands.

# answers_stun HOST PORT: sends one binding request (RFC 8489) and waits up to a second. A read from
# a datagram socket takes the first byte and drops the rest: a response begins with 0x01 0x01.
answers_stun() {
  local first=''
  {
    exec 3<>"/dev/udp/$1/$2" || return 1
    printf '\0\1\0\0\x21\x12\xa4\x42knothole-?\1\2' >&3 || return 1
    IFS= LC_ALL=C read -r -d '' -n 1 -t 1 -u 3 first
    exec 3>&-
  } 2>/dev/null
  [[ $first == $'\1' ]]
}
