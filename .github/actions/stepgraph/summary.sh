#!/usr/bin/env bash
# Appends what is wrong in $PATHS, and a diagram of each workflow there, to the summary of the run.
set -euo pipefail
read -ra paths <<<"$PATHS"
read -ra arguments <<<"$ARGUMENTS"
limit=900000 # bytes; a summary may have 1 MiB

findings=$(stepgraph check "${paths[@]}" "${arguments[@]}" --format concise --exit-zero 2>&1)
{
  echo "## stepgraph"
  echo '````text'
  echo "${findings:0:limit}"
  echo '````'
} >>"$GITHUB_STEP_SUMMARY"

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
for number in "${!paths[@]}"; do
  # what cannot be drawn is among the findings
  stepgraph graph "${paths[number]}" --format mermaid --output-dir "$folder/$number" >/dev/null 2>&1 || true
done
while IFS= read -r diagram; do
  if [ $(($(wc -c <"$GITHUB_STEP_SUMMARY") + $(wc -c <"$diagram"))) -gt "$limit" ]; then
    echo "More workflows than a summary can show." >>"$GITHUB_STEP_SUMMARY"
    break
  fi
  {
    echo
    echo "### $(basename "$diagram" .mmd)"
    echo '````mermaid'
    cat "$diagram"
    echo '````'
  } >>"$GITHUB_STEP_SUMMARY"
done < <(find "$folder" -name '*.mmd' | sort)
