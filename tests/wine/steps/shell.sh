# shellcheck shell=bash
# Only fetches what the step pester needs from the package registry, so that the step can run offline later. tests/wine/run shell

step_main() {
    if fetch_shell; then report_counts 1 0 0; else report_counts 0 1 0; return 1; fi
}
