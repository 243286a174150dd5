# The newsroom behind gunicorn, as docker-compose.yml runs it.

FROM python:3.13.7-slim-bookworm

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1

# Everything a run writes is in one folder, which outlives the container; nothing runs as root.
RUN useradd --system --uid 10001 --home-dir /var/lib/newsroom newsroom \
    && install --directory --owner=newsroom --group=newsroom \
        /var/lib/newsroom /var/lib/newsroom/static /var/lib/newsroom/media
ENV VAR_DIR=/var/lib/newsroom
VOLUME /var/lib/newsroom

WORKDIR /srv/newsroom
COPY requirements.lock .
RUN pip install --require-hashes --requirement requirements.lock

# .dockerignore lets in what runs, and nothing else.
COPY . .

USER newsroom
EXPOSE 8000
ENV WEB_BIND=0.0.0.0:8000
# All else is in gunicorn.conf.py.
CMD ["gunicorn"]
