#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The nginx site of docs/guide/serving.md, word for word but for its ports, certificate and log: nginx takes it, and serves a study by TLS.
set -eu
root=$(cd "${GAPMETER_SOURCE_DIR:-$(dirname "$0")/../..}" && pwd)
nginx=${GAPMETER_NGINX-}
for place in "$root/build/nginx/usr/sbin/nginx" /usr/sbin/nginx; do
    [ -n "$nginx" ] || [ ! -x "$place" ] || nginx=$place
done
for program in "${nginx:-nginx}" openssl curl; do
    command -v "$program" >/dev/null || {
        echo "skipped: there is no $program here"
        exit 0
    }
done
scratch=$(mktemp -d)
server='' front=''
finish() {
    [ -z "$front" ] || kill "$front" 2>/dev/null || :
    [ -z "$server" ] || kill "$server" 2>/dev/null || :
    rm -rf "$scratch"
}
trap finish EXIT
cd "$scratch"
fail() {
    echo "FAILED: $1"
    cat log nginx-log 2>/dev/null || :
    exit 1
}
waits() { # FILE: until it has something
    tries=0
    while [ ! -s "$1" ]; do
        tries=$((tries + 1))
        [ "$tries" -lt 400 ] || fail "$1 does not come"
        sleep 0.05
    done
}

"${GAPMETER_BINARY:?must name the gapmeter program}" study create "$root/tests/studies/live_counter.json" --name counter --db study.db >said
"$GAPMETER_BINARY" door create counter --db study.db >said
"$GAPMETER_BINARY" serve study.db --listen 127.0.0.1:0 --port-file port --base-url https://ask.example.org --trusted-proxy 127.0.0.1 --rate 60 2>log &
server=$!
waits port
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=ask.example.org \
    -addext subjectAltName=DNS:ask.example.org -keyout key.pem -out certificate.pem 2>/dev/null

awk '/^```nginx$/ { inside = 1; next } /^```$/ { inside = 0 } inside' "$root/docs/guide/serving.md" >site
[ "$(grep -c proxy_pass site)" -eq 1 ] || fail 'the site of the guide'
# Ports that are free: nginx says which one is not.
try=0
while :; do
    tls=$((20000 + ($$ * 7 + try * 101) % 20000)) plain=$((tls + 1))
    sed -e "s/listen 80;/listen 127.0.0.1:$plain;/" -e "s/listen 443 /listen 127.0.0.1:$tls /" -e "s|127.0.0.1:8080|$(cat port)|" \
        -e "s|/etc/letsencrypt/live/ask.example.org/fullchain.pem|$scratch/certificate.pem|" \
        -e "s|/etc/letsencrypt/live/ask.example.org/privkey.pem|$scratch/key.pem|" -e "s|/var/log/nginx/|$scratch/|" site >site.test
    { echo "daemon off; master_process off; pid $scratch/nginx.pid; events {} http {"
        for kind in client_body proxy fastcgi uwsgi scgi; do echo "${kind}_temp_path $scratch/$kind;"; done
        echo "include $scratch/site.test; }"; } >nginx.conf
    "$nginx" -t -q -p "$scratch" -e nginx-log -c "$scratch/nginx.conf" 2>>nginx-log && break
    grep -q 'Address already in use' nginx-log && [ "$try" -lt 5 ] || fail 'nginx does not take the site of the guide'
    try=$((try + 1))
done
"$nginx" -p "$scratch" -e nginx-log -c "$scratch/nginx.conf" 2>>nginx-log &
front=$!
ask() { # FILE CURL-ARGUMENTS…: the head goes to the file
    file=$1
    shift
    curl --silent --show-error --retry 20 --retry-delay 1 --retry-connrefused --max-time 20 --cacert certificate.pem \
        --resolve "ask.example.org:$tls:127.0.0.1" --output body --dump-header "$file" "$@" || fail "curl $*"
}
ask head "https://ask.example.org:$tls/open/counter"
grep -q '^HTTP/[0-9.]* 200' head || fail 'the form'
grep -q '<form method="post" action="/open/counter?lang=en"' body || fail 'the form has an address of its own'
for header in 'strict-transport-security: max-age=31536000' "content-security-policy: default-src 'none'" 'cache-control: no-store' 'server: nginx'; do
    tr -d '\r' <head | grep -qi "^$header" || { cat head; fail "the header $header"; }
done
tr -d '\r' <head | grep -qix 'server: nginx' || fail 'nginx tells its version'

# Metrics stay inside; plain HTTP leads to the one name that is ours, whatever the request says.
ask head "https://ask.example.org:$tls/metrics"
grep -q '^HTTP/[0-9.]* 404' head || fail 'metrics from outside'
ask head -H 'Host: evil.example' "http://127.0.0.1:$plain/open/counter"
tr -d '\r' <head | grep -qix 'location: https://ask.example.org/open/counter' || { cat head; fail 'plain HTTP leads to HTTPS'; }

# Who says that they are somebody else is counted as who they are: sixty requests a minute, a quarter of them at once.
refused=0
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    ask head -H "X-Forwarded-For: 203.0.113.$i" "https://ask.example.org:$tls/healthz"
    grep -q '^HTTP/[0-9.]* 429' head && refused=$((refused + 1))
done
[ "$refused" -ge 3 ] || fail "an address that one chooses is believed: $refused of 20 refused"
! grep -rqE 'open/counter|203\.0\.113' gapmeter-error.log 2>/dev/null || fail 'the log of nginx holds requests'
kill "$front"
wait "$front" || fail "nginx ended with $?"
front=
kill "$server"
wait "$server" || fail "the server ended with $?"
server=
echo "the nginx site of the guide: taken by $("$nginx" -v 2>&1 | sed 's/.*: //'), and serves by TLS"
