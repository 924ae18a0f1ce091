# The stand-in for eclipse-temurin:25-jdk: Debian's development kit on top of the runtime that is already
# unpacked.
FROM debian:trixie-slim
COPY --from=gcr.io/distroless/java25-debian13 /usr/lib/jvm /usr/lib/jvm
COPY --from=gcr.io/distroless/java25-debian13 /etc/java-25-openjdk /etc/java-25-openjdk
RUN apt-get update \
 && apt-get download openjdk-25-jdk-headless \
 && dpkg-deb -x openjdk-25-jdk-headless_*.deb / \
 && rm -rf openjdk-25-jdk-headless_*.deb /var/lib/apt/lists/* \
 && ln -s /usr/lib/jvm/java-25-openjdk-* /opt/java
ENV JAVA_HOME=/opt/java PATH=/opt/java/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
