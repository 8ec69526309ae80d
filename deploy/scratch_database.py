"""Create or drop a database for a rehearsal: ``scratch_database.py create|drop URL NAME``."""

from __future__ import annotations

import sys

import psycopg
from psycopg import sql

COMMANDS = {"create": "CREATE DATABASE {}", "drop": "DROP DATABASE IF EXISTS {} WITH (FORCE)"}


def main(command: str, url: str, name: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL(COMMANDS[command]).format(sql.Identifier(name)))


if __name__ == "__main__":
    main(*sys.argv[1:4])
