#!/usr/bin/env bash
# Adds a migration of the sample host for each of its three databases, from what AppDbContext has become:
#   eng/migrations.sh AddReports
# Before the first release there is only one, made anew whenever the model changes (what was there is deleted):
#   eng/migrations.sh --anew Initial
# No database is needed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
project=samples/HelpDesk.SampleHost

anew=false
if [ "${1:-}" = --anew ]; then
  anew=true
  shift
fi
if [ $# != 1 ] || [[ ! $1 =~ ^[A-Za-z][A-Za-z0-9]*$ ]]; then
  echo "usage: $0 [--anew] NAME" >&2
  exit 64
fi

if $anew; then rm -rf "$project/Migrations"; fi
dotnet tool restore
dotnet build "$project"
for provider in Sqlite Postgres SqlServer; do
  dotnet ef migrations add "$1" --project "$project" --no-build --context "${provider}AppDbContext" --output-dir "Migrations/$provider"
done
# The tool writes byte order marks, which no other file of the repository has.
find "$project/Migrations" -name '*.cs' -exec sed -i '1s/^\xEF\xBB\xBF//' {} +
