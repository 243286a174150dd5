"""The door through which an ASGI server serves the newsroom."""

import os

from django.core.asgi import get_asgi_application

from newsroom.refusing import asgi_in_utf8
from newsroom.starting import refuse_demo_accounts

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

application = asgi_in_utf8(get_asgi_application())
refuse_demo_accounts()  # a web server runs no checks
