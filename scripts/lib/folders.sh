# shellcheck shell=bash
# Where Knothole keeps things outside the clone: the XDG folders, each private to the user.

[[ -n ${HOME:-} ]] || die "the variable HOME is not set; it says where your files are"
cache_folder=${XDG_CACHE_HOME:-$HOME/.cache}/knothole
state_folder=${XDG_STATE_HOME:-$HOME/.local/state}/knothole

# private_folder DIR: makes it, mode 0700, and refuses one that somebody else owns: programs are
# started from the cache, so whoever can write there runs code as this user.
private_folder() {
  [[ -d $1 ]] || mkdir -p "$(dirname "$1")" || die "cannot make the folder $(dirname "$1")"
  [[ -d $1 ]] || mkdir -m 700 "$1" 2>/dev/null || [[ -d $1 ]] || die "cannot make the folder $1"
  [[ -O $1 ]] || die "the folder $1 belongs to somebody else; remove it or set XDG_CACHE_HOME"
  chmod 700 "$1" || die "cannot make the folder $1 private"
}
