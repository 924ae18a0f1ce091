# The stand-in for eclipse-temurin:17-jdk: Debian's development kit on top of the runtime that is already
# unpacked.
FROM debian:bookworm-slim
COPY --from=gcr.io/distroless/java17-debian12 /usr/lib/jvm /usr/lib/jvm
COPY --from=gcr.io/distroless/java17-debian12 /etc/java-17-openjdk /etc/java-17-openjdk
RUN apt-get update \
 && apt-get download openjdk-17-jdk-headless \
 && dpkg-deb -x openjdk-17-jdk-headless_*.deb / \
 && rm -rf openjdk-17-jdk-headless_*.deb /var/lib/apt/lists/* \
 && ln -s /usr/lib/jvm/java-17-openjdk-* /opt/java
ENV JAVA_HOME=/opt/java PATH=/opt/java/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
