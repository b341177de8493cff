# shellcheck shell=bash
# Sourced by tests/pester/run in the root of the checkout. Creates what other programs may have on the same machine, to find tests that use
# more than their own names: a live channel, a memory in the Global scope with a stuck lock, and the channel of a killed publisher.
neighbour=neighbour.$$
neighbour_ids=()

# neighbour COMMAND...: starts one of them
neighbour() {
  "$@" >>artifacts/pester/neighbours.log 2>&1 </dev/null &
  neighbour_ids+=($!)
}

# neighbours_begin PUBLISHER
neighbours_begin() {
  local log=artifacts/pester/neighbours.log SECONDS=0
  local small=(--width 64 --height 48 --fps 5)
  : >"$log"
  neighbour "$1" publish --name "$neighbour.camera" "${small[@]}" --scope global --read-access Users
  neighbour "$1" hold "$neighbour.memory" --size 4096 --scope global --read-access Users --read-access Everyone
  neighbour "$1" publish --name "$neighbour.dead" "${small[@]}"
  until [ -e "/dev/shm/winmmf.$neighbour.memory" ] && [ "$("$1" list | grep -c "^$neighbour\.")" -eq 2 ]; do
    [ "$SECONDS" -lt 60 ] || { cat "$log"; echo "The programs beside the tests did not start."; return 1; }
    sleep 0.2
  done
  kill -9 "${neighbour_ids[2]}"
  wait "${neighbour_ids[2]}" 2>/dev/null || true
  # The writer bit of the lock word of winmmf, as a killed program leaves it.
  printf '\0\0\0\200' | dd of="/dev/shm/winmmf.$neighbour.memory" conv=notrunc status=none
  neighbours_state "$1" >artifacts/pester/neighbours.before
}

# Their state, without the parts that change by themselves.
neighbours_state() {
  kill -0 "${neighbour_ids[0]}" && kill -0 "${neighbour_ids[1]}" && echo alive
  "$1" list | awk -v name="$neighbour." 'index($1, name) == 1 { print $1, $2, $3 }' | sort
  od -An -tx1 -N4 "/dev/shm/winmmf.$neighbour.memory"
  find /dev/shm -path "*$neighbour.*" -printf '%P %m %U %G %s\n' | sort
}

# neighbours_end PUBLISHER: fails if one of them has changed
neighbours_end() {
  local code=0
  neighbours_state "$1" >artifacts/pester/neighbours.after 2>&1 || true
  diff artifacts/pester/neighbours.before artifacts/pester/neighbours.after || code=1
  kill "${neighbour_ids[0]}" "${neighbour_ids[1]}" 2>/dev/null
  wait "${neighbour_ids[0]}" "${neighbour_ids[1]}" 2>/dev/null
  find /dev/shm -maxdepth 1 -name "winmmf*$neighbour.*" -exec rm -rf {} +
  return "$code"
}
