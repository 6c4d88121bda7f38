# Sourced by verify. The production overlay on nodes that kwok fakes, with the real scheduler and controllers.

k() { kubectl -n afterlearner "$@"; }
of() { echo "app.kubernetes.io/name=afterlearner,app.kubernetes.io/component=$1"; }

# Pods that run, ready, and are not being deleted: NAME NODE
pods() { # pods COMPONENT
  k get pods -l "$(of "$1")" -o go-template='{{range .items}}{{if not .metadata.deletionTimestamp}}{{$pod := .}}{{range .status.conditions}}{{if and (eq .type "Ready") (eq .status "True")}}{{$pod.metadata.name}} {{$pod.spec.nodeName}}{{"\n"}}{{end}}{{end}}{{end}}{{end}}'
}

count() { pods "$1" | grep -c . || true; }
ready() { [ "$(count "$1")" = "$2" ]; } # ready COMPONENT COUNT

why_pending() {
  k get pods -o wide
  k get events --field-selector type=Warning -o custom-columns=OBJECT:.involvedObject.name,REASON:.reason,MESSAGE:.message | tail -n 20
}

# Shows why if the pods do not come.
become() { # become COMPONENT COUNT
  eventually 60 "$2 pods of $1 are ready" ready "$1" "$2" || {
    why_pending
    return 1
  }
}

# Nodes a1 and a2 are in zone a. Nothing of production may run on the node with GPUs.
per_zone() { pods "$1" | awk '{ count[substr($2, 1, 1)]++ } END { print count["a"] + 0, count["b"] + 0, count["c"] + 0 }'; }

spread() { # spread COMPONENT COUNT
  become "$1" "$2"
  per_zone "$1" | awk -v what="$1" '
    { least = most = $1; for (i = 1; i <= NF; i++) { if ($i < least) least = $i; if ($i > most) most = $i } print what " per zone: " $0 }
    END { if (most - least > 1) { print "the zones differ by more than one pod"; exit 1 } }'
}

secrets() { # What Strimzi and people create. The pods do not run, so that content does not matter.
  local name
  for name in cluster-ca-cert http-keys tokens operator-key export-key viewer-key; do
    k create secret generic "afterlearner-$name" --from-literal=key=none --dry-run=client -o yaml | k apply -f -
  done
}

deploy() { # deploy FILE
  "$HERE/nodes" >"$LAB/nodes.yaml"
  kubectl apply -f "$LAB/nodes.yaml"
  kubectl wait --for=condition=Ready --timeout=60s node --all
  kubectl apply -f "$1"
  secrets
}

# What an eviction answers: created, or why it is refused.
evict() { # evict POD
  k create --raw "/api/v1/namespaces/afterlearner/pods/$1/eviction" -f - 2>&1 <<<"{\"apiVersion\":\"policy/v1\",\"kind\":\"Eviction\",\"metadata\":{\"name\":\"$1\",\"namespace\":\"afterlearner\"}}"
}

# With all nodes cordoned, the replacement of an evicted pod cannot start: a second pod must stay.
one_eviction() { # one_eviction COMPONENT COUNT
  local names answer
  become "$1" "$2"
  mapfile -t names < <(pods "$1" | cut -d' ' -f1)
  kubectl cordon --selector kubernetes.io/hostname
  evict "${names[0]}"
  eventually 30 "${names[0]} is gone" ready "$1" "$(($2 - 1))"
  if answer=$(evict "${names[1]}"); then
    kubectl uncordon --selector kubernetes.io/hostname
    echo "the second eviction was granted: $answer"
    return 1
  fi
  kubectl uncordon --selector kubernetes.io/hostname
  grep 'violate the pod' <<<"$answer"
  become "$1" "$2"
}

scale() { k scale deployment afterlearner-evaluator --replicas "$1"; } # By the subresource `scale`, as KEDA does.

scaled() { # scaled FILE: from none to eight and back, and an apply in between changes nothing.
  scale 0
  become evaluator 0
  scale 8
  spread evaluator 8
  kubectl apply -f "$1"
  equal "replicas after another apply" 8 "$(k get deployment afterlearner-evaluator -o jsonpath='{.spec.replicas}')"
  become evaluator 8
  scale 0
  become evaluator 0
}

drained() { # A zone's nodes are emptied; each pod finds another place or waits, and the budgets let it end.
  kubectl drain a1 a2 --delete-emptydir-data --ignore-daemonsets --timeout=120s
  equal "pods in zone a" "" "$(k get pods -o jsonpath='{range .items[*]}{.spec.nodeName}{"\n"}{end}' | grep '^a' || true)"
  kubectl uncordon a1 a2
  become optimizer 3
  become feedback 3
}

two_evaluators() { [ "$(count evaluator)" -ge 2 ]; }

# Two GPUs: two of three evaluators run, where they are, and nothing else runs there.
on_gpus() { # on_gpus FILE
  kubectl apply -f "$1"
  scale 3
  eventually 60 "two evaluators are ready" two_evaluators
  become optimizer 1
  become feedback 1
  equal "nodes of evaluators" "gpu gpu " "$(pods evaluator | cut -d' ' -f2 | tr '\n' ' ')"
  equal "pods of others on the node with GPUs" "" "$(for each in optimizer feedback operator; do pods "$each"; done | grep ' gpu$' || true)"
  k get events --field-selector reason=FailedScheduling -o custom-columns=MESSAGE:.message | grep 'Insufficient nvidia.com/gpu'
}

check_scheduling() {
  local file="$LAB/rendered/production.yaml"
  check "nodes in three zones, zonal volumes, production applied" deploy "$file"
  check "production: three optimizers, one per zone" spread optimizer 3
  check "production: the HPA makes three feedback services of none, one per zone, each with its volume" spread feedback 3
  check "production: evaluators scale 0 -> 8 -> 0 by the scale subresource, spread over zones; an apply does not set them back" scaled "$file"
  check "disruption budget: of three optimizers, the second eviction is refused" one_eviction optimizer 3
  check "disruption budget: of three feedback services, the second eviction is refused" one_eviction feedback 3
  check "a zone can be drained, and is used again" drained
  k patch deployment afterlearner-evaluator --type=json -p '[{"op":"replace","path":"/spec/template/spec/topologySpreadConstraints","value":[]},{"op":"add","path":"/spec/template/spec/nodeSelector","value":{"topology.kubernetes.io/zone":"a"}}]' >/dev/null
  scale 4 >/dev/null
  planted "planted: pods kept in one zone are not spread" 'differ by more than one' spread evaluator 4
  k patch poddisruptionbudget afterlearner-evaluator --type=json -p '[{"op":"replace","path":"/spec/selector/matchLabels","value":{"app.kubernetes.io/name":"other"}}]' >/dev/null
  planted "planted: a budget that selects no pod protects none" 'second eviction was granted' one_eviction evaluator 4
  check "all of production ends" remove "$file"
  check "gpu: evaluators run where GPUs are, as many as there are, and nothing else does" on_gpus "$LAB/rendered/gpu.yaml"
  plant "planted: an evaluator that asks for no GPU does not run there" 'nodes of evaluators' '/nvidia.com\/gpu: "1"/d' "$LAB/rendered/gpu.yaml" on_gpus
  check "all of gpu ends" remove "$LAB/rendered/gpu.yaml"
}
