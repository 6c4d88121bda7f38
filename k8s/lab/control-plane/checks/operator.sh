# Sourced by verify. The operator as a process, with its own service account, against the stack that `./afterlearner up` starts.

account=system:serviceaccount:afterlearner:afterlearner-operator
quarkus=target/quarkus-app/quarkus-run.jar
# How long a change may take to be seen; the machine may be busy.
patience=90

afterlearner() { "$ROOT/afterlearner" "$@" --home "$LAB/home"; }

stop_operator() {
  [ ! -d "$LAB/operators" ] || "$HERE/down" "$LAB/operators"
  [ ! -d "$LAB/home" ] || afterlearner down >/dev/null 2>&1 || true
}

stack_up() {
  afterlearner up --kafka-port 0 --http-port 0 --feedback-port 0 --evaluators 1 --slots 1 | tee "$LAB/stack.txt"
  # Rights and account, as they are applied; kwok's pods of the services do nothing.
  kubectl apply -f "$LAB/rendered/local.yaml"
  kubectl wait --for=condition=Established --timeout=60s crd/studies.afterlearner.io
  secrets
  operator_kubeconfig
}

# With its own token, as the volume of a pod has it.
operator_kubeconfig() {
  local token
  mkdir -p "$LAB/operators"
  token=$(k create token afterlearner-operator --duration=1h)
  kubectl config view --raw --flatten | sed "s/^    token: .*/    token: $token/" >"$LAB/operators/kubeconfig"
}

# With the memory of its container.
start_operator() { # start_operator NAME
  local port
  port=$("$bin/kubelab" ports 1)
  echo "$port" >"$LAB/operators/$1.port"
  KUBECONFIG="$LAB/operators/kubeconfig" AFTERLEARNER_OPERATOR_NAMESPACE=afterlearner HOSTNAME="$1" \
    AFTERLEARNER_OPERATOR_OPTIMIZER=$(sed -n 's/^optimizer *//p' "$LAB/stack.txt") \
    AFTERLEARNER_OPERATOR_FEEDBACK=$(sed -n 's/^feedback *//p' "$LAB/stack.txt") \
    AFTERLEARNER_OPERATOR_EXPORT_JOB=afterlearner-export AFTERLEARNER_OPERATOR_OUTPUT_PREFIXES='s3://models/{namespace}/' \
    AFTERLEARNER_OPERATOR_FILE_ROOTS="$ROOT/examples" QUARKUS_HTTP_HOST=127.0.0.1 QUARKUS_HTTP_PORT=$port \
    MALLOC_MMAP_THRESHOLD_=$(sed -n 's/^ *- MALLOC_MMAP_THRESHOLD_=//p' "$K8S/base/operator/kustomization.yaml" | head -n 1) \
    setsid java -XX:MaxRAM=512m -XX:+UseSerialGC "-XX:Flags=$K8S/images/flags/operator" "-Dafterlearner.lab=$LAB/operators" -jar "$ROOT/operator/$quarkus" </dev/null >"$LAB/operators/$1.log" 2>&1 &
  echo $! >"$LAB/operators/$1.pid"
  eventually "$patience" "operator $1 is ready; see operators/$1.log" healthy "$1"
}

healthy() { # healthy NAME
  kill -0 "$(cat "$LAB/operators/$1.pid")" || return 1
  exec 5<>"/dev/tcp/127.0.0.1/$(cat "$LAB/operators/$1.port")" || return 1
  printf 'GET /q/health/ready HTTP/1.0\r\n\r\n' >&5
  head -n 1 <&5 | grep -q ' 200 '
} 2>/dev/null

kill_operator() { # kill_operator NAME
  kill -9 "$(cat "$LAB/operators/$1.pid")"
  rm "$LAB/operators/$1.pid"
}

# The study of examples/depth as an object: without its name, and with addresses instead of paths.
study() { # study NAME BUDGET
  printf 'apiVersion: afterlearner.io/v1alpha1\nkind: Study\nmetadata: {name: %s, namespace: afterlearner}\nspec:\n' "$1"
  sed -E '/^name:/d; s#(search|test): ([a-z]+\.npz)#\1: {uri: \2}#g; s#uri: (depth\.onnx|[a-z]+\.npz)#uri: "file://'"$ROOT"'/examples/depth/\1"#g
    s/budget: [0-9]+/budget: '"$2"'/; s/^/  /' "$ROOT/examples/depth/study.yaml"
}

status() { k get study "$1" -o "jsonpath={.status.$2}"; } # status NAME PATH
condition() { status "$1" "conditions[?(@.type==\"$2\")].status"; } # condition NAME TYPE
has() { [ "$(status "$1" "$2")" = "$3" ]; } # has NAME PATH VALUE
judged() { [ -n "$(status "$1" verdict.outcome)" ]; } # judged NAME
told_over() { [ "$(status "$1" figures.told)" -gt "$2" ]; } # told_over NAME COUNT

