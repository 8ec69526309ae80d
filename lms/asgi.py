"""ASGI entry: uvicorn serves the embedded site and, in production, the event streams."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings.embedded")
application = get_asgi_application()
