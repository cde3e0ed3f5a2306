#!/bin/sh
# Back up the two databases APART: `backup.sh main DIRECTORY` and, elsewhere and kept shortly, `backup.sh keys DIRECTORY`.
# Each is encrypted by nobody here: write to a place that is, and let no one place hold both.
set -eu
part=$1
place=$2
umask 077
stamp=$(date -u +%Y%m%dT%H%M%SZ)
case $part in
    main) url=${DATABASE_OWNER_URL:?names the main database as its owner} ;;
    keys) url=${KEYSTORE_URL:?names the key store} ;;
    *) echo "main or keys" >&2; exit 2 ;;
esac
mkdir -p "$place"
# Written under another name first: a dump that was cut off never looks whole.
pg_dump --format=custom --no-owner --no-privileges --file="$place/$part-$stamp.partial" "$url"
mv "$place/$part-$stamp.partial" "$place/$part-$stamp.dump"
echo "$place/$part-$stamp.dump"
