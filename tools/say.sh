# Sourced by the tools: how they speak, and where they stand.

cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1

# What Python has compiled is kept, whatever the machine is set to: else each of a tool's processes compiles it anew.
unset PYTHONDONTWRITEBYTECODE

# A headline on a line of its own, bold where a person looks on.
say() { if [ -t 1 ]; then printf '\n\033[1m==> %s\033[0m\n' "$*"; else printf '\n==> %s\n' "$*"; fi; }

# One sentence on what is wrong and what to do, and the end.
stop() {
  printf '%s\n' "$*" >&2
  exit 1
}

# Whether missing packages of the system may be installed: Debian's tools are there, and we are root.
may_install() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }

# Install packages of the system, with one line for the reader and apt's own words only when it fails.
apt_install() {
  echo "Installing $* with apt-get ..." >&2
  local words
  words=$(export DEBIAN_FRONTEND=noninteractive
    { apt-get update && apt-get install --yes --no-install-recommends "$@"; } </dev/null 2>&1) && return
  printf '%s\n' "$words" | tail -n 15 >&2
  return 1
}
