# shellcheck shell=bash
# Self-contained builds for Windows, kept apart from everybody else's obj and bin.

# publish_windows PROJECT OUTPUT [ARGUMENT...]: adds to OUTPUT; programs of one build share its run-time.
publish_windows() {
    local project=$1 output=$2 log
    shift 2
    log=$work/publish-$(basename "$project" .csproj).log
    mkdir -p "$output"
    echo "Publishing $(basename "$project") for win-x64 ..."
    if ! nice dotnet publish "$project" -c Release -r win-x64 --self-contained true --artifacts-path "$work/build" -o "$output" \
        -p:UseSharedCompilation=true "$@" >"$log" 2>&1 9>&-; then
        grep -E 'error|warn' "$log" | sort -u | head -n 40 >&2 || tail -n 40 "$log" >&2
        echo "$project could not be published (whole log: $log)." >&2
        report_counts 0 1 0
        exit 1
    fi
}
