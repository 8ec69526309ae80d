"""ASGI entry: uvicorn serves the embedded site and, in production, what halls ask many times a second."""

import os
from typing import cast

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings.embedded")
_django = get_asgi_application()

# The rooms can be imported only once Django is set up.
from courses.gatherings.launch.followers import WithFollowers  # noqa: E402
from courses.gatherings.live.application import Application, LiveApplication  # noqa: E402
from courses.gatherings.one_process import claim_the_only_process  # noqa: E402

claim_the_only_process()
application = WithFollowers(LiveApplication(cast(Application, _django)))
