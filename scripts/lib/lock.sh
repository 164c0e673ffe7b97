# shellcheck shell=bash
# A lock between processes that works without flock(1): a symbolic link whose target is the holder's
# process id. Making a link is atomic and names the holder in the same step.

# take_lock LINK SENTENCE: waits for the lock, saying SENTENCE once when somebody else has it.
take_lock() {
  local link=$1 sentence=$2 holder said=''
  until ln -s "$$" "$link" 2>/dev/null; do
    holder=$(readlink "$link") || continue
    if ! kill -0 "$holder" 2>/dev/null; then
      break_lock "$link" "$holder"
      continue
    fi
    [[ -n $said ]] || say "$sentence"
    said=yes
    sleep 0.2
  done
}

# break_lock LINK HOLDER: of several who saw the holder dead, one gets the link; if a new holder was
# quicker, it gets its lock back.
break_lock() {
  local link=$1 holder=$2 aside=$1.$$
  mv "$link" "$aside" 2>/dev/null || return 0
  [[ $(readlink "$aside") == "$holder" ]] || ln -s "$(readlink "$aside")" "$link" 2>/dev/null
  rm -f "$aside"
}

drop_lock() { [[ $(readlink "$1") != "$$" ]] || rm -f "$1"; }
