#!/usr/bin/env bash
# Checks $PATHS with $ARGUMENTS: annotations on standard output, $SARIF_FILE, and the exit code among the outputs of the step.
# Fails only if it cannot be carried out, so that what was found is uploaded before the job fails.
set -uo pipefail
read -ra paths <<<"$PATHS"
read -ra arguments <<<"$ARGUMENTS"

stepgraph check "${paths[@]}" "${arguments[@]}" --format github
code=$?
if [ "$code" -gt 1 ]; then
  exit "$code"
fi
stepgraph check "${paths[@]}" "${arguments[@]}" --format sarif --output-file "$SARIF_FILE" --exit-zero 2>/dev/null || exit
{
  echo "exit-code=$code"
  echo "sarif-file=$SARIF_FILE"
} >>"$GITHUB_OUTPUT"
