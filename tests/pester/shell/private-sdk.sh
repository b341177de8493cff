# shellcheck shell=bash
# Sourced at the checkout's root. What the SDK leaves behind goes below artifacts: its marks of a first run and its cache of requests.
# Packages and feeds stay the account's own, and no build server stays behind.
if [ -z "${DOTNET_CLI_HOME:-}" ]; then
  export DOTNET_CLI_HOME=$PWD/artifacts/sdk
  mkdir -p "$DOTNET_CLI_HOME" "$HOME/.nuget"
  ln -sfn "$HOME/.nuget" "$DOTNET_CLI_HOME/.nuget"
fi
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false
export MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false
