# shellcheck shell=bash
# Only builds, so that other steps can be run with --no-build. tests/wine/run build

step_main() {
    build_windows
    report_counts 1 0 0
}
