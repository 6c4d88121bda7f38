# Sourced by verify. How long the operator takes with many Studies, what it asks the API server meanwhile, and its memory. It prints figures for
# k8s/README.md, and fails where a number of requests grows that must not.

many=${AFTERLEARNER_LAB_STUDIES:-1000}
figures() { printf 'figures           %s\n' "$1"; }

# The example in a pool without evaluators: they are not what is measured.
many_studies() {
  local number
  KAFKA_BOOTSTRAP_SERVERS=$(sed -n 's/^kafka *//p' "$LAB/stack.txt") "$ROOT/afterlearner" topics create --pool idle
  study NAME 10 | sed -E 's/pool: default/pool: idle/' >"$LAB/one.yaml"
  for number in $(seq "$many"); do
    echo ---
    sed "s/name: NAME/name: many-$number/" "$LAB/one.yaml"
  done >"$LAB/many.yaml"
  kubectl create -f "$LAB/many.yaml" >"$LAB/created.txt"
}

metrics() { # metrics NAME
  exec 5<>"/dev/tcp/127.0.0.1/$(cat "$LAB/operators/$1.port")" || return 1
  printf 'GET /q/metrics HTTP/1.0\r\n\r\n' >&5
  cat <&5
} 2>/dev/null

in_phase() { metrics "$1" | awk -v phase="phase=\"$2\"" 'index($0, "afterlearner_operator_studies{") && index($0, phase) { sum += $2 } END { print sum + 0 }'; }
all_in_phase() { [ "$(in_phase "$1" "$2")" = "$many" ]; } # all_in_phase NAME PHASE

# all_reach SECONDS NAME PHASE: fails when no further Study gets there for so long. A busy machine takes its time.
all_reach() {
  local now before=-1 until=0
  until all_in_phase "$2" "$3"; do
    now=$(in_phase "$2" "$3" || true)
    [ "$now" = "$before" ] || until=$((SECONDS + $1))
    before=$now
    if [ "$SECONDS" -ge "$until" ]; then
      echo "no further Study is $3 for $1 s: $now of $many are"
      return 1
    fi
    sleep 0.5
  done
}
failed() { metrics "$1" | awk '/^afterlearner_operator_reconciliations_total.*failed/ { print $2 + 0 }'; }

# Requests to the API server but those for the Lease, which come with time.
requests() { calls | awk '$4 != "leases" { sum += $1 } END { print sum + 0 }'; }

memory() { awk '/^VmRSS|^VmHWM/ { printf "%s %d MiB ", $1, $2 / 1024 }' "/proc/$(cat "$LAB/operators/$1.pid")/status"; }
cpu_of() { awk -v ticks="$(getconf CLK_TCK)" '{ sub(/.*\) /, ""); printf "%.0f", ($12 + $13) / ticks }' "/proc/$(cat "$LAB/operators/$1.pid")/stat"; }

new_ones() {
  local from before
  many_studies
  before=$(requests) from=$(now)
  start_operator many
  figures "$many new Studies: operator ready after $(since "$from") s"
  all_reach 120 many running
  figures "$many new Studies: all run at the optimizer, and their status says so, after $(since "$from") s; $(($(requests) - before)) requests; $(cpu_of many) CPU-seconds; $(memory many)"
  calls
  equal "failed looks at Studies" 0 "$(failed many)"
}

at_rest() {
  local before
  sleep 10
  before=$(requests)
  sleep 30
  figures "$many Studies at rest: $(($(requests) - before)) requests in 30 s; $(memory many)"
  # Watches are renewed now and then.
  [ "$(($(requests) - before))" -le 4 ]
}

again() {
  local from before
  kill_operator many
  before=$(requests) from=$(now)
  start_operator many
  all_reach 120 many running
  figures "restart with $many Studies: all known after $(since "$from") s; $(memory many)"
  sleep 10
  figures "restart with $many Studies: $(($(requests) - before)) requests"
  calls
  # A restart lists and watches, and writes nothing.
  [ "$(($(requests) - before))" -lt 50 ]
}

all_deleted() {
  local from before
  before=$(requests) from=$(now)
  k delete study --all --wait=false >"$LAB/deleted.txt"
  eventually 300 "no Study is left" no_study
  figures "$many Studies deleted after $(since "$from") s; $(($(requests) - before)) requests; $(memory many)"
  equal "failed looks at Studies" 0 "$(failed many)"
}

no_study() { [ -z "$(k get study -o name)" ]; }

check_studies() {
  if ! command -v java >/dev/null || ! built; then
    skipped "many Studies are not tried, because services are not built; run ./mvnw -DskipTests package"
    return 0
  fi
  local LAB_LINES=40
  if [ ! -d "$LAB/operators" ]; then
    check "optimizer, evaluator and broker are up on loopback; the operator's account and rights are applied" stack_up
    [ "$status" = 0 ] || return 0
  fi
  [ ! -f "$LAB/operators/three.pid" ] || kill_operator three
  check "$many Studies: created, run and mirrored" new_ones
  grep -h '^figures' "$log" || true
  [ "$status" = 0 ] || return 0
  check "$many Studies: at rest the operator leaves the API server alone" at_rest
  grep -h '^figures' "$log" || true
  check "$many Studies: a restart writes nothing" again
  grep -h '^figures' "$log" || true
  check "$many Studies: all are deleted" all_deleted
  grep -h '^figures' "$log" || true
}
