# shellcheck shell=bash
# Runs a step: with a time limit and a log, which is printed when the step has ended. Its result is one line in $logs/results.tsv:
# start, seconds, lane, name, passed, failed, skipped, remark. Sourced by .ci/run.

say() { flock "$logs/lock" printf '%s\n' "$@"; }

# id_of NAME: as it stands in file names and in .ci/expected-tests.tsv
id_of() { sed -E 's/[^a-z0-9]+/-/g; s/-$//' <<<"${1,,}"; }

# is_wanted NAME: false if the command line names other steps only. The steps that all others need always run.
is_wanted() {
  local name
  [ "${#wanted_steps[@]}" -gt 0 ] && [ "$lane" != first ] || return 0
  for name in "${wanted_steps[@]}"; do [ "$name" != "$1" ] || return 0; done
  return 1
}

# count LOG: the sum of all closing lines, those of dotnet test and "N passed, N failed, N skipped"
count() {
  awk '
    { sub(/\r$/, "") }
    match($0, /Failed: +[0-9]+, Passed: +[0-9]+, Skipped: +[0-9]+/) {
      split(substr($0, RSTART, RLENGTH), part, /[^0-9]+/); f += part[2]; p += part[3]; s += part[4]; next }
    /^[0-9]+ passed, [0-9]+ failed(, [0-9]+ skipped)?$/ { split($0, part, /[^0-9]+/); p += part[1]; f += part[2]; s += part[3] }
    END { print p + 0, f + 0, s + 0 }' "$1"
}

# failures LOG: what failed, by the names in the log
failures() {
  sed -nE 's/\r$//
    s/^ +Failed ([^ ].*) \[[^]]*\]$/\1/p
    s/^FAIL:? +(.*)/\1/p
    s/^ *\[-\] (.*)/\1/p
    s/^FAULT (.*)/\1/p
    s/^(.*: error [A-Z]+[0-9]*: .*)/\1/p' "$1" | awk '!seen[$0]++'
}

record() {
  local IFS=$'\t'
  flock "$logs/lock" printf '%s\n' "$*" >>"$logs/results.tsv"
}

# check NAME LIMIT COMMAND...: counts as one test, which passes if the command succeeds
check() { step check "$@"; }

# suite NAME LIMIT COMMAND...: a command that prints closing lines. An expected test that did not run is a failure.
suite() { step suite "$@"; }

step() {
  local kind=$1 name=$2 limit=$3 id log status p f s remark='' start left missing
  shift 3
  is_wanted "$name" || return 0
  id=$(id_of "$name") log=$logs/$id.log start=$(now)
  left=$((deadline - start))
  if [ "$left" -lt 20 ]; then
    record "$start" 0 "$lane" "$name" 0 1 0 "not run: the $minutes minutes are over"
    return
  fi
  [ "$limit" -le "$left" ] || limit=$left
  say "--- $name begins"
  # timeout starts programs, not functions.
  if declare -F "$1" >/dev/null; then set -- bash -c '"$@"' . "$@"; fi
  WINMMF_RAN=$PWD/$logs/ran/$id.raw WINMMF_TEST_RESULTS=$PWD/$logs/trx/$id timeout --kill-after=20 "$limit" "$@" >"$log" 2>&1 </dev/null
  status=$?
  read -r p f s < <(count "$log")
  if [ "$kind" = check ]; then
    p=0 f=0 s=0
    echo "(step)" >"$logs/ran/$id.txt"
    if [ "$status" -eq 0 ]; then p=1; else f=1; fi
  elif [ "$((p + f + s))" -eq 0 ]; then
    remark='ended without a closing line' f=1
  elif [ "$((p + f))" -eq 0 ] && [ "$status" -eq 0 ]; then
    # The suite itself reports that this machine lacks something.
    remark="skipped: $(grep -vE '^[0-9]+ passed, ' "$log" | tail -n 1)"
  else
    missing=$(missing_tests "$id" "$log")
    if [ -n "$missing" ]; then
      f=$((f + 1)) remark="$(wc -l <<<"$missing") of its tests did not run"
      {
        echo "FAIL $remark:"
        head -n 40 <<<"$missing"
        echo "If you removed or renamed one on purpose, remove its line from .ci/expected-tests.tsv."
      } >>"$log"
    fi
  fi
  if [ "$status" -ne 0 ] && [ "$f" -eq 0 ]; then f=1; fi
  case $status in
    0) ;;
    124 | 137) remark="took longer than $limit s" ;;
    *) remark=${remark:-ended with code $status} ;;
  esac
  left=$(($(now) - start))
  flock "$logs/lock" bash -c 'printf "\n=== %s\n" "$1"; cat "$2"; printf "=== %s\n" "$3"' . \
    "$name" "$log" "$name: $p passed, $f failed, $s skipped; $left s${remark:+; $remark}"
  record "$start" "$left" "$lane" "$name" "$p" "$f" "$s" "$remark"
}

