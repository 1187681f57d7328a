#!/usr/bin/env bash
# Runs every test of the solution, after setting up what is missing. Arguments are passed on to `dotnet test`.
# The last line is "N passed, N failed, N skipped"; the exit code is that of `dotnet test`, or of a build that failed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# The summary is read below, so it has to be in English.
export DOTNET_CLI_UI_LANGUAGE=en DOTNET_NOLOGO=true DOTNET_CLI_TELEMETRY_OPTOUT=true

has_postgres() {
  [ -n "${HELPDESK_TEST_POSTGRES:-}" ] && return
  [ -x "${PG_BIN:-}/initdb" ] && return
  compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || command -v initdb >/dev/null
}

has_mail_server() {
  # Debian's own python: that is the one which starts eng/services/smtp.py.
  [ -x /usr/bin/python3 ] && /usr/bin/python3 -c 'import aiosmtpd' 2>/dev/null
}

has_s3() {
  [ -n "${HELPDESK_TEST_S3:-}" ] && return
  local program
  for program in curl ceph ceph-mon ceph-osd radosgw; do
    command -v "$program" >/dev/null || return
  done
}

has_browser() {
  [ -x "${HELPDESK_TEST_CHROMIUM:-/usr/bin/chromium}" ]
}

prepare_postgres() {
  # Only the programs are wanted: without this, Debian's package would also create a cluster of its own and start it
  # with the machine. The tests make their own servers in temporary folders.
  mkdir -p /etc/postgresql-common/createcluster.d
  echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.d/helpdesk.conf
}

packages=()
if ! has_postgres; then packages+=(postgresql-15); fi
if ! has_mail_server; then packages+=(python3-aiosmtpd); fi
# None of Ceph's daemons starts by itself: without a configuration there is nothing to start.
if ! has_s3; then packages+=(curl ceph-common ceph-mon ceph-osd radosgw); fi
if ! has_browser; then packages+=(chromium); fi
if [ ${#packages[@]} != 0 ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  apt-get update </dev/null || true
  for package in "${packages[@]}"; do
    if [ "$package" = postgresql-15 ]; then prepare_postgres; fi
    DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$package" </dev/null || echo "$package could not be installed: see above." >&2
  done
fi

if ! has_postgres; then
  echo "PostgreSQL is missing: install its server programs (on Debian: apt-get install postgresql-15), or start Docker," >&2
  echo "or set HELPDESK_TEST_POSTGRES to the connection string of a running server. Tests without it are skipped." >&2
fi
if ! has_mail_server; then
  echo "The mail server is missing (on Debian: apt-get install python3-aiosmtpd). Tests without it are skipped." >&2
fi
if ! has_s3; then
  echo "The S3 service is missing (on Debian: apt-get install radosgw ceph-mon ceph-osd ceph-common curl), or set HELPDESK_TEST_S3" >&2
  echo "to one that runs, as http://ACCESSKEY:SECRETKEY@127.0.0.1:45690. Tests without it are skipped." >&2
fi
if ! has_browser; then
  echo "The browser is missing (on Debian: apt-get install chromium), or set HELPDESK_TEST_CHROMIUM to one. Tests without it are skipped." >&2
fi
if ! command -v node >/dev/null; then
  echo "Node.js is missing: the portal's pages are not built, and their tests fail. Install version 20.19 or newer from https://nodejs.org." >&2
fi

if ! dotnet build HelpDesk.sln --configuration Release; then
  echo "0 passed, 0 failed, 0 skipped"
  exit 1
fi

log=$(mktemp)
trap 'rm -f -- "$log"' EXIT
# A project in which all tests are skipped, or none matches a filter, exits with 8: not a failure as long as others ran.
code=0
dotnet test --solution HelpDesk.sln --configuration Release --no-build --no-progress --no-ansi \
  --ignore-exit-code 8 "$@" 2>&1 | tee "$log" || code=$?

# What failed is said once more, at the end: an output of thousands of lines is often kept and shown in part only.
awk -v most=40 '
  /^[^ ]/ { shown = /^failed / ? most : 0; if (shown && !any++) print "\nFailed:" }
  shown-- > 0' "$log"

# Only what follows the last heading: a test's own output may contain such lines too.
counts=$(awk '
  /^Test run summary:/ { found = 1; total = failed = succeeded = skipped = 0 }
  found && $1 == "total:" { total = $2 }
  found && $1 == "failed:" { failed = $2 }
  found && $1 == "succeeded:" { succeeded = $2 }
  found && $1 == "skipped:" { skipped = $2 }
  END { if (found) print total, succeeded, failed, skipped }' "$log")
if [ -z "$counts" ]; then
  echo "dotnet test printed no summary." >&2
  [ "$code" != 0 ] || code=1
fi
read -r total succeeded failed skipped <<<"${counts:-0 0 0 0}"
if [ "$code" = 0 ] && [ "$total" = 0 ]; then
  echo "No test ran." >&2
  code=8
fi
echo "$succeeded passed, $failed failed, $skipped skipped"
exit "$code"
