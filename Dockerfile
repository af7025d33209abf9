# syntax=docker/dockerfile:1
#
# Signalbox in a container: Debian slim with the Node of the official image.
#
#   docker build -t signalbox .
#   docker run -p 127.0.0.1:8080:8080 -v signalbox-data:/var/lib/signalbox --read-only --tmpfs /tmp signalbox
#   docker run --rm -v signalbox-data:/var/lib/signalbox signalbox audit verify
#
# With an NVIDIA GPU, on a base that has the CUDA runtime and cuBLAS; the host lends the driver (its container toolkit):
#
#   docker build -t signalbox:cuda --build-arg ENGINES=cuda \
#     --build-arg RUNTIME_IMAGE=nvidia/cuda:13.0.1-runtime-ubuntu24.04 .
#   docker run --gpus all … signalbox:cuda
#
# The root file system may be read-only: everything that changes is in the volume, sockets and temporary files in /tmp.
# Debian or Ubuntu and not Alpine, because the local engine needs glibc.

ARG NODE_IMAGE=node:26-trixie-slim
ARG RUNTIME_IMAGE=debian:trixie-slim

FROM ${NODE_IMAGE} AS install
# The GPU builds to include: nothing, cuda, vulkan, or both.
ARG ENGINES=""
WORKDIR /opt/signalbox
COPY package.json package-lock.json .npmrc ./
COPY scripts ./scripts
# The launcher installs the locked packages and writes the stamp by which it finds them complete at every later start.
RUN --mount=type=cache,target=/root/.npm \
    scripts/signalbox engines list \
    && for engine in ${ENGINES}; do scripts/signalbox engines install "${engine}" || exit 1; done \
    && rm -rf .runtime/compile-cache .runtime/install.log

FROM ${RUNTIME_IMAGE}
ARG ENGINES=""
# Node needs libatomic and the engine libstdc++; the system's certificates are those that Node trusts beside its own.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates libatomic1 libstdc++6 \
       $(case " ${ENGINES} " in *" vulkan "*) echo libvulkan1 mesa-vulkan-drivers ;; esac) \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --system --gid 10001 signalbox \
    && useradd --system --uid 10001 --gid signalbox --home-dir /var/lib/signalbox --shell /usr/sbin/nologin signalbox \
    && install --directory --owner=signalbox --group=signalbox --mode=0700 /var/lib/signalbox \
    && ln -s /opt/signalbox/scripts/signalbox /usr/local/bin/signalbox
COPY --from=install /usr/local/bin/node /usr/local/bin/node
WORKDIR /opt/signalbox
COPY --from=install /opt/signalbox ./
COPY LICENSE ./
COPY config ./config
COPY models ./models
COPY src ./src

# SIGNALBOX_HOST: inside the container the listener must take connections from the container's network, since 127.0.0.1
# would be reachable from inside only. Who may reach it is decided by what `docker run --publish` opens: publish it on
# 127.0.0.1, or put TLS in front. Outside of containers the default stays 127.0.0.1.
# NODE_COMPILE_CACHE is empty because there is no place to write one.
ENV NODE_ENV=production \
    NODE_COMPILE_CACHE="" \
    SIGNALBOX_DATA_DIR=/var/lib/signalbox \
    SIGNALBOX_HOST=0.0.0.0 \
    SIGNALBOX_PORT=8080 \
    NVIDIA_VISIBLE_DEVICES=all \
    NVIDIA_DRIVER_CAPABILITIES=compute,utility

VOLUME /var/lib/signalbox
EXPOSE 8080
USER 10001:10001
STOPSIGNAL SIGTERM

# Whoever serves TLS from the configuration replaces this check: it speaks plain HTTP.
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 \
    CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.SIGNALBOX_PORT}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]

ENTRYPOINT ["signalbox"]
CMD ["serve"]
