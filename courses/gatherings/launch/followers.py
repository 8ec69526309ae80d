"""Keeps one connection for each hall of this server that follows; started by the web process with its first request."""

from __future__ import annotations

import http.client
import logging
import threading
import uuid
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from django.db import DatabaseError, close_old_connections
from django.db.models import Q
from django.utils import timezone

from courses.gatherings.launch.follow import follow
from courses.gatherings.launch.listen import read_address, state_once, states
from courses.gatherings.launch.mirror import Unfollowable
from courses.gatherings.models import Following, Phase

_LOOK_SECONDS = 2.0
_RETRY_SECONDS = 2.0
_LEASE = timedelta(seconds=20)
_log = logging.getLogger(__name__)
Application = Callable[[Any, Any, Any], Awaitable[None]]


class WithFollowers:
    """The ASGI application, and beside it the thread that looks for halls to lead on."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self._followers = Followers()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self._followers.start()
        await self._application(scope, receive, send)


class Followers:
    def __init__(self) -> None:
        self._name = str(uuid.uuid4())
        self._threads: dict[int, threading.Thread] = {}
        self._started = False
        self._stop = threading.Event()

    def start(self) -> None:
        """Once per process; from the event loop, so that nothing races."""
        if not self._started:
            self._started = True
            threading.Thread(target=self._look_for_ever, name="hall-followers", daemon=True).start()

    def _look_for_ever(self) -> None:
        while not self._stop.is_set():
            try:
                self._look()
            except DatabaseError:
                _log.warning("followers: the database is away")
            finally:
                close_old_connections()
            self._stop.wait(_LOOK_SECONDS)

    def _look(self) -> None:
        for pk in running().values_list("pk", flat=True):
            thread = self._threads.get(pk)
            if (thread is None or not thread.is_alive()) and self._hold(pk):
                thread = threading.Thread(
                    target=self._keep, args=(pk,), name=f"hall-follower-{pk}", daemon=True
                )
                self._threads[pk] = thread
                thread.start()

    def _hold(self, pk: int) -> bool:
        """Of several processes one holds the connection; when it dies, another takes over after the lease."""
        now = timezone.now()
        free = Q(held_by=self._name) | Q(held_until__lte=now)
        return bool(Following.objects.filter(free, pk=pk).update(held_by=self._name, held_until=now + _LEASE))

    def _keep(self, pk: int) -> None:
        """Until the hall ended, stopped following, or another process took over."""
        try:
            while not self._stop.is_set() and self._hold(pk):
                following = running().filter(pk=pk).first()
                if following is None:
                    return
                self._listen(following)
                self._stop.wait(_RETRY_SECONDS)
        except DatabaseError:
            _log.warning("follower %d: the database is away", pk)
        finally:
            close_old_connections()

    def _listen(self, following: Following) -> None:
        """A broken stream is tried again; between two tries the state is asked for once."""
        try:
            address = read_address(following.address)
            for state in states(address, lambda: self._goes_on(following)):
                follow(following, state)
        except (OSError, http.client.HTTPException, Unfollowable):
            self._ask_once(following)

    def _ask_once(self, following: Following) -> None:
        try:
            follow(following, state_once(read_address(following.address)))
        except (OSError, http.client.HTTPException, Unfollowable) as fault:
            _log.info("follower %d: %s", following.pk, fault)

    def _goes_on(self, following: Following) -> bool:
        """Asked at each line, the signs of life included."""
        still = running().filter(pk=following.pk, address=following.address).exists()
        return still and self._hold(following.pk)


def running() -> Any:
    return Following.objects.exclude(gathering__phase=Phase.ENDED)
