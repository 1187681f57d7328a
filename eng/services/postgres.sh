#!/usr/bin/env bash
# A PostgreSQL on loopback for development: postgres.sh start|stop. The tests need none, they start their own.
# HELPDESK_PG_DIR and HELPDESK_PG_PORT choose its folder and port; its data stay in the folder when it is stopped.
set -euo pipefail

folder=$(realpath -m "${HELPDESK_PG_DIR:-${TMPDIR:-/tmp}/helpdesk-postgres}")
port=${HELPDESK_PG_PORT:-54320}
data=$folder/data

binaries() {
  local newest
  newest=$(compgen -G '/usr/lib/postgresql/*/bin' | sort -V | tail -n 1 || true)
  if [ -n "${PG_BIN:-}" ]; then
    echo "$PG_BIN"
  elif [ -n "$newest" ]; then
    echo "$newest"
  elif command -v pg_ctl >/dev/null; then
    dirname "$(command -v pg_ctl)"
  else
    echo "PostgreSQL's programs are missing (on Debian: apt-get install postgresql-15)." >&2
    return 1
  fi
}

# PostgreSQL refuses to run as root.
unprivileged() {
  if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}

start() {
  mkdir -p "$folder"
  if [ "$(id -u)" = 0 ]; then chown postgres: "$folder"; fi
  chmod 700 "$folder"
  if [ ! -f "$data/PG_VERSION" ]; then
    unprivileged "$bin/initdb" -D "$data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 </dev/null >/dev/null
  fi
  if ! unprivileged "$bin/pg_ctl" -D "$data" status >/dev/null 2>&1; then
    # All of the daemon's streams are redirected: it would otherwise hold the caller's pipe open for ever.
    unprivileged "$bin/pg_ctl" -D "$data" -l "$folder/server.log" -w \
      -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=300" \
      start </dev/null >/dev/null 2>&1 || { tail -n 20 "$folder/server.log" >&2; return 1; }
  fi
  # The running server's own port: it may have been started with another one.
  echo "export HELPDESK_TEST_POSTGRES='Host=127.0.0.1;Port=$(sed -n 4p "$data/postmaster.pid");Username=postgres'"
}

stop() {
  if unprivileged "$bin/pg_ctl" -D "$data" status >/dev/null 2>&1; then
    unprivileged "$bin/pg_ctl" -D "$data" -m fast -w stop </dev/null >/dev/null
  fi
}

bin=$(binaries)
case ${1:-} in
  start | stop)
    # The caller's folder may be closed to the user postgres.
    cd /
    "$1"
    ;;
  *)
    echo "usage: $0 start|stop" >&2
    exit 64
    ;;
esac
