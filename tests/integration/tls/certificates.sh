#!/bin/sh
# Makes the servers' certificates, once for all stacks: certificates.sh DIRECTORY
# Each kind of certificates.hpp gets a directory with "key", "certificate", and "pair", which has both.
set -eu

directory=$1

# certificate KIND DAYS NAMES KEY-OPTIONS...
certificate() {
  at=$directory/$1 days=$2 names=$3 organization=$1
  shift 3
  mkdir -p "$at"
  # NSS gives certificates of one subject one nickname, so each has an organization of its own.
  openssl req -new -nodes -subj "/O=$organization/CN=app.example" -newkey "$@" -keyout "$at/key" \
    -out "$at/request" 2> "$at/errors" || { cat "$at/errors" >&2; exit 1; }
  echo "subjectAltName=$names" > "$at/extensions"
  openssl x509 -req -in "$at/request" -signkey "$at/key" -days "$days" -extfile "$at/extensions" \
    -out "$at/certificate" 2> "$at/errors" || { cat "$at/errors" >&2; exit 1; }
  cat "$at/certificate" "$at/key" > "$at/pair"
}

name=DNS:app.example
thousand_names=$name$(seq -f ',DNS:host-%.0f.of-the-large.app.example' 1000 1999 | tr -d '\n')

certificate ecdsa 30 "$name" ec -pkeyopt ec_paramgen_curve:prime256v1
certificate rsa 30 "$name" rsa:2048
certificate ed25519 30 "$name" ed25519
certificate large 30 "$thousand_names" ec -pkeyopt ec_paramgen_curve:prime256v1
certificate expired -1 "$name" ec -pkeyopt ec_paramgen_curve:prime256v1
certificate short_lived 10 "$name" ec -pkeyopt ec_paramgen_curve:prime256v1
