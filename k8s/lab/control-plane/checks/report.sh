# Sourced by verify. One line per check: result, seconds, claim. A check is a function that fails if its claim is wrong and says why.

failures=0
checks=0

now() { date +%s.%N; }
since() { awk -v from="$1" -v to="$(now)" 'BEGIN { printf "%.1f", to - from }'; }

# CPU-seconds of this script, its children and the servers, until now.
cpu() {
  local pid
  for pid in "$$" $(cat "$LAB"/*/*.pid 2>/dev/null); do
    cat "/proc/$pid/stat" 2>/dev/null || true
  done | awk -v ticks="$(getconf CLK_TCK)" '{ sub(/.*\) /, ""); sum += ($12 + $13 + $14 + $15) / ticks } END { printf "%.0f", sum }'
}

# attempt FUNCTION ARGUMENTS: runs it with `set -e`, which bash ignores in conditions; sets status, log and took.
attempt() {
  local from
  from=$(now)
  checks=$((checks + 1))
  log="$LAB/checks/$(printf '%02d' "$checks")-$(basename "${1//_/-}").log"
  set +e
  (
    set -euo pipefail
    "$@"
  ) >"$log" 2>&1 </dev/null
  status=$?
  set -e
  took=$(since "$from")
}

line() { printf '%-7s %6s s  %s\n' "$1" "$took" "$2"; }

wrong() { # wrong CLAIM EXPLANATION
  failures=$((failures + 1))
  line FAILED "$1"
  sed 's/^/          /' <<<"$2"
  echo "          the whole output: ${log#"$LAB/"} in $LAB"
}

# check CLAIM FUNCTION ARGUMENTS
check() {
  local claim=$1
  shift
  attempt "$@"
  if [ "$status" = 0 ]; then line ok "$claim"; else wrong "$claim" "$(tail -n "${LAB_LINES:-12}" "$log")"; fi
}

# planted CLAIM PATTERN FUNCTION ARGUMENTS: with an error planted in its arguments, the check fails for that reason.
planted() {
  local claim=$1 pattern=$2
  shift 2
  attempt "$@"
  if [ "$status" = 0 ]; then
    wrong "$claim" "the check passed, although an error was planted: $*"
  elif grep -qE -- "$pattern" "$log"; then
    line ok "$claim"
  else
    wrong "$claim" "the check failed for another reason than $pattern:"$'\n'"$(tail -n 12 "$log")"
  fi
}

skipped() { printf 'SKIPPED           %s\n' "$1"; }

# eventually SECONDS WHAT COMMAND…: repeats it until it succeeds.
eventually() {
  local limit=$1 what=$2 until=$((SECONDS + $1))
  shift 2
  until "$@"; do
    if [ "$SECONDS" -ge "$until" ]; then
      echo "not within $limit s: $what"
      return 1
    fi
    sleep 0.2
  done
}

# equal WHAT EXPECTED ACTUAL
equal() {
  [ "$2" = "$3" ] || {
    printf '%s\nexpected: %s\nactual:   %s\n' "$1" "$2" "$3"
    return 1
  }
}
