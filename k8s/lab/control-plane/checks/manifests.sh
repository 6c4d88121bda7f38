# Sourced by verify. Overlays, as the API server sees them: strict fields and schemas, PodSecurity, idempotence.

# Kinds of other projects; their definitions are passed in a folder.
foreign='kafka\.strimzi\.io|keda\.sh|monitoring\.coreos\.com'

# Without their definitions, objects of these kinds are left out.
known_kinds() {
  if [ -n "$DEFINITIONS" ]; then cat; else
    awk -v foreign="^apiVersion: ($foreign)/" '
      function flush() { if (keep) printf "%s", text; text = ""; keep = 1 }
      BEGIN { keep = 1 }
      /^---$/ { flush() }
      $0 ~ foreign { keep = 0 }
      { text = text $0 "\n" }
      END { flush() }'
  fi
}

render() { # render OVERLAY
  kubectl kustomize "$K8S/overlays/$1" | known_kinds >"$LAB/rendered/$1.yaml"
}

definitions() { # definitions FILE…
  local file
  for file in "$@"; do kubectl apply --server-side -f "$file"; done
  kubectl wait --for=condition=Established --timeout=60s crd --all
}

no_warnings() {
  if grep -E '^Warning:|Warning\(s\)' "$1"; then return 1; fi
}

# The namespace comes first: its labels decide on the warnings.
namespace() { # namespace FILE
  awk 'BEGIN { RS = "---\n" } /\nkind: Namespace\n/ { print; exit }' "$1" >"$LAB/namespace.yaml"
  kubectl apply -f "$LAB/namespace.yaml"
}

strict() { # strict FILE
  local output="$LAB/strict.txt"
  namespace "$1"
  kubectl apply --dry-run=server --validate=strict -f "$1" >"$output" 2>&1 || {
    grep -v 'server dry run' "$output"
    return 1
  }
  cat "$output"
  no_warnings "$output"
}

generations() { kubectl get -f "$1" -o jsonpath='{range .items[*]}{.kind}/{.metadata.name} {.metadata.generation}{"\n"}{end}'; }

# As kubectl and as Argo CD and Flux do it: the second apply changes nothing, and no difference is shown.
idempotent() { # idempotent FILE
  local output="$LAB/apply.txt"
  kubectl apply -f "$1" >"$output" 2>&1
  no_warnings "$output"
  kubectl apply -f "$1" >"$output" 2>&1
  if grep -v ' unchanged$' "$output"; then
    echo "the second apply is not 'unchanged' for these"
    return 1
  fi
  # Controllers write to the same objects meanwhile, which shows as a difference once.
  eventually 30 "kubectl diff is empty after apply" kubectl diff -f "$1"
  kubectl apply --server-side --force-conflicts --field-manager=lab -f "$1" >"$output"
  eventually 30 "a server-side apply changes no generation" same_generations "$1"
}

same_generations() { # same_generations FILE
  local before
  before=$(generations "$1")
  kubectl apply --server-side --field-manager=lab -f "$1" >"$LAB/apply.txt"
  equal "a second server-side apply changes generations" "$before" "$(generations "$1")"
}

remove() { kubectl delete --ignore-not-found --wait --timeout=120s -f "$1"; }

with() { # with SED-EXPRESSION FILE: a copy with an error planted
  sed -E "$1" "$2" >"$LAB/planted.yaml"
  if cmp -s "$2" "$LAB/planted.yaml"; then
    echo "FAILED            planting an error: $1 changes nothing in $2"
    return 1
  fi
}

plant() { # plant CLAIM PATTERN SED-EXPRESSION FILE FUNCTION
  if with "$3" "$4"; then planted "$1" "$2" "$5" "$LAB/planted.yaml"; else failures=$((failures + 1)); fi
}

check_manifests() {
  local overlay file ours=("$K8S"/base/operator/studies.yaml)
  [ -f "${ours[0]}" ] || ours=()
  check "definitions of ${#ours[@]} of our kinds and $(count_definitions) of others are served" definitions "${ours[@]}" ${DEFINITIONS:+"$DEFINITIONS"/*.yaml}
  [ -n "$DEFINITIONS" ] || skipped "Strimzi's, KEDA's and the Prometheus operator's objects: name a folder of their definitions in AFTERLEARNER_LAB_DEFINITIONS"
  for overlay in "$K8S"/overlays/*/; do
    overlay=$(basename "$overlay")
    file="$LAB/rendered/$overlay.yaml"
    check "overlay $overlay renders" render "$overlay"
    check "overlay $overlay: the server accepts its $(grep -c '^kind:' "$file") objects strictly and without a warning, PodSecurity restricted among them" strict "$file"
    check "overlay $overlay: applied twice, nothing changes, also by server-side apply; kubectl diff is empty" idempotent "$file"
  done
  plant "planted: a misspelt field is refused" 'unknown field "spec.replicsa"' '0,/^  replicas:/s//  replicsa:/' "$file" strict
  plant "planted: a container that may run as root is warned of" 'would violate PodSecurity' 's/runAsNonRoot: true/runAsNonRoot: false/' "$file" strict
  plant "planted: a value that the server writes differently is never 'unchanged'" "second apply is not 'unchanged'" 's/memory: 1Gi/memory: 1024Mi/' "$file" idempotent
  [ -z "$DEFINITIONS" ] || plant "planted: a role of a broker that Strimzi does not know is refused" 'Unsupported value: "brokre"' 's/^  - broker$/  - brokre/' "$file" strict
  check "all objects can be deleted" remove "$file"
}

count_definitions() { if [ -n "$DEFINITIONS" ]; then find "$DEFINITIONS" -name '*.yaml' | wc -l; else echo 0; fi; }