becomes() { # becomes NAME PATH VALUE
  eventually "$patience" "status.$2 of $1 is $3" has "$@" || {
    k get study "$1" -o yaml
    tail -n 5 "$LAB"/operators/*.log
    return 1
  }
}

finishes() {
  study depth 100 | kubectl apply -f -
  becomes depth phase Finished
  equal told 100 "$(status depth figures.told)"
  equal "condition Ready" True "$(condition depth Ready)"
  equal "condition Finished" True "$(condition depth Finished)"
  # Columns of kubectl get studies, and what the optimizer says itself.
  k get studies
  afterlearner study show afterlearner.depth
  [ -n "$(status depth figures.bestLoss)" ]
  # The verdict comes after the last result.
  eventually "$patience" "status.verdict of depth is there" judged depth || {
    k get study depth -o yaml
    return 1
  }
}

suspends() {
  study long 20000 | kubectl apply -f -
  becomes long phase Running
  eventually "$patience" "results arrive" told_over long 0
  k patch study long --type=merge -p '{"spec":{"suspend":true}}'
  becomes long phase Paused
  afterlearner study list | grep -E 'afterlearner\.long.*paused'
  k patch study long --type=merge -p '{"spec":{"suspend":false}}'
  becomes long phase Running
  eventually "$patience" "results arrive again" told_over long "$(status long figures.told)"
}

changes() {
  k patch study long --type=merge -p '{"spec":{"optimizer":{"budget":30000}}}'
  becomes long figures.budget 30000
}

# Without the digits that follow a name.
names() { afterlearner study list --json | grep -oE '"study":"[^"]+"' | cut -d'"' -f4 | sed 's/-[0-9a-f]*$//' | sort | xargs; }

# Changes while no operator runs are carried out by the next one.
restarts() {
  kill_operator one
  k patch study long --type=merge -p '{"spec":{"suspend":true}}'
  study late 20000 | kubectl apply -f -
  start_operator two
  becomes long phase Paused
  becomes late phase Running
  equal "studies at the optimizer" 'afterlearner.depth afterlearner.late afterlearner.long' "$(names)"
}

# One works, the other takes over when it is killed.
two_at_once() {
  start_operator three
  study both 20000 | kubectl apply -f -
  becomes both phase Running
  equal "studies named both at the optimizer" 1 "$(afterlearner study list | grep -c 'afterlearner\.both')"
  kill_operator two
  k patch study both --type=merge -p '{"spec":{"suspend":true}}'
  becomes both phase Paused
}

# As Argo CD and Flux apply: no conflict with the operator, and no difference after it has done its work.
applied_by_server() {
  study argo 20000 >"$LAB/argo.yaml"
  kubectl apply --server-side --field-manager=argo -f "$LAB/argo.yaml"
  becomes argo phase Running
  local before
  before=$(k get study argo -o jsonpath='{.metadata.generation}')
  kubectl apply --server-side --field-manager=argo -f "$LAB/argo.yaml"
  equal "generation" "$before" "$(k get study argo -o jsonpath='{.metadata.generation}')"
  eventually 30 "kubectl diff is empty" kubectl diff --server-side --field-manager=argo -f "$LAB/argo.yaml"
}

# Pods of kwok's nodes do nothing and end well.
exports() {
  local job
  kubectl apply -f <("$HERE/nodes")
  k patch study depth --type=merge -p '{"spec":{"output":{"uri":"s3://elsewhere/depth"}}}'
  eventually "$patience" "an address of others is refused" exported depth NotAllowed
  k patch study depth --type=merge -p '{"spec":{"output":{"uri":"s3://models/afterlearner/depth"}}}'
  eventually "$patience" "the result is written" exported depth Written
  job=$(status depth output.job)
  k get job "$job" -o yaml
  equal "arguments of the Job" "study export $(status depth study) --to s3://models/afterlearner/depth" \
    "$(k get job "$job" -o go-template='{{range $i, $a := (index .spec.template.spec.containers 0).args}}{{if $i}} {{end}}{{$a}}{{end}}')"
  equal "image of the Job" "$(k get cronjob afterlearner-export -o jsonpath='{.spec.jobTemplate.spec.template.spec.containers[0].image}')" \
    "$(k get job "$job" -o jsonpath='{.spec.template.spec.containers[0].image}')"
}

exported() { [ "$(k get study "$1" -o "jsonpath={.status.conditions[?(@.type==\"Exported\")].reason}")" = "$2" ]; } # exported NAME REASON

# With no node that is free, a Job waits; it goes with its Study.
export_ends() {
  kubectl cordon --selector kubernetes.io/hostname
  study leaving 50 | sed 's#^  evaluation:#  output: {uri: "s3://models/afterlearner/leaving"}\n&#' | kubectl apply -f -
  eventually "$patience" "the result is being written" exported leaving Writing
  k delete study leaving --wait --timeout="${patience}s"
  kubectl uncordon --selector kubernetes.io/hostname
  eventually "$patience" "no Job is left for it" no_job_of leaving
}

no_job_of() { ! k get jobs -o jsonpath='{range .items[*]}{.metadata.annotations}{"\n"}{end}' | grep "afterlearner/$1"; }

# A study whose users are the loss, as the feedback service serves it.
serves() {
  printf 'apiVersion: afterlearner.io/v1alpha1\nkind: Study\nmetadata: {name: clicks, namespace: afterlearner}\nspec:\n' >"$LAB/clicks.yaml"
  sed -E '/^#/d; /^name:/d; /^ *telemetry:/d; /^ *- \{topic/d; s#uri: ([a-z]+\.onnx)#uri: "file://'"$ROOT"'/examples/online/\1"#; s/^/  /' \
    "$ROOT/examples/online/study.yaml" >>"$LAB/clicks.yaml"
  kubectl apply -f "$LAB/clicks.yaml"
  becomes clicks champion 0
  equal "condition Serving" True "$(condition clicks Serving)"
}

refuses() {
  study broken 100 | sed 's#depth\.onnx#nowhere.onnx#' | kubectl apply -f -
  becomes broken phase Invalid
  k get study broken -o jsonpath='{.status.conditions[?(@.type=="Accepted")].message}' | grep 'nowhere\.onnx'
  equal "condition Accepted" False "$(condition broken Accepted)"
  eventually "$patience" "an event of type Warning" warned broken
  study broken 100 | kubectl apply -f -
  becomes broken phase Finished
}

warned() { k get events --field-selector "type=Warning,involvedObject.name=$1" -o custom-columns=REASON:.reason,MESSAGE:.message --no-headers | grep nowhere; }

forgets() {
  k delete study --all --wait --timeout="${patience}s"
  eventually "$patience" "the optimizer forgets all studies" nothing_left
}

nothing_left() { ! afterlearner study list | grep 'afterlearner\.'; }

calls() { "$bin/kubelab" calls "$LAB/cluster/audit.log" "$account"; }

# verb group resource, as the Role allows them
rights() {
  k get role afterlearner-operator -o go-template='{{range $rule := .rules}}{{range $group := .apiGroups}}{{range $resource := $rule.resources}}{{range $verb := $rule.verbs}}{{$verb}} {{or $group "core"}} {{$resource}}{{"\n"}}{{end}}{{end}}{{end}}{{end}}' | sort -u
}

used() { calls | awk '$5 < 400 || $5 == 404 || $5 == 409 { print $2, $3, $4 }' | sort -u; }

# Its Role is what it uses: nothing it calls is forbidden, and it may do nothing else.
minimal() {
  local unused
  calls
  if calls | grep ' 403$'; then
    echo "these calls were forbidden; the Role in k8s/base/operator/rbac.yaml lacks them"
    return 1
  fi
  # The Java Operator SDK does not start without update on leases, and calls patch.
  unused=$(comm -23 <(rights) <(used) | sed '/^update coordination.k8s.io leases$/d')
  equal "rights of the Role in k8s/base/operator/rbac.yaml that no check needs" "" "$unused"
}

without_status() {
  local rule
  rule=$(k get role afterlearner-operator -o go-template='{{range $i, $rule := .rules}}{{range $rule.resources}}{{if eq . "studies/status"}}{{$i}}{{end}}{{end}}{{end}}')
  patch_role "[{\"op\":\"remove\",\"path\":\"/rules/$rule\"}]"
  study sealed 100 | kubectl apply -f -
  patience=20 becomes sealed phase Finished
}

patch_role() { k patch role afterlearner-operator --type=json -p "$1"; }

built() {
  local module
  for module in operator optimizer-service evaluator-service feedback-service; do [ -f "$ROOT/$module/$quarkus" ] || return 1; done
  [ -f "$ROOT/local/target/afterlearner-local.jar" ]
}

check_operator() {
  if ! command -v java >/dev/null || ! built; then
    skipped "the operator is not checked, because services are not built; run ./mvnw -DskipTests package"
    return 0
  fi
  # Without these, all others fail as well.
  check "optimizer, evaluator and broker are up on loopback; the operator's account and rights are applied" stack_up
  [ "$status" = 0 ] || return 0
  check "operator: starts with its own token and rights" start_operator one
  [ "$status" = 0 ] || return 0
  check "operator: a Study runs to its end; status has figures, verdict and conditions" finishes
  check "operator: spec.suspend pauses and resumes" suspends
  check "operator: a larger budget is taken over" changes
  check "operator: after kill -9 another one carries out what changed meanwhile" restarts
  check "operator: of two at once, one works; when it is killed, the other takes over" two_at_once
  check "operator: server-side apply by another manager meets no conflict and stays without a difference" applied_by_server
  check "operator: a result is written by a Job of the template below an allowed prefix, and nowhere else" exports
  check "operator: a Job that still waits goes with its Study" export_ends
  check "operator: the champion of an online study is in its status" serves
  check "operator: a model that is missing gives a condition and an event; the repaired spec runs" refuses
  check "operator: deleted studies are stopped and forgotten by the optimizer" forgets
  check "operator: its Role allows what it called, and nothing else" minimal
  patch_role '[{"op":"add","path":"/rules/-","value":{"apiGroups":[""],"resources":["pods"],"verbs":["delete"]}}]' >/dev/null
  planted "planted: a right that it never uses is found" 'delete core pods' minimal
  planted "planted: without the right to write status, a Study does not finish" 'not within 20 s' without_status
  planted "planted: a call that its Role forbids is found" 'studies/status 403' minimal
}
