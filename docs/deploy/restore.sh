#!/bin/sh
# Restore one dump into an EMPTY database: `restore.sh main FILE` or `restore.sh keys FILE`. Then migrate and check.
set -eu
part=$1
file=$2
case $part in
    main) url=${DATABASE_OWNER_URL:?names the empty main database as its owner} ;;
    keys) url=${KEYSTORE_URL:?names the empty key store} ;;
    *) echo "main or keys" >&2; exit 2 ;;
esac
tables=$(psql --no-psqlrc --tuples-only --no-align --command \
    "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'" "$url")
if [ "$tables" != 0 ]; then
    echo "The database is not empty: it holds $tables tables. Nothing was restored." >&2
    exit 1
fi
pg_restore --no-owner --no-privileges --exit-on-error --single-transaction --dbname="$url" "$file"
