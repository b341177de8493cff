# shellcheck shell=bash
# Sourced in the root of the checkout. The files that the SDK keeps for a user (first-run marks, HTTP cache) go into artifacts/sdk. The
# package cache and the configured feeds stay those of the user, and no build server keeps running.
if [ -z "${DOTNET_CLI_HOME:-}" ]; then
  export DOTNET_CLI_HOME=$PWD/artifacts/sdk
  mkdir -p "$DOTNET_CLI_HOME" "$HOME/.nuget"
  ln -sfn "$HOME/.nuget" "$DOTNET_CLI_HOME/.nuget"
fi
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false
export MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false
