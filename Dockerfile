# The images of prismforet. docs/deploy.md tells how they are built and run.
#
#   docker build --build-arg ROLE=inventory -t plugin-nutanix-inven-collector:0.9.0 .
#   docker build --target simulator -t prism-sim:0.9.0 .
#
# A plugin image holds the program, its modules, the Debian packages these need, and nothing else: no shell, no
# package manager. CloudForet's supervisor gives neither arguments nor environment, so the role is part of the image.
ARG BASE=docker.io/library/debian:12-slim

# Compiles. PREBUILT names a folder of the context that holds what `cmake --install` made on Debian 12 instead.
FROM ${BASE} AS build
USER 0:0
ARG DEBIAN_FRONTEND=noninteractive
ARG PREBUILT=
WORKDIR /src
COPY dev ./
RUN if [ -z "$PREBUILT" ]; then apt-get update \
    && apt-get install -y --no-install-recommends $(./dev packages build); fi
COPY . ./
RUN deploy/image/install-programs.sh "$PREBUILT" /programs

# Gathers the files of a plugin image in /image, and in /simulator what the simulator has besides.
FROM ${BASE} AS files
USER 0:0
ARG DEBIAN_FRONTEND=noninteractive
COPY deploy/image/packages /deploy/
RUN apt-get update \
    && apt-get install -y --no-install-recommends $(grep -v '^#' /deploy/packages)
COPY deploy/image /deploy/
ARG MODULES=
ARG VERSION=0.9.0
COPY --from=build /programs /programs/
RUN /deploy/gather-files.sh /programs /image "$VERSION" "$MODULES" \
    && mkdir -p /simulator/usr/bin /writable/shared && cp /programs/usr/bin/prism-sim /simulator/usr/bin/

# The one layer in which the images of two roles differ; refuses a role that the program does not serve.
FROM files AS role
ARG ROLE=inventory
RUN /deploy/set-role.sh /programs/usr/bin/prismforet "$ROLE" /role

FROM scratch AS simulator
ARG VERSION=0.9.0
ARG REVISION=unknown
ARG CREATED=1970-01-01T00:00:00Z
COPY --from=files /image /
COPY --from=files /simulator /
# Where a volume for its CA certificate goes: a new volume takes over who owns the place.
COPY --from=files --chown=65532:65532 /writable /
USER 65532:65532
WORKDIR /tmp
EXPOSE 9440
STOPSIGNAL SIGTERM
ENTRYPOINT ["/usr/bin/prism-sim"]
CMD ["--listen", "0.0.0.0", "--port", "9440"]
LABEL org.opencontainers.image.title="prism-sim" \
    org.opencontainers.image.description="A simulated Nutanix Prism Central, for trying and testing prismforet" \
    org.opencontainers.image.version="${VERSION}" \
    org.opencontainers.image.revision="${REVISION}" \
    org.opencontainers.image.created="${CREATED}" \
    org.opencontainers.image.licenses="Apache-2.0"

FROM scratch AS plugin
ARG ROLE=inventory
ARG VERSION=0.9.0
ARG REVISION=unknown
ARG CREATED=1970-01-01T00:00:00Z
COPY --from=files /image /
COPY --from=role /role /
USER 65532:65532
WORKDIR /tmp
EXPOSE 50051
STOPSIGNAL SIGTERM
ENTRYPOINT ["/usr/bin/prismforet"]
CMD ["serve"]
LABEL org.opencontainers.image.title="prismforet ${ROLE}" \
    org.opencontainers.image.description="CloudForet plugin for Nutanix Prism Central, role ${ROLE}" \
    org.opencontainers.image.version="${VERSION}" \
    org.opencontainers.image.revision="${REVISION}" \
    org.opencontainers.image.created="${CREATED}" \
    org.opencontainers.image.licenses="Apache-2.0" \
    io.prismforet.role="${ROLE}"
