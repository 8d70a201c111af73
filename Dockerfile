# Threadpress without installing it: docs/automation.md says how to use this.
#   docker build -t threadpress . && docker run --rm -v "$PWD:/posts" threadpress build
FROM python:3.13-slim AS install
WORKDIR /source
COPY pyproject.toml requirements.lock README.md LICENSE ./
COPY docs/errors.md docs/checks.md docs/
COPY generator generator
COPY layouts layouts
COPY themes themes
# the versions that were tested, without the tools that only development needs
RUN python -m venv /opt/threadpress \
    && sed -nE 's/^([A-Za-z0-9._-]+==[^ ]+( ; [^\\]+)?) *\\?$/\1/p' requirements.lock >pinned.txt \
    && /opt/threadpress/bin/pip install --no-cache-dir --constraint pinned.txt . \
    && /opt/threadpress/bin/python -m compileall -q /opt/threadpress/lib \
    && /opt/threadpress/bin/pip uninstall -q -y pip

FROM python:3.13-slim
# what WeasyPrint loads, and git, which `diff` reads earlier states with
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz0b libharfbuzz-subset0 libfontconfig1 git \
    && rm -rf /var/lib/apt/lists/* \
    && git config --system --add safe.directory /posts \
    && useradd --create-home --uid 1000 threadpress
COPY --from=install /opt/threadpress /opt/threadpress
# whoever it runs as (`--user`) has a place for font caches
ENV PATH=/opt/threadpress/bin:$PATH XDG_CACHE_HOME=/tmp/cache
USER threadpress
WORKDIR /posts
ENTRYPOINT ["threadpress"]
CMD ["--help"]
