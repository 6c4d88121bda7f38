# Sourced by verify. Overlays, as the API server sees them: strict fields and schemas, PodSecurity, idempotence.

# Objects of other projects' kinds without a definition are left out, and named.
known_kinds() {
  local served
  served=$(kubectl get crd -o go-template='{{range .items}}{{.spec.group}}/{{.spec.names.kind}} {{end}}')
  awk -v served=" $served " -v left="$LAB/rendered/unknown.txt" '
    function flush() {
      if (group ~ /\./ && group !~ /(^|\.)k8s\.io$/ && !index(served, " " group "/" kind " ")) print group, kind >>left
      else printf "%s", text
      text = group = kind = ""
    }
    /^---$/ { flush() }
    /^apiVersion: / { group = $2; sub(/\/.*/, "", group) }
    /^kind: / { kind = $2 }
    { text = text $0 "\n" }
    END { flush() }'
}

render() { # render OVERLAY
  kubectl kustomize "$K8S/overlays/$1" | known_kinds >"$LAB/rendered/$1.yaml"
}

definitions() { # definitions FILE…
  local file
  for file in "$@"; do kubectl apply --server-side -f "$file"; done
  # An object that has no condition yet is an error to `wait`.
  eventually 60 "all definitions are served" kubectl wait --for=condition=Established --timeout=10s crd --all
}

# A server-side apply before drops an annotation of kubectl, which it misses then.
no_warnings() { # no_warnings FILE
  if grep '^Warning:' "$1" | grep -v 'missing the kubectl.kubernetes.io/last-applied-configuration'; then return 1; fi
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
  # kubectl replaces the selector of a disruption budget each time, even by itself; its generation is compared below.
  if grep -v ' unchanged$' "$output" | grep -v '^poddisruptionbudget.* configured$'; then
    echo "the second apply is not 'unchanged' for these"
    return 1
  fi
  # Controllers write to the same objects meanwhile, which shows as a difference once.
  eventually 30 "kubectl diff is empty after apply" kubectl diff -f "$1"
  eventually 30 "an apply changes no generation" same_generations kubectl apply -f "$1"
  kubectl apply --server-side --force-conflicts --field-manager=lab -f "$1" >"$output"
  eventually 30 "a server-side apply changes no generation" same_generations kubectl apply --server-side --field-manager=lab -f "$1"
  # Fields of this overlay would stay under the next one.
  remove "$1"
}

same_generations() { # same_generations COMMAND… FILE
  local before file=${*: -1}
  before=$(generations "$file")
  "$@" >"$LAB/apply.txt"
  equal "generations changed" "$before" "$(generations "$file")"
}

# The namespace stays, because it takes a while to end.
remove() { # remove FILE
  awk 'BEGIN { RS = ORS = "---\n" } !/\nkind: (Namespace|CustomResourceDefinition)\n/' "$1" >"$LAB/remove.yaml"
  kubectl delete --ignore-not-found --wait --timeout=120s -f "$LAB/remove.yaml"
}

remove_all() { kubectl delete --ignore-not-found --wait --timeout=120s -f "$1"; }

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

# As k8s/README.md says it. The address that KEDA asks is changed by hand.
moves() { # moves OVERLAY
  mkdir -p "$LAB/moved"
  printf 'namespace: ml\nresources: [%s]\n' "$(realpath --relative-to="$(realpath "$LAB/moved")" "$K8S/overlays/$1")" >"$LAB/moved/kustomization.yaml"
  kubectl kustomize "$LAB/moved" >"$LAB/rendered/moved.txt"
  if grep -n 'namespace: afterlearner$' "$LAB/rendered/moved.txt"; then
    echo "these stay in the namespace afterlearner; leave the namespace out in the source, and kustomize adds that of the overlay"
    return 1
  fi
}

check_manifests() {
  local overlay file ours=("$K8S"/base/operator/studies.yaml "$K8S"/definitions/*.yaml)
  check "definitions: ${#ours[@]} of this repository and $(count_definitions) of other projects are served" definitions "${ours[@]}" ${DEFINITIONS:+"$DEFINITIONS"/*.yaml}
  for overlay in "$K8S"/overlays/*/; do
    overlay=$(basename "$overlay")
    file="$LAB/rendered/$overlay.yaml"
    check "overlay $overlay renders" render "$overlay"
    check "overlay $overlay: in an overlay for another namespace, nothing stays behind" moves "$overlay"
    check "overlay $overlay: the server accepts its $(grep -c '^kind:' "$file") objects strictly and without a warning, PodSecurity restricted among them" strict "$file"
    check "overlay $overlay: applied twice, nothing changes, also by server-side apply; kubectl diff is empty" idempotent "$file"
  done
  [ ! -f "$LAB/rendered/unknown.txt" ] || skipped "$(sort -u "$LAB/rendered/unknown.txt" | tr '\n' ',' | sed 's/,$//; s/,/, /g'): their definitions are not in AFTERLEARNER_LAB_DEFINITIONS${DEFINITIONS:+ ($DEFINITIONS)}"
  plant "planted: a misspelt field is refused" 'unknown field "spec.replicsa"' '0,/^  replicas:/s//  replicsa:/' "$file" strict
  plant "planted: a container that may run as root is warned of" 'would violate PodSecurity' 's/runAsNonRoot: true/runAsNonRoot: false/' "$file" strict
  plant "planted: a value that the server writes differently is never 'unchanged'" "second apply is not 'unchanged'" 's/memory: 1Gi/memory: 1024Mi/' "$file" idempotent
  plant "planted: a duration that Prometheus does not know is refused" 'spec.groups' 's/^ {6}for: 2m$/      for: 2 minutes/' "$file" strict
  [ -z "$DEFINITIONS" ] || plant "planted: a role of a broker that Strimzi does not know is refused" 'Unsupported value: "brokre"' 's/^  - broker$/  - brokre/' "$file" strict
  check "all objects of overlay $overlay can be deleted, and its namespace with them" remove_all "$file"
}

count_definitions() { if [ -n "$DEFINITIONS" ]; then find "$DEFINITIONS" -name '*.yaml' | wc -l; else echo 0; fi; }
