# The stand-ins for gcr.io/distroless/NAME-debian13, one target each: the same Debian packages, unpacked, and
# the same accounts.

FROM debian:trixie-slim AS packages
# unpack DIRECTORY PACKAGE...
RUN apt-get update \
 && printf '%s\n' '#!/bin/sh -e' 'root=$1; shift' 'cd "$(mktemp -d)"' 'apt-get download "$@"' \
      'for package in *.deb; do dpkg-deb -x "$package" "$root"; done' \
      'rm -rf "$root/usr/share/doc" "$root/usr/share/man" "$PWD"' > /usr/local/bin/unpack \
 && chmod 755 /usr/local/bin/unpack

FROM packages AS static-packages
RUN unpack /image base-files netbase tzdata ca-certificates \
 && cat /image/usr/share/ca-certificates/mozilla/*.crt > /image/etc/ssl/certs/ca-certificates.crt \
 && printf '%s\n' root:x:0:0:root:/root:/sbin/nologin nobody:x:65534:65534:nobody:/nonexistent:/sbin/nologin \
      nonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin > /image/etc/passwd \
 && printf '%s\n' root:x:0: nobody:x:65534: tty:x:5: staff:x:50: nonroot:x:65532: > /image/etc/group \
 && install -d -m 700 -o 65532 -g 65532 /image/home/nonroot
FROM scratch AS static
COPY --from=static-packages /image /
ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt

# The tag :debug-nonroot of each is the same image with a shell.
FROM packages AS debug-packages
RUN unpack /busybox-static busybox-static \
 && mkdir /image /image/busybox \
 && mv /busybox-static/usr/bin/busybox /image/busybox/ \
 && for name in $(/image/busybox/busybox --list | grep -vx busybox); do ln -s busybox "/image/busybox/$name" || exit; done
FROM static AS debug
COPY --from=debug-packages /image /
ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/busybox
USER 65532
WORKDIR /home/nonroot
ENTRYPOINT ["/busybox/sh"]

FROM packages AS base-packages
RUN unpack /image libc6 libssl3t64
FROM static AS base
COPY --from=base-packages /image /

FROM packages AS cc-packages
RUN unpack /image libgcc-s1 libgomp1 libstdc++6
FROM base AS cc
COPY --from=cc-packages /image /

FROM packages AS python3-packages
RUN unpack /image python3-minimal python3.13-minimal libpython3.13-minimal libpython3.13-stdlib libbz2-1.0 libcrypt1 \
      libdb5.3t64 libexpat1 libffi8 liblzma5 libncursesw6 libreadline8t64 libsqlite3-0 libtinfo6 libuuid1 \
      libzstd1 zlib1g
FROM cc AS python3
COPY --from=python3-packages /image /
ENV LANG=C.UTF-8
ENTRYPOINT ["/usr/bin/python3.13"]

FROM packages AS nodejs-packages
RUN unpack /image nodejs libnode115 libbrotli1 libcares2 libicu76 libnghttp2-14 libuv1t64 libzstd1 zlib1g \
      node-acorn node-cjs-module-lexer node-undici node-minimatch node-brace-expansion node-balanced-match \
 && mkdir /image/nodejs /image/nodejs/bin \
 && mv /image/usr/bin/node /image/nodejs/bin/
FROM cc AS nodejs
COPY --from=nodejs-packages /image /
ENTRYPOINT ["/nodejs/bin/node"]

FROM packages AS java-packages
RUN unpack /image openjdk-25-jre-headless libcrypt1 libgcc-s1 libstdc++6 libuuid1 zlib1g \
 && mkdir -p /image/usr/bin \
 && cd /image/usr/bin \
 && ln -s ../lib/jvm/java-25-openjdk-*/bin/java .
FROM base AS java
COPY --from=java-packages /image /
ENV LANG=C.UTF-8
ENTRYPOINT ["/usr/bin/java", "-jar"]
