# Sourced by verify. The kind Study, as the API server sees it: schema, CEL rules, and spec and status written apart.

crd=studies.afterlearner.io

serve_kind() { # serve_kind FILE
  namespace "$LAB/rendered/local.yaml"
  kubectl apply --server-side --force-conflicts -f "$1"
  kubectl wait --for=condition=Established --timeout=60s "crd/$crd"
  study plain 100 | kubectl apply -f -
}

refused() { # refused SED-EXPRESSION PATTERN: the example with a change is refused for that reason.
  local output
  study changed 100 | sed -E "$1" >"$LAB/study.yaml"
  if cmp -s <(study changed 100) "$LAB/study.yaml"; then
    echo "$1 changes nothing in the example"
    return 1
  fi
  if output=$(kubectl apply --dry-run=server --validate=strict -f "$LAB/study.yaml" 2>&1); then
    echo "the server accepts it: $output"
    return 1
  fi
  grep -E -- "$2" <<<"$output" || {
    echo "it is refused for another reason than $2: $output"
    return 1
  }
}

apart() {
  local generation
  k patch study plain --subresource=status --type=merge -p '{"status":{"phase":"Running"}}'
  equal "phase, written by the subresource" Running "$(status plain phase)"
  generation=$(k get study plain -o jsonpath='{.metadata.generation}')
  equal "generation after a change of status" 1 "$generation"
  k patch study plain --type=merge -p '{"status":{"phase":"Finished"},"spec":{"suspend":true}}'
  equal "phase, after a write of the object" Running "$(status plain phase)"
  k patch study plain --subresource=status --type=merge -p '{"spec":{"suspend":false}}'
  equal "suspend, after a write of the status" true "$(k get study plain -o jsonpath='{.spec.suspend}')"
}

columns() {
  local shown column
  shown=$(k get studies | head -n 1)
  echo "$shown"
  for column in PHASE PROGRESS BEST; do grep -qw "$column" <<<"$shown" || return 1; done
}

# The same definition without its CEL rules.
without_rules() {
  local paths
  kubectl get crd "$crd" -o json >"$LAB/crd.json"
  sed '/"x-kubernetes-validations": \[/,/^ *\],\{0,1\}$/d' "$LAB/crd.json" >"$LAB/crd-without-rules.json"
  if cmp -s "$LAB/crd.json" "$LAB/crd-without-rules.json"; then
    echo "the definition has no CEL rules"
    return 1
  fi
  kubectl replace -f "$LAB/crd-without-rules.json"
}

check_study() { :; }
