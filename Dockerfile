# syntax=docker/dockerfile:1
# The assistant with its index, for a machine without a GPU: docker build -t convention-assistant .

FROM python:3.11-slim-bookworm AS packages
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONDONTWRITEBYTECODE=1
# PyTorch's own index of CPU builds: the one on PyPI brings 3 GB of CUDA along.
ARG TORCH_INDEX=https://download.pytorch.org/whl/cpu
# Providers of language models to install, as in pyproject.toml: openai, anthropic, ollama.
ARG EXTRAS=openai
WORKDIR /source
RUN python -m venv /venv
ENV PATH=/venv/bin:$PATH
# What changes seldom comes first, so that a change of the sources does not fetch it again.
COPY pyproject.toml constraints.txt ./
RUN pip install --index-url "$TORCH_INDEX" "$(grep '^torch==' constraints.txt)"
RUN python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["project"]["dependencies"], sep="\n")' > dependencies.txt \
    && pip install --constraint constraints.txt --requirement dependencies.txt
COPY . .
RUN pip install --constraint constraints.txt ".${EXTRAS:+[$EXTRAS]}"

# The index takes minutes, so that it is built here and not at the first start.
FROM packages AS built
WORKDIR /app
COPY app.py ./
ENV CONVENTION_DATA=/data
RUN python app.py build

FROM python:3.11-slim-bookworm
RUN useradd --uid 10001 --user-group --no-create-home --home-dir /tmp --shell /usr/sbin/nologin assistant \
    && install --directory --owner 10001 --group 10001 /index
WORKDIR /app
COPY --from=packages /venv /venv
COPY --from=built --chown=10001:10001 /data /data
COPY app.py ./
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    CONVENTION_DATA=/data \
    CONVENTION_HOST=0.0.0.0 \
    CONVENTION_LOG=json \
    CONVENTION_STOP_DELAY=5
USER 10001:10001
VOLUME /data
EXPOSE 7860
# The long start is for a folder of data with an older index, or none: it is built again first.
HEALTHCHECK --interval=30s --timeout=5s --start-period=15m --start-interval=2s \
  CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:7860/readyz', timeout=4)"]
ENTRYPOINT ["python", "app.py"]
