"""Stop with one clear line when PostgreSQL or Redis is not there; nothing is skipped silently."""

from __future__ import annotations

import os
import sys

import psycopg
import redis


def main() -> int:
    try:
        with psycopg.connect(os.environ["DATABASE_URL"], connect_timeout=5) as connection:
            connection.execute("select 1")
    except (KeyError, psycopg.Error) as problem:
        print(f"PostgreSQL is needed (DATABASE_URL): {problem}", file=sys.stderr)
        return 1
    try:
        redis.Redis.from_url(os.environ["REDIS_URL"], socket_timeout=5).ping()
    except (KeyError, redis.RedisError) as problem:
        print(f"Redis is needed (REDIS_URL): {problem}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
