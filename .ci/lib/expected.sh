# shellcheck shell=bash
# Compares the tests that ran with .ci/expected-tests.tsv. That list has a line for each known test: its name, a tab, and how often it runs
# in each step ("tests wine-tests=3": once in the first, three times in the second). If a listed test does not run, its step fails. So no
# test disappears unnoticed, whether it is deleted or its suite ends early. The list has names, not counts: one test deleted and another
# added is found too, and the log names it. A new test needs no line; .ci/accept-tests writes the list from the last run.

# ran_tests ID LOG: the tests of a step that have a result, one name a line for each result; first the step itself.
# From the list that a suite writes (WINMMF_RAN), or else from the lines "pass: ..." and "ok ..." of its log, and from the result files of
# dotnet test. An xunit name is reduced to class and method: arguments may contain addresses, and namespaces change. In the lines of a
# log each number becomes "#".
ran_tests() {
  local raw=$logs/ran/$1.raw results=$logs/trx/$1 class='s/\(.*//; s/.*\.([^.]+\.[^.]+)$/\1/'
  echo "(step)"
  if [ -f "$raw" ]; then
    tr -d '\r' <"$raw" | cut -f2- | sed -E "/\.Tests\.ps1: /! { $class }"
  else
    tr -d '\r' <"$2" | sed -nE 's/^(pass|FAIL|skip): (.*)/\2/p; s/^(ok|FAIL) +(.*)/\2/p' | sed -E 's/: (holds|fails).*//; s/[0-9]+/#/g'
  fi
  if [ -d "$results" ]; then
    cat "$results"/*.trx | grep -oE '<UnitTestResult [^>]*' | sed -E 's/.* testName="([^"]*)".*/\1/' | sed -E "$class"
  fi
}

# missing_tests ID LOG: the tests that are listed for a step and ran less often
missing_tests() {
  ran_tests "$1" "$2" | LC_ALL=C sort >"$logs/ran/$1.txt"
  awk -F'\t' -v step="$1" '
    FILENAME == ARGV[1] { ran[$0]++; next }
    {
      n = split($2, part, " ")
      for (i = 1; i <= n; i++) {
        split(part[i], pair, "="); times = pair[2] == "" ? 1 : pair[2]
        if (pair[1] == step && ran[$1] < times) print $1 (times > 1 ? " (" ran[$1] + 0 " of " times " times)" : "")
      }
    }' "$logs/ran/$1.txt" .ci/expected-tests.tsv
}

# unlisted_tests: how many tests ran that the list does not have for their step
unlisted_tests() {
  awk -F'\t' '
    FILENAME == ARGV[1] { n = split($2, part, " "); for (i = 1; i <= n; i++) { sub(/=.*/, "", part[i]); known[part[i] "\t" $1] = 1 }; next }
    { step = FILENAME; sub(/.*\//, "", step); sub(/\.txt$/, "", step); key = step "\t" $0; if (!(key in known) && !seen[key]++) new++ }
    END { print new + 0 }' .ci/expected-tests.tsv "$logs"/ran/*.txt
}
