# syntax=docker/dockerfile:1

# One image for all services. Which one runs says the command: node apps/<service>/dist/main.js
FROM node:24-slim AS base
WORKDIR /valetkey

# The manifests alone, so that packages are installed anew only when they change.
FROM base AS manifests
COPY . .
RUN mkdir /manifests && cp --parents package.json package-lock.json apps/*/package.json libs/*/package.json /manifests

# Install scripts only fetch what a development machine runs: Node, PostgreSQL.
FROM base AS packages
COPY --from=manifests /manifests ./
RUN --mount=type=cache,target=/root/.npm npm ci --omit=dev --ignore-scripts --no-audit --no-fund

FROM base AS build
COPY --from=manifests /manifests ./
RUN --mount=type=cache,target=/root/.npm npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN npm run build \
  && mkdir /shipped \
  && cp -r --parents \
    package.json apps/*/package.json apps/*/dist libs/*/package.json libs/*/dist \
    tools/set-up-bus.ts tools/set-up-bus.config.ts tools/parked-events.ts tools/parked \
    /shipped \
  && rm -r /shipped/libs/testing \
  && find /shipped -name '*.spec.*' -delete

FROM base
# A young generation of 16 MB, the default here, would be a tenth of what a service takes at rest. An old one of 512 MB is
# five times what the fullest service has in use, and has V8 collect before the heap is many times that.
ENV NODE_ENV=production NODE_OPTIONS="--max-semi-space-size=4 --max-old-space-size=512"
COPY --from=packages /valetkey/node_modules ./node_modules
COPY --from=build /shipped ./
USER node
