# One image for all processes of the product; docker-compose.yml says which does what.
# The same Debian and Python that the tests run on.
FROM python:3.11-slim-bookworm

# Pango sets the type of documents; without libharfbuzz-subset0 that takes twice as long.
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core \
    && rm -rf /var/lib/apt/lists/*

# Secrets are files that belong to this group: deploy/make-secrets.sh.
RUN groupadd --system --gid 10001 recovery \
    && useradd --system --uid 10001 --gid 10001 --no-create-home --home-dir /nonexistent recovery

ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    STATIC_ROOT=/srv/static

WORKDIR /app
COPY requirements.txt ./
RUN pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.txt

COPY . .
# No secret: settings want both to be there, and gathering files uses neither.
RUN SECRET_KEY=unused DATABASE_URL=postgresql://nobody@nowhere/none \
    python manage.py collectstatic --no-input -v 0 \
    && python -m compileall -q . \
    && chmod -R a+rX /app /srv/static \
    && install -d -o 10001 -g 10001 /work

USER 10001:10001
EXPOSE 8000
CMD ["sh", "deploy/process.sh", "web"]