# skip NAME REASON: a step, or all steps whose names begin with NAME, cannot run here
skip() {
  is_wanted "$1" || return 0
  say "=== $1: skipped: $2"
  record "$(now)" 0 "$lane" "$1" 0 0 1 "skipped: $2"
}

# lost_steps: steps with expected tests that neither ran nor were skipped: their lane ended early, or .ci/run no longer calls them
lost_steps() {
  [ "${#wanted_steps[@]}" -eq 0 ] || return 0
  awk -F'\t' '
    FILENAME == ARGV[1] { id = tolower($4); gsub(/[^a-z0-9]+/, "-", id); sub(/-$/, "", id); seen[id] = $8; next }
    { n = split($2, part, " "); for (i = 1; i <= n; i++) { sub(/=.*/, "", part[i]); steps[part[i]] = 1 } }
    END {
      for (id in steps) {
        lost = !(id in seen)
        # One skip can stand for several steps.
        for (known in seen) if (seen[known] ~ /^skipped/ && index(id, known) == 1) lost = 0
        if (lost) print id
      }
    }' "$logs/results.tsv" .ci/expected-tests.tsv | sort
}

# report: prints the table, the failures and the closing line; fails if anything failed
report() {
  local start seconds by name p f s remark passed=0 failed=0 skipped=0 new
  for name in $(lost_steps); do record "$(now)" 0 - "$name" 0 1 0 "did not run"; done
  printf '\n%-7s %6s %6s  %-28s %7s %6s %7s  %s\n' lane from sec. step passed failed skipped remark
  while IFS=$'\t' read -r start seconds by name p f s remark; do
    printf '%-7s %6d %6d  %-28s %7d %6d %7d  %s\n' "$by" "$((start - began))" "$seconds" "$name" "$p" "$f" "$s" "$remark"
    passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
  done < <(sort -n -s -k1,1 "$logs/results.tsv")
  printf 'All of it took %d s on %d processors.\n' "$(($(now) - began))" "$(nproc)"
  new=$(unlisted_tests)
  if [ "$new" -gt 0 ]; then echo "$new tests are not in .ci/expected-tests.tsv yet; .ci/accept-tests adds them."; fi
  echo
  while IFS=$'\t' read -r start seconds by name p f s remark; do
    [ "$f" -gt 0 ] || continue
    echo "FAILED: $name${remark:+ ($remark)}"
    failures "$logs/$(id_of "$name").log" 2>/dev/null | head -n 20 | sed 's/^/  /'
  done < <(sort -n -s -k1,1 "$logs/results.tsv")
  if cut -f4 "$logs/results.tsv" | grep -q 'pester$'; then
    echo "Pester ran in PowerShell 7, which does not stand for Windows PowerShell 5.1 (docs/windows.md)."
  fi
  report_unsteady
  echo "$passed passed, $failed failed, $skipped skipped"
  [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
}
