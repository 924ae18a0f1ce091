# The stand-in for gcr.io/distroless/static-debian12: the same Debian packages, unpacked, and the same accounts.
FROM debian:bookworm-slim AS packages
WORKDIR /packages
RUN apt-get update \
 && apt-get download base-files netbase tzdata ca-certificates \
 && for package in *.deb; do dpkg-deb -x "$package" /image || exit; done \
 && cat /image/usr/share/ca-certificates/mozilla/*.crt > /image/etc/ssl/certs/ca-certificates.crt \
 && printf '%s\n' root:x:0:0:root:/root:/sbin/nologin nobody:x:65534:65534:nobody:/nonexistent:/sbin/nologin \
      nonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin > /image/etc/passwd \
 && printf '%s\n' root:x:0: nobody:x:65534: tty:x:5: staff:x:50: nonroot:x:65532: > /image/etc/group \
 && install -d -m 700 -o 65532 -g 65532 /image/home/nonroot \
 && rm -rf /image/usr/share/doc /image/usr/share/man

FROM scratch
COPY --from=packages /image /
ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt
