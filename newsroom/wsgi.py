"""The door through which gunicorn serves the newsroom."""

import os

from django.core.wsgi import get_wsgi_application

from newsroom.pagecache.middleware import pages_first
from newsroom.refusing import in_utf8
from newsroom.starting import refuse_demo_accounts

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

application = in_utf8(pages_first(get_wsgi_application()))
refuse_demo_accounts()  # a web server runs no checks
