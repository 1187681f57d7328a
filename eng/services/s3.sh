#!/usr/bin/env bash
# An S3 service on loopback for development and tests: s3.sh start|stop. It is Ceph's radosgw with one monitor and one OSD.
# HELPDESK_S3_DIR and HELPDESK_S3_PORT choose its folder and port, HELPDESK_S3_MONITOR_PORT that of its monitor (the next one).
# Objects are in memory: they are gone when it is stopped.
# It has one account and one bucket, helpdesk.
set -euo pipefail

folder=$(realpath -m "${HELPDESK_S3_DIR:-${TMPDIR:-/tmp}/helpdesk-s3}")
port=${HELPDESK_S3_PORT:-45690}
monitor=${HELPDESK_S3_MONITOR_PORT:-$((port + 1))}
access=helpdesk
secret=helpdesk-secret
daemons=(client.admin osd.0 mon.a)

# Loopback alone, no authentication between the daemons: the keys of S3 are what counts here. No admin socket: its path may be too long for one.
# The first answers would take ten seconds, were it not for paxos' short waits.
configuration() {
  cat <<CONF
[global]
fsid = $1
mon host = v2:127.0.0.1:$monitor
public addr = 127.0.0.1
cluster addr = 127.0.0.1
ms bind ipv6 = false
ms bind msgr1 = false
ms mon client mode = crc
ms mon service mode = crc
ms mon cluster mode = crc
auth cluster required = none
auth service required = none
auth client required = none
mon data = $folder/mon
mon data avail warn = 1
mon data avail crit = 1
mon allow pool size one = true
mon max pg per osd = 2000
paxos propose interval = 0.02
paxos min wait = 0.01
osd data = $folder/osd
osd objectstore = memstore
memstore device bytes = 2147483648
osd memory target = 939524096
osd class load list = *
osd class default list = *
osd crush chooseleaf type = 0
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 1
osd pool default pgp num = 1
osd pool default pg autoscale mode = off
keyring = $folder/keyring
run dir = $folder/run
pid file = $folder/run/\$name.pid
admin socket =
log file = $folder/log/\$name.log
rgw data = $folder/rgw
rgw frontends = beast endpoint=127.0.0.1:$port
rgw enable apis = s3
rgw dynamic resharding = false
rgw enable gc threads = false
rgw enable lc threads = false
rgw run sync thread = false
CONF
}

programs() {
  local program
  for program in curl ceph ceph-authtool ceph-mon ceph-osd monmaptool radosgw radosgw-admin; do
    command -v "$program" >/dev/null || { echo "$program is missing (on Debian: apt-get install radosgw ceph-mon ceph-osd ceph-common curl)." >&2; return 1; }
  done
}

# Whether a daemon of this folder runs, and its process id. The id alone may be somebody else's by now, and a zombie runs no more.
runs() {
  pid=$(cat "$folder/run/$1.pid" 2>/dev/null) && grep -qzxF "$folder/ceph.conf" "/proc/$pid/cmdline" 2>/dev/null
}

create() {
  local id osd
  id=$(cat /proc/sys/kernel/random/uuid)
  osd=$(cat /proc/sys/kernel/random/uuid)
  if [ -e "$folder" ] && [ ! -f "$folder/ceph.conf" ] && [ -n "$(ls -A -- "$folder")" ]; then
    echo "$folder is not empty and not from here: nothing is deleted. Set HELPDESK_S3_DIR to another folder." >&2
    return 1
  fi
  rm -rf -- "$folder"
  mkdir -p "$folder"/{mon,osd,run,log,rgw}
  chmod 700 "$folder"
  configuration "$id" >"$folder/ceph.conf"
  ceph-authtool --create-keyring "$folder/keyring" --gen-key -n mon. --cap mon 'allow *'
  ceph-authtool "$folder/keyring" --gen-key -n client.admin --cap mon 'allow *' --cap osd 'allow *' --cap mgr 'allow *'
  monmaptool --create --addv a "[v2:127.0.0.1:$monitor]" --fsid "$id" "$folder/monmap"
  ceph-mon -c "$folder/ceph.conf" -i a --mkfs --monmap "$folder/monmap" --keyring "$folder/keyring"
  ceph-mon -c "$folder/ceph.conf" -i a
  timeout -s KILL 120 ceph -c "$folder/ceph.conf" osd new "$osd"
  ceph-osd -c "$folder/ceph.conf" -i 0 --mkfs --osd-uuid "$osd"
  ceph-osd -c "$folder/ceph.conf" -i 0
  timeout -s KILL 120 radosgw -c "$folder/ceph.conf" -n client.admin
  timeout -s KILL 120 radosgw-admin -c "$folder/ceph.conf" -n client.admin user create --uid=helpdesk --display-name=helpdesk --access-key="$access" --secret-key="$secret"
  curl --silent --show-error --fail --max-time 60 --aws-sigv4 aws:amz:us-east-1:s3 --user "$access:$secret" \
    -H "x-amz-content-sha256: $(sha256sum </dev/null | cut -d ' ' -f 1)" -X PUT "http://127.0.0.1:$port/helpdesk"
}

start() {
  local pid
  programs
  if ! runs client.admin; then
    stop
    # All of the daemons' streams are redirected: they would otherwise hold the caller's pipe open for ever.
    # A process of its own: inside a condition, bash would go on after a step that failed.
    if ! bash "${BASH_SOURCE[0]}" create </dev/null >"$folder.log" 2>&1; then
      tail -n 20 "$folder.log" >&2
      stop
      return 1
    fi
    mv -- "$folder.log" "$folder/start.log"
  fi
  echo "export HELPDESK_TEST_S3='http://$access:$secret@127.0.0.1:$port'"
}

stop() {
  local daemon pid
  for daemon in "${daemons[@]}"; do
    runs "$daemon" || continue
    kill "$pid" || true
    for _ in $(seq 40); do runs "$daemon" || break; sleep 0.1; done
    # In memory there is nothing to lose.
    if runs "$daemon"; then kill -9 "$pid" || true; fi
  done
}

case ${1:-} in
  start | stop | create) "$1" ;;
  *)
    echo "usage: $0 start|stop" >&2
    exit 64
    ;;
esac
