# shellcheck shell=bash
# What the machine has, what is brought to it, and how a lane is started. Sourced by .ci/run.

has() { command -v "$1" >/dev/null; }

has_wine() { [ -x /usr/lib/wine/wine64 ] || has wine64; }

# True if there is a pwsh that has a module.
has_module() {
  has pwsh && pwsh -NoProfile -NonInteractive -Command "exit [int](-not (Get-Module -ListAvailable -Name $1))" >/dev/null 2>&1
}

# On a Debian system, as root, what the steps need is installed.
install_packages() {
  local packages=(wine64 bsdutils unzip ffmpeg spin gcc libc6-dev gcc-mingw-w64-x86-64 mono-devel) package
  if [ "$(id -u)" -ne 0 ] || ! has apt-get; then
    echo "Not root on a Debian system: working with what is installed."
    return
  fi
  if dpkg -s "${packages[@]}" >/dev/null 2>&1; then return; fi
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends "${packages[@]}" >"$logs/apt.log" 2>&1 && return

  # A package that a release lacks must not prevent the others.
  for package in "${packages[@]}"; do
    apt-get install -y -qq --no-install-recommends "$package" >>"$logs/apt.log" 2>&1 \
      || echo "$package could not be installed; steps that need it are skipped."
  done
}

# A PowerShell for each system that is shown, and the run-time for the one under Wine.
bring_shells() {
  tests/pester/shell/bring unix || return
  if has_wine; then tests/wine/run shell; fi
}

# What is in no solution, built before lanes run side by side.
build_others() {
  local project
  for project in tests/soak/WinMmf.Soak tests/benchmarks/WinMmf.Benchmarks; do
    dotnet build "$project" -c Release -nologo -v:quiet || return
  done
  if has mono; then dotnet build tests/mono/WinMmf.Mono.Tests -c Release -nologo -v:quiet; fi
}

# with_shell COMMAND…: the shell that was brought stands on its PATH
with_shell() {
  DOTNET_ROOT=${DOTNET_ROOT:-$(dirname "$(readlink -f "$(command -v dotnet)")")} PATH=$PWD/artifacts/shell/unix:$PATH "$@"
}
export -f has has_wine bring_shells build_others with_shell

# start_lane NAME: runs its steps in the background. As root it gets a /dev/shm of its own, so that lanes do not see each other's memories.
start_lane() {
  local command=(bash .ci/run --lane "$1" "${wanted_steps[@]+"${wanted_steps[@]}"}")
  if [ "$1" = compute ]; then command=(nice -n 19 "${command[@]}"); fi
  if [ "$(id -u)" -eq 0 ] && unshare -m --propagation private mount -t tmpfs tmpfs /dev/shm 2>/dev/null; then
    unshare -m --propagation private bash -c 'mount -t tmpfs -o mode=1777 tmpfs /dev/shm && exec "$@"' . "${command[@]}" &
  else
    "${command[@]}" &
  fi
}
