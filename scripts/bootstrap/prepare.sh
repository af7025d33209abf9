# Sourced by the launchers, which set `root`. Decides with a handful of file reads whether anything has to be brought or
# installed; the work itself is in the .mjs files beside this one, which run on any Node from 20 on.
# Written for bash 3.2, the version that macOS ships.

# The oldest Node that runs the sources as they are: type stripping is stable from 24.12 on.
readonly NODE_MAJOR_MIN=24
readonly NODE_MINOR_MIN=12
# The oldest Node that can run the installer itself.
readonly INSTALLER_NODE_MAJOR_MIN=20

# prepare production|all: afterwards `node_path` runs the sources and node_modules holds what the lock file says.
prepare() {
  choose_node
  local installed_for="node-$node_major ${OSTYPE%%[0-9]*} $HOSTTYPE"
  if ! dependencies_are_current "$installed_for" "$1"; then
    run_installer "$node_path" "$root/scripts/bootstrap/install-dependencies.mjs" "$installed_for" "$1"
  fi
  if ! engines_are_linked; then "$node_path" "$root/scripts/bootstrap/engines.mjs" link; fi
}

# Replaces this process by Node, so that signals reach it directly.
# --use-system-ca: certificates of the site's own authority, trusted by the machine, are trusted here as well.
# The compile cache keeps stripped and compiled sources; Node does without it where the folder cannot be written.
become_node() {
  export NODE_COMPILE_CACHE="${NODE_COMPILE_CACHE-$root/.runtime/compile-cache}"
  exec "$node_path" --use-system-ca "$@"
}

# Sets node_path and node_major: the machine's own Node if it is new enough, else the pinned one under .runtime.
choose_node() {
  local brought="$root/.runtime/node_modules/.bin/node" machine_node wanted
  machine_node="$(command -v node || true)"
  if [ -n "$machine_node" ] && read_node_version "$machine_node" && runs_the_sources; then
    node_path="$machine_node"
    return
  fi
  wanted="$(pinned_node_version)"
  if ! { [ -x "$brought" ] && read_node_version "$brought" && [ "$node_version" = "v$wanted" ]; }; then
    bring_node "$machine_node" "$brought" "$wanted"
  fi
  node_path="$brought"
}

bring_node() {
  local machine_node="$1" brought="$2" wanted="$3" installer=""
  for candidate in "$machine_node" "$brought"; do
    if [ -x "$candidate" ] && read_node_version "$candidate" && [ "$node_major" -ge $INSTALLER_NODE_MAJOR_MIN ]; then
      installer="$candidate"
      break
    fi
  done
  if [ -z "$installer" ]; then
    fail "Node $INSTALLER_NODE_MAJOR_MIN or later and npm are needed to start, and $(describe_found "$machine_node")." \
      "Install them from your distribution or from https://nodejs.org, then run this again." \
      "Signalbox brings the newer Node that it runs on by itself."
  fi
  run_installer "$installer" "$root/scripts/bootstrap/bring-node.mjs"
  read_node_version "$brought" && [ "$node_version" = "v$wanted" ] && return
  fail "The Node $wanted that was brought does not run on this machine:" \
    "$("$brought" --version 2>&1 | head -n 1)" \
    "Where libatomic.so.1 is missing, install it (Debian: apt install libatomic1; Fedora: dnf install libatomic)." \
    "It needs Linux with glibc 2.28 or later (musl, as in Alpine, does not work) or macOS 13.5 or later." \
    "Or put a Node of version $NODE_MAJOR_MIN.$NODE_MINOR_MIN or later on the PATH."
}

# Sets node_version (v26.10.0), node_major and node_minor from a Node executable; fails where it does not run.
read_node_version() {
  node_version="$("$1" --version 2>/dev/null)" || return 1
  [[ "$node_version" =~ ^v([0-9]+)\.([0-9]+)\. ]] || return 1
  node_major="${BASH_REMATCH[1]}"
  node_minor="${BASH_REMATCH[2]}"
}

runs_the_sources() {
  [ "$node_major" -gt $NODE_MAJOR_MIN ] || { [ "$node_major" -eq $NODE_MAJOR_MIN ] && [ "$node_minor" -ge $NODE_MINOR_MIN ]; }
}

# The one version of Node that scripts/runtime pins for every platform.
pinned_node_version() {
  local line
  while IFS= read -r line; do
    if [[ "$line" =~ \"node-[a-z0-9-]+\":\ \"([0-9.]+)\" ]]; then
      echo "${BASH_REMATCH[1]}"
      return
    fi
  done <"$root/scripts/runtime/package.json"
  fail "scripts/runtime/package.json names no Node version: the checkout is incomplete. Restore it with git."
}

# The stamp is written after a successful install only: whom it was for, with which scope, and the lock file it followed.
dependencies_are_current() {
  local stamp="$root/node_modules/.signalbox" stamped_for stamped_scope
  [ -r "$stamp/installed-for" ] || return 1
  { IFS= read -r stamped_for && IFS= read -r stamped_scope; } <"$stamp/installed-for" || return 1
  [ "$stamped_for" = "$1" ] || return 1
  [ "$stamped_scope" = all ] || [ "$stamped_scope" = "$2" ] || return 1
  cmp -s "$root/package-lock.json" "$stamp/package-lock.json"
}

# Whether every installed engine is of the pinned version and stands in node_modules as a link.
engines_are_linked() {
  local engine package
  for engine in "$root"/.runtime/engines/*/; do
    [ -d "$engine" ] || continue
    engine="${engine%/}"
    cmp -s "$engine/package-lock.json" "$root/scripts/runtime/engines/${engine##*/}/package-lock.json" || return 1
    for package in "$engine"/node_modules/@node-llama-cpp/*; do
      [ -L "$root/node_modules/@node-llama-cpp/${package##*/}" ] || return 1
    done
  done
}

# Runs an installer so that a signal to this process stops it as well; a failure has already been explained by it.
run_installer() {
  local installer status=0
  "$@" &
  installer=$!
  trap 'kill -TERM "$installer" 2>/dev/null || true' INT TERM HUP
  wait "$installer" || status=$?
  if kill -0 "$installer" 2>/dev/null; then wait "$installer" || status=$?; fi
  trap - INT TERM HUP
  [ "$status" -eq 0 ] || exit "$status"
}

describe_found() {
  if [ -z "$1" ]; then echo "no node was found on the PATH"; else echo "$1 is $("$1" --version 2>/dev/null || echo "broken")"; fi
}

fail() {
  printf 'signalbox: %s\n' "$1" >&2
  shift
  for line in "$@"; do printf '  %s\n' "$line" >&2; done
  exit 1
}
