# shellcheck shell=bash
# Builds Knothole when its sources are newer than the build at hand, and sets `build` to the folder
# that holds it. A build is never changed in place: a running client loads classes from its jars
# until its last second, so each state of the sources gets a folder of its own in the cache.

builds=$cache_folder/builds

# sources_stamp: sets stamp. Names, sizes and times instead of contents: a start has no time to read
# the sources, and an edit that keeps all three does not happen.
sources_stamp() {
  local sources=("$root/pom.xml" "$root/.mvn" "$root/scripts/lib/build.sh")
  local module
  for module in protocol relay tui-client; do
    sources+=("$root/$module/pom.xml" "$root/$module/src/main")
  done
  stamp=$(list_files "${sources[@]}" | LC_ALL=C sort | cksum)
  stamp=${stamp// /-}
}

list_files() {
  case $OSTYPE in
    linux*) find "$@" -type f -printf '%p %s %T@\n' ;;
    *) find "$@" -type f -exec stat -f '%N %z %Fm' {} + ;;
  esac
}

# ensure_built: sets build; runs Maven only when this state of the sources was never built.
ensure_built() {
  sources_stamp
  build=$builds/$stamp
  [[ -e $build/complete && -O $build ]] || build_once
}

build_once() {
  find_maven
  make_build run_maven
}

# make_build COMMAND...: installs what the command leaves in target/, one process at a time.
make_build() {
  private_folder "$cache_folder"
  private_folder "$builds"
  local lock=$builds/lock
  # shellcheck disable=SC2064 # the lock's name is known now
  trap "drop_lock '$lock'" EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
  take_lock "$lock" "another start is building Knothole; waiting for it ..."
  if [[ ! -e $build/complete ]]; then
    "$@"
    install_build
    remove_old_builds
  fi
  drop_lock "$lock"
  trap - EXIT INT TERM HUP
}

# adopt_build: takes what Maven has just made of the sources by itself, instead of making it again.
adopt_build() {
  sources_stamp
  build=$builds/$stamp
  make_build true
}

find_maven() {
  command -v mvn >/dev/null ||
    die "Knothole is built with Maven, and there is no 'mvn' on the PATH: install Maven 3.8 or newer" \
      "(package 'maven', 'brew install maven' or https://maven.apache.org)."
}

# maven GOALS: what an earlier version left in target/ would end up on the class path.
maven() {
  rm -rf "$root"/{protocol,relay,tui-client}/target/{*.jar,lib}
  (cd "$root" && JAVA_HOME=$jdk mvn -B -ntp "$@" </dev/null)
}

run_maven() {
  local log=$builds/maven.log begin=$SECONDS when="sources changed"
  ls "$builds"/*/complete >/dev/null 2>&1 || when="first start, about a minute"
  printf 'Building Knothole (%s) ...' "$when" >&2
  # Tests and layout of the sources are the business of scripts/test, not of a start.
  if ! maven -Dmaven.test.skip=true -Dspotless.check.skip=true package >"$log" 2>&1; then
    printf ' failed.\n' >&2
    tail -n 60 "$log" >&2
    die "the build failed; the whole output is in $log"
  fi
  printf ' done (%d s).\n' "$((SECONDS - begin))" >&2
}

# install_build: copies the jars and writes one class path for each program, in a fixed order, since
# a class data archive is only valid for the class path it was made with.
install_build() {
  local module unfinished=$builds/unfinished
  rm -rf "$unfinished"
  mkdir -m 700 "$unfinished" "$unfinished/lib"
  for module in relay tui-client; do
    cp "$root/$module"/target/lib/*.jar "$root/$module"/target/*.jar "$unfinished/lib/" ||
      die "the build left no jars in $module/target"
    class_path "$module" >"$unfinished/$module.classpath"
  done
  printf '%s\n' "$root" >"$unfinished/root"
  : >"$unfinished/complete"
  rm -rf "$build"
  mv "$unfinished" "$build"
}

# class_path MODULE: its own jar first, so that its resources win over those of its libraries.
class_path() {
  local jar path=''
  for jar in "$root/$1"/target/*.jar "$root/$1"/target/lib/*.jar; do
    path=$path:$build/lib/${jar##*/}
  done
  printf '%s\n' "${path#:}"
}

# remove_old_builds: of each clone's builds the newest two stay, and any that a process runs from.
remove_old_builds() {
  local old kept=0 running
  running=$(ps -A -ww -o args= 2>/dev/null) || return 0
  # shellcheck disable=SC2012 # the names are stamps: digits and a dash
  for old in $(cd "$builds" && ls -td -- [0-9]*-*[0-9]); do
    old=$builds/$old
    if [[ $(cat "$old/root") == "$root" ]]; then
      kept=$((kept + 1))
      ((kept > 2)) || continue
    elif [[ -d $(cat "$old/root") ]]; then
      continue
    fi
    [[ $running == *"$old/"* ]] || rm -rf "$old"
  done
}
