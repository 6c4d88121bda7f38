# Sourced by verify. The kind Study, as the API server sees it: schema, CEL rules, and spec and status written apart.

crd=studies.afterlearner.io

serve_kind() {
  namespace "$LAB/rendered/local.yaml"
  kubectl apply --server-side --force-conflicts -f "$K8S/base/operator/studies.yaml"
  eventually 60 "the kind is served" kubectl wait --for=condition=Established --timeout=10s "crd/$crd"
  study plain 100 >"$LAB/plain.yaml"
  # A moment later than the condition says.
  eventually 30 "the example is accepted" kubectl apply --validate=strict -f "$LAB/plain.yaml"
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

# Before, everything may change; what makes a study another one may not change once it has an id.
fixed() {
  local other='[{"op":"replace","path":"/spec/model/uri","value":"s3://models/other.onnx"}]' output
  k patch study plain --dry-run=server --type=json -p "$other"
  k patch study plain --subresource=status --type=merge -p '{"status":{"study":"afterlearner.plain-1"}}'
  if output=$(k patch study plain --dry-run=server --type=json -p "$other" 2>&1); then
    echo "the server accepts it: $output"
    return 1
  fi
  grep 'create another Study' <<<"$output"
  k patch study plain --dry-run=server --type=merge -p '{"spec":{"suspend":false,"optimizer":{"budget":200}}}'
}

columns() {
  local shown column
  shown=$(k get studies | head -n 1)
  echo "$shown"
  for column in PHASE SCORED BASELINE BEST VERDICT; do grep -qw "$column" <<<"$shown" || return 1; done
}

# The same definition without its CEL rules accepts what only a rule refuses.
without_rules() { # without_rules SED-EXPRESSION PATTERN
  local status=0
  kubectl get crd "$crd" -o yaml >"$LAB/crd.yaml"
  # A list of rules ends where a line is not deeper than its key.
  awk '{ match($0, /^ */) }
    skip && (RLENGTH > depth || (RLENGTH == depth && $1 == "-")) { next }
    { skip = 0 }
    $1 == "x-kubernetes-validations:" { skip = 1; depth = RLENGTH; next }
    { print }' "$LAB/crd.yaml" >"$LAB/crd-without-rules.yaml"
  if cmp -s "$LAB/crd.yaml" "$LAB/crd-without-rules.yaml"; then
    echo "the definition has no CEL rules"
    return 1
  fi
  kubectl replace -f "$LAB/crd-without-rules.yaml"
  eventually 30 "the rule is gone" accepted "$1" || status=1
  refused "$1" "$2" || status=1
  kubectl apply --server-side --force-conflicts -f "$K8S/base/operator/studies.yaml"
  return "$status"
}

accepted() { study changed 100 | sed -E "$1" | kubectl apply --dry-run=server -f -; }

check_study() {
  if [ ! -f "$K8S/base/operator/studies.yaml" ]; then
    skipped "the kind Study is not checked, because there is no k8s/base/operator/studies.yaml"
    return 0
  fi
  local lossless='/^  loss:/d'
  check "kind Study is served; the example is accepted strictly" serve_kind
  check "kind Study: columns of kubectl get" columns
  check "kind Study: status is written apart from spec, and does not change the generation" apart
  check "kind Study: a misspelt key is refused" refused 's/budget:/budgt:/' 'unknown field "spec.optimizer.budgt"'
  check "kind Study: a number out of range is refused" refused 's/budget: [0-9]+/budget: 0/' 'spec.optimizer.budget'
  check "kind Study: a word that is none of the allowed ones is refused" refused 's/transform: shift/transform: shfit/' 'Unsupported value: "shfit"'
  check "kind Study: a missing model is refused" refused '/^  model:/d' 'spec.model: Required value'
  check "kind Study: data without a loss are refused (CEL)" refused "$lossless" 'data needs a loss'
  check "kind Study: a range that begins above its end is refused (CEL)" refused 's/range: \[-0.5, 0.5\]/range: [0.5, -0.5]/' 'low below high'
  check "kind Study: a log scale of a range that begins at 0 is refused (CEL)" refused 's/range: \[0.25, 4\]/range: [0, 4]/' 'above 0 because log is true'
  check "kind Study: once the optimizer has it, another model is refused (CEL)" fixed
  planted "planted: without its CEL rules, the definition accepts data without a loss" 'the server accepts it' without_rules "$lossless" 'data needs a loss'
  # The operator, which other checks start, would take it for somebody's.
  check "all of study ends" k delete study plain --timeout=30s
}
