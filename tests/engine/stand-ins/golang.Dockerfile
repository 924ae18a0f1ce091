# The stand-in for golang:<version>-trixie: the same base with Debian's Go.
FROM debian:trixie-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends golang-go \
 && rm -rf /var/lib/apt/lists/*
