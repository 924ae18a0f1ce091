# The stand-in for golang:<version>-bookworm: the same base with Debian's Go.
FROM debian:bookworm-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends golang-go \
 && rm -rf /var/lib/apt/lists/*
