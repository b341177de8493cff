# shellcheck shell=bash
# What the machine has, what is installed and fetched, and how a lane starts. Sourced by .ci/run.

has() { command -v "$1" >/dev/null; }

has_wine() { [ -x /usr/lib/wine/wine64 ] || has wine64; }

# has_module NAME: true if a pwsh is on the PATH and has the module
has_module() {
  has pwsh && pwsh -NoProfile -NonInteractive -Command "exit [int](-not (Get-Module -ListAvailable -Name $1))" >/dev/null 2>&1
}

# Installs what the steps need, as root on Debian.
install_packages() {
  local packages=(wine64 bsdutils tmux unzip curl ffmpeg spin gcc g++ python3-numpy libc6-dev gcc-mingw-w64-x86-64 mono-devel strace libgtk-3-0) package
  if [ "$(id -u)" -ne 0 ] || ! has apt-get; then
    echo "Not root on a Debian system: working with what is installed."
    return
  fi
  if dpkg -s "${packages[@]}" >/dev/null 2>&1; then return; fi
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends "${packages[@]}" >"$logs/apt.log" 2>&1 && return

  # A package that this release does not have must not prevent the others.
  for package in "${packages[@]}"; do
    apt-get install -y -qq --no-install-recommends "$package" >>"$logs/apt.log" 2>&1 \
      || echo "$package could not be installed; steps that need it are skipped."
  done
}

# PowerShell for Linux and for Wine, with the runtime for the latter.
fetch_shells() {
  tests/pester/shell/fetch unix || return
  if has_wine; then tests/wine/run shell; fi
}

# The programs outside the solution. Lanes must not build in parallel: they would write the same files.
build_others() {
  local project
  for project in tests/soak/WinMmf.Soak tests/benchmarks/WinMmf.Benchmarks tests/security/WinMmf.Attacker; do
    dotnet build "$project" -c Release -nologo -v:quiet || return
  done
}

# with_shell COMMAND...: with the fetched shell on the PATH; its caches stay in artifacts
with_shell() {
  local home=$PWD/artifacts/shell/home
  XDG_CONFIG_HOME=$home/config XDG_DATA_HOME=$home/data XDG_CACHE_HOME=$home/cache \
    DOTNET_ROOT=${DOTNET_ROOT:-$(dirname "$(readlink -f "$(command -v dotnet)")")} PATH=$PWD/artifacts/shell/unix:$PATH "$@"
}
export -f has has_wine fetch_shells build_others with_shell

# start_lane NAME: runs the steps of a lane in the background. For root each lane has a private /dev/shm, so that the tests of one lane do
# not see the memories of another.
start_lane() {
  local command=(bash .ci/run --lane "$1" "${wanted_steps[@]+"${wanted_steps[@]}"}")
  if [ "$1" = compute ]; then command=(nice -n 5 "${command[@]}"); fi
  if [ "$(id -u)" -eq 0 ] && unshare -m --propagation private mount -t tmpfs tmpfs /dev/shm 2>/dev/null; then
    unshare -m --propagation private bash -c 'mount -t tmpfs -o mode=1777 tmpfs /dev/shm && exec "$@"' . "${command[@]}" &
  else
    "${command[@]}" &
  fi
}
